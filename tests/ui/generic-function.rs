#[chainrule::differentiate]
fn f<const N: usize>(x: [f64; N]) -> f64 {
    x[0]
}

#[chainrule::differentiate]
fn g<T: Into<f64>>(x: f64, k: T) -> f64 {
    x * k.into()
}

fn main() {
    assert_eq!(f([2.0]), g(2.0, 1.0));
}
