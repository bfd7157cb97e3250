//! Sums of special functions, and the loss of a probit regression.

use chainrule::{Dual, Workspace, differentiate, gradient_into_with};
use chainrule::{bessel_j0, bessel_j1, digamma, gamma, inv_norm_cdf, ln_gamma, norm_cdf, norm_pdf};
use num_dual::{BesselDual, DualSVec64};

use super::logistic::data;
use crate::measure::{Bar, Kind, Row};
use crate::num_duals::in_chunks;

const LENGTH: usize = 64;

#[differentiate]
fn sum_of_bessel_j0(x: &[f64]) -> f64 {
    x.iter().map(|&x| bessel_j0(x)).sum()
}

#[differentiate]
fn sum_of_ln_gamma(x: &[f64]) -> f64 {
    x.iter().map(|&x| ln_gamma(x)).sum()
}

#[differentiate]
fn sum_of_gamma(x: &[f64]) -> f64 {
    x.iter().map(|&x| gamma(x)).sum()
}

#[differentiate]
fn sum_of_quantiles(x: &[f64]) -> f64 {
    x.iter().map(|&x| inv_norm_cdf(x)).sum()
}

/// By textbook formulas, from the same values.
#[inline]
fn sum_by_hand(x: &[f64], gradient: &mut [f64], f: impl Fn(f64) -> (f64, f64)) -> f64 {
    let mut sum = 0.0;
    for (&x, slope) in x.iter().zip(gradient) {
        let (value, derivative) = f(x);
        sum += value;
        *slope = derivative;
    }
    sum
}

macro_rules! row_of_sum {
    ($name:literal, $function:ident, $x:expr, |$at:ident| $by_hand:expr, |$number:ident| $of_number:expr) => {{
        let (x, gradient): (Vec<f64>, _) = ($x, vec![0.0; LENGTH]);
        let (mut for_attribute, mut for_closure) = (Workspace::new(), Workspace::new());
        Row::new(format!("sum of {LENGTH} {}", $name))
            .column(Kind::Primal, x.clone(), |x| $function(x))
            .column_into(Kind::ByHand, x.clone(), gradient.clone(), |x, gradient| {
                sum_by_hand(x, gradient, |$at| $by_hand)
            })
            .column_into(
                Kind::Attribute,
                x.clone(),
                gradient.clone(),
                move |x, gradient| $function::gradient_into_with(x, gradient, &mut for_attribute),
            )
            .column_into(Kind::Closure, x, gradient, move |x, gradient| {
                let f = |x: &[Dual<f64, 8>]| x.iter().map(|&$number| $of_number).sum();
                gradient_into_with(f, x, gradient, &mut for_closure)
            })
    }};
}

fn from_to(start: f64, end: f64) -> Vec<f64> {
    let at = |i: usize| start + (end - start) * ((i * 37 + 11) % LENGTH) as f64 / LENGTH as f64;
    (0..LENGTH).map(at).collect()
}

#[differentiate(wrt(weights))]
fn probit(weights: [f64; 10], features: &[[f64; 10]], labels: &[f64]) -> f64 {
    let mut total = 0.0;
    for (row, label) in features.iter().zip(labels) {
        let score: f64 = row.iter().zip(&weights).map(|(x, w)| x * w).sum();
        total -= f64::ln(norm_cdf(label * score));
    }
    total
}

#[inline]
fn probit_by_hand(weights: &[f64; 10], features: &[[f64; 10]], labels: &[f64]) -> (f64, [f64; 10]) {
    let (mut total, mut gradient) = (0.0, [0.0; 10]);
    for (row, &label) in features.iter().zip(labels) {
        let score: f64 = row.iter().zip(weights).map(|(x, w)| x * w).sum();
        let share = norm_cdf(label * score);
        total -= share.ln();
        let by_score = -label * norm_pdf(score) / share;
        for (slope, x) in gradient.iter_mut().zip(row) {
            *slope += by_score * x;
        }
    }
    (total, gradient)
}

pub fn rows() -> Vec<Row> {
    let waves = from_to(0.2, 20.0);
    let mut point = Vec::<DualSVec64<8>>::new();
    let bessel = row_of_sum!(
        "J₀",
        sum_of_bessel_j0,
        waves.clone(),
        |x| (bessel_j0(x), -bessel_j1(x)),
        |x| bessel_j0(x)
    )
    .bar(Kind::Attribute, Bar::of(1.1))
    .column_into(
        Kind::NumDualAtBest,
        waves,
        vec![0.0; LENGTH],
        move |x, gradient| {
            let sum = |x: &[DualSVec64<8>]| x.iter().map(|x| BesselDual::bessel_j0(*x)).sum();
            in_chunks(sum, x, gradient, &mut point)
        },
    );
    let (flat, labels) = data(1000, 10);
    let weights: [f64; 10] = std::array::from_fn(|i| 0.1 * i as f64 - 0.3);
    let input = (weights, flat.as_chunks().0.to_vec(), labels);
    vec![
        bessel,
        row_of_sum!(
            "ln Γ",
            sum_of_ln_gamma,
            from_to(0.1, 30.0),
            |x| (ln_gamma(x), digamma(x)),
            |x| ln_gamma(x)
        )
        .bar(Kind::Attribute, Bar::of(1.1)),
        row_of_sum!(
            "Γ",
            sum_of_gamma,
            from_to(0.1, 30.0),
            |x| {
                let value = gamma(x);
                (value, value * digamma(x))
            },
            |x| gamma(x)
        )
        .bar(Kind::Attribute, Bar::of(1.1)),
        row_of_sum!(
            "Φ⁻¹",
            sum_of_quantiles,
            from_to(0.001, 1.0),
            |x| {
                let value = inv_norm_cdf(x);
                (value, norm_pdf(value).recip())
            },
            |x| inv_norm_cdf(x)
        )
        .bar(Kind::Attribute, Bar::of(1.1)),
        Row::new("probit loss gradient, 1000 rows, 10")
            .bar(Kind::Attribute, Bar::of(1.1))
            .column(
                Kind::Primal,
                input.clone(),
                |(weights, features, labels)| probit(*weights, features, labels),
            )
            .column(
                Kind::ByHand,
                input.clone(),
                |(weights, features, labels)| probit_by_hand(weights, features, labels),
            )
            .column(Kind::Attribute, input, |(weights, features, labels)| {
                probit::value_and_gradient(*weights, features, labels)
            }),
    ]
}
