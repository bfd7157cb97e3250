//! Gradients by compiled code. That the function `adjoint` is there shows that the code was compiled.
//! Oracle: the same bodies over dual numbers, and closed forms.

// Values that are written and never read are what some of these programs are about.
#![allow(unused_assignments)]

use chainrule::{Activation, Dual, differentiate};

/// Value bits, gradient, derivative in a direction and Hessian against dual numbers.
macro_rules! agree {
    ($f:ident, [$($x:ident),*] = $point:expr) => {{
        let point = $point;
        let [$($x),*] = point;
        let (value, gradient) = $f::value_and_gradient($($x),*);
        assert_eq!(value.to_bits(), $f($($x),*).to_bits());
        let by_duals = chainrule::gradient(|[$($x),*]| $f::lift($($x),*), point);
        crate::assert_close(&gradient, &by_duals);
        let direction = [$(1.0 - 0.5 * $x),*];
        let (value, slope) = $f::forward($($x,)* $(1.0 - 0.5 * $x),*);
        assert_eq!(value.to_bits(), $f($($x),*).to_bits());
        let by_duals = chainrule::jvp(|[$($x),*]| $f::lift($($x),*), point, direction);
        crate::assert_close(&[slope], &[by_duals.1]);
        let hessian = chainrule::hessian(|[$($x),*]| $f::lift($($x),*), point);
        for (row, by_duals) in $f::hessian($($x),*).iter().zip(&hessian) {
            let scale = by_duals.iter().fold(1.0, |scale: f64, part| scale.max(part.abs()));
            for (part, same) in row.iter().zip(by_duals) {
                assert!((part - same).abs() <= 1e-12 * scale, "{part} is not {same}");
            }
        }
        let _ = $f::adjoint::<f64>;
    }};
}

/// The same for functions of one slice and of constants.
macro_rules! agree_over_slices {
    ($f:ident, $point:expr $(, $constant:expr)*) => {{
        let point = $point;
        let (value, gradient, hessian) = $f::value_gradient_hessian(&point $(, $constant)*);
        assert_eq!(value.to_bits(), $f(&point $(, $constant)*).to_bits());
        let by_duals = chainrule::gradient(|x| $f::lift(&x $(, $constant)*), point);
        crate::assert_close(&$f::gradient(&point $(, $constant)*), &by_duals);
        crate::assert_close(&gradient, &by_duals);
        let direction = point.map(|x| 1.0 - 0.5 * x);
        let along = $f::jvp(&point, &direction $(, $constant)*);
        let by_duals = chainrule::jvp(|x| $f::lift(&x $(, $constant)*), point, direction);
        assert_eq!(along.0.to_bits(), value.to_bits());
        crate::assert_close(&[along.1], &[by_duals.1]);
        let by_duals = chainrule::hessian(|x| $f::lift(&x $(, $constant)*), point);
        for (row, by_duals) in hessian.iter().zip(&by_duals) {
            crate::assert_close(row, by_duals);
        }
    }};
}

mod arrays;
mod conditions;
mod costs;
mod effects;
mod exits;
mod heads;
mod keeping;
mod moves;
mod numerical;
mod places;
mod schedules;
mod scopes;

#[differentiate(mode = adjoint)]
fn search(a: f64, b: f64) -> f64 {
    let mut sum = 0.0;
    'outer: for i in 1..6 {
        let mut t = b;
        loop {
            t = t * 0.7 + a * 0.01;
            if t < 0.2 {
                break;
            }
            if t * i as f64 > 9.0 {
                continue 'outer;
            }
            if sum > 20.0 {
                break 'outer;
            }
            sum += t.sin();
        }
        if sum > 15.0 {
            return sum * sum;
        }
    }
    sum + a
}

#[differentiate(mode = adjoint)]
fn returns_on_some_ways(x: f64, y: f64) -> f64 {
    let mut z = x * y;
    if x > 0.0 {
        if y > 2.0 {
            return z.exp();
        }
        z += x;
        if z > 1.0 {
            z *= y;
        }
    }
    let v = loop {
        z *= 0.5;
        if z < 0.1 {
            break z + x;
        }
    };
    v * y
}

#[test]
fn loops_and_the_function_are_left_on_any_way() {
    for (a, b) in [(0.3, 0.5), (2.0, 3.0), (5.0, 9.0), (1.0, 30.0)] {
        agree!(search, [a, b] = [a, b]);
    }
    for (x, y) in [(0.3, 0.5), (2.0, 3.0), (-1.0, 2.0), (1.0, 1.5)] {
        agree!(returns_on_some_ways, [x, y] = [x, y]);
    }
}

#[differentiate(mode = adjoint)]
fn neighbours(a: f64, b: f64, c: f64, d: f64) -> f64 {
    let x = [a * b, b + c, c.sin(), d];
    let mut sum = 0.0;
    for w in x.windows(3) {
        sum += w[0] * w[2] + w[1].exp();
    }
    for i in 0..=2 {
        sum += x[i + 1] * x[i] * 3.0;
    }
    sum * sum
}

#[differentiate(mode = adjoint)]
fn overwritten(a: f64, b: f64, c: f64, d: f64) -> f64 {
    let mut x = [a, b, c, d];
    for i in 0..3 {
        x[i + 1] = x[i + 1] * x[i] + x[i].cos();
        x[i] *= 2.0;
    }
    x[0] + x[1] * x[2] + x[3]
}

#[test]
fn arrays_are_read_beside_and_overwritten() {
    agree!(neighbours, [a, b, c, d] = [0.7, 1.3, -0.4, 2.2]);
    agree!(overwritten, [a, b, c, d] = [0.7, 1.3, -0.4, 2.2]);
}

#[differentiate(mode = adjoint)]
fn spread(x: &[f64]) -> f64 {
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    let squares: f64 = x.iter().map(|v| (v - mean) * (v - mean)).sum();
    (squares / (n - 1.0)).sqrt()
}

#[test]
fn a_result_of_one_loop_goes_into_the_next() {
    let x = [1.0, 2.0, 3.5, -0.25, 8.0];
    let (value, gradient) = spread::value_and_gradient(&x);
    assert_eq!(value.to_bits(), spread(&x).to_bits());
    let mean = x.iter().sum::<f64>() / 5.0;
    let by_hand = x.map(|v| (v - mean) / (4.0 * value));
    crate::assert_close(&gradient, &by_hand);
    let mut workspace = chainrule::Workspace::new();
    let mut slopes = [f64::NAN; 5];
    for _ in 0..2 {
        spread::gradient_into_with(&x, &mut slopes, &mut workspace);
        crate::assert_close(&slopes, &by_hand);
    }
}

/// Formulas that read one variable more than once, whose slopes are found from the inside out.
#[differentiate(mode = adjoint)]
fn polynomials(x: f64, y: f64) -> f64 {
    let cubic = 1.0 - x * (2.0 - x * (3.0 - 4.0 * x));
    let ratio = (y * y - 3.0) / (y * y * y + 0.5 * y);
    let exponential = 2.5 * (-0.5 * x * x).exp() * x.sin();
    let power = (x.powi(3) + 2.0 * x) * (x - 1.0) * x;
    let both = -(y * (y - (y * 3.0 + 1.0)) * y).cos() * y;
    let same = cubic + cubic * (cubic + x);
    cubic * ratio - exponential / (1.0 + power * power) + both * same
}

#[differentiate(mode = adjoint)]
fn polynomials_of_elements(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..x.len() - 1 {
        sum += x[i] * (1.0 + x[i] * (2.0 - x[i] * x[i + 1]));
        sum -= x[i + 1] * (1.0 + x[i + 1] * (2.0 - x[i + 1] * (3.0 * x[i + 1]))).sqrt();
    }
    sum
}

#[test]
fn slopes_by_one_variable_are_those_by_its_parts() {
    for (x, y) in [(0.7, 1.3), (-1.1, 0.4), (2.0, -0.6), (0.0, 1.0)] {
        agree!(polynomials, [x, y] = [x, y]);
    }
    agree_over_slices!(polynomials_of_elements, [0.5, -0.4, 0.9, 0.1]);
}

#[differentiate(mode = adjoint)]
fn distance(x: f64, y: f64) -> f64 {
    (x * x + y * y).sqrt()
}

#[test]
fn dual_numbers_decide_at_singular_points() {
    let by_duals =
        |point| chainrule::gradient(|[x, y]: [Dual<f64, 2>; 2]| distance::lift(x, y), point);
    crate::assert_close(&distance::gradient(3.0, 4.0), &[0.6, 0.8]);
    assert_eq!(distance::gradient(0.0, 0.0), by_duals([0.0, 0.0]));
    assert!(distance::gradient(f64::NAN, 0.0)[0].is_nan());
}

#[differentiate(mode = dual)]
fn by_duals(x: f64, y: f64) -> f64 {
    x * y
}

#[test]
fn the_mode_can_be_chosen() {
    assert_eq!(by_duals::gradient(2.0, 3.0), [3.0, 2.0]);
}

#[differentiate(mode = adjoint)]
fn in_part(x: &[f64], weights: [f64; 2], _unused: f64, _rest: &[f64]) -> f64 {
    x[0] * weights[1]
}

#[test]
fn what_is_not_read_has_no_slope() {
    let gradient = in_part::gradient(&[2.0, 3.0], [5.0, 7.0], 11.0, &[13.0]);
    assert_eq!(gradient, (vec![7.0, 0.0], [0.0, 2.0], 0.0, vec![0.0]));
}

/// What is flat far out times a product that overflows only by itself: backwards, the product comes first.
macro_rules! flat_far_out {
    ($($name:ident($x:ident) = $flat:expr, at $far:literal;)*) => {
        $(
            #[differentiate(mode = adjoint)]
            fn $name($x: f64, y: f64) -> f64 {
                $flat * y * y * y
            }
        )*

        #[test]
        fn what_overflows_on_the_way_back_is_left_to_dual_numbers() {
            $({
                let point = [$far, 1e150];
                let by_duals = chainrule::gradient(|[x, y]| $name::lift(x, y), point);
                assert_eq!(by_duals, [0.0, 0.0], "{}", stringify!($name));
                assert_eq!($name::gradient(point[0], point[1]), by_duals, "{}", stringify!($name));
                let hessian = chainrule::hessian(|[x, y]| $name::lift(x, y), point);
                assert_eq!($name::hessian(point[0], point[1]), hessian, "{}", stringify!($name));
                agree!($name, [x, y] = [0.3, 1.5]);
            })*
        }
    };
}
flat_far_out! {
    tanh_far_out(x) = (1.0 - x.tanh()), at 500.0;
    atan_far_out(x) = (std::f64::consts::FRAC_PI_2 - x.atan()), at 1e200;
    sigmoid_far_out(x) = x.sigmoid(), at -1e4;
    softplus_far_out(x) = x.softplus(), at -1e4;
    log_sigmoid_far_out(x) = x.log_sigmoid(), at 1e4;
    silu_far_out(x) = x.silu(), at -1e4;
    softsign_far_out(x) = (1.0 - x.softsign()), at 1e200;
    exponential_far_out(x) = (-x * x).exp(), at 1e3;
    error_function_far_out(x) = (-x).exp() * x, at 1e4;
}

#[differentiate(mode = adjoint)]
fn scaled_up(x: f64, y: f64) -> f64 {
    (x - 1.0) * y / 1e-310
}

#[test]
fn the_reciprocal_of_a_small_divisor_may_overflow() {
    let by_duals = chainrule::gradient(|[x, y]| scaled_up::lift(x, y), [1.0, 2.0]);
    assert_eq!(by_duals, [f64::INFINITY, 0.0]);
    assert_eq!(scaled_up::gradient(1.0, 2.0), by_duals);
}

#[differentiate(mode = adjoint)]
fn factors(x: f64, y: f64, z: f64) -> f64 {
    z * x * y * y * y
}

/// Sums and products are not looked at, and this is what it costs.
#[test]
fn products_of_factors_may_overflow_where_the_value_does_not() {
    let by_duals = chainrule::gradient(|[x, y, z]| factors::lift(x, y, z), [1.0, 1e150, 0.0]);
    assert_eq!(by_duals, [0.0, 0.0, f64::INFINITY]);
    let [by_x, by_y, by_z] = factors::gradient(1.0, 1e150, 0.0);
    assert!(by_x.is_nan() && by_y == 0.0 && by_z == f64::INFINITY);
}
