#[chainrule::differentiate(first(slopes, by_scale))]
fn f(xs: [f64; 2], scale: f64) -> f64 {
    scale * xs[0]
}

fn slopes(_: [f64; 2], scale: f64) -> f64 {
    scale
}

fn by_scale(xs: [f64; 2], _: f64) -> f64 {
    xs[0]
}

#[chainrule::differentiate(first(by_scale))]
fn g(x: f64) -> [f64; 2] {
    [x, x]
}

#[chainrule::differentiate(first(by_scale))]
fn h<T: num_traits::Float>(x: T) -> T {
    x
}

fn main() {
    assert_eq!(f([2.0, 1.0], 1.0) + g(2.0)[0] + h(2.0), slopes([2.0, 1.0], 4.0) + by_scale([2.0, 1.0], 1.0));
}
