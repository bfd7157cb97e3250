#[chainrule::differentiate]
fn f(x: f64, xs: &[f64]) -> f64 {
    let bits = x.to_bits();
    let first = xs.first();
    x + bits as f64 + *first.unwrap()
}

#[chainrule::differentiate]
fn g(xs: &[f64]) -> f64 {
    xs.iter().map(|x| x * 2.0).sum()
}

struct Model;

impl Model {
    fn energy(&self, x: f64) -> f64 {
        x * x
    }
}

#[chainrule::differentiate]
fn h(x: f64, model: &Model) -> f64 {
    model.energy(x)
}

fn main() {
    assert_eq!(f(2.0, &[1.0]) + g(&[1.0]) + h(2.0, &Model), f64::NAN);
}
