//! Central differences, extrapolated after Ridders: the step shrinks, and the entry whose neighbours agree best is taken.

/// The derivative of `f` at `x` and an estimate of its error.
pub(crate) fn ridders(f: impl Fn(f64) -> f64, x: f64, step: f64) -> (f64, f64) {
    const SHRINK: f64 = 1.5;
    let (mut best, mut error) = (f64::NAN, f64::INFINITY);
    let mut step = step;
    let mut above: Vec<f64> = Vec::new();
    for _ in 0..14 {
        // The quotient is over the distance in fact taken.
        let (left, right) = (x - step, x + step);
        let (before, after) = (f(left), f(right));
        let mut row = vec![(after - before) / (right - left)];
        let rounding = f64::EPSILON * (before.abs() + after.abs()) / step;
        let mut weight = 1.0;
        for (k, coarse) in above.iter().enumerate() {
            weight *= SHRINK * SHRINK;
            let next = row[k] + (row[k] - coarse) / (weight - 1.0);
            let spread = (next - row[k]).abs().max((next - coarse).abs()) + rounding;
            if spread < error {
                (best, error) = (next, spread);
            }
            row.push(next);
        }
        above = row;
        step /= SHRINK;
    }
    (best, error)
}

/// The derivative by `x[i]`.
pub(crate) fn partial(f: impl Fn(&[f64]) -> f64, x: &[f64], i: usize) -> (f64, f64) {
    let along = |t: f64| {
        let mut x = x.to_vec();
        x[i] = t;
        f(&x)
    };
    let size = if x[i] == 0.0 { 1.0 } else { x[i].abs() };
    ridders(along, x[i], 0.05 * size)
}

#[test]
fn the_differences_know_their_digits() {
    for x in [0.3, 1.0, 4.0] {
        let (slope, error) = ridders(f64::exp, x, 0.05 * x);
        assert!((slope - x.exp()).abs() <= 1e-11 * x.exp());
        assert!(error <= 1e-10 * x.exp());
    }
}
