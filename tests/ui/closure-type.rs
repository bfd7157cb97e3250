type Rule<'a> = dyn Fn(f64) -> f64 + 'a;

#[chainrule::differentiate]
fn f(x: f64) -> f64 {
    let twice: &Rule = &|t| t * 2.0;
    let line: &Rule = &|t| t * x;
    twice(2.0) * line(3.0)
}

fn main() {
    assert_eq!(f(2.0), 24.0);
}
