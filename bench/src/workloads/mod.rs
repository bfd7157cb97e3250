//! What is measured. The functions under the attribute are written as for any other purpose.

mod black_scholes;
mod bundle;
mod forward;
mod lengths;
mod logistic;
mod matrix;
mod product;
mod rosenbrock;
mod sigmoid;
mod special;

use crate::measure::Row;

pub fn rows() -> Vec<Row> {
    [
        sigmoid::rows(),
        rosenbrock::rows(),
        black_scholes::rows(),
        bundle::rows(),
        logistic::rows(),
        product::rows(),
        special::rows(),
        lengths::rows(),
        forward::rows(),
        matrix::rows(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Points that are neither equal nor ordered.
fn spread(n: usize) -> impl Iterator<Item = f64> {
    (0..n).map(|i| ((i * 37 + 11) % 64) as f64 / 16.0 - 2.0)
}
