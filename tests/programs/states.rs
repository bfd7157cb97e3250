//! Equations of state and thermodynamics.

mod van_der_waals {
    use chainrule::differentiate;

    use crate::check;

    const R: f64 = 8.314_462_618;

    struct Gas {
        a: f64,
        b: f64,
    }

    #[differentiate]
    impl Gas {
        const CARBON_DIOXIDE: Gas = Gas {
            a: 0.3640,
            b: 4.267e-5,
        };

        #[differentiate]
        fn pressure(&self, temperature: f64, volume: f64) -> f64 {
            debug_assert!(volume > self.b, "the molecules do not fit into {volume}");
            R * temperature / (volume - self.b) - self.a / volume.powi(2)
        }

        /// p V / (R T)
        #[differentiate]
        fn compressibility(&self, temperature: f64, volume: f64) -> f64 {
            self.pressure(temperature, volume) * volume / (R * temperature)
        }
    }

    #[test]
    fn a_gas_is_data_and_its_state_is_varied() {
        let gas = Gas::CARBON_DIOXIDE;
        check::value(gas.pressure(300.0, 0.0248) / 1e5, 1.0017, 3);
        let slope = R / (0.001 - gas.b);
        check::value(gas.pressure_gradient(300.0, 0.001)[0] / slope, 1.0, 14);
        check::smooth(
            &[[300.0, 1e-3], [400.0, 2e-4]],
            |x| gas.compressibility(x[0], x[1]),
            |x| gas.compressibility_value_and_gradient(x[0], x[1]),
            |x| gas.compressibility_hessian(x[0], x[1]),
        );
    }
}

mod peng_robinson {
    use chainrule::differentiate;

    use crate::check;

    #[derive(Clone, Copy)]
    struct Species {
        tc: f64,
        pc: f64,
        omega: f64,
    }

    #[derive(Clone, Copy, PartialEq)]
    enum Phase {
        Liquid,
        Vapour,
    }

    const METHANE: Species = Species {
        tc: 190.56,
        pc: 4.599e6,
        omega: 0.011,
    };
    const PROPANE: Species = Species {
        tc: 369.83,
        pc: 4.248e6,
        omega: 0.152,
    };

    #[differentiate]
    fn real_roots(b: f64, c: f64, d: f64) -> Vec<f64> {
        let p = c - b * b / 3.0;
        let q = 2.0 * b * b * b / 27.0 - b * c / 3.0 + d;
        let disc = q * q / 4.0 + p * p * p / 27.0;
        if disc > 0.0 {
            let u = (-q / 2.0 + disc.sqrt()).cbrt();
            let v = (-q / 2.0 - disc.sqrt()).cbrt();
            return vec![u + v - b / 3.0];
        }
        let r = 2.0 * (-p / 3.0).sqrt();
        let phi = (3.0 * q / (p * r)).acos() / 3.0;
        let mut roots = Vec::new();
        for k in 0..3 {
            roots.push(r * (phi - 2.0 * std::f64::consts::PI * k as f64 / 3.0).cos() - b / 3.0);
        }
        roots
    }

    #[differentiate]
    fn ln_fugacity(species: Species, phase: Phase, t: f64, p: f64) -> f64 {
        const R: f64 = 8.314_462_618;
        let Species { tc, pc, omega } = species;
        let kappa = 0.37464 + omega * (1.54226 - 0.26992 * omega);
        let alpha = (1.0 + kappa * (1.0 - (t / tc).sqrt())).powi(2);
        let a = 0.45724 * (R * tc).powi(2) / pc * alpha * p / (R * t).powi(2);
        let b = 0.07780 * tc / pc * p / t;
        let roots = real_roots(
            b - 1.0,
            a - 3.0 * b * b - 2.0 * b,
            b * b * b + b * b - a * b,
        );
        let z = match phase {
            Phase::Liquid => roots
                .iter()
                .copied()
                .filter(|&z| z > b)
                .fold(f64::INFINITY, f64::min),
            Phase::Vapour => roots.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        };
        let s = std::f64::consts::SQRT_2;
        z - 1.0
            - (z - b).ln()
            - a / (2.0 * s * b) * ((z + (1.0 + s) * b) / (z + (1.0 - s) * b)).ln()
    }

    #[test]
    fn phases_take_different_roots_of_one_cubic() {
        // Near the boiling point of propane both phases have the same fugacity.
        let liquid = ln_fugacity(PROPANE, Phase::Liquid, 300.0, 9.98e5);
        let vapour = ln_fugacity(PROPANE, Phase::Vapour, 300.0, 9.98e5);
        check::value(liquid, vapour, 1);
        for (species, phase) in [
            (METHANE, Phase::Vapour),
            (PROPANE, Phase::Vapour),
            (PROPANE, Phase::Liquid),
        ] {
            check::smooth(
                &[[300.0, 9.5e5], [280.0, 6.0e5]],
                |x| ln_fugacity(species, phase, x[0], x[1]),
                |x| ln_fugacity::value_and_gradient(species, phase, x[0], x[1]),
                |x| ln_fugacity::hessian(species, phase, x[0], x[1]),
            );
        }
    }
}

mod antoine {
    use chainrule::differentiate;

    use crate::check;

    struct Antoine(f64, f64, f64);

    /// Bar and kelvin, in the two ranges of the tables for water.
    const WATER: [(std::ops::Range<f64>, Antoine); 2] = [
        (255.9..373.0, Antoine(4.6543, 1435.264, -64.848)),
        (379.0..573.0, Antoine(3.55959, 643.748, -198.043)),
    ];

    #[differentiate]
    fn vapour_pressure(t: f64) -> Result<f64, String> {
        for (range, Antoine(a, b, c)) in &WATER {
            if range.contains(&t) {
                return Ok(10f64.powf(a - b / (t + c)));
            }
        }
        Err(format!("{t} K is outside the tables"))
    }

    #[differentiate]
    fn relative_humidity(dew_point: f64, t: f64) -> Result<f64, String> {
        Ok(100.0 * vapour_pressure(dew_point)? / vapour_pressure(t)?)
    }

    #[test]
    fn tables_answer_inside_their_ranges() {
        check::value(vapour_pressure(372.9).unwrap(), 1.0, 1);
        assert!(relative_humidity(100.0, 300.0).is_err());
        check::smooth(
            &[[285.0, 295.0], [330.0, 420.0]],
            |x| relative_humidity(x[0], x[1]).unwrap(),
            |x| relative_humidity::value_and_gradient(x[0], x[1]).unwrap(),
            |x| relative_humidity::hessian(x[0], x[1]).unwrap(),
        );
    }
}

mod nasa_polynomials {
    use chainrule::differentiate;

    use crate::check;

    const LOW: [f64; 7] = [
        3.298677,
        1.4082404e-3,
        -3.963222e-6,
        5.641515e-9,
        -2.444854e-12,
        -1.0208999e3,
        3.950372,
    ];
    const HIGH: [f64; 7] = [
        2.92664,
        1.4879768e-3,
        -5.68476e-7,
        1.0097038e-10,
        -6.753351e-15,
        -9.227977e2,
        5.980528,
    ];

    /// Gibbs energy of nitrogen over R T.
    #[differentiate]
    fn gibbs(t: f64, pressure: f64) -> f64 {
        let [a1, a2, a3, a4, a5, a6, a7] = if t < 1000.0 { LOW } else { HIGH };
        let enthalpy =
            a1 + t * (a2 / 2.0 + t * (a3 / 3.0 + t * (a4 / 4.0 + t * a5 / 5.0))) + a6 / t;
        let entropy = a1 * t.ln() + t * (a2 + t * (a3 / 2.0 + t * (a4 / 3.0 + t * a5 / 4.0))) + a7;
        enthalpy - entropy + pressure.ln()
    }

    #[test]
    fn coefficients_change_at_a_thousand_kelvin() {
        // S° of nitrogen is 191.6 J/(mol K) at 298.15 K, where H° is zero.
        check::value(-gibbs(298.15, 1.0) * 8.314_462_618, 191.6, 0);
        check::smooth(
            &[[400.0, 2.0], [1500.0, 0.3]],
            |x| gibbs(x[0], x[1]),
            |x| gibbs::value_and_gradient(x[0], x[1]),
            |x| gibbs::hessian(x[0], x[1]),
        );
    }
}

mod debye_heat {
    use chainrule::differentiate;

    use crate::check;

    /// Einstein's heat capacity of a solid over 3 R, summed over modes with their weights.
    #[differentiate(wrt(t, modes))]
    fn heat_capacity(t: f64, modes: &[f64], weights: &[f64]) -> f64 {
        let total: f64 = weights.iter().sum();
        modes
            .iter()
            .zip(weights)
            .map(|(theta, w)| {
                let x = theta / t;
                if x > 500.0 {
                    0.0
                } else {
                    w / total * x * x * x.exp() / x.exp_m1().powi(2)
                }
            })
            .sum()
    }

    #[test]
    fn frozen_modes_do_not_count() {
        check::value(heat_capacity(1e5, &[100.0, 300.0], &[1.0, 2.0]), 1.0, 5);
        check::smooth(
            &[[300.0, 200.0, 450.0, 90.0], [40.0, 200.0, 300.0, 25_000.0]],
            |x| heat_capacity(x[0], &x[1..], &[1.0, 2.0, 0.5]),
            |x| heat_capacity::value_and_gradient(x[0], &x[1..], &[1.0, 2.0, 0.5]),
            |x| heat_capacity::hessian(x[0], &x[1..], &[1.0, 2.0, 0.5]),
        );
    }
}
