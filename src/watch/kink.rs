//! What has been seen.

use alloc::vec::Vec;
use core::fmt::{self, Display, Formatter};
use core::ops::Deref;
use core::panic::Location;

/// A place in the source at which a decision fell on a kink, or next to it.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Kink {
    /// The operator or method.
    pub operation: &'static str,
    /// What it was applied to, the first time.
    pub value: f64,
    /// Where its kink lies: what `value` was compared with, or an edge of the function.
    pub edge: f64,
    /// Where it stands in the source.
    pub place: &'static Location<'static>,
    /// How often it was met there.
    pub count: usize,
}

impl Display for Kink {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            value,
            edge,
            place,
            count,
        } = self;
        let is_comparison = operation.starts_with(['<', '>', '=', '!']);
        if is_comparison || value != edge {
            write!(f, "`{operation}` of {value:?} and {edge:?}, at {place}")?;
        } else {
            write!(f, "`{operation}` at its kink {edge:?}, at {place}")?;
        }
        if *count > 1 {
            write!(f, ", {count} times")?;
        }
        Ok(())
    }
}

/// All kinks that were met, each place once: a list, to be read at the terminal.
///
/// # Examples
/// ```
/// use chainrule::watch;
///
/// let kinks = watch::kinks(|[x]| (x - 1.0).max(x * 0.0), [1.5]);
/// assert!(kinks.is_empty(), "{kinks}");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Kinks(Vec<Kink>);

impl Kinks {
    pub(super) fn new(kinks: Vec<Kink>) -> Self {
        Self(kinks)
    }
}

impl Deref for Kinks {
    type Target = [Kink];
    fn deref(&self) -> &[Kink] {
        &self.0
    }
}

impl IntoIterator for Kinks {
    type Item = Kink;
    type IntoIter = alloc::vec::IntoIter<Kink>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Display for Kinks {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.0[..] {
            [] => write!(f, "no kinks"),
            [kink] => write!(f, "a kink: {kink}"),
            kinks => {
                write!(f, "{} kinks:", kinks.len())?;
                kinks.iter().try_for_each(|kink| write!(f, "\n  {kink}"))
            }
        }
    }
}
