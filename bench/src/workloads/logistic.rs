//! The loss of a logistic regression.

use chainrule::{Dual, differentiate, value_and_gradient};
use nalgebra::SVector;
use num_dual::{DualNum, DualSVec64};

use super::spread;
use crate::measure::{Bar, Kind, Row};
use crate::num_duals::in_one_pass;

/// `labels` are 1 and -1.
#[differentiate(wrt(weights))]
fn loss(weights: [f64; 10], features: &[[f64; 10]], labels: &[f64]) -> f64 {
    let mut total = 0.0;
    for (row, label) in features.iter().zip(labels) {
        let score: f64 = row.iter().zip(&weights).map(|(x, w)| x * w).sum();
        total += (-label * score).exp().ln_1p();
    }
    total / labels.len() as f64
}

/// The same for any number of features, row after row.
#[differentiate(wrt(weights))]
pub fn loss_of_slices(weights: &[f64], features: &[f64], labels: &[f64]) -> f64 {
    let mut total = 0.0;
    for (row, label) in features.chunks_exact(weights.len()).zip(labels) {
        let score: f64 = row.iter().zip(weights).map(|(x, w)| x * w).sum();
        total += (-label * score).exp().ln_1p();
    }
    total / labels.len() as f64
}

/// The loss of one row, and its slope by the score, from one exponential.
#[inline]
fn term_by_hand(score: f64, label: f64) -> (f64, f64) {
    let e = (-label * score).exp();
    (e.ln_1p(), -label * e / (1.0 + e))
}

#[inline]
fn by_hand(weights: &[f64; 10], features: &[[f64; 10]], labels: &[f64]) -> (f64, [f64; 10]) {
    let (mut total, mut gradient) = (0.0, [0.0; 10]);
    for (row, &label) in features.iter().zip(labels) {
        let score: f64 = row.iter().zip(weights).map(|(x, w)| x * w).sum();
        let (term, by_score) = term_by_hand(score, label);
        total += term;
        for (slope, x) in gradient.iter_mut().zip(row) {
            *slope += by_score * x;
        }
    }
    let share = 1.0 / labels.len() as f64;
    (total * share, gradient.map(|slope| slope * share))
}

#[inline]
pub fn by_hand_of_slices(
    weights: &[f64],
    features: &[f64],
    labels: &[f64],
    gradient: &mut [f64],
) -> f64 {
    let share = 1.0 / labels.len() as f64;
    let mut total = 0.0;
    gradient.fill(0.0);
    for (row, &label) in features.chunks_exact(weights.len()).zip(labels) {
        let score: f64 = row.iter().zip(weights).map(|(x, w)| x * w).sum();
        let (term, by_score) = term_by_hand(score, label);
        total += term;
        let by_score = by_score * share;
        for (slope, x) in gradient.iter_mut().zip(row) {
            *slope += by_score * x;
        }
    }
    total * share
}

#[inline]
fn of_duals(weights: [Dual<f64, 10>; 10], features: &[[f64; 10]], labels: &[f64]) -> Dual<f64, 10> {
    let mut total = Dual::constant(0.0);
    for (row, &label) in features.iter().zip(labels) {
        let score: Dual<f64, 10> = row.iter().zip(&weights).map(|(x, w)| *x * *w).sum();
        total += (-label * score).exp().ln_1p();
    }
    total / labels.len() as f64
}

fn of_num_duals<D: DualNum<Primitive = f64> + Copy>(
    weights: [D; 10],
    features: &[[f64; 10]],
    labels: &[f64],
) -> D {
    let mut total = D::zero();
    for (row, &label) in features.iter().zip(labels) {
        let score: D = row.iter().zip(&weights).map(|(&x, &w)| w * x).sum();
        total += (score * -label).exp().ln_1p();
    }
    total / labels.len() as f64
}

/// Rows and labels that no weights separate.
pub fn data(rows: usize, features: usize) -> (Vec<f64>, Vec<f64>) {
    let labels = spread(rows).map(|x| if x < 0.3 { -1.0 } else { 1.0 });
    (spread(rows * features).collect(), labels.collect())
}

pub fn rows() -> Vec<Row> {
    let weights: [f64; 10] = std::array::from_fn(|i| 0.1 * i as f64 - 0.3);
    let (flat, labels) = data(1000, 10);
    let features: Vec<[f64; 10]> = flat.as_chunks().0.to_vec();
    let input = (weights, features, labels);
    let for_num_dual = (SVector::from(weights), input.1.clone(), input.2.clone());
    vec![
        Row::new("logistic loss gradient, 1000 rows, 10")
            .bar(Kind::Attribute, Bar::of(1.1))
            .bar(Kind::Closure, Bar::of(1.45))
            .column(
                Kind::Primal,
                input.clone(),
                |(weights, features, labels)| loss(*weights, features, labels),
            )
            .column(
                Kind::ByHand,
                input.clone(),
                |(weights, features, labels)| by_hand(weights, features, labels),
            )
            .column(
                Kind::Attribute,
                input.clone(),
                |(weights, features, labels)| loss::value_and_gradient(*weights, features, labels),
            )
            .column(
                Kind::Closure,
                input.clone(),
                |(weights, features, labels)| {
                    value_and_gradient(|weights| of_duals(weights, features, labels), *weights)
                },
            )
            .column(
                Kind::NumDual,
                for_num_dual,
                |(weights, features, labels)| {
                    let f = |weights: SVector<DualSVec64<10>, 10>| {
                        of_num_duals(weights.into(), features, labels)
                    };
                    num_dual::gradient(f, weights)
                },
            )
            .column(Kind::NumDualAtBest, input, |(weights, features, labels)| {
                in_one_pass(|&weights| of_num_duals(weights, features, labels), *weights)
            }),
    ]
}
