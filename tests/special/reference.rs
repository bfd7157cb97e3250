//! Reads table.txt, and measures errors in units in the last place.

use chainrule::Scalar;

/// A reference, an unevaluated sum of two floats.
#[derive(Clone, Copy)]
pub struct Reference {
    pub high: f64,
    low: f64,
}

/// A line of the table.
pub struct Point {
    pub name: &'static str,
    pub arguments: Vec<f64>,
    pub references: Vec<Reference>,
}

pub fn points() -> Vec<Point> {
    let parse = |number: &str| number.parse::<f64>().expect("a number in table.txt");
    include_str!("table.txt")
        .lines()
        .map(|line| {
            let mut words = line.split(' ');
            let name = words.next().expect("a name");
            let (references, arguments): (Vec<_>, Vec<_>) =
                words.partition(|word| word.contains(':'));
            let reference = |word: &str| {
                let (high, low) = word.split_once(':').expect("a reference in two parts");
                Reference {
                    high: parse(high),
                    low: parse(low),
                }
            };
            Point {
                name,
                arguments: arguments.into_iter().map(parse).collect(),
                references: references.into_iter().map(reference).collect(),
            }
        })
        .collect()
}

/// A precision to test in.
pub trait Precision: Scalar<Primal = Self> {
    const DIGITS: i32;
    const SMALLEST_EXPONENT: i32;
    fn wide(self) -> f64;
    fn narrow(value: f64) -> Self;
}
impl Precision for f64 {
    const DIGITS: i32 = 52;
    const SMALLEST_EXPONENT: i32 = -1022;
    fn wide(self) -> f64 {
        self
    }
    fn narrow(value: f64) -> f64 {
        value
    }
}
impl Precision for f32 {
    const DIGITS: i32 = 23;
    const SMALLEST_EXPONENT: i32 = -126;
    fn wide(self) -> f64 {
        self.into()
    }
    fn narrow(value: f64) -> f32 {
        value as f32
    }
}

/// The error in ulps of `T`, or of `scale` if that is larger; infinity where one side alone is infinite or NaN.
pub fn error<T: Precision>(got: T, wanted: Reference, scale: f64) -> f64 {
    let overflows = !T::narrow(wanted.high).wide().is_finite();
    if overflows || !got.is_finite() {
        return if got == T::narrow(wanted.high) {
            0.0
        } else {
            f64::INFINITY
        };
    }
    let size = wanted.high.abs().max(scale);
    let exponent = if size == 0.0 {
        i32::MIN
    } else {
        size.log2().floor() as i32
    };
    // Both factors are representable where their product is.
    let digits = exponent.max(T::SMALLEST_EXPONENT) - T::DIGITS;
    let (half, rest) = (digits / 2, digits - digits / 2);
    let difference = (got.wide() - wanted.high) - wanted.low;
    (difference / 2f64.powi(half) / 2f64.powi(rest)).abs()
}
