//! Oracle: central differences of the same programs, interpreted in about 31 digits.

use chainrule_random_programs::{FIXED, POINTS, check_all, fixed_source};

// Compared with what the generator writes, character by character.
#[rustfmt::skip]
mod programs;

#[test]
fn programs_agree_with_the_oracle() {
    let report = check_all(programs::CASES, "", POINTS);
    assert!(
        report.disagreements.is_empty(),
        "{}",
        report.disagreements.join("\n")
    );
    // An oracle that skips everything finds nothing.
    let count = |name: &str| report.counts.get(name).copied().unwrap_or(0);
    assert_eq!(count("programs"), FIXED as usize);
    assert_eq!(count("points"), FIXED as usize * POINTS);
    for (name, least) in [
        ("values equal to the interpreter's", 1_795),
        ("values of ways equal in bits", 6_600),
        ("gradient entries equal to the oracle's", 27_500),
        ("gradient entries equal among ways", 21_000),
        ("Hessian entries equal to the oracle's", 4_300),
        ("Hessian entries equal among ways", 2_400),
        ("gradients compiled", 83),
        ("Jacobians compiled", 21),
    ] {
        assert!(count(name) >= least, "only {} {name}", count(name));
    }
}

#[test]
fn the_generator_writes_these_programs() {
    // Of 35,000 lines a failure shall show the first that differs.
    let (checked_in, anew) = (include_str!("programs.rs"), fixed_source());
    let first = checked_in.lines().zip(anew.lines()).find(|(a, b)| a != b);
    assert_eq!(
        first, None,
        "`cargo run --release -- fixed` writes them anew"
    );
    assert_eq!(checked_in.len(), anew.len());
}
