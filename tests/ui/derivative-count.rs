#[chainrule::differentiate(first(dx))]
fn f(x: f64, y: f64) -> f64 {
    x * y
}

#[chainrule::differentiate(first(dx, dy), second(dx, dx))]
fn g(x: f64, y: f64) -> f64 {
    x * y
}

#[chainrule::differentiate(wrt(x), first(dx, dy))]
fn h(x: f64, y: f64) -> f64 {
    x * y
}

fn dx(_: f64, y: f64) -> f64 {
    y
}

fn dy(x: f64, _: f64) -> f64 {
    x
}

fn main() {
    assert_eq!(f(2.0, 1.0) + g(2.0, 1.0) + h(2.0, 1.0), dx(1.0, 2.0) + 2.0 * dy(2.0, 1.0));
}
