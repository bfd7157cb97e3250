//! Functions of many numbers: `logsumexp` and `softmax`, against sums in twice the digits and closed forms.

use chainrule::{
    Dual, differentiate, gradient, hessian, jacobian, logsumexp, softmax, softmax_into,
};

const INF: f64 = f64::INFINITY;

#[test]
fn values_do_not_overflow() {
    assert_eq!(
        logsumexp(&[1000.0, 1000.0]),
        1000.0 + std::f64::consts::LN_2
    );
    assert_eq!(
        logsumexp(&[-1000.0, -1000.0]),
        -1000.0 + std::f64::consts::LN_2
    );
    assert_eq!(logsumexp(&[3.0]), 3.0);
    assert_eq!(logsumexp(&[0.0, -40.0]), 4.248354255291589e-18);
    assert_eq!(softmax([710.0, 710.0, -800.0]), [0.5, 0.5, 0.0]);
    assert_eq!(softmax([2.5_f32]), [1.0]);
}

#[test]
fn edges_are_what_the_documentation_says() {
    assert_eq!(logsumexp::<f64>(&[]), -INF);
    assert_eq!(softmax::<f64, 0>([]), [0.0; 0]);
    assert_eq!(logsumexp(&[-INF, -INF]), -INF);
    assert_eq!(logsumexp(&[1.0, INF, -INF]), INF);
    assert!(
        logsumexp(&[1.0, f64::NAN]).is_nan() && softmax([f64::NAN, INF]).iter().all(|w| w.is_nan())
    );
    assert_eq!(softmax([-INF, -INF]), [0.5, 0.5]);
    assert_eq!(softmax([INF, 1.0, INF, -INF]), [0.5, 0.0, 0.5, 0.0]);

    let slopes = |x: [f64; 3]| gradient(|x: [Dual<f64, 3>; 3]| logsumexp(&x), x);
    assert_eq!(slopes([0.0, -INF, 0.0]), [0.5, 0.0, 0.5]);
    assert_eq!(
        slopes([-INF, -INF, -INF]).map(|slope| (slope * 3.0 - 1.0).abs() < 1e-15),
        [true; 3]
    );
    assert_eq!(slopes([INF, 5.0, INF]), [0.5, 0.0, 0.5]);
    assert_eq!(slopes([-INF, 5.0, -INF]), [0.0, 1.0, 0.0]);
    assert_eq!(jacobian(softmax, [0.0, -INF]), [[0.0, 0.0], [0.0, 0.0]]);
    assert_eq!(
        jacobian(softmax, [-INF, -INF]),
        [[0.25, -0.25], [-0.25, 0.25]]
    );
}

fn assert_near(got: f64, wanted: f64, ulps: f64) {
    let error = ((got - wanted) / (wanted.abs() * f64::EPSILON)).abs();
    assert!(
        error <= ulps || got == wanted,
        "{got:e}, not {wanted:e}: {error:.1} ulp"
    );
}

/// The weights by sums whose rounding errors are kept (Neumaier): as good as exact here.
fn weights(x: &[f64]) -> Vec<f64> {
    let top = x.iter().copied().fold(-INF, f64::max);
    let (mut sum, mut lost) = (0.0_f64, 0.0);
    for e in x.iter().map(|x| (x - top).exp()) {
        let next = sum + e;
        lost += if sum > e {
            (sum - next) + e
        } else {
            (e - next) + sum
        };
        sum = next;
    }
    x.iter().map(|x| (x - top).exp() / (sum + lost)).collect()
}

/// First and second derivatives in closed form; `1 - w` as the sum of the others.
fn check<const N: usize>(x: [f64; N], ulps: f64) {
    let w = weights(&x);
    let without = |i: usize| (0..N).filter(|j| *j != i).map(|j| w[j]).sum::<f64>();
    let slope = |i: usize, j: usize| {
        if i == j {
            w[i] * without(i)
        } else {
            -w[i] * w[j]
        }
    };
    let (gradient, hessian, jacobian) = (
        gradient(|x: [Dual<f64, N>; N]| logsumexp(&x), x),
        hessian(|x| logsumexp(&x), x),
        jacobian(softmax, x),
    );
    for i in 0..N {
        assert_near(gradient[i], w[i], ulps);
        assert_near(softmax(x)[i], w[i], ulps);
        for j in 0..N {
            assert_near(jacobian[i][j], slope(i, j), 2.0 * ulps);
            assert_near(hessian[i][j], slope(i, j), 2.0 * ulps);
        }
    }
}

#[test]
fn derivatives_keep_their_digits_in_every_direction() {
    check([0.3, -1.2, 2.5, 0.1], 8.0);
    check([50.0, 0.0, 1.0], 8.0);
    check([0.0, 1.0, 400.0], 8.0);
    check([-300.0, -300.0, -300.0], 8.0);
    check([0.0, 1e-9, -1e-9, 0.5, -700.0], 8.0);
}

/// None of many small weights is a difference of large ones.
#[test]
fn small_weights_keep_their_digits() {
    let mut slopes = vec![0.0; 1000];
    chainrule::gradient_into(logsumexp, &[3.25; 1000], &mut slopes);
    assert!(slopes.iter().all(|&slope| slope == 1e-3), "{:e}", slopes[0]);
}

#[test]
fn nested_numbers_and_hessians_agree() {
    let x = [0.25, 1.5, -0.75];
    let nested = jacobian(
        |x| gradient(|x: [Dual<Dual<f64, 3>, 3>; 3]| logsumexp(&x), x),
        x,
    );
    let hessian = hessian(|x| logsumexp(&x), x);
    for (a, b) in nested.iter().flatten().zip(hessian.iter().flatten()) {
        assert!((a - b).abs() < 1e-15, "{a} and {b}");
    }
}

#[test]
fn annotated_functions_call_them() {
    #[differentiate(wrt(scores))]
    fn cross_entropy(scores: &[f64], target: usize) -> f64 {
        chainrule::logsumexp(scores) - scores[target]
    }
    #[differentiate]
    fn expectation(x: [f64; 3]) -> f64 {
        let weights = softmax(x);
        weights[0] * x[0] + weights[1] * x[1] + weights[2] * x[2]
    }
    let (scores, w) = ([0.5, -1.0, 2.0], weights(&[0.5, -1.0, 2.0]));
    let slopes = cross_entropy::gradient(&scores, 1);
    for (i, slope) in slopes.into_iter().enumerate() {
        assert!((slope - (w[i] - f64::from(i == 1))).abs() < 1e-15);
    }
    let mean: f64 = w.iter().zip(scores).map(|(w, x)| w * x).sum();
    for (i, slope) in expectation::gradient(scores).into_iter().enumerate() {
        assert!((slope - w[i] * (1.0 + scores[i] - mean)).abs() < 1e-15);
    }
}

#[test]
fn slices_of_any_length() {
    let x: Vec<f64> = (0..100).map(|i| f64::from(i % 7)).collect();
    let mut weights = vec![0.0; 100];
    softmax_into(&x, &mut weights);
    assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-14);
    let mut slopes = vec![0.0; 100];
    chainrule::gradient_into(logsumexp, &x, &mut slopes);
    for (slope, weight) in slopes.iter().zip(&weights) {
        assert!((slope - weight).abs() < 1e-16);
    }
}

#[test]
#[should_panic(expected = "a weight for each element")]
fn lengths_must_agree() {
    softmax_into(&[1.0, 2.0], &mut [0.0]);
}
