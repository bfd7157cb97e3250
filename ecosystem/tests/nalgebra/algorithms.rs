// nalgebra's own algorithms, run over the numbers.

use chainrule::Dual;

type Number = Dual<f64, 2>;

/// Some leave signs, order or bases open: what is compared does not depend on them.
macro_rules! for_each_algorithm {
    ($apply:ident) => { $apply! {
        lu_solve |a| flat(a.lu().solve(&right_side()).unwrap());
        lu_inverse |a| flat(a.try_inverse().unwrap());
        lu_determinant |a| vec![a.determinant()];
        full_pivoting_solve |a| flat(a.full_piv_lu().solve(&right_side()).unwrap());
        cholesky_factor |a| flat(a.cholesky().unwrap().l());
        cholesky_solve |a| flat(a.cholesky().unwrap().solve(&right_side()));
        udu_factor |a| flat(symmetric(a).udu().unwrap().d);
        qr_recomposed |a| { let (q, r) = a.qr().unpack(); flat(q * r) };
        qr_solve |a| flat(a.qr().solve(&right_side()).unwrap());
        pivoted_qr_solve |a| flat(a.col_piv_qr().solve(&right_side()).unwrap());
        exponential |a| flat(a.exp());
        power |a| flat(a.pow(5));
        norm |a| vec![a.norm()];
        symmetric_eigenvalues |a| sorted(flat(a.symmetric_eigenvalues()));
        singular_values |a| flat(a.singular_values());
        eigenprojections |a| projections(a.symmetric_eigen());
        hessenberg_recomposed |a| { let (q, h) = a.hessenberg().unpack(); flat(&q * h * q.transpose()) };
        bidiagonal_recomposed |a| { let (u, d, v) = a.bidiagonalize().unpack(); flat(u * d * v) };
        schur_recomposed |a| { let (q, t) = a.schur().unpack(); flat(&q * t * q.transpose()) };
        general_eigenvalues |a| sorted(a.complex_eigenvalues().iter().map(|z| z.re).collect());
        svd_solve |a| flat(a.svd(true, true).solve(&right_side(), nalgebra::convert(1e-12)).unwrap());
        pseudo_inverse |a| flat(a.pseudo_inverse(nalgebra::convert(1e-12)).unwrap());
        polar_factor |a| flat(a.polar().1);
    } };
}

/// The structures on which an algorithm over numbers gets derivatives wrong, in silence: it skips the rotation of what has value zero, and
/// with it the derivative.
fn known_wrong(algorithm: &str) -> &'static [Structure] {
    match algorithm {
        // Of the upper triangle only the diagonal is read.
        "eigenprojections" | "hessenberg_recomposed" | "schur_recomposed" => &[Diagonal, Upper],
        "general_eigenvalues" => &[Upper],
        "bidiagonal_recomposed" | "svd_solve" | "pseudo_inverse" | "polar_factor" => &[Diagonal],
        _ => &[],
    }
}

/// The same over nalgebra's two kinds of matrices.
macro_rules! define_algorithms {
    ($($name:ident |$a:ident| $body:expr;)*) => {
        $(fn $name<T: RealField + Copy>($a: Matrix<T>) -> Vec<T> { $body })*

        #[test]
        fn algorithms_carry_derivatives_and_keep_value_bits() {
            $(assert_right(stringify!($name), |a| $name(a), |a| $name(a));)*
        }
    };
}

macro_rules! define_suite {
    ($module:ident $dimension:ty, $matrix:ty, $vector:ty; $from_square:expr, $vector_from:expr) => {
        mod $module {
            use super::*;

            type Matrix<T> = $matrix;
            type Vector<T> = $vector;

            fn from_square<T: RealField + Copy>(square: [[T; SIZE]; SIZE]) -> Matrix<T> {
                $from_square(|i: usize, j: usize| square[i][j])
            }
            fn right_side<T: RealField + Copy>() -> Vector<T> {
                $vector_from(|i: usize, _| nalgebra::convert(1.0 + i as f64))
            }
            fn symmetric<T: RealField + Copy>(mut matrix: Matrix<T>) -> Matrix<T> {
                matrix.fill_upper_triangle_with_lower_triangle();
                matrix
            }
            /// `q qᵀ` of each eigenvector, the largest eigenvalue first.
            fn projections<T: RealField + Copy>(
                eigen: nalgebra::SymmetricEigen<T, $dimension>,
            ) -> Vec<T> {
                let mut order: Vec<usize> = (0..SIZE).collect();
                order.sort_by(|&i, &j| {
                    eigen.eigenvalues[j]
                        .partial_cmp(&eigen.eigenvalues[i])
                        .unwrap()
                });
                let projection = |&i: &usize| {
                    let vector = eigen.eigenvectors.column(i);
                    flat(vector * vector.transpose())
                };
                order.iter().flat_map(projection).collect()
            }

            fn assert_right(
                name: &str,
                over_floats: impl Fn(Matrix<f64>) -> Vec<f64>,
                over_numbers: impl Fn(Matrix<Number>) -> Vec<Number>,
            ) {
                for structure in STRUCTURES {
                    let values = structure.values();
                    let plain = over_floats(from_square(values));
                    let numbers = over_numbers(from_square(core::array::from_fn(|i| {
                        core::array::from_fn(|j| {
                            Dual::new(values[i][j], directions().map(|along| along[i][j]))
                        })
                    })));
                    for (number, plain) in numbers.iter().zip(&plain) {
                        assert_eq!(
                            number.re.to_bits(),
                            plain.to_bits(),
                            "the value of {name}, {structure:?}"
                        );
                    }
                    for (lane, along) in directions().iter().enumerate() {
                        let expected = differences(structure, along, |square| {
                            over_floats(from_square(square))
                        });
                        let largest = expected
                            .iter()
                            .fold(0.0_f64, |largest, x| largest.max(x.abs()));
                        let error = numbers
                            .iter()
                            .zip(&expected)
                            .map(|(number, x)| (number.eps[lane] - x).abs() / largest);
                        let error = error.fold(0.0, f64::max);
                        // So far the differences reach; a NaN is no success either.
                        let is_right = error < 1e-9;
                        let is_known = known_wrong(name).contains(&structure);
                        assert!(
                            is_right != is_known,
                            "{name}, {structure:?}, lane {lane}: off by {error:e}"
                        );
                    }
                }
            }

            for_each_algorithm!(define_algorithms);

            #[test]
            fn closed_forms_are_right_on_every_structure() {
                assert_right(
                    "closed form of solve",
                    |a| flat(a.lu().solve(&right_side()).unwrap()),
                    |a| flat(closed_form::solve(&a, &right_side()).unwrap()),
                );
                assert_right(
                    "closed form of log_determinant",
                    |a| {
                        vec![
                            a.lu()
                                .u()
                                .diagonal()
                                .iter()
                                .map(|pivot| pivot.abs().ln())
                                .sum(),
                        ]
                    },
                    |a| vec![closed_form::log_determinant(&a).unwrap()],
                );
                assert_right(
                    "closed form of symmetric_eigenvalues",
                    |a| sorted(flat(a.symmetric_eigen().eigenvalues)),
                    |a| sorted(flat(closed_form::symmetric_eigenvalues(&a).unwrap())),
                );
                assert_right(
                    "closed form of symmetric_eigen",
                    |a| projections(a.symmetric_eigen()),
                    |a| projections(closed_form::symmetric_eigen(&a).unwrap()),
                );
                assert_right(
                    "closed form of singular_values",
                    |a| flat(a.svd(true, true).singular_values),
                    |a| flat(closed_form::singular_values(&a).unwrap()),
                );
            }
        }
    };
}

fn flat<T: Copy, R: nalgebra::Dim, C: nalgebra::Dim, S: nalgebra::RawStorage<T, R, C>>(
    matrix: nalgebra::Matrix<T, R, C, S>,
) -> Vec<T> {
    matrix.iter().copied().collect()
}

fn sorted<T: RealField + Copy>(mut numbers: Vec<T>) -> Vec<T> {
    numbers.sort_by(|a, b| b.partial_cmp(a).unwrap());
    numbers
}

define_suite!(of_fixed_size nalgebra::Const<SIZE>, SMatrix<T, SIZE, SIZE>, SVector<T, SIZE>; SMatrix::from_fn, SVector::from_fn);
define_suite!(of_dynamic_size nalgebra::Dyn, DMatrix<T>, DVector<T>;
    |element| DMatrix::from_fn(SIZE, SIZE, element), |element| DVector::from_fn(SIZE, element));
