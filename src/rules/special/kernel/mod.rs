//! Values of the special functions, of plain doubles.

mod bessel;
mod beta;
mod circle;
mod coefficients;
mod double_double;
mod elementary;
mod exponential_integral;
mod gamma;
mod gelu_tanh;
mod normal;
mod orders;
mod polygamma;
mod polynomial;
mod recurrence;
mod series;

pub use bessel::{bessel_i0, bessel_i1, bessel_j0, bessel_j1, bessel_y0, bessel_y1};
pub use beta::{beta, beta_mixed, ln_beta};
pub use exponential_integral::{expint_e1, expint_ei};
pub use gamma::{gamma, gamma_derivative, ln_gamma};
pub use gelu_tanh::{gelu_tanh, gelu_tanh_derivative};
pub use normal::{
    erf, erfc, gauss, gelu, inv_norm_cdf, inv_norm_cdf_slope, mish, norm_cdf, norm_pdf,
    raised_gauss,
};
pub use orders::{
    bessel_in, bessel_jn, bessel_yn, spherical_j0, spherical_j1, spherical_j2, spherical_jn,
};
pub use polygamma::{digamma, polygamma, polygamma_difference, trigamma};
