#[chainrule::differentiate(wrt(x, z, n))]
fn f(x: f64, y: f64, n: usize) -> f64 {
    x * y * n as f64
}

fn main() {
    assert_eq!(f(2.0, 3.0, 1), 6.0);
}
