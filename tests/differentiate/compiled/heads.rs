//! Loops whose heads ask for what is another thing when the reverse sweep comes, or is not what it looks like.

use chainrule::differentiate;

/// What the reverse sweep would need is there, but for the counts.
#[differentiate(mode = adjoint, wrt(x))]
fn counts_that_change(x: &[f64], order: &[usize]) -> f64 {
    let mut count = 2;
    let mut sum = 0.0;
    for &i in order.iter().take(count) {
        sum += x[i] * x[i];
    }
    count += 1;
    for i in order.iter().copied().skip(count) {
        sum += x[i] * x[i] * x[i];
    }
    count -= 2;
    for i in (0..order.len() - 1).step_by(count) {
        sum += x[i] * x[i + 1];
    }
    count += 1;
    for pair in order.windows(count) {
        sum += x[pair[0]] * x[pair[1]];
    }
    count += 1;
    for group in order.chunks(count) {
        sum += x[group[0]].sin() * x[0];
    }
    count -= 1;
    for i in (0..count).rev() {
        sum += x[i].cos() * x[i];
    }
    for (i, &j) in (0..count).zip(order.iter().skip(count)) {
        sum += x[i] * x[j];
    }
    count = 1;
    sum.sin() * count as f64
}

#[differentiate(mode = adjoint)]
fn counts_of_inputs_that_change(x: &[f64]) -> f64 {
    let mut count = 2;
    let mut sum = 0.0;
    for v in x.iter().take(count) {
        sum += v * v;
    }
    count += 1;
    for v in x.iter().skip(count) {
        sum += v * v * v;
    }
    count -= 2;
    for v in &x[count..] {
        sum += v.sin();
    }
    for v in x[..count + 1].iter().rev() {
        sum += v.cos();
    }
    for (v, w) in x.iter().zip(x[count..].iter()) {
        sum += v * w;
    }
    count = 3;
    sum.sin() * count as f64
}

#[differentiate(mode = adjoint, wrt(x))]
fn orders_that_change(x: &[f64], order: &[usize]) -> f64 {
    let mut order = order.to_vec();
    let mut sum = 0.0;
    for &i in order.iter() {
        sum += x[i] * x[i];
    }
    order.push(0);
    for i in &order {
        sum += x[*i] * x[*i] * x[0];
    }
    order[0] = 2;
    for (&i, &j) in order.iter().zip(order.iter().skip(1)) {
        sum += x[i] * x[j];
    }
    order.truncate(2);
    for i in order.iter().copied() {
        sum += x[i].sin() * x[1];
    }
    for &i in order.iter().rev() {
        sum += x[i].cos() * x[3];
    }
    for i in 0..order.len() {
        sum += x[i] * x[order[i]];
    }
    order.clear();
    sum.sin()
}

/// The reverse sweep finds none of the lists.
#[differentiate(wrt(x))]
fn orders_that_are_gone(x: &[f64], order: &[usize]) -> f64 {
    let first = order.to_vec();
    let mut sum = 0.0;
    for &i in first.iter() {
        sum += x[i] * x[i];
    }
    let mut second = first;
    for &i in second.iter().rev() {
        sum += x[i].sin() * x[0];
    }
    let lent = &mut second;
    lent.truncate(2);
    for &i in lent.iter() {
        sum += x[i] * x[1];
    }
    lent.clear();
    drop(second);
    sum.sin()
}

/// What is stored is read in the loop alone, and the first element not at all.
#[differentiate(mode = adjoint)]
fn without_the_first(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 1..x.len() {
        sum += x[i] * x[i].sin();
    }
    sum
}

#[differentiate(mode = adjoint)]
fn stored_and_read_in_the_loop(x: &[f64]) -> f64 {
    let mut own = [1.0; 4];
    let mut sum = 0.0;
    for i in 0..4 {
        own[i] = x[i] * x[i];
        own[i] += x[i];
        sum += own[i].sin() * x[i];
    }
    sum
}

#[differentiate(mode = adjoint)]
fn positions_that_change(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for mut i in 0..x.len() {
        sum += x[i] * x[i];
        i = (i + 2) % 3;
        sum += x[i].sin();
    }
    sum
}

#[differentiate(mode = adjoint, wrt(x))]
fn from_below_zero(x: &[f64], start: i32) -> f64 {
    let mut state = 0.5;
    for i in start..4 {
        state = (state * x[0]).sin() + x[1] * i as f64;
    }
    for i in start..=2 {
        state = (state * x[1]).cos() + x[2] * i as f64;
    }
    state
}

#[differentiate(mode = adjoint)]
fn as_many_as_the_array<const N: usize>(x: [f64; N]) -> f64 {
    let mut state = 0.5;
    for i in 0..N {
        state = (state * x[i]).sin() + x[i];
    }
    for i in 1..N {
        state = (state * x[i]).cos() + x[i - 1];
    }
    for i in 1..=N {
        state = (state * x[i - 1]).sin() + x[i - 1];
    }
    state
}

/// Longer than the input whose name it takes.
#[differentiate(mode = adjoint)]
fn under_the_name_of_an_input(x: [f64; 2]) -> f64 {
    let x = [x[0], x[1], x[0] * x[1], x[0] + x[1], x[1] * x[1]];
    let mut state = 0.5;
    for v in &x {
        state = (state * v).sin() + v;
    }
    state
}

/// Parts of which nobody knows beforehand how many they are.
#[differentiate(mode = adjoint, wrt(x))]
fn parts_between_zeros(x: &[f64], data: &[f64]) -> f64 {
    let mut state = 0.5;
    for part in data.split(|d| *d == 0.0) {
        state = (state * x[0]).sin() + x[1] * part.len() as f64;
    }
    state
}

#[test]
fn heads_are_read_once() {
    let x = [0.7, 1.3, 0.4, 0.9];
    agree_over_slices!(counts_that_change, x, &[0, 3, 2, 1]);
    agree_over_slices!(counts_of_inputs_that_change, x);
    agree_over_slices!(orders_that_change, x, &[0, 3, 2, 1]);
    agree_over_slices!(orders_that_are_gone, x, &[0, 3, 2, 1]);
    agree_over_slices!(without_the_first, x);
    agree_over_slices!(positions_that_change, x);
    agree_over_slices!(stored_and_read_in_the_loop, x);
    agree_over_slices!(parts_between_zeros, x, &[0.5, 0.0, 1.0, 2.0, 0.0, 3.0]);
    for start in [-5, 0, 3, 7] {
        agree_over_slices!(from_below_zero, x, start);
    }
}

#[test]
fn what_was_in_the_gradient_before_is_overwritten() {
    let mut gradient = [f64::NAN; 4];
    without_the_first::gradient_into(&[0.7, 1.3, 0.4, 0.9], &mut gradient);
    assert_eq!(gradient[0], 0.0);
    assert!(gradient.iter().all(|slope| slope.is_finite()));
}

#[test]
fn arrays_of_rounds_are_long_enough() {
    let point = [0.7, 1.3, 0.4];
    let by_duals = chainrule::gradient(as_many_as_the_array::lift, point);
    crate::assert_close(&as_many_as_the_array::gradient(point), &by_duals);
    let point = [0.7, 1.3];
    let by_duals = chainrule::gradient(under_the_name_of_an_input::lift, point);
    crate::assert_close(&under_the_name_of_an_input::gradient(point), &by_duals);
}
