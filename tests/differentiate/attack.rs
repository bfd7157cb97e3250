use crate::assert_close;
use chainrule::{Differentiable, differentiate};
use num_traits::Float;

#[differentiate]
fn apply(f: impl Fn(f64) -> f64, x: f64) -> f64 {
    f(x)
}

// parameter named as the function
#[differentiate]
fn same(same: impl Fn(f64) -> f64, x: f64) -> f64 {
    same(x) * same(2.0)
}

#[differentiate]
fn helper(x: f64) -> f64 {
    x * x
}

#[test]
fn names() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        let helper = |t: f64| t * 3.0 * x;
        apply(helper, 2.0) + apply(&helper, x) + same(|same| same * x, 1.0)
    }
    // 6x + 3x^2 + x * 2x
    assert_close(&[f::derivative(1.5)], &[6.0 + 6.0 * 1.5 + 4.0 * 1.5]);
    #[differentiate]
    fn g(x: f64) -> f64 {
        let x2 = x;
        {
            let x = 2.0;
            apply(|t| t * x * x2, x) + apply(|x| x * x, x2)
        }
    }
    assert_close(&[g::derivative(1.5)], &[4.0 + 3.0]);
}

// generics
#[differentiate]
fn gen_apply<T: Float, F: Fn(T) -> T>(f: F, x: T) -> T {
    f(x) * x
}
#[differentiate]
fn gen_impl<T: Float>(f: impl Fn(T) -> T, x: T) -> T {
    f(x) + f(T::one())
}

#[test]
fn generic_floats() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        gen_apply(|t| t * x, 3.0) + gen_apply(f64::sin, x) + gen_impl(|t: f64| t.powi(2) * x, x)
    }
    let x = 0.7_f64;
    assert_eq!(f(x).to_bits(), f::value_and_derivative(x).0.to_bits());
    assert_close(
        &[f::derivative(x)],
        &[9.0 + x.sin() + x * x.cos() + 3.0 * x * x + 1.0],
    );
}

// wrt constants
#[differentiate(wrt(x))]
fn constant_function(f: impl Fn(f64) -> f64, x: f64) -> f64 {
    x * f(2.0)
}
#[differentiate]
fn count(f: impl Fn(usize) -> usize, x: f64) -> f64 {
    x * f(2) as f64
}

#[test]
fn constants() {
    assert_eq!(constant_function::derivative(|t| t * 3.0, 2.0), 6.0);
    assert_eq!(count::derivative(|k| k + 1, 2.0), 3.0);
    #[differentiate]
    fn f(x: f64) -> f64 {
        count(|k: usize| k + 1, x) + count(|k| k * 2, x)
    }
    assert_eq!(f::derivative(2.0), 7.0);
}

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
fn methods() {
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

#[test]
fn nested_functions_are_read_with_the_function() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        fn inner(g: impl Fn(f64) -> f64, a: f64) -> f64 {
            g(a) + g(1.0)
        }
        fn sq(t: f64) -> f64 {
            t * t
        }
        fn fill(g: &dyn Fn(f64) -> f64, out: &mut [f64]) {
            out[0] = g(2.0);
        }
        let mut out = [0.0; 2];
        fill(&|t| t * x, &mut out);
        inner(|t| t * x, 2.0) + inner(sq, x) + inner(|t| sq(t) * x, 2.0) + out[0]
    }
    // 3x + x² + 1 + 5x + 2x
    assert_close(&[f::derivative(1.5)], &[3.0 + 3.0 + 5.0 + 2.0]);
}

#[test]
fn methods_of_iterators_take_parameters() {
    #[differentiate]
    fn each(f: impl Fn(f64) -> f64, xs: &[f64], n: usize) -> f64 {
        let nodes = [0.25, 0.75];
        xs.iter().map(|x| f(*x)).sum::<f64>()
            + xs.iter().copied().map(&f).fold(0.0, |a, b| a + b)
            + nodes.iter().map(|t| f(*t)).sum::<f64>()
            + (0..n).map(|i| f(i as f64)).sum::<f64>()
            + Some(xs[0]).map(&f).unwrap()
    }
    #[differentiate]
    fn f(x: f64) -> f64 {
        each(|t| t * t * x, &[x, 1.0], 3)
    }
    let x = 1.5_f64;
    assert_eq!(f(x).to_bits(), f::value_and_derivative(x).0.to_bits());
    // 2 (x^3 + x) + x 0.625 + 5 x + x^3
    assert_close(&[f::derivative(x)], &[9.0 * x * x + 2.0 + 0.625 + 5.0]);
}

#[test]
fn stored_and_chosen() {
    #[differentiate]
    fn two(f: impl Fn(f64) -> f64, g: impl Fn(f64) -> f64, x: f64, up: bool) -> f64 {
        let h = &f;
        let mut sum = 0.0;
        let (p, q) = (&f, &g);
        sum += p(x) + q(x) + h(x);
        let composed = |t: f64| f(g(t));
        sum + composed(x)
            + apply(composed, 2.0)
            + apply(|t| g(f(t)), x)
            + if up { f(1.0) } else { g(1.0) }
    }
    #[differentiate]
    fn f(x: f64) -> f64 {
        two(|t| t * x, |t| t + x, 2.0, true)
    }
    // f = t x ; g = t + x: 2x + 2 + x + 2x + (2+x) x + (2 + x) x + 2x + x + x
    let x = 1.5_f64;
    assert_eq!(f(x).to_bits(), f::value_and_derivative(x).0.to_bits());
    assert_close(
        &[f::derivative(x)],
        &[2.0 + 1.0 + 2.0 + 2.0 * (2.0 + 2.0 * x) + 2.0 + 1.0 + 1.0],
    );
}

#[test]
fn single() {
    #[differentiate]
    fn ap(f: impl Fn(f32, &[f32; 2]) -> f32, x: f32) -> f32 {
        f(x, &[1.0, 2.0]) + f(0.5, &[x, x])
    }
    #[differentiate]
    fn f(x: f32) -> f32 {
        ap(|t, w| t * w[1] * x, 3.0) + ap(|t, w: &[f32; 2]| t * w[0], x)
    }
    // (6x + 1.5 x) + (x + 0.5 x)
    assert_eq!(f::value_and_derivative(2.0), (18.0, 9.0));
}

#[test]
fn higher() {
    #[differentiate]
    fn f(x: f64, y: f64) -> f64 {
        apply(|t| apply(|s| s * t * x, t) + apply(|s| s * y, 2.0), x * y)
    }
    // x (xy)^2 + 2y
    let (x, y) = (1.25_f64, 0.5_f64);
    assert_close(
        &f::gradient(x, y),
        &[3.0 * x * x * y * y, 2.0 * x.powi(3) * y + 2.0],
    );
}

#[test]
fn early_exit_and_conditions() {
    #[differentiate]
    fn f(x: f64, n: usize) -> Option<f64> {
        let a = apply(
            |t| {
                if t > x {
                    return t * x;
                }
                let mut s = 0.0;
                for i in 0..n {
                    if i == 2 {
                        continue;
                    }
                    s += t * x;
                }
                s
            },
            0.5,
        );
        let b = apply(
            |t| match t {
                t if t < 0.0 => -t,
                _ => t * 2.0,
            },
            x,
        );
        let c = apply(|t| if t < 1.0 { 1.0 } else { 0.0 }, x);
        let d = apply(
            |t: f64| t.max(0.1).min(x) as i32 as f64 + (t as usize) as f64 * x,
            5.0,
        );
        Some(a + b + c + d)
    }
    let x = 1.5;
    assert_eq!(f(x, 4), f::value_and_derivative(x, 4).map(|v| v.0));
    assert_eq!(f::derivative(x, 4), Some(1.5 + 2.0 + 5.0));
    assert_eq!(f::derivative(0.25, 4), Some(0.5 + 2.0 + 5.0));
}

#[test]
fn reborrowed() {
    #[differentiate]
    fn walk(f: &mut impl FnMut(f64) -> f64, n: usize, x: f64) -> f64 {
        if n == 0 {
            return f(x);
        }
        let a = f(x);
        a + walk(f, n - 1, a)
    }
    #[differentiate]
    fn dynamic(f: &mut dyn FnMut(f64) -> f64, n: usize, x: f64) -> f64 {
        if n == 0 {
            return f(x);
        }
        let a = f(x);
        a + dynamic(f, n - 1, a)
    }
    #[differentiate]
    fn owned(mut f: impl FnMut(f64) -> f64, x: f64) -> f64 {
        walk(&mut f, 1, x) + dynamic(&mut f, 1, x) + f(x)
    }
    #[differentiate]
    fn f(x: f64) -> f64 {
        let mut k = 0.0;
        let s = owned(
            |t| {
                k += 1.0;
                t * k * x
            },
            1.0,
        );
        s * k
    }
    // k=1: x, walk: f(x) with k=2: 2x²; sum x + 2x²; dynamic: 3x, f(3x): 4*3x*x=12x²; f: 5x
    let x = 1.5_f64;
    assert_eq!(f(x).to_bits(), f::value_and_derivative(x).0.to_bits());
    assert_close(
        &[f(x), f::derivative(x)],
        &[5.0 * (9.0 * x + 14.0 * x * x), 5.0 * (9.0 + 28.0 * x)],
    );
}

#[test]
fn integers() {
    #[differentiate]
    fn sum(f: impl Fn(usize, i32) -> f64, n: usize) -> f64 {
        (0..n).map(|i| f(i, i as i32)).sum()
    }
    #[differentiate]
    fn f(x: f64, xs: &[f64], n: usize) -> f64 {
        let m = n - 1;
        sum(
            |i, k| {
                xs[n - 1 - i] * x.powi(k)
                    + xs[m - i] * (2 * i) as f64
                    + i as f64 * x
                    + if i == 1 { x } else { 0.0 }
            },
            n,
        )
    }
    let (x, xs) = (1.5_f64, [1.0, 2.0, 3.0]);
    assert_eq!(
        f(x, &xs, 3).to_bits(),
        f::value_and_gradient(x, &xs, 3).0.to_bits()
    );
    let (_, (g, v)) = f::value_and_gradient(x, &xs, 3);
    assert_close(&[g], &[2.0 + 2.0 * x + 3.0 + 1.0]);
    assert_close(&v, &[x * x + 4.0, x + 2.0, 1.0]);
}

#[test]
fn predicates_and_results() {
    #[differentiate]
    fn bisect(f: impl Fn(f64) -> bool, a: f64, b: f64) -> f64 {
        let (mut a, mut b) = (a, b);
        for _ in 0..3 {
            let m = 0.5 * (a + b);
            if f(m) {
                b = m;
            } else {
                a = m;
            }
        }
        a
    }
    #[differentiate]
    fn try_sum(f: impl Fn(f64) -> Result<f64, String>, x: f64) -> Result<f64, String> {
        let a = f(x)?;
        Ok(a + f(1.0)?)
    }
    #[differentiate]
    fn pair(f: impl Fn(f64) -> (f64, f64), x: f64) -> f64 {
        let (a, b) = f(x);
        a * b
    }
    #[differentiate]
    fn f(x: f64) -> Result<f64, String> {
        let r = try_sum(
            |t| {
                if t > 0.0 {
                    Ok(t * x)
                } else {
                    Err(format!("{t}"))
                }
            },
            x,
        )?;
        Ok(r + bisect(|t| t > x, 0.0, 4.0 * x)
            + bisect(|t| t > x, 0.0, 1.0)
            + pair(|t| (t, x), 2.0)
            + pair(
                |t| {
                    let u = t * x;
                    (1.0, u)
                },
                3.0,
            ))
    }
    let x = 1.3_f64;
    assert_eq!(f(x), f::value_and_derivative(x).map(|v| v.0));
    // x² + x ; bisect in units of x: 1/8.. a = 4x * k/8 ; 2x; 3x
    let a = {
        let (mut a, mut b) = (0.0, 4.0);
        for _ in 0..3 {
            let m = 0.5 * (a + b);
            if m > 1.0 { b = m } else { a = m }
        }
        a
    };
    assert_close(&[f::derivative(x).unwrap()], &[2.0 * x + 1.0 + a + 5.0]);
    assert!(f(-1.0).is_err() && f::derivative(-1.0).is_err());
}

#[test]
fn foreign() {
    #[differentiate(first(slope))]
    fn given(x: f64, f: impl Fn(f64) -> f64) -> f64 {
        f(2.0) * x
    }
    fn slope(_: f64, f: impl Fn(f64) -> f64) -> f64 {
        f(2.0)
    }
    assert_eq!(given::derivative(3.0, |t| t * 2.0), 4.0);
}

#[test]
fn chosen_names() {
    #[differentiate]
    fn f(x: f64, up: bool) -> f64 {
        apply(if up { f64::sin } else { f64::cos }, x)
    }
    assert_close(
        &[f::derivative(1.0, true), f::derivative(1.0, false)],
        &[1.0_f64.cos(), -1.0_f64.sin()],
    );
}

#[test]
fn typed() {
    #[differentiate]
    fn f(x: f64, up: bool) -> f64 {
        let twice: &dyn Fn(f64) -> f64 = &|t| t * 2.0;
        let line: &dyn Fn(f64) -> f64 = &|t| t * x;
        let (a, b) = (|t: f64| t + x, |t| t * 3.0);
        let chosen: &dyn Fn(f64) -> f64 = if up { &a } else { &b };
        let pointer: fn(f64) -> f64 = |t| t * t;
        twice(2.0) * line(3.0)
            + apply(twice, x)
            + apply(&line, 2.0)
            + apply(&a as &dyn Fn(f64) -> f64, 1.0)
            + chosen(x)
            + apply(chosen, 1.0)
            + apply(pointer, x)
            + pointer(3.0)
    }
    // 12x + 2x + 2x + 1 + x + (2x | 3x) + (1 + x | 3) + x²
    let x = 1.5;
    for up in [true, false] {
        assert_eq!(f(x, up), f::value_and_derivative(x, up).0);
    }
    assert_close(
        &[f::derivative(x, true), f::derivative(x, false)],
        &[17.0 + 3.0 + 3.0, 17.0 + 3.0 + 3.0],
    );
}

mod integral {
    use chainrule::differentiate;
    #[differentiate(name = integral_ad)]
    pub fn integral(f: impl Fn(f64) -> f64, a: f64) -> f64 {
        f(a) * a
    }
    pub mod integral {}
    #[differentiate(name = cube_ad)]
    pub fn cube(x: f64) -> f64 {
        x * x * x
    }
}

struct Scaled<T, const N: usize> {
    scale: [f64; N],
    tag: T,
}
#[differentiate]
impl<T: Copy, const N: usize> Scaled<T, N> {
    #[differentiate]
    fn sum<F>(&self, f: F, x: f64) -> f64
    where
        F: Fn(f64, T) -> f64,
    {
        self.scale.iter().map(|s| f(*s * x, self.tag)).sum()
    }
}

#[differentiate]
fn dot<const N: usize, K: Copy>(f: impl Fn([f64; N], K) -> [f64; N], x: [f64; N], k: K) -> f64 {
    f(x, k).iter().zip(&x).map(|(a, b)| a * b).sum()
}

#[test]
fn renamed_and_generic() {
    #[differentiate(calls(integral = integral_ad, cube = cube_ad))]
    fn f(x: f64) -> f64 {
        integral::integral(|t| t * x, x) + integral::integral(integral::cube, x)
    }
    let x = 1.25_f64;
    assert_close(&[f::derivative(x)], &[3.0 * x * x + 4.0 * x * x * x]);
    #[differentiate]
    fn g(x: f64, s: &Scaled<i32, 2>) -> f64 {
        s.sum(|t, k| t.powi(k) * x, x)
            + s.sum(|t, k: i32| t * k as f64, 3.0)
            + dot(|[a, b], k| [a * b, x * k as f64], [x, 2.0], 3_u8)
    }
    let s = Scaled {
        scale: [1.0, 2.0],
        tag: 2,
    };
    // 5x³ + const + 2x² + 6x
    assert_close(&[g::derivative(x, &s)], &[15.0 * x * x + 4.0 * x + 6.0]);
    assert_eq!(g(x, &s), g::value_and_derivative(x, &s).0);
}
