#[chainrule::differentiate(with_respect_to(x))]
fn f(x: f64) -> f64 {
    x * x
}

#[chainrule::differentiate("x")]
fn g(x: f64) -> f64 {
    x * x
}

fn main() {
    assert_eq!(f(2.0), g(2.0));
}
