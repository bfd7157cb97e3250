//! Variables and elements that are read and written at once.

use chainrule::differentiate;

#[differentiate(mode = adjoint)]
fn growing(x: &[f64]) -> f64 {
    let mut sum = x[0];
    for i in 0..x.len() {
        for j in 0..x.len() {
            sum += x[i] * x[j] * sum;
        }
        sum -= sum * sum * 0.01;
    }
    sum
}

#[differentiate(mode = adjoint)]
fn elements_of_their_own_array(x: &[f64]) -> f64 {
    let mut a = [x[0], x[1], x[2]];
    a[0] += a[1] * x[0];
    a[1] *= a[0];
    a[2] -= a[2] * a[0] * a[2];
    a[1] += a[1] * a[1];
    let t = a[0];
    a[0] = a[2];
    a[2] = t;
    (a[0], a[1]) = (a[1], a[0]);
    a[0] * a[1] + a[2].sin()
}

#[test]
fn what_is_added_may_be_made_of_the_sum() {
    let x = [0.7, 1.3, 0.4];
    agree_over_slices!(growing, x);
    agree_over_slices!(elements_of_their_own_array, x);
}
