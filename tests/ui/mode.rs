use chainrule::differentiate;

#[differentiate(mode = adjoint)]
fn product(x: &[f64]) -> f64 {
    let mut sorted = x.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[0] * sorted[1]
}

#[differentiate(mode = adjoint)]
fn square(x: f64) -> f64 {
    x * x
}

#[differentiate(mode = taped)]
fn cube(x: f64) -> f64 {
    x * x * x
}

fn main() {
    product::gradient(&[1.0, 2.0]);
    square::derivative(1.0);
    cube::derivative(1.0);
}
