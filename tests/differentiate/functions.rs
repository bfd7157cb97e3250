//! Functions that take functions: in `lift` these are over numbers, so annotated functions hand over closures that use
//! their inputs, the names of functions, and functions that they took themselves.

use chainrule::differentiate;

use crate::assert_close;

mod tools {
    use chainrule::differentiate;

    /// The midpoint rule: exact for straight lines.
    #[differentiate]
    pub fn integrate(f: impl Fn(f64) -> f64, a: f64, b: f64) -> f64 {
        let n = 4;
        let h = (b - a) / n as f64;
        let mut sum = 0.0;
        for i in 0..n {
            sum += f(a + (i as f64 + 0.5) * h);
        }
        sum * h
    }

    /// Two-point Gauss: exact for cubics.
    #[differentiate]
    pub fn gauss(f: &dyn Fn(f64) -> f64, a: f64, b: f64) -> f64 {
        let (middle, half) = (0.5 * (a + b), 0.5 * (b - a));
        let node = half / 3.0_f64.sqrt();
        half * (f(middle - node) + f(middle + node))
    }

    #[differentiate]
    pub fn gauss_by_parameter<F: Fn(f64) -> f64>(f: F, a: f64, b: f64) -> f64 {
        gauss(&f, a, b)
    }

    #[differentiate]
    pub fn gauss_by_condition<F>(f: &F, a: f64, b: f64) -> f64
    where
        F: Fn(f64) -> f64,
    {
        gauss_by_parameter(f, a, b)
    }

    #[differentiate]
    pub fn sum(mut f: impl FnMut(usize) -> f64, n: usize) -> f64 {
        let mut total = 0.0;
        for i in 0..n {
            total += f(i);
        }
        total
    }

    #[differentiate]
    pub fn visit(f: &mut dyn FnMut(f64), a: f64, b: f64) -> f64 {
        f(a);
        f(b);
        f(3.0);
        a * b
    }

    #[differentiate]
    pub fn once(f: impl FnOnce(f64) -> f64, x: f64) -> f64 {
        f(x)
    }

    #[differentiate]
    pub fn at_pointer(f: fn(f64) -> f64, x: f64) -> f64 {
        2.0 * f(x)
    }

    /// Takes no float of its own.
    #[differentiate]
    pub fn at_two(f: impl Fn(f64) -> f64) -> f64 {
        f(2.0)
    }
}

use tools::*;

#[test]
fn closures_capture_inputs() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        integrate(|t| x * t, 0.0, 1.0)
            + gauss(&|t| x * t * t, 0.0, 3.0)
            + gauss_by_parameter(|t: f64| t.powi(2) * x.sin(), 0.0, 3.0)
            + gauss_by_condition(&|_: f64| -> f64 { x }, 0.0, 2.0)
            + at_two(|t| x.powf(t))
    }
    let x = 0.75_f64;
    let (value, first, second) = f::value_and_derivatives(x);
    assert_eq!(value.to_bits(), f(x).to_bits());
    assert_close(
        &[value, first, second],
        &[
            0.5 * x + 9.0 * x + 9.0 * x.sin() + 2.0 * x + x * x,
            11.5 + 9.0 * x.cos() + 2.0 * x,
            -9.0 * x.sin() + 2.0,
        ],
    );
}

#[test]
fn bounds_are_differentiated_and_the_closure_need_not_be() {
    #[differentiate]
    fn f(a: f64, b: f64) -> f64 {
        gauss(&|t| t * t, a, b) + integrate(|_t: f64| 3.0, a, 7.0) + integrate(|_| 2.0, 1.0, b)
    }
    let (a, b) = (0.5, 2.0);
    let (value, gradient) = f::value_and_gradient(a, b);
    assert_eq!(value.to_bits(), f(a, b).to_bits());
    assert_close(&gradient, &[-a * a - 3.0, b * b + 2.0]);
    assert_close(
        f::hessian(a, b).as_flattened(),
        &[-2.0 * a, 0.0, 0.0, 2.0 * b],
    );
}

#[test]
fn names_of_functions_stand_for_closures() {
    #[differentiate]
    fn square(t: f64) -> f64 {
        t * t
    }
    #[differentiate]
    fn f(x: f64) -> f64 {
        gauss(&square, 0.0, x)
            + gauss_by_parameter(square, 0.0, x)
            + once(f64::sin, x)
            + at_pointer(f64::exp, x)
            + at_pointer(square, x)
            + gauss(&square, 0.0, 1.0) * 2.0
            + once(more::at_three, x)
    }
    let x = 0.5_f64;
    let (value, first) = f::value_and_derivative(x);
    assert_eq!(value.to_bits(), f(x).to_bits());
    assert_close(
        &[first],
        &[2.0 * x * x + x.cos() + 2.0 * x.exp() + 4.0 * x + 3.0],
    );
}

mod more {
    #[chainrule::differentiate]
    pub fn at_three(x: f64) -> f64 {
        3.0 * x
    }
}

#[test]
fn closures_change_what_they_capture() {
    #[differentiate]
    fn f(x: f64, n: usize) -> f64 {
        let mut power = 1.0;
        let series = sum(
            |_| {
                power *= x;
                power
            },
            n,
        );
        let mut seen = 0.0;
        let mut count = 0;
        let product = visit(
            &mut |t| {
                count += 1;
                seen = seen * 10.0 + t * x;
            },
            x,
            2.0,
        );
        series + power + seen + product * count as f64
    }
    // Σ xᵏ + xⁿ + (x² 100 + 2x 10 + 3x) + 3 · 2x
    let (x, n) = (1.5_f64, 3);
    let (value, first) = f::value_and_derivative(x, n);
    assert_eq!(value.to_bits(), f(x, n).to_bits());
    assert_close(
        &[first],
        &[1.0 + 2.0 * x + 3.0 * x * x + 3.0 * x * x + 200.0 * x + 23.0 + 6.0],
    );
}

#[test]
fn plain_variables_that_a_closure_changes_carry_derivatives() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        let mut last = 5.0;
        let mut all = Vec::new();
        let mut keep = |t: f64| {
            last = t;
            all.push(t);
        };
        // The closure itself uses no input.
        let product = visit(&mut keep, x * x, 1.0);
        keep(2.0 * x);
        product + last + all.iter().sum::<f64>()
    }
    // x² + 2x + (x² + 1 + 3 + 2x)
    let x = 1.25;
    assert_eq!(f::value_and_derivative(x).0, f(x));
    assert_close(&[f::derivative(x)], &[4.0 * x + 4.0]);
}

#[test]
fn closures_in_variables_are_shared() {
    #[differentiate]
    fn f(x: f64, y: f64) -> f64 {
        let line = |t: f64| x * t + y;
        let plain = |t: f64| t * t;
        let alias = &line;
        gauss(&line, 0.0, 2.0)
            + gauss(alias, 0.0, y)
            + line(3.0)
            + line(x)
            + gauss(&plain, x, 1.0)
            + plain(2.0)
            + plain(y)
            + gauss_by_parameter(plain, 0.0, 1.0) * y
            + gauss_by_parameter(&line, 0.0, 1.0)
    }
    let (x, y) = (0.5, 1.5);
    let (value, gradient) = f::value_and_gradient(x, y);
    assert_eq!(value.to_bits(), f(x, y).to_bits());
    // (2x + 2y) + (x y²/2 + y²) + (3x + y) + (x² + y) + (1 - x³)/3 + 4 + y² + y/3 + (x/2 + y)
    assert_close(
        &gradient,
        &[
            2.0 + 0.5 * y * y + 3.0 + 2.0 * x - x * x + 0.5,
            2.0 + x * y + 2.0 * y + 1.0 + 1.0 + 2.0 * y + 1.0 / 3.0 + 1.0,
        ],
    );
}

#[test]
fn a_moved_value_is_that_of_the_call() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        let mut k = x;
        let first = gauss_by_parameter(move |_| k, 0.0, {
            k += 1.0;
            k
        });
        let mut order = 1.0;
        let second = integrate(
            |_| x,
            {
                order *= 10.0;
                order
            },
            {
                order *= 3.0;
                order
            },
        );
        first + second
    }
    // x (x + 1) + 20 x
    let x = 1.5;
    assert_eq!(f::value_and_derivative(x).0, f(x));
    assert_close(
        &[f(x), f::derivative(x)],
        &[x * (x + 1.0) + 20.0 * x, 2.0 * x + 21.0],
    );
}

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

#[test]
fn functions_of_slices_structs_and_options() {
    mod minimum {
        use chainrule::{Differentiable, differentiate};

        #[derive(Clone, Copy, Debug, Differentiable)]
        pub struct Point {
            pub x: f64,
            pub y: f64,
        }

        #[differentiate]
        pub fn step(f: impl Fn(&[f64]) -> f64, x: &[f64], h: f64) -> f64 {
            let mut moved = x.to_vec();
            moved[0] += h;
            (f(&moved) - f(x)) / h
        }

        #[differentiate]
        pub fn of_array(f: impl Fn(f64, &[f64; 2]) -> [f64; 2], x: f64) -> f64 {
            let table = [1.0, 2.0];
            let [a, b] = f(x, &table);
            a + b + f(3.0, &[x, x])[0]
        }

        #[differentiate(wrt(f, at))]
        pub fn of_point(f: impl Fn(Point, usize) -> Point, at: Point) -> f64 {
            let twice = f(f(at, 1), 2);
            twice.x + twice.y
        }

        #[differentiate]
        pub fn first_of(f: impl Fn(usize) -> Option<f64>, n: usize) -> Option<f64> {
            (0..n).filter_map(|i| f(i)).next()
        }

        #[differentiate]
        pub fn nested(f: impl Fn(&Vec<(f64, f64)>) -> Vec<f64>, x: f64) -> f64 {
            f(&vec![(x, 2.0), (1.0, x)]).iter().sum()
        }
    }
    use minimum::*;
    #[differentiate]
    fn f(x: f64, n: usize) -> f64 {
        step(|v| x * v[0] * v[0] + v[1], &[1.0, 2.0], 0.5)
            + of_array(|t, w: &[f64; 2]| [x * t * w[0], w[1]], x)
            + of_point(
                |p, k| Point {
                    x: p.x * x,
                    y: p.y + k as f64,
                },
                Point { x, y: 1.0 },
            )
            + first_of(|i| if i > n { Some(x * i as f64) } else { None }, 9).unwrap()
            + nested(|pairs| pairs.iter().map(|(a, b)| a * b * x).collect(), x)
    }
    let x = 1.5_f64;
    let (value, first) = f::value_and_derivative(x, 2);
    assert_eq!(value.to_bits(), f(x, 2).to_bits());
    // 2.5x ; x² + 2 + 3x² ; x³ + 4 ; 3x ; 3x²
    assert_close(
        &[value],
        &[2.5 * x + 4.0 * x * x + 2.0 + x.powi(3) + 4.0 + 3.0 * x + 3.0 * x * x],
    );
    assert_close(&[first], &[2.5 + 8.0 * x + 3.0 * x * x + 3.0 + 6.0 * x]);
}
