//! Methods that take functions.

use chainrule::{Differentiable, differentiate};

use crate::assert_close;

// methods
struct Rule {
    nodes: Vec<f64>,
}

#[differentiate]
impl Rule {
    #[differentiate]
    fn integrate(&self, f: impl Fn(f64) -> f64, a: f64, b: f64) -> f64 {
        let (m, h) = (0.5 * (a + b), 0.5 * (b - a));
        let mut s = 0.0;
        for n in &self.nodes {
            s += f(m + h * n);
        }
        s * h * 2.0 / self.nodes.len() as f64
    }
    #[differentiate]
    fn twice(&self, f: &dyn Fn(f64) -> f64, a: f64) -> f64 {
        self.integrate(f, 0.0, a)
            + self.integrate(|t| f(t) * 2.0, 0.0, 1.0)
            + Self::integrate(self, &f, 0.0, 1.0)
    }
    #[differentiate]
    fn free(f: impl Fn(f64) -> f64) -> f64 {
        f(1.0)
    }
}

struct Lone;

impl Lone {
    #[differentiate]
    fn at(&self, f: impl Fn(f64) -> f64, a: f64) -> f64 {
        f(a)
    }
}

#[derive(Clone, Copy, Debug, Differentiable)]
struct Spring {
    k: f64,
}

#[differentiate]
impl Spring {
    #[differentiate(wrt(self, f, x))]
    fn work(&self, f: impl Fn(f64) -> f64, x: f64) -> f64 {
        self.k * f(x)
    }
    #[differentiate(wrt(self, f, x))]
    fn more(&self, f: &impl Fn(f64) -> f64, x: f64) -> f64 {
        self.work(f, x) + self.work(|t| t * x, 2.0) + self.work(f64::sin, 1.0)
    }
    #[differentiate]
    fn new(k: f64) -> Self {
        Self { k }
    }
}

#[test]
fn methods_take_functions() {
    #[differentiate]
    fn f(x: f64, rule: &Rule, lone: &Lone, spring: Spring) -> f64 {
        rule.integrate(|t| t * x, 0.0, 1.0)
            + rule.integrate(|t| t, 0.0, x)
            + rule.twice(&|t| t * x, x)
            + Rule::free(|t| t.exp() * x)
            + lone.at(|t| t.sin() * x, 1.0)
            + lone.at(f64::sin, x)
            + spring.work(|t| t * x, 3.0)
            + Spring::new(x).work(|t| t * 2.0, 5.0)
            + Spring::new(x).more(&|t| t * t, x)
    }
    let rule = Rule {
        nodes: vec![-1.0 / 3.0_f64.sqrt(), 1.0 / 3.0_f64.sqrt()],
    };
    let spring = Spring { k: 7.0 };
    let x = 0.8_f64;
    assert_eq!(
        f(x, &rule, &Lone, spring).to_bits(),
        f::value_and_derivative(x, &rule, &Lone, spring).0.to_bits()
    );
    // x/2 + x²/2 + (x³/2 + x + x/2) + e x + sin1 x + sin x + 21 x + 10x + (x^3 + 2x^2 + x sin 1)
    let s1 = 1.0_f64.sin();
    assert_close(
        &[f::derivative(x, &rule, &Lone, spring)],
        &[0.5
            + x
            + 1.5 * x * x
            + 1.5
            + 1.0_f64.exp()
            + s1
            + x.cos()
            + 31.0
            + 3.0 * x * x
            + 4.0 * x
            + s1],
    );
}
