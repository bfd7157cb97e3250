//! Types that the body writes out and that the compiled Hessian takes over from it: there they are of its own floats.

use chainrule::differentiate;

use super::{agree, agree_over_arrays};

/// Locals, among them some of a plain value, and a closure's parameter and result of written types.
macro_rules! with_types {
    ($name:ident, $float:ident) => {
        #[differentiate]
        fn $name(x: $float, y: $float) -> $float {
            let is_far = {
                let product: $float = x * y;
                let pair: ($float, [$float; 1]) = (product * product, [x]);
                pair.0 > pair.1[0]
            };
            let square = |v: $float| -> $float { v * v };
            let sum: $float = x + y;
            if is_far {
                sum.sin() * y
            } else {
                square(sum) * x
            }
        }
    };
}

with_types!(of_doubles, f64);
with_types!(of_singles, f32);

#[differentiate]
fn of_any_length<const N: usize>(x: [f64; N]) -> f64 {
    let cube = |v: f64| -> f64 { v * v * v };
    let mut sum: f64 = 0.0;
    for i in 0..N {
        let power = {
            let part: f64 = x[i];
            if part > 1.0 { 2 } else { 4 }
        };
        sum += cube(x[i]) * x[i].powi(power);
    }
    sum
}

#[test]
fn written_types_are_those_of_the_function() {
    agree!(of_doubles, [x, y], super::SOME);
    let _ = of_any_length::adjoint_hessian::<2>;
    agree_over_arrays!(of_any_length, super::SOME);
    let _ = of_singles::adjoint_hessian;
    for [x, y] in [[0.5_f32, 0.25], [2.0, 3.0]] {
        let (_, _, [[by_x, mixed], [_, by_y]]) = of_singles::value_gradient_hessian(x, y);
        let (sum, is_far) = (x + y, x * x * y * y > x);
        let same = match is_far {
            true => [
                -sum.sin() * y,
                sum.cos() - sum.sin() * y,
                2.0 * sum.cos() - sum.sin() * y,
            ],
            false => [2.0 * x + 4.0 * sum, 2.0 * x + 2.0 * sum, 2.0 * x],
        };
        for (part, same) in [by_x, mixed, by_y].into_iter().zip(same) {
            assert!(
                (part - same).abs() <= 1e-6 * (1.0 + same.abs()),
                "{part} is not {same}"
            );
        }
    }
}
