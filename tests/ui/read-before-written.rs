#[chainrule::differentiate]
fn f(x: f64, out: &mut [f64]) {
    for value in out.iter_mut() {
        *value += x;
    }
}

#[chainrule::differentiate]
fn g(x: f64, y: &mut f64) -> f64 {
    let before = *y;
    *y = x;
    before
}

#[chainrule::differentiate]
fn written_first(x: f64, out: &mut [f64; 2]) {
    out[0] = x;
    out[0] += x;
}

fn main() {
    let mut y = 1.0;
    f(2.0, &mut [0.0]);
    written_first(g(1.0, &mut y), &mut [0.0; 2]);
}
