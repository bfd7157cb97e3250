use chainrule::differentiate;

#[differentiate]
fn square<T: Into<f64> + Copy>(x: T) -> f64 {
    x.into() * x.into()
}

fn main() {
    square(2.0);
}
