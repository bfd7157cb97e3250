//! The functions of two variables, from their definitions.

use chainrule::differentiate;
use std::f64::consts::PI;

#[differentiate]
pub fn beale(x: f64, y: f64) -> f64 {
    (1.5 - x + x * y).powi(2)
        + (2.25 - x + x * y.powi(2)).powi(2)
        + (2.625 - x + x * y.powi(3)).powi(2)
}

#[differentiate]
pub fn booth(x: f64, y: f64) -> f64 {
    (x + 2.0 * y - 7.0).powi(2) + (2.0 * x + y - 5.0).powi(2)
}

#[differentiate]
pub fn bukin_n6(x: f64, y: f64) -> f64 {
    100.0 * (y - x * x / 100.0).abs().sqrt() + (x + 10.0).abs() / 100.0
}

#[differentiate]
pub fn cross_in_tray(x: f64, y: f64) -> f64 {
    let decay = (100.0 - x.hypot(y) / PI).abs().exp();
    -0.0001 * ((x.sin() * y.sin() * decay).abs() + 1.0).powf(0.1)
}

#[differentiate]
pub fn easom(x: f64, y: f64) -> f64 {
    let squared = (x - PI) * (x - PI) + (y - PI) * (y - PI);
    -x.cos() * y.cos() * (-squared).exp()
}

#[differentiate]
pub fn eggholder(x: f64, y: f64) -> f64 {
    let y = y + 47.0;
    -y * (y + x / 2.0).abs().sqrt().sin() - x * (x - y).abs().sqrt().sin()
}

/// The polynomial that two of the functions share.
#[differentiate]
fn goldstein_price_polynomial(x: f64, y: f64) -> f64 {
    let a = x + y + 1.0;
    let b = 19.0 - 14.0 * x + 3.0 * x * x - 14.0 * y + 6.0 * x * y + 3.0 * y * y;
    let c = 2.0 * x - 3.0 * y;
    let d = 18.0 - 32.0 * x + 12.0 * x * x + 48.0 * y - 36.0 * x * y + 27.0 * y * y;
    (1.0 + a * a * b) * (30.0 + c * c * d)
}

#[differentiate]
pub fn goldsteinprice(x: f64, y: f64) -> f64 {
    goldstein_price_polynomial(x, y)
}

#[differentiate]
pub fn himmelblau(x: f64, y: f64) -> f64 {
    (x.powi(2) + y - 11.0).powi(2) + (x + y.powi(2) - 7.0).powi(2)
}

#[differentiate]
pub fn holder_table(x: f64, y: f64) -> f64 {
    let distance = (x * x + y * y).sqrt();
    -(x.sin() * y.cos() * (1.0 - distance / PI).abs().exp()).abs()
}

#[differentiate]
pub fn levy_n13(x: f64, y: f64) -> f64 {
    let square = [
        (3.0 * PI * x).sin(),
        (3.0 * PI * y).sin(),
        (2.0 * PI * y).sin(),
    ];
    square[0].powi(2)
        + (x - 1.0).powi(2) * (1.0 + square[1].powi(2))
        + (y - 1.0).powi(2) * (1.0 + square[2].powi(2))
}

#[differentiate]
pub fn matyas(x: f64, y: f64) -> f64 {
    0.26 * (x * x + y * y) - 0.48 * x * y
}

#[differentiate]
pub fn mccormick(x: f64, y: f64) -> f64 {
    f64::sin(x + y) + f64::powi(x - y, 2) - 1.5 * x + 2.5 * y + 1.0
}

/// Goldstein and Price on the unit square, in logarithms.
#[differentiate]
pub fn picheny(x: f64, y: f64) -> f64 {
    (goldstein_price_polynomial(4.0 * x - 2.0, 4.0 * y - 2.0).log10() - 8.693) / 2.427
}

#[differentiate]
pub fn schaffer_n2(x: f64, y: f64) -> f64 {
    let (x2, y2) = (x.powi(2), y.powi(2));
    0.5 + ((x2 - y2).sin().powi(2) - 0.5) / (1.0 + 0.001 * (x2 + y2)).powi(2)
}

#[differentiate]
pub fn schaffer_n4(x: f64, y: f64) -> f64 {
    let (x2, y2) = (x.powi(2), y.powi(2));
    let wave = (x2 - y2).abs().sin().cos();
    0.5 + (wave * wave - 0.5) / (1.0 + 0.001 * (x2 + y2)).powi(2)
}

#[differentiate]
pub fn threehumpcamel(x: f64, y: f64) -> f64 {
    2.0 * x.powi(2) - 1.05 * x.powi(4) + x.powi(6) / 6.0 + x * y + y * y
}
