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
    IntegerPower,
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
            Binary | IntegerPower | Comparison => 1,
            Ternary => 2,
        }
    }

    /// Whether the runtime crate must have a row for it.
    pub fn is_rule(self) -> bool {
        matches!(self, Unary | Binary | IntegerPower)
    }
}

#[rustfmt::skip]
pub const VOCABULARY: &[(Signature, &[&str])] = &[
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
    (IntegerPower, &["powi"]),
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

/// Whether the name is the runtime crate's: another trait may have it too.
pub fn is_activation(name: &str) -> bool {
    UNARY_ACTIVATIONS.contains(&name) || BINARY_ACTIVATIONS.contains(&name)
}

pub fn signature(name: &str) -> Option<Signature> {
    VOCABULARY
        .iter()
        .find(|(_, names)| names.contains(&name))
        .map(|(signature, _)| *signature)
}
