#[chainrule::differentiate]
fn f(x: f64) -> f64 {
    let constant = |k: f64| 2.0 * k;
    let scale = |k: f64| x * k;
    constant(2.0) * constant(x) * scale(3.0)
}

fn main() {
    assert_eq!(f(2.0), 96.0);
}
