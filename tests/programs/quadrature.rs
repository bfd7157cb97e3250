//! Quadrature: integrals that depend on parameters, by rules of every kind.

mod simpson {
    use chainrule::differentiate;

    use crate::check;

    /// The length of an arc of an ellipse.
    #[differentiate]
    fn arc_length(a: f64, b: f64, from: f64, to: f64) -> f64 {
        let n = 64;
        let speed = |t: f64| ((a * t.sin()).powi(2) + (b * t.cos()).powi(2)).sqrt();
        let h = (to - from) / n as f64;
        let mut sum = speed(from) + speed(to);
        for i in 1..n {
            let weight = if i % 2 == 1 { 4.0 } else { 2.0 };
            sum += weight * speed(from + i as f64 * h);
        }
        sum * h / 3.0
    }

    #[test]
    fn arc_lengths_move_with_the_axes_and_the_ends() {
        let quarter = std::f64::consts::FRAC_PI_2;
        check::value(arc_length(1.0, 1.0, 0.0, quarter), quarter, 12);
        check::value(arc_length(2.0, 1.0, 0.0, quarter), 2.422_112_055_136_919, 9);
        check::smooth(
            &[[2.0, 1.0, 0.1, 1.4], [0.7, 1.9, -1.0, 2.0]],
            |x| arc_length(x[0], x[1], x[2], x[3]),
            |x| arc_length::value_and_gradient(x[0], x[1], x[2], x[3]),
            |x| arc_length::hessian(x[0], x[1], x[2], x[3]),
        );
    }
}

mod gauss_legendre {
    use chainrule::differentiate;

    use crate::check;

    const NODES: [(f64, f64); 5] = [
        (0.0, 0.568_888_888_888_888_9),
        (0.538_469_310_105_683_1, 0.478_628_670_499_366_47),
        (-0.538_469_310_105_683_1, 0.478_628_670_499_366_47),
        (0.906_179_845_938_664, 0.236_926_885_056_189_08),
        (-0.906_179_845_938_664, 0.236_926_885_056_189_08),
    ];

    /// Debye's integral of t^n / (e^t - 1) over [0, x], in panels.
    #[differentiate]
    fn debye(n: i32, x: f64, panels: usize) -> f64 {
        let half = 0.5 * x / panels as f64;
        let integral: f64 = (0..panels)
            .map(|panel| {
                let middle = (2 * panel + 1) as f64 * half;
                NODES
                    .iter()
                    .map(|&(node, weight)| {
                        let t = middle + half * node;
                        weight * t.powi(n) / t.exp_m1()
                    })
                    .sum::<f64>()
            })
            .sum();
        half * integral * n as f64 / x.powi(n)
    }

    #[test]
    fn debye_functions_fall() {
        check::value(debye(3, 1.0, 4), 0.674_415_564_077_814_7, 12);
        check::smooth(
            &[[0.3], [1.0], [4.0]],
            |x| debye(3, x[0], 4),
            |x| debye::value_and_gradient(3, x[0], 4),
            |x| debye::hessian(3, x[0], 4),
        );
    }
}

mod romberg {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    fn integrand(t: f64, k: f64, phase: f64) -> f64 {
        (-k * t).exp() * (t * t + phase).cos()
    }

    #[differentiate(wrt(k, phase))]
    fn romberg(k: f64, phase: f64, upper: f64, levels: usize) -> f64 {
        let mut rows: Vec<Vec<f64>> = Vec::with_capacity(levels);
        let mut h = upper;
        rows.push(vec![
            0.5 * h * (integrand(0.0, k, phase) + integrand(upper, k, phase)),
        ]);
        for level in 1..levels {
            h /= 2.0;
            let mut sum = 0.0;
            for i in (1..(1usize << level)).step_by(2) {
                sum += integrand(i as f64 * h, k, phase);
            }
            let mut row = vec![0.5 * rows[level - 1][0] + h * sum];
            let mut power = 1.0;
            for j in 1..=level {
                power *= 4.0;
                row.push(row[j - 1] + (row[j - 1] - rows[level - 1][j - 1]) / (power - 1.0));
            }
            rows.push(row);
        }
        rows[levels - 1][levels - 1]
    }

    #[test]
    fn extrapolated_trapezia_depend_on_parameters() {
        // ∫ e^-kt cos 0 is known where the phase kills the chirp: compare with fine midpoints instead.
        let fine: f64 = (0..20000)
            .map(|i| integrand((i as f64 + 0.5) * 1e-4, 0.5, 0.3) * 1e-4)
            .sum();
        check::value(romberg(0.5, 0.3, 2.0, 9), fine, 7);
        check::smooth(
            &[[0.5, 0.3], [2.0, -1.0]],
            |x| romberg(x[0], x[1], 2.0, 9),
            |x| romberg::value_and_gradient(x[0], x[1], 2.0, 9),
            |x| romberg::hessian(x[0], x[1], 2.0, 9),
        );
    }
}

mod adaptive {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    fn witch(t: f64, width: f64) -> f64 {
        width / (t * t + width * width)
    }

    #[differentiate]
    fn refine(
        a: f64,
        fa: f64,
        b: f64,
        fb: f64,
        m: f64,
        fm: f64,
        whole: f64,
        width: f64,
        depth: u32,
    ) -> f64 {
        let (lm, rm) = (0.5 * (a + m), 0.5 * (m + b));
        let (flm, frm) = (witch(lm, width), witch(rm, width));
        let left = (m - a) / 6.0 * (fa + 4.0 * flm + fm);
        let right = (b - m) / 6.0 * (fm + 4.0 * frm + fb);
        let delta = left + right - whole;
        if depth == 0 || delta.abs() <= 1e-13 {
            left + right + delta / 15.0
        } else {
            refine(a, fa, m, fm, lm, flm, left, width, depth - 1)
                + refine(m, fm, b, fb, rm, frm, right, width, depth - 1)
        }
    }

    #[differentiate]
    fn adaptive_simpson(a: f64, b: f64, width: f64) -> f64 {
        let m = 0.5 * (a + b);
        let (fa, fm, fb) = (witch(a, width), witch(m, width), witch(b, width));
        let whole = (b - a) / 6.0 * (fa + 4.0 * fm + fb);
        refine(a, fa, b, fb, m, fm, whole, width, 40)
    }

    #[test]
    fn adaptive_recursion_integrates_the_arctangent() {
        let (a, b, w) = (-0.5f64, 2.0f64, 0.1f64);
        check::value(
            adaptive_simpson(a, b, w),
            (b / w).atan() - (a / w).atan(),
            11,
        );
        let gradient = [-w / (a * a + w * w), w / (b * b + w * w)];
        check::value(adaptive_simpson::gradient(a, b, w)[0], gradient[0], 8);
        check::value(adaptive_simpson::gradient(a, b, w)[1], gradient[1], 8);
        check::first(
            &[[-0.5, 2.0, 0.1], [0.2, 1.0, 0.5]],
            |x| adaptive_simpson(x[0], x[1], x[2]),
            |x| adaptive_simpson::value_and_gradient(x[0], x[1], x[2]),
        );
    }
}

mod samples {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    fn trapezoid(times: &[f64], powers: &[f64]) -> f64 {
        assert_eq!(times.len(), powers.len());
        times
            .windows(2)
            .zip(powers.windows(2))
            .map(|(t, p)| (t[1] - t[0]) * (p[0] + p[1]) / 2.0)
            .sum()
    }

    #[test]
    fn measured_energy_depends_on_every_sample() {
        check::value(trapezoid(&[0.0, 1.0, 3.0], &[2.0, 4.0, 1.0]), 8.0, 15);
        check::smooth(
            &[
                [0.1, 1.0, 3.0, 2.0, 4.0, 1.0],
                [-1.0, 0.5, 0.7, 0.2, -4.0, 1.0],
            ],
            |x| trapezoid(&x[..3], &x[3..]),
            |x| trapezoid::value_and_gradient(&x[..3], &x[3..]),
            |x| trapezoid::hessian(&x[..3], &x[3..]),
        );
    }
}

mod double_integral {
    use chainrule::differentiate;

    use crate::check;

    /// The mean of a Gaussian bump over a disc, in polar coordinates by the midpoint rule.
    #[differentiate]
    fn bump_over_disc(centre: [f64; 2], radius: f64) -> f64 {
        const RINGS: usize = 12;
        const SPOKES: usize = 16;
        let mut total = 0.0;
        for i in 0..RINGS {
            let r = radius * (i as f64 + 0.5) / RINGS as f64;
            let ring: f64 = (0..SPOKES)
                .map(|j| std::f64::consts::TAU * j as f64 / SPOKES as f64)
                .map(|angle| {
                    let (sin, cos) = angle.sin_cos();
                    let (dx, dy) = (r * cos - centre[0], r * sin - centre[1]);
                    f64::exp(-(dx * dx + dy * dy))
                })
                .sum();
            total += r * ring;
        }
        total * radius / RINGS as f64 * std::f64::consts::TAU / SPOKES as f64
    }

    #[test]
    fn a_disc_catches_less_when_the_bump_moves_away() {
        check::value(
            bump_over_disc([0.0, 0.0], 1.0),
            std::f64::consts::PI * (1.0 - (-1.0f64).exp()),
            2,
        );
        check::smooth(
            &[[0.3, -0.2, 1.0], [1.5, 0.4, 0.6]],
            |x| bump_over_disc([x[0], x[1]], x[2]),
            |x| bump_over_disc::value_and_gradient([x[0], x[1]], x[2]),
            |x| bump_over_disc::hessian([x[0], x[1]], x[2]),
        );
    }
}
