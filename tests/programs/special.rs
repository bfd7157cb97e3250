//! Special functions by series, continued fractions and means.

mod lanczos {
    use chainrule::differentiate;
    use std::f64::consts::PI;

    use crate::check;

    const G: f64 = 7.0;
    const COEFFICIENTS: [f64; 9] = [
        0.999_999_999_999_809_93,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_13,
        -176.615_029_162_140_59,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_571_6e-6,
        1.505_632_735_149_311_6e-7,
    ];

    #[differentiate]
    fn gamma(x: f64) -> f64 {
        if x < 0.5 {
            return PI / ((PI * x).sin() * gamma(1.0 - x));
        }
        let x = x - 1.0;
        let t = x + G + 0.5;
        let sum = COEFFICIENTS
            .iter()
            .enumerate()
            .skip(1)
            .fold(COEFFICIENTS[0], |acc, (i, c)| acc + c / (x + i as f64));
        (2.0 * PI).sqrt() * t.powf(x + 0.5) * (-t).exp() * sum
    }

    #[test]
    fn gamma_reflects_and_has_its_digamma() {
        check::value(gamma(0.5), PI.sqrt(), 13);
        check::value(gamma(6.0), 120.0, 11);
        check::smooth(
            &[[0.3], [0.75], [2.5], [7.25], [-1.4]],
            |x| gamma(x[0]),
            |x| gamma::value_and_gradient(x[0]),
            |x| gamma::hessian(x[0]),
        );
    }
}

mod error_function {
    use chainrule::differentiate;

    use crate::check;

    /// erf by its Maclaurin series, and from 2.5 on by the continued fraction of erfc.
    #[differentiate]
    pub fn erf(x: f64) -> f64 {
        let z = x.abs();
        let result = if z < 2.5 {
            let mut term = z;
            let mut sum = z;
            let mut n = 0;
            while term.abs() > 1e-17 * sum.abs() {
                n += 1;
                term *= -z * z / n as f64;
                sum += term / (2 * n + 1) as f64;
            }
            sum * std::f64::consts::FRAC_2_SQRT_PI
        } else {
            let mut fraction = 0.0;
            for k in (1..=60).rev() {
                fraction = 0.5 * k as f64 / (z + fraction);
            }
            1.0 - (-z * z).exp() / ((z + fraction) * std::f64::consts::PI.sqrt())
        };
        if x < 0.0 { -result } else { result }
    }

    #[test]
    fn erf_has_the_bell_as_its_slope() {
        check::value(erf(1.0), 0.842_700_792_949_714_9, 14);
        check::value(erf(-3.0), -0.999_977_909_503_001_4, 14);
        check::smooth(
            &[[0.1], [-0.8], [1.9], [3.1], [-2.8]],
            |x| erf(x[0]),
            |x| erf::value_and_gradient(x[0]),
            |x| erf::hessian(x[0]),
        );
    }

    #[test]
    fn its_slope_is_the_closed_form() {
        for x in [0.1f64, -0.8, 1.9, 3.1] {
            let bell = std::f64::consts::FRAC_2_SQRT_PI * (-x * x).exp();
            check::value(erf::derivative(x) / bell, 1.0, 10);
        }
    }
}

mod incomplete_beta {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    fn ln_gamma(x: f64) -> f64 {
        // Stirling's series, after the recurrence has lifted the argument.
        let mut shift = 0.0;
        let mut z = x;
        while z < 10.0 {
            shift += z.ln();
            z += 1.0;
        }
        let z2 = z * z;
        let series = 1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - 1.0 / (1680.0 * z2)) / z2) / z2;
        (z - 0.5) * z.ln() - z + 0.5 * (2.0 * std::f64::consts::PI).ln() + series / z - shift
    }

    /// Lentz's algorithm.
    #[differentiate]
    fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
        const TINY: f64 = 1e-300;
        const MAX_ITERATIONS: usize = 300;
        let qab = a + b;
        let qap = a + 1.0;
        let qam = a - 1.0;
        let mut c = 1.0;
        let mut d = 1.0 - qab * x / qap;
        if d.abs() < TINY {
            d = TINY;
        }
        d = 1.0 / d;
        let mut h = d;
        for m in 1..=MAX_ITERATIONS {
            let m = m as f64;
            let m2 = 2.0 * m;
            let aa = m * (b - m) * x / ((qam + m2) * (a + m2));
            d = 1.0 + aa * d;
            if d.abs() < TINY {
                d = TINY;
            }
            c = 1.0 + aa / c;
            if c.abs() < TINY {
                c = TINY;
            }
            d = 1.0 / d;
            h *= d * c;
            let aa = -(a + m) * (qab + m) * x / ((a + m2) * (qap + m2));
            d = 1.0 + aa * d;
            if d.abs() < TINY {
                d = TINY;
            }
            c = 1.0 + aa / c;
            if c.abs() < TINY {
                c = TINY;
            }
            d = 1.0 / d;
            let del = d * c;
            h *= del;
            if (del - 1.0).abs() < 1e-16 {
                break;
            }
        }
        h
    }

    #[differentiate]
    fn regularized(a: f64, b: f64, x: f64) -> f64 {
        debug_assert!((0.0..=1.0).contains(&x));
        let front =
            (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (1.0 - x).ln()).exp();
        if x < (a + 1.0) / (a + b + 2.0) {
            front * continued_fraction(a, b, x) / a
        } else {
            1.0 - front * continued_fraction(b, a, 1.0 - x) / b
        }
    }

    #[test]
    fn incomplete_beta_moves_with_all_three_arguments() {
        check::value(regularized(2.0, 3.0, 0.4), 0.5248, 12);
        // Not at whole numbers: there the fraction ends, and its value has converged before its slopes have.
        check::smooth(
            &[[2.1, 3.2, 0.4], [0.7, 5.3, 0.1], [4.6, 1.3, 0.9]],
            |x| regularized(x[0], x[1], x[2]),
            |x| regularized::value_and_gradient(x[0], x[1], x[2]),
            |x| regularized::hessian(x[0], x[1], x[2]),
        );
    }
}

mod zeta {
    use chainrule::differentiate;

    use crate::check;

    /// Euler-Maclaurin with the Bernoulli numbers up to B_10.
    #[differentiate]
    fn zeta(s: f64) -> f64 {
        const N: i32 = 12;
        const BERNOULLI: [f64; 5] = [1.0 / 6.0, -1.0 / 30.0, 1.0 / 42.0, -1.0 / 30.0, 5.0 / 66.0];
        let n = N as f64;
        let head: f64 = (1..N).map(|k| (k as f64).powf(-s)).sum();
        let tail = n.powf(1.0 - s) / (s - 1.0) + 0.5 * n.powf(-s);
        let mut rising = s;
        let mut factorial = 2.0;
        let mut correction = 0.0;
        for (j, b) in BERNOULLI.iter().enumerate() {
            let j = j as f64;
            correction += b * rising / factorial * n.powf(-s - 2.0 * j - 1.0);
            rising *= (s + 2.0 * j + 1.0) * (s + 2.0 * j + 2.0);
            factorial *= (2.0 * j + 3.0) * (2.0 * j + 4.0);
        }
        head + tail + correction
    }

    #[test]
    fn zeta_bends_towards_its_pole() {
        check::value(zeta(2.0), std::f64::consts::PI.powi(2) / 6.0, 13);
        check::value(zeta::derivative(2.0), -0.937_548_254_315_843_7, 11);
        check::smooth(
            &[[1.3], [2.0], [5.5]],
            |x| zeta(x[0]),
            |x| zeta::value_and_gradient(x[0]),
            |x| zeta::hessian(x[0]),
        );
    }
}

mod elliptic {
    use chainrule::differentiate;

    use crate::check;

    /// K(k) and E(k) by the arithmetic-geometric mean.
    #[differentiate]
    fn complete_elliptic(k: f64) -> (f64, f64) {
        let mut a = 1.0f64;
        let mut b = (1.0 - k * k).sqrt();
        let mut c = k;
        let mut weight = 0.5;
        let mut sum = weight * c * c;
        while c.abs() > 1e-15 {
            (a, b, c) = ((a + b) / 2.0, (a * b).sqrt(), (a - b) / 2.0);
            weight *= 2.0;
            sum += weight * c * c;
        }
        let first = std::f64::consts::FRAC_PI_2 / a;
        (first, first * (1.0 - sum))
    }

    #[test]
    fn both_elliptic_integrals_come_from_one_mean() {
        let (first, second) = complete_elliptic(0.5);
        check::value(first, 1.685_750_354_812_596, 14);
        check::value(second, 1.467_462_209_339_427_2, 14);
        check::first(
            &[[0.2], [0.5], [0.9]],
            |x| complete_elliptic(x[0]),
            |x| complete_elliptic::value_and_jacobian(x[0]),
        );
    }
}
