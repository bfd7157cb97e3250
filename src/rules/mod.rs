//! What is known of each function: its value, first and second derivative, its domain and its kinks.
//!
//! The rows are data. Everything else follows from them: the methods of all number types, what generated code calls,
//! [`RULES`], and the test that compares both with the vocabulary of `#[differentiate]`. The rules know [`Scalar`], and
//! nothing of the numbers that carry derivatives.

mod activation;
mod binary;
mod curvature;
mod foreign;
mod formula;
mod row;
mod scalar;
mod unary;

pub use activation::Activation;
pub(crate) use activation::{for_each_activation, for_each_binary_activation};
pub(crate) use binary::{for_each_binary, for_each_operator, quotient};
#[cfg(feature = "special")]
pub(crate) use curvature::Steep;
pub(crate) use curvature::{Curvature, Factors, curvature, or_nan, slope_by, strong};
pub use foreign::Partial;
pub use row::{BinaryRow, IndexedRow, UnaryRow};
#[cfg(feature = "alloc")]
pub(crate) use scalar::to_f64;
pub use scalar::{Family, Primitive, Scalar};
pub(crate) use unary::for_each_unary;

/// One row of the rules table, in words.
///
/// # Examples
/// ```
/// let tanh = chainrule::RULES.iter().find(|rule| rule.name == "tanh").unwrap();
/// assert_eq!(tanh.formula, "1 - tanh² x; -2 tanh x (1 - tanh² x)");
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RuleInfo {
    /// The function's name, as in `num_traits::Float` where it has it.
    pub name: &'static str,
    /// What it is.
    pub summary: &'static str,
    /// How many numbers it takes.
    pub arity: usize,
    /// Its derivatives: first; second (one argument), or the function and its slopes (two).
    pub formula: &'static str,
    /// Where it is real.
    pub domain: &'static str,
    /// Where its definition stands, as "DLMF 7.2.1", for the special functions; nothing for the others.
    pub source: &'static str,
}

/// Whether a row carries the mark `choice`.
const fn is_choice(mark: &str) -> bool {
    matches!(mark.as_bytes(), b"choice")
}

/// Whether a row carries the mark `told`.
const fn is_told(mark: &str) -> bool {
    matches!(mark.as_bytes(), b"told")
}

macro_rules! unary_row {
    (|$x:ident| $value:expr) => {
        pub struct Row;
        impl super::UnaryRow for Row {
            #[inline]
            fn value<T: Scalar>($x: T) -> T {
                $value
            }
            #[inline]
            fn first<T: Scalar>(x: T, u: T) -> T {
                first(x, u)
            }
            #[inline]
            fn second<T: Scalar>(x: T, u: T, d: T) -> impl Curvature<T> {
                second(x, u, d)
            }
        }
    };
}

macro_rules! unary_formulas {
    (|$x:ident, $u:ident, $d:ident| $f1:expr, $f2:expr $(, $mark:ident)?) => {
        pub const IS_TOLD: bool = super::is_told(stringify!($($mark)?));
        #[inline]
        pub fn first<T: Scalar>($x: T, $u: T) -> T {
            $f1
        }
        #[inline]
        pub fn second<T: Scalar>($x: T, $u: T, $d: T) -> impl Curvature<T> {
            $f2
        }
    };
}

macro_rules! define_unary {
    ($($name:ident $summary:literal $first:literal $second:literal on $domain:literal: |$x:ident, $u:ident, $d:ident|
        $f1:expr, $f2:expr $(, $mark:ident)?;)*) => {
        $(
            #[allow(unused_imports, unused_variables)]
            pub(crate) mod $name {
                use super::{Curvature, Factors, Scalar, formula as f};
                pub const IS_CHOICE: bool = super::is_choice(stringify!($($mark)?));
                unary_formulas!(|$x, $u, $d| $f1, $f2 $(, $mark)?);
                unary_row!(|x| x.$name());
            }
        )*
        const UNARY: &[RuleInfo] = &[$(RuleInfo {
            name: stringify!($name), summary: $summary, arity: 1,
            formula: concat!($first, "; ", $second), domain: $domain, source: "",
        }),*];
    };
}
for_each_unary!(define_unary);

macro_rules! define_activation {
    ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal: |$x:ident, $u:ident, $d:ident|
        $formula:expr, $f1:expr, $f2:expr $(, $mark:ident)?;)*) => {
        $(
            #[allow(unused_imports, unused_variables)]
            pub(crate) mod $name {
                use super::{Curvature, Factors, Scalar, formula as f};
                pub const IS_CHOICE: bool = super::is_choice(stringify!($($mark)?));
                unary_formulas!(|$x, $u, $d| $f1, $f2 $(, $mark)?);
                unary_row!(|x| super::Activation::$name(x));
            }
        )*
        const ACTIVATIONS: &[RuleInfo] = &[$(RuleInfo {
            name: stringify!($name), summary: $summary, arity: 1,
            formula: concat!($first, "; ", $second), domain: $domain, source: "",
        }),*];
    };
}
for_each_activation!(define_activation);

macro_rules! define_slopes {
    ($(($part:ident |$x:ident, $y:ident, $u:ident| $formula:expr) -> $result:ty;)*) => {
        $(
            #[inline]
            pub fn $part<T: Scalar>($x: T, $y: T, $u: T) -> $result { $formula }
        )*
    };
}

macro_rules! binary_row {
    (|$x:ident, $y:ident| $value:expr) => {
        pub struct Row;
        impl super::BinaryRow for Row {
            #[inline]
            fn value<T: Scalar>($x: T, $y: T) -> T {
                $value
            }
            #[inline]
            fn dx<T: Scalar>(x: T, y: T, u: T) -> T {
                dx(x, y, u)
            }
            #[inline]
            fn dy<T: Scalar>(x: T, y: T, u: T) -> T {
                dy(x, y, u)
            }
            #[inline]
            fn dxx<T: Scalar>(x: T, y: T, u: T) -> impl Curvature<T> {
                dxx(x, y, u)
            }
            #[inline]
            fn dxy<T: Scalar>(x: T, y: T, u: T) -> impl Curvature<T> {
                dxy(x, y, u)
            }
            #[inline]
            fn dyy<T: Scalar>(x: T, y: T, u: T) -> impl Curvature<T> {
                dyy(x, y, u)
            }
        }
    };
}

macro_rules! operated {
    (div $x:ident $y:ident) => {
        $x / $y
    };
    (rem $x:ident $y:ident) => {
        $x % $y
    };
}

macro_rules! binary_value {
    (method $name:ident $x:ident $y:ident) => {
        $x.$name($y)
    };
    (operator $name:ident $x:ident $y:ident) => {
        operated!($name $x $y)
    };
}

macro_rules! define_binary {
    ($list:ident $form:ident $($name:ident $summary:literal $formula:literal on $domain:literal: |$x:ident, $y:ident, $u:ident|
        $dx:expr; $dy:expr; $dxx:expr; $dxy:expr; $dyy:expr $(, $mark:ident)?;)*) => {
        $(
            #[allow(unused_imports, unused_variables)]
            pub(crate) mod $name {
                use super::{Curvature, Factors, Scalar, binary::{extremum, logarithm, polar, power, quotient, remainder}};
                // The operators choose nothing, and nobody asks them.
                #[allow(dead_code)]
                pub const IS_CHOICE: bool = super::is_choice(stringify!($($mark)?));
                define_slopes! {
                    (dx |$x, $y, $u| $dx) -> T; (dy |$x, $y, $u| $dy) -> T;
                    (dxx |$x, $y, $u| $dxx) -> impl Curvature<T>;
                    (dxy |$x, $y, $u| $dxy) -> impl Curvature<T>;
                    (dyy |$x, $y, $u| $dyy) -> impl Curvature<T>;
                }
                binary_row!(|x, y| binary_value!($form $name x y));
            }
        )*
        const $list: &[RuleInfo] = &[$(RuleInfo {
            name: stringify!($name), summary: $summary, arity: 2, formula: $formula, domain: $domain, source: "",
        }),*];
    };
}
for_each_binary!(define_binary BINARY method);
for_each_operator!(define_binary OPERATORS operator);

macro_rules! define_binary_activation {
    ($($name:ident $summary:literal $formula:literal on $domain:literal: |$x:ident, $y:ident, $u:ident|
        $value:expr; $dx:expr; $dy:expr; $dxx:expr; $dxy:expr; $dyy:expr;)*) => {
        $(
            #[allow(unused_imports, unused_variables)]
            pub(crate) mod $name {
                use super::{Curvature, Factors, Scalar, binary::quotient, formula as f};
                #[inline]
                pub fn value<T: Scalar>($x: T, $y: T) -> T { $value }
                define_slopes! {
                    (dx |$x, $y, $u| $dx) -> T; (dy |$x, $y, $u| $dy) -> T;
                    (dxx |$x, $y, $u| $dxx) -> impl Curvature<T>;
                    (dxy |$x, $y, $u| $dxy) -> impl Curvature<T>;
                    (dyy |$x, $y, $u| $dyy) -> impl Curvature<T>;
                }
                binary_row!(|x, y| super::Activation::$name(x, y));
            }
        )*
        const BINARY_ACTIVATIONS: &[RuleInfo] = &[$(RuleInfo {
            name: stringify!($name), summary: $summary, arity: 2, formula: $formula, domain: $domain, source: "",
        }),*];
    };
}
for_each_binary_activation!(define_binary_activation);

// After the macros that it shares.
#[cfg(feature = "special")]
pub(crate) mod special;
#[cfg(feature = "special")]
pub use special::Special;
/// Without the feature it asks for nothing.
#[cfg(not(feature = "special"))]
mod special {
    pub trait Special {}
    impl<T> Special for T {}
}
#[cfg(not(feature = "special"))]
pub(crate) use special::Special;

/// `powi`, the one row whose second argument is an integer.
pub(crate) mod powi {
    pub use super::binary::integer_power::{falling, first, second};
}
const INTEGER_POWER: &[RuleInfo] = &[RuleInfo {
    name: "powi",
    summary: "integer power",
    arity: 1,
    formula: "n x^(n-1); n (n-1) x^(n-2)",
    domain: "(-∞, ∞)",
    source: "",
}];

const TABLES: &[&[RuleInfo]] = &[
    UNARY,
    INTEGER_POWER,
    BINARY,
    OPERATORS,
    ACTIVATIONS,
    BINARY_ACTIVATIONS,
    #[cfg(feature = "special")]
    special::UNARY,
    #[cfg(feature = "special")]
    special::INDEXED,
    #[cfg(feature = "special")]
    special::BINARY,
];

const COUNT: usize = {
    let (mut count, mut table) = (0, 0);
    while table < TABLES.len() {
        count += TABLES[table].len();
        table += 1;
    }
    count
};

/// Every rule of the crate, a row a function.
///
/// Those of the feature `special` are there with it.
///
/// # Examples
/// ```
/// let names: Vec<_> = chainrule::RULES.iter().map(|rule| rule.name).collect();
/// assert!(names.contains(&"sin") && names.contains(&"sigmoid"));
/// ```
pub static RULES: &[RuleInfo] = {
    static ROWS: [RuleInfo; COUNT] = {
        let mut rows = [UNARY[0]; COUNT];
        let (mut at, mut table) = (0, 0);
        while table < TABLES.len() {
            let mut row = 0;
            while row < TABLES[table].len() {
                rows[at] = TABLES[table][row];
                at += 1;
                row += 1;
            }
            table += 1;
        }
        rows
    };
    &ROWS
};
