//! One claimed derivative beside what it was compared with.

/// What came of a comparison, from good to bad.
///
/// # Examples
/// ```
/// use chainrule::check::{self, Verdict};
///
/// let verdict = |claimed| check::derivative(f64::abs, |_| claimed, 0.0_f64).verdict();
/// assert_eq!(verdict(0.5), Verdict::Unclear);
/// assert_eq!(verdict(2.0), Verdict::Wrong);
/// assert!(Verdict::Right < Verdict::Unclear && Verdict::Unclear < Verdict::Wrong);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The claim agrees, and a mistake would have shown.
    Right,
    /// The comparison cannot tell.
    Unclear,
    /// The claim disagrees by more than the comparison can be off.
    Wrong,
}

/// What a comparison met with: at the point, or in the claim.
///
/// # Examples
/// ```
/// use chainrule::check::{self, Finding};
///
/// let finding = |claimed| check::derivative(|x: f64| x * x, |_| claimed, 3.0).components()[0].finding;
/// assert_eq!(finding(6.0), None);
/// assert_eq!(finding(-6.0), Some(Finding::Sign));
/// assert_eq!(finding(3.0), Some(Finding::Factor(0.5)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Finding {
    /// The derivatives on the sides of the point differ: a kink. They lie between these two.
    Kink {
        /// The smallest.
        low: f64,
        /// The largest.
        high: f64,
    },
    /// The differences grow as fast as steps shrink, or faster: a jump, or what is too steep for the smallest step.
    Jump,
    /// The differences grow without bound, but slower than at a jump.
    Unbounded,
    /// The differences are too uncertain: the function is noisy, or changes too fast.
    Noise,
    /// The derivative moves the value by no more than rounding does: it is zero or next to it, and no difference can tell more.
    Negligible,
    /// The function has no finite value here, or none a step away.
    Outside,
    /// The claim is what is expected with the other sign.
    Sign,
    /// The claim is this multiple of what is expected.
    Factor(f64),
    /// The claim is expected at this other place (output, input).
    Misplaced(usize, usize),
    /// The claim is zero, and the derivative is not.
    Missing,
}

/// One claimed derivative, and what it was compared with.
///
/// # Examples
/// ```
/// use chainrule::check;
///
/// let report = check::gradient(|[x, y]: [f64; 2]| x * y, |[x, y]| [y, x], [2.0, 3.0]);
/// let second = report.components()[1];
/// assert_eq!((second.output, second.input, second.claimed), (0, 1, 2.0));
/// assert!((second.expected - 2.0).abs() <= 10.0 * second.uncertainty);
/// assert!(second.resolution() < 1e-8 && second.relative_error() < 1e-8);
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Component {
    /// The output, or the row of a Hessian.
    pub output: usize,
    /// The input, or the column.
    pub input: usize,
    /// The derivative under test.
    pub claimed: f64,
    /// The derivative that it was compared with; NaN if there is none.
    pub expected: f64,
    /// How far `expected` may be off. Ten times as far, claims are not called wrong.
    pub uncertainty: f64,
    /// The distance from `claimed` to `expected`, in units in the last place of the latter.
    pub ulps: f64,
    /// What came of it.
    pub verdict: Verdict,
    /// What else is known.
    pub finding: Option<Finding>,
}

impl Component {
    /// The distance from `claimed` to `expected`, relative to the latter; infinite if it is zero and the claim is not, or if
    /// either is no number.
    #[must_use]
    pub fn relative_error(&self) -> f64 {
        if self.claimed == self.expected {
            return 0.0;
        }
        let error = (self.claimed - self.expected).abs() / self.expected.abs();
        if error.is_nan() { f64::INFINITY } else { error }
    }

    /// Mistakes smaller than this, relative to the larger of claim and expectation, cannot be seen; 0 where both are 0.
    #[must_use]
    pub fn resolution(&self) -> f64 {
        let size = self.claimed.abs().max(self.expected.abs());
        if size == 0.0 {
            return 0.0;
        }
        let resolution = super::ladder::SAFETY * self.uncertainty / size;
        if resolution.is_nan() {
            f64::INFINITY
        } else {
            resolution
        }
    }
}
