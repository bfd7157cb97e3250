#[chainrule::differentiate(wrt = x)]
fn f(x: f64) -> f64 {
    x * x
}

#[chainrule::differentiate(wrt())]
fn g(x: f64) -> f64 {
    x * x
}

#[chainrule::differentiate(name)]
fn h(x: f64) -> f64 {
    x * x
}

#[chainrule::differentiate(name = a, name = b)]
fn i(x: f64) -> f64 {
    x * x
}

fn main() {
    assert_eq!(f(2.0) + g(2.0) + h(2.0) + i(2.0), 16.0);
}
