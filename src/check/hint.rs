//! What kind of mistake a wrong derivative looks like.

use super::component::{Component, Finding, Verdict};

/// The first mistake of the usual ones that explains the claim.
pub fn hint(wrong: &Component, all: &[Component]) -> Option<Finding> {
    let Component {
        claimed, expected, ..
    } = *wrong;
    if !claimed.is_finite() || !expected.is_finite() || expected == 0.0 {
        return None;
    }
    if claimed == 0.0 {
        return Some(Finding::Missing);
    }
    if is_close(claimed, -expected, wrong) {
        return Some(Finding::Sign);
    }
    let other = all.iter().find(|other| {
        let is_elsewhere = (other.output, other.input) != (wrong.output, wrong.input);
        is_elsewhere && other.verdict == Verdict::Wrong && is_close(claimed, other.expected, other)
    });
    if let Some(other) = other {
        return Some(Finding::Misplaced(other.output, other.input));
    }
    let degree = core::f64::consts::PI / 180.0;
    let whole = (2..=10).map(f64::from);
    let factors = whole
        .flat_map(|factor| [factor, 1.0 / factor])
        .chain([degree, 1.0 / degree]);
    factors
        .flat_map(|factor| [factor, -factor])
        .find(|factor| is_close(claimed, factor * expected, wrong))
        .map(Finding::Factor)
}

/// Whether the claim is the number, as far as the comparison can tell.
fn is_close(claimed: f64, number: f64, compared: &Component) -> bool {
    let resolution = compared.resolution().max(1e-9);
    resolution < 1e-3 && (claimed - number).abs() <= resolution * number.abs()
}
