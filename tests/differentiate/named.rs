//! Functions named by their paths, where methods hand them numbers and plain values together.

use chainrule::differentiate;

use crate::assert_close;

/// Value and derivatives of the function, and the value once more as the function itself computes it.
macro_rules! assert_derivatives {
    ($function:ident($($argument:expr),+), $value:expr, $first:expr, $second:expr) => {
        let (value, first, second) = $function::value_and_derivatives($($argument),+);
        assert_eq!(value.to_bits(), $function($($argument),+).to_bits());
        assert_close(&[value, first, second], &[$value, $first, $second]);
        assert_close(&[$function::gradient($($argument),+)], &[$first]);
    };
}

#[test]
fn methods_of_floats_take_numbers_and_plain_floats() {
    #[differentiate]
    fn largest(x: f64) -> f64 {
        [1.0_f64, 2.0].iter().copied().fold(x * x, f64::max)
    }
    #[differentiate]
    fn smallest(x: f64) -> f64 {
        (0..4).map(|i| i as f64 + 1.0).fold(x * x, f64::min)
    }
    #[differentiate]
    fn length(x: f64) -> f64 {
        (0..2).map(|_| 3.0).fold(x, f64::hypot)
    }
    #[differentiate]
    fn power(x: f64) -> f64 {
        [2.0, 1.5].into_iter().fold(x, f64::powf)
    }
    #[differentiate]
    fn integer_power(x: f64) -> f64 {
        (2..4).fold(x, f64::powi)
    }
    assert_derivatives!(largest(3.0), 9.0, 6.0, 2.0);
    assert_derivatives!(largest(1.0), 2.0, 0.0, 0.0);
    assert_derivatives!(smallest(0.5), 0.25, 1.0, 2.0);
    assert_derivatives!(smallest(3.0), 1.0, 0.0, 0.0);
    let h = 22.0_f64.sqrt();
    assert_derivatives!(length(2.0), h, 2.0 / h, 18.0 / h.powi(3));
    assert_derivatives!(power(2.0), 8.0, 12.0, 12.0);
    assert_derivatives!(integer_power(2.0), 64.0, 192.0, 480.0);
}

#[test]
fn methods_of_floats_take_constants() {
    #[differentiate(wrt(x))]
    fn largest(x: f64, others: &[f64]) -> f64 {
        others.iter().copied().fold(x * x, f64::max)
    }
    #[differentiate(wrt(x))]
    fn length(x: f32, others: Vec<f32>) -> f32 {
        others.into_iter().fold(x, f32::hypot)
    }
    assert_derivatives!(largest(3.0, &[1.0, 2.0]), 9.0, 6.0, 2.0);
    assert_derivatives!(largest(3.0, &[1.0, 20.0]), 20.0, 0.0, 0.0);
    assert_eq!(length::gradient(3.0, vec![4.0]), 0.6);
    assert_eq!(length::hessian(3.0, vec![4.0]), 16.0 / 125.0);
}

/// Horner's step.
#[differentiate]
fn step(sum: f64, c: f64) -> f64 {
    sum * sum + c
}

#[differentiate(wrt(sum))]
fn step_by_constant(sum: f64, c: f64) -> f64 {
    sum * sum + c
}

#[differentiate]
fn step_by_reference(sum: f64, c: &f64) -> f64 {
    sum * sum + c
}

#[differentiate]
fn step_by_row(sum: f64, row: &[f64; 2]) -> f64 {
    sum * row[0] + row[1]
}

#[differentiate]
fn times(product: f64, count: usize) -> f64 {
    product * count as f64
}

#[test]
fn annotated_functions_take_numbers_and_plain_values() {
    #[differentiate]
    fn literals(x: f64) -> f64 {
        [3.0, 5.0].into_iter().fold(x, step)
    }
    #[differentiate(wrt(x))]
    fn constants(x: f64, cs: &[f64]) -> f64 {
        cs.iter().copied().fold(x, step) + cs.iter().copied().fold(x, step_by_constant)
    }
    #[differentiate(wrt(x))]
    fn references(x: f64, cs: &[f64], rows: &[[f64; 2]]) -> f64 {
        cs.iter().fold(x, step_by_reference) + rows.iter().fold(x * x, step_by_row)
    }
    // (x^2 + 3)^2 + 5 at 2
    let (value, first, second) = (54.0, 2.0 * 7.0 * 4.0, 2.0 * 16.0 + 2.0 * 7.0 * 2.0);
    assert_derivatives!(literals(2.0), value, first, second);
    let cs = [3.0, 5.0];
    assert_derivatives!(constants(2.0, &cs), 2.0 * value, 2.0 * first, 2.0 * second);
    // .. + 2 (3 x^2 + 1) + 7
    let rows = [[3.0, 1.0], [2.0, 7.0]];
    assert_derivatives!(
        references(2.0, &cs, &rows),
        value + 33.0,
        first + 24.0,
        second + 12.0
    );
}

#[test]
fn integers_go_to_integers() {
    #[differentiate]
    fn factorial(x: f64) -> f64 {
        (1..5).fold(x * x, times) + [1, 2].iter().copied().rev().fold(x, times)
    }
    assert_derivatives!(factorial(3.0), 222.0, 24.0 * 6.0 + 2.0, 48.0);
}

#[test]
fn pairs_hold_numbers_and_plain_floats() {
    #[differentiate]
    fn weighted(sum: f64, (weight, x): (f64, f64)) -> f64 {
        sum + weight * x * x
    }
    #[differentiate]
    fn numbered(sum: f64, (i, x): (usize, f64)) -> f64 {
        sum + i as f64 * x
    }
    #[differentiate]
    fn f(xs: [f64; 3]) -> f64 {
        xs.iter().map(|x| (2.0, *x)).fold(0.0, weighted)
            + xs.into_iter().enumerate().fold(0.0, numbered)
    }
    let xs = [1.0, 2.0, 3.0];
    let (value, gradient, hessian) = f::value_gradient_hessian(xs);
    assert_eq!(value.to_bits(), f(xs).to_bits());
    assert_close(&gradient, &[4.0, 9.0, 14.0]);
    let expected = [[4.0, 0.0, 0.0], [0.0, 4.0, 0.0], [0.0, 0.0, 4.0]];
    assert_close(hessian.as_flattened(), expected.as_flattened());
}

#[derive(Clone, Copy)]
struct Count(u8);

#[test]
fn values_of_other_types_go_as_they_are() {
    #[differentiate]
    fn times(product: f64, count: Count) -> f64 {
        product * f64::from(count.0)
    }
    #[differentiate]
    fn times_borrowed(product: f64, count: &Count) -> f64 {
        product * f64::from(count.0)
    }
    #[differentiate]
    fn f(x: f64, counts: &[Count; 2]) -> f64 {
        counts.iter().copied().fold(x, times) + counts.iter().fold(x * x, times_borrowed)
    }
    assert_derivatives!(f(3.0, &[Count(2), Count(5)]), 120.0, 70.0, 20.0);
}

#[test]
fn folds_end_early() {
    #[differentiate]
    fn positive(product: f64, x: f64) -> Option<f64> {
        (x > 0.0).then(|| product * x)
    }
    #[differentiate(wrt(x))]
    fn f(x: f64, others: &[f64]) -> Option<f64> {
        others.iter().copied().try_fold(x * x, positive)
    }
    assert_eq!(f::gradient(3.0, &[2.0, 5.0]), Some(60.0));
    assert_eq!(f::hessian(3.0, &[2.0, 5.0]), Some(20.0));
    assert_eq!(f::gradient(3.0, &[2.0, -5.0]), None);
}
