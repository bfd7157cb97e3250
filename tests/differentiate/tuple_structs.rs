//! Tuple structs: parts by number, patterns and constructors.

use chainrule::{Differentiable, differentiate};

use crate::assert_close;

#[derive(Clone, Copy, Debug, PartialEq, Differentiable)]
pub struct Point(pub f64, pub f64);

#[derive(Clone, Debug, PartialEq, Differentiable)]
struct Metres(f64);

/// The count is carried along, and so is the name.
#[derive(Clone, Debug, PartialEq, Differentiable)]
struct Path<'a, const N: usize>(
    [Point; N],
    usize,
    #[differentiable(constant)] &'a str,
    Vec<f64>,
)
where
    [(); N]: Sized;

#[differentiate(wrt(p))]
fn norm(p: Point) -> f64 {
    let Point(x, y) = p;
    x.hypot(y) + p.0 * 2.0
}

#[test]
fn patterns_and_parts() {
    assert_close(&[norm(Point(3.0, 4.0))], &[11.0]);
    let Point(dx, dy) = norm::gradient(Point(3.0, 4.0));
    assert_close(&[dx, dy], &[2.6, 0.8]);
    assert_eq!(
        format!("{:?}", Point(1.0, 2.0).lift(&mut |x| x)),
        "Point(1.0, 2.0)"
    );
}

#[differentiate]
fn made(x: f64, y: f64) -> Point {
    let a = Point(x, y * y);
    let mut b = Point(1.0, 2.0);
    b.0 = x * y;
    b.1 += a.1;
    match (a, &b) {
        (Point(p, _), _) if p < 0.0 => Point(p, x),
        (Point(p, ..), Point(q, r)) => Point(p * q, *r),
    }
}

#[test]
fn constructors_and_stores() {
    // (x² y, 2 + y²)
    assert_eq!(made(3.0, 2.0), Point(18.0, 6.0));
    assert_eq!(made::jacobian(3.0, 2.0), [[12.0, 9.0], [0.0, 4.0]]);
}

#[differentiate(wrt(path))]
fn length<const N: usize>(path: &Path<'_, N>) -> f64 {
    let mut total = 0.0;
    for pair in path.0.windows(2) {
        total += (pair[1].0 - pair[0].0).powi(2) + (pair[1].1 - pair[0].1).powi(2);
    }
    total * path.1 as f64 + path.3.iter().sum::<f64>() + path.2.len() as f64
}

#[test]
fn with_parameters_and_constants() {
    let path = Path([Point(0.0, 0.0), Point(1.0, 2.0)], 3, "ab", vec![5.0]);
    assert_eq!(length(&path), 22.0);
    assert_eq!(
        length::gradient(&path),
        Path([Point(-6.0, -12.0), Point(6.0, 12.0)], 3, "ab", vec![1.0])
    );
}

#[differentiate(wrt(p.1, m.0))]
fn by_parts(p: &Point, m: &Metres) -> f64 {
    p.0 * p.1 * m.0 * m.0
}

#[test]
fn parts_as_inputs() {
    assert_eq!(
        by_parts::gradient(&Point(2.0, 3.0), &Metres(5.0)),
        (50.0, 60.0)
    );
}

#[differentiate]
impl Point {
    #[differentiate(wrt(self, k))]
    fn scaled(&self, k: f64) -> Point {
        Self(self.0 * k, self.1 * k)
    }

    #[differentiate(wrt(self))]
    fn swapped(self) -> Point {
        let Self(x, y) = self;
        Point(y, x)
    }
}

#[differentiate]
fn by_methods(x: f64, flag: bool) -> f64 {
    let start = if flag { Point(x, 1.0) } else { Point(0.0, 1.0) };
    let Point(a, b) = start.scaled(x).swapped();
    a * 3.0 + b
}

#[test]
fn methods_of_tuple_structs() {
    assert_eq!(by_methods::value_and_derivative(2.0, true), (10.0, 7.0));
    assert_eq!(by_methods::value_and_derivative(2.0, false), (6.0, 3.0));
    assert_eq!(
        Point(1.0, 2.0).scaled_jacobian(3.0),
        [[3.0, 0.0, 1.0], [0.0, 3.0, 2.0]]
    );
}

enum Shape {
    Circle(f64),
    Square(u32),
}

use Shape::Square;

/// What carries no derivative may be anything.
#[differentiate]
fn plain(x: f64, shape: &Shape, offset: Metres) -> f64 {
    let Metres(zero) = offset;
    let doubled = Metres(zero * 2.0);
    let size = match shape {
        Shape::Circle(r) => *r,
        Square(side) => f64::from(*side),
    };
    let last = match Square(3) {
        Square(n) => n,
        Shape::Circle(_) => 0,
    };
    x * size + doubled.0 * x * f64::from(last)
}

#[test]
fn plain_variants_and_structs() {
    assert_eq!(
        plain::derivative(1.0, &Shape::Circle(2.0), Metres(1.0)),
        8.0
    );
    assert_eq!(plain::derivative(1.0, &Square(5), Metres(0.0)), 5.0);
}

/// A closure may be named like a struct.
#[differentiate]
fn named(x: f64) -> f64 {
    #[allow(non_snake_case)]
    let Cube = |y: f64| y * y * x;
    Cube(x)
}

#[test]
fn closures_named_like_structs() {
    assert_eq!(named::value_and_derivative(2.0), (8.0, 12.0));
}

/// A struct that only the compiler knows to be none: a part is stored in the tuple of a plain function.
fn pair() -> (f64, f64) {
    (1.0, 2.0)
}

#[differentiate]
fn stored(x: f64) -> f64 {
    let mut t = pair();
    t.0 = x;
    let mut p = Point(pair().0, 5.0);
    p.1 *= x;
    t.0 * t.1 + p.0 * p.1
}

#[test]
fn parts_of_unknown_tuples() {
    assert_eq!(stored::value_and_derivative(3.0), (21.0, 7.0));
}

mod where_no_literal_may_stand {
    use chainrule::{Differentiable, differentiate};

    #[derive(Clone, Copy, Differentiable)]
    struct Pair(f64, f64);

    #[differentiate]
    fn matched(x: f64, y: f64) -> f64 {
        match Pair(x, x * y) {
            Pair(a, b) => a * b,
        }
    }

    #[differentiate]
    fn r#fn(r#type: f64) -> f64 {
        r#type * r#type
    }

    #[differentiate]
    fn raw(r#let: f64, y: f64) -> f64 {
        r#fn(r#let) * y
    }

    #[test]
    fn calls_and_raw_names_are_differentiated() {
        assert_eq!(matched::gradient(3.0, 2.0), [12.0, 9.0]);
        assert_eq!(raw::gradient(3.0, 2.0), [12.0, 9.0]);
        assert_eq!(r#fn::derivative(3.0), 6.0);
    }
}
