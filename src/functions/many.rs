//! Functions of many numbers at once.

use crate::rules::Scalar;

/// The logarithm of a sum of exponentials, `ln Σ exp(xᵢ)`, without overflow.
///
/// The derivatives are the weights of [`softmax`]. Of an empty slice it is `-∞`, the logarithm of 0; elements that are `-∞` have the
/// weight 0, and if all are, or some are `∞`, the largest share the weight.
///
/// # Examples
/// ```
/// use chainrule::{gradient, logsumexp};
/// assert_eq!(logsumexp(&[1000.0, 1000.0]), 1000.0 + std::f64::consts::LN_2);
/// assert_eq!(gradient(|x| logsumexp(&x), [0.0, 0.0, f64::NEG_INFINITY]), [0.5, 0.5, 0.0]);
/// ```
#[doc(alias = "log_sum_exp")]
pub fn logsumexp<T: Scalar>(x: &[T]) -> T {
    match Exponentials::of(x) {
        Some(exponentials) => exponentials.anchor + exponentials.rest.ln_1p(),
        None => T::neg_infinity(),
    }
}

/// The weights `exp(xᵢ)/Σ exp(xⱼ)`, without overflow.
///
/// They sum up to 1. Slopes keep their digits, also that of a weight next to 1. Elements that are `-∞` have the weight 0; if all are, or
/// some are `∞`, the largest share the weight.
///
/// # Examples
/// ```
/// use chainrule::{jacobian, softmax};
/// assert_eq!(softmax([1000.0, 1000.0]), [0.5, 0.5]);
/// let [[slope, _], _] = jacobian(softmax, [50.0, 0.0]);
/// assert_eq!(slope, 1.9287498479639178e-22);
/// ```
pub fn softmax<T: Scalar, const N: usize>(x: [T; N]) -> [T; N] {
    let mut weights = x;
    softmax_into(&x, &mut weights);
    weights
}

/// [`softmax`] of a slice of any length.
///
/// # Panics
/// If `weights` is not as long as `x`.
///
/// # Examples
/// ```
/// let mut weights = [0.0; 3];
/// chainrule::softmax_into(&[0.0, f64::NEG_INFINITY, 0.0], &mut weights);
/// assert_eq!(weights, [0.5, 0.0, 0.5]);
/// ```
pub fn softmax_into<T: Scalar>(x: &[T], weights: &mut [T]) {
    assert_eq!(x.len(), weights.len(), "a weight for each element");
    if let Some(exponentials) = Exponentials::of(x) {
        let sum = exponentials.rest + T::one();
        for (weight, &x_i) in weights.iter_mut().zip(x) {
            *weight = above(x_i, exponentials.anchor).exp() / sum;
        }
    }
}

/// Exponentials of differences from an anchor, which has the value of the largest element.
struct Exponentials<T> {
    anchor: T,
    /// Their sum, less 1.
    rest: T,
}

impl<T: Scalar> Exponentials<T> {
    /// None of no elements.
    fn of(x: &[T]) -> Option<Self> {
        let largest = position_of_largest(x)?;
        // An element that outweighs all others together is the anchor with its derivatives: then nothing of a weight next to 1 is a
        // small difference. Else they stay out: then nothing of a small weight is.
        let value = x[largest].primal();
        let outweighs = T::DEPTH == 0
            || sum_of_others(x, largest, T::from_primal(value)).primal() < num_traits::One::one();
        let anchor = if outweighs {
            x[largest]
        } else {
            T::from_primal(value)
        };
        let rest = sum_of_others(x, largest, anchor) + above(x[largest], anchor).exp_m1();
        Some(Self { anchor, rest })
    }
}

/// The first of the largest elements, or the first NaN.
fn position_of_largest<T: Scalar>(x: &[T]) -> Option<usize> {
    (0..x.len()).reduce(|best, i| {
        let is_larger = x[i] > x[best] || (x[i].is_nan() && !x[best].is_nan());
        if is_larger { i } else { best }
    })
}

/// `Σ exp(xᵢ - anchor)` without the largest element.
fn sum_of_others<T: Scalar>(x: &[T], largest: usize, anchor: T) -> T {
    let others = x.iter().enumerate().filter(|(i, _)| *i != largest);
    others.fold(T::zero(), |sum, (_, &x_i)| sum + above(x_i, anchor).exp())
}

/// The difference, of value 0 for two infinities of one sign.
#[inline]
fn above<T: Scalar>(x: T, anchor: T) -> T {
    if x == anchor && x.is_infinite() {
        let zero = num_traits::Zero::zero();
        return x.with_primal(zero) - anchor.with_primal(zero);
    }
    x - anchor
}

macro_rules! define_sibling {
    ($name:ident: $($lift:tt)*) => {
        /// The function of the same name for annotated functions, which call its `lift`.
        #[doc(hidden)]
        #[allow(non_camel_case_types)]
        pub enum $name {}
        impl $name {
            #[doc(hidden)]
            #[inline]
            $($lift)*
        }
    };
}
define_sibling! { logsumexp:
    pub fn lift<S: Scalar>(x: &[S]) -> S {
        logsumexp(x)
    }
}
define_sibling! { softmax:
    pub fn lift<S: Scalar, const N: usize>(x: [S; N]) -> [S; N] {
        softmax(x)
    }
}
define_sibling! { softmax_into:
    pub fn lift<S: Scalar>(x: &[S], weights: &mut [S]) {
        softmax_into(x, weights);
    }
}
