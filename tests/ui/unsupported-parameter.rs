use std::collections::BTreeMap;

#[chainrule::differentiate]
fn f(x: f64, table: BTreeMap<u32, f64>) -> f64 {
    x * table[&0]
}

#[chainrule::differentiate]
fn g(x: f64, pair: (f64, Box<f64>)) -> f64 {
    x * pair.0
}

fn main() {
    assert_eq!(f(2.0, BTreeMap::from([(0, 1.0)])) + g(1.0, (2.0, Box::new(1.0))), 4.0);
}
