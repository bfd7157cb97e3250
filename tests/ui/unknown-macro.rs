macro_rules! double {
    ($x:expr) => {
        2.0 * $x
    };
}

#[chainrule::differentiate]
fn f(x: f64) -> f64 {
    let constant = double!(3.0);
    constant * double!(x)
}

fn main() {
    assert_eq!(f(2.0), 24.0);
}
