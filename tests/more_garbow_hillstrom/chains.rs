//! Some of the problems once more with iterator chains and closures. Each has the value and the derivatives of the form
//! with loops.

use chainrule::differentiate;

use crate::{
    four_variables::*,
    more_variables::*,
    problem::{assert_same, problem},
    three_variables::*,
    two_variables::*,
    variable_coupled::*,
    variable_separable::*,
};

#[differentiate]
fn bard_chain(x: &[f64; 3]) -> f64 {
    BARD.iter()
        .enumerate()
        .map(|(i, y)| {
            let u = (i + 1) as f64;
            let v = 16.0 - u;
            let r = y - (x[0] + u / (v * x[1] + u.min(v) * x[2]));
            r * r
        })
        .sum()
}

#[differentiate]
fn gaussian_fold(x: [f64; 3]) -> f64 {
    GAUSSIAN.iter().enumerate().fold(0.0, |sum, (i, y)| {
        let t = (7.0 - i as f64) / 2.0;
        sum + (x[0] * (-x[1] * (t - x[2]).powi(2) / 2.0).exp() - y).powi(2)
    })
}

#[differentiate]
fn kowalik_zip(x: &[f64; 4]) -> f64 {
    let model = |u: f64| x[0] * (u * u + u * x[1]) / (u * u + u * x[2] + x[3]);
    RATES
        .iter()
        .zip(DOSES.iter())
        .map(|(y, &u)| (y - model(u)).powi(2))
        .sum::<f64>()
}

#[differentiate]
fn wood_squares(x: [f64; 4]) -> f64 {
    let square = |r: f64| r * r;
    let [a, b, c, d] = x;
    100.0 * square(b - a * a)
        + square(1.0 - a)
        + 90.0 * square(d - c * c)
        + square(1.0 - c)
        + 10.0 * square(b + d - 2.0)
        + 0.1 * square(b - d)
}

#[differentiate]
fn penalty_1_chain(x: &[f64]) -> f64 {
    let near: f64 = x.iter().map(|xi| (xi - 1.0).powi(2)).sum();
    let squares: f64 = x.iter().map(|xi| xi.powi(2)).sum();
    1e-5 * near + (squares - 0.25).powi(2)
}

#[differentiate]
fn extended_rosenbrock_pairs(x: &[f64]) -> f64 {
    x.chunks_exact(2)
        .map(|pair| (10.0 * (pair[1] - pair[0] * pair[0])).powi(2) + (1.0 - pair[0]).powi(2))
        .sum()
}

#[differentiate]
fn trigonometric_collect(x: &[f64]) -> f64 {
    let n = x.len();
    let cosines: Vec<f64> = x.iter().map(|x| x.cos()).collect();
    let total: f64 = cosines.iter().sum();
    let residuals =
        (0..n).map(|i| n as f64 - total + (i + 1) as f64 * (1.0 - cosines[i]) - x[i].sin());
    residuals.map(|r| r * r).sum()
}

#[differentiate]
fn brown_slices(x: &[f64]) -> f64 {
    let n = x.len();
    let (_, rest) = x.split_at(0);
    let total = rest.iter().sum::<f64>();
    let squares: f64 = x
        .iter()
        .take(n - 1)
        .map(|xi| (xi + total - (n + 1) as f64).powi(2))
        .sum();
    squares + (x.iter().product::<f64>() - 1.0).powi(2)
}

#[differentiate]
fn broyden_match(x: &[f64]) -> f64 {
    let last = x.len() - 1;
    (0..x.len())
        .map(|i| {
            let own = (3.0 - 2.0 * x[i]) * x[i] + 1.0;
            match i {
                0 => own - 2.0 * x[1],
                i if i == last => own - x[i - 1],
                _ => own - x[i - 1] - 2.0 * x[i + 1],
            }
        })
        .map(|r| r.powi(2))
        .sum()
}

#[differentiate]
fn beale_array(x1: f64, x2: f64) -> f64 {
    let residuals = [1.5, 2.25, 2.625].map(|y| y - x1);
    let mut power = 1.0;
    let mut sum = 0.0;
    for r in residuals {
        power *= x2;
        sum += (r + x1 * power).powi(2);
    }
    sum
}

#[differentiate]
fn biggs_terms(x: [f64; 6]) -> f64 {
    let [x1, x2, x3, x4, x5, x6] = x;
    let mut sum = 0.0;
    for i in 1..=13 {
        let t = 0.1 * f64::from(i);
        let decay = |rate: f64| (-t * rate).exp();
        let y = decay(1.0) - 5.0 * decay(10.0) + 3.0 * decay(4.0);
        let r = x3 * decay(x1) - x4 * decay(x2) + x6 * decay(x5) - y;
        sum += r.powi(2);
    }
    sum
}

#[differentiate]
fn variably_dimensioned_for_each(x: &[f64]) -> f64 {
    let mut squares = 0.0;
    let mut weighted = 0.0;
    x.iter().enumerate().for_each(|(j, xj)| {
        squares += (xj - 1.0).powi(2);
        weighted += (j + 1) as f64 * (xj - 1.0);
    });
    squares + weighted.powi(2) * (1.0 + weighted.powi(2))
}

#[test]
fn chains_are_the_same_functions() {
    assert_same(bard_chain(&[1.0; 3]), bard(&[1.0; 3]));
    assert_same(gaussian_fold([0.4, 1.0, 0.0]), gaussian([0.4, 1.0, 0.0]));
    assert_same(
        kowalik_zip(&[0.25, 0.39, 0.415, 0.39]),
        kowalik_osborne(&[0.25, 0.39, 0.415, 0.39]),
    );
    assert_same(
        wood_squares([-3.0, -1.0, -3.0, -1.0]),
        wood([-3.0, -1.0, -3.0, -1.0]),
    );
    assert_same(
        penalty_1_chain(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]),
        penalty_1(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]),
    );
    assert_same(
        extended_rosenbrock_pairs(&[-1.2, 1.0, 0.5, 2.0, -0.7, 0.1]),
        extended_rosenbrock(&[-1.2, 1.0, 0.5, 2.0, -0.7, 0.1]),
    );
    assert_same(
        trigonometric_collect(&[0.1, 0.2, -0.3, 0.4, 0.5]),
        trigonometric(&[0.1, 0.2, -0.3, 0.4, 0.5]),
    );
    assert_same(
        brown_slices(&[0.5, 0.7, 1.2, -0.6]),
        brown_almost_linear(&[0.5, 0.7, 1.2, -0.6]),
    );
    assert_same(
        broyden_match(&[-1.0, -0.5, 0.3, 0.8]),
        broyden_tridiagonal(&[-1.0, -0.5, 0.3, 0.8]),
    );
    assert_same(beale_array(1.0, 1.5), beale(1.0, 1.5));
    assert_same(
        biggs_terms([1.0, 2.0, 1.0, 1.0, 1.0, 1.0]),
        biggs_exp6([1.0, 2.0, 1.0, 1.0, 1.0, 1.0]),
    );
    assert_same(
        variably_dimensioned_for_each(&[0.9, 0.8, 0.6, 0.5]),
        variably_dimensioned(&[0.9, 0.8, 0.6, 0.5]),
    );
}

#[test]
fn bard_chain_is_right() {
    let problem = problem!(bard_chain(&[3]), bard_rows);
    problem.check(&[1.0; 3]);
}

#[test]
fn gaussian_fold_is_right() {
    let problem = problem!(gaussian_fold([3]), gaussian_rows);
    problem.check(&[0.4, 1.0, 0.0]);
}

#[test]
fn kowalik_zip_is_right() {
    let problem = problem!(kowalik_zip(&[4]), kowalik_osborne_rows);
    problem.check(&[0.25, 0.39, 0.415, 0.39]);
}

#[test]
fn wood_squares_is_right() {
    let problem = problem!(wood_squares([4]), wood_rows);
    problem.check(&[-3.0, -1.0, -3.0, -1.0]);
}

#[test]
fn penalty_1_chain_is_right() {
    let problem = problem!(penalty_1_chain(&[]), penalty_1_rows);
    problem.check(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
}

#[test]
fn extended_rosenbrock_pairs_is_right() {
    let problem = problem!(extended_rosenbrock_pairs(&[]), extended_rosenbrock_rows);
    problem.check(&[-1.2, 1.0, 0.5, 2.0, -0.7, 0.1]);
}

#[test]
fn trigonometric_collect_is_right() {
    let problem = problem!(trigonometric_collect(&[]), trigonometric_rows);
    problem.check(&[0.1, 0.2, -0.3, 0.4, 0.5]);
}

#[test]
fn brown_slices_is_right() {
    let problem = problem!(brown_slices(&[]), brown_almost_linear_rows);
    problem.check(&[0.5, 0.7, 1.2, -0.6]);
}

#[test]
fn broyden_match_is_right() {
    let problem = problem!(broyden_match(&[]), broyden_tridiagonal_rows);
    problem.check(&[-1.0, -0.5, 0.3, 0.8]);
}

#[test]
fn beale_array_is_right() {
    let problem = problem!(beale_array(x, y), beale_rows);
    problem.check(&[1.0, 1.5]);
}

#[test]
fn biggs_terms_is_right() {
    let problem = problem!(biggs_terms([6]), biggs_exp6_rows);
    problem.check(&[1.0, 2.0, 1.0, 1.0, 1.0, 1.0]);
}

#[test]
fn variably_dimensioned_for_each_is_right() {
    let problem = problem!(
        variably_dimensioned_for_each(&[]),
        variably_dimensioned_rows
    );
    problem.check(&[0.9, 0.8, 0.6, 0.5]);
}
