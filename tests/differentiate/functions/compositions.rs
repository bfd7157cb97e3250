//! Functions of functions in combinations that no formula is worth: against differences of fourth order.

use chainrule::{Differentiable, differentiate};

use super::tools::{apply, once};

#[differentiate]
fn each(mut f: impl FnMut(f64, &mut f64), x: f64) -> f64 {
    let mut o = 1.0;
    f(x, &mut o);
    f(2.0, &mut o);
    o
}
#[differentiate]
fn opt(f: Option<f64>, g: impl Fn(Option<f64>) -> f64) -> f64 {
    g(f) + g(None)
}
#[derive(Clone, Debug, Differentiable)]
struct State {
    a: f64,
    v: Vec<f64>,
}
#[differentiate(wrt(f, s))]
fn by_ref(f: &dyn Fn(&State) -> f64, s: &State) -> f64 {
    f(s) * s.a
}
#[differentiate(wrt(f, x))]
fn fill(f: &mut dyn FnMut(&mut [f64], f64), x: f64) -> f64 {
    let mut b = [0.0; 2];
    f(&mut b, x);
    let mut c = vec![1.0; 3];
    f(&mut c[1..], 2.0);
    b[0] + b[1] + c[1]
}

#[differentiate]
fn loops(x: f64) -> f64 {
    let mut total = 0.0;
    let mut hits = 0;
    for i in 0..3 {
        let k = i as f64;
        total += apply(
            |t| {
                let t = t + k;
                t * x
            },
            k,
        );
        each(
            |t, o| {
                *o += t * x;
                hits += 1;
                total += *o;
            },
            x,
        );
    }
    total * hits as f64
}
#[differentiate]
fn copies(x: f64) -> f64 {
    let f = |t: f64| t * x;
    let g = f;
    let h = g.clone();
    let pair = (g, h);
    let (p, _) = pair;
    apply(p, 2.0) + once(f, 3.0)
}
#[differentiate]
fn states(x: f64) -> f64 {
    let s = State {
        a: x,
        v: vec![1.0, x],
    };
    let plain = State {
        a: 2.0,
        v: vec![1.0, 3.0],
    };
    by_ref(&|s| s.a * s.v[1] * x, &s)
        + by_ref(&|s: &State| s.v.iter().sum::<f64>() * s.a, &plain)
        + by_ref(&|s| s.v.len() as f64 * x, &plain)
}
#[differentiate]
fn options(x: f64) -> f64 {
    opt(Some(x), |o| o.map_or(x, |v| v * v))
        + opt(None, |o| match o {
            Some(v) => v,
            None => 2.0 * x,
        })
        + fill(
            &mut |b, t| {
                b[0] = t * x;
                for v in b.iter_mut().skip(1) {
                    *v += t;
                }
            },
            x,
        )
}
#[differentiate]
fn nest(f: &dyn Fn(f64) -> f64, n: usize, x: f64) -> f64 {
    if n == 0 {
        f(x)
    } else {
        nest(&|t| f(t) * t, n - 1, x)
    }
}
#[differentiate]
fn wrapped(x: f64) -> f64 {
    nest(&|t| t + x, 3, x)
}
#[differentiate]
fn moved(x: f64) -> f64 {
    let mut k = 1.0;
    let v = once(
        move |t| {
            k *= x;
            k * t
        },
        2.0,
    );
    v + k
}
#[differentiate]
fn pairs(f: impl Fn(&(f64, usize), [f64; 2]) -> (f64, [f64; 2]), x: f64) -> f64 {
    let (a, [b, c]) = f(&(x, 3), [1.0, x]);
    a + b * c
}
#[differentiate]
fn patterns(x: f64) -> f64 {
    pairs(|&(a, n), [b, c]| (a * n as f64 * x, [b, c * x]), x)
        + pairs(|p, w| (p.0, w), 2.0)
        + pairs(|(a, _): &(f64, usize), w: [f64; 2]| (a * x, [w[0]; 2]), 2.0)
}

fn difference(f: impl Fn(f64) -> f64, x: f64) -> f64 {
    let h = 1e-4;
    (8.0 * (f(x + h) - f(x - h)) - (f(x + 2.0 * h) - f(x - 2.0 * h))) / (12.0 * h)
}

macro_rules! assert_difference {
    ($($name:ident)*) => {
        $(
            let (value, slope) = $name::value_and_derivative(1.3);
            assert_eq!(value.to_bits(), $name(1.3).to_bits(), stringify!($name));
            let expected = difference($name, 1.3);
            let error = (slope - expected).abs();
            assert!(error < 1e-8 * (1.0 + expected.abs()), "{}: {slope} is not {expected}", stringify!($name));
        )*
    };
}

#[test]
fn compositions_have_the_slopes_of_their_values() {
    assert_difference!(loops copies states options wrapped moved patterns);
}
