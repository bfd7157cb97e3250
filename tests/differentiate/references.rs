//! What is written through references reaches the places that they were taken from, and variables of patterns may
//! become numbers.

use chainrule::differentiate;

use crate::assert_close;

/// Two inputs: value bits, then the gradient.
macro_rules! assert_gradient {
    ($name:ident, $expected:expr) => {
        let (x, y) = (0.75, 1.25);
        let (value, gradient) = $name::value_and_gradient(x, y);
        assert_eq!(value.to_bits(), $name(x, y).to_bits());
        assert_close(&gradient, &$expected(x, y));
    };
}

#[test]
fn mutable_references_in_patterns_reach_the_value() {
    #[differentiate]
    fn f(x: f64, y: f64) -> f64 {
        let mut pair = (1.0, 2.0);
        {
            let (ref mut a, ref mut b) = pair;
            *a = x;
            *b += y * x;
        }
        let mut plain = 1.0;
        {
            let ref mut whole = plain;
            *whole *= x;
        }
        let mut list = [1.0, 2.0, 3.0];
        {
            let [ref mut first, .., ref mut last] = list;
            *first = y;
            *last *= x;
        }
        let mut option = Some(1.0);
        match option {
            Some(ref mut inner) => *inner *= y,
            None => {}
        }
        pair.0 * pair.1 + plain + list[0] * list[2] + option.unwrap_or(0.0)
    }
    // x (2 + xy) + x + 3xy + y
    assert_gradient!(f, |x, y| [
        2.0 + 2.0 * x * y + 1.0 + 3.0 * y,
        x * x + 3.0 * x + 1.0
    ]);
}

#[test]
fn patterns_see_through_mutable_references() {
    #[differentiate]
    fn f(x: f64, y: f64) -> f64 {
        let mut pair = (1.0, [2.0, 3.0]);
        {
            let (a, b) = &mut pair;
            *a = x;
            b[1] *= y;
        }
        let mut rows = vec![(1.0, 2.0), (3.0, 4.0)];
        for (a, b) in rows.iter_mut() {
            *a = x * *b;
        }
        for (a, b) in &mut rows {
            *b += y * *a;
        }
        let mut last = vec![(1.0, 2.0), (3.0, 4.0)];
        if let Some((a, _)) = last.last_mut() {
            *a *= x;
        }
        match &mut last[0] {
            (a, b) => {
                *a *= y;
                *b += x
            }
        }
        pair.0 * pair.1[1] + rows[0].0 * rows[1].1 + last[0].0 * last[1].0 + last[0].1
    }
    // 3xy + 2x (4 + 4xy) + 3xy + 2 + x
    assert_gradient!(f, |x, y| [
        6.0 * y + 8.0 + 16.0 * x * y + 1.0,
        6.0 * x + 8.0 * x * x
    ]);
}

#[test]
fn methods_give_places() {
    #[differentiate]
    fn f(x: f64, y: f64) -> f64 {
        let mut a = [1.0, 2.0, 3.0];
        if let Some(v) = a.get_mut(1) {
            *v = x * y;
        }
        *a.last_mut().unwrap() += y;
        let mut b = [1.0; 6];
        let (left, right) = b.split_at_mut(3);
        left[0] = x;
        right[1] = y * x;
        let mut option = Some(1.0);
        if let Some(inner) = option.as_mut() {
            *inner += y;
        }
        let mut grid = [[1.0; 2]; 2];
        for v in grid.iter_mut().flatten() {
            *v *= x;
        }
        for v in grid.iter_mut().flat_map(|row| row.iter_mut()) {
            *v += y;
        }
        let sum = a[0] * a[1] + a[2] + b[0] * b[4] + b[1];
        sum + option.unwrap_or(0.0) + grid[0][1] * grid[1][0]
    }
    // xy + 3 + y + x²y + 1 + 1 + y + (x + y)²
    assert_gradient!(f, |x, y| [
        y + 2.0 * x * y + 2.0 * (x + y),
        x + 2.0 + x * x + 2.0 * (x + y)
    ]);
}

#[test]
fn variables_hold_mutable_references() {
    #[differentiate]
    fn f(x: f64, y: f64) -> f64 {
        let mut a = 1.0;
        let mut b = 2.0;
        let chosen = if x > 0.0 { &mut a } else { &mut b };
        *chosen = x * y;
        let mut c = 1.0;
        let r = &mut c;
        let s = r;
        *s *= x;
        let mut w = [1.0; 3];
        let mut cells = w.iter_mut();
        while let Some(cell) = cells.next() {
            *cell *= y;
        }
        let add = |v: &mut f64| *v += x;
        add(&mut b);
        let fill = |v: &mut [f64]| {
            for e in v.iter_mut() {
                *e = x;
            }
        };
        fill(&mut w[1..]);
        a * b + c + w[0] * w[2]
    }
    // xy (2 + x) + x + yx
    assert_gradient!(f, |x, y| [
        2.0 * y + 2.0 * x * y + 1.0 + y,
        2.0 * x + x * x + x
    ]);
}

#[test]
fn variables_of_patterns_become_numbers() {
    #[differentiate]
    fn f(x: f64, y: f64) -> f64 {
        let mut sum = 0.0;
        for mut v in [1.0, 2.0] {
            v *= x;
            sum += v * y;
        }
        let plain = Some(2.0);
        let matched = match plain {
            Some(mut r) => {
                r *= x;
                r
            }
            None => 0.0,
        };
        let mut bound = 0.0;
        if let Some(mut r) = plain {
            r *= y;
            bound = r;
        }
        sum + matched + bound
    }
    // 3xy + 2x + 2y
    assert_gradient!(f, |x, y| [3.0 * y + 2.0, 3.0 * x + 2.0]);
}

#[test]
fn closures_are_called_where_they_stand() {
    #[differentiate]
    fn f(x: f64, y: f64) -> f64 {
        let tried = (|| -> Option<f64> {
            let root = (x > 0.0).then(|| x.sqrt())?;
            Some(root * y)
        })();
        tried.unwrap_or(0.0) + (|t: f64| t * t)(y)
    }
    assert_gradient!(f, |x: f64, y: f64| [0.5 / x.sqrt() * y, x.sqrt() + 2.0 * y]);
}

#[test]
fn functions_inside_write_through_references() {
    #[differentiate]
    fn f(x: f64, y: f64) -> f64 {
        fn scale(values: &mut [f64], factor: f64) {
            for value in values.iter_mut() {
                *value *= factor;
            }
        }
        let mut list = [1.0, 2.0];
        scale(&mut list, x);
        scale(&mut list[1..], y);
        list[0] * list[1]
    }
    // 2x²y
    assert_gradient!(f, |x, y| [4.0 * x * y, 2.0 * x * x]);
}

#[test]
fn options_store() {
    #[differentiate]
    fn f(x: f64, y: f64) -> f64 {
        let mut best: Option<f64> = None;
        let place = best.get_or_insert(x);
        *place *= y;
        let mut other = Some(1.0);
        *other.insert(2.0) += x;
        let former = other.replace(y);
        best.unwrap() * former.unwrap() + other.unwrap()
    }
    // xy (2 + x) + y
    assert_gradient!(f, |x, y| [2.0 * y + 2.0 * x * y, 2.0 * x + x * x + 1.0]);
}

#[test]
fn the_right_side_may_change_the_left() {
    #[differentiate]
    fn f(x: f64, y: f64) -> f64 {
        let mut s = x;
        s += {
            s *= 2.0;
            s * y
        };
        s
    }
    // 2x + 2xy
    assert_gradient!(f, |x, y| [2.0 + 2.0 * y, 2.0 * x]);
}
