//! Physics: particles, springs, orbits and light.

mod lennard_jones {
    use chainrule::differentiate;

    use crate::check;

    const EPSILON: f64 = 0.997;
    const SIGMA: f64 = 3.4;
    const CUTOFF: f64 = 2.5 * SIGMA;

    #[differentiate]
    fn energy(positions: &[[f64; 3]]) -> f64 {
        let mut total = 0.0;
        for (i, a) in positions.iter().enumerate() {
            for b in &positions[i + 1..] {
                let r2: f64 = a.iter().zip(b).map(|(p, q)| (p - q) * (p - q)).sum();
                if r2 > CUTOFF * CUTOFF {
                    continue;
                }
                let s6 = (SIGMA * SIGMA / r2).powi(3);
                total += 4.0 * EPSILON * (s6 * s6 - s6);
            }
        }
        total
    }

    #[test]
    fn forces_vanish_at_the_minimum() {
        let r = SIGMA * 2f64.powf(1.0 / 6.0);
        check::value(energy(&[[0.0, 0.0, 0.0], [r, 0.0, 0.0]]), -EPSILON, 14);
        check::value(
            energy::gradient(&[[0.0, 0.0, 0.0], [r, 0.0, 0.0]])[1][0],
            0.0,
            13,
        );
        let atoms = |x: &[f64]| [[x[0], x[1], x[2]], [x[3], x[4], x[5]], [x[6], x[7], x[8]]];
        check::smooth(
            &[
                [0.1, 0.2, -0.3, 3.5, 0.4, 0.3, 1.5, 3.6, -1.0],
                [0.1, 0.2, -0.3, 3.5, 0.4, 0.3, 11.5, 3.6, -1.0],
            ],
            |x| energy(&atoms(x)),
            |x| energy::value_and_gradient(&atoms(x)),
            |x| energy::hessian(&atoms(x)),
        );
    }
}

mod springs {
    use chainrule::differentiate;

    use crate::check;

    #[derive(Debug, Clone, Copy)]
    struct Spring {
        ends: (usize, usize),
        rest: f64,
        stiffness: f64,
    }

    const NET: [Spring; 4] = [
        Spring {
            ends: (0, 1),
            rest: 1.0,
            stiffness: 10.0,
        },
        Spring {
            ends: (1, 2),
            rest: 0.8,
            stiffness: 20.0,
        },
        Spring {
            ends: (2, 3),
            rest: 1.2,
            stiffness: 15.0,
        },
        Spring {
            ends: (0, 2),
            rest: 1.5,
            stiffness: 5.0,
        },
    ];

    #[differentiate(wrt(nodes))]
    fn potential(nodes: &[(f64, f64)], springs: &[Spring], gravity: f64) -> f64 {
        let elastic: f64 = springs
            .iter()
            .map(
                |&Spring {
                     ends: (i, j),
                     rest,
                     stiffness,
                 }| {
                    let ((xi, yi), (xj, yj)) = (nodes[i], nodes[j]);
                    let stretch = f64::hypot(xj - xi, yj - yi) - rest;
                    0.5 * stiffness * stretch * stretch
                },
            )
            .sum();
        elastic + nodes.iter().map(|(_, y)| gravity * y).sum::<f64>()
    }

    #[test]
    fn nets_hang_from_their_nodes() {
        check::value(
            potential(&[(0.0, 0.0), (3.0, 0.0)], &NET[..1], 9.81),
            20.0,
            14,
        );
        let nodes = |x: &[f64]| -> Vec<(f64, f64)> { x.chunks(2).map(|p| (p[0], p[1])).collect() };
        check::smooth(
            &[[0.1, 0.2, 1.1, 0.1, 1.7, 0.4, 2.9, -0.2]],
            |x| potential(&nodes(x), &NET, 9.81),
            |x| potential::value_and_gradient(&nodes(x), &NET, 9.81),
            |x| potential::hessian(&nodes(x), &NET, 9.81),
        );
    }
}

mod orbital_elements {
    use chainrule::differentiate;

    use crate::check;

    #[derive(Debug, PartialEq, chainrule::Differentiable)]
    struct Elements {
        semi_major_axis: f64,
        eccentricity: f64,
        inclination: f64,
    }

    #[differentiate]
    fn cross(a: &[f64; 3], b: &[f64; 3]) -> [f64; 3] {
        [
            a[1] * b[2] - a[2] * b[1],
            a[2] * b[0] - a[0] * b[2],
            a[0] * b[1] - a[1] * b[0],
        ]
    }

    #[differentiate]
    fn norm(v: &[f64; 3]) -> f64 {
        v.iter().map(|c| c.powi(2)).sum::<f64>().sqrt()
    }

    #[differentiate(wrt(position, velocity))]
    fn elements(position: &[f64; 3], velocity: &[f64; 3], mu: f64) -> Elements {
        let r = norm(position);
        let v = norm(velocity);
        let h = cross(position, velocity);
        let vxh = cross(velocity, &h);
        let mut e = [0.0; 3];
        for i in 0..3 {
            e[i] = vxh[i] / mu - position[i] / r;
        }
        Elements {
            semi_major_axis: 1.0 / (2.0 / r - v * v / mu),
            eccentricity: norm(&e),
            inclination: (h[2] / norm(&h)).acos(),
        }
    }

    impl check::Flat for Elements {
        fn flat(&self) -> Vec<f64> {
            vec![self.semi_major_axis, self.eccentricity, self.inclination]
        }
    }

    #[test]
    fn states_have_elements() {
        let e = elements(&[1.0, 0.0, 0.0], &[0.0, 1.2 * 0.6, 1.2 * 0.8], 1.0);
        check::value(e.semi_major_axis, 1.0 / 0.56, 14);
        check::value(e.eccentricity, 0.44, 14);
        check::value(e.inclination.cos(), 0.6, 14);
        check::first(
            &[
                [1.0, 0.2, -0.1, 0.1, 0.7, 0.9],
                [0.4, -1.2, 0.3, 0.6, 0.2, -0.5],
            ],
            |x| elements(&[x[0], x[1], x[2]], &[x[3], x[4], x[5]], 1.0),
            |x| elements::value_and_jacobian(&[x[0], x[1], x[2]], &[x[3], x[4], x[5]], 1.0),
        );
    }
}

mod optics {
    use chainrule::differentiate;

    use crate::check;

    #[derive(Debug, Clone, Copy, PartialEq)]
    enum Glass {
        Air,
        Crown,
        Flint { lead: f64 },
    }

    /// Cauchy's formula, in micrometres.
    #[differentiate]
    fn index(glass: Glass, wavelength: f64) -> f64 {
        match glass {
            Glass::Air => 1.0,
            Glass::Crown => 1.5046 + 0.0042 / wavelength.powi(2),
            Glass::Flint { lead } => 1.60 + 0.2 * lead + 0.0134 / wavelength.powi(2),
        }
    }

    /// How far a ray is turned by a prism, unless it is reflected inside.
    #[differentiate(wrt(incidence, apex, wavelength))]
    fn deviation(glass: Glass, incidence: f64, apex: f64, wavelength: f64) -> Option<f64> {
        let n = index(glass, wavelength) / index(Glass::Air, wavelength);
        let inside = (incidence.sin() / n).asin();
        let second = apex - inside;
        let sine = n * second.sin();
        (sine.abs() <= 1.0).then(|| incidence + sine.asin() - apex)
    }

    #[test]
    fn prisms_turn_light_or_keep_it() {
        assert_eq!(deviation(Glass::Flint { lead: 0.5 }, 0.1, 1.2, 0.5), None);
        check::value(deviation(Glass::Air, 0.4, 0.5, 0.5).unwrap(), 0.0, 15);
        for glass in [Glass::Crown, Glass::Flint { lead: 0.5 }] {
            check::smooth(
                &[[0.8, 1.0, 0.5], [0.7, 0.6, 0.65]],
                |x| deviation(glass, x[0], x[1], x[2]).unwrap(),
                |x| deviation::value_and_gradient(glass, x[0], x[1], x[2]).unwrap(),
                |x| deviation::hessian(glass, x[0], x[1], x[2]).unwrap(),
            );
        }
    }
}

mod lenses {
    use chainrule::differentiate;

    use crate::check;

    enum Element {
        Gap(f64),
        Thin { focal: f64 },
        Surface { radius: f64, ratio: f64 },
    }

    /// Where a ray leaves a row of elements, after scaling all gaps.
    #[differentiate(wrt(height, slope, stretch))]
    fn trace(elements: &[Element], height: f64, slope: f64, stretch: f64) -> (f64, f64) {
        let (mut y, mut u) = (height, slope);
        for element in elements {
            match element {
                Element::Gap(d) => y += d * stretch * u,
                Element::Thin { focal } => u -= y / focal,
                Element::Surface { radius, ratio } => {
                    u = ratio * u - (1.0 - ratio) * y / radius;
                }
            }
        }
        (y, u)
    }

    #[test]
    fn rays_pass_gaps_and_glass() {
        use Element::*;
        let system = [
            Gap(0.1),
            Surface {
                radius: 0.5,
                ratio: 1.0 / 1.5,
            },
            Gap(0.02),
            Surface {
                radius: -0.5,
                ratio: 1.5,
            },
            Thin { focal: 0.3 },
            Gap(0.4),
        ];
        check::value(
            trace(&[Thin { focal: 2.0 }, Gap(2.0)], 0.3, 0.0, 1.0).0,
            0.0,
            15,
        );
        check::first(
            &[[0.01, 0.1, 1.0], [-0.02, 0.05, 1.3]],
            |x| trace(&system, x[0], x[1], x[2]),
            |x| trace::value_and_jacobian(&system, x[0], x[1], x[2]),
        );
    }
}

mod ising {
    use chainrule::differentiate;

    use crate::check;

    /// The free energy of a ring of spins by its transfer matrix, multiplied out bit by bit of the length.
    #[differentiate]
    fn free_energy(coupling: f64, field: f64, beta: f64, spins: u32) -> f64 {
        let up = (beta * (coupling + field)).exp();
        let down = (beta * (coupling - field)).exp();
        let flip = (-beta * coupling).exp();
        let mut power = [[up, flip], [flip, down]];
        let mut result = [[1.0, 0.0], [0.0, 1.0]];
        let mut n = spins;
        while n > 0 {
            if n & 1 == 1 {
                result = times(result, power);
            }
            power = times(power, power);
            n >>= 1;
        }
        -(result[0][0] + result[1][1]).ln() / (beta * spins as f64)
    }

    #[differentiate]
    fn times(a: [[f64; 2]; 2], b: [[f64; 2]; 2]) -> [[f64; 2]; 2] {
        [
            [
                a[0][0] * b[0][0] + a[0][1] * b[1][0],
                a[0][0] * b[0][1] + a[0][1] * b[1][1],
            ],
            [
                a[1][0] * b[0][0] + a[1][1] * b[1][0],
                a[1][0] * b[0][1] + a[1][1] * b[1][1],
            ],
        ]
    }

    #[test]
    fn magnetization_is_the_slope_by_the_field() {
        let exact = -(2.0 * 0.5f64.cosh()).ln() / 0.5 - (1.0 + 0.5f64.tanh().powi(10)).ln() / 5.0;
        check::value(free_energy(1.0, 0.0, 0.5, 10), exact, 13);
        check::smooth(
            &[[1.0, 0.3, 0.5], [-0.6, 0.8, 1.2]],
            |x| free_energy(x[0], x[1], x[2], 10),
            |x| free_energy::value_and_gradient(x[0], x[1], x[2], 10),
            |x| free_energy::hessian(x[0], x[1], x[2], 10),
        );
    }
}
