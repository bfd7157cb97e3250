struct Point {
    x: f64,
}

#[chainrule::differentiate]
fn f(x: f64, count: &mut usize, all: &mut Vec<f64>) -> f64 {
    *count += 1;
    all.push(x);
    x
}

#[chainrule::differentiate(wrt(x, point))]
fn g(x: f64, point: &mut Point) {
    point.x = x;
}

fn main() {
    let mut point = Point { x: f(2.0, &mut 0, &mut vec![]) };
    g(1.0, &mut point);
}
