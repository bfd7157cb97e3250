//! Functions within functions, from macros, and with lifetimes.

use chainrule::differentiate;

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
