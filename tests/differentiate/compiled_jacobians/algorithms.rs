//! Algorithms that choose their way by the values: pivots and early results; and steps and normalization in place.

use super::{assert_differences, assert_same, duals};
use chainrule::differentiate;

/// Compiled against dual numbers and against differences, at points away from where the way changes.
macro_rules! agree {
    ($f:ident, $($point:expr),*) => {
        $({
            let x = $point;
            let compiled = $f::adjoint_rows(x);
            assert_same(compiled, duals(|x| $f::lift(x), x));
            assert_eq!(compiled, $f::value_and_jacobian(x));
            assert_eq!(compiled.0, $f(x));
            assert_differences(|x| $f(x), x, compiled.1);
        })*
    };
}

#[differentiate]
fn solved_with_pivot(p: [f64; 6]) -> [f64; 2] {
    let mut m = [[p[0], p[1], p[2]], [p[3], p[4], p[5]]];
    if m[0][0].abs() < m[1][0].abs() {
        let row = m[0];
        m[0] = m[1];
        m[1] = row;
    }
    let factor = m[1][0] / m[0][0];
    for c in 0..3 {
        m[1][c] -= factor * m[0][c];
    }
    let y = m[1][2] / m[1][1];
    [(m[0][2] - m[0][1] * y) / m[0][0], y]
}

#[differentiate]
fn softmax(p: [f64; 3]) -> [f64; 3] {
    let largest = p[0].max(p[1]).max(p[2]);
    let mut e = [0.0; 3];
    let mut sum = 0.0;
    for i in 0..3 {
        e[i] = (p[i] - largest).exp();
        sum += e[i];
    }
    for i in 0..3 {
        e[i] /= sum;
    }
    e
}

#[differentiate]
fn left_early(p: [f64; 2]) -> [f64; 2] {
    if p[0] < 0.0 {
        return [p[1], -p[0] * p[1]];
    }
    let mut out = p.map(|x| x * x);
    for k in 0..2 {
        if out[k] > 1.0 {
            out[1 - k] += out[k];
            return out;
        }
    }
    out[0] += out[1].sin();
    out
}

#[differentiate]
fn lorenz(p: [f64; 3]) -> [f64; 3] {
    let [mut x, mut y, mut z] = p;
    for _ in 0..10 {
        let (dx, dy, dz) = (10.0 * (y - x), x * (28.0 - z) - y, x * y - 8.0 / 3.0 * z);
        (x, y, z) = (x + 0.01 * dx, y + 0.01 * dy, z + 0.01 * dz);
    }
    [x, y, z]
}

#[test]
fn ways_that_depend_on_values() {
    agree!(
        solved_with_pivot,
        [1.0, 2.0, 3.0, 4.0, 5.0, -1.0],
        [5.0, 2.0, 3.0, 1.0, 7.0, -1.0]
    );
    agree!(left_early, [-1.0, 2.0], [0.5, 0.7], [1.5, 0.2], [0.4, 3.0]);
}

#[test]
fn steps_and_normalization_in_place() {
    agree!(softmax, [1.0, 2.0, 0.3], [-4.0, 0.1, -0.7]);
    agree!(lorenz, [1.0, 2.0, 3.0], [-8.0, 8.0, 27.0]);
}
