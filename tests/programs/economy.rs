//! Tariffs, control loops and other engineering of everyday life.

mod income_tax {
    use chainrule::differentiate;

    use crate::check;

    /// The German schedule of 2024 for single persons.
    #[differentiate]
    fn income_tax(income: f64) -> f64 {
        match income {
            x if x <= 11_784.0 => 0.0,
            x if x <= 17_005.0 => {
                let y = (x - 11_784.0) / 10_000.0;
                (954.80 * y + 1_400.0) * y
            }
            x if x <= 66_760.0 => {
                let z = (x - 17_005.0) / 10_000.0;
                (181.19 * z + 2_397.0) * z + 991.21
            }
            x if x <= 277_825.0 => 0.42 * x - 10_636.31,
            x => 0.45 * x - 18_971.06,
        }
    }

    #[test]
    fn the_slope_is_the_marginal_rate() {
        check::value(income_tax(66_760.0), 17_402.89, 0);
        check::value(income_tax::derivative(100_000.0), 0.42, 15);
        check::smooth(
            &[[5e3], [14e3], [40e3], [90e3], [4e5]],
            |x| income_tax(x[0]),
            |x| income_tax::value_and_gradient(x[0]),
            |x| income_tax::hessian(x[0]),
        );
    }
}

mod tariff {
    use chainrule::differentiate;

    use crate::check;

    /// Upper limits of the blocks and the price in each.
    const BLOCKS: [(f64, f64); 3] = [(100.0, 0.12), (300.0, 0.18), (f64::INFINITY, 0.25)];

    #[differentiate]
    fn bill(hours: &[f64], discount: f64) -> f64 {
        let mut used = 0.0;
        let mut bill = 0.0;
        for &amount in hours {
            let mut left = amount;
            for (limit, price) in BLOCKS {
                if used >= limit {
                    continue;
                }
                let here = left.min(limit - used);
                bill += here * price;
                used += here;
                left -= here;
                if left <= 0.0 {
                    break;
                }
            }
        }
        bill * (1.0 - discount)
    }

    #[test]
    fn blocks_fill_one_after_another() {
        check::value(bill(&[50.0, 100.0, 200.0], 0.0), 12.0 + 36.0 + 12.5, 12);
        check::first(
            &[
                [50.0, 100.0, 200.0, 0.1],
                [20.0, 30.0, 15.0, 0.05],
                [500.0, 1.0, 2.0, 0.2],
            ],
            |x| bill(&x[..3], x[3]),
            |x| bill::value_and_gradient(&x[..3], x[3]),
        );
    }
}

mod pid {
    use chainrule::differentiate;

    use crate::check;

    #[derive(Debug, Clone, Copy, PartialEq, chainrule::Differentiable)]
    struct Gains {
        kp: f64,
        ki: f64,
        kd: f64,
    }

    struct Plant {
        time_constant: f64,
        limit: f64,
    }

    /// The integral of the squared error of a step response, with a saturated actuator and anti-windup.
    #[differentiate(wrt(gains))]
    fn cost(gains: &Gains, plant: &Plant) -> f64 {
        const DT: f64 = 0.05;
        let Gains { kp, ki, kd } = *gains;
        let mut output = 0.0;
        let mut integral = 0.0;
        let mut last_error = 1.0;
        let mut cost = 0.0;
        for _ in 0..100 {
            let error = 1.0 - output;
            let derivative = (error - last_error) / DT;
            let wanted = kp * error + ki * integral + kd * derivative;
            let control = wanted.clamp(-plant.limit, plant.limit);
            if control == wanted {
                integral += error * DT;
            }
            output += DT / plant.time_constant * (control - output);
            last_error = error;
            cost += error.powi(2) * DT;
        }
        cost
    }

    #[test]
    fn gains_cost_unless_saturated() {
        let gains = |x: &[f64]| Gains {
            kp: x[0],
            ki: x[1],
            kd: x[2],
        };
        let plant = Plant {
            time_constant: 0.8,
            limit: 3.0,
        };
        check::value(cost(&gains(&[0.0, 0.0, 0.0]), &plant), 5.0, 12);
        check::first(
            &[[2.0, 1.0, 0.02], [5.0, 0.7, 0.05]],
            |x| cost(&gains(x), &plant),
            |x| {
                let (value, slopes) = cost::value_and_gradient(&gains(x), &plant);
                (value, [slopes.kp, slopes.ki, slopes.kd])
            },
        );
    }
}

mod kalman {
    use chainrule::differentiate;

    use crate::check;

    /// The likelihood of a local level model.
    #[differentiate(wrt(process, measurement))]
    fn log_likelihood(observations: &[Option<f64>], process: f64, measurement: f64) -> f64 {
        let mut level = 0.0;
        let mut variance = 10.0;
        let mut total = 0.0;
        for observation in observations {
            variance += process;
            let Some(y) = observation else { continue };
            let spread = variance + measurement;
            let surprise = y - level;
            total -= 0.5 * ((std::f64::consts::TAU * spread).ln() + surprise * surprise / spread);
            let gain = variance / spread;
            level += gain * surprise;
            variance *= 1.0 - gain;
        }
        total
    }

    #[test]
    fn missing_observations_only_widen() {
        let one = -0.5 * ((std::f64::consts::TAU * 13.0).ln() + 4.0 / 13.0);
        check::value(log_likelihood(&[None, Some(2.0)], 1.0, 1.0), one, 14);
        let data = [Some(1.0), Some(1.4), None, Some(0.7), Some(2.0)];
        check::smooth(
            &[[0.3, 0.5], [2.0, 0.1]],
            |x| log_likelihood(&data, x[0], x[1]),
            |x| log_likelihood::value_and_gradient(&data, x[0], x[1]),
            |x| log_likelihood::hessian(&data, x[0], x[1]),
        );
    }
}

mod wind_chill {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    fn felt_temperature(celsius: f32, kmh: f32) -> f32 {
        if celsius > 10.0 || kmh < 4.8 {
            return celsius;
        }
        let v = kmh.powf(0.16);
        13.12 + 0.6215 * celsius - 11.37 * v + 0.3965 * celsius * v
    }

    #[test]
    fn single_precision_stays_single() {
        check::value(f64::from(felt_temperature(-10.0, 20.0)), -17.9, 1);
        let (value, [by_celsius, by_kmh]) = felt_temperature::value_and_gradient(-10.0, 20.0);
        assert_eq!(value.to_bits(), felt_temperature(-10.0, 20.0).to_bits());
        let v = 20f64.powf(0.16);
        check::value(f64::from(by_celsius), 0.6215 + 0.3965 * v, 6);
        check::value(f64::from(by_kmh), (-11.37 - 3.965) * 0.16 * v / 20.0, 6);
        assert_eq!(felt_temperature::gradient(15.0, 20.0), [1.0, 0.0]);
    }
}

mod beam {
    use chainrule::differentiate;

    use crate::check;

    /// The deflection of a simply supported beam under point loads, by Macaulay's brackets.
    #[differentiate(wrt(at, length, stiffness))]
    fn deflection(loads: &[(f64, f64)], at: f64, length: f64, stiffness: f64) -> f64 {
        let mut sum = 0.0;
        for &(force, place) in loads {
            let b = length - place;
            let bracket = if at > place {
                (at - place).powi(3)
            } else {
                0.0
            };
            sum += force * b / (6.0 * length * stiffness)
                * (length / b * bracket + (length * length - b * b) * at - at.powi(3));
        }
        sum
    }

    #[test]
    fn the_middle_sags_by_a_forty_eighth() {
        check::value(
            deflection(&[(3.0, 1.0)], 1.0, 2.0, 5.0),
            3.0 * 8.0 / (48.0 * 5.0),
            15,
        );
        let loads = [(3.0, 0.5), (-1.0, 1.2)];
        check::smooth(
            &[[0.3, 2.0, 5.0], [1.0, 2.5, 4.0], [1.7, 2.2, 1.0]],
            |x| deflection(&loads, x[0], x[1], x[2]),
            |x| deflection::value_and_gradient(&loads, x[0], x[1], x[2]),
            |x| deflection::hessian(&loads, x[0], x[1], x[2]),
        );
    }
}
