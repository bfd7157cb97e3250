//! Robotics: arms, rotations and poses.

mod arm {
    use chainrule::differentiate;

    use crate::check;

    type Matrix = [[f64; 3]; 3];

    const LINKS: [f64; 3] = [1.0, 0.7, 0.3];

    #[differentiate]
    fn multiply(a: &[[f64; 3]; 3], b: &[[f64; 3]; 3]) -> [[f64; 3]; 3] {
        let mut c = [[0.0; 3]; 3];
        for i in 0..3 {
            for j in 0..3 {
                for k in 0..3 {
                    c[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        c
    }

    #[differentiate(wrt(angle))]
    fn joint(angle: f64, length: f64) -> [[f64; 3]; 3] {
        let (s, c) = angle.sin_cos();
        [[c, -s, length * c], [s, c, length * s], [0.0, 0.0, 1.0]]
    }

    #[differentiate]
    fn hand(angles: [f64; 3]) -> (f64, f64, f64) {
        const IDENTITY: Matrix = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
        let mut pose = IDENTITY;
        for (angle, length) in angles.iter().zip(LINKS.iter()) {
            pose = multiply(&pose, &joint(*angle, *length));
        }
        (pose[0][2], pose[1][2], pose[1][0].atan2(pose[0][0]))
    }

    #[test]
    fn the_hand_moves_with_every_joint() {
        let (x, y, heading) = hand([0.3, 0.4, -0.2]);
        check::value(
            x,
            0.3f64.cos() + 0.7 * 0.7f64.cos() + 0.3 * 0.5f64.cos(),
            14,
        );
        check::value(
            y,
            0.3f64.sin() + 0.7 * 0.7f64.sin() + 0.3 * 0.5f64.sin(),
            14,
        );
        check::value(heading, 0.5, 14);
        check::first(
            &[[0.3, 0.4, -0.2], [2.0, -1.0, 0.6]],
            |x| hand([x[0], x[1], x[2]]),
            |x| hand::value_and_jacobian([x[0], x[1], x[2]]),
        );
    }
}

mod quaternion {
    use chainrule::differentiate;

    use crate::check;

    #[derive(Debug, Clone, Copy, PartialEq, chainrule::Differentiable)]
    pub struct Quaternion {
        pub w: f64,
        pub v: [f64; 3],
    }

    #[differentiate]
    fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
        [
            a[1] * b[2] - a[2] * b[1],
            a[2] * b[0] - a[0] * b[2],
            a[0] * b[1] - a[1] * b[0],
        ]
    }

    #[differentiate]
    impl Quaternion {
        #[differentiate]
        pub fn from_axis_angle(axis: [f64; 3], angle: f64) -> Self {
            let norm = axis.iter().map(|a| a * a).sum::<f64>().sqrt();
            let (s, c) = (0.5 * angle).sin_cos();
            Quaternion {
                w: c,
                v: axis.map(|a| s * a / norm),
            }
        }

        /// The vector, rotated.
        #[differentiate(wrt(self, p))]
        pub fn rotate(&self, p: [f64; 3]) -> [f64; 3] {
            let t = cross(self.v, p).map(|c| 2.0 * c);
            let u = cross(self.v, t);
            std::array::from_fn(|i| p[i] + self.w * t[i] + u[i])
        }
    }

    #[differentiate]
    fn rotated(axis: [f64; 3], angle: f64, point: [f64; 3]) -> [f64; 3] {
        Quaternion::from_axis_angle(axis, angle).rotate(point)
    }

    #[test]
    fn rotations_turn_about_their_axis() {
        let p = rotated(
            [0.0, 0.0, 2.0],
            std::f64::consts::FRAC_PI_2,
            [1.0, 0.0, 0.5],
        );
        check::value(p[0], 0.0, 15);
        check::value(p[1], 1.0, 15);
        check::first(
            &[
                [1.0, 2.0, -0.5, 0.8, 0.3, -1.0, 2.0],
                [0.2, -0.1, 0.9, -2.5, 1.0, 1.0, 0.4],
            ],
            |x| rotated([x[0], x[1], x[2]], x[3], [x[4], x[5], x[6]]),
            |x| rotated::value_and_jacobian([x[0], x[1], x[2]], x[3], [x[4], x[5], x[6]]),
        );
    }
}

mod denavit_hartenberg {
    use chainrule::differentiate;
    use std::f64::consts::FRAC_PI_2;

    use crate::check;

    /// One row of a Denavit-Hartenberg table; the joint's angle is added to `theta`.
    struct Link {
        a: f64,
        alpha: f64,
        d: f64,
        theta: f64,
    }

    const PUMA: [Link; 4] = [
        Link {
            a: 0.0,
            alpha: FRAC_PI_2,
            d: 0.67,
            theta: 0.0,
        },
        Link {
            a: 0.43,
            alpha: 0.0,
            d: 0.0,
            theta: 0.0,
        },
        Link {
            a: 0.02,
            alpha: -FRAC_PI_2,
            d: 0.15,
            theta: 0.3,
        },
        Link {
            a: 0.0,
            alpha: FRAC_PI_2,
            d: 0.43,
            theta: 0.0,
        },
    ];

    #[differentiate]
    fn matmul<const N: usize>(a: [[f64; N]; N], b: [[f64; N]; N]) -> [[f64; N]; N] {
        let mut c = [[0.0; N]; N];
        for (i, row) in c.iter_mut().enumerate() {
            for (j, cell) in row.iter_mut().enumerate() {
                *cell = (0..N).map(|k| a[i][k] * b[k][j]).sum();
            }
        }
        c
    }

    #[differentiate]
    fn reach(joints: &[f64; 4]) -> f64 {
        let mut pose = [[0.0; 4]; 4];
        for i in 0..4 {
            pose[i][i] = 1.0;
        }
        for (link, &q) in PUMA.iter().zip(joints) {
            let (st, ct) = (link.theta + q).sin_cos();
            let (sa, ca) = link.alpha.sin_cos();
            let step = [
                [ct, -st * ca, st * sa, link.a * ct],
                [st, ct * ca, -ct * sa, link.a * st],
                [0.0, sa, ca, link.d],
                [0.0, 0.0, 0.0, 1.0],
            ];
            pose = matmul(pose, step);
        }
        (pose[0][3].powi(2) + pose[1][3].powi(2) + pose[2][3].powi(2)).sqrt()
    }

    #[test]
    fn reach_ignores_the_first_and_last_joint() {
        check::value(
            reach(&[0.1, 0.5, 0.7, 0.3]),
            reach(&[2.1, 0.5, 0.7, -0.3]),
            14,
        );
        check::smooth(
            &[[0.1, 0.5, 0.7, 0.3], [-1.0, 1.1, -0.4, 2.0]],
            |x| reach(&[x[0], x[1], x[2], x[3]]),
            |x| reach::value_and_gradient(&[x[0], x[1], x[2], x[3]]),
            |x| reach::hessian(&[x[0], x[1], x[2], x[3]]),
        );
    }
}

mod inverse_kinematics {
    use chainrule::differentiate;

    use crate::check;

    const UPPER: f64 = 1.0;
    const LOWER: f64 = 0.8;

    /// Shoulder and elbow for a point in the plane, if it is within reach.
    #[differentiate]
    fn angles(x: f64, y: f64) -> Option<(f64, f64)> {
        let r2 = x * x + y * y;
        let cos_elbow = (r2 - UPPER.powi(2) - LOWER.powi(2)) / (2.0 * UPPER * LOWER);
        if !(-1.0..=1.0).contains(&cos_elbow) {
            return None;
        }
        let elbow = cos_elbow.acos();
        let shoulder = y.atan2(x) - (LOWER * elbow.sin()).atan2(UPPER + LOWER * elbow.cos());
        Some((shoulder, elbow))
    }

    #[test]
    fn points_out_of_reach_have_no_angles() {
        assert_eq!(angles(2.0, 1.0), None);
        let (shoulder, elbow) = angles(1.2, 0.5).unwrap();
        check::value(
            UPPER * shoulder.cos() + LOWER * (shoulder + elbow).cos(),
            1.2,
            14,
        );
        check::first(
            &[[1.2, 0.5], [-0.4, 0.9]],
            |x| angles(x[0], x[1]).unwrap(),
            |x| angles::value_and_jacobian(x[0], x[1]).unwrap(),
        );
    }
}

mod trajectory {
    use chainrule::differentiate;

    use crate::check;

    /// How long a trapezoidal or triangular velocity profile takes over a distance.
    #[differentiate]
    fn duration(distance: f64, top_speed: f64, acceleration: f64) -> f64 {
        let ramp = top_speed / acceleration;
        let ramps_distance = top_speed * ramp;
        if ramps_distance >= distance.abs() {
            2.0 * (distance.abs() / acceleration).sqrt()
        } else {
            2.0 * ramp + (distance.abs() - ramps_distance) / top_speed
        }
    }

    #[test]
    fn profiles_are_trapezia_or_triangles() {
        check::value(duration(10.0, 2.0, 1.0), 7.0, 15);
        check::smooth(
            &[[10.0, 2.0, 1.0], [-3.0, 4.0, 0.7], [0.5, 1.0, 3.0]],
            |x| duration(x[0], x[1], x[2]),
            |x| duration::value_and_gradient(x[0], x[1], x[2]),
            |x| duration::hessian(x[0], x[1], x[2]),
        );
    }
}
