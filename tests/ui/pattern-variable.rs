use chainrule::differentiate;

#[derive(Clone)]
enum Shape {
    Circle(f64),
    Square(f64),
}

#[differentiate]
fn area(scale: f64, shape: Shape) -> f64 {
    match shape {
        Shape::Circle(mut radius) => {
            radius *= scale;
            3.0 * radius * radius
        }
        Shape::Square(side) => scale * side * side,
    }
}

fn main() {
    let _ = area(2.0, Shape::Circle(1.0)) + area(2.0, Shape::Square(1.0));
}
