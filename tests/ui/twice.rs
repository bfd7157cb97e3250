use chainrule::differentiate;

#[differentiate]
#[differentiate(wrt(x))]
fn f(x: f64, y: f64) -> f64 {
    x * y
}

#[differentiate(wrt(x, y, x))]
fn g(x: f64, y: f64) -> f64 {
    x * y
}

fn main() {
    assert_eq!(f::derivative(2.0, 3.0), g(1.0, 3.0));
}
