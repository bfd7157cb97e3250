//! Branches, loops, matches and other ways out.

use chainrule::differentiate;

use super::RATE;

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
