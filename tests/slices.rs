//! Oracle: a polynomial differentiated by hand, for every length around the chunk size; and the messages by their words.

use chainrule::{
    Dual, HyperDual, Jet, Scalar, Workspace, gradient_into, gradient_into_with, hessian_into,
    hessian_into_with, hvp_into, hvp_into_with, jacobian_into, jacobian_into_with, jvp_slice,
    jvp_slice_with,
};

/// Every pair of neighbours and the ends are coupled: `Σ x_i² x_{i+1} + x_0 x_{n-1}`.
fn chain<S: Scalar>(x: &[S]) -> S {
    let ends = if x.is_empty() {
        S::zero()
    } else {
        x[0] * x[x.len() - 1]
    };
    x.windows(2)
        .fold(ends, |sum, pair| sum + pair[0] * pair[0] * pair[1])
}

fn point(n: usize) -> Vec<f64> {
    (0..n).map(|i| 0.5 + i as f64 / 4.0).collect()
}

fn chain_gradient(x: &[f64]) -> Vec<f64> {
    let n = x.len();
    let mut gradient = vec![0.0; n];
    for i in 0..n.saturating_sub(1) {
        gradient[i] += 2.0 * x[i] * x[i + 1];
        gradient[i + 1] += x[i] * x[i];
    }
    if n > 0 {
        gradient[0] += x[n - 1];
        gradient[n - 1] += x[0];
    }
    gradient
}

fn chain_hessian(x: &[f64]) -> Vec<f64> {
    let n = x.len();
    let mut hessian = vec![0.0; n * n];
    for i in 0..n.saturating_sub(1) {
        hessian[i * n + i] += 2.0 * x[i + 1];
        hessian[i * n + i + 1] += 2.0 * x[i];
        hessian[(i + 1) * n + i] += 2.0 * x[i];
    }
    if n > 0 {
        hessian[n - 1] += 1.0;
        hessian[(n - 1) * n] += 1.0;
    }
    hessian
}

const LENGTHS: std::ops::RangeInclusive<usize> = 0..=20;
const STALE: f64 = 99.0;

// Every number above is a dyadic fraction, so that sums are exact in any order.

#[test]
fn gradients_are_right_for_every_length() {
    let mut workspace = Workspace::new();
    for n in LENGTHS {
        let (x, mut gradient) = (point(n), vec![STALE; n]);
        assert_eq!(gradient_into(chain, &x, &mut gradient), chain(&x));
        assert_eq!(gradient, chain_gradient(&x), "length {n}");
        gradient.fill(STALE);
        assert_eq!(
            gradient_into_with(chain, &x, &mut gradient, &mut workspace),
            chain(&x)
        );
        assert_eq!(gradient, chain_gradient(&x), "length {n}, reused workspace");
    }
}

#[test]
fn hessians_are_right_for_every_length() {
    let mut workspace = Workspace::new();
    for n in LENGTHS.rev() {
        let (x, mut gradient, mut hessian) = (point(n), vec![STALE; n], vec![STALE; n * n]);
        assert_eq!(
            hessian_into(chain, &x, &mut gradient, &mut hessian),
            chain(&x)
        );
        assert_eq!(
            (&gradient, &hessian),
            (&chain_gradient(&x), &chain_hessian(&x)),
            "length {n}"
        );
        gradient.fill(STALE);
        hessian.fill(STALE);
        assert_eq!(
            hessian_into_with(chain, &x, &mut gradient, &mut hessian, &mut workspace),
            chain(&x)
        );
        assert_eq!(
            (&gradient, &hessian),
            (&chain_gradient(&x), &chain_hessian(&x)),
            "length {n}, reused workspace"
        );
    }
}

#[test]
fn jacobians_are_right_for_every_length() {
    let mut workspace = Workspace::new();
    for n in LENGTHS {
        for outputs in [0, 1, 3, 9] {
            let x = point(n);
            let f = |x: &[Dual<f64, 8>], y: &mut [Dual<f64, 8>]| {
                assert_eq!(y.len(), outputs);
                for (k, y) in y.iter_mut().enumerate() {
                    *y = chain(x) * k as f64;
                }
            };
            let wanted: Vec<f64> = (0..outputs)
                .flat_map(|k| {
                    chain_gradient(&x)
                        .into_iter()
                        .map(move |slope| slope * k as f64)
                })
                .collect();
            let values: Vec<f64> = (0..outputs).map(|k| chain(&x) * k as f64).collect();
            let (mut value, mut jacobian) = (vec![STALE; outputs], vec![STALE; n * outputs]);
            jacobian_into(f, &x, &mut value, &mut jacobian);
            assert_eq!(
                (&value, &jacobian),
                (&values, &wanted),
                "{outputs} outputs of {n} inputs"
            );
            value.fill(STALE);
            jacobian.fill(STALE);
            jacobian_into_with(f, &x, &mut value, &mut jacobian, &mut workspace);
            assert_eq!(
                (&value, &jacobian),
                (&values, &wanted),
                "{outputs} outputs of {n} inputs, reused workspace"
            );
        }
    }
}

#[test]
fn products_with_vectors_are_right_for_every_length() {
    let mut workspace = Workspace::new();
    for n in LENGTHS {
        let (x, v): (_, Vec<f64>) = (point(n), (0..n).map(|i| 1.0 - i as f64 / 2.0).collect());
        let slope: f64 = chain_gradient(&x)
            .iter()
            .zip(&v)
            .map(|(a, b)| a * b)
            .sum::<f64>()
            + 0.0;
        assert_eq!(jvp_slice(chain, &x, &v), (chain(&x), slope), "length {n}");
        assert_eq!(
            jvp_slice_with(chain, &x, &v, &mut workspace),
            (chain(&x), slope),
            "length {n}"
        );
        let wanted: Vec<f64> = (0..n)
            .map(|i| {
                (0..n)
                    .map(|j| chain_hessian(&x)[i * n + j] * v[j])
                    .sum::<f64>()
                    + 0.0
            })
            .collect();
        let mut product = vec![STALE; n];
        hvp_into(chain, &x, &v, &mut product);
        assert_eq!(product, wanted, "length {n}");
        product.fill(STALE);
        hvp_into_with(chain, &x, &v, &mut product, &mut workspace);
        assert_eq!(product, wanted, "length {n}, reused workspace");
    }
}

#[test]
fn a_new_point_leaves_nothing_of_the_old_one() {
    let (mut workspace, mut gradient) = (Workspace::new(), vec![0.0; 20]);
    gradient_into_with(
        |_| Dual::constant(f64::NAN),
        &point(20),
        &mut gradient,
        &mut workspace,
    );
    let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        gradient_into_with(
            |_| panic!("in the middle of a pass"),
            &point(20),
            &mut gradient,
            &mut workspace,
        )
    }));
    gradient_into_with(chain, &point(20), &mut gradient, &mut workspace);
    assert_eq!(gradient, chain_gradient(&point(20)));
}

macro_rules! wrong_lengths {
    ($($name:ident $message:literal $call:expr;)*) => {$(
        #[test]
        #[should_panic(expected = $message)]
        fn $name() {
            let _ = $call;
        }
    )*};
}
wrong_lengths! {
    a_short_gradient_is_refused "the gradient has length 2, but there are 3 inputs"
        gradient_into(chain, &[1.0; 3], &mut [0.0; 2]);
    a_long_gradient_is_refused "the gradient has length 4, but there are 3 inputs"
        gradient_into_with(chain, &[1.0; 3], &mut [0.0; 4], &mut Workspace::new());
    a_wrong_jacobian_is_refused "the Jacobian has length 5, but 2 outputs of 3 inputs need 6"
        jacobian_into(|_, _| {}, &[1.0; 3], &mut [0.0; 2], &mut [0.0; 5]);
    a_wrong_direction_is_refused "the direction has length 1, but there are 2 inputs"
        jvp_slice(|x: &[Dual<f64>]| x[0], &[1.0; 2], &[1.0; 1]);
    a_wrong_direction_of_a_hessian_is_refused "the direction has length 3, but there are 2 inputs"
        hvp_into(|x: &[HyperDual<f64>]| x[0], &[1.0; 2], &[1.0; 3], &mut [0.0; 2]);
    a_wrong_product_is_refused "the product has length 1, but there are 2 inputs"
        hvp_into(|x: &[HyperDual<f64>]| x[0], &[1.0; 2], &[1.0; 2], &mut [0.0; 1]);
    a_wrong_gradient_beside_a_hessian_is_refused "the gradient has length 1, but there are 2 inputs"
        hessian_into(|x: &[Jet<f64, 8>]| x[0], &[1.0; 2], &mut [0.0; 1], &mut [0.0; 4]);
    a_wrong_hessian_is_refused "the Hessian has length 3, but 2 inputs need 4"
        hessian_into(|x: &[Jet<f64, 8>]| x[0], &[1.0; 2], &mut [0.0; 2], &mut [0.0; 3]);
}
