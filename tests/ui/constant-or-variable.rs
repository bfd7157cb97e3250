#[chainrule::differentiate]
fn f(x: f64) -> f64 {
    match x {
        T if T > 0.0 => T * 2.0,
        | T => T,
    }
}

#[chainrule::differentiate]
fn g(x: f64) -> f64 {
    match x {
        0.0 => 1.0,
        T => T,
    }
}

fn main() {
    assert_eq!(f(2.0) + g(2.0), 6.0);
}
