use chainrule::derivative;

fn square(x: f64) -> f64 {
    x * x
}

fn main() {
    derivative(|x| square(x.re), 3.0);
    derivative(|x| x > 0.0, 3.0);
}
