use num_traits::Float;

#[chainrule::differentiate]
fn f(x: impl Float) -> f64 {
    x.to_f64().unwrap()
}

#[chainrule::differentiate]
fn g<T: Float, U>(x: T, y: U) -> T
where
    U: num_traits::real::Real,
{
    x + T::from(y).unwrap()
}

fn main() {
    assert_eq!(f(2.0), g(1.0, 1.0));
}
