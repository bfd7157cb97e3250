//! What the reports say, word for word where it is short.

use std::error::Error;

use chainrule::check;

#[test]
fn a_mistake_in_one_component() {
    let f = |[x, y, z]: [f64; 3]| x + y * y + z;
    let report = check::gradient(f, |[_, y, _]| [1.0, y, 1.0], [0.5, 1.0, 2.0]);
    let text = report.to_string();
    let mut lines = text.lines();
    assert_eq!(
        lines.next(),
        Some("the gradient is wrong in 1 of 3 components at [0.5, 1.0, 2.0]")
    );
    let line = lines.next().unwrap();
    assert!(
        line.starts_with("  gradient[1]: claimed 1.0, differences say 2.000000000000"),
        "{line}"
    );
    assert!(line.contains(" ± "), "{line}");
    assert!(
        line.contains(" (relative error 5.0e-1, 2.3e15 ulp): a factor 2 is missing"),
        "{line}"
    );
    assert_eq!(lines.next(), None);
}

#[test]
fn a_kink() {
    let report = check::derivative(f64::abs, |_| 0.0, 0.0);
    assert_eq!(
        report.to_string(),
        "the derivative is unclear at 0.0\n  \
         derivative: claimed 0.0: a kink, with slopes from -1.00000 to 1.00000; between them any is a convention"
    );
}

#[test]
fn all_is_well() {
    let text = check::derivative(f64::exp, f64::exp, 1.0).to_string();
    assert!(text.starts_with("the derivative is right at 1.0\n  derivative: claimed 2.718281828459045, differences say 2.7182818284"), "{text}");
    assert!(
        text.contains("\n  the farthest off; mistakes above "),
        "{text}"
    );
}

#[test]
fn long_ones_are_cut() {
    let point: Vec<f64> = (0..20).map(f64::from).collect();
    let sum = |x: Vec<f64>| x.iter().sum::<f64>();
    let text = check::gradient(sum, |x| vec![3.0; x.len()], point).to_string();
    assert!(text.starts_with("the gradient is wrong in 20 of 20 components at [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, ..; 20]"), "{text}");
    assert_eq!(text.matches("a factor 3 is too much").count(), 5, "{text}");
    assert!(text.ends_with("\n  and 15 more"), "{text}");
}

#[test]
fn reports_are_results() -> Result<(), Box<dyn Error>> {
    check::derivative(f64::sin, f64::cos, 1.0).into_result()?;
    let error = check::derivative(f64::sin, f64::sin, 1.0)
        .into_result()
        .unwrap_err();
    assert!(error.to_string().starts_with("the derivative is wrong"));
    Ok(())
}

#[test]
#[should_panic = "the derivative is wrong at 1.0\n  derivative: claimed 0.84"]
fn assert_says_why() {
    check::derivative(f64::sin, f64::sin, 1.0).assert();
}

#[test]
#[should_panic = "the derivative is unclear at 0.0"]
fn assert_is_not_content_with_a_kink() {
    check::derivative(f64::abs, |_| 0.0, 0.0).assert();
}

#[test]
#[should_panic = "the derivative is wrong at 0.0"]
fn but_a_slope_must_be_plausible_there() {
    check::derivative(f64::abs, |_| 2.0, 0.0).assert_plausible();
}
