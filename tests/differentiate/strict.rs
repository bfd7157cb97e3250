//! Users may deny whatever they like: the generated code keeps quiet.
#![deny(
    warnings,
    missing_docs,
    unused,
    unreachable_pub,
    nonstandard_style,
    clippy::all,
    clippy::pedantic
)]

#[chainrule::differentiate]
#[must_use]
#[inline]
pub(crate) fn documented(x: f64, ys: &[f64]) -> f64 {
    let mut y = x;
    y += ys[0];
    y
}

#[test]
fn it_compiles_under_strict_lints() {
    assert_eq!(documented::gradient(1.0, &[2.0]), (1.0, vec![1.0]));
}
