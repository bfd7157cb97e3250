fn plain(f: impl Fn(f64) -> f64) -> f64 {
    f(1.0)
}

#[chainrule::differentiate]
fn f(x: f64) -> f64 {
    plain(|t| t * x) + plain(|t| t * 2.0)
}

#[chainrule::differentiate(wrt(x))]
fn g(x: f64, rule: fn(f64) -> f64) -> f64 {
    Some(x).map(rule).unwrap() + rule(x)
}

fn main() {}
