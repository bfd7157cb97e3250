//! Whole numeric programs: the value bit for bit, the slopes against central differences (which are no proof of digits,
//! but of the right variables having been followed).

use chainrule::differentiate;

fn central(f: impl Fn(f64) -> f64, x: f64) -> f64 {
    let h = 1e-5;
    (f(x + h) - f(x - h)) / (2.0 * h)
}

#[track_caller]
fn assert_near(actual: f64, expected: f64) {
    assert!(
        (actual - expected).abs() <= 1e-6 * (1.0 + expected.abs()),
        "{actual} is not near {expected}"
    );
}

/// Black-Scholes as in textbooks, with the distribution function by Abramowitz and Stegun 26.2.17.
#[differentiate]
fn call_price(spot: f64, strike: f64, rate: f64, volatility: f64, time: f64) -> f64 {
    let deviation = volatility * time.sqrt();
    let d1 = ((spot / strike).ln() + (rate + volatility * volatility / 2.0) * time) / deviation;
    spot * normal(d1) - strike * (-rate * time).exp() * normal(d1 - deviation)
}

#[differentiate]
fn normal(x: f64) -> f64 {
    const COEFFICIENTS: [f64; 5] = [
        0.319381530,
        -0.356563782,
        1.781477937,
        -1.821255978,
        1.330274429,
    ];
    let t = 1.0 / (1.0 + 0.2316419 * x.abs());
    let mut sum = 0.0;
    for c in COEFFICIENTS.iter().rev() {
        sum = (sum + c) * t;
    }
    let density = (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let tail = density * sum;
    if x < 0.0 { tail } else { 1.0 - tail }
}

#[test]
fn option_prices_have_their_greeks() {
    let at = [100.0, 95.0, 0.05, 0.2, 0.5];
    let price = |[spot, strike, rate, volatility, time]: [f64; 5]| {
        call_price(spot, strike, rate, volatility, time)
    };
    let [spot, strike, rate, volatility, time] = at;
    let (value, greeks) = call_price::value_and_gradient(spot, strike, rate, volatility, time);
    assert_eq!(value, price(at));
    for i in 0..5 {
        let moved = |x: f64| {
            let mut at = at;
            at[i] = x;
            price(at)
        };
        assert_near(greeks[i], central(moved, at[i]));
    }
}

mod statistics {
    use chainrule::differentiate;

    #[differentiate]
    pub(super) fn mean(xs: &[f64]) -> f64 {
        let mut sum = 0.0;
        for &x in xs {
            sum += x;
        }
        sum / xs.len() as f64
    }
}

#[differentiate]
fn variance(xs: &[f64]) -> f64 {
    let m = statistics::mean(xs);
    let mut devs = Vec::new();
    for x in xs {
        devs.push((x - m).powi(2));
    }
    let half = xs.len() / 2;
    let left = statistics::mean(&devs[..half]);
    left + statistics::mean(&devs)
}

#[test]
fn slices_of_numbers_are_passed_on() {
    let xs = [1.0, 4.0, -2.0, 0.5];
    let (value, gradient) = variance::value_and_gradient(&xs);
    assert_eq!(value, variance(&xs));
    for i in 0..xs.len() {
        let moved = |x: f64| {
            let mut xs = xs;
            xs[i] = x;
            variance(&xs)
        };
        assert_near(gradient[i], central(moved, xs[i]));
    }
}

#[differentiate]
fn oscillate(y0: f64, k: f64, steps: usize, dt: f64) -> f64 {
    let mut y = [y0, 0.0];
    for _ in 0..steps {
        let k1 = [y[1], -k * y[0]];
        let mut mid = y;
        for i in 0..2 {
            mid[i] += 0.5 * dt * k1[i];
        }
        let k2 = [mid[1], -k * mid[0]];
        for (i, yi) in y.iter_mut().enumerate() {
            *yi += dt * k2[i];
        }
    }
    y[0]
}

#[test]
fn time_steps_carry_the_state() {
    let (value, gradient) = oscillate::value_and_gradient(1.0, 2.0, 10, 0.1);
    assert_eq!(value, oscillate(1.0, 2.0, 10, 0.1));
    assert_near(gradient[0], central(|y| oscillate(y, 2.0, 10, 0.1), 1.0));
    assert_near(gradient[1], central(|k| oscillate(1.0, k, 10, 0.1), 2.0));
    assert_near(gradient[2], central(|dt| oscillate(1.0, 2.0, 10, dt), 0.1));
}

/// Gaussian elimination with pivoting.
#[differentiate]
fn determinant(m: &[[f64; 3]; 3]) -> f64 {
    let mut a = *m;
    let mut det = 1.0;
    for i in 0..3 {
        let mut p = i;
        for r in (i + 1)..3 {
            if a[r][i].abs() > a[p][i].abs() {
                p = r;
            }
        }
        if a[p][i] == 0.0 {
            return 0.0;
        }
        if p != i {
            a.swap(p, i);
            det = -det;
        }
        det *= a[i][i];
        for r in (i + 1)..3 {
            let factor = a[r][i] / a[i][i];
            for c in i..3 {
                let t = a[i][c];
                a[r][c] -= factor * t;
            }
        }
    }
    det
}

#[test]
fn elimination_chooses_its_pivots_by_value() {
    let m = [[0.0, 2.0, 1.0], [1.0, 3.0, 5.0], [2.0, -1.0, 0.5]];
    let (value, gradient) = determinant::value_and_gradient(&m);
    assert_eq!(value, determinant(&m));
    for i in 0..3 {
        for j in 0..3 {
            let moved = |x: f64| {
                let mut m = m;
                m[i][j] = x;
                determinant(&m)
            };
            assert_near(gradient[i][j], central(moved, m[i][j]));
        }
    }
}

#[differentiate]
fn mixed(x: f64, n: u64, flag: bool, w: [f64; 2], name: &str) -> f64 {
    let y: f64;
    if flag {
        y = x;
    } else {
        y = 3.0;
    }
    let z = if name == "a" {
        1.
    } else if let Some(c) = name.chars().next()
        && c.is_alphabetic()
    {
        x
    } else {
        0.5
    };
    let (lo, hi) = if x < y { (x, y) } else { (y, 2.0) };
    let mut best = f64::INFINITY;
    let mut at = 0;
    for (i, &v) in w.iter().enumerate() {
        let d = (v - x).abs();
        if d < best {
            best = d;
            at = i;
        }
    }
    let mut total = 0.;
    let mut i = 0;
    while i < n && total < 1e3 {
        total += (i as f64) * hi + lo.max(0.1);
        i += 1;
    }
    let mut m = f64::NEG_INFINITY;
    for v in w {
        m = m.max(v);
    }
    let t = (x, at as f64);
    let _ = t;
    let arr: [f64; 2] = [x, 1.0];
    let s: &[f64] = &arr;
    let q = s[0] * s[1];
    let neg = -(-x);
    let u = 1.0 - -x;
    let block = {
        let k = 2.0;
        k * x
    };
    total
        + z
        + best * t.1
        + m
        + q
        + neg % 0.7
        + u
        + block
        + t.0 * (n as f64)
        + (if flag { 1.0 } else { 2.0 }) * x
        + x.min(if flag { 1.0 } else { x })
}

#[test]
fn everything_at_once() {
    for flag in [true, false] {
        for name in ["a", "b", "1"] {
            let f = |x| mixed(x, 4, flag, [0.3, 1.7], name);
            let (value, (slope, _)) = mixed::value_and_gradient(1.3, 4, flag, [0.3, 1.7], name);
            assert_eq!(value, f(1.3));
            assert_near(slope, central(f, 1.3));
        }
    }
}
