use chainrule::differentiate;

#[differentiate]
fn f(x: f64) -> f64 {
    2 * x + 1
}

#[differentiate]
fn g(x: f64) -> f64 {
    x & 1.0
}

fn main() {}
