//! Variables that conditions bind: the reverse sweep does not see them.

use chainrule::differentiate;

#[differentiate(mode = adjoint, wrt(x))]
fn picked(x: &[f64], choice: &Option<usize>) -> f64 {
    let mut product = x[0];
    if let Some(k) = choice {
        product = product * x[*k];
    }
    if let Some(k) = *choice
        && k > 0
    {
        product = product * x[k] * x[k - 1] * k as f64;
    }
    let k = 1;
    product * x[k]
}

#[differentiate(mode = adjoint)]
fn emptied(x: &[f64]) -> f64 {
    let mut waiting = vec![0usize, 1, 2];
    let mut product = x[0];
    while let Some(k) = waiting.pop() {
        product = product * x[k].sin() * (k + 1) as f64 + x[k];
    }
    waiting.extend([2, 1]);
    while let Some(k) = waiting.pop() {
        product += x[k].sin() * k as f64;
    }
    product
}

#[differentiate(mode = adjoint, wrt(x))]
fn chosen_round_by_round(x: &[f64], choices: &[Option<usize>]) -> f64 {
    let mut product = x[0];
    for choice in choices {
        let Some(k) = *choice else { continue };
        product = product * x[k] + 1.0;
        match choice {
            Some(k) if *k > 0 => product *= x[*k - 1],
            Some(0) => product += x[0] * x[0],
            _ => break,
        }
    }
    product
}

#[test]
fn conditions_bind_variables() {
    let x = [0.7, 1.3, 0.4];
    for choice in [None, Some(0), Some(2)] {
        agree_over_slices!(picked, x, &choice);
    }
    agree_over_slices!(emptied, x);
    agree_over_slices!(
        chosen_round_by_round,
        x,
        &[Some(1), None, Some(0), Some(2), Some(2)]
    );
}

#[allow(for_loops_over_fallibles)]
#[differentiate]
fn taken_out_by_a_condition(x: &[f64]) -> f64 {
    let larger = if x[0] > 1.0 { Some(x[0] * x[1]) } else { None };
    let mut sum = if let Some(v) = larger { v * v } else { x[2] };
    if let Some(v) = larger
        && v > 0.5
    {
        sum += v.sin();
    }
    let mut waiting = vec![x[1] * x[2], x[0]];
    while let Some(v) = waiting.pop() {
        sum += v * v * v;
    }
    for v in larger {
        sum *= v;
    }
    sum
}

#[differentiate]
fn taken_out_in_a_value(x: &[f64]) -> f64 {
    let square = if let Some(v) = if x[0] > 1.0 { Some(x[0] * x[1]) } else { None } {
        v * v
    } else {
        x[2]
    };
    square + x[0]
}

#[test]
fn numbers_that_conditions_take_out_have_slopes() {
    for x in [[0.7, 1.3, 0.4], [1.7, 1.3, 0.4]] {
        agree_over_slices!(taken_out_by_a_condition, x);
        agree_over_slices!(taken_out_in_a_value, x);
    }
}
