struct Point {
    x: f64,
}

#[chainrule::differentiate]
fn f(x: f64) -> f64 {
    let mut plain = Point { x: 1.0 };
    plain.x = x;
    let point = Point { x };
    let some = Some(x);
    point.x + some.unwrap() + plain.x
}

fn main() {
    assert_eq!(f(2.0), 6.0);
}
