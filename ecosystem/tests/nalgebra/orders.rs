// The closed forms to higher orders: the equations that define them hold in every part of the numbers.

use chainrule::{HyperDual, Jet, Parts};
use nalgebra::ComplexField;

/// Every part of every element is a random number, the values apart.
fn moved_in_every_part<S: Parts<Primal = f64> + 'static>(
    structure: Structure,
) -> SMatrix<S, SIZE, SIZE> {
    let values = structure.values();
    let mut seed = 10;
    SMatrix::from_fn(|i, j| {
        seed += 1;
        let random = random_square(seed);
        S::from_parts(|part| {
            if part == 0 {
                values[i][j]
            } else {
                random[part % SIZE][part / SIZE % SIZE]
            }
        })
    })
}

/// How far the parts of a matrix that should be zero are from it, as the number of roundings of what they are made of.
fn assert_zero<'a, S: Parts<Primal = f64> + 'a>(
    what: &str,
    scale: f64,
    numbers: impl IntoIterator<Item = &'a S>,
) {
    for number in numbers {
        for (part, x) in number.parts().enumerate() {
            assert!(
                x.abs() <= 1e-12 * scale,
                "{what}: part {part} is {x:e} beside {scale:e}"
            );
        }
    }
}

fn largest<'a, S: Parts<Primal = f64> + 'a>(numbers: impl IntoIterator<Item = &'a S>) -> f64 {
    numbers
        .into_iter()
        .flat_map(|number| number.parts().collect::<Vec<_>>())
        .fold(1.0, |largest, x| x.abs().max(largest))
}

fn equations_hold<S: Parts<Primal = f64> + RealField>() {
    for structure in STRUCTURES {
        let a = moved_in_every_part::<S>(structure);
        let b = moved_in_every_part::<S>(Generic);
        let x = closed_form::solve(&a, &b).unwrap();
        assert_zero("A X - B", largest(&a) * largest(&x), &(a * x - b));

        // Elimination over the numbers is right.
        let log = closed_form::log_determinant(&a).unwrap();
        let eliminated = ComplexField::ln(ComplexField::abs(a.determinant()));
        assert_zero("ln |det A|", largest([&log]), [&(log - eliminated)]);

        let mut symmetric = a;
        symmetric.fill_upper_triangle_with_lower_triangle();
        let eigen = closed_form::symmetric_eigen(&a).unwrap();
        let (q, diagonal) = (
            eigen.eigenvectors,
            SMatrix::from_diagonal(&eigen.eigenvalues),
        );
        let scale = largest(&symmetric) * largest(&q).powi(2);
        assert_zero(
            "A Q - Q Λ",
            scale * largest(&diagonal),
            &(symmetric * q - q * diagonal),
        );
        assert_zero("QᵀQ - 1", scale, &(q.transpose() * q - SMatrix::identity()));
        let alone = closed_form::symmetric_eigenvalues(&a).unwrap();
        assert_zero(
            "eigenvalues alone",
            largest(&alone),
            &(alone - eigen.eigenvalues),
        );

        assert_squares_are_eigenvalues(DMatrix::from_column_slice(SIZE, SIZE, a.as_slice()));
        assert_squares_are_eigenvalues(DMatrix::from_column_slice(
            SIZE,
            SIZE - 1,
            &a.as_slice()[SIZE..],
        ));
    }
}

/// `σ²` are the eigenvalues of `AᵀA`.
fn assert_squares_are_eigenvalues<S: Parts<Primal = f64> + RealField>(a: DMatrix<S>) {
    let singular_values = closed_form::singular_values(&a).unwrap();
    let squares = closed_form::symmetric_eigenvalues(&(a.transpose() * a)).unwrap();
    let squares = sorted(flat(squares));
    let differences: Vec<S> = singular_values
        .iter()
        .zip(&squares)
        .map(|(&x, &square)| x * x - square)
        .collect();
    assert_zero("σ² - λ(AᵀA)", largest(&squares), &differences);
}

#[test]
fn closed_forms_hold_in_every_part_of_first_order() {
    equations_hold::<Dual<f64>>();
    equations_hold::<Dual<f64, 3>>();
}

#[test]
fn closed_forms_hold_in_every_part_of_second_order() {
    equations_hold::<HyperDual<f64>>();
    equations_hold::<Jet<f64, 2>>();
    equations_hold::<Dual<Dual<f64>>>();
}

#[test]
fn closed_forms_hold_in_every_part_of_higher_orders() {
    equations_hold::<Dual<Dual<Dual<f64>>, 2>>();
    equations_hold::<Dual<HyperDual<f64>>>();
    equations_hold::<HyperDual<Dual<Dual<f64>>>>();
}

type Third = Dual<Dual<Dual<f64>>>;

/// A variable in one direction, in each of the three orders.
fn once_moved_thrice() -> Third {
    Third::from_parts(|part| match part {
        0 => 0.3,
        1 | 2 | 4 => 1.0,
        _ => 0.0,
    })
}

/// A rotation in the plane of two coordinates.
fn rotation<S: RealField + Copy>(angle: S, i: usize, j: usize) -> SMatrix<S, 3, 3> {
    let mut rotation = SMatrix::identity();
    let (sin, cos) = angle.sin_cos();
    (rotation[(i, i)], rotation[(j, j)]) = (cos, cos);
    (rotation[(i, j)], rotation[(j, i)]) = (-sin, sin);
    rotation
}

#[test]
fn repeated_values_have_derivatives_of_every_order_where_they_stay_together() {
    let x = once_moved_thrice();
    // It has derivatives 2, 4 and 8 times itself.
    let growth = (x * 2.0).exp();
    let turn = rotation(x, 0, 2) * rotation(x * x, 1, 2) * rotation(x, 0, 1);
    let stretch = SMatrix::<Third, 3, 3>::from_diagonal(&SVector::<Third, 3>::new(
        growth,
        growth,
        growth * 5.0,
    ));
    let expected = [growth * 5.0, growth, growth];

    let values = closed_form::symmetric_eigenvalues(&(turn * stretch * turn.transpose())).unwrap();
    let other = rotation(x.sin(), 1, 2) * rotation(x, 0, 1);
    let singular = closed_form::singular_values(&(turn * stretch * other)).unwrap();
    for values in [sorted(flat(values)), flat(singular)] {
        let differences: Vec<Third> = values
            .iter()
            .zip(expected)
            .map(|(&value, expected)| value - expected)
            .collect();
        assert_zero("e^(2x)", largest(&expected), &differences);
    }
}

#[test]
fn zero_singular_values_that_stay_zero_leave_the_others_their_derivatives() {
    let x = once_moved_thrice();
    let growth = (x * 2.0).exp();
    let turn = rotation(x, 0, 2) * rotation(x * x, 1, 2) * rotation(x, 0, 1);
    let zero = growth * 0.0;
    for (stretch, expected) in [
        ([growth * 5.0, growth, zero], [growth * 5.0, growth, zero]),
        ([growth, zero, zero], [growth, zero, zero]),
    ] {
        let stretch = SMatrix::<Third, 3, 3>::from_diagonal(&SVector::<Third, 3>::from(stretch));
        let square = turn * stretch * rotation(x.sin(), 1, 2) * rotation(x, 0, 1);
        let singular = closed_form::singular_values(&square).unwrap();
        assert_zero(
            "square",
            largest(&expected),
            &(singular - SVector::<Third, 3>::from(expected)),
        );
        // What the last column held is zero, so there is one value less.
        if expected[1].re.re.re == 0.0 {
            let tall = (turn * stretch * rotation(x, 0, 1)).remove_column(2);
            let singular = closed_form::singular_values(&tall).unwrap();
            let expected = SVector::<Third, 2>::new(expected[0], zero);
            assert_zero("tall", largest(&expected), &(singular - expected));
        }
    }
}
