//! Oracle: the chain and product rules carried along by hand in plain `f64`, with textbook derivatives, on random expressions.

use chainrule::{Dual, HyperDual, Jet, Scalar, hessian};
use proptest::prelude::*;

/// A step of a random expression in `x`.
#[derive(Clone, Copy, Debug)]
enum Step {
    Sigmoid,
    Tanh,
    Sin,
    Softplus,
    Gauss,
    Root,
    Scale(f64),
    Shift(f64),
    TimesX,
    OverX,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        Just(Step::Sigmoid),
        Just(Step::Sigmoid),
        Just(Step::Tanh),
        Just(Step::Sin),
        Just(Step::Softplus),
        Just(Step::Gauss),
        Just(Step::Root),
        prop_oneof![-2.5..-0.5, 0.5..2.5].prop_map(Step::Scale),
        (-2.0..2.0).prop_map(Step::Shift),
        Just(Step::TimesX),
        Just(Step::OverX),
    ]
}

fn run<S: Scalar<Primal = f64>>(steps: &[Step], x: S) -> S {
    steps.iter().fold(x, |y, step| match *step {
        Step::Sigmoid => y.sigmoid(),
        Step::Tanh => y.tanh(),
        Step::Sin => y.sin(),
        Step::Softplus => y.softplus(),
        Step::Gauss => (-y * y).exp(),
        Step::Root => (y * y + 1.0).sqrt(),
        Step::Scale(factor) => y * factor,
        Step::Shift(offset) => y + offset,
        Step::TimesX => y * x,
        Step::OverX => y / (x * x + 1.0),
    })
}

/// A value, two derivatives, and the sizes of what was summed to get them: cancellation is to the scale of the terms.
#[derive(Clone, Copy, Debug)]
struct Hand {
    parts: [f64; 3],
    sizes: [f64; 3],
}

impl Hand {
    /// `g(self)`, given `g`, `g'`, `g''` at its value.
    fn through(self, [g, g1, g2]: [f64; 3]) -> Self {
        let ([_, d1, d2], [m0, m1, m2]) = (self.parts, self.sizes);
        // The value's own error, carried into the slopes, is as large as the next derivative.
        let (h1, h2) = (g1.abs() + g2.abs() * m0 + m0, g2.abs() + m0 + 1.0);
        Self {
            parts: [g, g1 * d1, g2 * d1 * d1 + g1 * d2],
            sizes: [g.abs() + h1 * m0, h1 * m1, h2 * m1 * m1 + h1 * m2],
        }
    }

    fn times(self, [w, w1, w2]: [f64; 3]) -> Self {
        let product = |[v, v1, v2]: [f64; 3], [w, w1, w2]: [f64; 3]| {
            [v * w, v1 * w + v * w1, v2 * w + 2.0 * v1 * w1 + v * w2]
        };
        Self {
            parts: product(self.parts, [w, w1, w2]),
            sizes: product(self.sizes, [w, w1, w2].map(f64::abs)),
        }
    }
}

fn by_hand(steps: &[Step], x: f64) -> Hand {
    let start = Hand {
        parts: [x, 1.0, 0.0],
        sizes: [x.abs(), 1.0, 0.0],
    };
    steps.iter().fold(start, |hand, step| {
        let v = hand.parts[0];
        let s = 1.0 / (1.0 + (-v).exp());
        let slope = s / (1.0 + v.exp());
        match *step {
            Step::Sigmoid => hand.through([s, slope, slope * (1.0 - 2.0 * s)]),
            Step::Tanh => hand.through([
                v.tanh(),
                v.cosh().powi(-2),
                -2.0 * v.tanh() * v.cosh().powi(-2),
            ]),
            Step::Sin => hand.through([v.sin(), v.cos(), -v.sin()]),
            Step::Softplus => hand.through([v.exp().ln_1p(), s, slope]),
            Step::Gauss => {
                let g = (-v * v).exp();
                hand.through([g, -2.0 * v * g, (4.0 * v * v - 2.0) * g])
            }
            Step::Root => {
                let r = (v * v + 1.0).sqrt();
                hand.through([r, v / r, 1.0 / (r * r * r)])
            }
            Step::Scale(factor) => hand.times([factor, 0.0, 0.0]),
            Step::Shift(offset) => {
                let mut hand = hand;
                hand.parts[0] += offset;
                hand.sizes[0] += offset.abs();
                hand
            }
            Step::TimesX => hand.times([x, 1.0, 0.0]),
            Step::OverX => {
                let w = 1.0 / (x * x + 1.0);
                hand.times([w, -2.0 * x * w * w, (6.0 * x * x - 2.0) * w * w * w])
            }
        }
    })
}

fn expression() -> impl Strategy<Value = (Vec<Step>, f64)> {
    (prop::collection::vec(step(), 1..7), -1.5..1.5)
        .prop_filter("moderate numbers", |(steps, x)| {
            by_hand(steps, *x).sizes.iter().all(|size| *size < 1e6)
        })
}

const ROUNDING: f64 = 2e-15;

proptest! {
    #[test]
    fn first_derivatives_follow_the_chain_rule((steps, x) in expression(), t in 0.5..3.0) {
        let (hand, dual) = (by_hand(&steps, x), run(&steps, Dual::new(x, [t])));
        prop_assert!((dual.re - hand.parts[0]).abs() <= ROUNDING * hand.sizes[0], "{dual} {hand:?}");
        prop_assert!((dual.derivative() - hand.parts[1] * t).abs() <= ROUNDING * hand.sizes[1] * t, "{dual} {hand:?}");
    }

    #[test]
    fn second_derivatives_follow_the_chain_rule((steps, x) in expression(), t in 0.5..3.0, u in -3.0..-0.5) {
        let (hand, hyper) = (by_hand(&steps, x), run(&steps, HyperDual::new(x, t, u, 0.0)));
        prop_assert!((hyper.eps1eps2 - hand.parts[2] * t * u).abs() <= ROUNDING * hand.sizes[2] * (t * u).abs(), "{hyper} {hand:?}");
    }

    #[test]
    fn hyper_duals_agree_with_nested_duals((steps, x) in expression()) {
        let (hand, hyper) = (by_hand(&steps, x), run(&steps, HyperDual::variable(x)));
        let nested = run(&steps, Dual::variable(Dual::variable(x)));
        prop_assert_eq!(hyper.re.to_bits(), nested.re.re.to_bits());
        prop_assert!((hyper.eps1 - nested.eps[0].re).abs() <= ROUNDING * hand.sizes[1]);
        prop_assert!((hyper.eps1eps2 - nested.eps[0].eps[0]).abs() <= ROUNDING * hand.sizes[2], "{hyper} {nested} {hand:?}");
    }

    #[test]
    fn jets_agree_with_hyper_duals((steps, x) in expression(), y in 0.5..2.0) {
        fn f<S: Scalar<Primal = f64>>(steps: &[Step], x: S, y: S) -> S {
            run(steps, x * y) * y + run(steps, x + y)
        }
        let jet = { let [x, y] = Jet::variables([x, y]); f(&steps, x, y) };
        let seeds = [[1.0, 0.0], [0.0, 1.0]];
        let rows = jet.hessian();
        for (i, row) in rows.iter().enumerate() {
            for (j, entry) in row.iter().enumerate() {
                let hyper = f(&steps, HyperDual::new(x, seeds[i][0], seeds[j][0], 0.0), HyperDual::new(y, seeds[i][1], seeds[j][1], 0.0));
                prop_assert_eq!(hyper.re.to_bits(), jet.re.to_bits());
                prop_assert!((hyper.eps1 - jet.gradient[i]).abs() <= 1e-12 * (1.0 + hyper.eps1.abs()));
                let scale = 1.0 + by_hand(&steps, x * y).sizes[2] * 8.0 + by_hand(&steps, x + y).sizes[2];
                prop_assert!((hyper.eps1eps2 - entry).abs() <= 1e-14 * scale, "{hyper} {rows:?}");
            }
        }
    }

    #[test]
    fn hessians_are_symmetric_to_the_last_bit((steps, x) in expression(), y in 0.5..2.0, z in -2.0..2.0) {
        let rows = hessian(|[x, y, z]| run(&steps, x * y - z) * z.sin() / y + (x * z).powi(3) * y.powf(x), [x, y, z]);
        let transposed: [[u64; 3]; 3] = std::array::from_fn(|i| std::array::from_fn(|j| rows[j][i].to_bits()));
        prop_assert_eq!(rows.map(|row| row.map(f64::to_bits)), transposed);
    }

    #[test]
    fn a_product_divided_by_its_factor_is_the_other((steps, x) in expression(), u in 1.0..3.0, t in -3.0..-0.5) {
        let a = run(&steps, HyperDual::new(x, t, 0.5 * t, 1.0));
        let b = HyperDual::new(u, 0.7, t, -1.0);
        let back = a * b / b;
        let scale = 1.0 + [a.re, a.eps1, a.eps2, a.eps1eps2].iter().map(|part| part.abs()).sum::<f64>() * 100.0;
        for (got, wanted) in [(back.re, a.re), (back.eps1, a.eps1), (back.eps2, a.eps2), (back.eps1eps2, a.eps1eps2)] {
            prop_assert!((got - wanted).abs() <= 1e-14 * scale, "{back} {a}");
        }
    }
}
