fn double(x: &mut f64) -> f64 {
    *x *= 2.0;
    *x
}

#[chainrule::differentiate]
fn f(x: f64) -> f64 {
    let mut y = x;
    double(&mut y)
}

fn main() {
    assert_eq!(f(2.0), 4.0);
}
