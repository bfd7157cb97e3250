//! `Watched`: a float that knows whether it depends on an input, and who watches.

use core::fmt::{self, Debug, Display, Formatter, LowerExp};

use super::Watch;
use super::trace::{Join, Step};
use crate::rules::{Primitive, to_f64};

/// A float under a [`Watch`]: it goes where plain floats go, and tells when a decision falls on a kink.
///
/// Values are those of `T`, bit for bit. It carries no derivative, but it knows whether there is one: whether the value depends on an input
/// by more than decisions. It is a [`Scalar`](crate::Scalar) like [`Dual`](crate::Dual), so closures, generic functions and `lift` take it, and a
/// `Dual` of watched numbers is a derivative under watch.
///
/// # Examples
/// ```
/// use chainrule::watch::{Watch, Watched};
/// use num_traits::Float;
///
/// fn clipped<F: Float>(x: F) -> F {
///     x.max(F::zero())
/// }
///
/// let watch = Watch::new();
/// assert!(clipped(watch.variable(0.0)) == 0.0);
/// assert_eq!(watch.kinks()[0].operation, "max");
/// assert!(Watched::constant(2.0).is_constant());
/// ```
#[derive(Clone, Copy)]
pub struct Watched<'a, T = f64> {
    pub(super) value: T,
    pub(super) source: Option<Source<'a>>,
}

/// On what inputs a number depends is not asked, only that it does.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub watch: &'a Watch,
    /// The same for copies of a number.
    pub identity: usize,
}

impl PartialEq for Source<'_> {
    fn eq(&self, other: &Self) -> bool {
        core::ptr::eq(self.watch, other.watch) && self.identity == other.identity
    }
}

impl<'a, T: Primitive> Watched<'a, T> {
    pub(super) fn new(value: T, watch: &'a Watch, step: Step) -> Self {
        let identity = watch.next(step);
        Self {
            value,
            source: Some(Source { watch, identity }),
        }
    }

    /// A number that depends on no input.
    pub fn constant(value: T) -> Self {
        Self {
            value,
            source: None,
        }
    }

    /// The plain float.
    pub fn value(self) -> T {
        self.value
    }

    /// Whether the number depends on no input.
    pub fn is_constant(&self) -> bool {
        self.source.is_none()
    }

    pub(super) fn watch(self) -> Option<&'a Watch> {
        self.source.map(|source| source.watch)
    }

    /// What is computed from this number, in a way that may bend.
    pub(super) fn made(self, value: T) -> Self {
        self.step(value, |identity| Step::Curved([identity; 2]))
    }

    /// What is computed from this number by a factor or a term.
    pub(super) fn made_linearly(self, value: T) -> Self {
        self.step(value, |identity| Step::Linear([identity; 2]))
    }

    fn step(self, value: T, step: impl FnOnce(usize) -> Step) -> Self {
        self.source.map_or(Self::constant(value), |source| {
            Self::new(value, source.watch, step(source.identity))
        })
    }

    /// What is computed from both, in a way that may bend.
    pub(super) fn made_with(self, other: Self, value: T) -> Self {
        self.joined(other, value, Join::Curved)
    }

    /// What is computed from both.
    pub(super) fn joined(self, other: Self, value: T, join: Join) -> Self {
        match (self.source, other.source) {
            (Some(left), Some(right)) => {
                let step = join.step([left.identity, right.identity]);
                Self::new(value, left.watch, step)
            }
            (Some(_), None) if join.is_linear_in_first() => self.made_linearly(value),
            (None, Some(_)) if join.is_linear_in_second() => other.made_linearly(value),
            (Some(_), None) => self.made(value),
            _ => other.made(value),
        }
    }

    /// Whether the pattern of a function is asked for, which holds at other points too: then nothing is left out for a slope
    /// of 0 at this one.
    pub(super) fn is_traced(self) -> bool {
        self.watch().is_some_and(Watch::is_tracing)
    }

    /// Tells of a decision that this number and another took part in.
    #[track_caller]
    pub(super) fn decide(self, other: Self, operation: &'static str, value: T, edge: T) {
        let Some(watch) = self.watch().or(other.watch()) else {
            return;
        };
        // Constants have no source, and are not one number for that.
        if self.source != other.source {
            watch.see(operation, to_f64(value), to_f64(edge));
        }
    }

    /// Tells of a decision of this number alone.
    #[track_caller]
    pub(super) fn decide_alone(self, operation: &'static str, edge: T) {
        self.decide(Self::constant(edge), operation, self.value, edge);
    }
}

impl<T: Primitive> Default for Watched<'_, T> {
    fn default() -> Self {
        Self::constant(T::zero())
    }
}

impl<T: Debug> Debug for Watched<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let name = if self.source.is_some() {
            "Watched"
        } else {
            "Constant"
        };
        f.debug_tuple(name).field(&self.value).finish()
    }
}

impl<T: Display> Display for Watched<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T: LowerExp> LowerExp for Watched<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}
