//! Root finding: the solution as a function of the coefficients.

mod kepler {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    fn eccentric_anomaly(mean_anomaly: f64, eccentricity: f64) -> f64 {
        let mut e = if eccentricity < 0.8 {
            mean_anomaly
        } else {
            std::f64::consts::PI
        };
        for _ in 0..50 {
            let delta =
                (e - eccentricity * e.sin() - mean_anomaly) / (1.0 - eccentricity * e.cos());
            e -= delta;
            if delta.abs() < 1e-14 {
                break;
            }
        }
        e
    }

    #[test]
    fn newton_carries_the_implicit_derivative() {
        let (m, ecc) = (1.0, 0.3);
        let e = eccentric_anomaly(m, ecc);
        check::value(e - ecc * e.sin(), m, 14);
        let slope = 1.0 / (1.0 - ecc * e.cos());
        check::value(eccentric_anomaly::gradient(m, ecc)[0], slope, 13);
        check::value(eccentric_anomaly::gradient(m, ecc)[1], slope * e.sin(), 13);
        check::smooth(
            &[[1.0, 0.3], [0.2, 0.9], [4.0, 0.05]],
            |x| eccentric_anomaly(x[0], x[1]),
            |x| eccentric_anomaly::value_and_gradient(x[0], x[1]),
            |x| eccentric_anomaly::hessian(x[0], x[1]),
        );
    }
}

mod bracketed {
    use chainrule::differentiate;

    use crate::check;

    /// The depth of a uniform flow in a trapezoidal canal by Manning's formula: bisection down to a rough bracket,
    /// Newton from there.
    #[differentiate]
    fn normal_depth(flow: f64, width: f64, slope: f64) -> f64 {
        const ROUGHNESS: f64 = 0.013;
        const SIDE: f64 = 1.5;
        let excess = |y: f64| {
            let area = (width + SIDE * y) * y;
            let perimeter = width + 2.0 * y * (1.0 + SIDE * SIDE).sqrt();
            area * (area / perimeter).powf(2.0 / 3.0) * slope.sqrt() / ROUGHNESS - flow
        };
        let mut low = 1e-3;
        let mut high = 20.0;
        while high - low > 1e-3 {
            let middle = 0.5 * (low + high);
            if excess(middle) > 0.0 {
                high = middle;
            } else {
                low = middle;
            }
        }
        let mut y = 0.5 * (low + high);
        for _ in 0..6 {
            let h = 1e-4;
            let tangent = (excess(y + h) - excess(y - h)) / (2.0 * h);
            y -= excess(y) / tangent;
        }
        y
    }

    #[test]
    fn depth_grows_with_the_flow() {
        let y = normal_depth(10.0, 3.0, 0.001);
        let (area, perimeter) = ((3.0 + 1.5 * y) * y, 3.0 + 2.0 * y * 3.25f64.sqrt());
        let flow = area * (area / perimeter).powf(2.0 / 3.0) * 0.001f64.sqrt() / 0.013;
        check::value(flow, 10.0, 12);
        check::first(
            &[[10.0, 3.0, 0.001], [2.0, 1.0, 0.01]],
            |x| normal_depth(x[0], x[1], x[2]),
            |x| normal_depth::value_and_gradient(x[0], x[1], x[2]),
        );
    }
}

mod colebrook {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    fn friction_factor(reynolds: f64, roughness: f64) -> f64 {
        if reynolds < 2300.0 {
            return 64.0 / reynolds;
        }
        let mut x = -1.8 * ((roughness / 3.7).powf(1.11) + 6.9 / reynolds).log10();
        loop {
            let next = -2.0 * (roughness / 3.7 + 2.51 * x / reynolds).log10();
            let change = (next - x).abs();
            x = next;
            if change < 1e-14 * x {
                return 1.0 / (x * x);
            }
        }
    }

    #[test]
    fn friction_is_laminar_or_colebrook() {
        check::value(friction_factor(1e5, 1e-4), 0.018_513, 5);
        check::smooth(
            &[[1e5, 1e-4], [5e6, 2e-3], [1000.0, 1e-3]],
            |x| friction_factor(x[0], x[1]),
            |x| friction_factor::value_and_gradient(x[0], x[1]),
            |x| friction_factor::hessian(x[0], x[1]),
        );
    }
}

mod secant {
    use chainrule::differentiate;

    use crate::check;

    /// The first positive solution of tan x = k x, or nothing.
    #[differentiate]
    fn eigenvalue(k: f64) -> Option<f64> {
        if k <= 1.0 {
            return None;
        }
        let f = |x: f64| x.sin() - k * x * x.cos();
        let (mut a, mut b) = (0.8, 1.4);
        let (mut fa, mut fb) = (f(a), f(b));
        for _ in 0..100 {
            if (b - a).abs() < 1e-15 || fb == fa {
                return Some(b);
            }
            let c = b - fb * (b - a) / (fb - fa);
            (a, fa) = (b, fb);
            (b, fb) = (c, f(c));
        }
        None
    }

    #[test]
    fn secants_find_the_eigenvalue_or_nothing() {
        let x = eigenvalue(2.0).unwrap();
        check::value(x.tan(), 2.0 * x, 13);
        assert_eq!(eigenvalue(0.5), None);
        check::first(
            &[[1.7], [2.0], [4.0]],
            |k| eigenvalue(k[0]).unwrap(),
            |k| eigenvalue::value_and_gradient(k[0]).unwrap(),
        );
    }
}

mod lambert {
    use chainrule::differentiate;

    use crate::check;

    /// Halley's iteration for W e^W = x on the upper branch.
    #[differentiate]
    pub fn lambert_w(x: f64) -> Result<f64, String> {
        if x < -1.0 / std::f64::consts::E {
            return Err(format!("no real solution for {x}"));
        }
        let mut w = if x > 2.0 {
            let l = x.ln();
            l - l.ln()
        } else {
            x / (1.0 + x)
        };
        for _ in 0..40 {
            let e = w.exp();
            let f = w * e - x;
            let step = f / (e * (w + 1.0) - (w + 2.0) * f / (2.0 * w + 2.0));
            w -= step;
            if step.abs() <= 1e-15 * w.abs() {
                return Ok(w);
            }
        }
        Ok(w)
    }

    /// The current through a diode behind a resistor, by way of W.
    #[differentiate]
    fn diode_current(voltage: f64, resistance: f64) -> Result<f64, String> {
        const SATURATION: f64 = 1e-9;
        const THERMAL: f64 = 0.02585;
        let scaled = SATURATION * resistance / THERMAL;
        let w = lambert_w(scaled * ((voltage + SATURATION * resistance) / THERMAL).exp())?;
        Ok(w * THERMAL / resistance - SATURATION)
    }

    #[test]
    fn errors_pass_through_and_slopes_come_out() {
        check::value(lambert_w(1.0).unwrap(), 0.567_143_290_409_783_8, 14);
        assert!(lambert_w(-1.0).is_err());
        let i = diode_current(0.7, 100.0).unwrap();
        check::value(1e-9 * (((0.7 - 100.0 * i) / 0.02585).exp() - 1.0), i, 12);
        check::smooth(
            &[[0.7, 100.0], [0.3, 1000.0]],
            |x| diode_current(x[0], x[1]).unwrap(),
            |x| diode_current::value_and_gradient(x[0], x[1]).unwrap(),
            |x| diode_current::hessian(x[0], x[1]).unwrap(),
        );
    }
}

mod cubic {
    use chainrule::differentiate;

    use crate::check;

    /// The largest real root of x³ + a x² + b x + c, by Cardano and Viète.
    #[differentiate]
    pub fn largest_root(a: f64, b: f64, c: f64) -> f64 {
        let q = (a * a - 3.0 * b) / 9.0;
        let r = (2.0 * a.powi(3) - 9.0 * a * b + 27.0 * c) / 54.0;
        if r * r < q.powi(3) {
            let theta = (r / q.powi(3).sqrt()).acos();
            let roots = [-1.0, 0.0, 1.0].map(|k| {
                -2.0 * q.sqrt() * ((theta + k * std::f64::consts::TAU) / 3.0).cos() - a / 3.0
            });
            roots.into_iter().fold(f64::NEG_INFINITY, f64::max)
        } else {
            let s = -r.signum() * (r.abs() + (r * r - q.powi(3)).sqrt()).cbrt();
            let t = if s == 0.0 { 0.0 } else { q / s };
            s + t - a / 3.0
        }
    }

    #[test]
    fn cubics_have_one_root_or_three() {
        check::value(largest_root(-6.0, 11.0, -6.0), 3.0, 13);
        check::value(largest_root(0.0, 1.0, -2.0), 1.0, 13);
        check::smooth(
            &[[-6.0, 11.0, -6.0], [0.3, 1.0, -2.0], [1.0, -4.0, 1.5]],
            |x| largest_root(x[0], x[1], x[2]),
            |x| largest_root::value_and_gradient(x[0], x[1], x[2]),
            |x| largest_root::hessian(x[0], x[1], x[2]),
        );
    }
}
