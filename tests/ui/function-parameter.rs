use std::collections::HashMap;

#[chainrule::differentiate]
fn mixed(x: f64, f: impl Fn(f32) -> f32) -> f64 {
    f(1.0) as f64 * x
}

#[chainrule::differentiate]
fn of_map(f: impl Fn(&HashMap<String, f64>) -> f64, x: f64) -> f64 {
    f(&HashMap::new()) * x
}

#[chainrule::differentiate]
fn of_function<F>(f: &F, x: f64) -> f64
where
    F: Fn(&dyn Fn(f64) -> f64) -> f64,
{
    f(&|t| t) * x
}

#[chainrule::differentiate(wrt(f, x))]
fn of_index(f: impl Fn(usize) -> usize, x: f64) -> f64 {
    x * f(1) as f64
}

#[chainrule::differentiate]
fn handed_plain(f: impl Fn(f64) -> f64, x: f64) -> f64 {
    x * [1.0, 2.0].iter().copied().map(&f).sum::<f64>()
}

#[chainrule::differentiate]
fn closure_handed_plain(x: f64) -> f64 {
    let line = |t: f64| t * x;
    line(x) + [1.0, 2.0].iter().copied().map(&line).sum::<f64>()
}

#[chainrule::differentiate]
fn handed_one_plain(f: impl Fn(f64, f64) -> f64, x: f64) -> f64 {
    [1.0, 2.0].into_iter().fold(x, f)
}

#[chainrule::differentiate]
fn closure_handed_one_plain(x: f64) -> f64 {
    let product = |a: f64, b: f64| a * b;
    product(x, x) + [1.0, 2.0].into_iter().fold(x, product)
}

type Pair = [f64; 2];

#[chainrule::differentiate]
fn of_alias(f: impl Fn(f64, Pair) -> f64, x: f64) -> f64 {
    f(x, [x, 1.0])
}

#[chainrule::differentiate]
fn in_macro(f: impl Fn(f64) -> f64, x: f64) -> f64 {
    x * dbg!(f(1.0))
}

trait Named {
    fn weight(&self) -> f64;
}

impl<F> Named for F {
    fn weight(&self) -> f64 {
        1.0
    }
}

#[chainrule::differentiate]
fn unknown_method(f: impl Fn(f64) -> f64, x: f64) -> f64 {
    x * f.weight()
}

fn main() {}
