//! Derivatives by a forward sweep of plain code: with one tangent, and with one for each input. Against the same bodies over
//! dual numbers. The compiled functions are named, so that a function that is left to dual numbers fails here.

use chainrule::{Dual, Workspace, differentiate};

use crate::assert_close;

/// Value bits, and the gradient by tangents for each input.
macro_rules! agree {
    ($f:ident, [$($x:ident),*] = $point:expr) => {{
        let point = $point;
        let [$($x),*] = point;
        let (value, gradient): (f64, _) = $f::forward_rows($($x),*);
        assert_eq!(value.to_bits(), $f($($x),*).to_bits());
        let by_duals = chainrule::gradient(|[$($x),*]| $f::lift($($x),*), point);
        assert_close(&gradient, &by_duals);
        assert_eq!($f::value_and_gradient($($x),*), (value, gradient));
        let (value, slope): (f64, f64) = $f::forward($($x,)* $(1.0 - 0.5 * $x),*);
        let direction = [$(1.0 - 0.5 * $x),*];
        let by_duals = chainrule::jvp(|[$($x),*]| $f::lift($($x),*), point, direction);
        assert_eq!(value.to_bits(), by_duals.0.to_bits());
        assert_close(&[slope], &[by_duals.1]);
        let hessian = chainrule::hessian(|[$($x),*]| $f::lift($($x),*), point);
        for (row, expected) in $f::hessian($($x),*).iter().zip(&hessian) {
            assert_close(row, expected);
        }
    }};
}

#[differentiate(mode = forward)]
fn operators(x: f64, y: f64, z: f64) -> f64 {
    let a = -x * 2.0 + 3.0 / y - (x - y) / 4.0;
    let b = a * a / (1.0 + z * z) % 0.75;
    let mut c = b;
    c -= -x;
    c += x * c;
    c *= y;
    c /= z + 3.0;
    c - 2.0 * (y - -z)
}

#[differentiate(mode = forward)]
fn functions(x: f64, y: f64) -> f64 {
    let (s, c) = x.sin_cos();
    let p = x.powi(3) + y.powf(1.5) + 2.0_f64.powf(x) + x.powf(y);
    let t = s.mul_add(y, c) + x.clamp(0.0, y) + y.atan2(x) + x.hypot(3.0);
    p * t.max(y) + x.min(0.2) + (x * y).abs().sqrt()
}

#[test]
fn operators_and_functions_have_their_slopes() {
    agree!(operators, [x, y, z] = [0.7, 1.3, -0.4]);
    agree!(operators, [x, y, z] = [-2.5, 0.3, 1.4]);
    agree!(functions, [x, y] = [0.7, 1.3]);
}

#[differentiate(mode = forward)]
fn loops(x: f64, y: f64, n: usize) -> f64 {
    let mut orbit = [x, 0.0, y * x];
    let mut swapped = 1.0;
    for i in 0..n {
        let next = orbit[i % 3] * 0.5 + y;
        orbit[(i + 1) % 3] = next - orbit[(i + 1) % 3].sin();
        orbit[0] += x;
        if next > 2.0 {
            swapped = next * swapped;
        } else if i > 5 {
            break;
        }
    }
    let mut steps = 0;
    while swapped < 9.0 && steps < 50 {
        swapped = swapped * 1.5 + x;
        steps += 1;
    }
    let sum: f64 = orbit.iter().map(|v| v * y).sum();
    sum + swapped
}

#[test]
fn loops_carry_tangents() {
    for n in [0, 1, 4, 12] {
        for (x, y) in [(0.7, 1.3), (1.4, 0.2), (0.1, 3.0)] {
            let (value, gradient): (f64, _) = loops::forward_rows(x, y, n);
            assert_eq!(value.to_bits(), loops(x, y, n).to_bits());
            let by_duals = chainrule::gradient(|[x, y]| loops::lift(x, y, n), [x, y]);
            assert_close(&gradient, &by_duals);
            assert_eq!(loops::gradient(x, y, n), gradient);
        }
    }
}

/// Before, the one depends on the first input alone, the other on the second.
#[differentiate(mode = forward)]
fn swapped_arrays(x: f64, y: f64) -> f64 {
    let mut left = [x, x * x, 1.0];
    let mut right = [y, 2.0, y.sin()];
    for i in 0..3 {
        left[i] *= 2.0;
        right[i] += 1.0;
    }
    std::mem::swap(&mut left, &mut right);
    let mut sum = 0.0;
    for i in 0..3 {
        sum += left[i] * (i + 1) as f64;
    }
    sum + right[1].sin() * left[2]
}

#[test]
fn swapped_arrays_take_their_tangents_along() {
    agree!(swapped_arrays, [x, y] = [0.7, 1.3]);
}

#[differentiate(mode = forward)]
fn changed(mut x: f64, p: [f64; 2], mut y: f64) -> f64 {
    let first = x * p[0];
    x = y * p[1];
    y *= first;
    x * y + p[0]
}

#[test]
fn inputs_that_change_have_tangents_of_their_own() {
    let at = |[x, a, b, y]: [f64; 4]| changed(x, [a, b], y);
    let point = [0.7, 1.3, -0.4, 2.2];
    let (value, gradient): (f64, _) =
        changed::forward_rows(point[0], [point[1], point[2]], point[3]);
    assert_eq!(value.to_bits(), at(point).to_bits());
    let lifted = |[x, a, b, y]: [Dual<f64, 4>; 4]| changed::lift(x, [a, b], y);
    assert_close(&gradient, &chainrule::gradient(lifted, point));
    let (x, p, y) = changed::gradient(point[0], [point[1], point[2]], point[3]);
    assert_eq!([x, p[0], p[1], y], gradient);
    let along = changed::jvp(
        (point[0], [point[1], point[2]], point[3]),
        (1.0, [2.0, 3.0], 4.0),
    );
    let expected = gradient.iter().zip([1.0, 2.0, 3.0, 4.0]);
    assert_eq!(along.0, value);
    assert_close(&[along.1], &[expected.map(|(g, v)| g * v).sum()]);
}

#[differentiate]
fn sigma(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[differentiate]
fn area(a: f64, b: f64, c: f64) -> f64 {
    let s = 0.5 * (a + b + c);
    (s * (s - a) * (s - b) * (s - c)).sqrt()
}

#[differentiate]
fn turned(p: [f64; 2], angle: f64) -> [f64; 2] {
    let (s, c) = angle.sin_cos();
    [p[0] * c - p[1] * s, p[0] * s + p[1] * c]
}

#[differentiate(mode = forward)]
fn calls(x: f64, y: f64) -> f64 {
    let mut p = [x, y];
    p[1] = sigma(y);
    for _ in 0..3 {
        let [u, v] = turned(p, 0.3 * x);
        p[0] = u + 0.1;
        p[1] = v * sigma(u);
    }
    area(3.0, 4.0, 5.0 * x) + area(x + 2.0, y + 2.0, x * y) * p[0] + p[1]
}

#[differentiate]
fn on_a_circle(angle: f64) -> (f64, f64) {
    (angle.cos(), angle.sin())
}

/// What a call gives has no tangent here before it changes.
#[differentiate]
fn changed_results(x: f64, y: f64) -> f64 {
    let (mut u, mut v) = on_a_circle(0.3);
    for _ in 0..2 {
        u += x * v;
        v = v * y - u;
    }
    let (mut w, scale) = on_a_circle(0.5);
    if scale > 0.1 {
        w *= x;
    }
    u * v + 2.0 * scale * w
}

#[test]
fn calls_are_passed_through() {
    agree!(changed_results, [x, y] = [0.7, 1.3]);
    agree!(calls, [x, y] = [0.7, 1.3]);
    agree!(calls, [x, y] = [0.9, 0.5]);
}

/// More outputs than inputs: of its own accord.
#[differentiate]
fn surface(u: f64, v: f64, out: &mut [f64; 2]) -> (f64, [f64; 2]) {
    let (s, c) = u.sin_cos();
    out[0] = c * v;
    out[1] = v.exp();
    (s * v, [u * u, 3.0])
}

#[test]
fn tall_jacobians_go_by_tangents() {
    let mut out = [0.0; 2];
    let (values, rows) = surface::value_and_jacobian(0.4, 1.5, &mut out);
    assert_eq!(surface::forward_rows(0.4, 1.5).1, rows);
    let mut same = [0.0; 2];
    assert_eq!(values, (surface(0.4, 1.5, &mut same), same));
    assert_eq!(out, same);
    let (s, c) = 0.4_f64.sin_cos();
    let expected = [
        [c * 1.5, s],
        [0.8, 0.0],
        [0.0, 0.0],
        [-s * 1.5, c],
        [0.0, 1.5_f64.exp()],
    ];
    assert_close(rows.as_flattened(), expected.as_flattened());
    let mut other = [0.0; 2];
    let (again, slopes) = surface::jvp([0.4, 1.5], [1.0, 2.0], &mut other);
    assert_eq!((again, other), (values, same));
    let slopes = [
        slopes.0.0,
        slopes.0.1[0],
        slopes.0.1[1],
        slopes.1[0],
        slopes.1[1],
    ];
    assert_close(&slopes, &expected.map(|[u, v]| u + 2.0 * v));
}

#[differentiate]
fn helix(t: f64) -> [f64; 3] {
    [t.cos(), t.sin(), 0.5 * t]
}

#[test]
fn curves_go_by_one_tangent() {
    let (value, slope) = helix::forward(0.3, 1.0);
    assert_eq!(helix::value_and_derivative(0.3), (value, slope));
    assert_eq!(value, helix(0.3));
    assert_eq!(slope, [-0.3_f64.sin(), 0.3_f64.cos(), 0.5]);
    assert_eq!(helix::jacobian(0.3), slope.map(|part| [part]));
    assert_eq!(sigma::value_and_derivative(0.3), sigma::forward(0.3, 1.0));
}

#[differentiate]
fn mixed(x: &[f64], scale: f64, w: [f64; 2], n: usize) -> f64 {
    let mut sum = 0.0;
    for v in x.iter().take(n) {
        sum += (v * scale).sin() * w[0];
    }
    sum / (w[1] + x[0])
}

#[test]
fn slices_have_slices_of_tangents() {
    let (x, v) = ([1.0, 2.0, 3.0], [0.5, -1.0, 2.0]);
    let flat = |x: &[f64], s: f64, w: [f64; 2]| [x, &[s], &w[..]].concat();
    let lifted = |x: &[Dual<f64>]| mixed::lift(&x[..3], x[3], [x[4], x[5]], 2);
    let (point, along) = (flat(&x, 0.7, [2.0, 3.0]), flat(&v, 0.1, [0.2, -0.3]));
    let expected = chainrule::jvp_slice(lifted, &point, &along);
    let found = mixed::jvp((&x, 0.7, [2.0, 3.0]), (&v, 0.1, [0.2, -0.3]), 2);
    assert_eq!(found.0.to_bits(), expected.0.to_bits());
    assert_close(&[found.1], &[expected.1]);
    let (mut slope, mut workspace) = (0.0, Workspace::new());
    let value = mixed::jvp_into(&x, 0.7, [2.0, 3.0], 2, &along, &mut slope);
    assert_eq!((value, slope), found);
    slope = 0.0;
    mixed::jvp_into_with(&x, 0.7, [2.0, 3.0], 2, &along, &mut slope, &mut workspace);
    assert_eq!((value, slope), found);
}

#[test]
#[should_panic(expected = "the direction has length 2, but there are 6 inputs")]
fn a_direction_of_another_length_is_refused() {
    mixed::jvp_into(&[1.0, 2.0, 3.0], 0.7, [2.0, 3.0], 2, &[1.0, 2.0], &mut 0.0);
}

#[differentiate(mode = forward)]
fn distance(x: f64, y: f64) -> f64 {
    (x * x + y * y).sqrt()
}

#[test]
fn dual_numbers_decide_at_singular_points() {
    let lifted = |[x, y]: [Dual<f64, 2>; 2]| distance::lift(x, y);
    assert_close(&distance::gradient(3.0, 4.0), &[0.6, 0.8]);
    for point in [[0.0, 0.0], [f64::NAN, 1.0], [f64::INFINITY, 1.0]] {
        let (expected, found) = (
            chainrule::gradient(lifted, point),
            distance::gradient(point[0], point[1]),
        );
        assert_eq!(found.map(f64::to_bits), expected.map(f64::to_bits));
    }
    let along = distance::jvp([0.0, 0.0], [1.0, 0.0]);
    let (_, expected): (_, f64) =
        chainrule::jvp(|[x, y]| distance::lift(x, y), [0.0, 0.0], [1.0, 0.0]);
    assert_eq!(along.1.to_bits(), expected.to_bits());
    let mut slope = 0.0;
    roots::jvp_into(&[0.0, 4.0], &[0.0, 1.0], &mut slope);
    assert_eq!(slope, 0.25);
}

#[differentiate]
fn roots(x: &[f64]) -> f64 {
    x.iter().map(|x| x.sqrt()).sum()
}

/// A loop that leaves values for a reverse sweep, of which no constant says how many: with few inputs by tangents.
#[differentiate]
fn halved(x: f64, y: f64) -> f64 {
    let mut z = x;
    while z > 1.0 {
        z = z * 0.5 + y.sin() / z;
    }
    z
}

#[test]
fn a_loop_without_a_constant_length_goes_by_tangents() {
    agree!(halved, [x, y] = [9.0, 0.4]);
}
