//! Drivers must work on bare closures and literals, without one annotation.

use chainrule::*;

#[test]
fn literals_on_either_side_need_no_annotation() {
    assert_eq!(
        derivative(|x| (2.0 * x).sin() + 1.0, 1.0),
        2.0 * 2.0_f64.cos()
    );
    assert_eq!(derivative(|x| (x * 2.0).exp() / 3.0 - 1.0, 0.0), 2.0 / 3.0);
    assert_eq!(derivative(|x| 1.0 / (1.0 + (-x).exp()), 0.0), 0.25);
    assert_eq!(second_derivative(|x| 3.0 * x * x, 1.0), 6.0);
}

#[test]
fn destructured_arrays_need_no_annotation() {
    assert_eq!(
        gradient(
            |[x, y]| (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2),
            [1.0, 2.0]
        ),
        [-400.0, 200.0]
    );
    assert_eq!(
        hessian(|[x, y]| 2.0 * (x * y).powi(2), [1.0, 2.0]),
        [[16.0, 16.0], [16.0, 4.0]]
    );
    assert_eq!(
        jacobian(|[x, y]| [2.0 * x, (x * y).sqrt()], [1.0, 4.0]),
        [[2.0, 0.0], [1.0, 0.25]]
    );
    assert_eq!(
        jvp(|[x, y]| x * (3.0 * y).sin(), [1.0, 0.0], [0.0, 1.0]),
        (0.0, 3.0)
    );
    assert_eq!(
        hvp(|[x, y]| 2.0 * x * x * y, [1.0, 1.0], [1.0, 0.0]),
        [4.0, 4.0]
    );
}

#[test]
fn single_precision_takes_floats_on_the_right() {
    assert_eq!(
        derivative(|x| (x * 2.0).sin() + 1.0, 1.0_f32),
        2.0 * 2.0_f32.cos()
    );
    assert_eq!(gradient(|[x, y]| x * y - 1.0, [2.0_f32, 3.0]), [3.0, 2.0]);
}

#[test]
fn nested_drivers_need_no_annotation() {
    let third = derivative(|x| second_derivative(|y| y * y * y * 2.0, x), 1.5);
    assert_eq!(third, 12.0);
    let mixed = derivative(|x| x * derivative(|y| Dual::constant(x) + y, x), 1.0);
    assert_eq!(mixed, 1.0);
}

#[test]
fn generic_functions_are_taken_as_they_are() {
    fn cube<T: num_traits::Float>(x: T) -> T {
        x * x * x
    }
    assert_eq!(derivative(cube, 2.0), 12.0);
    assert_eq!(second_derivative(cube, 2.0_f32), 12.0);
    fn mean<T: num_traits::Float>(x: &[T]) -> T {
        x.iter().fold(T::zero(), |sum, &x| sum + x) / T::from(x.len()).unwrap()
    }
    let mut slopes = [0.0; 4];
    gradient_into(mean, &[1.0, 2.0, 3.0, 6.0], &mut slopes);
    assert_eq!(slopes, [0.25; 4]);
}
