//! The names that the attribute knows, against the rules table.

use chainrule::{RULES, differentiate};

/// Operators have rules too; they are no names in a program.
const OPERATORS: [&str; 2] = ["div", "rem"];

const VOCABULARY: &[&str] = chainrule::__private::vocabulary!();

#[test]
fn every_rule_is_in_the_vocabulary() {
    for rule in RULES.iter().filter(|rule| !OPERATORS.contains(&rule.name)) {
        assert!(
            VOCABULARY.contains(&rule.name),
            "add `{}` to derive/src/vocabulary.rs",
            rule.name
        );
    }
}

#[test]
fn every_word_has_a_rule() {
    for name in VOCABULARY {
        assert!(
            RULES.iter().any(|rule| rule.name == *name),
            "add a row for `{name}` to src/rules"
        );
    }
}

#[differentiate]
fn in_both_forms(x: f64, y: f64) -> f64 {
    let (s, c) = x.sin_cos();
    let (t, _) = f64::sin_cos(y);
    s * 2.0_f64.powf(y) + c.atan2(0.5) + f64::hypot(3.0, x) - t.mul_add(2.0, x).clamp(-1.0, y)
        + f64::max(x, 0.0).min(y.abs())
        + f64::from(x).powi(-2)
        + y.log(10.0).copysign(-1.0).rem_euclid(x)
}

#[test]
fn methods_and_paths_are_the_same() {
    use chainrule::Dual;
    let number = |[x, y]: [Dual<f64, 2>; 2]| {
        let (s, c) = x.sin_cos();
        let (t, _) = y.sin_cos();
        let constant = |value: f64| Dual::<f64, 2>::constant(value);
        s * constant(2.0).powf(y) + c.atan2(constant(0.5)) + constant(3.0).hypot(x)
            - t.mul_add(constant(2.0), x).clamp(constant(-1.0), y)
            + x.max(constant(0.0)).min(y.abs())
            + x.powi(-2)
            + y.log(constant(10.0)).copysign(constant(-1.0)).rem_euclid(x)
    };
    for (x, y) in [(0.7, 1.9), (2.5, 0.3), (0.1, 3.0)] {
        assert_eq!(
            in_both_forms::value_and_gradient(x, y),
            chainrule::value_and_gradient(number, [x, y])
        );
        assert_eq!(
            in_both_forms(x, y),
            in_both_forms::value_and_gradient(x, y).0
        );
    }
}

#[test]
fn predicates_and_orders_look_at_the_value() {
    use std::cmp::Ordering;
    #[differentiate]
    fn chosen(x: f64, y: f64) -> f64 {
        if x.is_nan() || !y.is_finite() || f64::is_sign_negative(y) {
            return 0.0;
        }
        match x.partial_cmp(&y) {
            Some(Ordering::Less) => y * y,
            Some(Ordering::Equal) if 1.0_f64.total_cmp(&x).is_eq() => 7.0,
            _ => x * x,
        }
    }
    assert_eq!(chosen::gradient(2.0, 3.0), [0.0, 6.0]);
    assert_eq!(chosen::gradient(3.0, 2.0), [6.0, 0.0]);
    assert_eq!(chosen::value_and_gradient(1.0, 1.0), (7.0, [0.0, 0.0]));
    assert_eq!(chosen::value_and_gradient(f64::NAN, 1.0), (0.0, [0.0, 0.0]));
}
