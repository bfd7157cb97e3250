use chainrule::differentiate;

#[derive(Clone, Debug, PartialEq)]
struct Label;

#[differentiate]
fn f(x: f64) -> f64 {
    let labelled = (x, Label);
    println!("{labelled:?}");
    if labelled == (1.0, Label) { x } else { -x }
}

fn main() {}
