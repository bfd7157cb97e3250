use chainrule::differentiate;

#[differentiate]
fn bits(f: impl Fn(f64) -> u64, x: f64) -> f64 {
    f(x) as f64
}

#[differentiate]
fn taken(f: impl Fn(&mut f64) -> f64, x: f64) -> f64 {
    let mut y = x;
    f(&mut y)
}

#[differentiate(constant(hold))]
fn f(x: f64) -> f64 {
    bits(f64::to_bits, x) + taken(std::mem::take, x) + hold(|t| t * x)
}

fn hold(f: impl Fn(f64) -> f64) -> f64 {
    f(1.0)
}

fn main() {}
