//! Linear algebra, with pivots chosen by value.

mod determinant {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    fn determinant<const N: usize>(mut a: [[f64; N]; N]) -> f64 {
        let mut det = 1.0;
        for k in 0..N {
            let pivot = (k..N)
                .max_by(|&i, &j| a[i][k].abs().total_cmp(&a[j][k].abs()))
                .unwrap();
            if a[pivot][k] == 0.0 {
                return 0.0;
            }
            if pivot != k {
                a.swap(pivot, k);
                det = -det;
            }
            det *= a[k][k];
            for i in k + 1..N {
                let factor = a[i][k] / a[k][k];
                for j in k..N {
                    a[i][j] -= factor * a[k][j];
                }
            }
        }
        det
    }

    #[test]
    fn rows_change_places_and_the_sign_follows() {
        check::value(determinant([[0.0, 2.0], [3.0, 4.0]]), -6.0, 15);
        let matrix = |x: &[f64]| [[x[0], x[1], x[2]], [x[3], x[4], x[5]], [x[6], x[7], x[8]]];
        check::smooth(
            &[
                [0.1, 2.0, 1.0, 1.0, 3.0, 5.0, 2.0, -1.0, 0.5],
                [4.0, 1.0, -1.0, 2.0, 3.0, 0.3, 1.5, -2.0, 6.0],
            ],
            |x| determinant(matrix(x)),
            |x| determinant::value_and_gradient(matrix(x)),
            |x| determinant::hessian(matrix(x)),
        );
    }
}

mod cholesky {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    fn cholesky(a: &[[f64; 3]; 3]) -> Option<[[f64; 3]; 3]> {
        let mut l = [[0.0; 3]; 3];
        for i in 0..3 {
            for j in 0..=i {
                let sum: f64 = (0..j).map(|k| l[i][k] * l[j][k]).sum();
                if i == j {
                    let d = a[i][i] - sum;
                    if d <= 0.0 {
                        return None;
                    }
                    l[i][i] = d.sqrt();
                } else {
                    l[i][j] = (a[i][j] - sum) / l[j][j];
                }
            }
        }
        Some(l)
    }

    /// The log density of a Gaussian process with a squared exponential kernel.
    #[differentiate(wrt(length, noise))]
    fn evidence(times: [f64; 3], targets: [f64; 3], length: f64, noise: f64) -> Option<f64> {
        let mut k = [[0.0; 3]; 3];
        for i in 0..3 {
            for j in 0..3 {
                k[i][j] = (-0.5 * ((times[i] - times[j]) / length).powi(2)).exp();
            }
            k[i][i] += noise.powi(2);
        }
        let l = cholesky(&k)?;
        let mut quadratic = 0.0;
        let mut z = [0.0; 3];
        for i in 0..3 {
            let mut t = targets[i];
            for j in 0..i {
                t -= l[i][j] * z[j];
            }
            z[i] = t / l[i][i];
            quadratic += z[i] * z[i];
        }
        let log_det: f64 = (0..3).map(|i| l[i][i].ln()).sum();
        Some(-0.5 * quadratic - log_det - 1.5 * std::f64::consts::TAU.ln())
    }

    #[test]
    fn indefinite_matrices_have_no_factor() {
        assert_eq!(
            cholesky(&[[1.0, 2.0, 0.0], [2.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
            None
        );
        let l = cholesky(&[[4.0, 2.0, 0.0], [2.0, 5.0, 0.0], [0.0, 0.0, 9.0]]).unwrap();
        check::value(l[1][0] + l[1][1] + l[2][2], 6.0, 15);
        let (times, targets) = ([0.0, 0.7, 2.0], [0.3, 1.0, -0.4]);
        check::smooth(
            &[[1.0, 0.3], [0.4, 0.8]],
            |x| evidence(times, targets, x[0], x[1]).unwrap(),
            |x| evidence::value_and_gradient(times, targets, x[0], x[1]).unwrap(),
            |x| evidence::hessian(times, targets, x[0], x[1]).unwrap(),
        );
    }
}

mod gram_schmidt {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    fn dot(a: &[f64], b: &[f64]) -> f64 {
        a.iter().zip(b).map(|(x, y)| x * y).sum()
    }

    /// The distance of the last vector from the span of the others.
    #[differentiate]
    fn residual(vectors: &[[f64; 3]; 3]) -> f64 {
        let mut basis: Vec<[f64; 3]> = Vec::new();
        let mut norm = 0.0;
        for v in vectors {
            let mut w = *v;
            for q in &basis {
                let along = dot(&w, q);
                for (wi, qi) in w.iter_mut().zip(q) {
                    *wi -= along * qi;
                }
            }
            norm = dot(&w, &w).sqrt();
            basis.push(w.map(|x| x / norm));
        }
        norm
    }

    #[test]
    fn the_last_vector_sticks_out() {
        check::value(
            residual(&[[2.0, 0.0, 0.0], [1.0, 1.0, 0.0], [5.0, -3.0, 0.5]]),
            0.5,
            15,
        );
        let rows = |x: &[f64]| [[x[0], x[1], x[2]], [x[3], x[4], x[5]], [x[6], x[7], x[8]]];
        check::smooth(
            &[[2.0, 0.1, -0.4, 1.0, 1.0, 0.3, 5.0, -3.0, 0.5]],
            |x| residual(&rows(x)),
            |x| residual::value_and_gradient(&rows(x)),
            |x| residual::hessian(&rows(x)),
        );
    }
}

mod power_iteration {
    use chainrule::differentiate;

    use crate::check;

    /// The largest eigenvalue of a symmetric matrix [[a, b], [b, c]].
    #[differentiate]
    fn largest_eigenvalue(a: f64, b: f64, c: f64) -> f64 {
        let mut v = [1.0, 0.5];
        let mut eigenvalue = 0.0;
        for _ in 0..500 {
            let w = [a * v[0] + b * v[1], b * v[0] + c * v[1]];
            let norm = f64::hypot(w[0], w[1]);
            let next = (v[0] * w[0] + v[1] * w[1]) / (v[0] * v[0] + v[1] * v[1]);
            v = [w[0] / norm, w[1] / norm];
            let converged = (next - eigenvalue).abs() < 1e-16;
            eigenvalue = next;
            if converged {
                break;
            }
        }
        eigenvalue
    }

    #[test]
    fn the_eigenvector_is_the_gradient() {
        let (a, b, c) = (3.0, 1.0, 1.5f64);
        let exact = 0.5 * (a + c + ((a - c).powi(2) + 4.0 * b * b).sqrt());
        check::value(largest_eigenvalue(a, b, c), exact, 14);
        check::value(largest_eigenvalue::gradient(a, b, c)[0], 0.8, 9);
        check::first(
            &[[3.0, 1.0, 1.5], [1.0, -0.7, 4.0]],
            |x| largest_eigenvalue(x[0], x[1], x[2]),
            |x| largest_eigenvalue::value_and_gradient(x[0], x[1], x[2]),
        );
    }
}

mod tridiagonal {
    use chainrule::differentiate;

    use crate::check;

    /// Thomas's algorithm; the solution goes into `out`.
    #[differentiate]
    fn solve(lower: &[f64], diagonal: &[f64], upper: &[f64], rhs: &[f64], out: &mut [f64]) {
        let n = diagonal.len();
        let mut c = vec![0.0; n];
        let mut beta = diagonal[0];
        out[0] = rhs[0] / beta;
        for i in 1..n {
            c[i] = upper[i - 1] / beta;
            beta = diagonal[i] - lower[i - 1] * c[i];
            out[i] = (rhs[i] - lower[i - 1] * out[i - 1]) / beta;
        }
        for i in (0..n - 1).rev() {
            let below = out[i + 1];
            out[i] -= c[i + 1] * below;
        }
    }

    #[test]
    fn solutions_go_into_a_slice_of_the_caller() {
        let solution = |x: &[f64]| {
            let mut out = vec![0.0; 3];
            solve(&x[..2], &x[2..5], &x[5..7], &x[7..], &mut out);
            out
        };
        check::value(
            solution(&[1.0, 1.0, 2.0, 2.0, 2.0, 1.0, 1.0, 4.0, 8.0, 8.0])[1],
            2.0,
            14,
        );
        check::first(
            &[[1.0, 0.5, 4.0, 3.0, 2.5, -1.0, 0.7, 1.0, 2.0, 3.0]],
            solution,
            |x| {
                let out = &mut [0.0; 3];
                solve::value_and_jacobian(&x[..2], &x[2..5], &x[5..7], &x[7..], out)
            },
        );
    }
}

mod conjugate_gradients {
    use chainrule::differentiate;

    use crate::check;

    type Vector = [f64; 3];

    #[differentiate]
    fn product(m: &[[f64; 3]; 3], v: &[f64; 3]) -> [f64; 3] {
        let mut out = [0.0; 3];
        for i in 0..3 {
            for j in 0..3 {
                out[i] += m[i][j] * v[j];
            }
        }
        out
    }

    #[differentiate]
    fn inner(a: &[f64; 3], b: &[f64; 3]) -> f64 {
        a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
    }

    /// The compliance b · x of a structure with stiffness A x = b.
    #[differentiate]
    fn compliance(stiffness: &[[f64; 3]; 3], load: &[f64; 3]) -> f64 {
        let mut x: Vector = [0.0; 3];
        let mut r = *load;
        let mut p = r;
        let mut rr = inner(&r, &r);
        let mut iterations = 0;
        while rr > 1e-28 && iterations < 3 {
            let ap = product(stiffness, &p);
            let alpha = rr / inner(&p, &ap);
            for i in 0..3 {
                x[i] += alpha * p[i];
                r[i] -= alpha * ap[i];
            }
            let next = inner(&r, &r);
            let beta = next / rr;
            p = std::array::from_fn(|i| r[i] + beta * p[i]);
            rr = next;
            iterations += 1;
        }
        inner(load, &x)
    }

    #[test]
    fn compliance_falls_as_stiffness_grows() {
        let stiff = |x: &[f64]| [[x[0], x[1], 0.0], [x[1], x[2], x[3]], [0.0, x[3], x[4]]];
        let k = stiff(&[4.0, -1.0, 3.0, -0.5, 2.0]);
        check::value(compliance(&k, &[1.0, 0.0, 0.0]), 5.75 / 21.0, 13);
        check::first(
            &[[1.0, 0.2, -0.7], [0.1, 0.9, 0.4]],
            |x| compliance(&k, &[x[0], x[1], x[2]]),
            |x| {
                let (value, (_, load)) = compliance::value_and_gradient(&k, &[x[0], x[1], x[2]]);
                (value, load)
            },
        );
    }
}
