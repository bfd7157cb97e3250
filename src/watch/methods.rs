//! Inherent twins of the methods of `f64`, and the activations: from the rows, and where those have edges, they look.

use super::Watched;
use super::trace::Join;
use crate::rules::{
    self, Activation, Primitive, for_each_activation, for_each_binary, for_each_binary_activation,
    for_each_unary,
};

impl<T: Primitive> Watched<'_, T> {
    /// What a function of one argument gives: the argument itself, where it is one of its pieces; nothing of it, where its slope is 0.
    #[track_caller]
    fn passed(self, function: &'static str, value: T, has_slope: bool) -> Self {
        if !self.look(function) || self.is_traced() {
            return self.made(value);
        }
        if !has_slope && !value.is_nan() {
            Self::constant(value)
        } else if value == self.value {
            self
        } else {
            self.made(value)
        }
    }

    /// What a function of two arguments gives. One that picks among them leaves out that of slope 0.
    #[track_caller]
    fn passed_with(
        self,
        other: Self,
        function: &'static str,
        value: T,
        slopes: Option<[T; 2]>,
    ) -> Self {
        self.look_with(other, function);
        let is_traced = self.is_traced() || other.is_traced();
        let Some([dx, dy]) = slopes.filter(|_| !value.is_nan() && !is_traced) else {
            return self.made_with(other, value);
        };
        let picked = |number: Self, slope: T| {
            if slope == T::zero() {
                Self::constant(number.value)
            } else {
                number
            }
        };
        let (left, right) = (picked(self, dx), picked(other, dy));
        let one = if left.is_constant() { right } else { left };
        let is_alone = left.is_constant() || right.is_constant() || left.source == right.source;
        let is_itself = is_alone && one.value == value;
        if is_itself {
            one
        } else {
            left.made_with(right, value)
        }
    }
}

macro_rules! unary_methods {
    ($($name:ident $summary:literal $first:literal $second:literal on $domain:literal: |$x:ident, $u:ident, $d:ident|
        $f1:expr, $f2:expr $(, $mark:ident)?;)*) => {
        $(
            #[doc = concat!("The ", $summary, ".")]
            #[must_use]
            #[track_caller]
            pub fn $name(self) -> Self {
                let (x, u) = (self.value, self.value.$name());
                let has_slope = !rules::$name::IS_CHOICE || rules::$name::first(x, u) != T::zero();
                self.passed(stringify!($name), u, has_slope)
            }
        )*
    };
}

macro_rules! activation_methods {
    ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal: |$x:ident, $u:ident, $d:ident|
        $formula:expr, $f1:expr, $f2:expr $(, $mark:ident)?;)*) => {
        $(
            #[track_caller]
            fn $name(self) -> Self {
                let (x, u) = (self.value, self.value.$name());
                let has_slope = !rules::$name::IS_CHOICE || rules::$name::first(x, u) != T::zero();
                self.passed(stringify!($name), u, has_slope)
            }
        )*
    };
}

macro_rules! binary_methods {
    ($($name:ident $summary:literal $formula:literal on $domain:literal: |$x:ident, $y:ident, $u:ident|
        $dx:expr; $dy:expr; $dxx:expr; $dxy:expr; $dyy:expr $(, $mark:ident)?;)*) => {
        $(
            #[doc = concat!("The ", $summary, ".")]
            #[must_use]
            #[track_caller]
            pub fn $name(self, other: Self) -> Self {
                let (x, y, u) = (self.value, other.value, self.value.$name(other.value));
                let slopes = rules::$name::IS_CHOICE
                    .then(|| [rules::$name::dx(x, y, u), rules::$name::dy(x, y, u)]);
                self.passed_with(other, stringify!($name), u, slopes)
            }
        )*
    };
}

macro_rules! binary_activation_methods {
    ($($name:ident $summary:literal $formula:literal on $domain:literal: |$x:ident, $y:ident, $u:ident|
        $value:expr; $dx:expr; $dy:expr; $dxx:expr; $dxy:expr; $dyy:expr;)*) => {
        $(
            #[track_caller]
            fn $name(self, other: Self) -> Self {
                let value = self.value.$name(other.value);
                self.passed_with(other, stringify!($name), value, None)
            }
        )*
    };
}

impl<T: Primitive> Watched<'_, T> {
    for_each_unary!(unary_methods);
    for_each_binary!(binary_methods);

    /// The integer power `self^n`.
    #[must_use]
    pub fn powi(self, n: i32) -> Self {
        self.made(self.value.powi(n))
    }

    /// `self * a + b` with one rounding, as [`f64::mul_add`].
    #[must_use]
    pub fn mul_add(self, a: Self, b: Self) -> Self {
        let value = self.value.mul_add(a.value, b.value);
        self.joined(a, value, Join::Product)
            .joined(b, value, Join::Sum)
    }

    /// Sine and cosine at once.
    #[must_use]
    pub fn sin_cos(self) -> (Self, Self) {
        let (sin, cos) = self.value.sin_cos();
        (self.made(sin), self.made(cos))
    }

    /// `self` between `min` and `max`, as [`f64::clamp`]: both are edges.
    ///
    /// # Panics
    /// If `min > max`, or either is NaN.
    #[must_use]
    #[track_caller]
    pub fn clamp(self, min: Self, max: Self) -> Self {
        assert!(
            min.value <= max.value,
            "clamp needs min <= max, both numbers; min = {:?}, max = {:?}",
            min.value,
            max.value
        );
        self.decide(min, "clamp", self.value, min.value);
        self.decide(max, "clamp", self.value, max.value);
        if [self, min, max].into_iter().any(Self::is_traced) {
            let value = self.value.clamp(min.value, max.value);
            return self
                .joined(min, value, Join::Sum)
                .joined(max, value, Join::Sum);
        }
        if self.value < min.value {
            min
        } else if self.value > max.value {
            max
        } else {
            self
        }
    }
}

impl<T: Primitive> Activation for Watched<'_, T> {
    for_each_activation!(activation_methods);
    for_each_binary_activation!(binary_activation_methods);
}
