//! Greeks of an option by Monte Carlo, in parallel: the same bits whatever the number of threads, near the closed form.

use chainrule::{Dual, Parts, Special, sum_in_order};
use rayon::prelude::*;

type Number = Dual<f64, 4>;

const PATHS: u32 = 100_000;
const SPOT: f64 = 100.0;
const STRIKE: f64 = 105.0;
const RATE: f64 = 0.03;
const VOLATILITY: f64 = 0.25;
const MATURITY: f64 = 1.5;

/// A number between 0 and 1 that the path alone decides (SplitMix64).
fn uniform(path: u64) -> f64 {
    let mut z = path.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64 + f64::EPSILON / 4.0
}

/// What a call pays on one path, discounted.
fn payoff([spot, rate, volatility, maturity]: [Number; 4], normal: f64) -> Number {
    let drift = (rate - volatility * volatility * 0.5) * maturity;
    let end = spot * (drift + volatility * maturity.sqrt() * normal).exp();
    (end - STRIKE).max(Number::constant(0.0)) * (-rate * maturity).exp()
}

fn price(threads: usize) -> Number {
    let market = Dual::variables([SPOT, RATE, VOLATILITY, MATURITY]);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap();
    let total: Number = pool.install(|| {
        // Each path has its mirror image.
        sum_in_order((0..PATHS).into_par_iter().map(|path| {
            let normal = uniform(path.into()).inv_norm_cdf();
            payoff(market, normal) + payoff(market, -normal)
        }))
    });
    total / f64::from(2 * PATHS)
}

/// Black and Scholes' price, delta, rho, vega and the derivative by maturity, written out.
fn closed_form() -> [f64; 5] {
    let root = MATURITY.sqrt();
    let d1 = ((SPOT / STRIKE).ln() + (RATE + VOLATILITY * VOLATILITY / 2.0) * MATURITY)
        / (VOLATILITY * root);
    let d2 = d1 - VOLATILITY * root;
    let (n1, n2) = (d1.norm_cdf(), d2.norm_cdf());
    let density = (-d1 * d1 / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let paid = STRIKE * (-RATE * MATURITY).exp();
    let by_maturity = SPOT * density * VOLATILITY / (2.0 * root) + RATE * paid * n2;
    [
        SPOT * n1 - paid * n2,
        n1,
        MATURITY * paid * n2,
        SPOT * density * root,
        by_maturity,
    ]
}

#[test]
fn greeks_have_the_same_bits_on_any_number_of_threads_and_are_near_the_closed_form() {
    let alone = price(1);
    for threads in [2, 3, 4] {
        let together = price(threads);
        assert!(
            alone
                .parts()
                .zip(together.parts())
                .all(|(a, b)| a.to_bits() == b.to_bits()),
            "{threads} threads: {together}, not {alone}"
        );
    }
    // At this number of paths prices and Greeks are off by 0.1 to 0.2 %.
    for (greek, expected) in alone.parts().zip(closed_form()) {
        assert!((greek / expected - 1.0).abs() < 6e-3, "{greek}, {expected}");
    }
}

#[test]
fn sums_in_order_are_those_of_the_runs_one_after_the_other() {
    let term = |n: usize| Dual::new(1.0 / (n + 1) as f64, [(n as f64).sin()]);
    for count in [0, 1, 5, 1024, 1025, 5000] {
        let terms: Vec<Dual<f64>> = (0..count).map(term).collect();
        let mut expected: Dual<f64> = std::iter::empty::<Dual<f64>>().sum();
        for run in terms.chunks(1024) {
            expected += run.iter().copied().sum::<Dual<f64>>();
        }
        let sum: Dual<f64> = sum_in_order(terms.par_iter().copied());
        assert!(
            sum.parts()
                .zip(expected.parts())
                .all(|(a, b)| a.to_bits() == b.to_bits()),
            "{count}: {sum}, {expected}"
        );
    }
}

#[test]
fn the_sum_of_rayon_itself_takes_numbers() {
    let sum: Dual<f64> = (1..=100_u32)
        .into_par_iter()
        .map(|n| Dual::new(f64::from(n), [1.0]))
        .sum();
    assert_eq!((sum.re, sum.derivative()), (5050.0, 100.0));
    let product: Dual<f64> = (1..=5_u32)
        .into_par_iter()
        .map(|n| Dual::new(f64::from(n), [0.0]))
        .product();
    assert_eq!(product.re, 120.0);
}
