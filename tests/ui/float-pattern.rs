#[chainrule::differentiate]
fn f(x: f64, y: f64) -> f64 {
    let z = match x {
        0.0 => 1.0,
        other => other,
    };
    match (x, y) {
        (0.0, b) => b + z,
        (a, b) => a + b,
    }
}

fn main() {
    assert_eq!(f(2.0, 1.0), 3.0);
}
