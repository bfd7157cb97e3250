//! Loops that leave values for the reverse sweep: numbers, plain floats, indices and ways taken.

use chainrule::{Workspace, differentiate};

#[differentiate(mode = adjoint)]
fn by_items(x: &[f64]) -> f64 {
    let mut state = 0.5;
    for v in x {
        state = (state * v).sin() + v;
    }
    state
}

#[differentiate(mode = adjoint)]
fn by_positions(x: &[f64]) -> f64 {
    let mut state = 0.5;
    for i in 0..x.len() {
        state = (state * x[i]).sin() / (2.0 + x[i]);
    }
    state
}

#[differentiate(mode = adjoint)]
fn from_the_second_on(x: &[f64]) -> f64 {
    let mut state = x[0];
    for i in 1..x.len() {
        state = state * x[i] + x[i - 1].cos();
    }
    for i in 0..=2_usize {
        state = (state + x[i]).sin();
    }
    state
}

/// The second loop's arrays are given back before the first one's.
#[differentiate(mode = adjoint)]
fn one_after_the_other(x: &[f64]) -> f64 {
    let (mut a, mut b) = (1.0, 0.5);
    for v in x.iter().rev() {
        a = a * v + (a * 0.5).cos();
    }
    for (i, v) in x.iter().enumerate().skip(1) {
        b = b * a * v + i as f64 * 0.1;
    }
    for v in x.iter().step_by(2) {
        b = (b * v).sin() * b;
    }
    a * b
}

#[differentiate(mode = adjoint, wrt(x))]
fn ways_floats_and_indices(x: &[f64], order: &[usize], rates: &[f64]) -> f64 {
    let (mut state, mut rate) = (1.0, 1.0);
    for (&at, r) in order.iter().zip(rates) {
        rate *= r;
        let index = (at * 2) % x.len();
        if x[index] > 0.5 {
            state = state * x[index] * rate;
        } else if at > 1 {
            state = (state + x[index] * rate).sin();
        }
    }
    state
}

#[differentiate(mode = adjoint, wrt(x))]
fn on_one_way(x: &[f64], is_long: bool) -> f64 {
    let mut state = 1.0;
    if is_long {
        for v in x {
            state = state * v + state.sin();
        }
    } else {
        state = x[0] * 3.0;
    }
    state * x[1]
}

#[differentiate(mode = adjoint)]
fn left_early(x: &[f64]) -> f64 {
    let mut state = 1.0;
    for v in x {
        state = state * v + 0.5;
        if state > 2.0 {
            break;
        }
    }
    state * state
}

#[differentiate(mode = adjoint)]
fn one_in_the_other(x: &[f64]) -> f64 {
    let mut state = 1.0;
    for v in x {
        for w in x {
            state = (state * w + v).sin();
        }
        state *= v;
    }
    state
}

/// The sum is reversed with each round, and what its inner loop keeps with it.
#[differentiate(mode = adjoint)]
fn inside_of_a_sum(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for row in x.chunks_exact(2) {
        let mut state = 1.0;
        for i in 0..row.len() {
            state = (state * row[i]).cos();
        }
        sum += state;
    }
    sum
}

#[differentiate(mode = adjoint)]
fn by_signed_numbers(x: &[f64]) -> f64 {
    let mut state = x[0];
    for k in 0..3_i32 {
        state = (state * x[1] + f64::from(k)).sin();
    }
    state
}

#[test]
fn what_rounds_leave_is_found_again() {
    let x = [0.7, 1.3, 0.4, 0.9];
    agree_over_slices!(by_items, x);
    agree_over_slices!(by_positions, x);
    agree_over_slices!(from_the_second_on, x);
    agree_over_slices!(one_after_the_other, x);
    agree_over_slices!(
        ways_floats_and_indices,
        x,
        &[0, 3, 2, 1, 2],
        &[0.5, 1.5, 2.0, 0.75, 1.1]
    );
    for is_long in [true, false] {
        agree_over_slices!(on_one_way, x, is_long);
    }
    agree_over_slices!(left_early, x);
    agree_over_slices!(one_in_the_other, x);
    agree_over_slices!(inside_of_a_sum, x);
    agree_over_slices!(by_signed_numbers, x);
    agree_over_slices!(by_items, [0.3; 0]);
}

/// One workspace for functions that keep different things, longer and shorter.
#[test]
fn a_workspace_serves_in_turn() {
    let x = [0.7, 1.3, 0.4, 0.9, 0.2, 1.1];
    let mut workspace = Workspace::new();
    for n in [6, 3, 0, 5, 6] {
        for _ in 0..2 {
            let mut slopes = [f64::NAN; 6];
            let slopes = &mut slopes[..n];
            if n > 2 {
                one_after_the_other::gradient_into_with(&x[..n], slopes, &mut workspace);
                assert_eq!(slopes, one_after_the_other::gradient(&x[..n]));
                one_in_the_other::gradient_into_with(&x[..n], slopes, &mut workspace);
                assert_eq!(slopes, one_in_the_other::gradient(&x[..n]));
            }
            by_items::gradient_into_with(&x[..n], slopes, &mut workspace);
            assert_eq!(slopes, by_items::gradient(&x[..n]));
        }
    }
}

/// More rounds than arrays of variables are made for.
#[differentiate(mode = adjoint)]
fn of_many(x: [f64; 1500]) -> f64 {
    let mut state = 0.5;
    for i in 0..1500 {
        state = (state * x[i]).cos();
    }
    state
}

#[test]
fn many_rounds_leave_their_values_on_the_heap() {
    let x = std::array::from_fn(|i| 0.5 + (i % 7) as f64 * 0.1);
    let gradient = of_many::gradient(x);
    for at in [0, 700, 1498, 1499] {
        let moved = |t| {
            let mut point = x.map(chainrule::Dual::constant);
            point[at] = t;
            of_many::lift(point)
        };
        crate::assert_close(&[gradient[at]], &[chainrule::derivative(moved, x[at])]);
    }
}
