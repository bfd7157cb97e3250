//! Which values are numbers, and which stay what they are.

use chainrule::differentiate;

use super::RATE;
use crate::assert_close;

#[test]
fn plain_arithmetic_stays_plain() {
    #[differentiate]
    fn f(x: f64, n: usize) -> f64 {
        const LOCAL: f64 = 2.0;
        fn helper(k: f64) -> f64 {
            k * k
        }
        let k = 3.0;
        let scale = (n as f64 + 1.0) / LOCAL * helper(k);
        let shift: f64 = -RATE.sqrt() + std::f64::consts::PI;
        scale * x - shift / x + x * k % 7.0 + LOCAL - 1.0 / (k - x)
    }
    let x = 1.25;
    assert_derivative!(
        f(x, 3),
        18.0 + (std::f64::consts::PI - 0.5) / (x * x) + 3.0 - 1.0 / (3.0 - x) / (3.0 - x)
    );
}

#[test]
fn constants_become_numbers_where_they_meet_them() {
    #[differentiate]
    fn f(x: f64, n: i32) -> f64 {
        let mut y = 1.0;
        let mut unused = 5.0;
        let k = 2.0;
        let mut z = k;
        for i in 0..n {
            y *= x;
            z = y + z;
            unused += i as f64;
        }
        let w = if n > 100 {
            k
        } else if n > 2 {
            x
        } else {
            unused
        };
        let constant = match n {
            0 => unused,
            _ => z,
        };
        y + w + constant
    }
    // x³ + x + (x + x² + x³ + 2)
    assert_derivative!(f(1.5, 3), 2.0 + 2.0 * 1.5 + 6.0 * 1.5 * 1.5);
    assert_derivative!(f(1.5, 0), 0.0);
}

#[test]
fn shadowing_keeps_variables_apart() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        let y = 2.0;
        let z = y + RATE;
        let x = x * y;
        {
            let x = 5.0_f64;
            let _unused: f64 = x.sqrt() + f64::from_bits(0);
        }
        let y = y * x;
        let x = 3.0;
        y * x * z
    }
    assert_derivative!(f(1.5), 4.0 * 3.0 * 2.25);
}

#[test]
fn constants_may_be_assigned_numbers() {
    #[differentiate(wrt(x))]
    fn f(x: f64, mut k: f64, mut table: [f64; 2], _: f64) -> f64 {
        k *= x;
        table[1] += k;
        k + table[0] + table[1]
    }
    assert_derivative!(f(2.0, 3.0, [1.0, 2.0], 0.0), 6.0);
}

#[test]
fn casts_to_integers_are_constants() {
    #[differentiate]
    fn f(x: f64, table: &[u8; 4]) -> f64 {
        let index = (x + 1.0) as usize;
        let same = x as f64;
        same * f64::from(table[index]) + (x.floor() as i32 + 1) as f64
    }
    let value = f::value_and_gradient(1.5, &[1, 2, 3, 4]);
    assert_eq!(value, (1.5 * 3.0 + 2.0, 3.0));
}

#[test]
fn integers_of_open_types_stay() {
    #[derive(Clone, Copy, chainrule::Differentiable)]
    struct Counted {
        value: f64,
        count: u8,
        place: u16,
    }
    #[differentiate]
    fn power(x: f64, n: u32) -> f64 {
        let mut result = 1.0;
        for _ in 0..n {
            result *= x;
        }
        result
    }
    #[differentiate]
    fn f(x: f64) -> f64 {
        let mut count = 0;
        let mut sum = 0.0;
        for place in (1..4).rev() {
            count += 1;
            let counted = Counted {
                value: x,
                count,
                place,
            };
            sum += counted.value * f64::from(counted.count) * f64::from(counted.place);
        }
        let mut exponent = 1;
        exponent += 1;
        sum + power(x, exponent)
    }
    // (1·3 + 2·2 + 3·1) x + x²
    assert_derivative!(f(1.5), 10.0 + 3.0);
}

struct Model {
    rate: f64,
    weights: Vec<f64>,
}

impl Model {
    fn total(&self) -> f64 {
        self.weights.iter().map(|w| w * self.rate).sum()
    }
}

#[test]
fn what_depends_on_no_input_is_taken_as_it_is() {
    #[differentiate]
    fn f(x: f64, model: &Model) -> f64 {
        let square = |k: f64| k * k;
        let shifted: Vec<f64> = model
            .weights
            .iter()
            .map(|w| w + square(model.rate))
            .collect();
        let fresh = Model {
            rate: 2.0,
            ..Model {
                rate: 0.0,
                weights: vec![],
            }
        };
        let mut sum = x * model.rate * model.total() + fresh.rate * x;
        for (w, k) in model.weights.iter().zip(&shifted) {
            sum += w * x - k;
        }
        for &w in &model.weights {
            if w < x {
                sum += x.powf(w);
            }
        }
        sum + unsafe_free(&model.weights)
    }
    fn unsafe_free(weights: &[f64]) -> f64 {
        weights[0]
    }
    let model = Model {
        rate: 0.5,
        weights: vec![1.0, 3.0],
    };
    let (value, slope) = f::value_and_derivative(2.0, &model);
    assert_eq!(value, f(2.0, &model));
    assert_close(&[slope], &[1.0 + 2.0 + 4.0 + 1.0]);
}

#[test]
fn a_name_inside_a_closure_is_its_own() {
    #[differentiate]
    fn f(x: f64, model: &Model) -> f64 {
        let squares: Vec<f64> = model.weights.iter().map(|x| x * x).collect();
        let copy = Model {
            rate: model.rate,
            weights: squares,
        };
        let rate = 2.0;
        let [mut a, b] = [1.0, 2.0];
        a *= x;
        2.0 * b * copy.weights[1] * rate * a
    }
    assert_derivative!(
        f(
            2.0,
            &Model {
                rate: 0.5,
                weights: vec![1.0, 3.0]
            }
        ),
        72.0
    );
}

#[test]
#[allow(non_snake_case)]
fn variables_may_have_capital_letters() {
    const LIMIT: u8 = 3;
    #[differentiate]
    fn gas(T: f64, V: f64, n: u8) -> f64 {
        let R = 8.0;
        let P = R * T / V;
        match n {
            LIMIT => P * 2.0,
            _ => P,
        }
    }
    assert_eq!(gas::gradient(3.0, 2.0, 0), [4.0, -6.0]);
    assert_eq!(gas::gradient(3.0, 2.0, 3), [8.0, -12.0]);
}
