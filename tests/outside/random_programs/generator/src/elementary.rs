//! Elementary functions of double-doubles, by series and by one Newton step from the float's value. They need to be
//! smooth to 30 digits, not fast, and share no formula with the crate's rules.

use crate::double::Double;

const HALF_PI: [f64; 4] = [
    std::f64::consts::FRAC_PI_2,
    6.123233995736766e-17,
    -1.4973849048591698e-33,
    5.562271104316826e-50,
];

fn new(value: f64) -> Double {
    Double::new(value)
}

/// `exp(x) - 1`
pub fn exp_m1(x: Double) -> Double {
    if x.high.abs() > 709.0 || x.high.is_nan() {
        return new(x.high.exp_m1());
    }
    let turns = (x.high / std::f64::consts::LN_2).round();
    let reduced =
        (x - Double::LN_2 * new(turns) - new(5.707708438416212e-34 * turns)).scale(1.0 / 64.0);
    let mut term = reduced;
    let mut sum = reduced;
    for k in 2..15 {
        term = term * reduced / new(f64::from(k));
        sum = sum + term;
    }
    for _ in 0..6 {
        sum = sum.scale(2.0) + sum * sum;
    }
    // In two factors, since 2^1024 is no float.
    let half = (turns / 2.0).floor();
    let factor = |power: f64| 2.0_f64.powi(power as i32);
    if turns == 0.0 {
        sum
    } else {
        (sum + Double::ONE)
            .scale(factor(half))
            .scale(factor(turns - half))
            - Double::ONE
    }
}

pub fn exp(x: Double) -> Double {
    if x.high < -700.0 {
        new(x.high.exp())
    } else if x.high < -0.5 {
        // The sum with one would lose digits.
        Double::ONE / exp(-x)
    } else {
        exp_m1(x) + Double::ONE
    }
}

pub fn ln(x: Double) -> Double {
    if x.high <= 0.0 || !x.high.is_finite() {
        return new(x.high.ln());
    }
    let mut y = new(x.high.ln());
    for _ in 0..2 {
        y = y + (x * exp(-y) - Double::ONE);
    }
    y
}

pub fn ln_1p(x: Double) -> Double {
    ln(Double::ONE + x)
}

/// Sine and cosine.
pub fn sin_cos(x: Double) -> (Double, Double) {
    if x.high.is_nan() || x.high.abs() > 1e15 {
        return (new(f64::NAN), new(f64::NAN));
    }
    let turns = (x.high / HALF_PI[0]).round();
    let mut reduced = x;
    for part in HALF_PI {
        reduced = reduced - new(part) * new(turns);
    }
    let square = reduced * reduced;
    let series = |first: Double, start: i32| {
        let (mut term, mut sum) = (first, first);
        for k in 0..14 {
            let n = start + 2 * k;
            term = -(term * square) / new(f64::from(n * (n + 1)));
            sum = sum + term;
        }
        sum
    };
    let (sine, cosine) = (series(reduced, 2), series(Double::ONE, 1));
    match turns.rem_euclid(4.0) as i32 {
        0 => (sine, cosine),
        1 => (cosine, -sine),
        2 => (-sine, -cosine),
        _ => (-cosine, sine),
    }
}

pub fn sin(x: Double) -> Double {
    sin_cos(x).0
}

pub fn cos(x: Double) -> Double {
    sin_cos(x).1
}

pub fn tan(x: Double) -> Double {
    let (sine, cosine) = sin_cos(x);
    sine / cosine
}

pub fn atan2(y: Double, x: Double) -> Double {
    let start = new(y.high.atan2(x.high));
    let (sine, cosine) = sin_cos(start);
    let rest = (y * cosine - x * sine) / (x * cosine + y * sine);
    start + rest - rest * rest * rest / new(3.0)
}

pub fn atan(x: Double) -> Double {
    atan2(x, Double::ONE)
}

fn cosine_of_sine(x: Double) -> Double {
    ((Double::ONE - x) * (Double::ONE + x)).sqrt()
}

pub fn asin(x: Double) -> Double {
    atan2(x, cosine_of_sine(x))
}

pub fn acos(x: Double) -> Double {
    atan2(cosine_of_sine(x), x)
}

pub fn sinh(x: Double) -> Double {
    if x.is_negative() {
        return -sinh(-x);
    }
    let e = exp_m1(x);
    (e + e / (e + Double::ONE)).scale(0.5)
}

pub fn cosh(x: Double) -> Double {
    let e = exp(x.abs());
    (e + Double::ONE / e).scale(0.5)
}

pub fn tanh(x: Double) -> Double {
    if x.is_negative() {
        return -tanh(-x);
    }
    if x.high > 300.0 {
        return Double::ONE;
    }
    let e = exp_m1(x.scale(2.0));
    e / (e + new(2.0))
}

pub fn asinh(x: Double) -> Double {
    if x.is_negative() {
        return -asinh(-x);
    }
    ln(x + (x * x + Double::ONE).sqrt())
}

pub fn acosh(x: Double) -> Double {
    ln(x + ((x - Double::ONE) * (x + Double::ONE)).sqrt())
}

pub fn atanh(x: Double) -> Double {
    ln((Double::ONE + x) / (Double::ONE - x)).scale(0.5)
}

pub fn cbrt(x: Double) -> Double {
    if x.high == 0.0 {
        return Double::ZERO;
    }
    let mut y = new(x.high.cbrt());
    for _ in 0..2 {
        y = y - (y * y * y - x) / (y * y * new(3.0));
    }
    y
}

pub fn powi(x: Double, n: i128) -> Double {
    let mut product = Double::ONE;
    for _ in 0..n.unsigned_abs().min(1 << 12) {
        product = product * x;
    }
    if n < 0 {
        Double::ONE / product
    } else {
        product
    }
}

/// A power with a real exponent; for negative bases only where the exponent stays a whole number.
pub fn powf(x: Double, y: Double) -> Double {
    let is_whole = y.low == 0.0 && y.high.fract() == 0.0;
    if is_whole && y.high.abs() <= 64.0 {
        powi(x, y.high as i128)
    } else if x.is_negative() && is_whole {
        let power = exp(y * ln(-x));
        if y.high % 2.0 == 0.0 { power } else { -power }
    } else if x.is_negative() || x.sign() == 0 {
        new(f64::NAN)
    } else {
        exp(y * ln(x))
    }
}

/// `ln(1 + exp(x))`
pub fn softplus(x: Double) -> Double {
    if x.is_negative() {
        ln_1p(exp(x))
    } else {
        x + ln_1p(exp(-x))
    }
}

pub fn sinc(x: Double) -> Double {
    if x.abs().high > 0.25 {
        return sin(x) / x;
    }
    let square = x * x;
    let (mut term, mut sum) = (Double::ONE, Double::ONE);
    for k in 1..14 {
        term = -(term * square) / new(f64::from(2 * k * (2 * k + 1)));
        sum = sum + term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The digits of functions at a few points, from multi-precision.
    #[test]
    fn functions_have_thirty_digits() {
        let table = include_str!("elementary_points.txt");
        for line in table.lines() {
            let parts: Vec<&str> = line.split(' ').collect();
            let number = |index: usize| parts[index].parse::<f64>().unwrap();
            let x = Double::from_parts(number(1), 0.0);
            let got = match parts[0] {
                "exp" => exp(x),
                "exp_m1" => exp_m1(x),
                "ln" => ln(x),
                "sin" => sin(x),
                "cos" => cos(x),
                "tan" => tan(x),
                "atan" => atan(x),
                "asin" => asin(x),
                "acos" => acos(x),
                "sinh" => sinh(x),
                "cosh" => cosh(x),
                "tanh" => tanh(x),
                "asinh" => asinh(x),
                "acosh" => acosh(x),
                "atanh" => atanh(x),
                "cbrt" => cbrt(x),
                "sqrt" => x.sqrt(),
                "sinc" => sinc(x),
                "softplus" => softplus(x),
                name => panic!("{name} is not known"),
            };
            let wanted = Double::from_parts(number(2), number(3));
            let error = ((got - wanted).high / wanted.high.abs().max(1e-3)).abs();
            assert!(error < 2e-29, "{line}: {got:?}, off by {error:e}");
        }
    }
}
