type Real = f64;

#[chainrule::differentiate]
fn f(x: f64) -> f64 {
    let y: Real = x * x;
    y
}

fn main() {
    assert_eq!(f(2.0), 4.0);
}
