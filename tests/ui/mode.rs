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

#[differentiate(mode = adjoint)]
fn ends(x: &[f64]) -> [f64; 2] {
    [x[0] * x[1], x[1] * 2.0]
}

#[differentiate(mode = forward)]
fn long(x: &[f64]) -> f64 {
    x[0] * x[1]
}

#[differentiate(mode = forward)]
fn pair(p: (f64, f64)) -> f64 {
    p.0 * p.1
}

fn main() {
    long::gradient(&[1.0, 2.0]);
    pair::gradient((1.0, 2.0));
    product::gradient(&[1.0, 2.0]);
    square::derivative(1.0);
    cube::derivative(1.0);
    ends::jacobian(&[1.0, 2.0]);
}
