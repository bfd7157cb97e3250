#[chainrule::differentiate]
unsafe fn f(x: f64) -> f64 {
    x * x
}

fn main() {
    assert_eq!(unsafe { f(2.0) }, 4.0);
}
