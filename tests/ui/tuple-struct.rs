use std::num::Wrapping;

use chainrule::{Differentiable, differentiate};

#[derive(Clone, Copy, Differentiable)]
struct Point(f64, f64, f64);

enum Shape {
    Circle(f64),
}

struct Bare(f64);

#[differentiate(wrt(p))]
fn patterns(p: Point) -> f64 {
    let Point(.., z) = p;
    z
}

#[differentiate]
fn constructors(x: f64) -> f64 {
    let wrapped = Wrapping(x);
    let shape = Shape::Circle(x);
    let all = [x, x].map(Bare);
    let held = Point(x, x, |y: f64| x * y);
    x
}

fn main() {}
