#[chainrule::differentiate]
fn f(x: f64) -> f64 {
    let values: Vec<f64> = std::iter::from_fn(|| Some(x)).take(2).collect();
    std::thread::spawn(move || x * 2.0).join().unwrap() + values[0]
}

#[chainrule::differentiate(wrt(x))]
fn g(x: f64, rule: fn(f64) -> f64) -> f64 {
    let other = rule;
    Some(x).map(rule).unwrap() + rule(x) + other(x)
}

#[chainrule::differentiate]
fn h(x: f64, n: usize) -> f64 {
    let line = |t: f64| t * x;
    let rules = [&line, &line];
    rules[n](2.0)
}

fn main() {}
