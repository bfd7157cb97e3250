//! Every function of the vocabulary, with live arguments that bend themselves.

use chainrule::{Activation, differentiate};

use super::agree;

macro_rules! of_one {
    ($($name:ident: $($x:literal)*;)*) => {
        #[test]
        fn rows_of_one_argument_bend() {
            $({
                #[differentiate]
                fn two(x: f64, y: f64) -> f64 {
                    let a = (x * y).$name();
                    a * a * y + (y / x).$name()
                }
                // At x = 1 both arguments are y; beside it they move apart.
                let points = [$([1.0, $x], [1.0 + 1.0 / 64.0, $x]),*];
                agree!(two, [x, y], points);
            })*
        }
    };
}

of_one! {
    exp: -0.7 1.3; exp2: -0.7 1.3; exp_m1: -0.7 1.3; ln: 0.7 2.3; ln_1p: -0.4 1.3; log2: 0.7 2.3; log10: 0.7 2.3;
    sqrt: 0.7 2.3; cbrt: -0.7 2.3; recip: -0.7 2.3;
    sin: -0.7 1.3; cos: -0.7 1.3; tan: -0.7 1.2; asin: -0.6 0.3; acos: -0.6 0.3; atan: -0.7 1.3;
    sinh: -0.7 1.3; cosh: -0.7 1.3; tanh: -0.7 1.3; asinh: -0.7 1.3; acosh: 1.7 2.9; atanh: -0.6 0.3;
    abs: -0.7 1.3; signum: -0.7 1.3; floor: -0.7 1.3; ceil: -0.7 1.3; round: -0.7 1.3; round_ties_even: -0.7 1.3;
    trunc: -0.7 1.3; fract: -0.7 1.3; to_degrees: -0.7 1.3; to_radians: -0.7 1.3; next_up: -0.7 1.3; next_down: -0.7 1.3;
    sigmoid: -0.7 1.3; logit: 0.3 0.8; softplus: -0.7 1.3; log_sigmoid: -0.7 1.3; silu: -0.7 1.3; softsign: -0.7 1.3;
    relu: -0.7 1.3; sinc: -0.7 1.9; log1mexp: -0.7 -1.3; logexpm1: 0.4 1.3;
}

macro_rules! of_two {
    ($($name:ident;)*) => {
        #[test]
        #[allow(deprecated)]
        fn rows_of_two_arguments_bend() {
            $({
                #[differentiate]
                fn both(x: f64, y: f64) -> f64 {
                    let a = (x * y).$name(x + y);
                    a * a + y
                }
                #[differentiate]
                fn left(x: f64, y: f64) -> f64 {
                    (x * y).$name(2.5) * x
                }
                #[differentiate]
                fn right(x: f64, y: f64) -> f64 {
                    1.5_f64.$name(x * y) * y
                }
                #[differentiate]
                fn of_itself(x: f64, y: f64) -> f64 {
                    let a = x * y;
                    a.$name(a) * x
                }
                let points = [[1.3, 0.7], [0.4, 2.9], [2.2, 1.6]];
                agree!(both, [x, y], points);
                agree!(left, [x, y], points);
                agree!(right, [x, y], points);
                agree!(of_itself, [x, y], points);
            })*
        }
    };
}

of_two! {
    powf; log; hypot; atan2; max; min; copysign; abs_sub; midpoint; rem_euclid; div_euclid; logaddexp; xlogy; leaky_relu;
}

#[cfg(feature = "special")]
#[allow(unstable_name_collisions)]
mod special {
    use super::super::agree;
    use chainrule::{Special, differentiate};

    of_one! {
        erf: -0.7 1.3; erfc: -0.7 1.3; norm_pdf: -0.7 1.3; norm_cdf: -0.7 1.3; inv_norm_cdf: 0.3 0.8; gelu: -0.7 1.3; gelu_tanh: -0.7 1.3; mish: -0.7 1.3;
        gamma: 0.7 2.3; ln_gamma: 0.7 2.3; digamma: 0.7 2.3; trigamma: 0.7 2.3; expint_e1: 0.7 2.3; expint_ei: -0.7 1.3;
        bessel_j0: -0.7 1.3; bessel_j1: -0.7 1.3; bessel_y0: 0.7 2.3; bessel_y1: 0.7 2.3; bessel_i0: -0.7 1.3; bessel_i1: -0.7 1.3;
        spherical_j0: -0.7 1.3; spherical_j1: -0.7 1.3; spherical_j2: -0.7 1.3;
    }

    of_two! {
        beta; ln_beta;
    }

    macro_rules! of_an_order {
        ($($name:ident: $n:literal;)*) => {
            #[test]
            fn rows_with_an_order_bend() {
                $({
                    #[differentiate]
                    fn two(x: f64, y: f64) -> f64 {
                        let a = (x * y).$name($n);
                        a * a * y + (y / x).$name($n + 1)
                    }
                    agree!(two, [x, y], [[1.0, 0.7], [1.25, 2.3]]);
                })*
            }
        };
    }

    of_an_order! {
        polygamma: 1; bessel_jn: 2; bessel_yn: 2; bessel_in: 2; spherical_jn: 3;
    }
}

#[test]
fn the_vocabulary_is_complete_here() {
    // What the macros above list, from their text.
    let listed = include_str!("rules.rs");
    const VOCABULARY: &[&str] = chainrule::__private::vocabulary!();
    for name in VOCABULARY.iter().filter(|name| **name != "powi") {
        let is_listed =
            listed.contains(&format!(" {name}:")) || listed.contains(&format!(" {name};"));
        assert!(is_listed, "add `{name}` to this test");
    }
}
