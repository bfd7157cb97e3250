//! How numbers are made of others: what the patterns of Jacobians and Hessians are read from.

use super::Watched;
use crate::rules::Primitive;

/// How a number was made of others, by their identities.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    Input,
    /// By sums, factors and choices: no second derivative.
    Linear([usize; 2]),
    /// With all second derivatives.
    Curved([usize; 2]),
    /// With a second derivative by one and the other.
    Product([usize; 2]),
    /// With a second derivative by one and the other, and by the second twice.
    Quotient([usize; 2]),
}

/// How two numbers make one.
#[derive(Clone, Copy)]
pub(super) enum Join {
    Sum,
    Product,
    Quotient,
    Curved,
}

impl Join {
    pub fn step(self, of: [usize; 2]) -> Step {
        match self {
            Self::Sum => Step::Linear(of),
            Self::Product => Step::Product(of),
            Self::Quotient => Step::Quotient(of),
            Self::Curved => Step::Curved(of),
        }
    }

    /// Where the second number is constant.
    pub fn is_linear_in_first(self) -> bool {
        !matches!(self, Self::Curved)
    }

    /// Where the first number is constant.
    pub fn is_linear_in_second(self) -> bool {
        matches!(self, Self::Sum | Self::Product)
    }
}

impl<T: Primitive> Watched<'_, T> {
    /// The step that made this number; constants have none.
    pub(crate) fn identity(&self) -> Option<usize> {
        self.source.map(|source| source.identity)
    }
}
