//! Each kink is told with its place in the source: in closures, in generic functions, and in functions under `#[differentiate]`.

use chainrule::watch::{self, Kinks, Watch, Watched};
use chainrule::{Scalar, differentiate};

/// The lines, counted from that of the test.
fn lines(kinks: &Kinks, from: u32) -> Vec<(&'static str, u32)> {
    let line = |kink: &watch::Kink| (kink.operation, kink.place.line() - from);
    assert!(
        kinks.iter().all(|kink| kink.place.file() == file!()),
        "{kinks}"
    );
    kinks.iter().map(line).collect()
}

#[test]
fn in_a_closure() {
    let from = line!();
    let kinks = watch::kinks(
        |[x, y]| {
            let mut z = x.max(y);
            if x >= y {
                z += (x - y).abs();
            }
            if z != 1.0 {
                return z;
            }
            z %= 0.5;
            z + 2.0 % x
        },
        [1.0, 1.0],
    );
    let wanted = [
        ("max", 3),
        (">=", 4),
        ("abs", 5),
        ("!=", 7),
        ("%", 10),
        ("%", 11),
    ];
    assert_eq!(lines(&kinks, from), wanted);
}

#[test]
fn in_a_generic_function() {
    let from = line!();
    fn generic<S: Scalar<Primal = f64>>(x: S) -> S {
        let zero = S::zero();
        if x > zero {
            return x;
        }
        x.floor().max(zero) + x.signum() + x.relu() + num_traits::Float::abs(x)
    }
    let kinks = watch::kinks(|[x]| generic(x), [0.0]);
    let wanted = [
        (">", 3),
        ("floor", 6),
        ("signum", 6),
        ("relu", 6),
        ("abs", 6),
    ];
    assert_eq!(lines(&kinks, from), wanted);
}

const FROM: u32 = line!();

#[differentiate]
fn annotated(x: f64, y: f64) -> f64 {
    let mut sum = x.max(y);
    if x < y {
        return 0.0;
    }
    if 2.0 <= y {
        sum += (x - y).abs();
    }
    let table = [1.0, 2.0, 3.0];
    sum += table[x as usize - 1];
    sum + x % 0.5 + helper(x)
}

#[differentiate]
fn helper(x: f64) -> f64 {
    if x == 2.0 {
        0.0
    } else {
        x.round().min(x.floor())
    }
}

#[test]
fn in_an_annotated_function() {
    let kinks = watch::kinks(|[x, y]| annotated::lift(x, y), [2.0, 2.0]);
    let wanted = [
        ("max", 4),
        ("<", 5),
        ("<=", 8),
        ("abs", 9),
        ("as", 12),
        ("%", 13),
        ("==", 18),
    ];
    assert_eq!(lines(&kinks, FROM), wanted);
}

#[test]
fn the_same_place_is_listed_once() {
    let watch = Watch::new();
    for x in [0.0, 0.0, 1.0, -0.0] {
        let _ = watch.variable(x).abs();
    }
    let kinks = watch.kinks();
    assert_eq!((kinks.len(), kinks[0].count), (1, 3));
    assert_eq!(
        kinks.to_string(),
        format!(
            "a kink: `abs` at its kink 0.0, at {}, 3 times",
            kinks[0].place
        )
    );
}

#[test]
fn lists_are_read_at_the_terminal() {
    let none = watch::kinks(|[x]| x, [0.0]);
    assert_eq!(none.to_string(), "no kinks");
    let two = watch::kinks(|[x]| if x <= 1.0 { x.fract() } else { x }, [1.0]);
    let [comparison, function] = [two[0].place, two[1].place];
    assert_eq!(
        two.to_string(),
        format!(
            "2 kinks:\n  `<=` of 1.0 and 1.0, at {comparison}\n  `fract` at its kink 1.0, at {function}"
        )
    );
    let near = Watch::near(0.1);
    let _ = near.variable(2.0625).floor();
    let kinks = near.kinks();
    assert_eq!(
        kinks.to_string(),
        format!("a kink: `floor` of 2.0625 and 2.0, at {}", kinks[0].place)
    );
    assert_eq!(kinks.into_iter().count(), 1);
    assert_eq!(
        format!(
            "{:.2} {:e} {:?}",
            Watched::constant(2.5),
            near.variable(2.5),
            near.variable(2.5)
        ),
        "2.50 2.5e0 Watched(2.5)"
    );
}
