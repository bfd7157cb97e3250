//! The elementary functions of floats, with the standard library or without.

#[allow(unused_imports)]
use num_traits::Float;

macro_rules! define_functions {
    ($($name:ident)*) => {
        $(
            #[inline]
            pub fn $name(x: f64) -> f64 {
                x.$name()
            }
        )*
    };
}
define_functions!(exp ln ln_1p sqrt floor ceil round);

#[inline]
pub fn sin_cos(x: f64) -> (f64, f64) {
    x.sin_cos()
}

#[inline]
pub fn powf(x: f64, y: f64) -> f64 {
    x.powf(y)
}
