use chainrule::Differentiable;

#[derive(Differentiable)]
enum Shape {
    Circle(f64),
}

#[derive(Differentiable)]
union Bits {
    float: f64,
    bits: u64,
}

#[derive(Differentiable)]
struct Empty();

#[derive(Differentiable)]
struct Marker;

#[derive(Differentiable)]
struct Pair<T> {
    left: T,
    right: f64,
}

#[derive(Differentiable)]
struct Mixed {
    double: f64,
    single: [f32; 2],
}

fn main() {}
