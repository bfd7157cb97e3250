//! Names of the standard library that bodies use by every path, and that stay what they are: `tests/ui/shadowed.rs` has
//! those that are something else.

use chainrule::{Activation, differentiate};

use crate::assert_close;

/// The old module beside the type of the same name.
mod with_old_module {
    #[allow(deprecated, unused_imports)]
    use std::f64;

    #[chainrule::differentiate]
    pub fn f(x: f64) -> f64 {
        f64::sin(x) * f64::consts::PI
    }
}

#[test]
fn a_module_without_the_function_hides_nothing() {
    assert_close(
        &[with_old_module::f::derivative(0.5)],
        &[std::f64::consts::PI * 0.5_f64.cos()],
    );
}

#[differentiate]
fn by_paths(x: f64, y: f64) -> f64 {
    let (s, c) = std::primitive::f64::sin_cos(x);
    let order = f64::partial_cmp(&x, &y);
    let largest = [x, y].into_iter().fold(f64::NEG_INFINITY, f64::max);
    let same = core::primitive::f64::from(y);
    let soft: f64 = [x, y].iter().copied().map(f64::sigmoid).sum();
    let root = f64::sqrt(f64::powi(largest, 4)) + f64::clamp(x, 0.0, 10.0);
    if order == Some(std::cmp::Ordering::Less) {
        s * c + same * root + f64::softplus(soft)
    } else {
        f64::mul_add(x, y, f64::hypot(x, y))
    }
}

#[test]
fn functions_of_floats_by_paths() {
    let closed = |x: f64, y: f64| {
        let soft = |x: f64| 1.0 / (1.0 + (-x).exp());
        let slope = |x: f64| soft(x) * (1.0 - soft(x));
        let outer = soft(soft(x) + soft(y));
        [
            (2.0 * x).cos() + y + outer * slope(x),
            y * y + x + 2.0 * y * y + outer * slope(y),
        ]
    };
    assert_close(&by_paths::gradient(0.3, 2.0), &closed(0.3, 2.0));
    assert_close(&by_paths::gradient(4.0, 3.0), &[3.0 + 0.8, 4.0 + 0.6]);
}

#[differentiate]
fn moved(x: f64, y: f64) -> Option<f64> {
    let (mut a, mut b) = (x, y);
    std::mem::swap(&mut a, &mut b);
    let old = core::mem::replace(&mut a, x * y);
    let mut taken = Vec::from([a, b]);
    let rest = std::mem::take(&mut taken);
    let mut pushed = Vec::new();
    for (p, q) in std::iter::zip(&rest, &[x, 2.0]) {
        pushed.push(p * q);
    }
    let powers: f64 = std::iter::successors(Some(x), |p| Some(p * x))
        .take(3)
        .sum();
    let ones: f64 = std::iter::once(old)
        .chain(std::iter::repeat(y).take(2))
        .sum();
    let made: [f64; 3] = std::array::from_fn(|i| x * i as f64);
    let all: Option<Vec<f64>> = made.into_iter().map(Some).collect();
    Some(pushed[0] + pushed[1] + powers + ones + all?[2])
}

#[test]
fn functions_that_move_values() {
    // x² y + 2 x + (x + x² + x³) + 3 y + 2 x
    let (x, y) = (1.5, -0.5);
    let value = x * x * y + 2.0 * x + (x + x * x + x * x * x) + 3.0 * y + 2.0 * x;
    assert_close(&[moved(x, y).unwrap()], &[value]);
    assert_close(
        &moved::gradient(x, y).unwrap(),
        &[2.0 * x * y + 4.0 + 1.0 + 2.0 * x + 3.0 * x * x, x * x + 3.0],
    );
}

#[differentiate]
fn described(x: f64, table: &[u32]) -> Result<f64, String> {
    let first = table.first().ok_or(format!("nothing at {x}"))?;
    let second = table.get(1).ok_or_else(|| format!("one at {x}"))?;
    if x < 0.0 {
        return Err(format!("{x} is negative"));
    }
    Ok(x * f64::from(*first) + x * x * f64::from(*second))
}

#[test]
fn errors_that_describe_values() {
    assert_eq!(described::derivative(2.0, &[3, 5]), Ok(23.0));
    assert_eq!(described::derivative(2.0, &[]), Err("nothing at 2".into()));
    assert_eq!(described::derivative(2.0, &[1]), Err("one at 2".into()));
    assert_eq!(
        described::derivative(-2.0, &[1, 1]),
        Err("-2 is negative".into())
    );
}
