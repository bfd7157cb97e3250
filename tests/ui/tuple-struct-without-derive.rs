struct Bare(f64);

#[chainrule::differentiate]
fn f(x: f64) -> f64 {
    let Bare(y) = Bare(x);
    y
}

fn main() {}
