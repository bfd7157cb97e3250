#[chainrule::differentiate]
fn f(x: f64) -> Box<f64> {
    Box::new(x)
}

#[chainrule::differentiate]
fn g(x: &[f64]) -> &[f64] {
    x
}

#[chainrule::differentiate]
fn h(x: f64) -> impl Fn(f64) -> f64 {
    move |y| x * y
}

fn main() {
    assert_eq!(*f(2.0) + g(&[1.0])[0], h(3.0)(1.0));
}
