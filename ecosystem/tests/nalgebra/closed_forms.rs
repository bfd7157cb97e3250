// The closed forms where there is something to refuse, and on matrices that are not square.

use chainrule::MatrixError;
use nalgebra::{Matrix2, Matrix2x3, Matrix3, Matrix3x2};

type Line = Dual<f64>;

/// `values + x along` at `x = 0`.
fn on_line<const R: usize, const C: usize>(
    values: SMatrix<f64, R, C>,
    along: SMatrix<f64, R, C>,
) -> SMatrix<Line, R, C> {
    values.zip_map(&along, |value, slope| Dual::new(value, [slope]))
}

#[test]
fn what_has_no_derivative_is_an_error() {
    let turning = Matrix2::new(1.0, 0.5, 0.5, -1.0);
    let apart = on_line(Matrix2::identity(), turning);
    let repeated = MatrixError::RepeatedEigenvalues {
        first: 0,
        second: 1,
    };
    assert_eq!(
        closed_form::symmetric_eigenvalues(&apart).unwrap_err(),
        repeated
    );
    assert_eq!(closed_form::symmetric_eigen(&apart).unwrap_err(), repeated);
    assert_eq!(
        closed_form::singular_values(&apart).unwrap_err(),
        MatrixError::RepeatedSingularValues {
            first: 0,
            second: 1
        }
    );
    let from_zero = on_line(Matrix2::new(2.0, 0.0, 0.0, 0.0), turning);
    assert_eq!(
        closed_form::singular_values(&from_zero).unwrap_err(),
        MatrixError::ZeroSingularValue { index: 1 }
    );
    let out_of_span = on_line(
        Matrix3x2::new(2.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        Matrix3x2::new(0.0, 0.0, 0.0, 0.0, 0.0, 1.0),
    );
    assert_eq!(
        closed_form::singular_values(&out_of_span).unwrap_err(),
        MatrixError::ZeroSingularValue { index: 1 }
    );
}

#[test]
fn repeated_values_that_stay_together_or_part_in_their_basis_have_derivatives() {
    let slopes = |values: SVector<Line, 2>| [values[0].derivative(), values[1].derivative()];
    // x·1: the eigenvalues are x, the singular values |x|; the vectors may turn at will.
    let scaled = on_line(Matrix2::identity() * -3.0, Matrix2::identity());
    assert_eq!(
        slopes(closed_form::symmetric_eigenvalues(&scaled).unwrap()),
        [1.0, 1.0]
    );
    assert_eq!(
        slopes(closed_form::singular_values(&scaled).unwrap()),
        [-1.0, -1.0]
    );
    assert!(closed_form::symmetric_eigen(&scaled).is_err());
    // A rotation: both singular values stay 1.
    let turned = on_line(Matrix2::identity(), Matrix2::new(0.0, -1.0, 1.0, 0.0));
    assert_eq!(
        slopes(closed_form::singular_values(&turned).unwrap()),
        [0.0, 0.0]
    );
    // A diagonal matrix has its elements for eigenvalues.
    let diagonal = on_line(Matrix2::identity(), Matrix2::new(2.0, 0.0, 0.0, 5.0));
    assert_eq!(
        slopes(closed_form::symmetric_eigenvalues(&diagonal).unwrap()),
        [2.0, 5.0]
    );
    // Nothing moves.
    let constant = on_line(Matrix2::identity(), Matrix2::zeros());
    let eigen = closed_form::symmetric_eigen(&constant).unwrap();
    assert!(
        eigen
            .eigenvectors
            .iter()
            .chain(&eigen.eigenvalues)
            .all(Dual::is_constant)
    );
    let nothing = on_line(Matrix2::zeros(), Matrix2::zeros());
    assert_eq!(
        slopes(closed_form::singular_values(&nothing).unwrap()),
        [0.0, 0.0]
    );
    // Only x moves; the other singular value stays zero.
    let flat = on_line(
        Matrix2::new(2.0, 0.0, 0.0, 0.0),
        Matrix2::new(1.0, 0.0, 0.0, 0.0),
    );
    assert_eq!(
        slopes(closed_form::singular_values(&flat).unwrap()),
        [1.0, 0.0]
    );
}

#[test]
fn bad_input_is_an_error_that_names_it() {
    let dynamic = |rows, columns| DMatrix::from_element(rows, columns, Line::constant(1.0));
    assert_eq!(
        closed_form::solve(&dynamic(2, 3), &dynamic(2, 1)).unwrap_err(),
        MatrixError::NotSquare {
            rows: 2,
            columns: 3
        }
    );
    assert_eq!(
        closed_form::solve(&dynamic(2, 2), &dynamic(3, 1)).unwrap_err(),
        MatrixError::WrongRows {
            rows: 3,
            expected: 2
        }
    );
    assert_eq!(
        closed_form::solve(&dynamic(2, 2), &dynamic(2, 1)).unwrap_err(),
        MatrixError::Singular
    );
    assert_eq!(
        closed_form::log_determinant(&dynamic(2, 2)).unwrap_err(),
        MatrixError::Singular
    );
    assert_eq!(
        closed_form::log_determinant(&dynamic(0, 0)).unwrap_err(),
        MatrixError::Empty
    );
    assert_eq!(
        closed_form::symmetric_eigenvalues(&dynamic(0, 0)).unwrap_err(),
        MatrixError::Empty
    );
    assert_eq!(
        closed_form::singular_values(&dynamic(3, 0)).unwrap_err(),
        MatrixError::Empty
    );
    let mut broken = dynamic(3, 3);
    broken[(1, 2)].eps[0] = f64::NAN;
    let error = MatrixError::NotFinite { row: 1, column: 2 };
    assert_eq!(closed_form::symmetric_eigen(&broken).unwrap_err(), error);
    assert_eq!(closed_form::singular_values(&broken).unwrap_err(), error);
    assert_eq!(closed_form::log_determinant(&broken).unwrap_err(), error);
    assert_eq!(
        closed_form::solve(&broken, &dynamic(3, 1)).unwrap_err(),
        error
    );
    // Nothing to solve for is no error.
    assert_eq!(
        closed_form::solve(
            &DMatrix::from_diagonal_element(2, 2, Line::variable(2.0)),
            &dynamic(2, 0)
        )
        .unwrap()
        .len(),
        0
    );
}

#[test]
fn singular_values_of_tall_and_wide_matrices_agree_with_differences() {
    let values = Matrix3x2::new(1.0, 0.5, -2.0, 3.0, 0.25, 1.5);
    let along = Matrix3x2::new(0.3, -0.7, 1.1, 0.2, 0.9, -0.4);
    let at = |step: f64| (values + along * step).singular_values();
    let expected = ((at(1e-3) - at(-1e-3)) * 8.0 - (at(2e-3) - at(-2e-3))) / 12e-3;
    let tall = closed_form::singular_values(&on_line(values, along)).unwrap();
    let wide: Matrix2x3<Line> = on_line(values, along).transpose();
    let wide = closed_form::singular_values(&wide).unwrap();
    for i in 0..2 {
        assert!((tall[i].derivative() - expected[i]).abs() < 1e-11);
        assert!((wide[i].derivative() - expected[i]).abs() < 1e-11);
    }
}

#[test]
fn small_singular_values_keep_the_digits_of_their_derivatives() {
    // By way of AᵀA half of the digits would be lost.
    let turn = nalgebra::Rotation2::new(0.4).into_inner();
    let slope = Matrix2::new(0.7, 0.0, 0.0, 1.3);
    let values = turn * Matrix2::new(1.0, 0.0, 0.0, 1e-8) * turn;
    let moved = closed_form::singular_values(&on_line(values, turn * slope * turn)).unwrap();
    assert!((moved[1].derivative() - 1.3).abs() < 1e-14, "{}", moved[1]);
}

#[test]
fn closed_forms_take_single_precision_and_plain_floats() {
    let single = Matrix3::new(4.0_f32, 1.0, 0.5, 1.0, 3.0, 0.25, 0.5, 0.25, 2.0);
    let plain = closed_form::symmetric_eigen(&single).unwrap();
    assert_eq!(plain.eigenvalues, single.symmetric_eigen().eigenvalues);
    let scaled = single.map(|value| Dual::<f32>::new(value, [value]));
    // The derivative of x·λ is λ, and the vectors stay.
    let eigen = closed_form::symmetric_eigen(&scaled).unwrap();
    assert!(
        eigen
            .eigenvalues
            .iter()
            .all(|value| (value.derivative() - value.re).abs() < 2e-6)
    );
    assert!(
        eigen
            .eigenvectors
            .iter()
            .all(|element| element.derivative().abs() < 2e-6)
    );
    let log = closed_form::log_determinant(&scaled).unwrap();
    assert!((log.derivative() - 3.0).abs() < 2e-6);
}

#[test]
fn singular_values_of_any_matrix_without_full_rank_are_not_differentiated_where_they_rise() {
    // Sums of fewer dyads than there are columns, which every derivative moves out of their span.
    for (rows, columns, rank) in [
        (2, 2, 1),
        (3, 3, 2),
        (3, 3, 1),
        (4, 4, 2),
        (4, 3, 2),
        (5, 2, 1),
        (2, 5, 1),
    ] {
        let dyad = |k: usize| {
            let wave = |i: usize| ((i * 7 + k * 3) % 5) as f64 - 1.7;
            DMatrix::from_fn(rows, columns, |i, j| wave(i) * wave(j + k + 1))
        };
        let values = (1..rank).fold(dyad(0), |sum, k| sum + dyad(k));
        let along = DMatrix::from_fn(rows, columns, |i, j| {
            random_square(9)[i % SIZE][j % SIZE] + 0.1 * (i + 2 * j) as f64
        });
        let moved = values.zip_map(&along, |value, slope| Line::new(value, [slope]));
        let is_refused = |error| matches!(error, MatrixError::ZeroSingularValue { .. });
        let refused = closed_form::singular_values(&moved);
        assert!(
            refused.is_err_and(is_refused),
            "{rows} × {columns}, rank {rank}: {}",
            values.singular_values()
        );
        if (rows, columns) == (2, 2) {
            let fixed = Matrix2::from_iterator(moved.iter().copied());
            assert!(closed_form::singular_values(&fixed).is_err_and(is_refused));
        }
        if (rows, columns) == (3, 3) {
            let fixed = Matrix3::from_iterator(moved.iter().copied());
            assert!(
                closed_form::singular_values(&fixed).is_err_and(is_refused),
                "fixed {rows}, rank {rank}"
            );
        }
    }
}
