//! Closures, iterator chains, `Option` and `Result` inside a body, checked against closed formulas.

use chainrule::differentiate;

use crate::assert_close;

/// One input: value bits, then the first derivative.
macro_rules! assert_derivative {
    ($name:ident($x:expr $(, $constant:expr)*), $expected:expr) => {
        let (value, first) = $name::value_and_derivative($x $(, $constant)*);
        assert_eq!(value.to_bits(), $name($x $(, $constant)*).to_bits());
        assert_close(&[first], &[$expected]);
    };
}

#[test]
fn closures_carry_derivatives() {
    #[differentiate]
    fn f(a: f64, n: usize) -> f64 {
        let line = |t: f64| a * t + 1.0;
        let square = |t| t * t;
        let mut total = 0.0;
        let mut add = |v: f64| total += v;
        add(square(line(2.0)));
        add(line(a));
        let plain = |k: usize| k as f64 * 0.5;
        total + plain(n) * a
    }
    // (2a+1)² + a² + 1 + a n/2
    assert_derivative!(f(1.5, 3), 4.0 * 4.0 + 3.0 + 1.5);
}

#[test]
fn closures_return_early() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        let ramp = |t: f64| -> f64 {
            if t < 0.0 {
                return 0.0;
            }
            t * t
        };
        ramp(x) + ramp(-x) + ramp(x - 1.0)
    }
    assert_derivative!(f(3.0), 6.0 + 4.0);
    assert_derivative!(f(0.5), 1.0);
}

#[test]
fn iterator_chains_are_followed() {
    #[differentiate]
    fn f(xs: &[f64], weights: &[f64; 3]) -> f64 {
        let dot: f64 = xs.iter().zip(weights.iter()).map(|(x, w)| x * w).sum();
        let largest = xs.iter().cloned().fold(f64::NEG_INFINITY, f64::max);
        let norm = xs.iter().map(|x| x.powi(2)).sum::<f64>().sqrt();
        let steps = xs.windows(2).map(|w| (w[1] - w[0]).powi(2)).sum::<f64>();
        let product: f64 = xs.iter().product();
        let sines: Vec<f64> = xs.iter().copied().map(f64::sin).collect();
        let tail = sines.iter().skip(1).rev().take(1).sum::<f64>();
        let smallest = xs
            .iter()
            .copied()
            .min_by(|a, b| a.partial_cmp(b).unwrap())
            .unwrap();
        dot + largest + norm + steps + product + tail + smallest
    }
    let (x, w) = ([0.5, 2.0, -1.0], [1.0, 2.0, 3.0]);
    let (value, gradient) = f::value_and_gradient(&x, &w);
    assert_eq!(value.to_bits(), f(&x, &w).to_bits());
    let norm = (0.25_f64 + 4.0 + 1.0).sqrt();
    let expected_x = [
        1.0 + 0.5 / norm - 2.0 * 1.5 - 2.0,
        2.0 + 1.0 + 2.0 / norm + 2.0 * 1.5 + 2.0 * 3.0 - 0.5,
        3.0 - 1.0 / norm - 2.0 * 3.0 + 1.0 + (-1.0_f64).cos() + 1.0,
    ];
    assert_close(&gradient.0, &expected_x);
    assert_close(&gradient.1, &x);
}

#[test]
fn ranges_map_to_numbers() {
    #[differentiate]
    fn f(x: f64, n: usize) -> f64 {
        let series: f64 = (0..n).map(|k| x.powi(k as i32)).sum();
        let horner = [1.0, -2.0, 0.5]
            .iter()
            .rev()
            .fold(0.0, |acc, c| acc * x + c);
        let all: Vec<_> = (1..=n)
            .filter(|k| k % 2 == 1)
            .map(|k| x / k as f64)
            .collect();
        series + horner + all.iter().sum::<f64>() + all.len() as f64
    }
    // n = 4: 1 + 2x + 3x² ; -2 + x ; 1 + 1/3
    let x = 1.25_f64;
    assert_derivative!(f(x, 4), 1.0 + 2.0 * x + 3.0 * x * x - 2.0 + x + 4.0 / 3.0);
}

#[test]
fn arrays_map_and_elements_are_visited() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        let powers = [1.0, x, x * x].map(|p| p * 2.0);
        let mut table = vec![1.0; 3];
        table
            .iter_mut()
            .zip(powers.iter())
            .for_each(|(t, p)| *t += p * x);
        table.iter_mut().for_each(|t| *t *= x);
        let built: [f64; 3] = std::array::from_fn(|i| x * i as f64);
        let (first, rest) = table.split_first().unwrap();
        first + rest.iter().sum::<f64>() + built[2] + *table.last().unwrap()
    }
    // x (3 + 2x + 2x² + 2x³) + 2x + x (1 + 2x³)
    let x = 1.5_f64;
    assert_derivative!(
        f(x),
        3.0 + 4.0 * x + 6.0 * x * x + 8.0 * x.powi(3) + 2.0 + 1.0 + 8.0 * x.powi(3)
    );
}

#[test]
fn options_and_results_hold_numbers() {
    fn limit(n: i32) -> Option<f64> {
        (n > 0).then_some(2.0)
    }
    #[differentiate]
    fn f(x: f64, n: i32) -> f64 {
        let root = if x >= 0.0 { Some(x.sqrt()) } else { None };
        let Some(root) = root else {
            return -x;
        };
        let mut best: Option<f64> = None;
        for k in 1..4 {
            let candidate = (x - k as f64).powi(2);
            best = match best {
                Some(found) if found < candidate => Some(found),
                _ => Some(candidate),
            };
        }
        let checked: Result<f64, String> = if n > 5 {
            Err(format!("{x} is too far"))
        } else {
            Ok(x * 3.0)
        };
        let bounded = match checked {
            Ok(value) => value,
            Err(message) => message.len() as f64,
        };
        root + best.unwrap_or(0.0) + bounded + limit(n).map(|k| k * x).unwrap_or(1.0)
    }
    let x = 2.25_f64;
    assert_derivative!(f(x, 1), 0.5 / 1.5 + 2.0 * 0.25 + 3.0 + 2.0);
    assert_derivative!(f(x, 0), 0.5 / 1.5 + 2.0 * 0.25 + 3.0);
    assert_derivative!(f(x, 6), 0.5 / 1.5 + 2.0 * 0.25 + 2.0);
    assert_derivative!(f(-3.0, 1), -1.0);
}

#[test]
fn sorting_moves_derivatives_along() {
    #[differentiate]
    fn median(xs: &[f64]) -> f64 {
        let mut sorted = xs.to_vec();
        sorted.sort_by(|a, b| a.total_cmp(b));
        let n = sorted.len();
        if n % 2 == 1 {
            sorted[n / 2]
        } else {
            0.5 * (sorted[n / 2 - 1] + sorted[n / 2])
        }
    }
    assert_eq!(median::gradient(&[3.0, 1.0, 2.0]), [0.0, 0.0, 1.0]);
    assert_eq!(
        median::gradient(&[3.0, 1.0, 2.0, 5.0]),
        [0.5, 0.0, 0.5, 0.0]
    );
}

#[test]
fn tables_are_searched_by_value() {
    const KNOTS: [f64; 4] = [0.0, 1.0, 2.0, 4.0];
    const VALUES: [f64; 4] = [1.0, 3.0, 2.0, 8.0];
    #[differentiate]
    fn interpolate(x: f64) -> f64 {
        let i = KNOTS.partition_point(|&k| k <= x).clamp(1, KNOTS.len() - 1);
        let t = (x - KNOTS[i - 1]) / (KNOTS[i] - KNOTS[i - 1]);
        VALUES[i - 1] * (1.0 - t) + VALUES[i] * t
    }
    assert_derivative!(interpolate(0.5), 2.0);
    assert_derivative!(interpolate(1.5), -1.0);
    assert_derivative!(interpolate(3.0), 3.0);
}

#[test]
fn standard_functions_move_numbers() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        let (mut a, mut b) = (x, 1.0);
        for _ in 0..3 {
            let next = a + b;
            a = std::mem::replace(&mut b, next);
        }
        std::mem::swap(&mut a, &mut b);
        let halves: f64 = std::iter::successors(Some(x), |v| Some(v / 2.0))
            .take(3)
            .sum();
        a + 10.0 * b + halves
    }
    // (x, 1) -> (1, x+1) -> (x+1, x+2) -> (x+2, 2x+3), swapped; x + x/2 + x/4
    assert_derivative!(f(1.5), 2.0 + 10.0 + 1.75);
}

/// The statement begins with the closure, and goes on behind its call.
#[differentiate]
fn called_where_it_stands(x: f64) -> f64 {
    let y = x * x;
    (|t: f64| t * y)(x) + x
}

#[test]
fn a_closure_that_is_called_at_once_begins_a_sum() {
    assert_eq!(called_where_it_stands(2.0), 10.0);
    assert_eq!(called_where_it_stands::derivative(2.0), 13.0);
    assert_eq!(called_where_it_stands::second_derivative(2.0), 12.0);
}
