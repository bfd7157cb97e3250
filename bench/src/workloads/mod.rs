//! What is measured. The functions under the attribute are written as for any other purpose.

mod rosenbrock;
mod sigmoid;

use crate::measure::Row;

pub fn rows() -> Vec<Row> {
    let mut rows = sigmoid::rows();
    rows.extend(rosenbrock::rows());
    rows
}

/// Points that are neither equal nor ordered.
fn spread(n: usize) -> impl Iterator<Item = f64> {
    (0..n).map(|i| ((i * 37 + 11) % 64) as f64 / 16.0 - 2.0)
}
