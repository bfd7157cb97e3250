//! In the `impl` of a trait each generated function is an error; the first tells what to do. Where functions go in there are
//! few.

trait Apply {
    fn apply(&self, f: impl Fn(f64) -> f64, x: f64) -> f64;
}

struct Scale;

impl Apply for Scale {
    #[chainrule::differentiate]
    fn apply(&self, f: impl Fn(f64) -> f64, x: f64) -> f64 {
        f(x) * x
    }
}

fn main() {
    assert_eq!(Scale.apply(|x| x, 2.0), 4.0);
}
