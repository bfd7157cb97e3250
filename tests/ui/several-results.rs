#[chainrule::differentiate]
fn f(x: f64) -> [f64; 2] {
    [x, x * x]
}

fn main() {
    assert_eq!(f(2.0), [2.0, 4.0]);
}
