unsafe fn double(x: f64) -> f64 {
    2.0 * x
}

#[chainrule::differentiate]
fn f(x: f64) -> f64 {
    unsafe { double(1.0) * double(x) }
}

fn main() {
    assert_eq!(f(2.0), 8.0);
}
