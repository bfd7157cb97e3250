//! Where functions have their kinks and jumps.

use num_traits::Float;

use super::Watched;
use crate::rules::Primitive;

/// The kink or jump of a function of one argument that is nearest to `x`.
fn nearest_edge<T: Primitive>(function: &str, x: T) -> Option<T> {
    match function {
        "abs" | "signum" | "relu" => Some(T::zero()),
        "floor" | "ceil" => Some(Float::round(x)),
        // Towards zero there is no jump at zero.
        "trunc" | "fract" | "as" => {
            let nearest = Float::round(x);
            (nearest != T::zero()).then_some(nearest)
        }
        "round" | "round_ties_even" => {
            let below = Float::floor(x);
            let half = below + T::literal(0.5);
            // Large floats have no halves.
            (half != below && half != below + T::one()).then_some(half)
        }
        _ => None,
    }
}

/// The multiple of `y` that is nearest to `x`.
fn nearest_multiple<T: Primitive>(x: T, y: T) -> Option<T> {
    let (above, size) = (x.rem_euclid(y), Float::abs(y));
    let is_nearer_below = above + above <= size;
    let multiple = if is_nearer_below {
        x - above
    } else {
        x - above + size
    };
    (y.is_finite() && multiple.is_finite()).then_some(multiple)
}

impl<T: Primitive> Watched<'_, T> {
    /// Looks where a function of one argument stands; whether it has an edge at all.
    #[track_caller]
    pub(super) fn look(self, function: &'static str) -> bool {
        let edge = nearest_edge(function, self.value);
        if let Some(edge) = edge {
            self.decide_alone(function, edge);
        }
        edge.is_some()
    }

    /// The same for a function of two arguments.
    #[track_caller]
    pub(super) fn look_with(self, other: Self, function: &'static str) {
        let (x, y) = (self.value, other.value);
        match function {
            "max" | "min" | "abs_sub" => self.decide(other, function, x, y),
            "copysign" => {
                self.decide_alone(function, T::zero());
                // The sign of zero moves nothing.
                if x != T::zero() {
                    other.decide_alone(function, T::zero());
                }
            }
            "leaky_relu" if y != T::one() => self.decide_alone(function, T::zero()),
            // The angle jumps across the negative half of an axis.
            "atan2" if y < T::zero() => self.decide_alone(function, T::zero()),
            "atan2" | "hypot" => {
                let size = Float::max(Float::abs(x), Float::abs(y));
                self.decide(other, function, size, T::zero());
            }
            "%" | "rem_euclid" | "div_euclid" => match nearest_multiple(x, y) {
                // `%` goes towards zero, and does not jump there; and no divisor moves zero.
                Some(multiple) if multiple != T::zero() => {
                    self.decide(other, function, x, multiple)
                }
                Some(zero) if function != "%" => self.decide_alone(function, zero),
                _ => {}
            },
            _ => {}
        }
    }
}
