//! Solvers and derivatives of solutions. Oracles: solutions known in closed form or chosen beforehand, roots and minima from the
//! literature (Moré, Garbow, Hillstrom, "Testing unconstrained optimization software", 1981), and messages by their words.

// Written as the formulas are, index by index.
#![allow(clippy::needless_range_loop)]

mod errors;
mod implicit;
mod least_squares;
mod linear;
mod minimize;
mod root;

/// Fails unless the numbers agree to so many parts of the greater.
#[track_caller]
fn assert_close(found: f64, expected: f64, tolerance: f64) {
    let scale = expected.abs().max(f64::MIN_POSITIVE);
    assert!(
        (found - expected).abs() <= tolerance * scale,
        "{found:e} is not {expected:e}"
    );
}

/// Pseudorandom numbers between -1 and 1 (Knuth's MMIX generator).
fn random(seed: u64) -> impl Iterator<Item = f64> {
    std::iter::successors(Some(seed), |state| {
        Some(
            state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407),
        )
    })
    .skip(1)
    .map(|state| (state >> 11) as f64 / (1_u64 << 52) as f64 - 1.0)
}
