//! Numbers that tell when a comparison, `abs`, `max` or `floor` falls on its kink, and where in the source.
//!
//! A derivative at a kink is a convention, and an `if x == 0.0` that guards a division has its own branch differentiated: `if x == 0.0 { 1.0 }
//! else { x.sin() / x }` has slope 0 at 0 by luck, `if x == 0.0 { 0.0 } else { x.sin() }` has it by mistake, for the sine's is 1. Nothing is NaN, nothing
//! fails. Here the function runs over numbers whose operations look where they stand, and [`Kinks`] lists those that stood on a kink, each with its place in the source.
//!
//! ```
//! use chainrule::watch;
//!
//! let mistaken = watch::kinks(|[x]| if x == 0.0 { x * 0.0 } else { x.sin() }, [0.0]);
//! assert_eq!(mistaken[0].operation, "==");
//! assert!(mistaken.to_string().starts_with("a kink: `==` of 0.0 and 0.0, at "));
//!
//! assert!(watch::kinks(|[x, y]| x.max(y) + x.abs(), [1.0, 2.0]).is_empty());
//! ```
//!
//! A function under `#[differentiate]` runs by its `lift`, and [`Watch`] takes every other shape:
//! ```
//! use chainrule::{differentiate, watch::Watch};
//!
//! #[differentiate(wrt(x))]
//! fn fare(x: f64, stations: &[f64]) -> f64 {
//!     stations.iter().filter(|station| **station <= x).count() as f64 + x
//! }
//!
//! let watch = Watch::new();
//! fare::lift(watch.variable(2.0), &[1.0, 2.0, 3.0]);
//! let kinks = watch.kinks();
//! assert_eq!((kinks.len(), kinks[0].operation), (1, "<="));
//! ```
//!
//! # What is seen
//!
//! | operation | its kinks |
//! |---|---|
//! | `==`, `<`, `partial_cmp`, `total_cmp` ..., `is_zero`, `is_one` | both sides are equal |
//! | `max`, `min`, `abs_sub`, `clamp` | a tie |
//! | `abs`, `signum`, `relu`, `leaky_relu`, `is_sign_negative` ..., `classify` | 0 |
//! | `copysign` | 0, on either side |
//! | `floor`, `ceil`, `round`, `trunc`, `fract`, casts to integers | where they jump |
//! | `%`, `rem_euclid`, `div_euclid` | where they jump |
//! | `hypot`; `atan2` | the origin; the negative half of the axis with it |
//!
//! Constants count for nothing: one operand at least must depend on an input. (What `floor` and its like give is constant, and so is what [`constant`](crate::constant) holds.)
//! A number compared with itself is no tie. Slopes that are infinite or NaN show by themselves, and are not listed: `sqrt` at 0.
//!
//! What generated code takes the plain values of is not seen: arrays and tuples that are compared or matched as a whole, `contains`, and what
//! is printed.

mod company;
mod comparisons;
mod edge;
mod float;
mod kink;
mod methods;
mod number;
mod operators;
mod scalar;
#[cfg(feature = "special")]
mod special;
pub(crate) mod trace;

pub use kink::{Kink, Kinks};
pub use number::Watched;

use alloc::vec::Vec;
use core::cell::{Cell, RefCell};
use core::panic::Location;

use trace::Step;

use crate::Differentiable;
use crate::rules::Primitive;

/// The kinks that a closure of an array meets at a point.
///
/// # Examples
/// ```
/// use chainrule::watch;
///
/// let kinks = watch::kinks(|[x, y]| (x - y).abs() + x.max(2.0 * y), [1.0, 1.0]);
/// assert_eq!(kinks.len(), 1);
/// assert_eq!((kinks[0].operation, kinks[0].value), ("abs", 0.0));
/// ```
pub fn kinks<T: Primitive, const N: usize>(
    f: impl for<'a> FnOnce([Watched<'a, T>; N]) -> Watched<'a, T>,
    x: [T; N],
) -> Kinks {
    let watch = Watch::new();
    f(x.map(|x| watch.variable(x)));
    watch.kinks()
}

/// What watches over a function's decisions: it makes the inputs, and has the list in the end.
///
/// # Examples
/// ```
/// use chainrule::watch::Watch;
///
/// let watch = Watch::new();
/// let [x, y] = watch.over(&[0.0, 3.0]);
/// let _ = x.abs().max(y);
/// assert_eq!(watch.kinks().len(), 1);
///
/// let watch = Watch::near(1e-6);
/// let _ = watch.variable(1e-9).abs();
/// assert_eq!(watch.kinks()[0].value, 1e-9);
/// ```
#[derive(Debug, Default)]
pub struct Watch {
    distance: f64,
    kinks: RefCell<Vec<Kink>>,
    /// How many numbers there have been.
    numbers: Cell<usize>,
    /// How each of them was made, if that is asked for.
    steps: Option<RefCell<Vec<Step>>>,
}

impl Watch {
    /// For what falls exactly on a kink.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// For what falls next to a kink, too: up to this distance from it, in units of the value.
    #[must_use]
    pub fn near(distance: f64) -> Self {
        Self {
            distance,
            ..Self::default()
        }
    }

    /// An input.
    pub fn variable<T: Primitive>(&self, x: T) -> Watched<'_, T> {
        Watched::new(x, self, Step::Input)
    }

    /// The floats in a value as inputs: arrays, tuples, `Vec`s and derived structs become what `lift` takes.
    pub fn over<T: Primitive, A: Differentiable<T>>(&self, x: &A) -> A::Lifted<Watched<'_, T>> {
        x.lift(&mut |x: T| self.variable(x))
    }

    /// What has been seen so far.
    #[must_use]
    pub fn kinks(&self) -> Kinks {
        Kinks::new(self.kinks.borrow().clone())
    }

    /// For how every number is made of others.
    pub(crate) fn tracing() -> Self {
        Self {
            steps: Some(RefCell::default()),
            ..Self::default()
        }
    }

    fn is_tracing(&self) -> bool {
        self.steps.is_some()
    }

    /// How each number was made, in order.
    pub(crate) fn into_steps(self) -> Vec<Step> {
        self.steps.map(RefCell::into_inner).unwrap_or_default()
    }

    /// The next number's identity.
    fn next(&self, step: Step) -> usize {
        if let Some(steps) = &self.steps {
            steps.borrow_mut().push(step);
        }
        self.numbers.replace(self.numbers.get() + 1)
    }

    /// Lists the decision, if it was close.
    #[track_caller]
    fn see(&self, operation: &'static str, value: f64, edge: f64) {
        let is_close = value == edge || (value - edge).abs() <= self.distance;
        if !is_close {
            return;
        }
        let place = Location::caller();
        let mut kinks = self.kinks.borrow_mut();
        match kinks
            .iter_mut()
            .find(|kink| kink.operation == operation && kink.place == place)
        {
            Some(kink) => kink.count += 1,
            None => kinks.push(Kink {
                operation,
                value,
                edge,
                place,
                count: 1,
            }),
        }
    }
}
