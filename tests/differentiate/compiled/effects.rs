//! Plain expressions that change something, inside of what is differentiated: once, and in their order.

use std::collections::HashSet;

use chainrule::differentiate;

#[differentiate(mode = adjoint)]
fn indices_that_count(x: &[f64]) -> f64 {
    let mut i = 0;
    let mut a = [x[0], x[1], x[2]];
    a[{
        i += 1;
        i
    }] *= x[0];
    a[i] += {
        i += 1;
        2.0
    };
    a[i] = {
        i -= 1;
        3.0 * x[1]
    };
    a[i] *= {
        i -= 1;
        2.0
    };
    let v = x[i] * {
        i += 1;
        x[i]
    } + x[{
        i = 2;
        i
    }] * x[i];
    a[0] * a[1] * a[2] * i as f64 * v
}

#[differentiate(mode = adjoint)]
fn length(p: [f64; 2]) -> f64 {
    (p[0] * p[0] + p[1] * p[1]).sqrt()
}

#[differentiate(mode = adjoint)]
fn arguments_that_count(x: f64, y: f64) -> f64 {
    let rows = [[x, y], [x * y, x], [y * 2.0, x * x]];
    let mut count = 0;
    let mut next = || {
        count += 1;
        count - 1
    };
    length(rows[next()]) * length(rows[next()]) + length(rows[next()])
}

#[differentiate]
fn rows_that_count(x: f64, y: f64) -> f64 {
    let rows = [[x, y], [x * y, x], [y * 2.0, x * x]];
    let mut count = 0;
    let mut next = || {
        count += 1;
        count - 1
    };
    let first = rows[next()];
    let second = rows[next()];
    first[0] * second[1] + rows[next()][0]
}

#[test]
fn rows_are_chosen_once() {
    let (x, y) = (0.7, -1.3);
    let by_hand = |[x, y]: [chainrule::Dual<f64, 2>; 2]| {
        x.hypot(y) * (x * y).hypot(x) + (y * 2.0).hypot(x * x)
    };
    let expected = chainrule::gradient(by_hand, [x, y]);
    crate::assert_close(&arguments_that_count::gradient(x, y), &expected);
    agree!(arguments_that_count, [x, y] = [x, y]);
    assert_eq!(rows_that_count::gradient(x, y), [2.0 * x, 2.0]);
    assert_eq!(
        rows_that_count::value_and_gradient(x, y).0,
        rows_that_count(x, y)
    );
}

struct Generator(u64);

impl Generator {
    fn next(&mut self) -> f64 {
        let (factor, step) = (6364136223846793005, 1442695040888963407);
        self.0 = self.0.wrapping_mul(factor).wrapping_add(step);
        (self.0 >> 40) as f64 / 16777216.0
    }

    fn index(&mut self, n: usize) -> usize {
        (self.next() * n as f64) as usize
    }
}

#[differentiate(mode = adjoint)]
fn random_walk(x: &[f64]) -> f64 {
    let mut random = Generator(42);
    let mut sum = x[0];
    let mut a = [x[0], x[1], x[2], x[1] * x[2]];
    for _ in 0..6 {
        sum = sum * x[random.index(3)] + random.next() * x[random.index(3)];
        a[random.index(4)] *= sum * random.next();
        a[random.index(4)] += a[random.index(4)] * random.next();
        sum += a[random.index(4)] / random.next() - random.next() % x[1];
        sum = sum.max(random.next()).min(a[random.index(3)]);
    }
    sum + a[0] * a[1] + a[2] * random.next() + a[3]
}

#[differentiate(mode = adjoint)]
fn sources_that_move(x: &[f64]) -> f64 {
    let (mut k, mut sum) = (0, x[0]);
    for v in &x[k..] {
        sum = sum * v + 0.1;
        k += 1;
    }
    k = 0;
    while k < 2 {
        for v in &x[k..k + 2] {
            sum += v * sum;
        }
        for w in x[k..].windows(2) {
            sum += w[0] * w[1] * sum;
        }
        k += 1;
    }
    sum + x[k..].iter().map(|v| v * v).sum::<f64>() * k as f64
}

#[differentiate(mode = adjoint)]
fn elements_in_their_order(x: &[f64]) -> f64 {
    let (mut i, mut sum) = (0, x[0]);
    let a = [
        x[i],
        {
            i += 1;
            x[i]
        },
        x[i] * i as f64,
    ];
    let b = [
        sum,
        {
            sum *= 2.0;
            sum
        },
        sum + 1.0,
    ];
    a[0] + a[1] * a[2] + b[0] * b[1] - b[2]
}

#[differentiate(mode = adjoint, wrt(x))]
fn sets_have_no_way_back(x: &[f64], numbers: &HashSet<u32>) -> f64 {
    let mut product = 1.0;
    for (v, k) in x.iter().zip(numbers.iter()) {
        product *= v * *k as f64 + product;
    }
    product
}

struct Rounds<const N: u32>;

#[differentiate(mode = adjoint, wrt(x))]
fn counted_by_other_integers<const N: u32>(x: &[f64], _rounds: &Rounds<N>) -> f64 {
    let mut product = x[0];
    for i in 0..N {
        product *= x[1] * i as f64 + product * 0.1;
    }
    product
}

#[test]
fn effects_keep_their_order() {
    let x = [0.7, 1.3, 0.4];
    agree_over_slices!(indices_that_count, x);
    agree_over_slices!(random_walk, x);
    agree_over_slices!(sources_that_move, x);
    agree_over_slices!(elements_in_their_order, x);
    let numbers = HashSet::from([3, 4]);
    agree_over_slices!(sets_have_no_way_back, x, &numbers);
    agree_over_slices!(counted_by_other_integers, x, &Rounds::<4>);
}
