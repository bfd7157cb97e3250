//! Jacobians by a forward sweep and a reverse sweep for each output: against dual numbers and against differences. The
//! compiled functions are named, so that a function that is left to dual numbers fails here.

use chainrule::{Dual, differentiate};

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
    // As many outputs as inputs: by dual numbers.
    assert_eq!(rows, parts::jacobian(2.0, [1.0, 2.0, -2.0]));
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

#[differentiate]
fn rotate(axis: [f64; 3], p: [f64; 3]) -> [f64; 3] {
    let square = axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2];
    if square > 0.0 {
        let angle = square.sqrt();
        let (sine, cosine) = angle.sin_cos();
        let k = [axis[0] / angle, axis[1] / angle, axis[2] / angle];
        let along = (k[0] * p[0] + k[1] * p[1] + k[2] * p[2]) * (1.0 - cosine);
        [
            p[0] * cosine + (k[1] * p[2] - k[2] * p[1]) * sine + k[0] * along,
            p[1] * cosine + (k[2] * p[0] - k[0] * p[2]) * sine + k[1] * along,
            p[2] * cosine + (k[0] * p[1] - k[1] * p[0]) * sine + k[2] * along,
        ]
    } else {
        [
            p[0] + axis[1] * p[2] - axis[2] * p[1],
            p[1] + axis[2] * p[0] - axis[0] * p[2],
            p[2] + axis[0] * p[1] - axis[1] * p[0],
        ]
    }
}

#[differentiate(wrt(axis, p, shift))]
fn seen(axis: [f64; 3], p: [f64; 3], shift: f64, focus: [f64; 2]) -> [f64; 2] {
    let turned = rotate(axis, p);
    let depth = turned[2] + shift;
    if turned[0] > 100.0 {
        return [turned[0] * 2.0, depth];
    }
    [focus[0] * turned[0] / depth, focus[1] * turned[1] / depth]
}

#[test]
fn calls_of_functions_with_several_outputs() {
    let x = [0.3, -0.2, 0.15, 1.2, 0.7, -0.5, 5.0];
    let compiled = rotate::adjoint_rows([0.3, -0.2, 0.15], [1.2, 0.7, -0.5]);
    let lift = |[a, b, c, p, q, r]: [Dual<f64, 6>; 6]| rotate::lift([a, b, c], [p, q, r]);
    assert_same(compiled, duals(lift, [0.3, -0.2, 0.15, 1.2, 0.7, -0.5]));

    let compiled = seen::adjoint_rows([0.3, -0.2, 0.15], [1.2, 0.7, -0.5], 5.0, [2.0, 3.0]);
    let lift =
        |[a, b, c, p, q, r, s]: [Dual<f64, 7>; 7]| seen::lift([a, b, c], [p, q, r], s, [2.0, 3.0]);
    assert_same(compiled, duals(lift, x));
    // At the singular point of the rotation, where an angle has no slope.
    let value = seen::value_and_jacobian([0.0; 3], [1.2, 0.7, -0.5], 5.0, [2.0, 3.0]);
    assert_same(value, duals(lift, [0.0, 0.0, 0.0, 1.2, 0.7, -0.5, 5.0]));
}
