//! Arrays, vectors, tuples and references that hold numbers.

use chainrule::differentiate;

use super::RATE;
use crate::assert_close;

#[test]
fn arrays_hold_numbers_and_constants() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        let mut table = [0.0; 4];
        table[1] = x;
        table[2] += x * x;
        let mixed = [1.0, x, RATE];
        let mut grid = [[0.0; 2]; 2];
        grid[1][0] = mixed[1] * mixed[2];
        let weights = [0.5, 2.0, 3.0, 4.0];
        let mut sum = 0.0;
        for (w, t) in weights.iter().zip(table.iter()) {
            sum += w * t;
        }
        for i in (0..2).rev() {
            sum += grid[i][0] + grid[0][i];
        }
        let [first, second, ..] = table;
        let [.., last] = mixed;
        sum + first + second + last
    }
    assert_derivative!(f(1.5), 2.0 + 6.0 * 1.5 + 0.25 + 1.0);
}

#[test]
fn vectors_grow() {
    #[differentiate]
    fn f(xs: &[f64]) -> f64 {
        let mut states = Vec::with_capacity(xs.len());
        let mut squares: Vec<f64> = vec![0.0; xs.len()];
        let constants = vec![2.0; 3];
        for (i, &x) in xs.iter().enumerate() {
            states.push(x * constants[i % 3]);
            squares[i] = x * x;
        }
        squares[0] += squares[xs.len() - 1];
        let mut sum = 0.0;
        for state in &states {
            sum += state;
        }
        for square in squares.iter_mut() {
            *square *= 0.5;
            sum += *square;
        }
        sum + states.len() as f64
    }
    let xs = [1.0, 2.0, 3.0, 4.0];
    assert_eq!(
        f::value_and_gradient(&xs),
        (f(&xs), vec![3.0, 4.0, 5.0, 10.0])
    );
}

#[test]
fn writes_through_references_are_seen() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        let mut a = [0.0; 3];
        for place in &mut a {
            *place = x;
        }
        let mut b = [1.0; 3];
        for (i, place) in b.iter_mut().enumerate() {
            *place += i as f64 * x;
        }
        let mut c = 0.0;
        {
            let alias = &mut c;
            *alias += x * x;
        }
        let mut d = vec![0.0; 4];
        for pair in d.chunks_mut(2) {
            pair[0] = x;
        }
        a[0] + a[2] + b[2] + c + d[0] + d[2] + d[3]
    }
    assert_derivative!(f(1.5), 2.0 + 2.0 + 3.0 + 2.0);
}

#[test]
fn iterators_run_over_numbers() {
    #[differentiate]
    fn f(xs: &[f64], offset: f64) -> f64 {
        let total: f64 = xs.iter().sum();
        let product = xs.iter().copied().product::<f64>();
        let mut pairs = 0.0;
        for pair in xs.windows(2) {
            pairs += pair[0] * pair[1];
        }
        for (a, b) in xs.iter().skip(1).zip(xs) {
            pairs -= (a - b) * offset;
        }
        for chunk in xs.chunks(2) {
            pairs += chunk[0];
        }
        let ends = &xs[1..];
        total * product + pairs + ends[0] * ends.len() as f64
    }
    let xs = [2.0, 3.0, 5.0];
    let (value, (gradient, slope)) = f::value_and_gradient(&xs, 0.5);
    assert_eq!(value, f(&xs, 0.5));
    assert_close(
        &gradient,
        &[
            30.0 + 150.0 + 3.0 + 0.5 + 1.0,
            30.0 + 100.0 + 7.0 + 2.0,
            30.0 + 60.0 + 3.0 - 0.5 + 1.0,
        ],
    );
    assert_close(&[slope], &[-3.0]);
}

#[test]
fn filtered_elements_are_written_back() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        let mut table = [1.0; 4];
        for (_, slot) in table.iter_mut().enumerate().filter(|(i, _)| i % 2 == 0) {
            *slot = x;
        }
        table.iter().product()
    }
    assert_derivative!(f(1.5), 3.0);
}

#[test]
fn tuples_are_taken_apart() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        let (a, n) = (x * 2.0, 3);
        let mut best = (0, 0.0);
        for i in 0..n {
            if i == 1 {
                best = (i, a);
            }
        }
        let mut pair = (1.0, 2.0);
        pair.0 += best.1;
        let (mut u, mut v) = pair;
        (u, v) = (v, u);
        u *= x;
        u + v + best.0 as f64
    }
    // u = 2x, v = 1 + 2x
    assert_derivative!(f(1.5), 4.0);
}

#[test]
fn references_are_followed() {
    #[differentiate]
    fn f(x: f64, p: &[f64; 2]) -> f64 {
        let r = &x;
        let s = &p[1];
        let mut largest = &p[0];
        if s > largest {
            largest = s;
        }
        let t: &f64 = &(r * s);
        -r + *s * *r + largest * r + t.sqrt() + r.max(*s)
    }
    let (slope, [low, high]) = f::gradient(4.0, &[1.0, 9.0]);
    assert_close(
        &[slope, low, high],
        &[-1.0 + 9.0 + 9.0 + 0.75, 0.0, 4.0 + 4.0 + 1.0 / 3.0 + 1.0],
    );
}

#[test]
fn the_right_side_of_an_assignment_comes_first() {
    #[allow(unused_assignments)]
    #[differentiate]
    fn f(x: f64) -> f64 {
        let mut v = vec![x, 2.0 * x];
        v[0] += v[1] * v[0];
        let mut i = 0;
        v[i] *= {
            i = 1;
            v[i]
        };
        v[1]
    }
    // The index is read after the block has moved it.
    assert_derivative!(f(1.5), 8.0 * 1.5);
}
