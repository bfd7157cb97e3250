#[chainrule::differentiate]
fn f(x: f64) -> f64 {
    let mut y = x;
    #[cfg(any())]
    {
        y = 0.0;
    }
    y *= 2.0;
    y
}

fn main() {
    assert_eq!(f(2.0), 4.0);
}
