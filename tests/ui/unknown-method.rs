#[chainrule::differentiate]
fn f(x: f64, xs: &[f64]) -> f64 {
    let bits = x.to_bits();
    let _runs = xs.chunk_by(|a, b| a < b);
    x * bits as f64
}

#[chainrule::differentiate]
fn g(xs: &[f64]) -> f64 {
    let (low, high): (Vec<f64>, Vec<f64>) = xs.iter().partition(|x| **x < 0.0);
    let _wide = Some(xs[0]).zip(Some(xs[1]));
    low[0] * high[0]
}

trait Energy {
    fn energy(self, x: f64) -> f64;
}

impl Energy for f64 {
    fn energy(self, x: f64) -> f64 {
        self * x
    }
}

#[chainrule::differentiate]
fn h(x: f64) -> f64 {
    1.5.energy(x)
}

fn main() {}
