//! Calls inside of compiled functions: of functions with several results, or that take arrays.

use chainrule::{Differentiable, Dual, differentiate};

use super::{assert_differences, assert_same, duals};

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
fn results_are_taken_by_position() {
    let compiled = rotate::adjoint_rows([0.3, -0.2, 0.15], [1.2, 0.7, -0.5]);
    let lift = |[a, b, c, p, q, r]: [Dual<f64, 6>; 6]| rotate::lift([a, b, c], [p, q, r]);
    assert_same(compiled, duals(lift, [0.3, -0.2, 0.15, 1.2, 0.7, -0.5]));

    let lift =
        |[a, b, c, p, q, r, s]: [Dual<f64, 7>; 7]| seen::lift([a, b, c], [p, q, r], s, [2.0, 3.0]);
    for x in [
        [0.3, -0.2, 0.15, 1.2, 0.7, -0.5, 5.0],
        [0.3, -0.2, 0.15, 200.0, 0.7, -0.5, 5.0],
    ] {
        let [a, b, c, p, q, r, s] = x;
        let compiled = seen::adjoint_rows([a, b, c], [p, q, r], s, [2.0, 3.0]);
        assert_same(compiled, duals(lift, x));
    }
    // At the singular point of the rotation, where an angle has no slope.
    let value = seen::value_and_jacobian([0.0; 3], [1.2, 0.7, -0.5], 5.0, [2.0, 3.0]);
    assert_same(value, duals(lift, [0.0, 0.0, 0.0, 1.2, 0.7, -0.5, 5.0]));
}

#[differentiate]
fn polar(r: f64, a: f64) -> (f64, f64) {
    (r * a.cos(), r * a.sin())
}

/// Left to dual numbers: what it sorts is not followed.
#[differentiate]
fn sorted(x: f64, y: f64) -> [f64; 2] {
    let mut all = [x * y, y];
    all.sort_by(f64::total_cmp);
    all
}

#[differentiate]
fn length(v: [f64; 3]) -> f64 {
    (v[0] * v[0] + v[1] * v[1] + v[2]).sqrt()
}

#[differentiate]
fn scaled(v: &[f64; 2], by: f64) -> [f64; 2] {
    [v[0] * by, v[1] / by]
}

/// A constant among the numbers.
#[differentiate(wrt(v))]
fn powered(v: [f64; 2], n: i32, scale: f64) -> [f64; 2] {
    [scale * v[0].powi(n), v[1]]
}

#[derive(Clone, Copy, Differentiable)]
struct Pair(f64, f64);

#[differentiate]
fn paired(x: f64, y: f64) -> Pair {
    Pair(x * y, x + y)
}

#[differentiate(mode = adjoint)]
fn together(r: f64, a: f64, z: f64) -> [f64; 2] {
    let (x, y) = polar(r, a);
    let [low, high] = sorted(x + z, y * z);
    let distance = length([low, high * r, r]);
    let wide = scaled(&[distance, r], x * z);
    let high_power = powered([wide[0] + r, a], 3, 0.5);
    let pair = paired(z, a);
    [
        wide[0] * high_power[0] + pair.0 * 2.0,
        wide[1] - high_power[1] + pair.1 * high,
    ]
}

#[test]
fn every_kind_of_function_is_called() {
    for x in [[1.5, 0.4, 2.0], [1.5, -0.9, 0.7]] {
        let compiled = together::adjoint_rows(x[0], x[1], x[2]);
        assert_same(compiled, duals(|[r, a, z]| together::lift(r, a, z), x));
        assert_differences(|[r, a, z]| together(r, a, z), x, compiled.1);
    }
}

#[differentiate]
fn nested(a: [f64; 2], z: f64) -> [f64; 2] {
    let (x, y) = polar(a[0] * z, a[1]);
    let w = scaled(&[x + 1.0, y * z], z);
    [w[0] * x, w[1] + y]
}

#[differentiate(mode = adjoint)]
fn around(a: f64, b: f64, z: f64) -> [f64; 2] {
    let inner = nested([a * b, b], z);
    let (sine, cosine) = (inner[0].sin(), (inner[1] * z).cos());
    [sine + a, cosine.max(inner[0] - a)]
}

/// On one way only, and in both sweeps at once.
#[differentiate]
fn on_ways(a: f64, b: f64, z: f64) -> [f64; 2] {
    let mut out = [a * 1.0, z];
    if b > 0.0 {
        let (x, y) = polar(a, b);
        out[0] = x * z;
        out[1] += y * y;
    }
    out
}

#[differentiate(mode = adjoint)]
fn energy(angles: [f64; 3], r: f64) -> f64 {
    let mut sum = 0.0;
    for i in 0..3 {
        let (x, y) = polar(r, angles[i]);
        sum += x * y * y + length([x, y, r]);
    }
    sum
}

#[test]
fn calls_in_calls_on_ways_and_in_loops() {
    let x = [1.5, 0.4, 2.0];
    let compiled = around::adjoint_rows(x[0], x[1], x[2]);
    assert_same(compiled, duals(|[a, b, z]| around::lift(a, b, z), x));
    assert_differences(|[a, b, z]| around(a, b, z), x, compiled.1);
    for x in [[1.5, 0.4, 2.0], [1.5, -0.4, 2.0]] {
        let compiled = on_ways::adjoint_rows(x[0], x[1], x[2]);
        assert_same(compiled, duals(|[a, b, z]| on_ways::lift(a, b, z), x));
    }
    let (mut by_angles, mut by_radius) = ([0.0; 3], 0.0);
    let value = energy::adjoint([0.3, 0.8, -0.5], 1.5, &mut by_angles, &mut by_radius);
    assert_eq!(value, energy([0.3, 0.8, -0.5], 1.5));
    let lift = |[a, b, c, r]: [Dual<f64, 4>; 4]| [energy::lift([a, b, c], r)];
    let [a, b, c] = by_angles;
    assert_same(
        ([value], [[a, b, c, by_radius]]),
        duals(lift, [0.3, 0.8, -0.5, 1.5]),
    );
}

#[differentiate(mode = adjoint)]
fn changed(a: f64, b: f64, z: f64) -> [f64; 2] {
    let mut p = polar(a, b);
    p.0 = p.0 * z;
    p.1 *= p.0;
    let (mut x, y) = polar(p.1, z);
    x += y * x;
    [x * p.0, p.1]
}

/// What one call gives goes into the next with nothing between them.
#[differentiate(mode = adjoint)]
fn in_line(a: f64, b: f64, z: f64) -> [f64; 2] {
    let p = polar(a, b);
    let q = scaled(&[p.0 * 1.0, p.1 * z], z);
    let (x, y) = polar(q[0] * 2.0, q[1] * 1.0);
    [x * y, y * q[0]]
}

#[differentiate]
fn picked(x: f64, power: i32, y: f64) -> f64 {
    x.powi(power) * y
}

/// A plain argument that is made of numbers.
#[differentiate(mode = adjoint)]
fn picking(a: f64, b: f64, z: f64) -> [f64; 2] {
    let u = a * z;
    [picked(u.min(1.5), u.max(2.5) as i32, b), b]
}

#[test]
fn results_change_and_arguments_are_computed() {
    for x in [[1.6, 0.4, 2.0], [1.5, -0.9, 0.7]] {
        let compiled = changed::adjoint_rows(x[0], x[1], x[2]);
        assert_same(compiled, duals(|[a, b, z]| changed::lift(a, b, z), x));
        let compiled = in_line::adjoint_rows(x[0], x[1], x[2]);
        assert_same(compiled, duals(|[a, b, z]| in_line::lift(a, b, z), x));
        let compiled = picking::adjoint_rows(x[0], x[1], x[2]);
        assert_same(compiled, duals(|[a, b, z]| picking::lift(a, b, z), x));
        assert_differences(|[a, b, z]| picking(a, b, z), x, compiled.1);
    }
}
