struct Point {
    x: f64,
}

#[chainrule::differentiate]
fn f(x: f64) -> f64 {
    let point = Point { x };
    point.x * 2.0
}

fn main() {
    assert_eq!(f(2.0), 4.0);
}
