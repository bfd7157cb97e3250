//! What functions of functions are for: adaptive quadrature, Newton's method, Runge and Kutta's.

use chainrule::differentiate;

use crate::assert_close;

mod adaptive {
    use chainrule::differentiate;

    #[differentiate]
    fn simpson(f: &impl Fn(f64) -> f64, a: f64, b: f64) -> f64 {
        (b - a) / 6.0 * (f(a) + 4.0 * f(0.5 * (a + b)) + f(b))
    }

    #[differentiate]
    pub fn adaptive(f: &impl Fn(f64) -> f64, a: f64, b: f64, tolerance: f64) -> f64 {
        let m = 0.5 * (a + b);
        let (whole, left, right) = (simpson(f, a, b), simpson(f, a, m), simpson(f, m, b));
        let error = left + right - whole;
        if error.abs() < 15.0 * tolerance {
            left + right + error / 15.0
        } else {
            adaptive(f, a, m, 0.5 * tolerance) + adaptive(f, m, b, 0.5 * tolerance)
        }
    }

    #[differentiate(wrt(k, upper))]
    pub fn laplace(k: f64, upper: f64, tolerance: f64) -> f64 {
        adaptive(&|t| (-k * t).exp(), 0.0, upper, tolerance)
    }
}

#[test]
fn functions_are_passed_on_in_recursion() {
    use adaptive::laplace;
    let (k, b) = (0.7_f64, 2.0_f64);
    let e = (-k * b).exp();
    let (value, gradient) = laplace::value_and_gradient(k, b, 1e-13);
    assert_eq!(value.to_bits(), laplace(k, b, 1e-13).to_bits());
    let by_k = (b * e * k - (1.0 - e)) / (k * k);
    let error = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    error(value, (1.0 - e) / k);
    error(gradient[0], by_k);
    error(gradient[1], e);
    error(laplace::hessian(k, b, 1e-13)[0][1], -b * e);
    error(laplace::hessian(k, b, 1e-13)[1][1], -k * e);
}

#[differentiate]
fn newton(f: impl Fn(f64) -> f64, slope: impl Fn(f64) -> f64, start: f64) -> f64 {
    let mut x = start;
    for _ in 0..30 {
        x -= f(x) / slope(x);
    }
    x
}

#[test]
fn roots_carry_the_implicit_derivative() {
    #[differentiate]
    fn cube_root(a: f64) -> f64 {
        newton(|x| x.powi(3) - a, |x| 3.0 * x * x, 1.0)
    }
    let a = 5.0_f64;
    let (value, first, second) = cube_root::value_and_derivatives(a);
    assert_close(
        &[value, first, second],
        &[
            a.cbrt(),
            a.powf(-2.0 / 3.0) / 3.0,
            -2.0 / 9.0 * a.powf(-5.0 / 3.0),
        ],
    );
}

mod rk4 {
    use chainrule::differentiate;

    #[differentiate]
    pub fn of_arrays(
        f: impl Fn(f64, [f64; 2]) -> [f64; 2],
        mut y: [f64; 2],
        end: f64,
        steps: usize,
    ) -> [f64; 2] {
        let h = end / steps as f64;
        let add = |y: [f64; 2], k: [f64; 2], h: f64| [y[0] + h * k[0], y[1] + h * k[1]];
        for i in 0..steps {
            let t = i as f64 * h;
            let k1 = f(t, y);
            let k2 = f(t + 0.5 * h, add(y, k1, 0.5 * h));
            let k3 = f(t + 0.5 * h, add(y, k2, 0.5 * h));
            let k4 = f(t + h, add(y, k3, h));
            for j in 0..2 {
                y[j] += h / 6.0 * (k1[j] + 2.0 * k2[j] + 2.0 * k3[j] + k4[j]);
            }
        }
        y
    }

    /// The same in place, for any number of equations, by a function that writes.
    #[differentiate(wrt(f, y, end))]
    pub fn in_place(f: &dyn Fn(f64, &[f64], &mut [f64]), y: &mut [f64], end: f64, steps: usize) {
        let h = end / steps as f64;
        let n = y.len();
        let (mut k, mut point, mut sum) = (vec![0.0; n], vec![0.0; n], vec![0.0; n]);
        for i in 0..steps {
            let t = i as f64 * h;
            point.copy_from_slice(y);
            sum.fill(0.0);
            for (part, weight, step) in [
                (0.0, 1.0, 0.5),
                (0.5, 2.0, 0.5),
                (0.5, 2.0, 1.0),
                (1.0, 1.0, 0.0),
            ] {
                f(t + part * h, &point, &mut k);
                for j in 0..n {
                    sum[j] += weight * k[j];
                    point[j] = y[j] + step * h * k[j];
                }
            }
            for j in 0..n {
                y[j] += h / 6.0 * sum[j];
            }
        }
    }
}

#[test]
fn systems_are_stepped_through_arrays_and_slices() {
    #[differentiate(wrt(w, x0, end))]
    fn oscillator(w: f64, x0: f64, end: f64, steps: usize) -> [f64; 2] {
        rk4::of_arrays(|_, [x, v]| [v, -w * w * x], [x0, 0.0], end, steps)
    }
    #[differentiate(wrt(w, x0, end))]
    fn written(w: f64, x0: f64, end: f64, steps: usize) -> [f64; 2] {
        let mut y = [x0, 0.0];
        rk4::in_place(
            &|_, y, dy| {
                dy[0] = y[1];
                dy[1] = -w * w * y[0];
            },
            &mut y,
            end,
            steps,
        );
        y
    }
    let (w, x0, end) = (1.5_f64, 2.0_f64, 0.8_f64);
    let (sin, cos) = (w * end).sin_cos();
    let expected = [
        [-x0 * end * sin, cos, -x0 * w * sin],
        [-x0 * sin - x0 * w * end * cos, -w * sin, -x0 * w * w * cos],
    ];
    for (value, jacobian) in [
        oscillator::value_and_jacobian(w, x0, end, 400),
        written::value_and_jacobian(w, x0, end, 400),
    ] {
        assert_eq!(
            value.map(f64::to_bits),
            oscillator(w, x0, end, 400).map(f64::to_bits)
        );
        for (row, expected) in jacobian.as_flattened().iter().zip(expected.as_flattened()) {
            assert!((row - expected).abs() < 1e-9, "{row} is not {expected}");
        }
    }
    assert_eq!(
        written(w, x0, end, 400).map(f64::to_bits),
        oscillator(w, x0, end, 400).map(f64::to_bits)
    );
}
