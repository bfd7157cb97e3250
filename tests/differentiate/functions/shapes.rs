//! Functions of everything that numbers lie in, of other floats and of other types.

use chainrule::differentiate;
use num_traits::Float;

use crate::assert_close;

#[test]
fn functions_of_slices_structs_and_options() {
    mod minimum {
        use chainrule::{Differentiable, differentiate};

        #[derive(Clone, Copy, Debug, Differentiable)]
        pub struct Point {
            pub x: f64,
            pub y: f64,
        }

        #[differentiate]
        pub fn step(f: impl Fn(&[f64]) -> f64, x: &[f64], h: f64) -> f64 {
            let mut moved = x.to_vec();
            moved[0] += h;
            (f(&moved) - f(x)) / h
        }

        #[differentiate]
        pub fn of_array(f: impl Fn(f64, &[f64; 2]) -> [f64; 2], x: f64) -> f64 {
            let table = [1.0, 2.0];
            let [a, b] = f(x, &table);
            a + b + f(3.0, &[x, x])[0]
        }

        #[differentiate(wrt(f, at))]
        pub fn of_point(f: impl Fn(Point, usize) -> Point, at: Point) -> f64 {
            let twice = f(f(at, 1), 2);
            twice.x + twice.y
        }

        #[differentiate]
        pub fn first_of(f: impl Fn(usize) -> Option<f64>, n: usize) -> Option<f64> {
            (0..n).filter_map(|i| f(i)).next()
        }

        #[differentiate]
        pub fn nested(f: impl Fn(&Vec<(f64, f64)>) -> Vec<f64>, x: f64) -> f64 {
            f(&vec![(x, 2.0), (1.0, x)]).iter().sum()
        }
    }
    use minimum::*;
    #[differentiate]
    fn f(x: f64, n: usize) -> f64 {
        step(|v| x * v[0] * v[0] + v[1], &[1.0, 2.0], 0.5)
            + of_array(|t, w: &[f64; 2]| [x * t * w[0], w[1]], x)
            + of_point(
                |p, k| Point {
                    x: p.x * x,
                    y: p.y + k as f64,
                },
                Point { x, y: 1.0 },
            )
            + first_of(|i| if i > n { Some(x * i as f64) } else { None }, 9).unwrap()
            + nested(|pairs| pairs.iter().map(|(a, b)| a * b * x).collect(), x)
    }
    let x = 1.5_f64;
    let (value, first) = f::value_and_derivative(x, 2);
    assert_eq!(value.to_bits(), f(x, 2).to_bits());
    // 2.5x ; x² + 2 + 3x² ; x³ + 4 ; 3x ; 3x²
    assert_close(
        &[value],
        &[2.5 * x + 4.0 * x * x + 2.0 + x.powi(3) + 4.0 + 3.0 * x + 3.0 * x * x],
    );
    assert_close(&[first], &[2.5 + 8.0 * x + 3.0 * x * x + 3.0 + 6.0 * x]);
}

#[test]
fn closures_take_integers() {
    #[differentiate]
    fn sum(f: impl Fn(usize, i32) -> f64, n: usize) -> f64 {
        (0..n).map(|i| f(i, i as i32)).sum()
    }
    #[differentiate]
    fn f(x: f64, xs: &[f64], n: usize) -> f64 {
        let m = n - 1;
        sum(
            |i, k| {
                xs[n - 1 - i] * x.powi(k)
                    + xs[m - i] * (2 * i) as f64
                    + i as f64 * x
                    + if i == 1 { x } else { 0.0 }
            },
            n,
        )
    }
    let (x, xs) = (1.5_f64, [1.0, 2.0, 3.0]);
    assert_eq!(
        f(x, &xs, 3).to_bits(),
        f::value_and_gradient(x, &xs, 3).0.to_bits()
    );
    let (_, (g, v)) = f::value_and_gradient(x, &xs, 3);
    assert_close(&[g], &[2.0 + 2.0 * x + 3.0 + 1.0]);
    assert_close(&v, &[x * x + 4.0, x + 2.0, 1.0]);
}

#[test]
fn closures_give_truth_values_results_and_tuples() {
    #[differentiate]
    fn bisect(f: impl Fn(f64) -> bool, a: f64, b: f64) -> f64 {
        let (mut a, mut b) = (a, b);
        for _ in 0..3 {
            let m = 0.5 * (a + b);
            if f(m) {
                b = m;
            } else {
                a = m;
            }
        }
        a
    }
    #[differentiate]
    fn try_sum(f: impl Fn(f64) -> Result<f64, String>, x: f64) -> Result<f64, String> {
        let a = f(x)?;
        Ok(a + f(1.0)?)
    }
    #[differentiate]
    fn pair(f: impl Fn(f64) -> (f64, f64), x: f64) -> f64 {
        let (a, b) = f(x);
        a * b
    }
    #[differentiate]
    fn f(x: f64) -> Result<f64, String> {
        let r = try_sum(
            |t| {
                if t > 0.0 {
                    Ok(t * x)
                } else {
                    Err(format!("{t}"))
                }
            },
            x,
        )?;
        Ok(r + bisect(|t| t > x, 0.0, 4.0 * x)
            + bisect(|t| t > x, 0.0, 1.0)
            + pair(|t| (t, x), 2.0)
            + pair(
                |t| {
                    let u = t * x;
                    (1.0, u)
                },
                3.0,
            ))
    }
    let x = 1.3_f64;
    assert_eq!(f(x), f::value_and_derivative(x).map(|v| v.0));
    // x² + x ; bisect in units of x: 1/8.. a = 4x * k/8 ; 2x; 3x
    let a = {
        let (mut a, mut b) = (0.0, 4.0);
        for _ in 0..3 {
            let m = 0.5 * (a + b);
            if m > 1.0 { b = m } else { a = m }
        }
        a
    };
    assert_close(&[f::derivative(x).unwrap()], &[2.0 * x + 1.0 + a + 5.0]);
    assert!(f(-1.0).is_err() && f::derivative(-1.0).is_err());
}

#[test]
fn single_precision_goes_through_closures() {
    #[differentiate]
    fn ap(f: impl Fn(f32, &[f32; 2]) -> f32, x: f32) -> f32 {
        f(x, &[1.0, 2.0]) + f(0.5, &[x, x])
    }
    #[differentiate]
    fn f(x: f32) -> f32 {
        ap(|t, w| t * w[1] * x, 3.0) + ap(|t, w: &[f32; 2]| t * w[0], x)
    }
    // (6x + 1.5 x) + (x + 0.5 x)
    assert_eq!(f::value_and_derivative(2.0), (18.0, 9.0));
}

// generics
#[differentiate]
fn gen_apply<T: Float, F: Fn(T) -> T>(f: F, x: T) -> T {
    f(x) * x
}

#[differentiate]
fn gen_impl<T: Float>(f: impl Fn(T) -> T, x: T) -> T {
    f(x) + f(T::one())
}

#[test]
fn functions_generic_over_their_float_take_closures() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        gen_apply(|t| t * x, 3.0) + gen_apply(f64::sin, x) + gen_impl(|t: f64| t.powi(2) * x, x)
    }
    let x = 0.7_f64;
    assert_eq!(f(x).to_bits(), f::value_and_derivative(x).0.to_bits());
    assert_close(
        &[f::derivative(x)],
        &[9.0 + x.sin() + x * x.cos() + 3.0 * x * x + 1.0],
    );
}

// wrt constants
#[differentiate(wrt(x))]
fn constant_function(f: impl Fn(f64) -> f64, x: f64) -> f64 {
    x * f(2.0)
}

#[differentiate]
fn count(f: impl Fn(usize) -> usize, x: f64) -> f64 {
    x * f(2) as f64
}

#[test]
fn functions_that_are_constants_stay_plain() {
    assert_eq!(constant_function(|t| t * 3.0, 2.0), 12.0);
    assert_eq!(constant_function::derivative(|t| t * 3.0, 2.0), 6.0);
    assert_eq!(count::derivative(|k| k + 1, 2.0), 3.0);
    #[differentiate]
    fn f(x: f64) -> f64 {
        count(|k: usize| k + 1, x) + count(|k| k * 2, x)
    }
    assert_eq!(f::derivative(2.0), 7.0);
}

#[test]
fn functions_stay_plain_beside_given_derivatives() {
    #[differentiate(first(slope))]
    fn given(x: f64, f: impl Fn(f64) -> f64) -> f64 {
        f(2.0) * x
    }
    fn slope(_: f64, f: impl Fn(f64) -> f64) -> f64 {
        f(2.0)
    }
    assert_eq!(given::derivative(3.0, |t| t * 2.0), 4.0);
}

#[differentiate]
fn dot<const N: usize, K: Copy>(f: impl Fn([f64; N], K) -> [f64; N], x: [f64; N], k: K) -> f64 {
    f(x, k).iter().zip(&x).map(|(a, b)| a * b).sum()
}

struct Scaled<T, const N: usize> {
    scale: [f64; N],
    tag: T,
}

#[differentiate]
impl<T: Copy, const N: usize> Scaled<T, N> {
    #[differentiate]
    fn sum<F>(&self, f: F, x: f64) -> f64
    where
        F: Fn(f64, T) -> f64,
    {
        self.scale.iter().map(|s| f(*s * x, self.tag)).sum()
    }
}

#[test]
fn functions_with_parameters_of_their_own_take_closures() {
    let x = 1.25_f64;
    #[differentiate]
    fn g(x: f64, s: &Scaled<i32, 2>) -> f64 {
        s.sum(|t, k| t.powi(k) * x, x)
            + s.sum(|t, k: i32| t * k as f64, 3.0)
            + dot(|[a, b], k| [a * b, x * k as f64], [x, 2.0], 3_u8)
    }
    let s = Scaled {
        scale: [1.0, 2.0],
        tag: 2,
    };
    // 5x³ + const + 2x² + 6x
    assert_close(&[g::derivative(x, &s)], &[15.0 * x * x + 4.0 * x + 6.0]);
    assert_eq!(g(x, &s), g::value_and_derivative(x, &s).0);
}

/// Numbers need not cross threads, nor be there for good.
#[differentiate]
fn bounded<'a, F>(f: &'a F, x: &'a [f64]) -> f64
where
    F: Fn(&'a [f64]) -> f64 + Send + Sync + ?Sized + 'static,
{
    f(x) + f(&x[1..])
}

#[differentiate]
fn bounded_object(f: &(dyn Fn(f64) -> f64 + Sync), x: f64) -> f64 {
    f(x)
}

#[test]
fn bounds_beside_the_function_stand_for_plain_captures() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        bounded(&move |v: &[f64]| v[0] * x, &[x, 3.0]) + bounded_object(&|t| t * x, 2.0)
    }
    assert_eq!(
        f::value_and_derivative(1.5),
        (2.25 + 4.5 + 3.0, 3.0 + 3.0 + 2.0)
    );
}

type Pair = [f64; 2];

#[differentiate(wrt(f, x))]
fn of_alias(f: impl Fn(f64, Pair) -> Pair, x: f64) -> f64 {
    let [a, b] = f(x, [x, 1.0]);
    a * b
}

#[test]
fn names_in_the_types_of_functions_are_followed() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        of_alias(|t, p: Pair| [t * p[0], x * p[1]], 2.0) + of_alias(|t, [p, q]| [t + q, p], x)
    }
    // 4x + (x + 1) x
    assert_eq!(f::value_and_derivative(1.5), (6.0 + 3.75, 4.0 + 4.0));
}
