#[chainrule::differentiate(constant(total))]
fn f(x: f64, ys: [f64; 2]) -> f64 {
    x * total(&ys)
}

fn total(ys: &[f64; 2]) -> f64 {
    ys[0] + ys[1]
}

fn main() {
    assert_eq!(f(2.0, [1.0, 2.0]), 6.0);
}
