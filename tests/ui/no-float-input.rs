#[chainrule::differentiate]
fn f(n: i32) -> f64 {
    n as f64
}

#[chainrule::differentiate]
fn nothing() -> f64 {
    1.0
}

fn main() {
    assert_eq!(f(2) + nothing(), 3.0);
}
