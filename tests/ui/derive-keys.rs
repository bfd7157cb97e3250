use chainrule::Differentiable;

#[derive(Differentiable)]
#[differentiable(constant)]
struct A {
    #[differentiable(skip)]
    x: f64,
    #[differentiable(float = f32)]
    y: f64,
}

#[derive(Differentiable)]
#[differentiable(float = f16)]
struct B {
    #[differentiable]
    x: f64,
}

fn main() {}
