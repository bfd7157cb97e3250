#[chainrule::differentiate]
fn f(x: f64) -> i64 {
    x as i64
}

#[chainrule::differentiate]
fn nothing(x: f64) {
    println!("{x}");
}

fn main() {
    nothing(f(2.0) as f64);
}
