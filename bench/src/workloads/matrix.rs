//! Functions of matrices: the closed forms beside the same formulas by hand, one direction after the other, and beside nalgebra's algorithms
//! run over numbers.

use chainrule::{Dual, nalgebra_v0_35 as closed_form};
use nalgebra::{DMatrix, DVector};

use crate::measure::{Bar, Kind, Row};

const DIRECTIONS: usize = 8;
type Number = Dual<f64, DIRECTIONS>;

#[derive(Clone)]
struct Moved {
    values: DMatrix<f64>,
    along: [DMatrix<f64>; DIRECTIONS],
    numbers: DMatrix<Number>,
}

/// Symmetric, far from singular, with eigenvalues far from one another.
fn moved(size: usize) -> Moved {
    let wave = |k: usize| ((k * 7919 + 13) % 1009) as f64 / 1009.0 - 0.5;
    let symmetric = |seed: usize| {
        DMatrix::from_fn(size, size, |i, j| {
            wave(seed + 31 * i.max(j) + 517 * i.min(j))
        })
    };
    let values =
        symmetric(0) + DMatrix::from_diagonal(&DVector::from_fn(size, |i, _| (i + 2) as f64));
    let along: [_; DIRECTIONS] = std::array::from_fn(|lane| symmetric(100 + lane));
    let numbers = DMatrix::from_fn(size, size, |i, j| {
        Dual::new(values[(i, j)], along.each_ref().map(|along| along[(i, j)]))
    });
    Moved {
        values,
        along,
        numbers,
    }
}

/// Value first, then direction by direction, as by hand.
fn by_direction(numbers: &[Number]) -> Vec<f64> {
    let mut parts = Vec::with_capacity(numbers.len() * (1 + DIRECTIONS));
    parts.extend(numbers.iter().map(|number| number.re));
    for lane in 0..DIRECTIONS {
        parts.extend(numbers.iter().map(|number| number.eps[lane]));
    }
    parts
}

fn right(size: usize) -> DVector<f64> {
    DVector::from_fn(size, |i, _| 1.0 + i as f64)
}

fn together<I: IntoIterator<Item = f64>>(
    values: &[f64],
    slopes: impl Iterator<Item = I>,
) -> Vec<f64> {
    let mut parts = Vec::with_capacity(values.len() * (1 + DIRECTIONS));
    parts.extend(values);
    slopes.for_each(|slopes| parts.extend(slopes));
    parts
}

fn solve_by_hand(input: &Moved) -> Vec<f64> {
    let lu = input.values.clone().lu();
    let x = lu.solve(&right(input.values.nrows())).unwrap();
    let slope = |along: &DMatrix<f64>| Vec::from(lu.solve(&-(along * &x)).unwrap().data);
    together(x.as_slice(), input.along.iter().map(slope))
}

fn log_determinant_by_hand(input: &Moved) -> Vec<f64> {
    let lu = input.values.clone().lu();
    let inverse = lu.try_inverse().unwrap().transpose();
    let value = lu.u().diagonal().iter().map(|pivot| pivot.abs().ln()).sum();
    together(
        &[value],
        input.along.iter().map(|along| [inverse.dot(along)]),
    )
}

fn eigenvalues_by_hand(input: &Moved) -> Vec<f64> {
    let eigen = input.values.clone().symmetric_eigen();
    let slopes = input.along.iter().map(|along| {
        let moved = along * &eigen.eigenvectors;
        let columns = moved.column_iter().zip(eigen.eigenvectors.column_iter());
        columns
            .map(|(moved, vector)| moved.dot(&vector))
            .collect::<Vec<_>>()
    });
    together(eigen.eigenvalues.as_slice(), slopes)
}

fn eigenvectors_by_hand(input: &Moved) -> Vec<f64> {
    let eigen = input.values.clone().symmetric_eigen();
    let (q, values) = (&eigen.eigenvectors, &eigen.eigenvalues);
    let slopes = input.along.iter().map(|along| {
        let mut turn = q.tr_mul(&(along * q));
        for j in 0..values.len() {
            for i in 0..values.len() {
                turn[(i, j)] = if i == j {
                    0.0
                } else {
                    turn[(i, j)] / (values[j] - values[i])
                };
            }
        }
        Vec::from((q * turn).data)
    });
    together(q.as_slice(), slopes)
}

fn singular_values_by_hand(input: &Moved) -> Vec<f64> {
    let svd = input.values.clone().svd(true, true);
    let (u, v) = (svd.u.unwrap(), svd.v_t.unwrap().transpose());
    let slopes = input.along.iter().map(|along| {
        let moved = along * &v;
        u.column_iter()
            .zip(moved.column_iter())
            .map(|(u, moved)| u.dot(&moved))
            .collect::<Vec<_>>()
    });
    together(svd.singular_values.as_slice(), slopes)
}

fn row(
    name: &str,
    size: usize,
    by_hand: fn(&Moved) -> Vec<f64>,
    closed: fn(&DMatrix<Number>) -> Vec<f64>,
    over_numbers: fn(&DMatrix<Number>) -> Vec<f64>,
    primal: fn(&DMatrix<f64>) -> Vec<f64>,
) -> Row {
    let input = moved(size);
    Row::new(format!("{name}, {size} × {size}, 8 directions"))
        .bar(Kind::Closure, Bar::of(1.5))
        .column(Kind::Primal, input.values.clone(), primal)
        .column(Kind::ByHand, input.clone(), by_hand)
        .column(Kind::Closure, input.numbers.clone(), closed)
        .column(Kind::OverNumbers, input.numbers, over_numbers)
}

pub fn rows() -> Vec<Row> {
    [6, 30]
        .into_iter()
        .flat_map(|size| {
            [
                row(
                    "linear system",
                    size,
                    solve_by_hand,
                    |a| {
                        let right = right(a.nrows()).map(Number::constant);
                        by_direction(closed_form::solve(a, &right).unwrap().as_slice())
                    },
                    |a| {
                        let right = right(a.nrows()).map(Number::constant);
                        by_direction(a.clone().lu().solve(&right).unwrap().as_slice())
                    },
                    |a| a.clone().lu().solve(&right(a.nrows())).unwrap().data.into(),
                ),
                row(
                    "log-determinant",
                    size,
                    log_determinant_by_hand,
                    |a| by_direction(&[closed_form::log_determinant(a).unwrap()]),
                    |a| {
                        let upper = a.clone().lu().u();
                        by_direction(&[upper.diagonal().iter().map(|pivot| pivot.abs().ln()).sum()])
                    },
                    |a| {
                        let upper = a.clone().lu().u();
                        vec![upper.diagonal().iter().map(|pivot| pivot.abs().ln()).sum()]
                    },
                ),
                row(
                    "symmetric eigenvalues",
                    size,
                    eigenvalues_by_hand,
                    |a| by_direction(closed_form::symmetric_eigenvalues(a).unwrap().as_slice()),
                    |a| by_direction(a.clone().symmetric_eigen().eigenvalues.as_slice()),
                    |a| a.clone().symmetric_eigen().eigenvalues.data.into(),
                ),
                row(
                    "symmetric eigenvectors",
                    size,
                    eigenvectors_by_hand,
                    |a| {
                        by_direction(
                            closed_form::symmetric_eigen(a)
                                .unwrap()
                                .eigenvectors
                                .as_slice(),
                        )
                    },
                    |a| by_direction(a.clone().symmetric_eigen().eigenvectors.as_slice()),
                    |a| a.clone().symmetric_eigen().eigenvectors.data.into(),
                ),
                row(
                    "singular values",
                    size,
                    singular_values_by_hand,
                    |a| by_direction(closed_form::singular_values(a).unwrap().as_slice()),
                    |a| by_direction(a.clone().svd(true, true).singular_values.as_slice()),
                    |a| a.clone().svd(true, true).singular_values.data.into(),
                ),
            ]
        })
        .collect()
}
