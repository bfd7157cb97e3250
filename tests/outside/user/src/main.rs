//! Oracle: derivatives by hand. Runs as a program and, through `cargo test`, as a test.

use chainrule::{Dual, HyperDual};
use num_traits::Float;

/// `x² sin x`, by someone who has never heard of dual numbers.
fn f<T: Float>(x: T) -> T {
    x * x * x.sin()
}

#[chainrule::differentiate]
fn rosenbrock(x: f64, y: f64) -> f64 {
    (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2)
}

fn close(got: f64, wanted: f64) {
    assert!(
        (got - wanted).abs() <= 1e-12 * wanted.abs(),
        "{got}, not {wanted}"
    );
}

fn generic_functions_take_every_number() {
    let x = 0.7_f64;
    let first = 2.0 * x * x.sin() + x * x * x.cos();
    let second = (2.0 - x * x) * x.sin() + 4.0 * x * x.cos();
    close(f(Dual::variable(x)).derivative(), first);
    let single = f(Dual::variable(0.7_f32)).derivative();
    assert!((f64::from(single) - first).abs() < 1e-6, "{single}");
    let hyper = f(HyperDual::variable(x));
    close(hyper.eps1, first);
    close(hyper.eps1eps2, second);
    let nested = f(Dual::variable(Dual::variable(x)));
    close(nested.derivative().derivative(), second);
    assert_eq!(nested.re.re.to_bits(), f(x).to_bits());
}

fn annotated_functions_have_their_derivatives_beside_them() {
    let (x, y) = (1.2, 0.7);
    let inner = y - x * x;
    close(
        rosenbrock(x, y),
        (1.0 - x) * (1.0 - x) + 100.0 * inner * inner,
    );
    let slopes = [-2.0 * (1.0 - x) - 400.0 * x * inner, 200.0 * inner];
    for (got, wanted) in rosenbrock::gradient(x, y).into_iter().zip(slopes) {
        close(got, wanted);
    }
    let rows = [
        [2.0 - 400.0 * (inner - 2.0 * x * x), -400.0 * x],
        [-400.0 * x, 200.0],
    ];
    let hessian = rosenbrock::hessian(x, y);
    for i in 0..2 {
        for j in 0..2 {
            close(hessian[i][j], rows[i][j]);
        }
    }
    let (value, slope) = rosenbrock::jvp([x, y], [1.0, 0.0]);
    close(value, rosenbrock(x, y));
    close(slope, slopes[0]);
    let (_, slope) = rosenbrock::jvp([x, y], [2.0, -3.0]);
    close(slope, 2.0 * slopes[0] - 3.0 * slopes[1]);
}

fn main() {
    generic_functions_take_every_number();
    annotated_functions_have_their_derivatives_beside_them();
}

#[test]
fn the_program_runs() {
    main();
}
