//! Methods of iterators and options that get numbers.

use chainrule::differentiate;

#[test]
fn running_products_are_scanned() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        let steps = [x, 2.0 * x, 3.0];
        steps
            .iter()
            .scan(1.0, |product, step| {
                *product *= step;
                Some(*product)
            })
            .sum()
    }
    // x + 2x² + 6x²
    assert_derivative!(f(1.5), 1.0 + 16.0 * 1.5);
}

#[test]
fn the_largest_is_found_by_reduction() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        let parts = [x, x * x, 1.0];
        let product = parts.iter().copied().reduce(|a, b| a * b).unwrap();
        let largest = parts.into_iter().reduce(f64::max).unwrap_or(0.0);
        product + largest
    }
    // x³ + max(x, x², 1)
    assert_derivative!(f(1.5), 3.0 * 1.5 * 1.5 + 2.0 * 1.5);
    assert_derivative!(f(0.5), 3.0 * 0.5 * 0.5);
}

#[test]
fn options_have_alternatives() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        let square = (x > 1.0).then_some(x * x);
        let first = square.or(Some(3.0 * x)).unwrap();
        let second = square.or_else(|| Some(x.powi(3))).unwrap();
        let is_large = square.is_some_and(|square| square > 4.0);
        let is_small = square.is_none_or(|square| square < 2.0);
        match (is_large, is_small) {
            (true, _) => first,
            (_, true) => second,
            _ => first * second,
        }
    }
    assert_derivative!(f(3.0), 6.0);
    assert_derivative!(f(1.2), 2.4);
    assert_derivative!(f(0.5), 3.0 * 0.25);
    assert_derivative!(f(1.5), 4.0 * 1.5_f64.powi(3));
}

#[test]
fn vectors_are_extended_by_numbers() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        let mut parts = Vec::new();
        parts.extend([x, 2.0 * x]);
        parts.extend(std::iter::once(x * x));
        parts.extend(std::iter::repeat_n(x, 2));
        parts.extend_from_slice(&[x, 1.0]);
        parts.iter().sum()
    }
    assert_derivative!(f(1.5), 6.0 + 2.0 * 1.5);
}

#[test]
fn the_ends_of_mutable_slices_are_split_off() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        let mut parts = [1.0, 2.0, 3.0];
        if let Some((first, rest)) = parts.split_first_mut() {
            *first *= x;
            rest[1] *= x * x;
        }
        if let Some((last, rest)) = parts.split_last_mut() {
            *last += x;
            rest[1] *= x;
        }
        parts[0] + parts[1] * parts[2]
    }
    // x + 2x (3x² + x)
    assert_derivative!(f(1.5), 1.0 + 18.0 * 1.5 * 1.5 + 4.0 * 1.5);
}
