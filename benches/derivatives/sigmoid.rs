//! Compositions of σ, and sums of it over a few and many inputs.

use chainrule::{
    Activation, Dual, Workspace, differentiate, gradient_into_with, value_and_gradient,
};
use criterion::Criterion;
use num_dual::DualNum;

use crate::{Subject, by_direction};

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

/// σ and σ' from one exponential.
#[inline]
fn sigma_by_hand(x: f64) -> (f64, f64) {
    let e = (-x).exp();
    let s = 1.0 / (1.0 + e);
    (s, s * s * e)
}

#[inline]
fn sigma_of_dual<const N: usize>(x: Dual<f64, N>) -> Dual<f64, N> {
    1.0 / (1.0 + (-x).exp())
}

#[inline]
fn sigma_of_num_dual(x: num_dual::Dual64) -> num_dual::Dual64 {
    ((-x).exp() + 1.0).recip()
}

pub fn compositions(criterion: &mut Criterion) {
    let by_hand = |x: f64| {
        let (s, d) = sigma_by_hand(x);
        (s * s, [2.0 * s * d])
    };
    Subject::new(criterion, "sigmoid_squared", 2.0, squared, by_hand)
        .variant("closure", |x| {
            value_and_gradient(|[x]| sigma_of_dual(x).powi(2), [x])
        })
        .variant("closure_with_accurate_tails", |x| {
            value_and_gradient(|[x]| x.sigmoid().powi(2), [x])
        })
        .variant("attribute", |x| {
            let (value, slope) = squared::value_and_derivative(x);
            (value, [slope])
        })
        .variant("num_dual", |x| {
            by_direction(|[x]| sigma_of_num_dual(x).powi(2), [x])
        });

    let by_hand = |x: f64| {
        let (sine, cosine) = x.sin_cos();
        let (inner, inner_slope) = sigma_by_hand(sine);
        let (outer, outer_slope) = sigma_by_hand(inner);
        (outer, [outer_slope * inner_slope * cosine])
    };
    Subject::new(criterion, "sigmoid_of_sigmoid_of_sin", 0.7, nested, by_hand)
        .variant("closure", |x| {
            value_and_gradient(|[x]| sigma_of_dual(sigma_of_dual(x.sin())), [x])
        })
        .variant("closure_with_accurate_tails", |x| {
            value_and_gradient(|[x]| x.sin().sigmoid().sigmoid(), [x])
        })
        .variant("attribute", |x| {
            let (value, slope) = nested::value_and_derivative(x);
            (value, [slope])
        })
        .variant("num_dual", |x| {
            by_direction(|[x]| sigma_of_num_dual(sigma_of_num_dual(x.sin())), [x])
        });
}

macro_rules! define_sum {
    ($name:ident $n:literal) => {
        #[differentiate]
        fn $name(x: [f64; $n]) -> f64 {
            let mut sum = 0.0;
            for i in 0..$n {
                sum += sigma(x[i]);
            }
            sum
        }
    };
}
define_sum!(sum_of_3 3);
define_sum!(sum_of_8 8);
define_sum!(sum_of_64 64);

#[differentiate]
fn sum_of_slice(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for &x in x {
        sum += sigma(x);
    }
    sum
}

#[inline]
fn sum_by_hand<const N: usize>(x: [f64; N]) -> (f64, [f64; N]) {
    let (mut sum, mut slopes) = (0.0, [0.0; N]);
    for i in 0..N {
        let (s, d) = sigma_by_hand(x[i]);
        sum += s;
        slopes[i] = d;
    }
    (sum, slopes)
}

#[inline]
fn sum_of_duals<const N: usize>(x: &[Dual<f64, N>]) -> Dual<f64, N> {
    x.iter()
        .fold(Dual::constant(0.0), |sum, &x| sum + sigma_of_dual(x))
}

#[inline]
fn sum_of_num_duals<const N: usize>(x: [num_dual::Dual64; N]) -> num_dual::Dual64 {
    x.into_iter()
        .fold(num_dual::Dual64::from_re(0.0), |sum, x| {
            sum + sigma_of_num_dual(x)
        })
}

fn spread<const N: usize>() -> [f64; N] {
    std::array::from_fn(|i| 0.3 * i as f64 - 2.0)
}

pub fn sums(criterion: &mut Criterion) {
    Subject::new(
        criterion,
        "sum_of_3_sigmoids",
        spread(),
        sum_of_3,
        sum_by_hand,
    )
    .variant("closure", |x| value_and_gradient(|x| sum_of_duals(&x), x))
    .variant("attribute", sum_of_3::value_and_gradient)
    .variant("num_dual", |x| by_direction(sum_of_num_duals, x));
    Subject::new(
        criterion,
        "sum_of_8_sigmoids",
        spread(),
        sum_of_8,
        sum_by_hand,
    )
    .variant("closure", |x| value_and_gradient(|x| sum_of_duals(&x), x))
    .variant("attribute", sum_of_8::value_and_gradient)
    .variant("num_dual", |x| by_direction(sum_of_num_duals, x));
    // By slice: chunks of directions, scratch kept between calls.
    let mut scratch = [Workspace::new(), Workspace::new()];
    let [for_closure, for_attribute] = &mut scratch;
    Subject::new(
        criterion,
        "sum_of_64_sigmoids",
        spread(),
        sum_of_64,
        sum_by_hand,
    )
    .variant("closure", |x| value_and_gradient(|x| sum_of_duals(&x), x))
    .variant("closure_by_slice", |x| {
        let mut slopes = [0.0; 64];
        (
            gradient_into_with(sum_of_duals, &x, &mut slopes, for_closure),
            slopes,
        )
    })
    .variant("attribute", sum_of_64::value_and_gradient)
    .variant("attribute_by_slice", |x| {
        let mut slopes = [0.0; 64];
        (
            sum_of_slice::gradient_into_with(&x, &mut slopes, for_attribute),
            slopes,
        )
    })
    .variant("num_dual", |x| by_direction(sum_of_num_duals, x));
}
