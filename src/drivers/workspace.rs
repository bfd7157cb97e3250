//! Reusable scratch for the slice drivers.

use alloc::vec::Vec;

use super::tape::Tape;
use crate::rules::Scalar;
use crate::{Dual, HyperDual, Jet};

/// How many directions a slice driver carries in one pass.
///
/// It is in the type of the numbers that a closure gets, for code that must name it.
///
/// # Examples
/// ```
/// use chainrule::{CHUNK, Dual, gradient_into};
///
/// fn sum_of_squares(x: &[Dual<f64, CHUNK>]) -> Dual<f64, CHUNK> {
///     x.iter().map(|x| x * x).sum()
/// }
/// let mut gradient = [0.0; 3];
/// gradient_into(sum_of_squares, &[1.0, 2.0, 3.0], &mut gradient);
/// assert_eq!(gradient, [2.0, 4.0, 6.0]);
/// ```
pub const CHUNK: usize = 8;

/// Scratch memory for the `_with` drivers: after the first call of a size, no further call allocates.
///
/// What it holds grows with the inputs, `n` of them, and not with the work. Drivers of closures: a number with its tangents for
/// each input, `9 n` floats for a gradient. Functions of `#[differentiate]` with a compiled gradient: what rounds of loops leave
/// for the reverse sweep, where that cannot be read again and does not fit into the slopes that are yet to be found. So a sum
/// over the inputs, Rosenbrock's function, a product and the loss of a regression leave nothing, a recurrence
/// `s = (s * x[i]).sin()` one float a round. Where the number of rounds is known only when they are over, the stack that they
/// leave it on may be twice as long. `hvp` holds two numbers of two floats for each input besides, and whatever is kept
/// twice as wide. Where dual numbers must be asked, it holds what they need as well.
///
/// # Examples
/// ```
/// use chainrule::{Workspace, gradient_into_with};
/// let (mut workspace, mut gradient) = (Workspace::new(), [0.0; 3]);
/// let value = gradient_into_with(|x| x[0] * x[1] + x[2], &[2.0, 3.0, 4.0], &mut gradient, &mut workspace);
/// assert_eq!((value, gradient), (10.0, [3.0, 2.0, 1.0]));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Workspace<T> {
    pub(super) chunk: Vec<Dual<T, CHUNK>>,
    pub(super) outputs: Vec<Dual<T, CHUNK>>,
    pub(super) direction: Vec<Dual<T>>,
    pub(super) hyper: Vec<HyperDual<T>>,
    pub(super) jets: Vec<Jet<T, CHUNK>>,
    pub(super) slopes: Vec<Dual<T>>,
    pub(super) tape: Tape<T>,
    pub(super) direction_tape: Tape<Dual<T>>,
    pub(super) chunk_tape: Tape<Dual<T, CHUNK>>,
}

impl<T: Scalar> Workspace<T> {
    /// An empty workspace; it grows on first use.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            chunk: Vec::new(),
            outputs: Vec::new(),
            direction: Vec::new(),
            hyper: Vec::new(),
            jets: Vec::new(),
            slopes: Vec::new(),
            tape: Tape::new(),
            direction_tape: Tape::new(),
            chunk_tape: Tape::new(),
        }
    }
}
