//! Oracle: the text written out by hand.

use chainrule::{Dual, HyperDual, Jet};

#[test]
fn display_writes_value_and_slope() {
    assert_eq!(Dual::new(2.0, [1.5]).to_string(), "2 + 1.5ε");
    assert_eq!(Dual::new(2.0_f32, [0.1]).to_string(), "2 + 0.1ε");
    assert_eq!(Dual::new(-0.5, [0.0]).to_string(), "-0.5 + 0ε");
}

#[test]
fn precision_holds_for_every_part() {
    assert_eq!(format!("{:.3}", Dual::new(2.0, [1.5])), "2.000 + 1.500ε");
    assert_eq!(
        format!("{:.3}", Dual::new(2.0, [1.5, 0.0])),
        "2.000 + [1.500, 0.000]ε"
    );
    assert_eq!(
        format!("{:.1}", HyperDual::new(1.0, 2.0, 3.0, 4.0)),
        "1.0 + 2.0ε1 + 3.0ε2 + 4.0ε1ε2"
    );
}

#[test]
fn a_negative_slope_has_a_minus_sign() {
    assert_eq!(format!("{:.1}", Dual::new(2.0, [-1.5])), "2.0 - 1.5ε");
    assert_eq!(
        format!("{:.1}", HyperDual::new(-1.0, -2.0, 3.0, -4.0)),
        "-1.0 - 2.0ε1 + 3.0ε2 - 4.0ε1ε2"
    );
    assert_eq!(
        format!("{:.1}", Dual::new(2.0, [-1.5, 0.5])),
        "2.0 + [-1.5, 0.5]ε"
    );
    assert_eq!(Dual::new(0.0, [f64::NEG_INFINITY]).to_string(), "0 - infε");
    assert_eq!(Dual::new(0.0, [f64::NAN]).to_string(), "0 + NaNε");
}

#[test]
fn exponents_are_written_with_precision_and_sign() {
    assert_eq!(
        format!("{:e}", Dual::new(1500.0, [-0.25])),
        "1.5e3 - 2.5e-1ε"
    );
    assert_eq!(
        format!("{:.2e}", Dual::new(1500.0, [0.25, -1.0])),
        "1.50e3 + [2.50e-1, -1.00e0]ε"
    );
    assert_eq!(
        format!("{:.1e}", HyperDual::new(1.0, 2.0, -3.0, 4.0)),
        "1.0e0 + 2.0e0ε1 - 3.0e0ε2 + 4.0e0ε1ε2"
    );
}

#[test]
fn the_plus_flag_marks_the_value() {
    let x = Dual::new(2.0, [1.5]);
    assert_eq!(format!("{x:+}"), "+2 + 1.5ε");
    assert_eq!(format!("{x:+.1}"), "+2.0 + 1.5ε");
    assert_eq!(format!("{x:+6.1}"), "  +2.0 +    1.5ε");
    assert_eq!(format!("{x:+06}"), "+00002 + 0001.5ε");
    assert_eq!(format!("{x:+7}"), "     +2 +     1.5ε");
    assert_eq!(format!("{x:+06.1}"), "+002.0 + 0001.5ε");
    assert_eq!(format!("{x:+.1e}"), "+2.0e0 + 1.5e0ε");
    assert_eq!(format!("{:+}", Dual::new(-2.0, [-1.5])), "-2 - 1.5ε");
    assert_eq!(
        format!("{:+.1}", HyperDual::new(1.0, 2.0, -3.0, 4.0)),
        "+1.0 + 2.0ε1 - 3.0ε2 + 4.0ε1ε2"
    );
    // In brackets no operator has said the sign.
    assert_eq!(
        format!("{:+}", Dual::new(2.0, [1.5, -0.5])),
        "+2 + [+1.5, -0.5]ε"
    );
    let nested = Dual::new(Dual::new(2.0, [1.0]), [Dual::new(1.0, [0.5])]);
    assert_eq!(format!("{nested:+}"), "(+2 + 1ε) + (+1 + 0.5ε)ε");
}

#[test]
fn nested_numbers_stand_in_parentheses() {
    let x = Dual::new(Dual::new(2.0, [1.0]), [Dual::new(-0.5, [0.0])]);
    assert_eq!(format!("{x:.1}"), "(2.0 + 1.0ε) + (-0.5 + 0.0ε)ε");
    let x = Dual::new(HyperDual::constant(1.0), [HyperDual::constant(2.0)]);
    assert_eq!(
        x.to_string(),
        "(1 + 0ε1 + 0ε2 + 0ε1ε2) + (2 + 0ε1 + 0ε2 + 0ε1ε2)ε"
    );
}

#[test]
fn jets_show_gradient_and_hessian() {
    let x = Jet::new(1.0, [2.0, -3.0], [[4.0, 5.0], [5.0, 6.0]]);
    assert_eq!(
        format!("{x:.1}"),
        "1.0 + [2.0, -3.0]ε + [[4.0, 5.0], [5.0, 6.0]]ε²/2"
    );
}
