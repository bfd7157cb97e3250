//! Splines and interpolation tables: the result by the place and by the data.

mod natural_spline {
    use chainrule::differentiate;

    use crate::check;

    /// A natural cubic spline through the points, at `at`; the second derivatives by Thomas's algorithm.
    #[differentiate(wrt(ys, at))]
    fn spline(xs: &[f64], ys: &[f64], at: f64) -> f64 {
        let n = xs.len();
        let mut second = vec![0.0; n];
        let mut work = vec![0.0; n];
        for i in 1..n - 1 {
            let sigma = (xs[i] - xs[i - 1]) / (xs[i + 1] - xs[i - 1]);
            let pivot = sigma * second[i - 1] + 2.0;
            second[i] = (sigma - 1.0) / pivot;
            let jump = (ys[i + 1] - ys[i]) / (xs[i + 1] - xs[i])
                - (ys[i] - ys[i - 1]) / (xs[i] - xs[i - 1]);
            work[i] = (6.0 * jump / (xs[i + 1] - xs[i - 1]) - sigma * work[i - 1]) / pivot;
        }
        second[n - 1] = 0.0;
        for i in (0..n - 1).rev() {
            second[i] = second[i] * second[i + 1] + work[i];
        }
        let hi = xs.iter().position(|&x| x > at).unwrap_or(n - 1).max(1);
        let lo = hi - 1;
        let h = xs[hi] - xs[lo];
        let a = (xs[hi] - at) / h;
        let b = (at - xs[lo]) / h;
        a * ys[lo]
            + b * ys[hi]
            + ((a.powi(3) - a) * second[lo] + (b.powi(3) - b) * second[hi]) * h * h / 6.0
    }

    #[test]
    fn splines_bend_with_every_point() {
        let xs = [0.0, 1.0, 2.5, 3.0, 4.5];
        check::value(spline(&xs, &[1.0, 3.0, 6.0, 7.0, 10.0], 3.7), 8.4, 13);
        check::smooth(
            &[
                [1.0, 0.5, -1.0, 2.0, 0.3, 1.7],
                [0.1, 2.0, 2.2, -0.4, 0.9, 3.6],
            ],
            |x| spline(&xs, &x[..5], x[5]),
            |x| spline::value_and_gradient(&xs, &x[..5], x[5]),
            |x| spline::hessian(&xs, &x[..5], x[5]),
        );
    }
}

mod bilinear {
    use chainrule::differentiate;

    use crate::check;

    static LIFT: [[f64; 4]; 3] = [
        [0.1, 0.4, 0.8, 0.9],
        [0.2, 0.6, 1.1, 1.2],
        [0.1, 0.7, 1.3, 1.0],
    ];

    #[differentiate]
    fn lift_coefficient(mach: f64, alpha: f64) -> f64 {
        let u = (mach / 0.3).clamp(0.0, 1.999_999);
        let v = (alpha / 5.0).clamp(0.0, 2.999_999);
        let (i, j) = (u as usize, v as usize);
        let (fu, fv) = (u - i as f64, v.fract());
        let low = LIFT[i][j] * (1.0 - fv) + LIFT[i][j + 1] * fv;
        let high = LIFT[i + 1][j] * (1.0 - fv) + LIFT[i + 1][j + 1] * fv;
        low + fu * (high - low)
    }

    #[test]
    fn tables_are_flat_outside_and_bilinear_inside() {
        check::value(lift_coefficient(0.3, 5.0), 0.6, 15);
        check::smooth(
            &[[0.1, 3.0], [0.4, 12.0], [0.9, 8.0], [0.2, -4.0]],
            |x| lift_coefficient(x[0], x[1]),
            |x| lift_coefficient::value_and_gradient(x[0], x[1]),
            |x| lift_coefficient::hessian(x[0], x[1]),
        );
    }
}

mod lagrange {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate(wrt(x))]
    fn lagrange(nodes: &[(f64, f64)], x: f64) -> f64 {
        nodes
            .iter()
            .enumerate()
            .map(|(i, &(xi, yi))| {
                let basis: f64 = nodes
                    .iter()
                    .enumerate()
                    .filter(|&(j, _)| j != i)
                    .map(|(_, &(xj, _))| (x - xj) / (xi - xj))
                    .product();
                yi * basis
            })
            .sum()
    }

    #[test]
    fn polynomials_through_points_depend_on_the_place() {
        let nodes = [(0.0, 1.0), (1.0, 2.0), (3.0, 10.0), (4.0, 17.0)];
        check::value(lagrange(&nodes, 2.0), 5.0, 13);
        check::smooth(
            &[[0.5], [2.0], [3.7]],
            |x| lagrange(&nodes, x[0]),
            |x| lagrange::value_and_gradient(&nodes, x[0]),
            |x| lagrange::hessian(&nodes, x[0]),
        );
    }
}

mod bezier {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    fn de_casteljau(control: &[[f64; 2]; 4], t: f64) -> [f64; 2] {
        let mut points = *control;
        for level in (1..points.len()).rev() {
            for i in 0..level {
                for k in 0..2 {
                    points[i][k] = (1.0 - t) * points[i][k] + t * points[i + 1][k];
                }
            }
        }
        points[0]
    }

    #[test]
    fn control_points_pull_by_bernstein_weights() {
        let control = |x: &[f64]| [[x[0], x[1]], [x[2], x[3]], [x[4], x[5]], [x[6], x[7]]];
        check::value(
            de_casteljau(&control(&[0.0, 0.0, 1.0, 2.0, 0.0, 0.0, 0.0, 0.0]), 0.25)[1],
            2.0 * 0.421_875,
            15,
        );
        check::first(
            &[
                [0.0, 0.0, 1.0, 2.0, 3.0, -1.0, 4.0, 0.5, 0.3],
                [1.0, 0.2, 0.4, 1.0, -3.0, 1.0, 0.1, 2.5, 0.9],
            ],
            |x| de_casteljau(&control(x), x[8]),
            |x| de_casteljau::value_and_jacobian(&control(x), x[8]),
        );
    }
}

mod divided_differences {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate(wrt(xs, ys))]
    fn newton_coefficients<const N: usize>(xs: [f64; N], ys: [f64; N]) -> [f64; N] {
        let mut c = ys;
        for order in 1..N {
            for i in (order..N).rev() {
                c[i] = (c[i] - c[i - 1]) / (xs[i] - xs[i - order]);
            }
        }
        c
    }

    #[differentiate]
    fn newton_polynomial<const N: usize>(xs: [f64; N], ys: [f64; N], x: f64) -> f64 {
        let c = newton_coefficients(xs, ys);
        let mut value = c[N - 1];
        for i in (0..N - 1).rev() {
            value = value * (x - xs[i]) + c[i];
        }
        value
    }

    #[test]
    fn divided_differences_work_for_any_length() {
        check::value(
            newton_polynomial([0.0, 1.0, 3.0], [1.0, 2.0, 10.0], 2.0),
            5.0,
            14,
        );
        check::smooth(
            &[[0.1, 1.0, 3.0, 1.0, 2.0, -4.0, 1.7]],
            |x| newton_polynomial([x[0], x[1], x[2]], [x[3], x[4], x[5]], x[6]),
            |x| newton_polynomial::value_and_gradient([x[0], x[1], x[2]], [x[3], x[4], x[5]], x[6]),
            |x| newton_polynomial::hessian([x[0], x[1], x[2]], [x[3], x[4], x[5]], x[6]),
        );
    }
}

mod table {
    use chainrule::differentiate;

    use crate::check;

    /// The density of air over height, kg/m³.
    const DENSITY: &[(f64, f64)] = &[
        (0.0, 1.225),
        (1000.0, 1.112),
        (2000.0, 1.007),
        (5000.0, 0.7364),
        (10000.0, 0.4135),
    ];

    #[differentiate]
    fn air_density(height: f64) -> f64 {
        let Some(i) = DENSITY.iter().position(|(h, _)| *h > height) else {
            return DENSITY[DENSITY.len() - 1].1 * (-(height - 10000.0) / 6800.0).exp();
        };
        if i == 0 {
            return DENSITY[0].1;
        }
        let ((h0, d0), (h1, d1)) = (DENSITY[i - 1], DENSITY[i]);
        // Exponential between the entries.
        d0 * (d1 / d0).powf((height - h0) / (h1 - h0))
    }

    #[test]
    fn the_atmosphere_thins_between_and_beyond_the_entries() {
        check::value(air_density(2000.0), 1.007, 14);
        check::smooth(
            &[[400.0], [3000.0], [12000.0], [-50.0]],
            |x| air_density(x[0]),
            |x| air_density::value_and_gradient(x[0]),
            |x| air_density::hessian(x[0]),
        );
    }
}
