//! The page of the documentation: `docs/accuracy.md`.

use crate::bounds::{BOUNDS, EXCEPTIONS, SUBNORMAL_BOUND};
use crate::measure::{Errors, Subject};
use crate::num_duals::THEIRS;
use crate::report::ulps;
use crate::ways::NESTED;

const HEAD: &str = "\
How far derivatives are off, in units in the last place (ulp) of the true derivative. Written by `accuracy/run --write`.

A reference is a difference quotient of the function's value, taken with so many bits (256, 512, ... 16384) that twice as many
change nothing in the first 90; no derivative formula stands behind it, and 7563 references agree with mpmath's to 86 bits. Each function is measured at thousands of points: the ordinary range, sizes from the smallest subnormal
to the largest float, floats and small distances beside every end of its domain, its zeros, its poles, the ends of the range of floats and
the places where a formula changes.

";

const BOUNDS_HEAD: &str = "\
# Bounds

They hold for `Dual`, `HyperDual`, `Jet` and what `#[differentiate]` writes, compiled and not, and for values and first derivatives of `Dual<Dual>`; in `f64`, and in
`f32` in its own ulps. The values of all other functions are `f64`'s and `f32`'s, bit for bit. The functions of the feature `special` have bounds of their own, in the
documentation of the trait `Special`; `cargo test --test special` holds them.

";

const EXCEPTIONS_HEAD: &str = "
The exceptions, most of them next to a derivative's own zero, where terms cancel:

";

const TABLE_HEAD: &str = "
# Measured

The largest error and, in brackets, the 99th percentile; of the worst of the ways above. The last two columns are num-dual 0.15.1 in `f64` at the same points. ∞ is NaN
or infinity where the truth is a float; about 5e15 is a zero or a number with no right digit. Points where the truth is too large for a float must give an infinity here,
and are left out of the figures. An empty cell: the crate has no such function. num-dual computes `hypot` by `(x*x + y*y).sqrt()`, `log` by `x.ln() / y.ln()`, `powf` by `powd` and `sinc` by `sph_j0`.

| function | first | second | first, `f32` | second, `f32` | first, num-dual | second, num-dual |
|---|---|---|---|---|---|---|
";

const VALUES_HEAD: &str = "
Values of the functions that are this crate's own:

| function | `f64` | `f32` |
|---|---|---|
";

const NESTED_HEAD: &str = "
# Second derivatives of nested numbers

`Dual<Dual<f64>>` differentiates the formula of the first derivative, and no bound holds: terms may cancel, and leave the range of floats before the result
does. In ulps of the result, and in ulps of the larger of the result and the first derivative over the argument (or 1): the size of what cancels. For second derivatives
take `HyperDual` or `Jet`.

| function | of the result | of what cancels |
|---|---|---|
";

const OTHERS: &str = "
# Others

Not measured by this command, but against multi-precision references when this crate was planned (30,000 points a function): `asin'` is 1.5e7 ulp off near 1 in six of seven
libraries; the logistic function's derivative is 0 above 37 in PyTorch and JAX, which compute `s (1 - s)`; `1 - tanh² x` has no right digit above 19; `atan2` and `hypot`
by `x² + y²` leave the range at 13 to 29 % of inputs of all sizes.
";

pub fn page(subjects: &[[Subject; 2]]) -> String {
    let mut page = String::from(HEAD) + BOUNDS_HEAD;
    let [one, two] = BOUNDS;
    page += "| | one argument | two arguments |\n|---|---|---|\n";
    for (order, name) in ["value, where it is this crate's own", "first", "second"]
        .iter()
        .enumerate()
    {
        page += &format!("| {name} | {} ulp | {} ulp |\n", one[order], two[order]);
    }
    page +=
        &format!("\nA subnormal result is at most {SUBNORMAL_BOUND} of the smallest floats off.\n");
    page += EXCEPTIONS_HEAD;
    for exception in EXCEPTIONS {
        let parts = exception.parts.join(" and ");
        page += &format!("- `{}`, {parts}: {}\n", exception.rule, exception.why);
    }
    page += TABLE_HEAD;
    for [double, single] in subjects {
        let cells = [
            worst(double, 1),
            worst(double, 2),
            worst(single, 1),
            worst(single, 2),
            theirs(double, 1),
            theirs(double, 2),
        ];
        page += &format!("| `{}` | {} |\n", double.rule, cells.join(" | "));
    }
    page += VALUES_HEAD;
    for [double, single] in subjects {
        if crate::bounds::is_own(double.rule) {
            page += &format!(
                "| `{}` | {} | {} |\n",
                double.rule,
                worst(double, 0),
                worst(single, 0)
            );
        }
    }
    page += NESTED_HEAD;
    for [double, _] in subjects {
        let nested = double.ways.iter().find(|way| way.way == NESTED);
        let nested = nested.expect("a way of nested numbers");
        if nested.cancelling.count() > 0 {
            let (plain, cancelling) = (cell([&nested.orders[2]]), cell([&nested.cancelling]));
            page += &format!("| `{}` | {plain} | {cancelling} |\n", double.rule);
        }
    }
    page + OTHERS
}

/// The worst of the ways that have bounds.
fn worst(subject: &Subject, order: usize) -> String {
    let ways = subject
        .ways
        .iter()
        .filter(|way| way.way != THEIRS && way.is_bounded(order));
    cell(ways.map(|way| &way.orders[order]))
}

fn theirs(subject: &Subject, order: usize) -> String {
    let ways = subject.ways.iter().filter(|way| way.way == THEIRS);
    cell(ways.map(|way| &way.orders[order]))
}

fn cell<'a>(errors: impl IntoIterator<Item = &'a Errors>) -> String {
    let worst = errors
        .into_iter()
        .fold((None, None), |(max, percentile), errors| {
            let larger = |a: Option<f64>, b: Option<f64>| if b > a { b } else { a };
            (
                larger(max, errors.max()),
                larger(percentile, errors.percentile_99()),
            )
        });
    match worst {
        (None, _) => String::new(),
        (max, percentile) => format!("{} ({})", ulps(max), ulps(percentile)),
    }
}
