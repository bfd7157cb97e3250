#[chainrule::differentiate]
fn f(x: f64, out: &mut [f64]) -> f64 {
    out[0] = x;
    x
}

fn main() {
    f(2.0, &mut [0.0]);
}
