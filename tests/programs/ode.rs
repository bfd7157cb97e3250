//! Ordinary differential equations: where a system ends as a function of where it began.

mod pendulum {
    use chainrule::differentiate;

    use crate::check;

    #[derive(Debug, Clone, Copy, PartialEq, chainrule::Differentiable)]
    struct State {
        angle: f64,
        velocity: f64,
    }

    /// Operators of one's own types have no derivatives, so the step is a function.
    #[differentiate(wrt(state, rate, h))]
    fn moved(state: State, rate: State, h: f64) -> State {
        State {
            angle: state.angle + rate.angle * h,
            velocity: state.velocity + rate.velocity * h,
        }
    }

    #[differentiate(wrt(state, length))]
    fn rate(state: State, length: f64) -> State {
        State {
            angle: state.velocity,
            velocity: -9.81 / length * state.angle.sin() - 0.1 * state.velocity,
        }
    }

    #[differentiate(wrt(start, length))]
    fn swing(start: State, length: f64, dt: f64, steps: usize) -> State {
        let mut state = start;
        for _ in 0..steps {
            let k1 = rate(state, length);
            let k2 = rate(moved(state, k1, 0.5 * dt), length);
            let k3 = rate(moved(state, k2, 0.5 * dt), length);
            let k4 = rate(moved(state, k3, dt), length);
            let inner = moved(moved(k1, k2, 2.0), moved(k4, k3, 2.0), 1.0);
            state = moved(state, inner, dt / 6.0);
        }
        state
    }

    impl check::Flat for State {
        fn flat(&self) -> Vec<f64> {
            vec![self.angle, self.velocity]
        }
    }

    #[test]
    fn runge_kutta_steps_a_struct() {
        let end = swing(
            State {
                angle: 0.01,
                velocity: 0.0,
            },
            9.81,
            0.01,
            100,
        );
        let w = (1.0f64 - 0.0025).sqrt();
        check::value(
            end.angle,
            0.01 * (-0.05f64).exp() * (w.cos() + 0.05 / w * w.sin()),
            6,
        );
        check::first(
            &[[0.5, 0.0, 1.0], [2.0, -1.0, 0.7]],
            |x| {
                swing(
                    State {
                        angle: x[0],
                        velocity: x[1],
                    },
                    x[2],
                    0.01,
                    50,
                )
            },
            |x| {
                swing::value_and_jacobian(
                    State {
                        angle: x[0],
                        velocity: x[1],
                    },
                    x[2],
                    0.01,
                    50,
                )
            },
        );
    }
}

mod rocket {
    use chainrule::differentiate;

    use crate::check;

    #[derive(Debug, Clone, Copy, chainrule::Differentiable)]
    struct Rocket {
        height: f64,
        speed: f64,
        mass: f64,
        stage: u8,
    }

    #[differentiate(wrt(rocket))]
    fn thrust(rocket: &Rocket) -> f64 {
        match rocket.stage {
            0 => 2.5e4 * (1.0 + 0.1 * (1.0 - (-rocket.height / 8000.0).exp())),
            1 => 8e3,
            _ => 0.0,
        }
    }

    /// Euler's method, with a stage dropped when the mass falls below the limit.
    #[differentiate(wrt(start))]
    fn apogee_speed(start: Rocket, dt: f64) -> f64 {
        let mut r = start;
        for _ in 0..60 {
            let drag = 0.05 * r.speed * r.speed.abs() * (-r.height / 8000.0).exp();
            let acceleration = (thrust(&r) - drag) / r.mass - 9.81;
            r.height += r.speed * dt;
            r.speed += acceleration * dt;
            r.mass -= 10.0 * dt;
            if r.stage == 0 && r.mass < 800.0 {
                r.stage = 1;
                r.mass *= 0.7;
            }
        }
        r.speed
    }

    #[test]
    fn stages_are_data_and_masses_are_numbers() {
        let rocket = |x: &[f64]| Rocket {
            height: x[0],
            speed: x[1],
            mass: x[2],
            stage: 0,
        };
        check::first(
            &[[100.0, 20.0, 1002.5], [2000.0, 150.0, 907.5]],
            |x| apogee_speed(rocket(x), 0.5),
            |x| {
                let (value, slopes) = apogee_speed::value_and_gradient(rocket(x), 0.5);
                (value, [slopes.height, slopes.speed, slopes.mass])
            },
        );
    }
}

mod leapfrog {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    fn acceleration(position: [f64; 2]) -> [f64; 2] {
        let r2 = position[0].powi(2) + position[1].powi(2);
        position.map(|p| -p / (r2 * r2.sqrt()))
    }

    #[differentiate]
    fn orbit(mut position: [f64; 2], mut velocity: [f64; 2], dt: f64, steps: u32) -> [f64; 2] {
        let mut pull = acceleration(position);
        for _ in 0..steps {
            for i in 0..2 {
                velocity[i] += 0.5 * dt * pull[i];
                position[i] += dt * velocity[i];
            }
            pull = acceleration(position);
            for (v, a) in velocity.iter_mut().zip(pull) {
                *v += 0.5 * dt * a;
            }
        }
        position
    }

    #[test]
    fn orbits_close_and_carry_their_beginnings() {
        let end = orbit([1.0, 0.0], [0.0, 1.0], std::f64::consts::TAU / 2000.0, 2000);
        check::value(end[0], 1.0, 4);
        check::first(
            &[[1.0, 0.0, 0.0, 1.0, 0.05], [0.3, 0.8, -0.9, 0.2, 0.02]],
            |x| orbit([x[0], x[1]], [x[2], x[3]], x[4], 30),
            |x| orbit::value_and_jacobian([x[0], x[1]], [x[2], x[3]], x[4], 30),
        );
    }
}

mod lorenz {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate(wrt(state, sigma, rho, beta))]
    fn lorenz(
        state: [f64; 3],
        sigma: f64,
        rho: f64,
        beta: f64,
        time: f64,
        steps: usize,
    ) -> [f64; 3] {
        let rhs = |[x, y, z]: [f64; 3]| [sigma * (y - x), x * (rho - z) - y, x * y - beta * z];
        let axpy =
            |y: [f64; 3], a: f64, x: [f64; 3]| [y[0] + a * x[0], y[1] + a * x[1], y[2] + a * x[2]];
        let h = time / steps as f64;
        let mut y = state;
        for _ in 0..steps {
            let k1 = rhs(y);
            let k2 = rhs(axpy(y, h / 2.0, k1));
            let k3 = rhs(axpy(y, h / 2.0, k2));
            let k4 = rhs(axpy(y, h, k3));
            for i in 0..3 {
                y[i] += h / 6.0 * (k1[i] + 2.0 * (k2[i] + k3[i]) + k4[i]);
            }
        }
        y
    }

    #[test]
    fn a_butterfly_depends_on_everything() {
        // The fixed point stays.
        let c = (8.0f64 / 3.0 * 27.0).sqrt();
        check::value(
            lorenz([c, c, 27.0], 10.0, 28.0, 8.0 / 3.0, 1.0, 100)[2],
            27.0,
            12,
        );
        check::first(
            &[
                [1.0, 1.0, 1.0, 10.0, 28.0, 8.0 / 3.0],
                [-5.0, -7.0, 20.0, 9.0, 25.0, 2.0],
            ],
            |x| lorenz([x[0], x[1], x[2]], x[3], x[4], x[5], 0.3, 40),
            |x| lorenz::value_and_jacobian([x[0], x[1], x[2]], x[3], x[4], x[5], 0.3, 40),
        );
    }
}

mod projectile {
    use chainrule::differentiate;

    use crate::check;

    /// How far a ball with drag flies: steps until it is below ground, then back along the last chord.
    #[differentiate]
    fn range(speed: f64, elevation_degrees: f64, drag: f64) -> f64 {
        const DT: f64 = 0.01;
        let (sin, cos) = elevation_degrees.to_radians().sin_cos();
        let (mut x, mut y) = (0.0, 0.0);
        let (mut vx, mut vy) = (speed * cos, speed * sin);
        loop {
            let v = vx.hypot(vy);
            let (last_x, last_y) = (x, y);
            vx -= drag * v * vx * DT;
            vy -= (9.81 + drag * v * vy) * DT;
            x += vx * DT;
            y += vy * DT;
            if y < 0.0 {
                let back = y / (y - last_y);
                return x - back * (x - last_x);
            }
        }
    }

    #[test]
    fn flight_ends_where_the_ground_is() {
        check::value(
            range(30.0, 40.0, 0.0),
            900.0 * 80f64.to_radians().sin() / 9.81,
            0,
        );
        check::first(
            &[[30.0, 40.0, 0.005], [55.5, 61.0, 0.02]],
            |x| range(x[0], x[1], x[2]),
            |x| range::value_and_gradient(x[0], x[1], x[2]),
        );
    }
}

mod heat {
    use chainrule::differentiate;

    use crate::check;

    /// Explicit steps of the heat equation on a rod with fixed ends.
    #[differentiate]
    fn hottest(initial: &[f64], diffusivity: f64, steps: usize) -> f64 {
        let mut rod = initial.to_vec();
        let mut next = vec![0.0; rod.len()];
        for _ in 0..steps {
            next[0] = rod[0];
            next[rod.len() - 1] = rod[rod.len() - 1];
            for (i, w) in rod.windows(3).enumerate() {
                next[i + 1] = w[1] + diffusivity * (w[0] - 2.0 * w[1] + w[2]);
            }
            std::mem::swap(&mut rod, &mut next);
        }
        rod.iter().copied().fold(f64::NEG_INFINITY, f64::max)
    }

    #[test]
    fn heat_spreads_between_two_buffers() {
        check::value(hottest(&[0.0, 0.0, 4.0, 0.0, 0.0], 0.25, 1), 2.0, 15);
        check::first(
            &[
                [0.1, 0.5, 4.0, 2.5, 0.2, 0.3],
                [1.0, -0.5, 0.7, 3.5, -1.2, 0.2],
            ],
            |x| hottest(&x[..5], x[5], 7),
            |x| hottest::value_and_gradient(&x[..5], x[5], 7),
        );
    }
}
