//! Programs that no formula is worth: against dual numbers, at many points.

use chainrule::{Dual, differentiate};

use super::{assert_same, duals};

#[differentiate(mode = adjoint)]
fn matrix(a: [[f64; 2]; 2], t: f64) -> [[f64; 2]; 2] {
    let mut b = [[0.0; 2]; 2];
    b[0][0] = a[0][0] * t;
    b[0][1] = a[1][0];
    b[1][0] = a[0][1] - t;
    b[1][1] = a[1][1] * a[0][0];
    if t > 1.0 {
        b[1][1] *= b[0][0];
        b[0][1] -= b[1][0];
    }
    b
}
#[differentiate(mode = adjoint)]
fn dynamic(x: [f64; 4], t: f64) -> [f64; 3] {
    let mut out = [0.0; 3];
    for i in 0..3 {
        out[i] = x[i] * x[i + 1] + t;
    }
    let mut p = 1.0;
    for v in x.iter() {
        p *= v;
        if p > 2.0 {
            p = p.sqrt();
        }
    }
    out[1] += p;
    out
}
#[differentiate(mode = adjoint)]
fn shadow(x: f64, y: f64, z: f64) -> (f64, f64) {
    let x = x * y;
    let y = if x > 0.5 {
        let z = z * x;
        z.exp()
    } else {
        y.sin()
    };
    let f = |q: f64| q * x + y;
    let x = f(z) + f(x);
    (x, y.max(z))
}
#[differentiate(mode = adjoint)]
fn found(x: [f64; 3], t: f64) -> [f64; 2] {
    let mut k = 2;
    let mut v = x[2] * t;
    for i in 0..2 {
        if x[i] > t {
            v = x[i] * t;
            k = i;
            break;
        }
    }
    for i in 0..3 {
        if x[i] < 0.0 {
            return [v * x[i], v];
        }
    }
    let [a, b, c] = x;
    match k {
        0 => [a * v, b],
        1 => [v, c * c],
        _ => [a, b * v],
    }
}
#[differentiate(mode = adjoint)]
fn rot(w: f64, p: [f64; 2]) -> [f64; 2] {
    let (s, c) = w.sin_cos();
    [p[0] * c - p[1] * s, p[0] * s + p[1] * c]
}
#[differentiate(mode = adjoint)]
fn chained(w: [f64; 3], p: [f64; 2]) -> [f64; 2] {
    let a = rot(w[0], p);
    let b = rot(w[1], [a[0] + w[2], a[1] * 2.0]);
    let c = rot(w[2] * b[0], [b[0] * b[1], a[0]]);
    if c[0] > 0.0 {
        let d = rot(c[1] * 1.0, [w[0], b[1]]);
        return [d[0] * c[0], d[1] + 1.0];
    }
    [c[0], c[1] * a[1]]
}
#[differentiate(mode = adjoint)]
fn energy(w: [f64; 3], p: [[f64; 2]; 3]) -> f64 {
    let mut sum = 0.0;
    for i in 0..3 {
        let [u, v] = rot(w[i], p[i]);
        sum += u * u * v;
    }
    sum
}
/// Called by others, it goes back for several rows at once, and its loop stores no slope of what it reads for nothing.
#[differentiate(mode = adjoint)]
fn idle(x: [f64; 4], t: f64) -> [f64; 2] {
    let mut p = t;
    for v in x.iter() {
        let _unused = v * 2.0;
        p = p * p.cos() + 0.5;
    }
    [p, t]
}

type D = Dual<f64, 5>;

fn points() -> impl Iterator<Item = [f64; 5]> {
    let mut state = 7_u64;
    let mut next = move || {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (state >> 33) as f64 / 2_f64.powi(30) - 1.0
    };
    (0..500).map(move |_| std::array::from_fn(|_| 1.5 * next()))
}

#[test]
fn arrays_are_changed_by_known_and_unknown_indices() {
    for x in points() {
        let [a, b, c, d, t] = x;
        let lift = |[a, b, c, d, t]: [D; 5]| {
            let [[p, q], [r, s]] = matrix::lift([[a, b], [c, d]], t);
            [p, q, r, s]
        };
        assert_same(matrix::adjoint_rows([[a, b], [c, d]], t), duals(lift, x));
        let lift = |[a, b, c, d, t]: [D; 5]| dynamic::lift([a, b, c, d], t);
        assert_same(dynamic::adjoint_rows([a, b, c, d], t), duals(lift, x));
        let lift = |[a, b, c, d, t]: [D; 5]| idle::lift([a, b, c, d], t);
        assert_same(idle::adjoint_rows([a, b, c, d], t), duals(lift, x));
    }
}

#[test]
fn names_are_shadowed_and_loops_left() {
    for [a, b, c, t, _] in points() {
        let lift = |[a, b, c]: [Dual<f64, 3>; 3]| {
            let (first, second) = shadow::lift(a, b, c);
            [first, second]
        };
        assert_same(shadow::adjoint_rows(a, b, c), duals(lift, [a, b, c]));
        let lift = |[a, b, c, t]: [Dual<f64, 4>; 4]| found::lift([a, b, c], t);
        assert_same(found::adjoint_rows([a, b, c], t), duals(lift, [a, b, c, t]));
    }
}

#[test]
fn calls_go_back_through_calls() {
    for x in points() {
        let [a, b, c, p, q] = x;
        let lift = |[a, b, c, p, q]: [D; 5]| chained::lift([a, b, c], [p, q]);
        assert_same(chained::adjoint_rows([a, b, c], [p, q]), duals(lift, x));

        let flat = [a, b, c, p, q, a, c, b, p];
        let points = [[p, q], [a, c], [b, p]];
        let lift = |x: [Dual<f64, 9>; 9]| {
            let points = [[x[3], x[4]], [x[5], x[6]], [x[7], x[8]]];
            [energy::lift([x[0], x[1], x[2]], points)]
        };
        let (value, ([u, v, w], rest)) = energy::value_and_gradient([a, b, c], points);
        let [[d, e], [f, g], [h, i]] = rest;
        assert_same(([value], [[u, v, w, d, e, f, g, h, i]]), duals(lift, flat));
    }
}
