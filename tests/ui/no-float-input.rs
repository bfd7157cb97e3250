struct Point {
    x: f64,
}

#[chainrule::differentiate]
fn f(n: i32) -> f64 {
    n as f64
}

#[chainrule::differentiate]
fn nothing() -> f64 {
    1.0
}

#[chainrule::differentiate]
fn of_struct(point: &Point) -> f64 {
    point.x
}

fn main() {
    assert_eq!(f(2) + nothing() + of_struct(&Point { x: 1.0 }), 4.0);
}
