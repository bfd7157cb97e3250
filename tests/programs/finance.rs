//! Finance: prices, yields and their sensitivities.

mod black_scholes {
    use chainrule::differentiate;
    use std::f64::consts::{FRAC_1_SQRT_2, PI};

    use crate::check;

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    enum Kind {
        Call,
        Put,
    }

    /// W. J. Cody's idea in short form: Chebyshev fit of erfc after Numerical Recipes.
    #[differentiate]
    fn erfc(x: f64) -> f64 {
        let z = f64::abs(x);
        let t = 1.0 / (1.0 + 0.5 * z);
        const C: [f64; 10] = [
            -1.26551223,
            1.00002368,
            0.37409196,
            0.09678418,
            -0.18628806,
            0.27886807,
            -1.13520398,
            1.48851587,
            -0.82215223,
            0.17087277,
        ];
        let poly = C.iter().rev().fold(0.0, |acc, &c| acc * t + c);
        let tail = t * (-z * z + poly).exp();
        if x >= 0.0 { tail } else { 2.0 - tail }
    }

    #[differentiate]
    fn cdf(x: f64) -> f64 {
        0.5 * erfc(-x * FRAC_1_SQRT_2)
    }

    #[differentiate]
    fn price(kind: Kind, spot: f64, strike: f64, rate: f64, sigma: f64, expiry: f64) -> f64 {
        let sd = sigma * expiry.sqrt();
        let d1 = ((spot / strike).ln() + (rate + 0.5 * sigma.powi(2)) * expiry) / sd;
        let d2 = d1 - sd;
        let discount = (-rate * expiry).exp();
        match kind {
            Kind::Call => spot * cdf(d1) - strike * discount * cdf(d2),
            Kind::Put => strike * discount * cdf(-d2) - spot * cdf(-d1),
        }
    }

    #[test]
    fn calls_and_puts_have_greeks() {
        check::value(
            price(Kind::Call, 100.0, 100.0, 0.05, 0.2, 1.0),
            10.450_58,
            4,
        );
        let vega = 100.0 * (-0.5f64 * 0.35 * 0.35).exp() / (2.0 * PI).sqrt();
        check::value(
            price::gradient(Kind::Call, 100.0, 100.0, 0.05, 0.2, 1.0)[3],
            vega,
            3,
        );
        for kind in [Kind::Call, Kind::Put] {
            check::smooth(
                &[
                    [100.0, 95.0, 0.05, 0.2, 0.5],
                    [80.0, 100.0, 0.01, 0.45, 2.0],
                ],
                |x| price(kind, x[0], x[1], x[2], x[3], x[4]),
                |x| price::value_and_gradient(kind, x[0], x[1], x[2], x[3], x[4]),
                |x| price::hessian(kind, x[0], x[1], x[2], x[3], x[4]),
            );
        }
    }
}

mod binomial {
    use chainrule::differentiate;

    use crate::check;

    /// An American put on a Cox-Ross-Rubinstein tree.
    #[differentiate]
    fn american_put(
        spot: f64,
        strike: f64,
        rate: f64,
        sigma: f64,
        expiry: f64,
        steps: usize,
    ) -> f64 {
        let dt = expiry / steps as f64;
        let up = (sigma * dt.sqrt()).exp();
        let down = 1.0 / up;
        let p = ((rate * dt).exp() - down) / (up - down);
        let discount = (-rate * dt).exp();
        let mut values: Vec<f64> = (0..=steps)
            .map(|i| (strike - spot * up.powi(2 * i as i32 - steps as i32)).max(0.0))
            .collect();
        for step in (0..steps).rev() {
            for i in 0..=step {
                let hold = discount * (p * values[i + 1] + (1.0 - p) * values[i]);
                let exercise = strike - spot * up.powi(2 * i as i32 - step as i32);
                values[i] = hold.max(exercise);
            }
        }
        values[0]
    }

    #[test]
    fn early_exercise_is_a_maximum_at_every_node() {
        check::value(american_put(100.0, 100.0, 0.05, 0.2, 1.0, 200), 6.09, 1);
        check::first(
            &[[101.0, 97.0, 0.05, 0.2, 1.0], [36.0, 40.3, 0.06, 0.4, 0.5]],
            |x| american_put(x[0], x[1], x[2], x[3], x[4], 25),
            |x| american_put::value_and_gradient(x[0], x[1], x[2], x[3], x[4], 25),
        );
    }
}

mod bond {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    fn present_value(coupon: f64, periods: u32, yld: f64) -> f64 {
        let v = 1.0 / (1.0 + yld);
        (1..=periods)
            .map(|t| coupon * v.powi(t as i32))
            .sum::<f64>()
            + 100.0 * v.powi(periods as i32)
    }

    #[differentiate]
    fn yield_to_maturity(price: f64, coupon: f64, periods: u32) -> Option<f64> {
        let mut y = coupon / price;
        for _ in 0..100 {
            let h = 1e-5;
            let slope = (present_value(coupon, periods, y + h)
                - present_value(coupon, periods, y - h))
                / (2.0 * h);
            let step = (present_value(coupon, periods, y) - price) / slope;
            y -= step;
            if y <= -1.0 {
                return None;
            }
            if step.abs() < 1e-14 {
                return Some(y);
            }
        }
        None
    }

    #[test]
    fn yields_invert_prices() {
        check::value(yield_to_maturity(100.0, 5.0, 10).unwrap(), 0.05, 12);
        check::smooth(
            &[[5.0, 0.04], [2.5, 0.07]],
            |x| present_value(x[0], 12, x[1]),
            |x| present_value::value_and_gradient(x[0], 12, x[1]),
            |x| present_value::hessian(x[0], 12, x[1]),
        );
        check::first(
            &[[95.0, 5.0], [120.0, 6.5]],
            |x| yield_to_maturity(x[0], x[1], 10).unwrap(),
            |x| yield_to_maturity::value_and_gradient(x[0], x[1], 10).unwrap(),
        );
    }
}

mod asian {
    use chainrule::differentiate;

    use crate::check;

    /// Uniform numbers from a linear congruence, turned into nearly normal ones.
    struct Normals(u64);

    impl Iterator for Normals {
        type Item = f64;
        fn next(&mut self) -> Option<f64> {
            let mut sum = -6.0;
            for _ in 0..12 {
                self.0 = self
                    .0
                    .wrapping_mul(6364136223846793005)
                    .wrapping_add(1442695040888963407);
                sum += (self.0 >> 11) as f64 / (1u64 << 53) as f64;
            }
            Some(sum)
        }
    }

    /// An arithmetic Asian call by Monte Carlo with antithetic paths.
    #[differentiate]
    fn asian_call(spot: f64, strike: f64, rate: f64, sigma: f64, paths: usize) -> f64 {
        const STEPS: usize = 8;
        let dt = 1.0 / STEPS as f64;
        let mut noise = Normals(42);
        let mut total = 0.0;
        for _ in 0..paths {
            let shocks: Vec<f64> = noise.by_ref().take(STEPS).collect();
            for sign in [1.0, -1.0] {
                let mut s = spot;
                let mut average = 0.0;
                for z in &shocks {
                    s *= ((rate - 0.5 * sigma * sigma) * dt + sigma * dt.sqrt() * sign * z).exp();
                    average += s / STEPS as f64;
                }
                total += f64::max(average - strike, 0.0);
            }
        }
        (-rate).exp() * total / (2 * paths) as f64
    }

    #[test]
    fn simulated_prices_have_pathwise_greeks() {
        check::value(asian_call(100.0, 100.0, 0.05, 0.2, 2000) / 6.2, 1.0, 0);
        check::first(
            &[[100.0, 93.0, 0.05, 0.2], [50.0, 56.0, 0.02, 0.5]],
            |x| asian_call(x[0], x[1], x[2], x[3], 20),
            |x| asian_call::value_and_gradient(x[0], x[1], x[2], x[3], 20),
        );
    }
}

mod portfolio {
    use chainrule::differentiate;

    use crate::check;

    const COVARIANCE: [[f64; 3]; 3] = [
        [0.04, 0.006, 0.01],
        [0.006, 0.09, -0.02],
        [0.01, -0.02, 0.16],
    ];
    const RETURNS: [f64; 3] = [0.05, 0.08, 0.12];

    #[differentiate]
    fn sharpe(weights: [f64; 3], risk_free: f64) -> f64 {
        let excess: f64 = weights
            .iter()
            .zip(RETURNS)
            .map(|(w, r)| w * (r - risk_free))
            .sum();
        let mut variance = 0.0;
        for (i, row) in COVARIANCE.iter().enumerate() {
            for (j, c) in row.iter().enumerate() {
                variance += weights[i] * c * weights[j];
            }
        }
        excess / variance.sqrt()
    }

    #[test]
    fn the_ratio_does_not_care_for_scale() {
        check::value(
            sharpe([0.2, 0.3, 0.5], 0.02),
            sharpe([0.4, 0.6, 1.0], 0.02),
            14,
        );
        check::smooth(
            &[[0.2, 0.3, 0.5, 0.02], [0.6, -0.1, 0.5, 0.0]],
            |x| sharpe([x[0], x[1], x[2]], x[3]),
            |x| sharpe::value_and_gradient([x[0], x[1], x[2]], x[3]),
            |x| sharpe::hessian([x[0], x[1], x[2]], x[3]),
        );
    }
}

mod heston {
    use chainrule::differentiate;

    use crate::check;

    #[derive(Debug, Clone, Copy, PartialEq, chainrule::Differentiable)]
    struct Complex {
        re: f64,
        im: f64,
    }

    #[differentiate]
    impl Complex {
        #[differentiate]
        fn new(re: f64, im: f64) -> Self {
            Self { re, im }
        }

        #[differentiate(wrt(self, other))]
        fn times(self, other: Self) -> Self {
            Self::new(
                self.re * other.re - self.im * other.im,
                self.re * other.im + self.im * other.re,
            )
        }

        #[differentiate(wrt(self))]
        fn exp(self) -> Self {
            let scale = self.re.exp();
            Self::new(scale * self.im.cos(), scale * self.im.sin())
        }
    }

    /// A digital option by Fourier inversion of a jump-diffusion's characteristic function.
    #[differentiate]
    fn probability_above(log_moneyness: f64, sigma: f64, intensity: f64) -> f64 {
        let du = 0.05;
        let mut sum = 0.0;
        for k in 0..400 {
            let u = (k as f64 + 0.5) * du;
            let jump = Complex::new(0.0, -0.1 * u).exp();
            let exponent = Complex::new(
                -0.5 * sigma * sigma * u * u + intensity * (jump.re - 1.0),
                intensity * jump.im,
            );
            let phi = exponent
                .exp()
                .times(Complex::new(0.0, u * log_moneyness).exp());
            sum += phi.im / u * du;
        }
        0.5 + sum / std::f64::consts::PI
    }

    #[test]
    fn characteristic_functions_give_probabilities() {
        check::value(probability_above(0.0, 0.3, 0.0), 0.5, 12);
        check::value(probability_above(0.4, 0.4, 0.0), 0.841_344_746, 6);
        check::smooth(
            &[[0.1, 0.4, 0.5], [-0.3, 0.5, 1.0]],
            |x| probability_above(x[0], x[1], x[2]),
            |x| probability_above::value_and_gradient(x[0], x[1], x[2]),
            |x| probability_above::hessian(x[0], x[1], x[2]),
        );
    }
}
