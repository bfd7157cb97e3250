//! Programs as scientists write them, over slices.
//! Oracle: the same bodies over dual numbers, and central differences of the plain function.

use chainrule::differentiate;

/// Central differences: their error is some 1e-9 of the largest entry, and a wrong derivative is further off.
macro_rules! agree_with_differences {
    ($f:ident, $point:expr) => {{
        let point = $point;
        agree_over_slices!($f, point);
        let gradient = $f::gradient(&point);
        let scale = gradient
            .iter()
            .fold(1.0, |scale: f64, slope| scale.max(slope.abs()));
        for (input, slope) in gradient.iter().enumerate() {
            let (mut above, mut below) = (point, point);
            above[input] += 1e-6;
            below[input] -= 1e-6;
            let quotient = ($f(&above) - $f(&below)) / (above[input] - below[input]);
            assert!(
                (quotient - slope).abs() <= 1e-6 * scale,
                "{slope} is not {quotient}"
            );
        }
    }};
}

#[differentiate(mode = adjoint)]
fn closures_in_loops(x: &[f64]) -> f64 {
    let s = x[0] * 2.0;
    let f = |t: f64| {
        let g = |u: f64| u * s + t;
        g(t) * g(s)
    };
    let s = x[1];
    let mut total = 0.0;
    for i in 0..3 {
        let h = |z: f64| f(z) + s * i as f64;
        total += h(x[i]);
    }
    total
}

#[differentiate(mode = adjoint)]
fn arrays_kept_before_they_change(x: &[f64]) -> f64 {
    let mut a = [x[0], x[1], x[2]];
    let mut out = 0.0;
    for k in 0..4 {
        let old = a;
        for i in 0..3 {
            a[i] = 0.5 * (old[(i + 1) % 3] + old[(i + 2) % 3] * old[i]);
        }
        if k == 2 {
            a = old;
            a[0] *= 2.0;
        }
        out += a[k % 3] * old[0];
    }
    out
}

#[differentiate(mode = adjoint)]
fn indices_that_move(x: &[f64]) -> f64 {
    let n = x.len();
    let mut i = 0;
    let mut acc = 1.0;
    let mut seen = 0usize;
    while seen < 9 {
        acc = acc * 0.9 + x[i] * x[(i + seen) % n];
        i = (i * 2 + 1) % n;
        seen += 1;
        if acc > 3.0 {
            i = (i + 1) % n;
            acc -= x[i].sin();
        }
    }
    acc
}

#[differentiate(mode = adjoint)]
fn interpolation(x: &[f64]) -> f64 {
    const KNOTS: [f64; 5] = [0.0, 0.5, 1.0, 2.0, 4.0];
    let mut lo = 0;
    let mut hi = KNOTS.len() - 1;
    let q = x[4].abs();
    while hi - lo > 1 {
        let mid = (lo + hi) / 2;
        if KNOTS[mid] <= q {
            lo = mid;
        } else {
            hi = mid;
        }
    }
    let w = (q - KNOTS[lo]) / (KNOTS[hi] - KNOTS[lo]);
    let (a, b) = (x[lo % 4], x[hi % 4]);
    a * (1.0 - w) + b * w
}

#[differentiate(mode = adjoint)]
fn memory_cells(x: &[f64]) -> f64 {
    let sig = |v: f64| 1.0 / (1.0 + (-v).exp());
    let (mut h, mut c) = ([0.0; 2], [0.1; 2]);
    for t in 0..4 {
        let inp = x[t];
        let prev = h;
        for u in 0..2 {
            let z = x[u] * inp + x[3 - u] * prev[1 - u];
            c[u] = sig(z) * c[u] + sig(z + 1.0) * (z * 0.7).tanh();
            h[u] = sig(z - 1.0) * c[u].tanh();
        }
    }
    h[0] - h[1] * h[1]
}

#[differentiate(mode = adjoint)]
fn ways_out_of_nested_loops(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for (i, v) in x.iter().enumerate() {
        s += v * v;
        if s > 3.0 {
            return s * x[(i + 1) % x.len()];
        }
        for w in &x[i..] {
            if w * s > 2.0 {
                return (w * s).ln() + *v;
            }
            s += 0.1 * w;
        }
    }
    s.sqrt()
}

#[differentiate(mode = adjoint)]
fn kalman_filter(z: &[f64]) -> f64 {
    let (mut m, mut p, mut ll) = (0.0, 1.0, 0.0);
    let q = z[0].exp();
    let r = z[1] * z[1] + 0.1;
    for &obs in &z[2..] {
        let pp = p + q;
        let s = pp + r;
        let e = obs - m;
        let k = pp / s;
        m += k * e;
        p = (1.0 - k) * pp;
        ll -= 0.5 * (s.ln() + e * e / s);
    }
    ll
}

#[differentiate(mode = adjoint)]
fn cholesky(x: &[f64]) -> f64 {
    let mut a = [[0.0; 3]; 3];
    let mut k = 0;
    for i in 0..3 {
        for j in 0..=i {
            a[i][j] = x[k];
            k += 1;
        }
        a[i][i] += 4.0;
    }
    for j in 0..3 {
        let mut s = a[j][j];
        for k in 0..j {
            s -= a[j][k] * a[j][k];
        }
        if s <= 0.0 {
            return -1.0 + x[0];
        }
        let d = s.sqrt();
        a[j][j] = d;
        for i in (j + 1)..3 {
            let mut t = a[i][j];
            for k in 0..j {
                t -= a[i][k] * a[j][k];
            }
            a[i][j] = t / d;
        }
    }
    let mut z = [1.0, x[5], x[0]];
    for i in 0..3 {
        for j in 0..i {
            z[i] -= a[i][j] * z[j];
        }
        z[i] /= a[i][i];
    }
    2.0 * (a[0][0].ln() + a[1][1].ln() + a[2][2].ln()) + z.iter().map(|v| v * v).sum::<f64>()
}

#[differentiate(mode = adjoint)]
fn sorted(x: &[f64]) -> f64 {
    let mut y = [x[0], x[1], x[2], x[3]];
    for i in 1..4 {
        let mut j = i;
        while j > 0 && y[j - 1] > y[j] {
            y.swap(j - 1, j);
            j -= 1;
        }
    }
    y[0] + 2.0 * y[1] * y[1] + 3.0 * y[2].exp() + y[3] * y[0]
}

#[test]
fn programs_of_scientists_agree_with_duals_and_differences() {
    for point in [
        [0.7, 0.9, 0.4, 1.3],
        [-1.2, 2.1, -0.6, 0.35],
        [1.5, -0.3, 0.8, 2.4],
    ] {
        agree_with_differences!(kalman_filter, point);
        agree_with_differences!(indices_that_move, point);
        agree_with_differences!(arrays_kept_before_they_change, point);
        agree_with_differences!(closures_in_loops, point);
        agree_with_differences!(sorted, point);
        agree_with_differences!(memory_cells, point);
        agree_with_differences!(ways_out_of_nested_loops, point);
    }
    for point in [
        [0.7, 0.9, 0.4, 1.3, 0.2, 0.5],
        [-1.0, 0.3, 0.4, -0.3, 0.2, -0.5],
        [1.0, 9.0, 0.4, 1.3, 0.2, 0.5],
    ] {
        agree_with_differences!(cholesky, point);
    }
    for last in [0.2, -1.2, 2.8] {
        agree_with_differences!(interpolation, [0.7, 0.9, 0.4, 1.3, last]);
    }
}
