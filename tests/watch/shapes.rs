//! Watched numbers in the shapes that `lift` takes, and beneath other numbers.

use chainrule::watch::{self, Watch, Watched};
use chainrule::{Activation, Differentiable, Dual, HyperDual, derivative, differentiate};

#[derive(Clone, Debug, Differentiable)]
struct State {
    position: [f64; 2],
    charge: i32,
    mass: f64,
}

#[differentiate(wrt(state))]
fn energy(state: State) -> f64 {
    let [x, y] = state.position;
    state.mass * x.max(y) + f64::from(state.charge)
}

#[differentiate(wrt(weights))]
fn hinge(weights: &[f64], labels: &[f64]) -> f64 {
    weights
        .iter()
        .zip(labels)
        .map(|(weight, label)| (1.0 - label * weight).max(0.0))
        .sum()
}

#[differentiate]
fn safe_root(x: f64) -> Option<f64> {
    if x < 0.0 { None } else { Some(x.sqrt()) }
}

#[differentiate]
fn polar(x: f64, y: f64) -> (f64, f64) {
    (x.hypot(y), y.atan2(x))
}

#[differentiate]
fn sorted(values: [f64; 3]) -> f64 {
    let mut values = values;
    values.sort_by(|a, b| a.total_cmp(b));
    values[0] - values[2]
}

#[test]
fn structs_slices_and_fallible_functions() {
    let watch = Watch::new();
    let state = State {
        position: [1.0, 1.0],
        charge: 1,
        mass: 2.0,
    };
    let value = energy::lift(watch.over(&state)).value();
    assert_eq!(value, energy(state));
    assert_eq!(watch.kinks().len(), 1);

    let watch = Watch::new();
    let weights = watch.over(&vec![1.0, 0.5, 2.0]);
    assert_eq!(hinge::lift(&weights, &[1.0, 2.0, -1.0]).value(), 3.0);
    assert_eq!((watch.kinks().len(), watch.kinks()[0].count), (1, 2));

    let watch = Watch::new();
    assert!(safe_root::lift(watch.variable(0.0)).is_some());
    assert_eq!(watch.kinks()[0].operation, "<");

    let watch = Watch::new();
    polar::lift(watch.variable(-1.0), watch.variable(0.0));
    assert_eq!(
        (watch.kinks().len(), watch.kinks()[0].operation),
        (1, "atan2")
    );

    let watch = Watch::new();
    sorted::lift(watch.over(&[1.0, 3.0, 1.0]));
    assert_eq!(watch.kinks()[0].operation, "total_cmp");
}

#[test]
#[allow(clippy::op_ref)]
fn plain_operands_on_both_sides() {
    let watch = Watch::new();
    let x = watch.variable(3.0);
    let all = [
        x + 1.0,
        1.0 + x,
        &x + 1.0,
        1.0 + &x,
        x - &1.0,
        &1.0 - x,
        2.0 * x,
        x * 2.0,
        6.0 / x,
        x / 2.0,
        7.0 % x,
        x % 2.0,
        x + x,
        &x * &x,
        -x,
    ];
    let values = all.map(Watched::value);
    assert_eq!(
        values,
        [
            4.0, 4.0, 4.0, 4.0, 2.0, -2.0, 6.0, 6.0, 2.0, 1.5, 1.0, 1.0, 6.0, 9.0, -3.0
        ]
    );
    assert!(all.iter().all(|number| !number.is_constant()));
    assert_eq!(
        all.iter().sum::<Watched<'_>>().value(),
        values.iter().sum::<f64>()
    );
    assert_eq!(
        all.into_iter().product::<Watched<'_>>().value(),
        values.iter().product::<f64>()
    );
    let single = Watch::new();
    let mut y = single.variable(3.0_f32);
    y += 1.0;
    y *= y;
    y -= &2.0;
    assert_eq!(y.value(), 14.0);
    assert!(watch.kinks().is_empty() && single.kinks().is_empty());
}

/// A derivative of a watched function, or within one.
#[test]
fn beneath_other_numbers() {
    let watch = Watch::new();
    let slope = derivative(|x| x * x.abs(), watch.variable(0.0));
    assert_eq!((slope.value(), watch.kinks()[0].operation), (0.0, "abs"));

    let kinks = watch::kinks(|[x]| derivative(|y| Dual::constant(x) * y.relu(), x), [0.0]);
    assert!(kinks.iter().any(|kink| kink.operation == "relu"), "{kinks}");

    let watch = Watch::new();
    let x = HyperDual::variable(watch.variable(2.0));
    assert_eq!((x * x * x).eps1eps2.value(), 12.0);
    assert!(watch.kinks().is_empty());
}

/// Two watches see their own.
#[test]
fn watches_do_not_share() {
    let (outer, inner) = (Watch::new(), Watch::new());
    let _ = inner.variable(0.0).abs();
    assert!(outer.kinks().is_empty());
    let _ = outer.variable(1.0).max(inner.variable(1.0));
    assert_eq!(
        (outer.kinks().len(), inner.kinks().len()),
        (1, 1),
        "the first of the two is told"
    );
}

/// The mistakes that all this is for.
#[test]
fn silent_mistakes() {
    // The slope at 0 is 1, and the first branch has slope 0.
    fn mistaken<'a>(x: Watched<'a>) -> Watched<'a> {
        if x == 0.0 {
            Watched::constant(0.0)
        } else {
            x.sin()
        }
    }
    assert_eq!(
        derivative(
            |x| if x == 0.0 {
                Dual::constant(0.0)
            } else {
                x.sin()
            },
            0.0
        ),
        0.0
    );
    assert_eq!(watch::kinks(|[x]| mistaken(x), [0.0]).len(), 1);
    assert!(watch::kinks(|[x]| mistaken(x), [1e-300]).is_empty());
}
