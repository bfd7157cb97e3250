//! rayon: dense derivatives on several threads have the bits of those on one.

use chainrule::{
    Scalar, gradient_into, hessian_into, jacobian_into, par_gradient_into, par_hessian_into,
    par_jacobian_into,
};

/// Each output of its neighbourhood, and of all inputs by the first.
fn field<S: Scalar>(x: &[S], out: &mut [S]) {
    let all = x.iter().fold(S::one(), |all, &x| all + x * x).ln();
    for (i, out) in out.iter_mut().enumerate() {
        *out = (x[i % x.len()] * x[(i + 1) % x.len()]).sin() + if i == 0 { all } else { S::zero() };
    }
}

fn energy<S: Scalar>(x: &[S]) -> S {
    let all = x.iter().fold(S::one(), |all, &x| all + x * x).ln();
    (1..x.len()).fold(all, |sum, i| sum + (x[i] * x[i - 1]).exp())
}

fn bits(floats: &[f64]) -> Vec<u64> {
    floats.iter().map(|x| x.to_bits()).collect()
}

#[test]
fn the_bits_of_one_thread_on_any_number_of_them() {
    for threads in [1, 2, 5] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        for n in [1, 3, 8, 9, 40] {
            let x: Vec<f64> = (0..n).map(|i| 0.3 + 0.1 * (i as f64).sin()).collect();
            let (mut g, mut h) = (vec![0.0; n], vec![0.0; n * n]);
            let (mut pg, mut ph) = (vec![9.0; n], vec![9.0; n * n]);

            let value = gradient_into(energy, &x, &mut g);
            assert_eq!(
                value.to_bits(),
                pool.install(|| par_gradient_into(energy, &x, &mut pg))
                    .to_bits()
            );
            assert_eq!(bits(&g), bits(&pg));

            let value = hessian_into(energy, &x, &mut g, &mut h);
            let again = pool.install(|| par_hessian_into(energy, &x, &mut pg, &mut ph));
            assert_eq!(
                (value.to_bits(), bits(&g), bits(&h)),
                (again.to_bits(), bits(&pg), bits(&ph))
            );

            let outputs = n + 2;
            let (mut y, mut j) = (vec![0.0; outputs], vec![0.0; outputs * n]);
            let (mut py, mut pj) = (vec![9.0; outputs], vec![9.0; outputs * n]);
            jacobian_into(field, &x, &mut y, &mut j);
            pool.install(|| par_jacobian_into(field, &x, &mut py, &mut pj));
            assert_eq!((bits(&y), bits(&j)), (bits(&py), bits(&pj)));
        }
    }
}

#[test]
fn without_inputs_there_is_a_value() {
    assert_eq!(
        par_hessian_into(energy, &[] as &[f64], &mut [], &mut []),
        0.0
    );
    assert_eq!(par_gradient_into(energy, &[] as &[f64], &mut []), 0.0);
}

#[test]
#[should_panic(expected = "the Jacobian has length 3, but 2 outputs of 2 inputs need 4")]
fn a_jacobian_of_another_length() {
    par_jacobian_into(field, &[1.0, 2.0], &mut [0.0; 2], &mut [0.0; 3]);
}
