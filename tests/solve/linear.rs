//! Linear systems. Oracle: solutions chosen as polynomials of `t`, from which the right-hand side is computed.

use chainrule::solve::{Error, Lu, inverse, linear_solve, linear_solve_slice};
use chainrule::{Dual, HyperDual, Jet, Scalar};

use super::{assert_close, random};

/// A regular matrix that moves with `t`, and the solution that it is to have.
fn system<S: Scalar<Primal = f64>>(t: S) -> ([[S; 3]; 3], [S; 3]) {
    let number = |x: f64| S::from_primal(x);
    (
        [
            [t * t, number(2.0), t + 1.0],
            [number(4.0) - t, t * 3.0, number(-1.0)],
            [number(1.0), t * t * t, t * 2.0 + 5.0],
        ],
        [t * t * t - 1.0, number(2.0) - t, t * t * t * t],
    )
}

fn product<S: Scalar<Primal = f64>>(matrix: [[S; 3]; 3], x: [S; 3]) -> [S; 3] {
    matrix.map(|row| row[0] * x[0] + row[1] * x[1] + row[2] * x[2])
}

#[test]
fn solutions_carry_derivatives_to_the_fourth_order() {
    type Fourth = Dual<Dual<Dual<Dual<f64>>>>;
    let t: Fourth = Dual::variable(Dual::variable(Dual::variable(Dual::variable(0.5))));
    let (matrix, expected) = system(t);
    let x = linear_solve(matrix, product(matrix, expected)).unwrap();
    let orders = |x: Fourth| {
        [
            x.re.re.re.re,
            x.eps[0].re.re.re,
            x.eps[0].eps[0].re.re,
            x.eps[0].eps[0].eps[0].re,
            x.eps[0].eps[0].eps[0].eps[0],
        ]
    };
    for (x, expected) in x.into_iter().zip(expected) {
        for (found, expected) in orders(x).into_iter().zip(orders(expected)) {
            assert!(
                (found - expected).abs() < 1e-12,
                "{found} is not {expected}"
            );
        }
    }
}

#[test]
fn every_number_type_gives_the_same_derivatives() {
    let (matrix, expected) = system(HyperDual::variable(0.5_f64));
    let x = linear_solve(matrix, product(matrix, expected)).unwrap();
    for (x, expected) in x.into_iter().zip(expected) {
        assert!((x.eps1 - expected.eps1).abs() < 1e-13);
        assert!((x.eps1eps2 - expected.eps1eps2).abs() < 1e-12);
    }
    let (matrix, expected) = system(Jet::<f64, 1>::variables([0.5])[0]);
    let x = linear_solve(matrix, product(matrix, expected)).unwrap();
    for (x, expected) in x.into_iter().zip(expected) {
        assert!((x.gradient[0] - expected.gradient[0]).abs() < 1e-13);
        assert!((x.hessian()[0][0] - expected.hessian()[0][0]).abs() < 1e-12);
    }
}

#[test]
fn values_are_those_of_floats_to_the_last_bit() {
    let mut numbers = random(1);
    for _ in 0..50 {
        let mut next = || numbers.next().unwrap();
        let matrix: [[f64; 4]; 4] = std::array::from_fn(|_| std::array::from_fn(|_| next()));
        let right: [f64; 4] = std::array::from_fn(|_| next());
        let plain = linear_solve(matrix, right).unwrap();
        let lifted = linear_solve(
            matrix.map(|row| row.map(|x| Dual::new(x, [next(), next()]))),
            right.map(|x| Dual::new(x, [next(), next()])),
        );
        assert_eq!(lifted.unwrap().map(|x| x.re), plain);
        let in_slices = linear_solve_slice(matrix.as_flattened(), &right).unwrap();
        assert_eq!(in_slices, plain);
    }
}

#[test]
fn residuals_of_large_random_systems_are_rounding_errors() {
    let n = 60;
    let matrix: Vec<f64> = random(2).take(n * n).collect();
    let right: Vec<f64> = random(3).take(n).collect();
    let x = linear_solve_slice(&matrix, &right).unwrap();
    for (row, right) in matrix.chunks(n).zip(right) {
        let terms = || row.iter().zip(&x).map(|(a, x)| a * x);
        let size: f64 = terms().map(f64::abs).sum();
        assert!((terms().sum::<f64>() - right).abs() < 1e-13 * size);
    }
}

#[test]
fn constants_keep_zero_tangents() {
    let x = linear_solve(
        [[2.0, 1.0], [1.0, 3.0]].map(|row: [f64; 2]| row.map(Dual::<f64>::constant)),
        [1.0 / 3.0, 4.0].map(Dual::constant),
    );
    assert!(x.unwrap().iter().all(Dual::is_constant));
}

#[test]
fn singular_matrices_name_the_pivot() {
    let singular = |pivot, size| Error::Singular { pivot, size };
    let of = |matrix: [[f64; 3]; 3]| linear_solve(matrix, [1.0; 3]).unwrap_err();
    assert_eq!(of([[0.0; 3]; 3]), singular(0, 3));
    assert_eq!(
        of([[1.0, 2.0, 0.0], [2.0, 4.0, 1.0], [3.0, 6.0, 5.0]]),
        singular(1, 3)
    );
    assert_eq!(
        of([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]),
        singular(2, 3)
    );
    // The pivot is not zero but 2.8e-17: what rounding left of zero.
    assert_eq!(
        linear_solve([[0.1, 0.2], [0.3, 0.6]], [1.0, 1.0]),
        Err(singular(1, 2))
    );
}

#[test]
fn bad_scales_do_not_make_a_matrix_singular() {
    assert_eq!(
        linear_solve([[1e-200, 0.0], [0.0, 1e200]], [1.0, 1.0]),
        Ok([1e200, 1e-200])
    );
    assert_eq!(
        linear_solve([[1.0, 1.0], [0.0, 1e-20]], [1.0, 1e-20]),
        Ok([0.0, 1.0])
    );
    let (small, large) = (0.5_f64.powi(30), 2.0_f64.powi(30));
    assert_eq!(
        linear_solve([[0.0, small], [large, 0.0]], [1.0, 1.0]),
        Ok([small, large])
    );
    // Hilbert's matrix has the condition 1.5e10.
    let hilbert: [[f64; 8]; 8] =
        std::array::from_fn(|i| std::array::from_fn(|j| 1.0 / (i + j + 1) as f64));
    let right = hilbert.map(|row| row.iter().sum());
    for x in linear_solve(hilbert, right).unwrap() {
        assert!((x - 1.0).abs() < 1e-5, "{x}");
    }
}

/// `det = 3 (2 + t) - t³`
fn triangle<S: Scalar<Primal = f64>>(t: S) -> [S; 4] {
    [t + 2.0, t * t, t, S::from_primal(3.0)]
}

#[test]
fn determinants_carry_derivatives() {
    type Third = Dual<Dual<Dual<f64>>>;
    let t: Third = Dual::variable(Dual::variable(Dual::variable(0.5)));
    let determinant = Lu::new(&triangle(t), 2).unwrap().determinant();
    let d = [
        determinant.re.re.re,
        determinant.eps[0].re.re,
        determinant.eps[0].eps[0].re,
        determinant.eps[0].eps[0].eps[0],
    ];
    for (found, expected) in d.into_iter().zip([7.375, 3.0 - 0.75, -3.0, -6.0]) {
        assert_close(found, expected, 1e-14);
    }
    let (sign, log) = Lu::new(&triangle(t), 2).unwrap().log_determinant();
    let expected = (t * 3.0 + 6.0 - t * t * t).ln();
    assert_eq!(sign, 1.0);
    assert_close(log.re.re.re, expected.re.re.re, 1e-15);
    assert_close(log.eps[0].re.re, expected.eps[0].re.re, 1e-14);
    assert_close(log.eps[0].eps[0].re, expected.eps[0].eps[0].re, 1e-14);
    assert_close(
        log.eps[0].eps[0].eps[0],
        expected.eps[0].eps[0].eps[0],
        1e-13,
    );
}

#[test]
fn log_determinants_neither_overflow_nor_lose_the_sign() {
    let n = 20;
    let mut matrix = vec![0.0; n * n];
    for i in 0..n {
        // Two rows are exchanged, and one number is negative.
        let j = if i < 2 { 1 - i } else { i };
        matrix[i * n + j] = if i == 5 { -1e30 } else { 1e30 };
    }
    let lu = Lu::new(&matrix, n).unwrap();
    let (sign, log) = lu.log_determinant();
    assert_eq!((sign, lu.determinant()), (1.0, f64::INFINITY));
    assert_close(log, 20.0 * 1e30_f64.ln(), 1e-15);
    matrix[5 * n + 5] = 1e30;
    assert_eq!(Lu::new(&matrix, n).unwrap().log_determinant().0, -1.0);
}

#[test]
fn inverses_carry_derivatives() {
    let t = Dual::variable(0.5);
    let [[a, b], [c, d]] = inverse([[t, t * t], [t * 0.0 + 1.0, t * 4.0]]).unwrap();
    // det = 3 t²
    assert_close(a.derivative(), (4.0 / (3.0 * t)).derivative(), 1e-14);
    assert!((b.re + 1.0 / 3.0).abs() < 1e-15 && b.derivative().abs() < 1e-14);
    assert_close(c.derivative(), (-1.0 / (3.0 * t * t)).derivative(), 1e-14);
    assert_close(d.derivative(), (1.0 / (3.0 * t)).derivative(), 1e-14);
}

#[test]
fn single_precision_is_solved_in_single_precision() {
    let x = linear_solve([[2.0_f32, 1.0], [1.0, 3.0]], [3.0, 4.0]).unwrap();
    assert_eq!(x, [1.0, 1.0]);
    let one = Dual::<f32>::constant(1.0);
    let matrix = [[Dual::variable(2.0_f32), one], [one, Dual::constant(3.0)]];
    let x = linear_solve(matrix, [Dual::constant(3.0), Dual::constant(4.0)]).unwrap();
    assert!((x[0].derivative() + 0.6).abs() < 1e-6 && (x[1].derivative() - 0.2).abs() < 1e-6);
    let singular = linear_solve([[0.1_f32, 0.2], [0.3, 0.6]], [1.0, 1.0]);
    assert_eq!(singular, Err(Error::Singular { pivot: 1, size: 2 }));
}
