//! Oracle: one-sided differences of the plain function. Where value or slope jump there is an edge, and elsewhere none.

use std::collections::BTreeSet;

use chainrule::watch::{self, Watch, Watched};
use chainrule::{Activation, RULES};

const GRID: [f64; 13] = [
    -3.0, -2.5, -2.0, -1.0, -0.5, -0.3, 0.0, 0.3, 0.5, 1.0, 2.0, 2.5, 3.0,
];

/// Whether value or slope jump at `x`; nothing where the function is not finite on both sides, or too steep to tell.
fn has_edge(f: impl Fn(f64) -> f64, x: f64) -> Option<bool> {
    let step = 1e-7;
    let (left, here, right) = (f(x - step), f(x), f(x + step));
    let slopes = [(here - left) / step, (right - here) / step];
    if slopes.iter().any(|slope| !slope.is_finite()) {
        return None;
    }
    let jumps = (here - left).abs() > 0.1 || (right - here).abs() > 0.1;
    if !jumps && slopes.iter().any(|slope| slope.abs() > 100.0) {
        return None;
    }
    Some(jumps || (slopes[0] - slopes[1]).abs() > 0.01)
}

macro_rules! rules_of_one_argument {
    ($($name:ident)*) => {
        const ONE: &[&str] = &[$(stringify!($name)),*];

        #[test]
        #[allow(unstable_name_collisions)]
        fn functions_of_one_argument_have_edges_where_they_jump() {
            $(
                for x in GRID {
                    let kinks = watch::kinks(|[x]| x.$name(), [x]);
                    let seen: Vec<_> = kinks.iter().map(|kink| (kink.operation, kink.value)).collect();
                    match has_edge(|x| x.$name(), x) {
                        Some(true) => assert_eq!(seen, [(stringify!($name), x)], "{} at {x}", stringify!($name)),
                        Some(false) => assert_eq!(seen, [], "{} at {x}", stringify!($name)),
                        None => {}
                    }
                }
            )*
        }

        #[test]
        fn values_are_plain() {
            let watch = Watch::new();
            for x in GRID.into_iter().chain([1e300, -1e-300, f64::INFINITY, f64::NAN]) {
                let x = std::hint::black_box(x);
                $(
                    let (value, wanted) = (watch.variable(x).$name().value(), x.$name());
                    assert!(value.to_bits() == wanted.to_bits() || value.is_nan() && wanted.is_nan(), "{} at {x}: {value}, not {wanted}", stringify!($name));
                )*
            }
        }
    };
}
rules_of_one_argument! {
    exp exp2 exp_m1 ln ln_1p log2 log10 sqrt cbrt recip sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh abs signum
    floor ceil round round_ties_even trunc fract to_degrees to_radians next_up next_down sigmoid logit softplus log_sigmoid silu
    softsign relu sinc log1mexp logexpm1
}

macro_rules! rules_of_two_arguments {
    ($($name:ident $body:expr;)*) => {
        const TWO: &[&str] = &[$(stringify!($name)),*];

        #[test]
        fn functions_of_two_arguments_have_edges_where_they_jump() {
            $(
                {
                    fn number<'a>(x: Watched<'a>, y: Watched<'a>) -> Watched<'a> {
                        let body: fn(Watched<'a>, Watched<'a>) -> Watched<'a> = $body;
                        body(x, y)
                    }
                    let plain = |x: f64, y: f64| number(Watched::constant(x), Watched::constant(y)).value();
                    for (x, y) in GRID.into_iter().flat_map(|x| GRID.map(|y| (x, y))) {
                        let what = format!("{} at {x}, {y}", stringify!($name));
                        let by_x = watch::kinks(|[x]| number(x, Watched::constant(y)), [x]);
                        if let Some(wanted) = has_edge(|x| plain(x, y), x) {
                            assert_eq!(!by_x.is_empty(), wanted, "{what}: {by_x}");
                        }
                        let by_y = watch::kinks(|[y]| number(Watched::constant(x), y), [y]);
                        if let Some(wanted) = has_edge(|y| plain(x, y), y) {
                            assert_eq!(!by_y.is_empty(), wanted, "{what}: {by_y}");
                        }
                    }
                }
            )*
        }
    };
}
rules_of_two_arguments! {
    powf |x, y| x.powf(y);
    log |x, y| x.log(y);
    hypot |x, y| x.hypot(y);
    atan2 |x, y| x.atan2(y);
    max |x, y| x.max(y);
    min |x, y| x.min(y);
    copysign |x, y| x.copysign(y);
    abs_sub |x, y| x.abs_sub(y);
    midpoint |x, y| x.midpoint(y);
    rem_euclid |x, y| x.rem_euclid(y);
    div_euclid |x, y| x.div_euclid(y);
    div |x, y| x / y;
    rem |x, y| x % y;
    logaddexp |x, y| x.logaddexp(y);
    xlogy |x, y| x.xlogy(y);
    leaky_relu |x, y| x.leaky_relu(y);
}

#[test]
fn every_rule_is_asked_for_its_edges() {
    let asked: BTreeSet<&str> = ONE.iter().chain(TWO).copied().chain(["powi"]).collect();
    // The special functions have no edges: each states its source, and the others none.
    let plain = RULES.iter().filter(|rule| rule.source.is_empty());
    let rules: BTreeSet<&str> = plain.map(|rule| rule.name).collect();
    assert_eq!(
        asked, rules,
        "put a new rule into the lists of this test, and its edges, if it has any, into src/watch/edge.rs"
    );
}

#[test]
fn comparisons_are_close_where_both_sides_are_equal() {
    type Comparison = for<'a> fn(Watched<'a>, Watched<'a>) -> bool;
    let comparisons: [(&str, Comparison); 8] = [
        ("==", |x, y| x == y),
        ("!=", |x, y| x != y),
        ("<", |x, y| x < y),
        ("<=", |x, y| x <= y),
        (">", |x, y| x > y),
        (">=", |x, y| x >= y),
        ("partial_cmp", |x, y| x.partial_cmp(&y).is_some()),
        ("total_cmp", |x, y| x.total_cmp(&y).is_lt()),
    ];
    for (name, compare) in comparisons {
        for (x, y) in [(1.0, 1.0), (1.0, 2.0), (0.0, -0.0), (f64::NAN, f64::NAN)] {
            let watch = Watch::new();
            compare(watch.variable(x), watch.variable(y));
            compare(watch.variable(x), Watched::constant(y));
            compare(Watched::constant(x), watch.variable(y));
            let kinks = watch.kinks();
            if x == y {
                assert_eq!((kinks[0].operation, kinks[0].count), (name, 3), "{x} {y}");
            } else {
                assert!(kinks.is_empty(), "{kinks}");
            }
        }
    }
}

#[test]
fn floats_on_the_right_are_compared_too() {
    let watch = Watch::new();
    let x = watch.variable(2.0);
    let _ = [
        x == 2.0,
        x != 2.0,
        x < 2.0,
        x <= 2.0,
        x > 2.0,
        x >= 2.0,
        x.partial_cmp(&2.0).is_some(),
    ];
    let _ = [
        x == 3.0,
        x != 3.0,
        x < 3.0,
        x <= 3.0,
        x > 3.0,
        x >= 3.0,
        x.partial_cmp(&3.0).is_some(),
    ];
    let seen: Vec<_> = watch.kinks().iter().map(|kink| kink.operation).collect();
    assert_eq!(seen, ["==", "!=", "<", "<=", ">", ">=", "partial_cmp"]);
}

#[test]
fn predicates_and_casts() {
    use num_traits::{One, ToPrimitive, Zero};
    let seen = |x: f64| {
        let watch = Watch::new();
        let x = watch.variable(x);
        let _ = (x.is_nan(), x.is_finite(), x.is_infinite());
        let _ = (
            x.is_zero(),
            x.is_one(),
            x.is_sign_negative(),
            x.is_sign_positive(),
            x.classify(),
            x.is_normal(),
        );
        let _ = (x.to_i32(), x.to_usize(), x.to_f64(), x.to_f32());
        watch
            .kinks()
            .iter()
            .map(|kink| kink.operation)
            .collect::<Vec<_>>()
    };
    let at_zero = [
        "is_zero",
        "is_sign_negative",
        "is_sign_positive",
        "classify",
        "is_normal",
    ];
    assert_eq!(seen(0.0), at_zero);
    assert_eq!(seen(1.0), ["is_one", "as", "as"]);
    assert_eq!(seen(2.0), ["as", "as"]);
    assert_eq!(seen(2.5), [""; 0]);
}

#[test]
fn clamp_has_two_edges() {
    let edges = |x: f64| {
        let kinks = watch::kinks(
            |[x]| x.clamp(Watched::constant(-1.0), Watched::constant(2.0)),
            [x],
        );
        kinks.iter().map(|kink| kink.edge).collect::<Vec<_>>()
    };
    assert_eq!(edges(-1.0), [-1.0]);
    assert_eq!(edges(2.0), [2.0]);
    assert_eq!(edges(0.5), [0.0; 0]);
    assert_eq!(edges(3.0), [0.0; 0]);
}

#[test]
fn near_is_near_enough() {
    let near = |distance: f64, x: f64| {
        let watch = Watch::near(distance);
        let x = watch.variable(x);
        let _ = (x.abs(), x.floor(), x < 0.0, x.max(Watched::constant(0.0)));
        watch.kinks().len()
    };
    assert_eq!(near(1e-6, 1e-7), 4);
    assert_eq!(near(1e-6, -1e-7), 4);
    assert_eq!(near(1e-6, 1e-5), 0);
    assert_eq!(near(0.0, 1e-300), 0);
    assert_eq!(near(1e-6, 3.0 - 1e-7), 1, "floor alone");
}

#[test]
fn single_precision() {
    let kinks = watch::kinks(|[x, y]| x.max(y).floor(), [1.5_f32, 1.5]);
    assert_eq!((kinks.len(), kinks[0].value), (1, 1.5));
}
