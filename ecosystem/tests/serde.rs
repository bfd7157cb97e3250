//! serde by JSON: every number comes back whole, and what is wrong is told.

use chainrule::{Dual, HyperDual, Jet, Parts};

fn comes_back<S: Parts<Primal = f64> + serde::Serialize + serde::de::DeserializeOwned>() {
    let x = S::from_parts(|i| 0.1 + i as f64);
    let text = serde_json::to_string(&x).unwrap();
    let again: S = serde_json::from_str(&text).unwrap();
    assert!(again.exactly_equals(&x), "{text}");
    // By position, as in formats without names.
    let again: S = serde_json::from_value(by_position(serde_json::to_value(x).unwrap())).unwrap();
    assert!(again.exactly_equals(&x), "{text}");
}

/// Structs become arrays, in the order of their fields' names in the types.
fn by_position(value: serde_json::Value) -> serde_json::Value {
    const ORDER: [&str; 7] = ["re", "eps", "eps1", "eps2", "eps1eps2", "gradient", "lower"];
    match value {
        serde_json::Value::Object(mut fields) => ORDER
            .iter()
            .filter_map(|name| fields.remove(*name))
            .map(by_position)
            .collect(),
        serde_json::Value::Array(elements) => elements.into_iter().map(by_position).collect(),
        other => other,
    }
}

#[test]
fn numbers_come_back_whole() {
    comes_back::<Dual<f64>>();
    comes_back::<Dual<f64, 40>>();
    comes_back::<HyperDual<f64>>();
    comes_back::<Jet<f64, 3>>();
    comes_back::<Dual<Jet<HyperDual<f64>, 2>, 2>>();
}

#[test]
fn the_text_names_the_parts() {
    let dual = serde_json::to_string(&Dual::new(1.5, [2.0, 3.0])).unwrap();
    assert_eq!(dual, r#"{"re":1.5,"eps":[2.0,3.0]}"#);
    let jet = Jet::<f32, 2>::from_parts(|i| i as f32);
    let jet = serde_json::to_string(&jet).unwrap();
    assert_eq!(
        jet,
        r#"{"re":0.0,"gradient":[1.0,2.0],"lower":[[3.0],[4.0,5.0]]}"#
    );
}

#[test]
fn what_is_wrong_is_told() {
    let error = |text: &str| {
        serde_json::from_str::<Dual<f64, 2>>(text)
            .unwrap_err()
            .to_string()
    };
    assert!(error(r#"{"re":1.0}"#).starts_with("missing field `eps`"));
    assert!(
        error(r#"{"re":1.0,"eps":[1.0]}"#)
            .starts_with("invalid length 1, expected a row of 2 numbers")
    );
    assert!(error(r#"{"re":1.0,"eps":[1.0,2.0,3.0]}"#).starts_with("trailing characters"));
    assert!(error(r#"{"re":1.0,"re":1.0,"eps":[1.0,2.0]}"#).starts_with("duplicate field `re`"));
    assert!(
        error(r#"{"re":1.0,"im":1.0}"#).starts_with("unknown field `im`, expected `re` or `eps`")
    );
    assert!(error("7").starts_with("invalid type: integer `7`, expected the parts of a Dual"));
    let error =
        serde_json::from_str::<Jet<f64, 2>>(r#"{"re":1.0,"gradient":[1.0,2.0],"lower":[[1.0]]}"#)
            .unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("invalid length 1, expected a lower triangle of 2 rows")
    );
}
