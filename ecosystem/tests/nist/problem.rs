//! NIST's reference problems of nonlinear regression: models as plain functions, data and certified values from `data/nist`.

use chainrule::differentiate;

#[differentiate(wrt(b))]
pub fn misra1a(b: [f64; 2], x: f64) -> f64 {
    b[0] * (1.0 - (-b[1] * x).exp())
}

#[differentiate(wrt(b))]
pub fn misra1d(b: [f64; 2], x: f64) -> f64 {
    b[0] * b[1] * x / (1.0 + b[1] * x)
}

#[differentiate(wrt(b))]
pub fn chwirut1(b: [f64; 3], x: f64) -> f64 {
    (-b[0] * x).exp() / (b[1] + b[2] * x)
}

#[differentiate(wrt(b))]
pub fn eckerle4(b: [f64; 3], x: f64) -> f64 {
    b[0] / b[1] * (-0.5 * ((x - b[2]) / b[1]).powi(2)).exp()
}

#[differentiate(wrt(b))]
pub fn mgh09(b: [f64; 4], x: f64) -> f64 {
    b[0] * (x * x + x * b[1]) / (x * x + x * b[2] + b[3])
}

#[differentiate(wrt(b))]
pub fn mgh10(b: [f64; 3], x: f64) -> f64 {
    b[0] * (b[1] / (x + b[2])).exp()
}

#[differentiate(wrt(b))]
pub fn rat43(b: [f64; 4], x: f64) -> f64 {
    b[0] / (1.0 + (b[1] - b[2] * x).exp()).powf(1.0 / b[3])
}

#[differentiate(wrt(b))]
pub fn thurber(b: [f64; 7], x: f64) -> f64 {
    (b[0] + x * (b[1] + x * (b[2] + x * b[3]))) / (1.0 + x * (b[4] + x * (b[5] + x * b[6])))
}

/// What a file of NIST's says of a problem with `N` parameters.
pub struct Problem<const N: usize> {
    pub name: &'static str,
    pub starts: [[f64; N]; 2],
    pub parameters: [f64; N],
    pub deviations: [f64; N],
    pub residual_sum_of_squares: f64,
    /// Pairs `(x, y)`.
    pub data: Vec<(f64, f64)>,
}

impl<const N: usize> Problem<N> {
    /// The files have the values from line 41 on, and the data from line 61 on.
    pub fn read(name: &'static str, file: &str) -> Self {
        let lines: Vec<&str> = file.lines().collect();
        let rows: [Vec<f64>; N] = std::array::from_fn(|i| numbers(lines[40 + i]));
        let column = |j: usize| std::array::from_fn(|i| rows[i][j]);
        let after = |label: &str| {
            let line = lines.iter().find_map(|line| line.strip_prefix(label));
            numbers(line.unwrap_or_else(|| panic!("{name} has no line `{label}`")))[0]
        };
        let data: Vec<(f64, f64)> = lines[60..]
            .iter()
            .map(|line| numbers(line))
            .filter(|row| !row.is_empty())
            .map(|row| (row[1], row[0]))
            .collect();
        assert_eq!(
            data.len(),
            after("Number of Observations:") as usize,
            "{name}"
        );
        Self {
            name,
            starts: [column(0), column(1)],
            parameters: column(2),
            deviations: column(3),
            residual_sum_of_squares: after("Residual Sum of Squares:"),
            data,
        }
    }
}

/// The numbers of a line, without the label `b1 =` that some have.
fn numbers(line: &str) -> Vec<f64> {
    let values = line.rsplit('=').next().unwrap_or(line);
    values
        .split_whitespace()
        .map_while(|word| word.parse().ok())
        .collect()
}

/// How many digits agree with the certified values in the worst of several numbers: NIST's log relative error. They certify eleven.
pub fn digits(found: &[f64], certified: &[f64]) -> f64 {
    let pairs = found.iter().zip(certified);
    pairs
        .map(|(found, certified)| -((found - certified) / certified).abs().log10())
        .map(|digits| {
            if digits.is_nan() {
                0.0
            } else {
                digits.min(11.0)
            }
        })
        .fold(11.0, f64::min)
}

/// The macro for each problem: its model and its file.
macro_rules! for_each_problem {
    ($macro:ident) => {
        $macro!(misra1a, "Misra1a");
        $macro!(misra1d, "Misra1d");
        $macro!(chwirut1, "Chwirut1");
        $macro!(eckerle4, "Eckerle4");
        $macro!(mgh09, "MGH09");
        $macro!(mgh10, "MGH10");
        $macro!(rat43, "Rat43");
        $macro!(thurber, "Thurber");
    };
}
pub(crate) use for_each_problem;
