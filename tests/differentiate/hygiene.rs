//! Generated code means the same wherever it stands and whatever the names around it.

use crate::assert_close;

mod without_prelude {
    #![no_implicit_prelude]

    #[::chainrule::differentiate]
    pub fn norm(x: f64, ys: &[f64]) -> f64 {
        let mut sum = 0.0;
        sum += x * x;
        for y in ys {
            sum += y * y;
        }
        sum.sqrt()
    }

    #[::chainrule::differentiate]
    pub fn product(x: f64, y: f64) -> f64 {
        x * y
    }
}

#[test]
fn generated_code_needs_no_prelude() {
    assert_eq!(without_prelude::product::gradient(2.0, 3.0), [3.0, 2.0]);
    let (x, ys) = without_prelude::norm::gradient(3.0, &[4.0]);
    assert_close(&[x, ys[0]], &[0.6, 0.8]);
}

mod crowded {
    #[allow(dead_code)]
    pub mod core {}
    #[allow(dead_code)]
    pub mod std {}
    #[allow(dead_code)]
    pub mod chainrule {}
    #[allow(dead_code)]
    pub mod alloc {}

    #[allow(dead_code)]
    pub trait Iterator {}
    #[allow(dead_code)]
    pub struct Vec;
    #[allow(dead_code)]
    pub enum Option {}
    #[allow(dead_code)]
    pub enum Result {}

    #[::chainrule::differentiate]
    pub fn f(x: f64, values: &[f64]) -> f64 {
        let mut total = x;
        for value in values {
            total = total * x + value;
        }
        total
    }
}

#[test]
fn names_around_the_function_do_not_matter() {
    let (x, values) = crowded::f::gradient(2.0, &[3.0]);
    assert_close(&[x, values[0]], &[4.0, 1.0]);
}

#[allow(non_snake_case)]
#[chainrule::differentiate]
fn f(__chainrule_point: f64, point: f64, direction: &[f64], workspace: f64, gradient: f64) -> f64 {
    let mut __chainrule_step = [point, 1.0];
    __chainrule_step[0] += __chainrule_point * point;
    let __chainrule_item = __chainrule_step[0] * gradient;
    let S = direction.iter().map(|v| v * __chainrule_item).sum::<f64>();
    S * workspace
}

#[test]
fn names_in_the_function_do_not_matter() {
    let gradient = f::gradient(2.0, 3.0, &[5.0], 7.0, 11.0);
    // (p + q p) g d w
    assert_eq!(gradient.0, 3.0 * 11.0 * 5.0 * 7.0);
    assert_eq!(gradient.1, 3.0 * 11.0 * 5.0 * 7.0);
    assert_eq!(gradient.2, [9.0 * 11.0 * 7.0]);
    assert_eq!(
        (gradient.3, gradient.4),
        (9.0 * 11.0 * 5.0, 9.0 * 5.0 * 7.0)
    );
    let mut flat = [0.0; 5];
    let value = f::gradient_into(2.0, 3.0, &[5.0], 7.0, 11.0, &mut flat);
    assert_eq!(value, f(2.0, 3.0, &[5.0], 7.0, 11.0));
    assert_eq!(flat[4], gradient.4);
}

mod renamed {
    pub mod differentials {
        pub use ::chainrule::*;
    }
    #[differentials::differentiate(crate = crate::hygiene::renamed::differentials)]
    pub fn square(x: f64) -> f64 {
        x * x
    }
}

#[test]
fn the_crate_can_be_found_under_another_name() {
    assert_eq!(renamed::square::derivative(3.0), 6.0);
}
