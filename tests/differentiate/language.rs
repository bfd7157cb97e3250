//! The language the attribute takes. Each function is checked against a closed formula, and its lifted value against
//! itself, bit for bit.

use chainrule::differentiate;

use crate::assert_close;

/// One input: value bits, then the first derivative.
macro_rules! assert_derivative {
    ($name:ident($x:expr $(, $constant:expr)*), $expected:expr) => {
        let (value, first) = $name::value_and_derivative($x $(, $constant)*);
        assert_eq!(value.to_bits(), $name($x $(, $constant)*).to_bits());
        assert_close(&[first], &[$expected]);
    };
}

const RATE: f64 = 0.25;

#[test]
fn plain_arithmetic_stays_plain() {
    #[differentiate]
    fn f(x: f64, n: usize) -> f64 {
        const LOCAL: f64 = 2.0;
        fn helper(k: f64) -> f64 {
            k * k
        }
        let k = 3.0;
        let scale = (n as f64 + 1.0) / LOCAL * helper(k);
        let shift: f64 = -RATE.sqrt() + std::f64::consts::PI;
        scale * x - shift / x + x * k % 7.0 + LOCAL - 1.0 / (k - x)
    }
    let x = 1.25;
    assert_derivative!(
        f(x, 3),
        18.0 + (std::f64::consts::PI - 0.5) / (x * x) + 3.0 - 1.0 / (3.0 - x) / (3.0 - x)
    );
}

#[test]
fn constants_become_numbers_where_they_meet_them() {
    #[differentiate]
    fn f(x: f64, n: i32) -> f64 {
        let mut y = 1.0;
        let mut unused = 5.0;
        let k = 2.0;
        let mut z = k;
        for i in 0..n {
            y *= x;
            z = y + z;
            unused += i as f64;
        }
        let w = if n > 100 {
            k
        } else if n > 2 {
            x
        } else {
            unused
        };
        let constant = match n {
            0 => unused,
            _ => z,
        };
        y + w + constant
    }
    // x³ + x + (x + x² + x³ + 2)
    assert_derivative!(f(1.5, 3), 2.0 + 2.0 * 1.5 + 6.0 * 1.5 * 1.5);
    assert_derivative!(f(1.5, 0), 0.0);
}

#[test]
fn shadowing_keeps_variables_apart() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        let y = 2.0;
        let z = y + RATE;
        let x = x * y;
        {
            let x = 5.0_f64;
            let _unused: f64 = x.sqrt() + f64::from_bits(0);
        }
        let y = y * x;
        let x = 3.0;
        y * x * z
    }
    assert_derivative!(f(1.5), 4.0 * 3.0 * 2.25);
}

#[test]
fn loops_keep_their_exits() {
    #[differentiate]
    fn newton(a: f64) -> f64 {
        let mut x = 1.0;
        let mut steps = 0;
        'outer: loop {
            for _ in 0..3 {
                let next = 0.5 * (x + a / x);
                if (next - x).abs() < 1e-15 || steps > 50 {
                    break 'outer;
                }
                x = next;
                steps += 1;
                if steps % 2 == 0 {
                    continue 'outer;
                }
            }
        }
        x
    }
    assert_derivative!(newton(2.0), 0.5 / 2.0_f64.sqrt());

    #[differentiate]
    fn broken(x: f64, n: u32) -> f64 {
        let mut i = 0;
        let found = loop {
            i += 1;
            if i == n {
                break x * x;
            }
            if i > 10 {
                break 4.0;
            }
        };
        let labelled = 'block: {
            if n == 1 {
                break 'block 1.0;
            }
            3.0 * x
        };
        let mut count = 0.0;
        while count < x {
            count += 1.0;
        }
        found + labelled + count
    }
    assert_derivative!(broken(1.5, 2), 6.0);
    assert_derivative!(broken(1.5, 1), 3.0);
    assert_derivative!(broken(1.5, 50), 3.0);
}

#[test]
fn early_returns_are_results() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        if x < 0.0 {
            return 0.0;
        } else if x > 10.0 {
            return RATE * x;
        }
        let y = if x == 5.0 { return 1.0 } else { x };
        return y * y;
    }
    assert_derivative!(f(-1.0), 0.0);
    assert_derivative!(f(20.0), 0.25);
    assert_derivative!(f(5.0), 0.0);
    assert_derivative!(f(3.0), 6.0);
}

#[test]
fn comparisons_look_at_values() {
    #[differentiate]
    fn f(x: f64, y: f64) -> f64 {
        let low = 1.0 < x && x <= 2.0;
        if low || !(x != y) && 0.5 >= y {
            x * 2.0
        } else {
            y * 3.0
        }
    }
    assert_eq!(f::gradient(1.5, 9.0), [2.0, 0.0]);
    assert_eq!(f::gradient(0.25, 0.25), [2.0, 0.0]);
    assert_eq!(f::gradient(3.0, 3.0), [0.0, 3.0]);
}

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
fn matches_choose_branches() {
    #[differentiate]
    fn f(x: f64, kind: Option<u8>) -> f64 {
        let y = match kind {
            None => 1.0,
            Some(0) => x,
            Some(k) if k > 10 => x * k as f64,
            Some(_) => return x.exp(),
        };
        let z = match x {
            0.0 => 5.0,
            1.0..2.0 => x * x,
            _ => x,
        };
        let w = match x * 2.0 {
            doubled if doubled > 4.0 => doubled,
            other => other * other,
        };
        if let Some(k) = kind
            && k == 20
        {
            return y;
        }
        let Some(k) = kind else { return z + w };
        y * z * k as f64
    }
    assert_derivative!(f(1.5, None), 3.0 + 12.0);
    assert_derivative!(f(3.0, None), 1.0 + 2.0);
    assert_derivative!(f(1.5, Some(0)), 0.0);
    assert_derivative!(f(1.5, Some(11)), 121.0 * 3.0 * 1.5 * 1.5);
    assert_derivative!(f(1.5, Some(20)), 20.0);
    assert_derivative!(f(1.5, Some(3)), 1.5_f64.exp());
}

#[test]
fn casts_to_integers_are_constants() {
    #[differentiate]
    fn f(x: f64, table: &[u8; 4]) -> f64 {
        let index = (x + 1.0) as usize;
        let same = x as f64;
        same * f64::from(table[index]) + (x.floor() as i32 + 1) as f64
    }
    let value = f::value_and_gradient(1.5, &[1, 2, 3, 4]);
    assert_eq!(value, (1.5 * 3.0 + 2.0, 3.0));
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

struct Model {
    rate: f64,
    weights: Vec<f64>,
}

impl Model {
    fn total(&self) -> f64 {
        self.weights.iter().map(|w| w * self.rate).sum()
    }
}

#[test]
fn what_depends_on_no_input_is_taken_as_it_is() {
    #[differentiate]
    fn f(x: f64, model: &Model) -> f64 {
        let square = |k: f64| k * k;
        let shifted: Vec<f64> = model
            .weights
            .iter()
            .map(|w| w + square(model.rate))
            .collect();
        let fresh = Model {
            rate: 2.0,
            ..Model {
                rate: 0.0,
                weights: vec![],
            }
        };
        let mut sum = x * model.rate * model.total() + fresh.rate * x;
        for (w, k) in model.weights.iter().zip(&shifted) {
            sum += w * x - k;
        }
        for &w in &model.weights {
            if w < x {
                sum += x.powf(w);
            }
        }
        sum + unsafe_free(&model.weights)
    }
    fn unsafe_free(weights: &[f64]) -> f64 {
        weights[0]
    }
    let model = Model {
        rate: 0.5,
        weights: vec![1.0, 3.0],
    };
    let (value, slope) = f::value_and_derivative(2.0, &model);
    assert_eq!(value, f(2.0, &model));
    assert_close(&[slope], &[1.0 + 2.0 + 4.0 + 1.0]);
}

#[test]
fn a_name_inside_a_closure_is_its_own() {
    #[differentiate]
    fn f(x: f64, model: &Model) -> f64 {
        let squares: Vec<f64> = model.weights.iter().map(|x| x * x).collect();
        let copy = Model {
            rate: model.rate,
            weights: squares,
        };
        let rate = 2.0;
        let [mut a, b] = [1.0, 2.0];
        a *= x;
        2.0 * b * copy.weights[1] * rate * a
    }
    assert_derivative!(
        f(
            2.0,
            &Model {
                rate: 0.5,
                weights: vec![1.0, 3.0]
            }
        ),
        72.0
    );
}

#[test]
#[allow(non_snake_case)]
fn variables_may_have_capital_letters() {
    const LIMIT: u8 = 3;
    #[differentiate]
    fn gas(T: f64, V: f64, n: u8) -> f64 {
        let R = 8.0;
        let P = R * T / V;
        match n {
            LIMIT => P * 2.0,
            _ => P,
        }
    }
    assert_eq!(gas::gradient(3.0, 2.0, 0), [4.0, -6.0]);
    assert_eq!(gas::gradient(3.0, 2.0, 3), [8.0, -12.0]);
}

#[test]
fn constants_may_be_assigned_numbers() {
    #[differentiate(wrt(x))]
    fn f(x: f64, mut k: f64, mut table: [f64; 2], _: f64) -> f64 {
        k *= x;
        table[1] += k;
        k + table[0] + table[1]
    }
    assert_derivative!(f(2.0, 3.0, [1.0, 2.0], 0.0), 6.0);
}

#[test]
fn messages_show_values() {
    #[differentiate]
    fn f(x: f64, n: i32) -> f64 {
        assert!(x > 0.0, "{x} is not positive: {} {n}", x * 2.0);
        debug_assert_ne!(x, 7.5);
        assert_eq!(n, n);
        if n > 5 {
            panic!("{x:.1}");
        }
        match n {
            0..=5 => x.ln(),
            _ => unreachable!("{n}"),
        }
    }
    assert_derivative!(f(2.0, 1), 0.5);
    let message = std::panic::catch_unwind(|| f::derivative(-1.5, 1)).unwrap_err();
    assert_eq!(
        message.downcast_ref::<String>().unwrap(),
        "-1.5 is not positive: -3 1"
    );
    let message = std::panic::catch_unwind(|| f::derivative(1.55, 6)).unwrap_err();
    assert_eq!(
        message.downcast_ref::<String>().unwrap(),
        &format!("{:.1}", 1.55)
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

#[test]
fn lifetimes_pass_through() {
    #[differentiate]
    fn f<'a>(xs: &'a [f64], ys: &'a [f64]) -> f64
    where
        'a: 'a,
    {
        let longer: &'a [f64] = if xs.len() > ys.len() { xs } else { ys };
        longer[0] * 2.0
    }
    assert_eq!(
        f::gradient(&[1.0], &[1.0, 2.0]),
        (vec![0.0], vec![2.0, 0.0])
    );
}

macro_rules! functions_from_a_macro {
    ($name:ident, $power:expr, $float:ty) => {
        #[differentiate]
        fn $name(x: $float) -> $float {
            x.powi($power) * ($power as $float)
        }
    };
}

#[test]
fn functions_written_by_macros_are_taken() {
    functions_from_a_macro!(cube, 1 + 2, f64);
    assert_derivative!(cube(2.0), 36.0);
}

#[test]
fn functions_inside_the_function_are_read_too() {
    #[differentiate]
    fn f(x: f64, n: i32) -> f64 {
        fn square(t: f64) -> f64 {
            t * t
        }
        fn fact(n: i32, x: f64) -> f64 {
            if n == 0 { 1.0 } else { x * fact(n - 1, x) }
        }
        fn label(n: i32) -> usize {
            n.to_string().len()
        }
        square(x) + fact(n, x) + [x].iter().copied().map(square).sum::<f64>() * label(n) as f64
    }
    assert_derivative!(f(1.5, 3), 3.0 + 3.0 * 1.5 * 1.5 + 3.0);
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
fn ranges_end_at_numbers_where_they_contain_values() {
    #[differentiate]
    fn f(x: f64, n: usize) -> f64 {
        let between = (x - 1.0..x + 1.0).contains(&2.0);
        match (0.0..=1.0).contains(&x) || !(1..n).contains(&2) {
            true => x * x,
            false if between => 3.0 * x,
            false => 0.0,
        }
    }
    assert_derivative!(f(0.5, 3), 1.0);
    assert_derivative!(f(1.5, 3), 3.0);
    assert_derivative!(f(1.5, 2), 3.0);
    assert_derivative!(f(7.0, 3), 0.0);
}

#[test]
fn integers_of_open_types_stay() {
    #[derive(Clone, Copy, chainrule::Differentiable)]
    struct Counted {
        value: f64,
        count: u8,
        place: u16,
    }
    #[differentiate]
    fn power(x: f64, n: u32) -> f64 {
        let mut result = 1.0;
        for _ in 0..n {
            result *= x;
        }
        result
    }
    #[differentiate]
    fn f(x: f64) -> f64 {
        let mut count = 0;
        let mut sum = 0.0;
        for place in (1..4).rev() {
            count += 1;
            let counted = Counted {
                value: x,
                count,
                place,
            };
            sum += counted.value * f64::from(counted.count) * f64::from(counted.place);
        }
        let mut exponent = 1;
        exponent += 1;
        sum + power(x, exponent)
    }
    // (1·3 + 2·2 + 3·1) x + x²
    assert_derivative!(f(1.5), 10.0 + 3.0);
}

#[test]
fn matches_looks_at_values() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        let square = Some(x * x);
        if matches!(x, 0.0..=1.0) {
            x
        } else if matches!(square, Some(s) if s > 9.0) {
            x * x
        } else {
            2.0 * x
        }
    }
    assert_derivative!(f(0.5), 1.0);
    assert_derivative!(f(4.0), 8.0);
    assert_derivative!(f(2.0), 2.0);
}
