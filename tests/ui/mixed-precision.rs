#[chainrule::differentiate]
fn f(x: f64, y: f32) -> f64 {
    x * y as f64
}

#[chainrule::differentiate]
fn g(x: f64) -> f32 {
    x as f32
}

#[chainrule::differentiate]
fn h(x: f64) -> f64 {
    x as f32 as f64
}

fn main() {
    assert_eq!(f(2.0, 1.0) + g(1.0) as f64 + h(1.0), 4.0);
}
