//! Test problems; each file in `tests/` drives one foreign crate with them, and compares with answers that are known from elsewhere.

pub mod problems;

/// To so much in each number.
#[track_caller]
pub fn assert_near(found: &[f64], expected: &[f64], tolerance: f64) {
    let far = found
        .iter()
        .zip(expected)
        .any(|(a, b)| (a - b).abs() > tolerance);
    assert!(
        !far && found.len() == expected.len(),
        "{found:?} is not {expected:?}"
    );
}
