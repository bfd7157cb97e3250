//! Jacobians by a forward sweep and a reverse sweep for each output: against dual numbers and against differences. The
//! compiled functions are named, so that a function that is left to dual numbers fails here.

use chainrule::{Dual, differentiate};

mod algorithms;
mod calls;
mod programs;

/// The outputs to the last bit, the Jacobian to rounding.
#[track_caller]
fn assert_same<const N: usize, const M: usize>(
    compiled: ([f64; M], [[f64; N]; M]),
    by_duals: ([f64; M], [[f64; N]; M]),
) {
    assert_eq!(
        compiled.0.map(f64::to_bits),
        by_duals.0.map(f64::to_bits),
        "{compiled:?} is not {by_duals:?}"
    );
    for (row, expected) in compiled.1.iter().zip(by_duals.1) {
        super::assert_close(row, &expected);
    }
}

fn duals<const N: usize, const M: usize>(
    f: impl Fn([Dual<f64, N>; N]) -> [Dual<f64, N>; M],
    x: [f64; N],
) -> ([f64; M], [[f64; N]; M]) {
    chainrule::value_and_jacobian(f, x)
}

#[track_caller]
fn assert_differences<const N: usize, const M: usize>(
    f: impl Fn([f64; N]) -> [f64; M],
    x: [f64; N],
    jacobian: [[f64; N]; M],
) {
    for column in 0..N {
        let at = |step: f64| {
            let mut x = x;
            x[column] += step;
            f(x)
        };
        let h = 1e-3;
        let (a, b, c, d) = (at(h), at(-h), at(2.0 * h), at(-2.0 * h));
        for row in 0..M {
            let slope = (8.0 * (a[row] - b[row]) - (c[row] - d[row])) / (12.0 * h);
            let found = jacobian[row][column];
            assert!(
                (slope - found).abs() <= 1e-8 * (1.0 + slope.abs()),
                "row {row}, column {column}: {found} is not {slope}"
            );
        }
    }
}

#[differentiate]
fn plain(x: f64, y: f64, z: f64) -> [f64; 2] {
    let square = x * x + y;
    [square * z.sin(), square / y]
}

#[test]
fn outputs_share_values() {
    let x = [1.3, -0.7, 0.4];
    let compiled = plain::adjoint_rows(x[0], x[1], x[2]);
    assert_eq!(compiled, plain::value_and_jacobian(x[0], x[1], x[2]));
    assert_eq!(compiled.0, plain(x[0], x[1], x[2]));
    assert_same(compiled, duals(|[x, y, z]| plain::lift(x, y, z), x));
    assert_differences(|[x, y, z]| plain(x, y, z), x, compiled.1);
}

#[differentiate]
fn sparse(p: [f64; 3], q: [f64; 2]) -> [f64; 2] {
    [p[0] * q[1] + p[2].exp(), q[0] * q[0]]
}

#[test]
fn what_a_row_does_not_depend_on_is_zero() {
    // With an infinite slope beside it as well.
    let (_, rows) = sparse::adjoint_rows([f64::INFINITY, 2.0, f64::NAN], [3.0, 4.0]);
    assert_eq!(
        rows[1].map(f64::to_bits),
        [0.0, 0.0, 0.0, 6.0, 0.0].map(f64::to_bits)
    );
    assert_eq!(rows[0][1].to_bits(), 0);
    assert_eq!(rows[0][3].to_bits(), 0);
    let x = [0.5, 2.0, 0.3, 3.0, 4.0];
    let lift = |x: [Dual<f64, 5>; 5]| sparse::lift([x[0], x[1], x[2]], [x[3], x[4]]);
    assert_same(
        sparse::value_and_jacobian([0.5, 2.0, 0.3], [3.0, 4.0]),
        duals(lift, x),
    );
}

#[differentiate]
fn parts(x: f64, v: [f64; 3]) -> (f64, [f64; 2], f64) {
    let norm = (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]).sqrt();
    (x * norm, [v[0] / norm, v[1] / norm], x)
}

#[test]
fn tuples_and_arrays_keep_their_shape() {
    let (value, rows) = parts::value_and_jacobian(2.0, [1.0, 2.0, -2.0]);
    assert_eq!(value, parts(2.0, [1.0, 2.0, -2.0]));
    let lift = |[x, a, b, c]: [Dual<f64, 4>; 4]| {
        let (first, [second, third], fourth) = parts::lift(x, [a, b, c]);
        [first, second, third, fourth]
    };
    let expected = duals(lift, [2.0, 1.0, 2.0, -2.0]);
    assert_same(([value.0, value.1[0], value.1[1], value.2], rows), expected);
    assert_eq!(rows, parts::adjoint_rows(2.0, [1.0, 2.0, -2.0]).1);
}

#[differentiate]
fn ways(x: f64, y: f64, z: f64) -> [f64; 2] {
    if x > 1.0 {
        return [x * y, z];
    }
    let scaled = if y > 0.0 { x * y * z } else { z - x };
    match z > 2.0 {
        true => [scaled, scaled * z],
        false => [0.0, scaled.powi(3)],
    }
}

#[test]
fn branches_and_early_returns() {
    for x in [
        [1.5, 2.0, 3.0],
        [0.5, 2.0, 3.0],
        [0.5, -2.0, 3.0],
        [0.5, -2.0, 1.0],
        [0.5, 2.0, 1.0],
    ] {
        let compiled = ways::adjoint_rows(x[0], x[1], x[2]);
        assert_same(compiled, duals(|[x, y, z]| ways::lift(x, y, z), x));
        assert_differences(|[x, y, z]| ways(x, y, z), x, compiled.1);
    }
}

#[differentiate]
fn looped(x: [f64; 4], t: f64) -> [f64; 2] {
    let mut sum = 0.0;
    let mut power = t;
    for i in 0..4 {
        sum += x[i] * x[i] * t;
        power *= x[i];
    }
    [sum, power]
}

#[differentiate]
fn found(x: [f64; 3], t: f64) -> [f64; 2] {
    for i in 0..3 {
        if x[i] * t > 4.0 {
            return [x[i] * t, t];
        }
    }
    [x[0], x[1] * x[2]]
}

#[test]
fn loops() {
    let x = [1.5, 2.0, 3.0, -0.5, 0.7];
    let compiled = looped::adjoint_rows([1.5, 2.0, 3.0, -0.5], 0.7);
    let lift = |[a, b, c, d, t]: [Dual<f64, 5>; 5]| looped::lift([a, b, c, d], t);
    assert_same(compiled, duals(lift, x));
    assert_differences(|[a, b, c, d, t]| looped([a, b, c, d], t), x, compiled.1);
    for x in [[1.0, 3.0, 2.0, 2.0], [1.0, 1.0, 1.0, 2.0]] {
        let [a, b, c, t] = x;
        let compiled = found::adjoint_rows([a, b, c], t);
        let lift = |[a, b, c, t]: [Dual<f64, 4>; 4]| found::lift([a, b, c], t);
        assert_same(compiled, duals(lift, x));
        assert_differences(|[a, b, c, t]| found([a, b, c], t), x, compiled.1);
    }
}

#[differentiate]
fn local(x: f64, y: f64, z: f64) -> [f64; 2] {
    let mut out = [0.0; 2];
    out[0] = x * y;
    out[1] += out[0] * z;
    out
}

#[differentiate]
fn written(x: f64, y: f64, z: f64, out: &mut [f64; 2]) {
    out[0] = x * y;
    if z > 0.0 {
        out[1] = out[0] * z;
    } else {
        out[1] = z;
    }
    out[0] -= z;
}

#[differentiate]
fn given_and_written(x: f64, y: f64, z: f64, out: &mut f64) -> f64 {
    *out = x * y;
    *out * z
}

#[test]
fn local_arrays_and_output_parameters() {
    let x = [1.5, 2.0, 3.0];
    let compiled = local::adjoint_rows(x[0], x[1], x[2]);
    assert_same(compiled, duals(|[x, y, z]| local::lift(x, y, z), x));

    for z in [3.0, -3.0] {
        let mut out = [0.0; 2];
        let (value, rows) = written::value_and_jacobian(1.5, 2.0, z, &mut out);
        assert_eq!(value, out);
        let lift = |[x, y, z]: [Dual<f64, 3>; 3]| {
            let mut out = [x; 2];
            written::lift(x, y, z, &mut out);
            out
        };
        assert_same(
            written::adjoint_rows(1.5, 2.0, z),
            duals(lift, [1.5, 2.0, z]),
        );
        assert_same((value, rows), duals(lift, [1.5, 2.0, z]));
    }

    let (value, rows) = given_and_written::adjoint_rows(1.5, 2.0, 3.0);
    assert_eq!(value, [9.0, 3.0]);
    assert_eq!(rows, [[6.0, 4.5, 3.0], [2.0, 1.5, 0.0]]);
}

#[differentiate(wrt(axis, scale))]
fn of_references(axis: &[f64; 2], scale: &f64, table: &[f64], at: usize) -> [f64; 2] {
    [axis[0] * *scale + table[at], axis[1].ln() / *scale]
}

#[differentiate(wrt(v))]
fn of_any_length<const N: usize>(v: [f64; N], weights: [f64; N]) -> (f64, f64) {
    let (mut sum, mut square) = (0.0, 0.0);
    for i in 0..N {
        sum += weights[i] * v[i];
        square += v[i] * v[i];
    }
    (sum, square.sqrt())
}

#[differentiate]
fn single(x: f32, y: [f32; 2]) -> [f32; 2] {
    [x * y[0].sin(), y[1] / x]
}

struct Lens {
    focus: f64,
}

#[differentiate]
impl Lens {
    #[differentiate]
    fn project(&self, p: [f64; 3]) -> [f64; 2] {
        [self.focus * p[0] / p[2], self.focus * p[1] / p[2]]
    }

    #[differentiate]
    fn turned(angle: f64, p: [f64; 2]) -> [f64; 2] {
        let (sine, cosine) = angle.sin_cos();
        [p[0] * cosine - p[1] * sine, p[0] * sine + p[1] * cosine]
    }
}

#[test]
fn references_constants_methods_and_other_floats() {
    let compiled = of_references::adjoint_rows(&[1.5, 2.0], &3.0, &[1.0, 2.0], 1);
    let lift = |[a, b, s]: [Dual<f64, 3>; 3]| of_references::lift(&[a, b], &s, &[1.0, 2.0], 1);
    assert_same(compiled, duals(lift, [1.5, 2.0, 3.0]));

    let compiled = of_any_length::adjoint_rows([3.0, 4.0, 0.0], [1.0, 2.0, 3.0]);
    assert_same(compiled, ([11.0, 5.0], [[1.0, 2.0, 3.0], [0.6, 0.8, 0.0]]));

    let (value, rows) = single::adjoint_rows(2.0, [0.5, 3.0]);
    assert_eq!(value, single(2.0, [0.5, 3.0]));
    let (sine, cosine) = 0.5_f32.sin_cos();
    assert_eq!(rows, [[sine, 2.0 * cosine, 0.0], [-0.75, 0.0, 0.5]]);

    let lens = Lens { focus: 2.0 };
    let compiled = lens.project_adjoint_rows([1.0, 2.0, 4.0]);
    assert_eq!(compiled, lens.project_value_and_jacobian([1.0, 2.0, 4.0]));
    assert_eq!(compiled.1, [[0.5, 0.0, -0.125], [0.0, 0.5, -0.25]]);
    let compiled = Lens::turned_adjoint_rows(0.7, [1.0, 2.0]);
    let lift = |[a, p, q]: [Dual<f64, 3>; 3]| Lens::turned_lift(a, [p, q]);
    assert_same(compiled, duals(lift, [0.7, 1.0, 2.0]));
}

#[differentiate(mode = adjoint)]
fn quotient_of_all(x: [f64; 3], y: f64) -> [f64; 1] {
    let mut quotient = y;
    for v in x.iter() {
        quotient = quotient / v;
    }
    [quotient]
}

#[differentiate]
fn nothing(_x: f64, _y: f64) -> [f64; 0] {
    []
}

#[test]
fn one_output_and_none() {
    let lift = |[a, b, c, y]: [Dual<f64, 4>; 4]| quotient_of_all::lift([a, b, c], y);
    for x in [[1.5, 2.0, -0.5, 0.7], [1.5, 0.0, -0.5, 0.7]] {
        let [a, b, c, y] = x;
        let found = quotient_of_all::value_and_jacobian([a, b, c], y);
        let expected = duals(lift, x);
        assert_eq!(format!("{:?}", found.0), format!("{:?}", expected.0));
        assert_eq!(found.1[0].map(f64::is_nan), expected.1[0].map(f64::is_nan));
    }
    let found = quotient_of_all::value_and_jacobian([1.5, 2.0, -0.5], 0.7);
    assert_same(found, duals(lift, [1.5, 2.0, -0.5, 0.7]));
    assert_eq!(nothing::jacobian(1.0, 2.0), [[0.0; 2]; 0]);
}

#[differentiate]
fn singular(x: f64, y: f64, z: f64) -> [f64; 2] {
    [(x * x + y * y).sqrt(), x * z]
}

#[test]
fn dual_numbers_decide_at_singular_points() {
    let compiled = singular::adjoint_rows::<f64>(0.0, 0.0, 2.0);
    assert!(compiled.1[0][0].is_nan());
    let found = singular::value_and_jacobian(0.0, 0.0, 2.0);
    let expected = duals(|[x, y, z]| singular::lift(x, y, z), [0.0, 0.0, 2.0]);
    assert_eq!(found.0, expected.0);
    assert_eq!(
        found.1.map(|row| row.map(f64::to_bits)),
        expected.1.map(|row| row.map(f64::to_bits))
    );
    // Finite, but their sum is not.
    let large = singular::value_and_jacobian(0.9, 0.0, 1.7e308);
    let expected = duals(|[x, y, z]| singular::lift(x, y, z), [0.9, 0.0, 1.7e308]);
    assert_eq!(large, expected);
}
