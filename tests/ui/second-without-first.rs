#[chainrule::differentiate(second(curvature))]
fn f(x: f64) -> f64 {
    x * x
}

fn curvature(_: f64) -> f64 {
    2.0
}

#[chainrule::differentiate(first(curvature), constant(curvature))]
fn g(x: f64) -> f64 {
    x * 2.0
}

fn main() {
    assert_eq!(f(2.0) + g(1.0), 3.0 * curvature(1.0));
}
