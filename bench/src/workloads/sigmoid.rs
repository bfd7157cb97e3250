//! Compositions and sums of σ.

use chainrule::{Dual, Workspace, differentiate, gradient_into_with, value_and_derivative};
use nalgebra::DVector;
use num_dual::{Dual64, DualNum, DualSVec64};

use super::spread;
use crate::measure::{Bar, Kind, Row};
use crate::num_duals::in_chunks;

#[differentiate]
fn sigma(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[differentiate]
fn squared(x: f64) -> f64 {
    sigma(x).powi(2)
}

#[differentiate]
fn nested(x: f64) -> f64 {
    sigma(sigma(x.sin()))
}

#[differentiate]
pub fn sum(x: &[f64]) -> f64 {
    x.iter().map(|&x| sigma(x)).sum()
}

/// The same without a function of its own for σ.
#[differentiate]
pub fn sum_written_out(x: &[f64]) -> f64 {
    x.iter().map(|x| 1.0 / (1.0 + (-x).exp())).sum()
}

/// σ and σ' from one exponential.
#[inline]
fn sigma_by_hand(x: f64) -> (f64, f64) {
    let e = (-x).exp();
    let s = 1.0 / (1.0 + e);
    (s, s * s * e)
}

#[inline]
pub fn sum_by_hand(x: &[f64], gradient: &mut [f64]) -> f64 {
    let mut sum = 0.0;
    for (&x, slope) in x.iter().zip(gradient) {
        let (s, d) = sigma_by_hand(x);
        sum += s;
        *slope = d;
    }
    sum
}

#[inline]
fn sigma_of_dual<const N: usize>(x: Dual<f64, N>) -> Dual<f64, N> {
    1.0 / (1.0 + (-x).exp())
}

fn sigma_of_num_dual<D: DualNum<Primitive = f64>>(x: D) -> D {
    ((-x).exp() + 1.0).recip()
}

fn sum_of_num_duals<D: DualNum<Primitive = f64>>(x: &[D]) -> D {
    x.iter().map(|x| sigma_of_num_dual(x.clone())).sum()
}

pub fn rows() -> Vec<Row> {
    let squared = Row::new("σ(x)²")
        .bar(Kind::Attribute, Bar::of(1.05))
        .bar(Kind::Closure, Bar::of(1.05))
        .column(Kind::Primal, 2.0, |&x| squared(x))
        .column(Kind::ByHand, 2.0, |&x| {
            let (s, d) = sigma_by_hand(x);
            (s * s, 2.0 * s * d)
        })
        .column(Kind::Attribute, 2.0, |&x| squared::value_and_derivative(x))
        .column(Kind::Closure, 2.0, |&x| {
            value_and_derivative(|x| sigma_of_dual(x).powi(2), x)
        })
        .column(Kind::NumDual, 2.0, |&x| {
            num_dual::first_derivative(|x| sigma_of_num_dual(x).powi(2), x)
        })
        .column(Kind::NumDualAtBest, 2.0, |&x| {
            let y = sigma_of_num_dual(Dual64::new(x, 1.0));
            let y = y * y;
            (y.re, y.eps)
        });
    let nested = Row::new("σ(σ(sin x))")
        .bar(Kind::Attribute, Bar::of(1.05))
        .bar(Kind::Closure, Bar::of(1.05))
        .column(Kind::Primal, 0.7, |&x| nested(x))
        .column(Kind::ByHand, 0.7, |&x: &f64| {
            let (sine, cosine) = x.sin_cos();
            let (inner, inner_slope) = sigma_by_hand(sine);
            let (outer, outer_slope) = sigma_by_hand(inner);
            (outer, outer_slope * inner_slope * cosine)
        })
        .column(Kind::Attribute, 0.7, |&x| nested::value_and_derivative(x))
        .column(Kind::Closure, 0.7, |&x| {
            value_and_derivative(|x| sigma_of_dual(sigma_of_dual(x.sin())), x)
        })
        .column(Kind::NumDual, 0.7, |&x| {
            num_dual::first_derivative(|x| sigma_of_num_dual(sigma_of_num_dual(x.sin())), x)
        })
        .column(Kind::NumDualAtBest, 0.7, |&x| {
            let y = sigma_of_num_dual(sigma_of_num_dual(Dual64::new(x, 1.0).sin()));
            (y.re, y.eps)
        });
    let mut rows = vec![squared, nested];
    rows.extend([
        sums::<8>(8, Some(1.65)),
        sums::<8>(64, None),
        sums::<64>(1000, None),
    ]);
    rows.push(written_out(64));
    rows
}

fn written_out(n: usize) -> Row {
    let x: Vec<f64> = spread(n).collect();
    let gradient = vec![0.0; n];
    let mut workspace = Workspace::new();
    Row::new(format!("sum of {n} σ, written out"))
        .bar(Kind::Attribute, Bar::of(1.05))
        .column(Kind::Primal, x.clone(), |x| sum_written_out(x))
        .column_into(Kind::ByHand, x.clone(), gradient.clone(), |x, gradient| {
            sum_by_hand(x, gradient)
        })
        .column_into(Kind::Attribute, x, gradient, move |x, gradient| {
            sum_written_out::gradient_into_with(x, gradient, &mut workspace)
        })
}

/// `C`: how many inputs a pass of num-dual takes.
fn sums<const C: usize>(n: usize, closure: Option<f64>) -> Row {
    let x: Vec<f64> = spread(n).collect();
    let gradient = vec![0.0; n];
    let (mut for_attribute, mut for_closure) = (Workspace::new(), Workspace::new());
    let mut point = Vec::<DualSVec64<C>>::new();
    let mut row = Row::new(format!("sum of {n} σ"))
        .bar(Kind::Attribute, Bar::of(1.05))
        .column(Kind::Primal, x.clone(), |x| sum(x))
        .column_into(Kind::ByHand, x.clone(), gradient.clone(), |x, gradient| {
            sum_by_hand(x, gradient)
        })
        .column_into(
            Kind::Attribute,
            x.clone(),
            gradient.clone(),
            move |x, gradient| sum::gradient_into_with(x, gradient, &mut for_attribute),
        )
        .column_into(
            Kind::Closure,
            x.clone(),
            gradient.clone(),
            move |x, gradient| {
                let f = |x: &[Dual<f64, 8>]| x.iter().map(|&x| sigma_of_dual(x)).sum();
                gradient_into_with(f, x, gradient, &mut for_closure)
            },
        )
        .column(Kind::NumDual, DVector::from_vec(x.clone()), |x| {
            num_dual::gradient(|x| sum_of_num_duals(x.as_slice()), x)
        })
        .column_into(Kind::NumDualAtBest, x, gradient, move |x, gradient| {
            in_chunks(sum_of_num_duals, x, gradient, &mut point)
        });
    if let Some(bar) = closure {
        row = row.bar(Kind::Closure, Bar::of(bar));
    }
    row
}
