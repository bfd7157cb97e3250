//! Rosenbrock's function: gradients and a Hessian.

use chainrule::{Dual, Jet, Workspace, differentiate, gradient_into_with, value_and_gradient};
use nalgebra::{DVector, SVector};
use num_dual::{Dual2SVec64, Dual64, DualNum, DualSVec64};

use super::spread;
use crate::measure::{Bar, Kind, Row};
use crate::num_duals::{in_chunks, in_one_pass};

#[differentiate]
fn of_2(x: f64, y: f64) -> f64 {
    (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2)
}

#[differentiate]
fn of_10(x: [f64; 10]) -> f64 {
    x.windows(2)
        .map(|pair| (1.0 - pair[0]).powi(2) + 100.0 * (pair[1] - pair[0] * pair[0]).powi(2))
        .sum()
}

#[differentiate]
pub fn of_slice(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for pair in x.windows(2) {
        sum += (1.0 - pair[0]).powi(2) + 100.0 * (pair[1] - pair[0] * pair[0]).powi(2);
    }
    sum
}

#[inline]
fn of_2_by_hand([x, y]: [f64; 2]) -> (f64, [f64; 2]) {
    let (a, b) = (1.0 - x, y - x * x);
    (
        a * a + 100.0 * (b * b),
        [-2.0 * a - 400.0 * x * b, 200.0 * b],
    )
}

#[inline]
pub fn by_hand(x: &[f64], gradient: &mut [f64]) -> f64 {
    let mut sum = 0.0;
    // What a term gives to its second variable.
    let mut carried = 0.0;
    let mut slopes = gradient.iter_mut();
    for (pair, slope) in x.windows(2).zip(&mut slopes) {
        let (a, b) = (1.0 - pair[0], pair[1] - pair[0] * pair[0]);
        sum += a * a + 100.0 * (b * b);
        *slope = carried - 2.0 * a - 400.0 * pair[0] * b;
        carried = 200.0 * b;
    }
    if let Some(last) = slopes.next() {
        *last = carried;
    }
    sum
}

#[inline]
fn hessian_by_hand<const N: usize>(x: [f64; N]) -> (f64, [f64; N], [[f64; N]; N]) {
    let (mut sum, mut gradient, mut hessian) = (0.0, [0.0; N], [[0.0; N]; N]);
    for i in 0..N - 1 {
        let (a, square) = (1.0 - x[i], x[i] * x[i]);
        let b = x[i + 1] - square;
        sum += a * a + 100.0 * (b * b);
        gradient[i] += -2.0 * a - 400.0 * x[i] * b;
        gradient[i + 1] = 200.0 * b;
        hessian[i][i] += 2.0 + 800.0 * square - 400.0 * b;
        hessian[i + 1][i + 1] = 200.0;
        let mixed = -400.0 * x[i];
        hessian[i][i + 1] = mixed;
        hessian[i + 1][i] = mixed;
    }
    (sum, gradient, hessian)
}

#[inline]
pub fn of_duals<const N: usize>(x: &[Dual<f64, N>]) -> Dual<f64, N> {
    x.windows(2)
        .map(|pair| (1.0 - pair[0]).powi(2) + 100.0 * (pair[1] - pair[0] * pair[0]).powi(2))
        .sum()
}

#[inline]
fn of_jets<const N: usize>(x: [Jet<f64, N>; N]) -> Jet<f64, N> {
    x.windows(2)
        .map(|pair| (1.0 - pair[0]).powi(2) + 100.0 * (pair[1] - pair[0] * pair[0]).powi(2))
        .sum()
}

fn of_num_duals<D: DualNum<Primitive = f64>>(x: &[D]) -> D {
    x.windows(2)
        .map(|pair| {
            let b = pair[1].clone() - pair[0].clone() * &pair[0];
            (-pair[0].clone() + 1.0).powi(2) + b.powi(2) * 100.0
        })
        .sum()
}

pub fn rows() -> Vec<Row> {
    let x = [-1.2, 0.7];
    let two = Row::new("Rosenbrock gradient, 2")
        .bar(Kind::Attribute, Bar::of(1.05))
        .bar(Kind::Closure, Bar::of(1.05))
        .column(Kind::Primal, x, |&[x, y]| of_2(x, y))
        .column(Kind::ByHand, x, |&x| of_2_by_hand(x))
        .column(Kind::Attribute, x, |&[x, y]| of_2::value_and_gradient(x, y))
        .column(Kind::Closure, x, |&x| {
            let f = |[x, y]: [Dual<f64, 2>; 2]| (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2);
            value_and_gradient(f, x)
        })
        .column(Kind::NumDual, SVector::from(x), |x| {
            num_dual::gradient(|x| of_num_duals(x.as_slice()), x)
        })
        .column(Kind::NumDualAtBest, x, |&[x, y]| {
            // Two passes of the scalar number are less than one of the vector.
            let by_x = of_num_duals(&[Dual64::new(x, 1.0), Dual64::from_re(y)]);
            let by_y = of_num_duals(&[Dual64::from_re(x), Dual64::new(y, 1.0)]);
            (by_x.re, [by_x.eps, by_y.eps])
        });
    let x: [f64; 10] = std::array::from_fn(|i| 0.2 * i as f64 - 0.9);
    let ten = Row::new("Rosenbrock gradient, 10")
        .bar(Kind::Attribute, Bar::of(1.05))
        .bar(Kind::Closure, Bar::of(9.0))
        .column(Kind::Primal, x, |&x| of_10(x))
        .column(Kind::ByHand, x, |x| {
            let mut gradient = [0.0; 10];
            (by_hand(x, &mut gradient), gradient)
        })
        .column(Kind::Attribute, x, |&x| of_10::value_and_gradient(x))
        .column(Kind::Closure, x, |&x| {
            value_and_gradient(|x| of_duals(&x), x)
        })
        .column(Kind::NumDual, SVector::from(x), |x| {
            num_dual::gradient(|x| of_num_duals(x.as_slice()), x)
        })
        .column(Kind::NumDualAtBest, x, |&x| {
            in_one_pass(|x| of_num_duals(x), x)
        });
    vec![two, ten, hundred(), hessian(x)]
}

fn hundred() -> Row {
    let x: Vec<f64> = spread(100).collect();
    let gradient = vec![0.0; 100];
    let (mut for_attribute, mut for_closure) = (Workspace::new(), Workspace::new());
    let mut point = Vec::<DualSVec64<64>>::new();
    Row::new("Rosenbrock gradient, 100")
        .bar(Kind::Attribute, Bar::of(1.15))
        .bar(Kind::Closure, Bar::of(70.0))
        .column(Kind::Primal, x.clone(), |x| of_slice(x))
        .column_into(Kind::ByHand, x.clone(), gradient.clone(), |x, gradient| {
            by_hand(x, gradient)
        })
        .column_into(
            Kind::Attribute,
            x.clone(),
            gradient.clone(),
            move |x, gradient| of_slice::gradient_into_with(x, gradient, &mut for_attribute),
        )
        .column_into(
            Kind::Closure,
            x.clone(),
            gradient.clone(),
            move |x, gradient| gradient_into_with(of_duals, x, gradient, &mut for_closure),
        )
        .column(Kind::NumDual, DVector::from_vec(x.clone()), |x| {
            num_dual::gradient(|x| of_num_duals(x.as_slice()), x)
        })
        .column_into(Kind::NumDualAtBest, x, gradient, move |x, gradient| {
            in_chunks(of_num_duals, x, gradient, &mut point)
        })
}

fn hessian(x: [f64; 10]) -> Row {
    Row::new("Rosenbrock Hessian, 10")
        .bar(
            Kind::Attribute,
            Bar {
                time: 1.5,
                instructions: 1.25,
            },
        )
        .bar(Kind::Closure, Bar::of(75.0))
        .column(Kind::Primal, x, |&x| of_10(x))
        .column(Kind::ByHand, x, |&x| hessian_by_hand(x))
        .column(Kind::Attribute, x, |&x| of_10::value_gradient_hessian(x))
        .column(Kind::Closure, x, |&x| {
            chainrule::value_gradient_hessian(of_jets, x)
        })
        .column(Kind::NumDual, SVector::from(x), |x| {
            num_dual::hessian(|x| of_num_duals(x.as_slice()), x)
        })
        .column(Kind::NumDualAtBest, x, |x| {
            let x: [Dual2SVec64<10>; 10] =
                std::array::from_fn(|i| Dual2SVec64::from_re(x[i]).derivative(i));
            let y = of_num_duals(&x);
            let size = nalgebra::Const::<10>;
            (
                y.re,
                y.v1.unwrap_generic(nalgebra::U1, size),
                y.v2.unwrap_generic(size, size),
            )
        })
}
