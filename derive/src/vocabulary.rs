//! The functions that `#[differentiate]` knows by name. It knows names and arities, not calculus: a test compares
//! this list with the rules of the runtime crate.

use Signature::*;

/// What a function takes and gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signature {
    /// number -> number
    Unary,
    /// number, number -> number
    Binary,
    /// number, integer -> number
    Indexed,
    /// number, number, number -> number, made of other rules
    Ternary,
    /// number -> (number, number), made of other rules
    Pair,
    /// number -> bool, of the value
    Predicate,
    /// &number, &number -> ordering, of the values
    Comparison,
}

impl Signature {
    /// How many arguments follow the first.
    pub fn arguments(self) -> usize {
        match self {
            Unary | Pair | Predicate => 0,
            Binary | Indexed | Comparison => 1,
            Ternary => 2,
        }
    }

    /// Whether the runtime crate must have a row for it.
    pub fn is_rule(self) -> bool {
        matches!(self, Unary | Binary | Indexed)
    }
}

#[rustfmt::skip]
const VOCABULARY: &[(Signature, &[&str])] = &[
    (Unary, &[
        "exp", "exp2", "exp_m1", "ln", "ln_1p", "log2", "log10",
        "sqrt", "cbrt", "recip",
        "sin", "cos", "tan", "asin", "acos", "atan",
        "sinh", "cosh", "tanh", "asinh", "acosh", "atanh",
        "abs", "signum", "floor", "ceil", "round", "round_ties_even", "trunc", "fract",
        "to_degrees", "to_radians", "next_up", "next_down",
    ]),
    (Unary, UNARY_ACTIVATIONS),
    (Binary, &[
        "powf", "log", "hypot", "atan2", "max", "min", "copysign", "abs_sub", "midpoint", "rem_euclid", "div_euclid",
    ]),
    (Binary, BINARY_ACTIVATIONS),
    (Indexed, &["powi"]),
    (Unary, UNARY_SPECIAL),
    (Indexed, INDEXED_SPECIAL),
    (Binary, BINARY_SPECIAL),
    (Ternary, &["mul_add", "clamp"]),
    (Pair, &["sin_cos"]),
    (Predicate, &[
        "is_nan", "is_infinite", "is_finite", "is_normal", "is_subnormal", "is_sign_positive", "is_sign_negative",
    ]),
    (Comparison, &["partial_cmp", "total_cmp"]),
];

/// The methods that are the runtime crate's own, and that floats do not have themselves.
#[rustfmt::skip]
const UNARY_ACTIVATIONS: &[&str] =
    &["sigmoid", "logit", "softplus", "log_sigmoid", "silu", "softsign", "relu", "sinc", "log1mexp", "logexpm1"];
const BINARY_ACTIVATIONS: &[&str] = &["logaddexp", "xlogy", "leaky_relu"];

/// The same of the runtime crate's feature `special`.
#[rustfmt::skip]
const UNARY_SPECIAL: &[&str] = &[
    "erf", "erfc", "norm_pdf", "norm_cdf", "inv_norm_cdf", "gelu", "gelu_tanh", "mish",
    "gamma", "ln_gamma", "digamma", "trigamma", "expint_e1", "expint_ei",
    "bessel_j0", "bessel_j1", "bessel_y0", "bessel_y1", "bessel_i0", "bessel_i1",
    "spherical_j0", "spherical_j1", "spherical_j2",
];
const INDEXED_SPECIAL: &[&str] = &[
    "polygamma",
    "bessel_jn",
    "bessel_yn",
    "bessel_in",
    "spherical_jn",
];
const BINARY_SPECIAL: &[&str] = &["beta", "ln_beta"];

/// The trait of the runtime crate that has the method of this name, if one has: another trait may have it too.
pub fn own_trait(name: &str) -> Option<&'static str> {
    let is_in = |lists: &[&[&str]]| lists.iter().any(|list| list.contains(&name));
    if is_in(&[UNARY_ACTIVATIONS, BINARY_ACTIVATIONS]) {
        Some("Activation")
    } else if is_special(name) {
        Some("Special")
    } else {
        None
    }
}

/// Whether the name belongs to the feature `special`.
pub fn is_special(name: &str) -> bool {
    [UNARY_SPECIAL, INDEXED_SPECIAL, BINARY_SPECIAL]
        .iter()
        .any(|list| list.contains(&name))
}

pub fn signature(name: &str) -> Option<Signature> {
    words()
        .find(|(_, names)| names.contains(&name))
        .map(|(signature, _)| signature)
}

/// The names that are known: those of the feature `special` only with it.
pub fn words() -> impl Iterator<Item = (Signature, &'static [&'static str])> {
    let is_known = |names: &[&str]| cfg!(feature = "special") || !is_special(names[0]);
    VOCABULARY
        .iter()
        .copied()
        .filter(move |(_, names)| is_known(names))
}
