//! `#[cfg(..)]` inside of bodies, and alternatives in patterns.

use chainrule::{Differentiable, differentiate};

#[differentiate]
fn statements(x: f64, y: f64) -> f64 {
    let mut z = x;
    #[cfg(not(test))]
    {
        z = 0.0;
    }
    #[cfg(test)]
    {
        z *= y;
    }
    #[cfg(not(test))]
    missing(0.0, w_that_is_not);
    #[allow(clippy::no_effect)]
    #[cfg(test)]
    for _ in 0..2 {
        z += x;
    }
    #[cfg(not(test))]
    println!("{missing}");
    #[cfg(not(test))]
    let w: Missing = missing::nothing();
    #[cfg(test)]
    let w = z * y;
    #[cfg(not(test))]
    return w;
    #[cfg(test)]
    if w < 0.0 {
        return -w;
    }
    w
}

#[test]
fn statements_vanish_in_both() {
    // (x y + 2 x) y
    assert_eq!(statements(3.0, 2.0), 24.0);
    assert_eq!(statements::gradient(3.0, 2.0), [8.0, 18.0]);
    assert_eq!(statements::gradient(-3.0, 2.0), [-8.0, 18.0]);
}

/// Whichever declaration vanishes, the name means the other.
#[differentiate]
fn declarations(x: f64, k: f64) -> f64 {
    let a = 2.0;
    #[cfg(not(test))]
    let a = x;
    let b = x;
    #[cfg(not(test))]
    let b = 3.0;
    #[cfg(test)]
    let c = x * x;
    #[cfg(not(test))]
    let c = 1.0;
    #[cfg(not(test))]
    let (k, c) = (x, c);
    a * b.sin() + c * k.recip()
}

#[test]
fn declarations_vanish_in_both() {
    let (x, k) = (0.5_f64, 4.0);
    assert_eq!(declarations(x, k), 2.0 * x.sin() + x * x * 0.25);
    assert_eq!(
        declarations::gradient(x, k),
        [2.0 * x.cos() + 2.0 * x * 0.25, -x * x / 16.0]
    );
}

#[differentiate]
fn tails(x: f64, flag: bool) -> f64 {
    let inner = {
        #[cfg(test)]
        {
            x * x
        }
        #[cfg(not(test))]
        {
            1.0
        }
    };
    let other = {
        #[cfg(not(test))]
        {
            x
        }
        #[cfg(test)]
        {
            2.0
        }
    };
    #[cfg(not(test))]
    {
        0.0
    }
    #[cfg(test)]
    match flag {
        true => inner * other,
        #[cfg(not(test))]
        false => missing,
        #[cfg(test)]
        false => inner + other * x,
    }
}

#[test]
fn tails_vanish_in_both() {
    assert_eq!(tails(3.0, true), 18.0);
    assert_eq!(tails::value_and_derivative(3.0, true), (18.0, 12.0));
    assert_eq!(tails::value_and_derivative(3.0, false), (15.0, 8.0));
}

#[derive(Clone, Copy, Differentiable)]
struct Span {
    from: f64,
    to: f64,
}

#[differentiate]
fn alternatives(x: f64, y: f64, side: Option<bool>) -> f64 {
    let pair = match side {
        Some(true) => (Some(x), None),
        Some(false) => (None, Some(y)),
        None => (None, None),
    };
    let first = match pair {
        (Some(v), _) | (_, Some(v)) => v * v,
        (None, None) => 0.0,
    };
    let span = Span { from: x, to: y };
    let second = match (side.is_some(), span) {
        (true, Span { from: v, to: w }) | (false, Span { to: v, from: w }) => v - 2.0 * w,
    };
    let third = if let [1.0, ..] = [1.0] { 0.0 } else { 1.0 };
    let mut last = 0.0;
    if let (Some(mut v), None) | (None, Some(mut v)) = pair {
        v *= 10.0;
        last = v;
    }
    first + second + third + last
}

#[test]
fn alternatives_bind_numbers() {
    let (x, y) = (3.0, 5.0);
    assert_eq!(alternatives(x, y, Some(true)), 9.0 - 7.0 + 30.0);
    assert_eq!(
        alternatives::gradient(x, y, Some(true)),
        [2.0 * x + 1.0 + 10.0, -2.0]
    );
    assert_eq!(
        alternatives::gradient(x, y, Some(false)),
        [1.0, 2.0 * y - 2.0 + 10.0]
    );
    assert_eq!(alternatives::gradient(x, y, None), [-2.0, 1.0]);
}

#[differentiate]
fn errors(x: f64, outcome: Result<u32, u32>) -> f64 {
    let (Ok(n) | Err(n)) = outcome;
    x * f64::from(n)
}

#[test]
fn alternatives_of_plain_values() {
    assert_eq!(errors::derivative(2.0, Ok(3)), 3.0);
    assert_eq!(errors::derivative(2.0, Err(4)), 4.0);
}

#[differentiate]
fn sums(xs: &[f64], limit: f64) -> Option<f64> {
    let sum = xs
        .iter()
        .map(|&x| (x < limit).then_some(x * x))
        .sum::<Option<f64>>()?;
    let product: Option<f64> = xs.iter().map(|x| Some(x * limit)).product();
    Some(sum + product?)
}

#[test]
fn sums_of_options() {
    assert_eq!(sums(&[2.0, 3.0], 10.0), Some(613.0));
    assert_eq!(
        sums::gradient(&[2.0, 3.0], 10.0),
        Some((vec![4.0 + 300.0, 6.0 + 200.0], 120.0))
    );
    assert_eq!(sums::gradient(&[2.0, 30.0], 10.0), None);
}
