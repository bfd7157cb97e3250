//! What a derivative costs beside the one an expert writes by hand.
//!
//! Ids read `subject/operation/variant`. The variants: `primal` (the value alone), `hand_written` (value and derivatives,
//! shared subexpressions computed once), `closure` and `attribute` (chainrule), `num_dual`. num-dual's vector number
//! `DualSVec` needs nalgebra; without it `Dual64` goes once per direction, which is what the column measures.
//!
//! Every variant is compared with `hand_written` before it is timed; `-- --test` does only that.

mod black_scholes;
mod rosenbrock;
mod sigmoid;

use std::hint::black_box;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, criterion_group, criterion_main};

/// One function at one point: its variants side by side.
struct Subject<'c, I, const N: usize> {
    group: BenchmarkGroup<'c, WallTime>,
    input: I,
    expected: (f64, [f64; N]),
}

impl<'c, I: Copy, const N: usize> Subject<'c, I, N> {
    /// Times the value alone, and the derivatives by hand, which the other variants must equal.
    fn new(
        criterion: &'c mut Criterion,
        subject: &str,
        input: I,
        primal: impl Fn(I) -> f64,
        hand_written: impl Fn(I) -> (f64, [f64; N]),
    ) -> Self {
        let mut group = criterion.benchmark_group(format!("{subject}/value"));
        group.bench_function("primal", |bencher| {
            bencher.iter(|| primal(black_box(input)))
        });
        group.finish();
        let expected = hand_written(input);
        assert_eq!(primal(input), expected.0, "{subject}: the value by hand");
        let group = criterion.benchmark_group(format!("{subject}/value_and_gradient"));
        Self {
            group,
            input,
            expected,
        }
        .variant("hand_written", hand_written)
    }

    fn variant(mut self, name: &str, mut f: impl FnMut(I) -> (f64, [f64; N])) -> Self {
        let (value, slopes) = f(self.input);
        let scale = self
            .expected
            .1
            .iter()
            .fold(1.0, |scale: f64, slope| scale.max(slope.abs()));
        assert!(
            (value - self.expected.0).abs() <= 1e-13 * self.expected.0.abs(),
            "{name}: the value"
        );
        for (slope, expected) in slopes.iter().zip(&self.expected.1) {
            assert!(
                (slope - expected).abs() <= 1e-13 * scale,
                "{name}: {slope} is not {expected}"
            );
        }
        self.group
            .bench_function(name, |bencher| bencher.iter(|| f(black_box(self.input))));
        self
    }
}

/// num-dual, one direction a pass.
#[inline]
fn by_direction<const N: usize>(
    f: impl Fn([num_dual::Dual64; N]) -> num_dual::Dual64,
    x: [f64; N],
) -> (f64, [f64; N]) {
    let mut value = 0.0;
    let slopes = std::array::from_fn(|i| {
        let mut point = x.map(num_dual::Dual64::from_re);
        point[i].eps = 1.0;
        let y = f(point);
        value = y.re;
        y.eps
    });
    (value, slopes)
}

criterion_group!(
    benches,
    sigmoid::compositions,
    sigmoid::sums,
    rosenbrock::rosenbrock,
    black_scholes::black_scholes
);
criterion_main!(benches);
