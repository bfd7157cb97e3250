#[chainrule::differentiate]
fn f(x: f64, pair: (f64, f64)) -> f64 {
    x * pair.0
}

#[chainrule::differentiate]
fn g(x: f64, weights: Vec<f64>) -> f64 {
    x * weights[0]
}

#[chainrule::differentiate]
fn h(x: f64, map: impl Fn(f64) -> f64) -> f64 {
    x * map(1.0)
}

fn main() {
    assert_eq!(f(2.0, (3.0, 4.0)) + g(1.0, vec![1.0]) + h(1.0, |x| x), 8.0);
}
