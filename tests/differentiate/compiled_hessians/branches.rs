//! Where ways part and meet again.

use chainrule::{Activation, differentiate};

use super::{agree, agree_over_slices};

#[differentiate]
fn one_way(x: f64, y: f64) -> f64 {
    let mut a = x * y;
    if x > y {
        a = a * a - y;
    }
    a * x.sin()
}

#[differentiate]
fn several_ways(x: f64, y: f64, n: usize) -> f64 {
    let (mut a, mut b) = (x, y * y);
    match n {
        0 => a = b * x,
        1 if x > 0.0 => {
            let t = a * b;
            a += t;
            b -= t * t;
        }
        2 => b = 1.0,
        _ => {}
    }
    let c = if b > 1.0 { a / b } else { a * b + x };
    c * a + b * c
}

#[differentiate]
fn nested(x: f64, y: f64, z: f64) -> f64 {
    let a;
    if x > 0.0 {
        let t = x * y;
        a = if y > z {
            let u = t * z;
            u * u
        } else {
            t.exp()
        };
    } else {
        a = -y * z;
    }
    let mut b = a * x;
    if b > 0.5 {
        if a < 1.0 {
            b = b * b + z;
        }
        b += a * y;
    }
    b * b
}

#[differentiate]
fn leaves_early(x: f64, y: f64) -> f64 {
    let a = x * x * y;
    if x < 0.0 {
        return a.sin();
    }
    let b = a + y;
    if y < 0.0 {
        return b * a;
    }
    if x > 5.0 {
        panic!("too large");
    }
    b / (1.0 + a * a)
}

#[differentiate]
fn of_kinks(x: f64, y: f64) -> f64 {
    let a = x.max(y) * x.abs() + (x * y).clamp(-1.0, 2.0);
    let b = x.min(2.0 * y).mul_add(a, x * y);
    a * b.relu() + (x * y % 0.7) * x
}

const WAYS: [[f64; 2]; 6] = [
    [1.3, 0.4],
    [0.3, 1.9],
    [-0.8, 1.2],
    [-1.1, -0.6],
    [2.0, -0.3],
    [3.1, 2.2],
];

#[test]
fn each_way_is_differentiated() {
    agree!(one_way, [x, y], WAYS);
    agree!(leaves_early, [x, y], WAYS);
    agree!(of_kinks, [x, y], WAYS);
    let _ = several_ways::adjoint_hessian;
    for [x, y] in WAYS {
        for n in 0..4 {
            let by_duals =
                chainrule::value_gradient_hessian(|[x, y]| several_ways::lift(x, y, n), [x, y]);
            super::assert_same(several_ways::value_gradient_hessian(x, y, n), by_duals);
        }
        for z in [-1.0, 0.5, 2.0] {
            agree!(nested, [x, y, z], [[x, y, z]]);
        }
    }
}

#[test]
fn ties_are_shared() {
    #[differentiate]
    fn larger(x: f64, y: f64) -> f64 {
        let a = x.max(y);
        a * a
    }
    assert_eq!(larger::hessian(2.0, 2.0), [[0.5, 0.5], [0.5, 0.5]]);
    agree!(larger, [x, y], [[2.0, 2.0], [1.0, 2.0], [2.0, 1.0]]);
}

#[differentiate(wrt(x))]
fn boundary(x: &[f64], h: f64) -> f64 {
    let mut sum = 0.0;
    for i in 0..x.len() {
        let left = if i == 0 { 0.0 } else { x[i - 1] * x[i - 1] };
        sum += (left - x[i]) * h * x[i];
        if i + 1 < x.len() {
            sum += x[i] * x[i + 1].sin();
        } else if let Some(first) = x.first() {
            let _ = first;
            sum += x[i].exp();
        }
    }
    sum
}

#[differentiate]
fn loops_in_ways(x: &[f64]) -> f64 {
    if x.is_empty() {
        return 1.0;
    }
    let mut sum = 0.0;
    if x[0] > 0.0 {
        for v in x {
            sum += v * v * x[0];
        }
    } else {
        for i in 1..x.len() {
            sum += x[i] * x[i - 1];
        }
    }
    sum
}

#[test]
fn elements_in_ways_stay_in_range() {
    agree_over_slices!(loops_in_ways, [0.0; 0]);
    agree_over_slices!(loops_in_ways, [1.3]);
    agree_over_slices!(loops_in_ways, [-1.3]);
    agree_over_slices!(loops_in_ways, [1.3, -0.2, 0.7, 2.0]);
    agree_over_slices!(loops_in_ways, [-1.3, -0.2, 0.7, 2.0]);
    agree_over_slices!(boundary, [0.3, -0.4, 1.1, 0.2], 0.5);
    agree_over_slices!(boundary, [0.3], 0.5);
}

#[differentiate]
fn met_in_a_way(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..x.len() {
        let t = x[i].sin();
        if i > 0 {
            sum += t * x[i - 1];
        }
    }
    sum
}

#[test]
fn what_meets_an_element_of_a_way_is_left_to_dual_numbers() {
    super::assert_left!(met_in_a_way);
    let x = [0.3, -0.4, 1.1, 0.2];
    let by_duals = chainrule::hessian(|x| met_in_a_way::lift(&x), x);
    for (row, same) in met_in_a_way::hessian(&x).iter().zip(by_duals) {
        crate::assert_close(row, &same);
    }
}
