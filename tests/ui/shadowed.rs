//! Names of the standard library that mean something else where the function stands: no wrong number.

use chainrule::differentiate;

mod modules {
    pub mod f64 {
        pub fn sin(x: std::primitive::f64) -> std::primitive::f64 {
            2.0 * x
        }
        pub fn from(x: std::primitive::f64) -> std::primitive::f64 {
            2.0 * x
        }
    }
    pub mod mem {
        pub fn replace<T: Clone>(place: &mut T, _: T) -> T {
            place.clone()
        }
    }
    pub mod iter {
        pub fn once<T>(x: T) -> [T; 1] {
            [x]
        }
    }
    pub mod array {
        pub fn from_fn<T>(f: impl Fn(usize) -> T) -> [T; 2] {
            [f(1), f(0)]
        }
    }
    pub struct Vec;
    impl Vec {
        pub fn from<T, const N: usize>(x: [T; N]) -> [T; N] {
            x
        }
    }
    #[allow(non_snake_case)]
    pub fn Some<T>(x: T) -> Option<T> {
        Option::Some(x)
    }
    #[allow(non_snake_case)]
    pub fn Ok<T>(x: T) -> Result<T, ()> {
        Result::Ok(x)
    }
    #[allow(non_snake_case)]
    pub fn Err(x: std::primitive::f64) -> std::primitive::f64 {
        x
    }
}

use modules::{Err, Ok, Some, Vec, array, f64, iter, mem};

#[differentiate]
fn methods(x: f64, y: f64) -> f64 {
    let all = [x, y].map(f64::sin);
    f64::sin(x) + f64::from(y) + all[0]
}

#[differentiate]
fn moves(x: f64, y: f64) -> f64 {
    let mut a = x;
    let b = mem::replace(&mut a, y);
    let c: f64 = iter::once(x).into_iter().sum();
    let d = array::from_fn(|_| y);
    let e = Vec::from([x, y]);
    a + b + c + d[0] + e[0]
}

#[differentiate]
fn wrappers(x: f64) -> f64 {
    Some(x).unwrap() + Ok(x).unwrap() + Err(x)
}

struct Model;

impl Model {
    fn expect(&self, x: f64) -> f64 {
        x * x
    }
}

#[differentiate]
fn expected(x: f64, model: &Model) -> f64 {
    x + model.expect(x)
}

fn main() {}
