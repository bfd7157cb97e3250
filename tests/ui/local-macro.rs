#[chainrule::differentiate]
fn f(x: f64) -> f64 {
    macro_rules! square {
        () => {
            x * x
        };
    }
    square!() * 2.0
}

fn main() {
    assert_eq!(f(2.0), 8.0);
}
