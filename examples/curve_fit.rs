//! A growth curve fitted by Levenberg and Marquardt's method: NIST's problem Rat43, of its higher level of difficulty,
//! from both starting points, against the certified parameters and standard deviations.
//!
//!     cargo run --release --example curve_fit

use chainrule::differentiate;

#[differentiate(wrt(b))]
fn growth(b: [f64; 4], x: f64) -> f64 {
    b[0] / (1.0 + (b[1] - b[2] * x).exp()).powf(1.0 / b[3])
}

type Matrix = [[f64; 4]; 4];

fn main() {
    let lines: Vec<Vec<f64>> = include_str!("data/Rat43.dat")
        .lines()
        .map(numbers)
        .collect();
    let certified = &lines[40..44]; // start 1, start 2, parameter, standard deviation
    let data: Vec<[f64; 2]> = lines[60..].iter().map(|row| [row[1], row[0]]).collect();
    assert_eq!(data.len(), 15);

    for start in 0..2 {
        let b = fit(&data, std::array::from_fn(|i| certified[i][start]));
        let (residual, information, _) = normal_equations(&data, b);
        let variance = residual / (data.len() - 4) as f64;
        println!(
            "\nRat43 from start {}: the sum of squares is {residual:.10e}",
            start + 1
        );
        println!(
            "  {:18} {:18} {:18} {:18}",
            "parameter", "certified", "deviation", "certified"
        );
        for i in 0..4 {
            let unit = std::array::from_fn(|j| if i == j { 1.0 } else { 0.0 });
            let deviation = (variance * solve(information, unit)[i]).sqrt();
            println!(
                "  {:<18.10e} {:<18.10e} {deviation:<18.10e} {:<18.10e}",
                b[i], certified[i][2], certified[i][3]
            );
            for (ours, theirs) in [(b[i], certified[i][2]), (deviation, certified[i][3])] {
                assert!(
                    (ours - theirs).abs() <= 1e-9 * theirs.abs(),
                    "{ours} is not {theirs}"
                );
            }
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

fn fit(data: &[[f64; 2]], mut b: [f64; 4]) -> [f64; 4] {
    let (mut residual, mut information, mut slopes) = normal_equations(data, b);
    let mut damping = 1e-3;
    for _ in 0..200 {
        let mut damped = information;
        (0..4).for_each(|i| damped[i][i] *= 1.0 + damping);
        let step = solve(damped, slopes);
        let next = std::array::from_fn(|i| b[i] + step[i]);
        let there = normal_equations(data, next);
        if there.0 < residual {
            (b, (residual, information, slopes)) = (next, there);
            damping /= 10.0;
        } else if damping < 1e10 {
            damping *= 10.0;
        }
    }
    for _ in 0..5 {
        let (_, information, slopes) = normal_equations(data, b);
        let step = solve(information, slopes);
        b = std::array::from_fn(|i| b[i] + step[i]);
    }
    b
}

/// The sum of squares of the residuals `r`, `JᵀJ` and `Jᵀr`.
fn normal_equations(data: &[[f64; 2]], b: [f64; 4]) -> (f64, Matrix, [f64; 4]) {
    let (mut sum, mut information, mut slopes) = (0.0, [[0.0; 4]; 4], [0.0; 4]);
    for &[x, y] in data {
        let (value, gradient) = growth::value_and_gradient(b, x);
        sum += (y - value).powi(2);
        for i in 0..4 {
            slopes[i] += gradient[i] * (y - value);
            (0..4).for_each(|j| information[i][j] += gradient[i] * gradient[j]);
        }
    }
    (sum, information, slopes)
}

/// Gaussian elimination; a matrix `JᵀJ` needs no pivoting.
fn solve(mut a: Matrix, mut b: [f64; 4]) -> [f64; 4] {
    for k in 0..4 {
        for i in k + 1..4 {
            let factor = a[i][k] / a[k][k];
            (k..4).for_each(|j| a[i][j] -= factor * a[k][j]);
            b[i] -= factor * b[k];
        }
    }
    for k in (0..4).rev() {
        b[k] = (k + 1..4).fold(b[k], |rest, j| rest - a[k][j] * b[j]) / a[k][k];
    }
    b
}
