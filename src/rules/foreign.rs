//! Functions whose rule stands in the user's code: a value and partial derivatives, each a function of plain floats.

/// Which derivative of a foreign function is meant, by the positions of the arguments it is taken by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Partial {
    /// None.
    Value,
    /// By one argument.
    First(usize),
    /// By two, or twice by one. The lesser position first: the order of differentiation does not matter.
    Second(usize, usize),
}

impl Partial {
    /// The derivative of it by one argument more.
    #[inline]
    pub fn by(self, argument: usize) -> Self {
        match self {
            Self::Value => Self::First(argument),
            Self::First(other) => Self::Second(argument.min(other), argument.max(other)),
            // Generated code compares the number's order with what is given before it comes here.
            Self::Second(..) => unreachable!("a foreign function has two orders of derivatives"),
        }
    }
}
