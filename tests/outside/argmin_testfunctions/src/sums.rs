//! The functions of any number of variables.

use argmin_testfunctions as theirs;
use chainrule::{gradient_into, hessian_into, value_gradient_hessian};
use std::f64::consts::PI;

use crate::oracle::{Numbers, Worst, distance};
use crate::sums_functions as ours;

type Derivatives = (f64, Vec<f64>, Vec<Vec<f64>>);

/// From two variables to more than the eight directions of a pass.
const LENGTHS: [usize; 6] = [2, 3, 7, 8, 9, 12];

fn points(domain: std::ops::Range<f64>) -> impl Iterator<Item = Vec<f64>> {
    let mut numbers = Numbers(2);
    LENGTHS.into_iter().flat_map(move |n| {
        let mut point = || (0..n).map(|_| numbers.between(&domain)).collect();
        (0..60).map(|_| point()).collect::<Vec<_>>()
    })
}

/// The largest distances over the points.
fn compare(
    domain: std::ops::Range<f64>,
    ours: impl Fn(&[f64]) -> Derivatives,
    theirs: impl Fn(&[f64]) -> Derivatives,
) -> Worst {
    let mut worst = Worst::default();
    for point in points(domain) {
        let (value, gradient, hessian) = ours(&point);
        for i in 0..point.len() {
            for j in 0..i {
                assert_eq!(hessian[i][j].to_bits(), hessian[j][i].to_bits());
            }
        }
        let (v, g, h) = theirs(&point);
        worst.see(
            distance(&[value], &[v]),
            distance(&gradient, &g),
            distance(&hessian.concat(), &h.concat()),
        );
    }
    worst
}

/// What order of evaluation leaves.
const ROUNDING: [f64; 3] = [1e-13, 1e-12, 1e-12];

/// The attribute on a slice and on an array, their generic function over our numbers, and their gradient over them.
macro_rules! agrees {
    (
        $test:ident: $f:ident($($k:expr),*), $derivative:ident, $hessian:ident, $domain:expr
    ) => {
        #[test]
        fn $test() {
            let by_hand = |x: &[f64]| {
                (
                    theirs::$f(x, $($k),*),
                    theirs::$derivative(x, $($k),*),
                    theirs::$hessian(x, $($k),*),
                )
            };
            let attribute = |x: &[f64]| {
                let all = ours::$f::value_gradient_hessian(x, $($k),*);
                assert_eq!(all.0.to_bits(), ours::$f(x, $($k),*).to_bits());
                let (value, gradient) = ours::$f::value_and_gradient(x, $($k),*);
                assert_eq!(value.to_bits(), all.0.to_bits());
                assert!(distance(&gradient, &all.1) <= 1e-13);
                all
            };
            compare($domain, attribute, by_hand).assert_within(ROUNDING);
        }
    };
}

/// Their generic function of a slice, by blocks of eight.
macro_rules! generic {
    ($test:ident: $f:ident($($k:expr),*), $derivative:ident, $hessian:ident, $domain:expr) => {
        #[test]
        fn $test() {
            let by_hand = |x: &[f64]| {
                (
                    theirs::$f(x, $($k),*),
                    theirs::$derivative(x, $($k),*),
                    theirs::$hessian(x, $($k),*),
                )
            };
            let over_numbers = |x: &[f64]| {
                let n = x.len();
                let (mut first, mut gradient) = (vec![0.0; n], vec![0.0; n]);
                let mut hessian = vec![0.0; n * n];
                let value = gradient_into(|x| theirs::$f(x, $($k.into()),*), x, &mut first);
                let second =
                    hessian_into(|x| theirs::$f(x, $($k.into()),*), x, &mut gradient, &mut hessian);
                for v in [value, second] {
                    assert_eq!(v.to_bits(), theirs::$f(x, $($k),*).to_bits());
                }
                assert!(distance(&first, &gradient) <= 1e-13);
                (value, gradient, hessian.chunks(n).map(<[f64]>::to_vec).collect())
            };
            compare($domain, over_numbers, by_hand).assert_within(ROUNDING);
        }
    };
}

mod with_usual_constants {
    use super::*;
    agrees!(
        ackley_agrees: ackley(),
        ackley_derivative, ackley_hessian, -32.0..32.0
    );
    agrees!(
        rastrigin_agrees: rastrigin(),
        rastrigin_derivative, rastrigin_hessian, -5.12..5.12
    );
    agrees!(
        rosenbrock_agrees: rosenbrock(),
        rosenbrock_derivative, rosenbrock_hessian, -5.0..10.0
    );
}

agrees!(
    ackley_abc_agrees: ackley_abc(20.0, 0.2, 2.0 * PI),
    ackley_abc_derivative, ackley_abc_hessian, -32.0..32.0
);
agrees!(
    slow_ackley_agrees: ackley_abc(10.0, 0.3, 0.2),
    ackley_abc_derivative, ackley_abc_hessian, -32.0..32.0
);
agrees!(
    levy_agrees: levy(),
    levy_derivative, levy_hessian, -10.0..10.0
);
agrees!(
    rastrigin_a_agrees: rastrigin_a(10.0),
    rastrigin_a_derivative, rastrigin_a_hessian, -5.12..5.12
);
agrees!(
    low_rastrigin_agrees: rastrigin_a(0.5),
    rastrigin_a_derivative, rastrigin_a_hessian, -5.12..5.12
);
agrees!(
    rosenbrock_ab_agrees: rosenbrock_ab(1.0, 100.0),
    rosenbrock_ab_derivative, rosenbrock_ab_hessian, -5.0..10.0
);
agrees!(
    flat_rosenbrock_agrees: rosenbrock_ab(1.0, 3.0),
    rosenbrock_ab_derivative, rosenbrock_ab_hessian, -5.0..10.0
);
agrees!(
    sphere_agrees: sphere(),
    sphere_derivative, sphere_hessian, -5.12..5.12
);
agrees!(
    styblinski_tang_agrees: styblinski_tang(),
    styblinski_tang_derivative, styblinski_tang_hessian, -5.0..5.0
);
agrees!(
    zero_agrees: zero(),
    zero_derivative, zero_hessian, -5.0..5.0
);

generic!(
    their_ackley_agrees: ackley(),
    ackley_derivative, ackley_hessian, -32.0..32.0
);
generic!(
    their_ackley_abc_agrees: ackley_abc(10.0, 0.3, 0.2),
    ackley_abc_derivative, ackley_abc_hessian, -32.0..32.0
);
generic!(
    their_levy_agrees: levy(),
    levy_derivative, levy_hessian, -10.0..10.0
);
generic!(
    their_rastrigin_agrees: rastrigin(),
    rastrigin_derivative, rastrigin_hessian, -5.12..5.12
);
generic!(
    their_rastrigin_a_agrees: rastrigin_a(0.5),
    rastrigin_a_derivative, rastrigin_a_hessian, -5.12..5.12
);
generic!(
    their_rosenbrock_agrees: rosenbrock(),
    rosenbrock_derivative, rosenbrock_hessian, -5.0..10.0
);
generic!(
    their_rosenbrock_b_agrees: rosenbrock_ab(1.0, 3.0),
    rosenbrock_ab_derivative, rosenbrock_ab_hessian, -5.0..10.0
);
generic!(
    their_sphere_agrees: sphere(),
    sphere_derivative, sphere_hessian, -5.12..5.12
);
generic!(
    their_styblinski_tang_agrees: styblinski_tang(),
    styblinski_tang_derivative, styblinski_tang_hessian, -5.0..5.0
);
generic!(
    their_zero_agrees: zero(),
    zero_derivative, zero_hessian, -5.0..5.0
);

/// The array forms, ours and theirs.
macro_rules! arrays {
    ($($fixed:ident: $f:ident, $derivative:ident, $hessian:ident);*) => {
        $({
            let mut numbers = Numbers(3);
            for _ in 0..100 {
                let x: [f64; 5] = std::array::from_fn(|_| numbers.between(&(-4.0..4.0)));
                let (gradient, hessian) = (theirs::$derivative(&x), theirs::$hessian(&x));
                let attribute = ours::$fixed::value_gradient_hessian(&x);
                assert_eq!(attribute.0.to_bits(), ours::$f(&x).to_bits());
                let over_numbers = value_gradient_hessian(|x| theirs::$f(&x), x);
                assert_eq!(over_numbers.0.to_bits(), theirs::$f(&x).to_bits());
                for (value, g, h) in [attribute, over_numbers] {
                    assert!(distance(&[value], &[theirs::$f(&x)]) <= 1e-13);
                    assert!(distance(&g, &gradient) <= 1e-12);
                    assert!(distance(h.as_flattened(), hessian.as_flattened()) <= 1e-12);
                }
            }
        })*
    };
}

#[test]
fn arrays_agree() {
    arrays!(
        levy_5: levy, levy_derivative_const, levy_hessian_const;
        sphere_5: sphere, sphere_derivative_const, sphere_hessian_const;
        styblinski_tang_5: styblinski_tang, styblinski_tang_derivative_const, styblinski_tang_hessian_const;
        zero_5: zero, zero_derivative_const, zero_hessian_const
    );
}

#[test]
fn arrays_with_usual_constants_agree() {
    arrays!(
        ackley_5: ackley, ackley_derivative_const, ackley_hessian_const;
        rastrigin_5: rastrigin, rastrigin_derivative_const, rastrigin_hessian_const;
        rosenbrock_5: rosenbrock, rosenbrock_derivative_const, rosenbrock_hessian_const
    );
}

/// `(a - x)²` bends by 2; their Hessian adds `2 a` to every diagonal element but the last. Their gradient is right, and has
/// our Hessian for its Jacobian.
#[test]
fn their_hessian_of_rosenbrock_is_wrong_unless_a_is_1() {
    let (a, b, x) = (3.0, 100.0, [0.5, -1.25, 2.0]);
    let hessian = ours::rosenbrock_ab::hessian(&x, a, b).concat();
    let rows = chainrule::jacobian(
        |x| theirs::rosenbrock_ab_derivative_const(&x, a.into(), b.into()),
        x,
    );
    assert_eq!(rows.as_flattened(), hessian);
    let wrong = theirs::rosenbrock_ab_hessian(&x, a, b).concat();
    let apart: Vec<f64> = wrong.iter().zip(&hessian).map(|(w, h)| w - h).collect();
    assert_eq!(apart, [4.0, 0.0, 0.0, 0.0, 4.0, 0.0, 0.0, 0.0, 0.0]);
}

/// The literature sums the middle terms from the first variable on; theirs, and so ours here, starts at the second.
#[test]
fn their_levy_leaves_a_term_out() {
    let x = [-3.0_f64, 2.5, 0.5];
    let w = x.map(|x| 1.0 + (x - 1.0) / 4.0);
    let middle = |w: f64| (w - 1.0).powi(2) * (1.0 + 10.0 * (PI * w + 1.0).sin().powi(2));
    let last = (w[2] - 1.0).powi(2) * (1.0 + (2.0 * PI * w[2]).sin().powi(2));
    let published = (PI * w[0]).sin().powi(2) + middle(w[0]) + middle(w[1]) + last;
    assert!((published - theirs::levy(&x) - middle(w[0])).abs() < 1e-14);
    assert!((ours::levy(&x) - theirs::levy(&x)).abs() < 1e-14);
}

#[test]
fn gradients_vanish_at_minimisers() {
    for n in LENGTHS {
        // A kink, whose tangents are zero and stay so.
        assert_eq!(
            ours::ackley_abc::gradient(&vec![0.0; n], 20.0, 0.2, 2.0 * PI),
            vec![0.0; n]
        );
        let levy = ours::levy::gradient(&vec![1.0; n]);
        assert!(levy.iter().all(|slope| slope.abs() < 1e-15));
        assert_eq!(
            ours::rastrigin_a::gradient(&vec![0.0; n], 10.0),
            vec![0.0; n]
        );
        assert_eq!(
            ours::rosenbrock_ab::gradient(&vec![1.0; n], 1.0, 100.0),
            vec![0.0; n]
        );
        assert_eq!(ours::sphere::gradient(&vec![0.0; n]), vec![0.0; n]);
        let lowest = ours::styblinski_tang::gradient(&vec![-2.903534; n]);
        assert!(lowest.iter().all(|slope| slope.abs() < 1e-4));
        let everywhere = ours::zero::value_gradient_hessian(&vec![3.0; n]);
        assert_eq!(everywhere, (0.0, vec![0.0; n], vec![vec![0.0; n]; n]));
    }
}
