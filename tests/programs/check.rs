//! The oracle: Ridders' method, central differences of the plain function extrapolated to step zero.
//!
//! The tolerance. An extrapolated difference of a smooth function is as good as its own estimate of its error, which is
//! the distance between neighbours in the table; a tenfold margin allows for an estimate that is lucky. Below that
//! there is noise that no step shows: the function is known to some `1e-15` of its size, differences over a thousandth
//! of the input lose three digits of that, and a program that iterates until `1e-12` is known no better. So a slope may be off by
//! `1e-8` of itself, or by `1e-9` of value over input. An oracle that estimates its own error above `1e-5` proves
//! nothing, and fails the test as well: then the point stands too near a kink or a pole.

/// Numbers in a row, whatever shape they come in.
pub trait Flat {
    fn flat(&self) -> Vec<f64>;
}

impl Flat for f64 {
    fn flat(&self) -> Vec<f64> {
        vec![*self]
    }
}

impl<T: Flat> Flat for [T] {
    fn flat(&self) -> Vec<f64> {
        self.iter().flat_map(Flat::flat).collect()
    }
}

impl<T: Flat, const N: usize> Flat for [T; N] {
    fn flat(&self) -> Vec<f64> {
        self.as_slice().flat()
    }
}

impl<T: Flat> Flat for Vec<T> {
    fn flat(&self) -> Vec<f64> {
        self.as_slice().flat()
    }
}

macro_rules! flat_tuples {
    ($($name:ident)*) => {
        impl<$($name: Flat),*> Flat for ($($name,)*) {
            fn flat(&self) -> Vec<f64> {
                #[allow(non_snake_case)]
                let ($($name,)*) = self;
                [$($name.flat()),*].concat()
            }
        }
    };
}

flat_tuples!(A);
flat_tuples!(A B);
flat_tuples!(A B C);
flat_tuples!(A B C D);
flat_tuples!(A B C D E);
flat_tuples!(A B C D E F);

/// Value bits and first derivatives. With several outputs `derivatives` gives a value and a Jacobian, row by row.
#[track_caller]
pub fn first<P: AsRef<[f64]>, V: Flat, W: Flat, G: Flat>(
    points: &[P],
    plain: impl Fn(&[f64]) -> V,
    derivatives: impl Fn(&[f64]) -> (W, G),
) {
    for point in points {
        let x = point.as_ref();
        let (value, slopes) = derivatives(x);
        let (value, expected) = (value.flat(), plain(x).flat());
        assert!(
            value
                .iter()
                .map(|v| v.to_bits())
                .eq(expected.iter().map(|v| v.to_bits())),
            "at {x:?} the value {value:?} is not that of the plain function, {expected:?}"
        );
        assert_slopes(x, |x| plain(x).flat(), &slopes.flat(), "slope");
    }
}

/// What `first` checks, and a Hessian: the differences of the gradient, and the same bits on both sides of the diagonal.
#[track_caller]
pub fn smooth<P: AsRef<[f64]>, V: Flat, W: Flat, G: Flat, H: Flat>(
    points: &[P],
    plain: impl Fn(&[f64]) -> V,
    derivatives: impl Fn(&[f64]) -> (W, G),
    hessian: impl Fn(&[f64]) -> H,
) {
    first(points, plain, &derivatives);
    for point in points {
        let x = point.as_ref();
        let n = x.len();
        let rows = hessian(x).flat();
        assert_slopes(x, |x| derivatives(x).1.flat(), &rows, "curvature");
        for i in 0..n {
            for j in 0..i {
                assert_eq!(
                    rows[i * n + j].to_bits(),
                    rows[j * n + i].to_bits(),
                    "at {x:?} the Hessian is not symmetric in {i}, {j}: {rows:?}"
                );
            }
        }
    }
}

/// A number known from elsewhere, to the digits given.
#[track_caller]
pub fn value(actual: f64, known: f64, digits: i32) {
    assert!(
        (actual - known).abs() <= 0.5 * 10f64.powi(-digits),
        "{actual} is not {known} to {digits} digits"
    );
}

/// `slopes` is outputs × inputs, row by row.
#[track_caller]
fn assert_slopes(x: &[f64], f: impl Fn(&[f64]) -> Vec<f64>, slopes: &[f64], what: &str) {
    let outputs = f(x);
    assert_eq!(
        slopes.len(),
        outputs.len() * x.len(),
        "at {x:?}: {} outputs, {} inputs, and yet {slopes:?}",
        outputs.len(),
        x.len()
    );
    for j in 0..x.len() {
        let estimates = ridders(x, j, &f);
        for (i, (expected, error)) in estimates.into_iter().enumerate() {
            let slope = slopes[i * x.len() + j];
            let scale = outputs[i].abs() / size(x[j]);
            assert!(
                error <= 1e-5 * (expected.abs() + scale + f64::MIN_POSITIVE),
                "at {x:?} no oracle for {what} {j} of output {i}: {expected} ± {error}, computed {slope}"
            );
            assert!(
                (slope - expected).abs() <= 10.0 * error + 1e-8 * expected.abs() + 1e-9 * scale,
                "at {x:?} {what} {j} of output {i} is {slope}, and by differences {expected} ± {error}"
            );
        }
    }
}

/// What a step is measured against.
fn size(x: f64) -> f64 {
    if x == 0.0 { 1.0 } else { x.abs() }
}

/// For every output its derivative by input `j`, and an estimate of the error.
fn ridders(x: &[f64], j: usize, f: impl Fn(&[f64]) -> Vec<f64>) -> Vec<(f64, f64)> {
    // Halving from two hundredths of the input: wide enough for digits, narrow enough to stay inside most domains.
    const LEVELS: usize = 10;
    let difference = |level: i32| {
        let h = 0.02 * size(x[j]) * 0.5f64.powi(level);
        let (mut below, mut above) = (x.to_vec(), x.to_vec());
        below[j] -= h;
        above[j] += h;
        // The step that was really taken, after rounding.
        let width = above[j] - below[j];
        let (below, above) = (f(&below), f(&above));
        above
            .iter()
            .zip(&below)
            .map(|(a, b)| (a - b) / width)
            .collect::<Vec<f64>>()
    };
    let differences: Vec<_> = (0..LEVELS as i32).map(difference).collect();
    (0..differences[0].len())
        .map(|i| extrapolate(differences.iter().map(|row| row[i])))
        .collect()
}

/// Neville's table in the square of the step; the entry that lies nearest to its neighbours.
fn extrapolate(differences: impl Iterator<Item = f64>) -> (f64, f64) {
    let mut best = (f64::NAN, f64::INFINITY);
    let mut above: Vec<f64> = Vec::new();
    for difference in differences {
        let mut row = vec![difference];
        let mut factor = 1.0;
        for (k, &up) in above.iter().enumerate() {
            factor *= 4.0;
            let next = row[k] + (row[k] - up) / (factor - 1.0);
            let error = (next - row[k]).abs().max((next - up).abs());
            if error < best.1 {
                best = (next, error);
            }
            row.push(next);
        }
        above = row;
    }
    best
}
