//! Who uses the derivatives of a function with a mistake in its body is told nothing more.

use chainrule::differentiate;

#[differentiate]
fn inner(x: f64) -> f64 {
    f64::from_bits(x.to_bits())
}

#[differentiate]
fn outer(x: f64, y: f64) -> f64 {
    inner(x) * y
}

fn main() {
    assert_eq!(inner::derivative(2.0), 1.0);
    assert_eq!(outer::gradient(2.0, 3.0), [3.0, 2.0]);
}
