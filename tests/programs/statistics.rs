//! Densities and likelihoods.

mod normal {
    use chainrule::differentiate;
    use std::f64::consts::TAU;

    use crate::check;

    #[differentiate]
    fn log_likelihood(data: &[f64], mu: f64, sigma: f64) -> f64 {
        data.iter()
            .map(|x| {
                let z = (x - mu) / sigma;
                -0.5 * z * z - sigma.ln() - 0.5 * TAU.ln()
            })
            .sum()
    }

    #[test]
    fn the_score_vanishes_at_the_estimate() {
        let data = [1.0, 2.0, 4.0, 5.0];
        check::value(
            log_likelihood(&[0.0], 0.0, 1.0),
            -0.918_938_533_204_672_7,
            15,
        );
        let sigma = 2.5f64.sqrt();
        check::value(log_likelihood::gradient(&data, 3.0, sigma).1, 0.0, 13);
        check::value(log_likelihood::gradient(&data, 3.0, sigma).2, 0.0, 13);
        check::smooth(
            &[[1.0, 2.0, 4.0, 2.5, 1.3], [-1.0, 0.2, 0.1, 0.5, 0.4]],
            |x| log_likelihood(&x[..3], x[3], x[4]),
            |x| log_likelihood::value_and_gradient(&x[..3], x[3], x[4]),
            |x| log_likelihood::hessian(&x[..3], x[3], x[4]),
        );
    }
}

mod gamma_density {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    pub fn ln_gamma(x: f64) -> f64 {
        const C: [f64; 6] = [
            76.18009172947146,
            -86.50532032941677,
            24.01409824083091,
            -1.231739572450155,
            0.1208650973866179e-2,
            -0.5395239384953e-5,
        ];
        let tmp = x + 5.5 - (x + 0.5) * (x + 5.5).ln();
        let mut ser = 1.000000000190015;
        let mut y = x;
        for c in C {
            y += 1.0;
            ser += c / y;
        }
        -tmp + (2.5066282746310005 * ser / x).ln()
    }

    #[differentiate]
    fn gamma_pdf(x: f64, shape: f64, rate: f64) -> f64 {
        if x <= 0.0 {
            return 0.0;
        }
        (shape * rate.ln() + (shape - 1.0) * x.ln() - rate * x - ln_gamma(shape)).exp()
    }

    #[test]
    fn densities_have_shape_and_rate() {
        check::value(
            gamma_pdf(2.0, 3.0, 1.5),
            1.5f64.powi(3) * 4.0 / 2.0 * (-3.0f64).exp(),
            9,
        );
        check::smooth(
            &[[2.0, 3.0, 1.5], [0.3, 0.8, 4.0], [-1.0, 2.0, 1.0]],
            |x| gamma_pdf(x[0], x[1], x[2]),
            |x| gamma_pdf::value_and_gradient(x[0], x[1], x[2]),
            |x| gamma_pdf::hessian(x[0], x[1], x[2]),
        );
    }
}

mod student_t {
    use chainrule::differentiate;

    use super::gamma_density;
    use crate::check;

    #[differentiate]
    fn t_log_density(t: f64, dof: f64, scale: f64) -> f64 {
        gamma_density::ln_gamma((dof + 1.0) / 2.0)
            - gamma_density::ln_gamma(dof / 2.0)
            - 0.5 * (std::f64::consts::PI * dof).ln()
            - scale.ln()
            - (dof + 1.0) / 2.0 * ((t / scale).powi(2) / dof).ln_1p()
    }

    #[test]
    fn one_degree_of_freedom_is_cauchy() {
        let cauchy = -(std::f64::consts::PI * (1.0 + 0.49)).ln();
        check::value(t_log_density(0.7, 1.0, 1.0), cauchy, 9);
        check::smooth(
            &[[0.7, 1.0, 1.0], [-2.0, 4.5, 0.6]],
            |x| t_log_density(x[0], x[1], x[2]),
            |x| t_log_density::value_and_gradient(x[0], x[1], x[2]),
            |x| t_log_density::hessian(x[0], x[1], x[2]),
        );
    }
}

mod poisson {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate(wrt(beta))]
    fn deviance(beta: &[f64], rows: &[[f64; 3]], counts: &[u32]) -> f64 {
        let mut deviance = 0.0;
        for (row, &count) in rows.iter().zip(counts) {
            let eta: f64 = row.iter().zip(beta).map(|(x, b)| x * b).sum();
            let mu = eta.exp();
            let y = count as f64;
            deviance += if count == 0 {
                2.0 * mu
            } else {
                2.0 * (y * (y / mu).ln() - (y - mu))
            };
        }
        deviance
    }

    const ROWS: [[f64; 3]; 4] = [
        [1.0, 0.2, -1.0],
        [1.0, 0.7, 0.5],
        [1.0, -0.3, 0.1],
        [1.0, 1.2, 2.0],
    ];

    #[test]
    fn counts_of_nothing_have_their_own_term() {
        check::value(deviance(&[2f64.ln(), 0.0, 0.0], &ROWS[..1], &[2]), 0.0, 14);
        check::smooth(
            &[[0.1, 0.5, -0.2], [1.0, -0.4, 0.3]],
            |x| deviance(x, &ROWS, &[0, 2, 1, 5]),
            |x| deviance::value_and_gradient(x, &ROWS, &[0, 2, 1, 5]),
            |x| deviance::hessian(x, &ROWS, &[0, 2, 1, 5]),
        );
    }
}

mod moments {
    use chainrule::differentiate;

    use crate::check;

    /// Skewness and excess kurtosis in one pass, by Pébay's updates.
    #[differentiate]
    fn shape(xs: &[f64]) -> (f64, f64) {
        let (mut mean, mut m2, mut m3, mut m4) = (0.0, 0.0, 0.0, 0.0);
        for (k, x) in xs.iter().enumerate() {
            let n = (k + 1) as f64;
            let delta = x - mean;
            let dn = delta / n;
            let dn2 = dn * dn;
            let t = delta * dn * k as f64;
            mean += dn;
            m4 += t * dn2 * (n * n - 3.0 * n + 3.0) + 6.0 * dn2 * m2 - 4.0 * dn * m3;
            m3 += t * dn * (n - 2.0) - 3.0 * dn * m2;
            m2 += t;
        }
        let n = xs.len() as f64;
        (n.sqrt() * m3 / m2.powf(1.5), n * m4 / (m2 * m2) - 3.0)
    }

    #[test]
    fn streaming_moments_know_every_sample() {
        let (skewness, kurtosis) = shape(&[1.0, 2.0, 3.0, 4.0]);
        check::value(skewness, 0.0, 15);
        check::value(kurtosis, -1.36, 13);
        check::first(
            &[[1.0, 2.5, 3.0, 7.0, -2.0], [0.1, 0.4, 0.35, -0.2, 0.9]],
            |x| shape(x),
            |x| shape::value_and_jacobian(x),
        );
    }
}
