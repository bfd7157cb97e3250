//! Hessians by a reverse sweep of second order, against dual numbers and closed forms. The compiled function is named, so
//! that a function that is left to dual numbers fails here; `assert_left!` holds those that are.

use chainrule::{Jet, differentiate};

mod arrays;
mod branches;
mod calls;
mod edges;
mod loops;
mod rules;
mod types;

/// Value to the last bit, gradient and Hessian to rounding, the Hessian with the same bits on both sides of its diagonal.
#[track_caller]
fn assert_same<const N: usize>(
    compiled: (f64, [f64; N], [[f64; N]; N]),
    by_duals: (f64, [f64; N], [[f64; N]; N]),
) {
    assert_eq!(
        compiled.0.to_bits(),
        by_duals.0.to_bits(),
        "{compiled:?} is not {by_duals:?}"
    );
    super::assert_close(&compiled.1, &by_duals.1);
    let largest = by_duals.2.iter().flatten();
    let scale = largest.fold(1.0, |scale: f64, part| scale.max(part.abs()));
    for i in 0..N {
        for j in 0..N {
            let (part, same) = (compiled.2[i][j], by_duals.2[i][j]);
            assert!(
                (part - same).abs() <= 1e-13 * scale,
                "{i}, {j}: {compiled:?} is not {by_duals:?}"
            );
            assert_eq!(part.to_bits(), compiled.2[j][i].to_bits(), "{compiled:?}");
        }
    }
}

/// A function of some floats at some points.
macro_rules! agree {
    ($f:ident, [$($x:ident),*], $points:expr) => {{
        let _ = $f::adjoint_hessian;
        for point in $points {
            let [$($x),*] = point;
            let by_duals = chainrule::value_gradient_hessian(|[$($x),*]| $f::lift($($x),*), point);
            let compiled = $f::value_gradient_hessian($($x),*);
            assert_eq!(compiled.0.to_bits(), $f($($x),*).to_bits());
            $crate::compiled_hessians::assert_same(compiled, by_duals);
            assert_eq!($f::hessian($($x),*), compiled.2);
            let along = $f::forward($($x,)* $(1.0 - 0.5 * $x),*);
            let direction = [$(1.0 - 0.5 * $x),*];
            let by_duals = chainrule::jvp(|[$($x),*]| $f::lift($($x),*), point, direction);
            assert_eq!(along.0.to_bits(), by_duals.0.to_bits());
            crate::assert_close(&[along.1], &[by_duals.1]);
        }
    }};
}

/// A function of one array, by value.
macro_rules! agree_over_arrays {
    ($f:ident, $points:expr) => {{
        for point in $points {
            let by_duals = chainrule::value_gradient_hessian(|x| $f::lift(x), point);
            let compiled = $f::value_gradient_hessian(point);
            assert_eq!(compiled.0.to_bits(), $f(point).to_bits());
            $crate::compiled_hessians::assert_same(compiled, by_duals);
            assert_eq!($f::hessian(point), compiled.2);
        }
    }};
}

/// A function of one slice and of constants.
macro_rules! agree_over_slices {
    ($f:ident, $point:expr $(, $constant:expr)*) => {{
        let _ = $f::adjoint_hessian;
        let point = $point;
        let by_duals = chainrule::value_gradient_hessian(|x| $f::lift(&x $(, $constant)*), point);
        let (value, gradient, hessian) = $f::value_gradient_hessian(&point $(, $constant)*);
        let compiled = (
            value,
            gradient.try_into().unwrap(),
            std::array::from_fn(|i| hessian[i][..].try_into().unwrap()),
        );
        $crate::compiled_hessians::assert_same(compiled, by_duals);
        let (mut slopes, mut flat) = (point.map(|_| f64::NAN), vec![f64::NAN; point.len().pow(2)]);
        let value = $f::hessian_into(&point $(, $constant)*, &mut slopes, &mut flat);
        assert_eq!((value, slopes, flat), (compiled.0, compiled.1, compiled.2.concat()));
    }};
}

/// No such function is found beside this one, so that the name is that of the trait.
macro_rules! assert_left {
    ($f:ident) => {{
        trait Left {
            fn adjoint_hessian() {}
        }
        impl Left for $f {}
        $f::adjoint_hessian();
    }};
}

use {agree, agree_over_arrays, agree_over_slices, assert_left};

#[differentiate]
fn products(x: f64, y: f64, z: f64) -> f64 {
    let square = x * x;
    let cube = square * x;
    cube * y + square * z * z - y * (x * y) * 3.0
}

#[differentiate]
fn used_often(x: f64, y: f64) -> f64 {
    let a = x * y;
    let b = a * a + a;
    let c = b * a - b / a;
    let d = (a - b) * (c + c);
    d * d - c * a + (d - d) * b
}

#[differentiate]
fn quotients(x: f64, y: f64, z: f64) -> f64 {
    let a = x / y + 1.0 / z + z / 3.0;
    let b = a / (x * y) - (x + y) / (x - 2.0 * y);
    x / x + a / b + (2.0 * y) / (3.0 * y) - 5.0 / (-a)
}

#[differentiate]
fn powers(x: f64, y: f64) -> f64 {
    let a = (x - y).powi(2) + (x * y).powi(3) + y.powi(0) + x.powi(1);
    a.powi(-1) + x.powi(-2) * (2.0 * y).powi(5) - (a * x).powi(4)
}

#[differentiate]
fn changed(mut x: f64, y: f64) -> f64 {
    x *= y;
    x = x * x + x;
    let mut sum = x;
    sum += x * y;
    sum -= sum * y;
    sum = sum / x - sum;
    x + sum
}

#[differentiate]
fn linear(x: f64, y: f64) -> f64 {
    2.0 * (x - y) / 4.0 - (-x) + 1.0
}

const SOME: [[f64; 2]; 4] = [[1.3, -0.7], [0.4, 2.2], [-1.1, -0.3], [3.0, 0.2]];
const SOME_OF_THREE: [[f64; 3]; 3] = [[1.3, -0.7, 0.4], [-2.0, 0.3, 1.9], [0.6, 0.5, -0.8]];

#[test]
fn arithmetic_is_differentiated_twice() {
    agree!(products, [x, y, z], SOME_OF_THREE);
    agree!(used_often, [x, y], SOME);
    agree!(quotients, [x, y, z], SOME_OF_THREE);
    agree!(powers, [x, y], SOME);
    agree!(changed, [x, y], SOME);
    agree!(linear, [x, y], SOME);
}

#[test]
fn a_square_bends_twice() {
    #[differentiate]
    fn square(x: f64, y: f64) -> f64 {
        x * x + y
    }
    assert_eq!(square::hessian(3.0, 1.0), [[2.0, 0.0], [0.0, 0.0]]);
    let (x, y, z) = (1.5, -2.0, 3.0);
    let closed = [
        [
            6.0 * x * y + 2.0 * z * z,
            3.0 * x * x - 6.0 * y,
            4.0 * x * z,
        ],
        [3.0 * x * x - 6.0 * y, -6.0 * x, 0.0],
        [4.0 * x * z, 0.0, 2.0 * x * x],
    ];
    assert_eq!(products::hessian(x, y, z), closed);
}

#[differentiate]
fn separable(a: f64, b: f64, c: f64, d: f64) -> f64 {
    a.exp() * b + c.sin() - d.ln()
}

#[test]
fn what_is_zero_by_structure_is_not_computed() {
    agree!(separable, [a, b, c, d], [[0.1, 2.0, -0.4, 3.0]]);
    // Beside an infinite slope as well: dual numbers are asked, and give a strong zero.
    for d in [3.0, 0.0] {
        let hessian = separable::hessian(0.1, 2.0, -0.4, d);
        for (i, j) in [(0, 2), (0, 3), (1, 1), (1, 2), (1, 3), (2, 3)] {
            assert_eq!(hessian[i][j].to_bits(), 0, "{i}, {j}");
            assert_eq!(hessian[j][i].to_bits(), 0, "{j}, {i}");
        }
    }
}

#[differentiate]
fn by_positions(p: [f64; 3], rows: [[f64; 2]; 2]) -> f64 {
    let mut q = [p[0] * rows[1][0], rows[0][1].sin(), 2.0];
    q[2] *= q[1];
    q[0] += p[2] * p[2];
    let [a, _, c] = q;
    a * c + q[1] * rows[1][1]
}

#[test]
fn arrays_whose_elements_are_named_are_variables() {
    let _ = by_positions::adjoint_hessian;
    let x = [0.3, -1.2, 0.8, 1.1, 0.5, -0.6, 2.0];
    let lifted =
        |x: [Jet<f64, 7>; 7]| by_positions::lift([x[0], x[1], x[2]], [[x[3], x[4]], [x[5], x[6]]]);
    let (value, (p, rows), hessian) =
        by_positions::value_gradient_hessian([x[0], x[1], x[2]], [[x[3], x[4]], [x[5], x[6]]]);
    let gradient = [
        p[0], p[1], p[2], rows[0][0], rows[0][1], rows[1][0], rows[1][1],
    ];
    assert_same(
        (value, gradient, hessian),
        chainrule::value_gradient_hessian(lifted, x),
    );
    for j in 0..7 {
        assert_eq!((hessian[1][j], hessian[3][j]), (0.0, 0.0));
    }
}

#[differentiate]
fn single(x: f32, y: f32) -> f32 {
    let a = x / 3.0 + 2.0 * y;
    let b = if x > 0.5 { a.sqrt() } else { a * a };
    b * (x * y).exp() - 1.0 / a
}

#[test]
fn floats_of_both_sizes_are_taken() {
    let _ = single::adjoint_hessian;
    for [x, y] in [[0.7_f32, 0.4], [0.2, 0.9]] {
        let (value, gradient, hessian) = single::value_gradient_hessian(x, y);
        let by_duals = chainrule::value_gradient_hessian(|[x, y]| single::lift(x, y), [x, y]);
        assert_eq!(value.to_bits(), by_duals.0.to_bits());
        let found = gradient.iter().chain(hessian.as_flattened());
        let same = by_duals.1.iter().chain(by_duals.2.as_flattened());
        for (part, same) in found.zip(same) {
            assert!(
                (part - same).abs() <= 4e-6 * (1.0 + same.abs()),
                "{part} is not {same}"
            );
        }
    }
}

#[differentiate]
fn curve(x: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.2 * x.abs());
    let density = (-0.5 * x * x).exp();
    let tail = density * t * (0.3 + t * (-0.4 + t * 1.8));
    if x < 0.0 { tail } else { 1.0 - tail }
}

#[test]
fn one_float_has_a_compiled_second_derivative() {
    let _ = curve::adjoint_hessian;
    for x in [-3.0, -0.4, 0.0, 0.7, 2.5, 40.0, f64::INFINITY, f64::NAN] {
        let by_duals = chainrule::value_and_derivatives(curve::lift, x);
        let found = curve::value_and_derivatives(x);
        for (part, same) in [(found.1, by_duals.1), (found.2, by_duals.2)] {
            let is_close = (part - same).abs() <= 1e-14 * (1.0 + same.abs());
            assert!(
                is_close || (part.is_nan() && same.is_nan()),
                "{found:?} {by_duals:?}"
            );
        }
        assert_eq!(found.0.to_bits(), by_duals.0.to_bits());
        let second = [
            curve::second_derivative(x),
            curve::hessian(x),
            curve::value_gradient_hessian(x).2,
        ];
        assert_eq!(second.map(f64::to_bits), [found.2.to_bits(); 3]);
    }
}

#[differentiate]
fn nested(x: f64, y: f64) -> f64 {
    (x * y).sin() / y + x.powi(3)
}

#[test]
fn products_with_directions_agree() {
    let hessian = nested::hessian(0.7, 1.6);
    super::assert_close(&nested::hvp([0.7, 1.6], [1.0, 0.0]), &hessian[0]);
    super::assert_close(&nested::hvp([0.7, 1.6], [0.0, 1.0]), &hessian[1]);
}

#[test]
fn third_derivatives_go_by_nested_numbers() {
    use chainrule::Dual;
    let [x, y] = [0.7, 1.6];
    let numbers = [Dual::variable(x), Dual::constant(y)];
    let hessian = chainrule::hessian(|[x, y]| nested::lift(x, y), numbers);
    let h = 1e-3;
    let differences = |row: usize, column: usize| {
        let at = |step: f64| nested::hessian(x + step, y)[row][column];
        (8.0 * (at(h) - at(-h)) - (at(2.0 * h) - at(-2.0 * h))) / (12.0 * h)
    };
    for row in 0..2 {
        for column in 0..2 {
            let third = hessian[row][column].derivative();
            assert!((third - differences(row, column)).abs() < 1e-9);
        }
    }
}

/// A product of so many has a second derivative by each two of them: too large a sweep.
#[differentiate]
fn large(x: [f64; 48]) -> f64 {
    let a = x[0] * x[1] * x[2] * x[3] * x[4] * x[5] * x[6] * x[7] * x[8] * x[9] * x[10] * x[11];
    let b = x[12]
        * x[13]
        * x[14]
        * x[15]
        * x[16]
        * x[17]
        * x[18]
        * x[19]
        * x[20]
        * x[21]
        * x[22]
        * x[23];
    let c = x[24]
        * x[25]
        * x[26]
        * x[27]
        * x[28]
        * x[29]
        * x[30]
        * x[31]
        * x[32]
        * x[33]
        * x[34]
        * x[35];
    let d = x[36]
        * x[37]
        * x[38]
        * x[39]
        * x[40]
        * x[41]
        * x[42]
        * x[43]
        * x[44]
        * x[45]
        * x[46]
        * x[47];
    a * b * c * d
}

#[test]
fn large_sweeps_are_left_to_dual_numbers() {
    assert_left!(large);
    let x: [f64; 48] = std::array::from_fn(|i| 0.9 + 0.01 * i as f64);
    let (value, _, hessian) = large::value_gradient_hessian(x);
    for i in 0..48 {
        let row: [f64; 48] =
            std::array::from_fn(|j| if i == j { 0.0 } else { value / x[i] / x[j] });
        super::assert_close(&hessian[i], &row);
    }
}
