//! ndarray: arrays of numbers take numbers and floats at their right, and multiply.

use chainrule::{Dual, Jet, gradient};
use ndarray::{Array1, Array2, array};

#[test]
fn arrays_take_numbers_and_floats_at_their_right() {
    let x = Dual::variable(3.0);
    let scaled: Array1<Dual<f64>> = array![x, x * x] * x + 1.0;
    assert_eq!(
        scaled.map(|y| (y.re, y.derivative())),
        array![(10.0, 6.0), (28.0, 27.0)]
    );
    let shifted = &scaled / 2.0 - Dual::constant(1.0);
    assert_eq!(
        shifted.map(|y| (y.re, y.derivative())),
        array![(4.0, 3.0), (13.0, 13.5)]
    );
    let [u, v] = Jet::variables([2.0, 5.0]);
    let products = array![u, v] * v;
    assert_eq!(products[1].hessian(), [[0.0, 0.0], [0.0, 2.0]]);
}

#[test]
fn products_of_matrices_carry_derivatives() {
    // xᵀ A x has gradient (A + Aᵀ) x.
    let slopes = gradient(
        |x: [Dual<f64, 3>; 3]| {
            let matrix =
                Array2::from_shape_fn((3, 3), |(i, j)| Dual::constant((1 + 2 * i + j) as f64));
            let x = Array1::from(x.to_vec());
            x.dot(&matrix.dot(&x))
        },
        [1.0, -2.0, 0.5],
    );
    let matrix = Array2::from_shape_fn((3, 3), |(i, j)| (1 + 2 * i + j) as f64);
    let expected = (&matrix + &matrix.t()).dot(&array![1.0, -2.0, 0.5]);
    assert_eq!(Array1::from(slopes.to_vec()), expected);
}
