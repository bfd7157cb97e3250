//! Patterns from one run over tracing numbers.

use alloc::vec::Vec;

use super::Pattern;
use crate::rules::Primitive;
use crate::watch::trace::Step;
use crate::watch::{Watch, Watched};

/// Where the Jacobian of `f` can be other than zero: which of the `outputs` depends on which input.
///
/// `f` is run once, at `x`, over numbers that remember what they are made of; time and memory are those of the operations it does. It is
/// told where the pattern holds in the [module's documentation](super#what-a-pattern-holds-for).
///
/// # Examples
/// ```
/// use chainrule::sparse::jacobian_pattern;
///
/// let pattern = jacobian_pattern(|x, out| { out[0] = x[0] * x[2]; out[1] = x[1].sin(); }, &[0.0, 1.0, 0.0], 2);
/// assert_eq!(pattern.to_string(), "× · ×\n· × ·\n");
/// ```
pub fn jacobian_pattern<T: Primitive>(
    f: impl for<'a> FnOnce(&[Watched<'a, T>], &mut [Watched<'a, T>]),
    x: &[T],
    outputs: usize,
) -> Pattern {
    let watch = Watch::tracing();
    let roots: Vec<_> = {
        let point: Vec<_> = x.iter().map(|&x| watch.variable(x)).collect();
        let mut values = alloc::vec![Watched::constant(T::zero()); outputs];
        f(&point, &mut values);
        values.iter().map(Watched::identity).collect()
    };
    let mut trace = Trace::new(watch, x.len());
    let rows = roots.into_iter().map(|root| trace.inputs_of(root));
    Pattern::new(x.len(), rows)
}

/// Where the Hessian of `f` can be other than zero: which inputs meet in an operation that bends.
///
/// As [`jacobian_pattern`], and symmetric. Sums, and products with constants, do not bend.
///
/// # Examples
/// ```
/// use chainrule::sparse::hessian_pattern;
///
/// let pattern = hessian_pattern(|x| x[0] * x[1] + x[1].exp() + x[2], &[0.0; 3]);
/// assert_eq!(pattern.to_string(), "· × ·\n× × ·\n· · ·\n");
/// ```
pub fn hessian_pattern<T: Primitive>(
    f: impl for<'a> FnOnce(&[Watched<'a, T>]) -> Watched<'a, T>,
    x: &[T],
) -> Pattern {
    let watch = Watch::tracing();
    let root = {
        let point: Vec<_> = x.iter().map(|&x| watch.variable(x)).collect();
        f(&point).identity()
    };
    let mut trace = Trace::new(watch, x.len());
    let mut rows = alloc::vec![Vec::new(); x.len()];
    for step in trace.steps_of(root) {
        let (left, right) = match trace.steps[step] {
            Step::Input | Step::Linear(_) => continue,
            Step::Product([a, b]) => (trace.inputs_of(Some(a)), trace.inputs_of(Some(b))),
            Step::Quotient([a, b]) => {
                let divisor = trace.inputs_of(Some(b));
                (trace.inputs_of_both([a, b]), divisor)
            }
            Step::Curved(both) => {
                let both = trace.inputs_of_both(both);
                (both.clone(), both)
            }
        };
        for &i in &left {
            for &j in &right {
                rows[i].push(j);
                rows[j].push(i);
            }
        }
    }
    Pattern::new(x.len(), rows)
}

/// The steps of a run. The inputs come first.
struct Trace {
    steps: Vec<Step>,
    inputs: usize,
    /// In which walk a step was met last.
    met: Vec<usize>,
    walk: usize,
}

impl Trace {
    fn new(watch: Watch, inputs: usize) -> Self {
        let steps = watch.into_steps();
        Self {
            met: alloc::vec![0; steps.len()],
            steps,
            inputs,
            walk: 0,
        }
    }

    /// All steps that this one is made of, and itself.
    fn steps_of(&mut self, root: Option<usize>) -> Vec<usize> {
        self.walk += 1;
        let (mut found, mut open) = (Vec::new(), Vec::from_iter(root));
        while let Some(step) = open.pop() {
            if core::mem::replace(&mut self.met[step], self.walk) == self.walk {
                continue;
            }
            found.push(step);
            match self.steps[step] {
                Step::Input => {}
                Step::Linear(of) | Step::Curved(of) | Step::Product(of) | Step::Quotient(of) => {
                    open.extend(of);
                }
            }
        }
        found
    }

    /// The inputs that it is made of.
    fn inputs_of(&mut self, root: Option<usize>) -> Vec<usize> {
        let mut found = self.steps_of(root);
        found.retain(|&step| step < self.inputs);
        found
    }

    fn inputs_of_both(&mut self, [a, b]: [usize; 2]) -> Vec<usize> {
        let mut found = self.inputs_of(Some(a));
        if a != b {
            found.extend(self.inputs_of(Some(b)));
            found.sort_unstable();
            found.dedup();
        }
        found
    }
}
