//! Methods and associated functions, against closed formulas.

use chainrule::differentiate;

use crate::assert_close;

struct Spring {
    stiffness: f64,
    rest: f64,
}

#[differentiate]
impl Spring {
    const HALF: f64 = 0.5;

    fn new(stiffness: f64, rest: f64) -> Self {
        Self { stiffness, rest }
    }

    #[differentiate]
    fn stretch(&self, x: f64) -> f64 {
        x - self.rest
    }

    /// `k (x - rest)² / 2`
    #[differentiate]
    fn energy(&self, x: f64) -> f64 {
        Self::HALF * self.stiffness * Self::square(self.stretch(x))
    }

    #[differentiate]
    fn square(x: f64) -> f64 {
        x * x
    }

    /// Energy of two springs in a row, the second of another kind.
    #[chainrule::differentiate]
    fn chain(&self, other: &Spring, x: f64, y: f64) -> f64 {
        self.energy(x) + other.energy(y - x) + Spring::square(x * y) + Self::energy(self, y)
    }

    #[differentiate(wrt(x))]
    fn scaled(&self, factor: f64, x: f64) -> f64 {
        factor * self.energy(x)
    }

    #[differentiate]
    fn sum(&self, xs: &[f64]) -> f64 {
        let mut sum = 0.0;
        for x in xs {
            sum += self.energy(*x);
        }
        sum
    }
}

#[test]
fn a_block_gives_its_functions_siblings() {
    let spring = Spring::new(3.0, 1.0);
    assert_eq!(spring.energy(3.0), 6.0);
    assert_eq!(spring.energy_gradient(3.0), 6.0);
    assert_eq!(spring.energy_derivative(3.0), 6.0);
    assert_eq!(spring.energy_value_and_gradient(3.0), (6.0, 6.0));
    assert_eq!(spring.energy_value_and_derivatives(3.0), (6.0, 6.0, 3.0));
    assert_eq!(spring.energy_hessian(3.0), 3.0);
    assert_eq!(spring.energy_jvp(3.0, 2.0), (6.0, 12.0));
    assert_eq!(spring.energy_hvp(3.0, 2.0), 6.0);
    assert_eq!(
        spring.energy_lift(chainrule::Dual::variable(3.0)).eps,
        [6.0]
    );
    assert_eq!(Spring::square_gradient(3.0), 6.0);
    assert_eq!(Spring::energy_gradient(&spring, 3.0), 6.0);
    assert_eq!(spring.scaled_gradient(2.0, 3.0), 12.0);
    assert_eq!(spring.scaled_jvp(3.0, 1.0, 2.0), (12.0, 12.0));
}

#[test]
fn methods_call_each_other_and_other_receivers() {
    let (spring, other) = (Spring::new(3.0, 1.0), Spring::new(2.0, 0.5));
    let (x, y) = (3.0, 4.0);
    let value = 6.0 + (y - x - 0.5) * (y - x - 0.5) + x * y * x * y + 13.5;
    assert_eq!(spring.chain(&other, x, y), value);
    let inner = 2.0 * (y - x - 0.5);
    let (dx, dy) = (6.0 - inner + 2.0 * x * y * y, inner + 2.0 * x * x * y + 9.0);
    assert_close(&spring.chain_gradient(&other, x, y), &[dx, dy]);
    let mixed = -2.0 + 4.0 * x * y;
    let [row, column] = spring.chain_hessian(&other, x, y);
    assert_close(&row, &[3.0 + 2.0 + 2.0 * y * y, mixed]);
    assert_close(&column, &[mixed, 2.0 + 2.0 * x * x + 3.0]);
    assert_eq!(
        spring.chain_jvp([x, y], [1.0, 0.0], &other),
        (value, spring.chain_gradient(&other, x, y)[0])
    );
}

#[test]
fn slices_work_in_methods() {
    let spring = Spring::new(3.0, 1.0);
    assert_eq!(spring.sum_gradient(&[3.0, 1.0, 0.0]), vec![6.0, 0.0, -3.0]);
    let mut gradient = [0.0; 2];
    assert_eq!(spring.sum_gradient_into(&[3.0, 0.0], &mut gradient), 7.5);
    assert_eq!(gradient, [6.0, -3.0]);
}

/// Annotated by itself, in a block that is not.
struct Damper(f32);

impl Damper {
    #[differentiate]
    fn force(&self, v: f32) -> f32 {
        self.0 * v * v.abs()
    }

    #[differentiate(name = lost)]
    pub(crate) fn power(self, v: f32, n: u32) -> f32
    where
        Self: Copy,
    {
        if n == 0 {
            v * self.force(v)
        } else {
            0.5 * self.power(v, n - 1)
        }
    }

    #[differentiate]
    fn of_unit(v: f32) -> f32 {
        Self(1.0).force(v) + Self::BASE
    }
    const BASE: f32 = 2.0;
}

impl Clone for Damper {
    fn clone(&self) -> Self {
        *self
    }
}
impl Copy for Damper {}

#[test]
fn a_lone_method_gets_its_siblings_beside_it() {
    let damper = Damper(3.0);
    assert_eq!(damper.force_gradient(-2.0), 12.0);
    assert_eq!(damper.lost_value_and_derivative(2.0, 1), (12.0, 18.0));
    assert_eq!(damper.lost_hvp(2.0, 1.0, 0), 36.0);
    assert_eq!(Damper::of_unit_value_and_derivative(2.0), (6.0, 4.0));
}

/// `Σ wᵢ xᵢ + bias tanh(scale x₀)`
struct Net<'a, const N: usize, A>
where
    A: Activation,
{
    weights: [f64; N],
    bias: &'a f64,
    activation: A,
}

trait Activation {
    fn scale(&self) -> f64;
}
struct Gentle;
impl Activation for Gentle {
    fn scale(&self) -> f64 {
        0.5
    }
}

#[differentiate]
impl<'a, const N: usize, A> Net<'a, N, A>
where
    A: Activation,
{
    #[differentiate]
    fn output(&self, x: [f64; N]) -> f64 {
        let mut sum = 0.0;
        for i in 0..N {
            sum += self.weights[i] * x[i];
        }
        sum + *self.bias * self.squashed(x[0])
    }

    #[differentiate]
    fn squashed(&self, x: f64) -> f64 {
        (self.activation.scale() * x).tanh()
    }
}

#[test]
fn generics_of_the_block_are_passed_along() {
    let net = Net {
        weights: [1.0, 2.0],
        bias: &4.0,
        activation: Gentle,
    };
    let tanh = 0.5_f64.tanh();
    let (slope, curvature) = (2.0 * (1.0 - tanh * tanh), -2.0 * tanh * (1.0 - tanh * tanh));
    assert_eq!(net.output([1.0, 3.0]), 7.0 + 4.0 * tanh);
    assert_close(&net.output_gradient([1.0, 3.0]), &[1.0 + slope, 2.0]);
    let hessian = net.output_hessian([1.0, 3.0]);
    assert_close(&hessian[0], &[curvature, 0.0]);
    assert_close(&hessian[1], &[0.0, 0.0]);
    assert_close(&[net.squashed_derivative(1.0)], &[slope / 4.0]);
}

/// A free function reaches methods of what it is given, by value, by reference, by field and by index.
#[differentiate]
fn total(x: f64, springs: &[Spring], pair: &(Spring, Damper64)) -> f64 {
    let mut total = pair.0.energy(x) + pair.1.force(x);
    for (i, spring) in springs.iter().enumerate() {
        total += spring.energy(x) + springs[i].stretch(x);
    }
    total
}

struct Damper64;
#[differentiate]
impl Damper64 {
    #[differentiate]
    fn force(&self, v: f64) -> f64 {
        2.0 * v
    }
}

#[test]
fn free_functions_call_methods() {
    let springs = [Spring::new(3.0, 1.0), Spring::new(1.0, 0.0)];
    let pair = (Spring::new(1.0, 1.0), Damper64);
    // x - 1 + 2 + 3 (x - 1) + 1 + x + 1
    assert_eq!(
        total::derivative(2.0, &springs, &pair),
        1.0 + 2.0 + 3.0 + 1.0 + 2.0 + 1.0
    );
}
