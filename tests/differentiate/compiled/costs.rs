//! What a gradient costs does not grow with the number of inputs: counted in calls of a function whose derivative is given.

use std::cell::Cell;

use chainrule::differentiate;

thread_local! {
    static CALLS: Cell<usize> = const { Cell::new(0) };
}

#[differentiate(first(slope))]
fn counted(x: f64) -> f64 {
    CALLS.set(CALLS.get() + 1);
    x * x
}

fn slope(x: f64) -> f64 {
    CALLS.set(CALLS.get() + 1);
    2.0 * x
}

#[differentiate(mode = adjoint)]
fn sum(x: &[f64]) -> f64 {
    x.iter().map(|x| counted(*x)).sum()
}

#[differentiate(mode = adjoint)]
fn of_neighbours(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for pair in x.windows(2) {
        sum += counted(pair[1] - pair[0] * pair[0]);
    }
    sum
}

/// Each round needs what the one before found.
#[differentiate(mode = adjoint)]
fn recurrence(x: &[f64]) -> f64 {
    let mut state = 0.5;
    for x in x {
        state = counted(0.5 * state + x);
    }
    state
}

fn calls<R>(run: impl FnOnce() -> R) -> usize {
    CALLS.set(0);
    run();
    CALLS.get()
}

#[test]
fn a_gradient_costs_so_many_functions_however_many_inputs() {
    for n in [10, 100, 1000] {
        let (x, mut slopes) = (vec![0.25; n], vec![0.0; n]);
        let dual = calls(|| chainrule::gradient_into(|x| sum::lift(x), &x, &mut slopes));
        assert!(
            dual > n * n / 8,
            "{dual} calls by dual numbers: are they counted?"
        );
        let compiled = [
            calls(|| sum::gradient_into(&x, &mut slopes)),
            calls(|| of_neighbours::gradient_into(&x, &mut slopes)),
            calls(|| recurrence::gradient_into(&x, &mut slopes)),
        ];
        // Value and slope of each.
        assert!(
            compiled.iter().all(|calls| *calls <= 2 * n),
            "{n} inputs: {compiled:?} calls"
        );
    }
}
