//! What derivatives of solutions cost: by the equations (`linear_solve`, `implicit_root`), by hand, and with duals pushed through the algorithm.
//!
//! Ids read `subject/size/variant`. Every variant is compared with the one by hand before it is timed; `-- --test` does only that.

use std::hint::black_box;

use chainrule::solve::{implicit_root, linear_solve, root};
use chainrule::{Dual, Scalar};
use criterion::{Criterion, criterion_group, criterion_main};

type Matrix<T, const N: usize> = [[T; N]; N];

/// Gaussian elimination with partial pivoting, over any number: what duals are pushed through.
fn eliminate<S: Scalar, const N: usize>(mut a: Matrix<S, N>, mut b: [S; N]) -> [S; N] {
    for k in 0..N {
        let size = |i: usize| num_traits::Float::abs(a[i][k].primal());
        let pivot = (k..N).fold(k, |best, i| if size(i) > size(best) { i } else { best });
        a.swap(k, pivot);
        b.swap(k, pivot);
        let (row, right) = (a[k], b[k]);
        for i in k + 1..N {
            let factor = a[i][k] / row[k];
            for j in k..N {
                a[i][j] -= factor * row[j];
            }
            b[i] -= factor * right;
        }
    }
    for i in (0..N).rev() {
        for j in i + 1..N {
            let known = a[i][j] * b[j];
            b[i] -= known;
        }
        b[i] /= a[i][i];
    }
    b
}

/// `x = A⁻¹ b` and `x' = A⁻¹ (b' - A' x)` for each direction, with one elimination for all right-hand sides.
fn by_hand<const N: usize, const P: usize>(
    a: &Matrix<Dual<f64, P>, N>,
    b: &[Dual<f64, P>; N],
) -> [Dual<f64, P>; N] {
    let mut factors = a.map(|row| row.map(|x| x.re));
    let mut order: [usize; N] = std::array::from_fn(|i| i);
    for k in 0..N {
        let size = |i: usize| factors[i][k].abs();
        let pivot = (k..N).fold(k, |best, i| if size(i) > size(best) { i } else { best });
        factors.swap(k, pivot);
        order.swap(k, pivot);
        let row = factors[k];
        for below in &mut factors[k + 1..] {
            below[k] /= row[k];
            for j in k + 1..N {
                below[j] -= below[k] * row[j];
            }
        }
    }
    let substitute = |right: [f64; N]| {
        let mut x: [f64; N] = std::array::from_fn(|i| right[order[i]]);
        for i in 0..N {
            x[i] -= (0..i).map(|j| factors[i][j] * x[j]).sum::<f64>();
        }
        for i in (0..N).rev() {
            x[i] = (x[i] - (i + 1..N).map(|j| factors[i][j] * x[j]).sum::<f64>()) / factors[i][i];
        }
        x
    };
    let x = substitute(b.map(|b| b.re));
    let mut solution = x.map(Dual::constant);
    for lane in 0..P {
        let right = std::array::from_fn(|i| {
            b[i].eps[lane] - (0..N).map(|j| a[i][j].eps[lane] * x[j]).sum::<f64>()
        });
        for (x, slope) in solution.iter_mut().zip(substitute(right)) {
            x.eps[lane] = slope;
        }
    }
    solution
}

fn assert_close<const N: usize, const P: usize>(x: [Dual<f64, P>; N], expected: [Dual<f64, P>; N]) {
    for (x, expected) in x.iter().zip(&expected) {
        assert!((x.re - expected.re).abs() < 1e-10);
        assert!(
            x.eps
                .iter()
                .zip(&expected.eps)
                .all(|(x, y)| (x - y).abs() < 1e-9)
        );
    }
}

fn linear<const N: usize, const P: usize>(criterion: &mut Criterion) {
    let entry = |k: usize| ((k * k * 7 + k * 3) % 19) as f64 / 19.0 - 0.4;
    let number = |k: usize| Dual::new(entry(k), std::array::from_fn(|lane| entry(k + lane + 5)));
    let a: Matrix<Dual<f64, P>, N> = std::array::from_fn(|i| {
        std::array::from_fn(|j| number(i * N + j) + if i == j { 2.0 } else { 0.0 })
    });
    let b: [Dual<f64, P>; N] = std::array::from_fn(|i| number(i + 3));
    assert_close(eliminate(a, b), by_hand(&a, &b));
    assert_close(linear_solve(a, b).unwrap(), by_hand(&a, &b));

    let mut group = criterion.benchmark_group(format!("linear_solve/{N}_by_{P}"));
    group.bench_function("hand_written", |bencher| {
        bencher.iter(|| by_hand(black_box(&a), black_box(&b)))
    });
    group.bench_function("linear_solve", |bencher| {
        bencher.iter(|| linear_solve(black_box(a), black_box(b)))
    });
    group.bench_function("duals_pushed_through", |bencher| {
        bencher.iter(|| eliminate(black_box(a), black_box(b)))
    });
    group.finish();
}

/// Two circles of radii `p` around (0, 0) and (1, 0).
fn circles<S: Scalar<Primal = f64>>([x, y]: [S; 2], p: [S; 2]) -> [S; 2] {
    [
        x * x + y * y - p[0] * p[0],
        (x - 1.0) * (x - 1.0) + y * y - p[1] * p[1],
    ]
}

/// Newton's method over numbers, as long as the values move.
fn iterate<S: Scalar<Primal = f64>>(mut x: [S; 2], p: [S; 2]) -> [S; 2] {
    for _ in 0..20 {
        let [f, g] = circles(x, p);
        let jacobian = [[x[0] * 2.0, x[1] * 2.0], [(x[0] - 1.0) * 2.0, x[1] * 2.0]];
        let step = eliminate(jacobian, [f, g]);
        x = [x[0] - step[0], x[1] - step[1]];
        if step.iter().all(|step| step.primal().abs() < 1e-15) {
            break;
        }
    }
    x
}

fn implicit(criterion: &mut Criterion) {
    let p = Dual::variables([0.9, 0.8]);
    let x = root(|x| circles(x, [0.9.into(), 0.8.into()]), [0.5, 0.5]).unwrap();
    // x = (1 + p² - q²) / 2, x² + y² = p²
    let by_hand = |x: [f64; 2], [p, q]: [Dual<f64, 2>; 2]| {
        let slopes = [p.re, -q.re];
        let of_y = [(p.re - x[0] * slopes[0]) / x[1], -x[0] * slopes[1] / x[1]];
        [Dual::new(x[0], slopes), Dual::new(x[1], of_y)]
    };
    assert_close(implicit_root(circles, x, p).unwrap(), by_hand(x, p));
    assert_close(iterate([Dual::constant(0.5); 2], p), by_hand(x, p));

    let mut group = criterion.benchmark_group("implicit_root/2_by_2");
    group.bench_function("solved_in_floats", |bencher| {
        bencher.iter(|| iterate(black_box([0.5; 2]), black_box([0.9, 0.8])))
    });
    group.bench_function("hand_written", |bencher| {
        bencher.iter(|| by_hand(black_box(x), black_box(p)))
    });
    group.bench_function("implicit_root", |bencher| {
        bencher.iter(|| implicit_root(circles, black_box(x), black_box(p)))
    });
    group.bench_function("duals_pushed_through", |bencher| {
        bencher.iter(|| iterate(black_box([Dual::constant(0.5); 2]), black_box(p)))
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().without_plots();
    targets = linear::<3, 1>, linear::<8, 1>, linear::<8, 8>, linear::<20, 4>, implicit
}
criterion_main!(benches);
