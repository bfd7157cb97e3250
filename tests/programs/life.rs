//! Epidemics, chemistry and medicine.

mod epidemic {
    use chainrule::differentiate;

    use crate::check;

    #[derive(Debug, Clone, Copy, chainrule::Differentiable)]
    struct Sir {
        s: f64,
        i: f64,
        r: f64,
    }

    /// The highest share of the infected.
    #[differentiate]
    fn peak(transmission: f64, recovery: f64, infected: f64) -> f64 {
        let dt = 0.5;
        let mut state = Sir {
            s: 1.0 - infected,
            i: infected,
            r: 0.0,
        };
        let mut peak = state.i;
        for _day in 0..120 {
            let new = transmission * state.s * state.i * dt;
            let recovered = recovery * state.i * dt;
            state.s -= new;
            state.i += new - recovered;
            state.r += recovered;
            if state.i < peak {
                break;
            }
            peak = state.i;
        }
        debug_assert!((state.s + state.i + state.r - 1.0).abs() < 1e-9);
        peak
    }

    #[test]
    fn epidemics_peak_between_two_steps() {
        check::value(peak(0.1, 0.2, 0.01), 0.01, 15);
        check::first(
            &[[0.4, 0.1, 0.01], [0.9, 0.25, 0.002]],
            |x| peak(x[0], x[1], x[2]),
            |x| peak::value_and_gradient(x[0], x[1], x[2]),
        );
    }
}

mod enzymes {
    use chainrule::differentiate;

    use crate::check;

    #[derive(Clone, Copy)]
    enum Inhibition {
        None,
        Competitive { ki: f64 },
        Uncompetitive { ki: f64 },
    }

    #[differentiate(wrt(substrate, inhibitor, vmax, km))]
    fn rate(substrate: f64, inhibitor: f64, vmax: f64, km: f64, kind: Inhibition) -> f64 {
        use Inhibition::*;
        let (on_km, on_s) = match kind {
            None => (1.0, 1.0),
            Competitive { ki } => (1.0 + inhibitor / ki, 1.0),
            Uncompetitive { ki } => (1.0, 1.0 + inhibitor / ki),
        };
        vmax * substrate / (on_km * km + on_s * substrate)
    }

    #[test]
    fn inhibitors_act_on_one_side() {
        check::value(rate(2.0, 5.0, 3.0, 2.0, Inhibition::None), 1.5, 15);
        for kind in [
            Inhibition::None,
            Inhibition::Competitive { ki: 0.7 },
            Inhibition::Uncompetitive { ki: 2.0 },
        ] {
            check::smooth(
                &[[2.0, 0.5, 3.0, 1.5], [0.1, 2.0, 1.0, 4.0]],
                |x| rate(x[0], x[1], x[2], x[3], kind),
                |x| rate::value_and_gradient(x[0], x[1], x[2], x[3], kind),
                |x| rate::hessian(x[0], x[1], x[2], x[3], kind),
            );
        }
    }
}

mod weak_acid {
    use chainrule::differentiate;

    use crate::check;

    const KW: f64 = 1e-14;

    /// The pH of a polyprotic acid with some strong base, by Newton on the charge balance in ln[H].
    #[differentiate(wrt(acid, base, pk))]
    fn ph(acid: f64, base: f64, pk: &[f64]) -> Result<f64, &'static str> {
        if acid <= 0.0 {
            return Err("there is no acid");
        }
        let constants: Vec<f64> = pk.iter().map(|p| 10f64.powf(-p)).collect();
        let mut x = -7.0 * std::f64::consts::LN_10;
        let mut step = f64::INFINITY;
        let mut iterations = 0;
        while step.abs() > 1e-13 {
            let h = x.exp();
            let (mut weight, mut total, mut charge, mut second) = (1.0, 1.0, 0.0, 0.0);
            for (n, k) in constants.iter().enumerate() {
                weight *= k / h;
                let n = (n + 1) as f64;
                total += weight;
                charge += n * weight;
                second += n * n * weight;
            }
            let mean = charge / total;
            let balance = h + base - KW / h - acid * mean;
            let slope = h + KW / h + acid * (second / total - mean * mean);
            step = -(balance / slope).clamp(-2.0, 2.0);
            x += step;
            iterations += 1;
            if iterations > 100 {
                return Err("no convergence");
            }
        }
        Ok(-x / std::f64::consts::LN_10)
    }

    #[test]
    fn buffers_resist() {
        check::value(ph(0.1, 0.05, &[4.76]).unwrap(), 4.76, 2);
        check::value(ph(0.1, 0.0, &[4.76]).unwrap(), 2.88, 2);
        assert_eq!(ph(0.0, 0.1, &[4.76]), Err("there is no acid"));
        check::first(
            &[[0.1, 0.04, 4.76, 9.0], [0.02, 0.025, 2.15, 7.2]],
            |x| ph(x[0], x[1], &x[2..]).unwrap(),
            |x| ph::value_and_gradient(x[0], x[1], &x[2..]).unwrap(),
        );
    }
}

mod kinetics {
    use chainrule::differentiate;
    use num_traits::Float;

    use crate::check;

    /// Arrhenius in the modified form, for any float.
    #[differentiate]
    fn arrhenius<T: Float>(a: T, n: T, energy: T, temperature: T) -> T {
        let gas = T::from(8.314).unwrap();
        a * temperature.powf(n) * (-energy / (gas * temperature)).exp()
    }

    #[test]
    fn rates_are_generic() {
        check::value(arrhenius(2.0, 0.0, 0.0, 300.0), 2.0, 15);
        check::value(f64::from(arrhenius(2.0f32, 0.0, 0.0, 300.0)), 2.0, 6);
        check::smooth(
            &[[2.0, 0.5, 4e3, 300.0], [1.3, -1.0, 9e3, 900.0]],
            |x| arrhenius(x[0], x[1], x[2], x[3]),
            |x| arrhenius::value_and_gradient(x[0], x[1], x[2], x[3]),
            |x| arrhenius::hessian(x[0], x[1], x[2], x[3]),
        );
    }
}

mod brusselator {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    fn settle(a: f64, b: f64, x0: f64, y0: f64) -> [f64; 2] {
        let mut state = [x0, y0];
        let mut t = 0.0;
        let mut dt = 0.02;
        'time: loop {
            let [x, y] = state;
            let rates = [a + x * x * y - (b + 1.0) * x, b * x - x * x * y];
            for rate in rates {
                if (rate * dt).abs() > 0.5 {
                    dt *= 0.5;
                    continue 'time;
                }
            }
            for (s, r) in state.iter_mut().zip(rates) {
                *s += r * dt;
            }
            t += dt;
            if t >= 1.0 {
                break 'time state;
            }
        }
    }

    #[test]
    fn fixed_points_stay() {
        let [x, y] = settle(1.0, 1.5, 1.0, 1.5);
        check::value(x, 1.0, 15);
        check::value(y, 1.5, 15);
        check::first(
            &[[1.0, 1.5, 0.8, 1.2], [1.2, 3.0, 2.5, 0.3]],
            |x| settle(x[0], x[1], x[2], x[3]),
            |x| settle::value_and_jacobian(x[0], x[1], x[2], x[3]),
        );
    }
}

mod doses {
    use chainrule::differentiate;

    use crate::check;

    struct Dose {
        hours: f64,
        milligrams: f64,
    }

    const REGIMEN: &[Dose] = &[
        Dose {
            hours: 0.0,
            milligrams: 500.0,
        },
        Dose {
            hours: 8.0,
            milligrams: 250.0,
        },
        Dose {
            hours: 16.0,
            milligrams: 250.0,
        },
    ];

    /// One compartment with absorption: the superposition of the doses taken so far.
    #[differentiate]
    fn concentration(time: f64, absorption: f64, elimination: f64, volume: f64) -> f64 {
        REGIMEN
            .iter()
            .take_while(|dose| dose.hours <= time)
            .map(|Dose { hours, milligrams }| {
                let since = time - hours;
                let factor = absorption / (volume * (absorption - elimination));
                milligrams * factor * ((-elimination * since).exp() - (-absorption * since).exp())
            })
            .sum()
    }

    #[test]
    fn doses_add_up() {
        check::value(concentration(0.0, 1.2, 0.2, 40.0), 0.0, 15);
        check::smooth(
            &[
                [3.0, 1.2, 0.2, 40.0],
                [10.0, 0.8, 0.1, 35.0],
                [30.0, 2.0, 0.15, 50.0],
            ],
            |x| concentration(x[0], x[1], x[2], x[3]),
            |x| concentration::value_and_gradient(x[0], x[1], x[2], x[3]),
            |x| concentration::hessian(x[0], x[1], x[2], x[3]),
        );
    }
}
