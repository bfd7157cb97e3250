use chainrule::differentiate;

#[differentiate]
fn product(x: f64, y: f64) -> f64 {
    x * y
}

#[differentiate]
fn powers(x: f64, y: f64) -> [f64; 2] {
    [x * y, y * y]
}

fn main() {
    product::derivative(1.0, 2.0);
    product::second_derivative(1.0, 2.0);
    product::jacobian(1.0, 2.0);
    powers::gradient(1.0, 2.0);
}
