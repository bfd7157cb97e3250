//! An option's price with all Greeks, from the price formula alone, beside the formulas of the literature; delta and gamma are drawn.
//!
//!     cargo run --release --example option

mod picture;

use std::error::Error;

use chainrule::{differentiate, norm_cdf, norm_pdf};
use plotters::style::{BLUE, RED};

/// Black and Scholes' price of a call: spot and volatility, interest rate, and years to run.
#[differentiate]
fn call(spot: f64, volatility: f64, rate: f64, years: f64) -> f64 {
    let deviation = volatility * years.sqrt();
    let d1 = ((spot / STRIKE).ln() + rate * years) / deviation + 0.5 * deviation;
    spot * norm_cdf(d1) - STRIKE * (-rate * years).exp() * norm_cdf(d1 - deviation)
}

const STRIKE: f64 = 100.0;

fn main() -> Result<(), Box<dyn Error>> {
    let (spot, volatility, rate, years): (f64, f64, f64, f64) = (105.0, 0.2, 0.03, 0.5);
    let (price, slopes, bends) = call::value_gradient_hessian(spot, volatility, rate, years);
    let [delta, vega, rho, by_years] = slopes;
    let [[gamma, vanna, ..], [_, volga, ..], ..] = bends;

    // The same by the formulas that were derived by hand.
    let (root, discounted) = (years.sqrt(), STRIKE * (-rate * years).exp());
    let d1 =
        ((spot / STRIKE).ln() + (rate + 0.5 * volatility.powi(2)) * years) / (volatility * root);
    let d2 = d1 - volatility * root;
    let density: f64 = norm_pdf(d1);
    let by_hand = [
        (
            "price",
            price,
            spot * norm_cdf(d1) - discounted * norm_cdf(d2),
        ),
        ("delta", delta, norm_cdf(d1)),
        ("vega", vega, spot * density * root),
        ("rho", rho, years * discounted * norm_cdf(d2)),
        (
            "theta",
            -by_years,
            -spot * density * volatility / (2.0 * root) - rate * discounted * norm_cdf(d2),
        ),
        ("gamma", gamma, density / (spot * volatility * root)),
        ("vanna", vanna, -density * d2 / volatility),
        ("volga", volga, spot * density * root * d1 * d2 / volatility),
    ];
    println!("            by the attribute         by hand");
    for (name, found, expected) in by_hand {
        println!("  {name:<8} {found:>18.14}  {expected:>18.14}");
        assert!((found - expected).abs() <= 1e-13 * expected.abs().max(1.0));
    }
    draw(volatility, rate, years)
}

fn draw(volatility: f64, rate: f64, years: f64) -> Result<(), Box<dyn Error>> {
    let spots = || (0..=160).map(|i| 60.0 + 0.5 * f64::from(i));
    let delta = spots().map(|spot| (spot, call::gradient(spot, volatility, rate, years)[0]));
    let gamma = spots().map(|spot| {
        (
            spot,
            20.0 * call::hessian(spot, volatility, rate, years)[0][0],
        )
    });
    let curves = vec![(BLUE, delta.collect()), (RED, gamma.collect())];
    let caption = "A call of strike 100: delta (blue), 20 gamma (red), by the spot";
    picture::draw(
        "option.svg",
        caption,
        [60.0..140.0, 0.0..1.0],
        curves,
        Vec::new(),
    )
}
