//! Compound values, printed and compared: as the function itself does it, by their values.

use chainrule::{Differentiable, Dual, differentiate};

#[derive(Clone, Debug, PartialEq, PartialOrd, Differentiable)]
struct Point {
    x: f64,
    y: f64,
}

#[differentiate]
fn branches(x: f64, y: f64) -> f64 {
    let pair = (x, y);
    let array = [x, y];
    let rows = vec![array, [y, x]];
    let (first, maybe) = (rows.first().copied(), Some(x));
    let mut sum = 0.0;
    if array == [1.0, 2.0] {
        sum += x;
    }
    if array != [y, x] && [y, y] >= [x, x] {
        sum += x * x;
    }
    if pair < (y, 0.0) {
        sum += x * y;
    }
    if rows == vec![[x, y], [y, x]] {
        sum += y;
    }
    if first == Some([1.0, 2.0]) || maybe == None {
        sum += y * y;
    }
    if &array[..1] < &[y][..] && rows[0][..] == array {
        sum += y * y * y;
    }
    if maybe > Some(0.5) {
        sum += 10.0 * x;
    }
    if array.first() == [y, x].last() {
        sum += 100.0 * y;
    }
    if (x, 3_usize, "text") == (1.0, 3, "text") {
        sum += 1000.0 * x;
    }
    sum
}

#[test]
fn comparisons_look_at_values() {
    // x + x² + x y + y + y² + y³ + 10 x + 100 y + 1000 x
    let (x, y) = (1.0, 2.0);
    let all = x + x * x + x * y + y + y * y + y * y * y + 10.0 * x + 100.0 * y + 1000.0 * x;
    assert_eq!(branches(x, y), all);
    assert_eq!(
        branches::gradient(x, y),
        [
            1.0 + 2.0 * x + y + 10.0 + 1000.0,
            x + 1.0 + 2.0 * y + 3.0 * y * y + 100.0
        ]
    );
    // y + 100 y alone.
    assert_eq!(branches(0.4, 0.4), 0.4 + 100.0 * 0.4);
    assert_eq!(branches::gradient(0.4, 0.4), [0.0, 101.0]);
    // Tangents are not compared.
    let lifted = branches::lift(Dual::new(1.0, [-7.0]), Dual::new(2.0, [9.0]));
    assert_eq!(lifted.re, all);
}

#[differentiate(wrt(p, q))]
fn structs(p: &Point, q: &Point, log: &mut [f64; 1]) -> f64 {
    log[0] = if p < q { p.x } else { q.y };
    if *p == (Point { x: 1.0, y: q.y }) && (p.x, p) != (q.x, q) {
        p.x * q.y
    } else {
        p.y
    }
}

#[test]
fn structs_compare_as_they_derive() {
    let (p, q) = (Point { x: 1.0, y: 3.0 }, Point { x: 2.0, y: 3.0 });
    let mut log = [0.0];
    assert_eq!(
        structs::jacobian(&p, &q, &mut log),
        [[3.0, 0.0, 0.0, 1.0], [1.0, 0.0, 0.0, 0.0]]
    );
    assert_eq!(
        structs::jacobian(&q, &p, &mut log),
        [[0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0]]
    );
}

/// What is printed must be what the function prints.
#[differentiate(wrt(x, values, p))]
fn printed(x: f64, values: &[f64], p: &Point, n: u32) -> Result<f64, String> {
    let (pair, maybe, nested) = ((x, n), Some(x * x), vec![[x, 1.0]; 2]);
    let (first, plain) = (values.first(), [1.0, 2.0]);
    println!("{values:?} {:?} {maybe:?}", pair);
    assert_eq!(pair, (x, n), "{nested:?} of {}", n);
    assert_ne!(values, &[x][..]);
    assert_eq!(&[x, x][..], [x; 2]);
    assert!(nested == [[x, 1.0]; 2]);
    Err(format!(
        "{values:?} {pair:?} {maybe:?} {nested:.1?} {first:?} {plain:?} {p:?} {}",
        values.len()
    ))
}

#[test]
fn printed_values_are_plain() {
    let (values, p) = ([0.5, 1.5], Point { x: 1.0, y: -1.0 });
    let expected = "[0.5, 1.5] (2.0, 7) Some(4.0) [[2.0, 1.0], [2.0, 1.0]] Some(0.5) [1.0, 2.0] Point { x: 1.0, y: -1.0 } 2";
    assert_eq!(printed(2.0, &values, &p, 7), Err(expected.to_owned()));
    assert_eq!(
        printed::gradient(2.0, &values, &p, 7),
        Err(expected.to_owned())
    );
}

#[differentiate]
fn asserted(x: f64, limit: f64) -> f64 {
    let state = [x, limit];
    assert!(state < [limit, 0.0], "{state:?} is beyond {:?}", (limit,));
    x * x
}

#[test]
#[should_panic = "[2.0, 1.0] is beyond (1.0,)"]
fn assertions_tell_plain_values() {
    asserted::gradient(2.0, 1.0);
}

#[test]
fn assertions_that_hold_pass() {
    assert_eq!(asserted::gradient(2.0, 3.0), [4.0, 0.0]);
}
