//! Who uses the derivatives of a function with a mistake is told nothing more, where the types of the inputs are known.

use chainrule::differentiate;

#[differentiate]
fn inner(x: f64) -> f64 {
    f64::from_bits(x.to_bits())
}

#[differentiate]
fn outer(x: f64, y: f64) -> f64 {
    inner(x) * y
}

#[differentiate(frst(slope))]
fn key(x: f64) -> f64 {
    x * x
}

#[differentiate]
fn result(x: f64, y: f64) -> i32 {
    (x * y) as i32
}

#[differentiate]
fn precision(x: f64) -> f32 {
    x as f32
}

#[differentiate]
fn nothing(x: f64) {
    let _ = x;
}

#[differentiate]
async fn later(x: f64) -> f64 {
    x
}

#[differentiate]
fn written(x: f64, out: &mut [f64; 2]) {
    out[0] += x;
}

#[differentiate(first(slope, slope))]
fn given(x: f64) -> f64 {
    x
}

fn slope(_: f64) -> f64 {
    1.0
}

struct Spring;

#[differentiate]
impl Spring {
    #[differentiate(constants(slope))]
    fn energy(&self, x: f64) -> f64 {
        x * x
    }
}

fn main() {
    assert_eq!(key::derivative(2.0) + key::hessian(1.0), 1.0);
    assert_eq!(result::gradient(2.0, 1.0), [1.0, 2.0]);
    assert_eq!(precision::derivative(2.0), 1.0);
    assert_eq!(nothing::derivative(2.0), 1.0);
    assert_eq!(later::value_and_derivative(2.0), (2.0, 1.0));
    assert_eq!(written::derivative(2.0, &mut [0.0; 2]), [1.0, 0.0]);
    assert_eq!(given::derivative(2.0), 1.0);
    assert_eq!(Spring.energy_gradient(2.0), 4.0);
    assert_eq!(inner::derivative(2.0), 1.0);
    assert_eq!(outer::gradient(2.0, 3.0), [3.0, 2.0]);
}
