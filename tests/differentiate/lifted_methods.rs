//! Methods that are differentiated by `self`, against closed formulas.

use chainrule::{Differentiable, differentiate};

use crate::assert_close;

#[derive(Clone, Copy, Debug, PartialEq, Differentiable)]
struct Spring {
    stiffness: f64,
    rest: f64,
}

#[differentiate]
impl Spring {
    const HALF: f64 = 0.5;

    /// `k (x - rest)² / 2`
    #[differentiate(wrt(self, x))]
    fn energy(&self, x: f64) -> f64 {
        Self::HALF * self.stiffness * Self::square(self.stretch(x))
    }

    #[differentiate(wrt(self, x))]
    fn stretch(&self, x: f64) -> f64 {
        x - self.rest
    }

    #[differentiate]
    fn square(x: f64) -> f64 {
        x * x
    }

    #[differentiate(wrt(self))]
    fn size(self) -> f64 {
        self.stiffness * self.clone().rest
    }

    #[differentiate(wrt(self))]
    fn twice_size(&self, n: u32) -> f64 {
        f64::from(n) * self.size() * Self { rest: 2.0, ..*self }.size()
    }

    #[differentiate(wrt(self))]
    fn softened(&self, factor: f64) -> Self {
        Self {
            stiffness: self.stiffness * factor,
            rest: self.rest,
        }
    }

    /// A constant `self` reaches the lifted methods too.
    #[differentiate]
    fn at(&self, x: f64) -> f64 {
        self.energy(x) + Self::stretch(self, x)
    }
}

#[test]
fn self_is_an_input_where_it_is_named() {
    let spring = Spring {
        stiffness: 3.0,
        rest: 1.0,
    };
    assert_eq!(spring.energy(3.0), 6.0);
    let slope = Spring {
        stiffness: 2.0,
        rest: -6.0,
    };
    assert_eq!(spring.energy_gradient(3.0), (slope, 6.0));
    assert_eq!(spring.energy_value_and_gradient(3.0), (6.0, (slope, 6.0)));
    assert_eq!(
        spring.energy_hessian(3.0),
        [[0.0, -2.0, 2.0], [-2.0, 3.0, -3.0], [2.0, -3.0, 3.0]]
    );
    let direction = Spring {
        stiffness: 1.0,
        rest: 0.0,
    };
    assert_eq!(
        Spring::energy_jvp((spring, 3.0), (direction, 1.0)),
        (6.0, 8.0)
    );
    assert_eq!(spring.at_value_and_derivative(3.0), (8.0, 7.0));
}

#[test]
fn lifted_methods_call_each_other() {
    let spring = Spring {
        stiffness: 3.0,
        rest: 5.0,
    };
    let size = Spring {
        stiffness: 5.0,
        rest: 3.0,
    };
    assert_eq!(spring.size_gradient(), size);
    // n (k rest) (2 k)
    let twice = spring.twice_size_gradient(2);
    assert_close(&[twice.stiffness, twice.rest], &[8.0 * 3.0 * 5.0, 36.0]);
    assert_eq!(spring.softened_jacobian(0.5), [[0.5, 0.0], [0.0, 1.0]]);
}

#[derive(Clone, Debug, PartialEq, Differentiable)]
pub(crate) struct Layer<'a, const N: usize> {
    weights: [f64; N],
    label: &'a str,
}

#[differentiate]
impl<'a, const N: usize> Layer<'a, N> {
    const SCALE: f64 = 2.0;

    #[differentiate(wrt(self, x))]
    pub(crate) fn output(&self, x: [f64; N]) -> f64 {
        let mut sum = 0.0;
        for i in 0..N {
            sum += self.weights[i] * x[i];
        }
        Layer::<1>::SCALE * sum
    }
}

#[test]
fn lifetimes_and_constants_of_the_struct_are_passed_along() {
    let layer = Layer {
        weights: [1.0, 2.0],
        label: "first",
    };
    let (slopes, inputs) = layer.output_gradient([3.0, 4.0]);
    assert_eq!((slopes.weights, slopes.label), ([6.0, 8.0], "first"));
    assert_eq!(inputs, [2.0, 4.0]);
}

/// Methods of a struct that is a parameter.
#[differentiate(wrt(spring, x))]
fn stored(spring: &Spring, x: f64) -> f64 {
    spring.energy(x) + spring.size() + spring.softened(2.0).size()
}

#[test]
fn free_functions_call_lifted_methods() {
    let spring = Spring {
        stiffness: 3.0,
        rest: 1.0,
    };
    let slope = Spring {
        stiffness: 2.0 + 3.0,
        rest: -6.0 + 9.0,
    };
    assert_eq!(stored(&spring, 3.0), 15.0);
    assert_eq!(stored::gradient(&spring, 3.0), (slope, 6.0));
}
