use chainrule::differentiate;

fn helper(x: f64) -> f64 {
    x * x
}

mod shapes {
    pub fn area(x: f64, y: f64) -> f64 {
        x * y
    }
}

#[differentiate]
fn f(x: f64) -> f64 {
    helper(x) + 1.0
}

#[differentiate]
fn g(x: f64, ys: [f64; 2]) -> f64 {
    let mut sum = 0.0;
    for y in ys {
        sum += shapes::area(x, y);
    }
    sum + ys.into_iter().map(helper).sum::<f64>()
}

fn main() {}
