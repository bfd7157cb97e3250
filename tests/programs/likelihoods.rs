//! Likelihoods that are more than a sum over the data.

mod mixture {
    use chainrule::differentiate;

    use crate::check;

    #[derive(Debug, Clone, Copy, chainrule::Differentiable)]
    struct Component {
        logit: f64,
        mean: f64,
        log_sd: f64,
    }

    #[differentiate]
    fn log_sum_exp(terms: &[f64]) -> f64 {
        let max = terms.iter().cloned().fold(f64::NEG_INFINITY, f64::max);
        if max == f64::NEG_INFINITY {
            return max;
        }
        max + terms.iter().map(|t| (t - max).exp()).sum::<f64>().ln()
    }

    #[differentiate(wrt(components))]
    fn log_likelihood(components: &[Component; 2], data: &[f64]) -> f64 {
        let logits: Vec<f64> = components.iter().map(|c| c.logit).collect();
        let normalizer = log_sum_exp(&logits);
        let mut total = 0.0;
        for &x in data {
            let terms: Vec<f64> = components
                .iter()
                .map(|c| {
                    let z = (x - c.mean) / c.log_sd.exp();
                    c.logit - normalizer - c.log_sd - 0.5 * z * z
                })
                .collect();
            total += log_sum_exp(&terms);
        }
        total
    }

    const DATA: [f64; 6] = [-1.2, -0.8, -1.1, 2.0, 2.5, 1.7];

    #[test]
    fn mixtures_are_sums_inside_logarithms() {
        let components = |x: &[f64]| {
            [0, 3].map(|i| Component {
                logit: x[i],
                mean: x[i + 1],
                log_sd: x[i + 2],
            })
        };
        check::smooth(
            &[
                [0.1, -1.0, -0.7, 0.3, 2.0, -0.4],
                [1.0, 0.0, 0.5, -1.0, 0.7, 0.2],
            ],
            |x| log_likelihood(&components(x), &DATA),
            |x| {
                let (value, slopes) = log_likelihood::value_and_gradient(&components(x), &DATA);
                (value, slopes.map(|c| [c.logit, c.mean, c.log_sd]))
            },
            |x| log_likelihood::hessian(&components(x), &DATA),
        );
    }
}

mod cox {
    use chainrule::differentiate;

    use crate::check;

    struct Patient {
        time: f64,
        died: bool,
        age: f64,
        treated: bool,
    }

    const PATIENTS: [Patient; 5] = [
        Patient {
            time: 5.0,
            died: true,
            age: 0.6,
            treated: false,
        },
        Patient {
            time: 8.0,
            died: false,
            age: 0.4,
            treated: true,
        },
        Patient {
            time: 9.0,
            died: true,
            age: 0.7,
            treated: true,
        },
        Patient {
            time: 12.0,
            died: true,
            age: 0.2,
            treated: false,
        },
        Patient {
            time: 15.0,
            died: false,
            age: 0.3,
            treated: true,
        },
    ];

    #[differentiate(wrt(beta))]
    fn partial_likelihood(beta: [f64; 2], patients: &[Patient]) -> f64 {
        let risk = |p: &Patient| beta[0] * p.age + if p.treated { beta[1] } else { 0.0 };
        let mut total = 0.0;
        for p in patients {
            if !p.died {
                continue;
            }
            let at_risk: f64 = patients
                .iter()
                .filter(|q| q.time >= p.time)
                .map(|q| risk(q).exp())
                .sum();
            total += risk(p) - at_risk.ln();
        }
        total
    }

    #[test]
    fn only_the_dead_and_those_at_risk_count() {
        check::value(
            partial_likelihood([0.0, 0.0], &PATIENTS),
            -(5.0f64 * 3.0 * 2.0).ln(),
            14,
        );
        check::smooth(
            &[[0.5, -0.7], [2.0, 0.3]],
            |x| partial_likelihood([x[0], x[1]], &PATIENTS),
            |x| partial_likelihood::value_and_gradient([x[0], x[1]], &PATIENTS),
            |x| partial_likelihood::hessian([x[0], x[1]], &PATIENTS),
        );
    }
}

mod naive_likelihood {
    use chainrule::differentiate;

    use crate::check;

    /// As in a first lecture: the product of the densities, and its logarithm at the end.
    #[differentiate(wrt(mean, deviation))]
    fn log_likelihood(data: &[f64], mean: f64, deviation: f64) -> f64 {
        let mut likelihood = 1.0;
        for x in data {
            let z = (x - mean) / deviation;
            likelihood *= (-0.5 * z * z).exp() / (deviation * (2.0 * std::f64::consts::PI).sqrt());
        }
        likelihood.ln()
    }

    const NEAR: [f64; 3] = [1.2, 0.7, 1.9];
    /// A likelihood of 1e-200: small, and a number.
    const FAR: [f64; 3] = [18.0, 17.5, 16.9];

    #[test]
    fn products_of_densities_have_scores() {
        check::value(
            log_likelihood(&[0.0], 0.0, 1.0),
            -0.918_938_533_204_672_7,
            14,
        );
        for data in [NEAR, FAR] {
            check::first(
                &[[1.0, 0.9], [0.5, 1.1]],
                |x| log_likelihood(&data, x[0], x[1]),
                |x| log_likelihood::value_and_gradient(&data, x[0], x[1]),
            );
        }
        check::smooth(
            &[[1.0, 0.9], [0.5, 1.1]],
            |x| log_likelihood(&NEAR, x[0], x[1]),
            |x| log_likelihood::value_and_gradient(&NEAR, x[0], x[1]),
            |x| log_likelihood::hessian(&NEAR, x[0], x[1]),
        );
    }

    #[test]
    fn small_likelihoods_have_an_information_matrix() {
        check::smooth(
            &[[1.0, 0.9], [0.5, 1.1]],
            |x| log_likelihood(&FAR, x[0], x[1]),
            |x| log_likelihood::value_and_gradient(&FAR, x[0], x[1]),
            |x| log_likelihood::hessian(&FAR, x[0], x[1]),
        );
    }
}
