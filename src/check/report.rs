//! What a check has found, to be read at the terminal.

use alloc::vec::Vec;
use core::cmp::Ordering;
use core::fmt::{self, Display, Formatter};

use super::component::{Component, Finding, Verdict};

/// What is checked, and so how a component is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Derivative,
    Gradient,
    Jacobian,
    Hessian,
    /// Derivatives in rows, whatever they are.
    Matrix,
}

impl Subject {
    pub fn name(self) -> &'static str {
        match self {
            Self::Derivative => "derivative",
            Self::Gradient => "gradient",
            Self::Jacobian => "Jacobian",
            Self::Hessian => "Hessian",
            Self::Matrix => "matrix",
        }
    }
}

/// What a claim was compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oracle {
    Differences,
    Reference,
}

/// What a check has found: every claimed derivative beside what it was compared with.
///
/// It is an error too, so that a test may end in `report.into_result()?`.
///
/// # Examples
/// ```
/// use chainrule::check::{self, Verdict};
///
/// let report = check::derivative(|x: f64| (2.0 * x).sin(), |x| (2.0 * x).cos(), 0.5);
/// assert_eq!(report.verdict(), Verdict::Wrong);
/// assert_eq!(format!("{:.9}", report.worst().unwrap().relative_error()), "0.500000000");
/// let text = report.to_string();
/// assert!(text.starts_with("the derivative is wrong at 0.5\n"));
/// assert!(text.contains("a factor 2 is missing"));
/// ```
#[derive(Clone, Debug)]
pub struct Report {
    pub(super) subject: Subject,
    pub(super) oracle: Oracle,
    pub(super) point: Vec<f64>,
    pub(super) components: Vec<Component>,
}

impl Report {
    /// The worst that came of any component; [`Verdict::Unclear`] where there is none.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.worst().map_or(Verdict::Unclear, |worst| worst.verdict)
    }

    /// The component that is worst: wrong before unclear before right, among these the farthest off, or the least certain.
    #[must_use]
    pub fn worst(&self) -> Option<&Component> {
        self.components.iter().max_by(|a, b| badness(a, b))
    }

    /// Every component, row by row.
    ///
    /// # Examples
    /// ```
    /// use chainrule::check::{self, Verdict};
    ///
    /// let report = check::gradient(|[x, y]: [f64; 2]| x * y, |[x, y]| [y, -x], [2.0, 3.0]);
    /// let verdicts: Vec<_> = report.components().iter().map(|component| component.verdict).collect();
    /// assert_eq!(verdicts, [Verdict::Right, Verdict::Wrong]);
    /// ```
    #[must_use]
    pub fn components(&self) -> &[Component] {
        &self.components
    }

    /// The smallest relative mistake that would have shown in every component: how much the check is worth.
    ///
    /// Components where claim and expectation are 0 do not count.
    ///
    /// # Examples
    /// ```
    /// let report = chainrule::check::derivative(|x: f64| x.exp(), |x| x.exp(), 0.5);
    /// assert!(report.resolution() < 1e-9);
    /// ```
    #[must_use]
    pub fn resolution(&self) -> f64 {
        let resolutions = self.components.iter().map(Component::resolution);
        resolutions.fold(0.0, f64::max)
    }

    /// The report as a result: fine if all components are right.
    ///
    /// # Errors
    /// The report itself, if a component is wrong or unclear.
    ///
    /// # Examples
    /// ```
    /// use chainrule::check;
    /// assert!(check::derivative(|x: f64| x.exp(), |x| x.exp(), 0.5).into_result().is_ok());
    /// assert!(check::derivative(|x: f64| x.exp(), |x| -x.exp(), 0.5).into_result().is_err());
    /// ```
    pub fn into_result(self) -> Result<Self, Self> {
        match self.verdict() {
            Verdict::Right => Ok(self),
            Verdict::Unclear | Verdict::Wrong => Err(self),
        }
    }

    /// Demands that all components are right.
    ///
    /// # Panics
    /// If one is wrong or unclear, with the report.
    #[track_caller]
    pub fn assert(&self) {
        assert!(self.verdict() == Verdict::Right, "{self}");
    }

    /// Demands that no component is wrong: for points at random, which may lie at a kink or where the function is noisy.
    ///
    /// # Panics
    /// If one is wrong, with the report.
    ///
    /// # Examples
    /// ```
    /// use chainrule::check::{self, Verdict};
    ///
    /// // At the kink any slope from -1 to 1 is a convention.
    /// let report = check::derivative(|x: f64| x.abs(), |_| 0.0, 0.0);
    /// assert_eq!(report.verdict(), Verdict::Unclear);
    /// report.assert_plausible();
    /// ```
    #[track_caller]
    pub fn assert_plausible(&self) {
        assert!(self.verdict() != Verdict::Wrong, "{self}");
    }

    /// How a component is written in the user's code.
    fn name(&self, f: &mut Formatter<'_>, output: usize, input: usize) -> fmt::Result {
        let outputs = self.components.iter().map(|c| c.output).max();
        match self.subject {
            Subject::Derivative if outputs == Some(0) => write!(f, "derivative"),
            Subject::Derivative => write!(f, "derivative[{output}]"),
            Subject::Gradient => write!(f, "gradient[{input}]"),
            Subject::Jacobian => write!(f, "jacobian[{output}][{input}]"),
            Subject::Hessian => write!(f, "hessian[{output}][{input}]"),
            Subject::Matrix => write!(f, "[{output}][{input}]"),
        }
    }

    fn write_component(&self, f: &mut Formatter<'_>, component: &Component) -> fmt::Result {
        write!(f, "  ")?;
        self.name(f, component.output, component.input)?;
        write!(f, ": claimed {:?}", component.claimed)?;
        let is_kink = matches!(component.finding, Some(Finding::Kink { .. }));
        if !component.expected.is_nan() && !is_kink {
            let oracle = match self.oracle {
                Oracle::Differences => "differences say",
                Oracle::Reference => "the reference says",
            };
            write!(f, ", {oracle} ")?;
            write_uncertain(f, component.expected, component.uncertainty)?;
            let error = component.relative_error();
            if error > 0.0 && error.is_finite() {
                write!(
                    f,
                    " (relative error {error:.1e}, {:.1e} ulp)",
                    component.ulps
                )?;
            }
        }
        match component.finding {
            Some(finding) => {
                write!(f, ": ")?;
                self.write_finding(f, finding)
            }
            None => Ok(()),
        }
    }

    fn write_finding(&self, f: &mut Formatter<'_>, finding: Finding) -> fmt::Result {
        match finding {
            Finding::Kink { low, high } => {
                write!(f, "a kink, with slopes from ")?;
                write_rounded(f, low, 6)?;
                write!(f, " to ")?;
                write_rounded(f, high, 6)?;
                write!(f, "; between them any is a convention")
            }
            Finding::Jump => write!(f, "the function jumps here, or is too steep to tell"),
            Finding::Unbounded => write!(f, "the differences grow without bound"),
            Finding::Noise => write!(
                f,
                "too uncertain to tell; the function is noisy here, changes too fast, or does not depend on the input enough"
            ),
            Finding::Negligible => write!(f, "no difference can tell it from zero"),
            Finding::Outside => write!(f, "the function has no finite value here or next to it"),
            Finding::Sign => write!(f, "the sign is wrong"),
            Finding::Factor(factor) => write_factor(f, factor),
            Finding::Misplaced(output, input) => {
                write!(f, "expected at ")?;
                self.name(f, output, input)?;
                write!(f, "; exchanged?")
            }
            Finding::Missing => write!(f, "missing: the function does depend on this input"),
        }
    }
}

fn badness(a: &Component, b: &Component) -> Ordering {
    let size = |c: &Component| match c.verdict {
        Verdict::Unclear => c.resolution(),
        Verdict::Right | Verdict::Wrong => c.relative_error(),
    };
    a.verdict.cmp(&b.verdict).then(size(a).total_cmp(&size(b)))
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 5;
        let verdict = self.verdict();
        let outcome = match verdict {
            Verdict::Right => "right",
            Verdict::Unclear => "unclear",
            Verdict::Wrong => "wrong",
        };
        write!(f, "the {} is {outcome}", self.subject.name())?;
        let mut shown: Vec<_> = self
            .components
            .iter()
            .filter(|c| c.verdict == verdict)
            .collect();
        if self.components.len() > 1 {
            let (count, all) = (shown.len(), self.components.len());
            write!(f, " in {count} of {all} components")?;
        }
        write!(f, " at ")?;
        write_point(f, &self.point)?;
        shown.sort_by(|a, b| badness(b, a));
        let limit = if verdict == Verdict::Right { 1 } else { SHOWN };
        for component in shown.iter().take(limit) {
            writeln!(f)?;
            self.write_component(f, component)?;
        }
        match verdict {
            Verdict::Right if self.resolution() > 0.0 => write!(
                f,
                "\n  the farthest off; mistakes above {:.1e} of a derivative would have shown",
                self.resolution()
            ),
            _ if shown.len() > limit => write!(f, "\n  and {} more", shown.len() - limit),
            _ => Ok(()),
        }
    }
}

impl core::error::Error for Report {}

fn write_point(f: &mut Formatter<'_>, point: &[f64]) -> fmt::Result {
    const SHOWN: usize = 8;
    match point {
        [x] => write!(f, "{x:?}"),
        _ if point.len() <= SHOWN => write!(f, "{point:?}"),
        _ => {
            write!(f, "[")?;
            for x in &point[..SHOWN] {
                write!(f, "{x:?}, ")?;
            }
            write!(f, "..; {}]", point.len())
        }
    }
}

/// `2.00000 ± 3e-5`: as many digits as are known, and one more.
fn write_uncertain(f: &mut Formatter<'_>, value: f64, uncertainty: f64) -> fmt::Result {
    if uncertainty > 0.0 {
        let known = magnitude(value) - magnitude(uncertainty) + 2.0;
        write_rounded(f, value, known.clamp(1.0, 17.0) as usize)?;
        write!(f, " ± {uncertainty:.1e}")
    } else {
        write!(f, "{value:?}")
    }
}

fn write_rounded(f: &mut Formatter<'_>, value: f64, digits: usize) -> fmt::Result {
    if value == 0.0 || !value.is_finite() {
        return write!(f, "{value:?}");
    }
    let point = magnitude(value);
    if (-4.0..16.0).contains(&point) {
        let decimals = (digits as f64 - 1.0 - point).clamp(1.0, 20.0) as usize;
        write!(f, "{value:.decimals$}")
    } else {
        write!(f, "{value:.*e}", digits - 1)
    }
}

/// The power of ten below a number.
fn magnitude(x: f64) -> f64 {
    num_traits::Float::floor(num_traits::Float::log10(x.abs()))
}

fn write_factor(f: &mut Formatter<'_>, factor: f64) -> fmt::Result {
    let size = factor.abs();
    let degree = core::f64::consts::PI / 180.0;
    if size == degree {
        write!(f, "a factor 180/π is missing")?;
    } else if size == degree.recip() {
        write!(f, "a factor π/180 is missing")?;
    } else if size < 1.0 {
        let missing = num_traits::Float::round(size.recip());
        write!(f, "a factor {missing} is missing")?;
    } else {
        write!(f, "a factor {size} is too much")?;
    }
    if factor < 0.0 {
        write!(f, ", and the sign is wrong")?;
    }
    Ok(())
}
