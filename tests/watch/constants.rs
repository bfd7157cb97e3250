//! What depends on no input makes no kink, and neither does a number that meets itself.

use chainrule::watch::{self, Kinks, Watch, Watched};
use chainrule::{Activation, Scalar, constant, relu};
use num_traits::{Float, One, Zero};

#[track_caller]
fn assert_none(kinks: &Kinks) {
    assert!(kinks.is_empty(), "{kinks}");
}

#[test]
fn constants_do_not_count() {
    let zero = Watched::constant(0.0);
    assert_none(&watch::kinks(
        |[x]| x + zero.abs() + zero.floor() + zero.max(zero),
        [1.5],
    ));
    assert_none(&watch::kinks(
        |[x]| x + Watched::zero().signum() + Watched::one().fract(),
        [1.5],
    ));
    assert_none(&watch::kinks(|[x]| if zero == 0.0 { x } else { -x }, [1.5]));
    let made = |[x]: [Watched<'_>; 1]| {
        (zero * 3.0 + Watched::from_primal(1.0))
            .ceil()
            .is_constant()
            && !x.is_constant()
    };
    let watch = Watch::new();
    assert!(made([watch.variable(1.0)]));
}

#[test]
fn what_is_held_constant_does_not_count() {
    assert_none(&watch::kinks(|[x]| x + constant(x).abs(), [0.0]));
    // A step is flat: what is made of it moves no more.
    let kinks = watch::kinks(|[x]| x + (x.floor() - 1.0).abs(), [1.5]);
    assert_none(&kinks);
    let kinks = watch::kinks(
        |[x]| x + (x.signum() - 1.0).max(Watched::constant(0.0)),
        [1.5],
    );
    assert_none(&kinks);
}

#[test]
fn the_piece_left_out_does_not_count() {
    // relu(-1) is 0 whatever its input does.
    assert_none(&watch::kinks(
        |[x]| relu(x).abs() + relu(x).max(Watched::constant(0.0)),
        [-1.0],
    ));
    // The larger is the input, the smaller a constant.
    assert_none(&watch::kinks(
        |[x]| x.min(Watched::constant(0.0)).abs(),
        [1.0],
    ));
    assert_none(&watch::kinks(
        |[x]| x.abs_sub(Watched::constant(3.0)).abs(),
        [1.0],
    ));
    let kinks = watch::kinks(|[x]| (x.max(Watched::constant(0.0)) - 1.0).abs(), [1.0]);
    assert_eq!((kinks.len(), kinks[0].operation), (1, "abs"));
}

#[test]
fn what_depends_on_an_input_counts_though_its_slope_is_zero() {
    // `x²` has slope 0 at 0. The branch is taken at one point all the same.
    let watch = Watch::new();
    let [x, y] = watch.over(&[0.0, 0.0]);
    let squared = x * x + y * y;
    let direction = if squared == 0.0 {
        squared
    } else {
        squared.sqrt().recip()
    };
    assert!(direction == 0.0);
    assert_eq!(watch.kinks().len(), 2);
}

#[test]
fn a_number_meets_itself() {
    assert_none(&watch::kinks(|[x]| x.max(x).min(x).clamp(x, x), [1.0]));
    assert_none(&watch::kinks(|[x]| if x != x { x } else { -x }, [1.0]));
    // The largest, from the first on: it is the first, and stays itself where it wins.
    let largest =
        |x: [f64; 3]| watch::kinks(|x| x.iter().fold(x[0], |largest, x| largest.max(*x)), x);
    assert_none(&largest([1.0, 2.0, 3.0]));
    assert_none(&largest([3.0, 2.0, 1.0]));
    assert_eq!(largest([3.0, 3.0, 1.0])[0].count, 1);
    assert_eq!(largest([1.0, 3.0, 3.0])[0].count, 1);
    // On its upper half `abs` is its argument.
    assert_none(&watch::kinks(|[x]| x.abs().max(x) + x.relu().max(x), [2.0]));
    assert_eq!(
        watch::kinks(|[x]| x.abs().max(-x), [-2.0]).len(),
        1,
        "another number of the same value"
    );
}

#[test]
fn generic_code_runs_over_it() {
    fn huber<F: Float>(x: F, width: F) -> F {
        if x.abs() <= width {
            x * x / (F::one() + F::one())
        } else {
            width * (x.abs() - width / (F::one() + F::one()))
        }
    }
    let seen = |x| {
        let kinks = watch::kinks(|[x]| huber(x, Watched::constant(1.5)), [x]);
        kinks.iter().map(|kink| kink.operation).collect::<Vec<_>>()
    };
    assert_eq!(seen(1.5), ["<="]);
    assert_eq!(seen(-1.5), ["<="]);
    assert_eq!(seen(0.0), ["abs"]);
    assert_eq!(seen(0.7), [""; 0]);
}
