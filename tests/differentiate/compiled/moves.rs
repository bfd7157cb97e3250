//! Elements and rows that are pushed and take each other's place, and are read in between.

use chainrule::differentiate;

#[differentiate(mode = adjoint)]
fn pushed_and_read(x: &[f64]) -> f64 {
    let mut squares = Vec::new();
    let mut sum = 0.0;
    for i in 0..x.len() {
        squares.push(x[i] * x[i]);
        sum += squares[i] * x[i] + squares[i].sin() * squares[i];
        sum += squares[0] * squares[i];
    }
    squares.push(sum * x[0]);
    sum * squares[x.len()] + squares[x.len()] * squares[1]
}

#[differentiate(mode = adjoint)]
fn rows_swapped_and_read(x: &[f64]) -> f64 {
    let mut rows = [[x[0], x[1]], [x[2], x[3]], [x[0] * x[3], x[1] * x[2]]];
    let mut sum = 0.0;
    for i in 1..3 {
        rows.swap(0, i);
        sum += rows[0][0] * rows[0][0].sin() + rows[i][1] * rows[0][1];
    }
    rows.swap(1, 2);
    sum + rows[1][0] * rows[1][1] * rows[2][0]
}

#[test]
fn what_moves_takes_its_adjoint_along() {
    let x = [0.7, 1.3, 0.4, 0.9];
    agree_over_slices!(pushed_and_read, x);
    agree_over_slices!(rows_swapped_and_read, x);
}
