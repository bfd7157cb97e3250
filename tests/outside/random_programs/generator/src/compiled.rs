//! The compiled side: what generated modules are made of.

use chainrule::{Dual, Jet};

/// What one way of differentiating gave, flat and row by row.
pub struct Derivatives {
    pub way: &'static str,
    pub value: Option<Vec<f64>>,
    pub gradient: Option<Vec<f64>>,
    pub hessian: Option<Vec<f64>>,
}

type Parts = (Option<Vec<f64>>, Option<Vec<f64>>, Option<Vec<f64>>);

impl Derivatives {
    pub fn new(way: &'static str, (value, gradient, hessian): Parts) -> Self {
        Self {
            way,
            value,
            gradient,
            hessian,
        }
    }
}

/// Values, and rows of slopes one after another, from those in the direction of each input.
pub fn directions(
    count: usize,
    along: impl Fn(&[f64]) -> (Vec<f64>, Vec<f64>),
) -> (Vec<f64>, Vec<f64>) {
    let columns: Vec<_> = (0..count)
        .map(|input| {
            let mut direction = vec![0.0; count];
            direction[input] = 1.0;
            along(&direction)
        })
        .collect();
    let values = columns[0].0.clone();
    let rows = (0..values.len()).flat_map(|row| columns.iter().map(move |column| column.1[row]));
    (values, rows.collect())
}

/// A compiled program.
#[derive(Clone, Copy)]
pub struct Case {
    pub seed: u64,
    /// How the program was made smaller.
    pub edits: &'static [usize],
    pub plain: fn(&[f64], &[i64]) -> Vec<f64>,
    pub ways: fn(&[f64], &[i64]) -> Vec<Derivatives>,
    /// The name of its compiled sweeps, or of what stands in for them.
    pub sweeps: fn() -> &'static str,
}

impl Case {
    pub fn is_compiled(&self) -> bool {
        !(self.sweeps)().contains("NotCompiled")
    }
}

/// Stands in for the sweeps of a function that has none: what a type has itself comes first.
pub trait NotCompiled {
    fn adjoint<S>() {}
    fn adjoint_rows<S>() {}
}
impl<T> NotCompiled for T {}

/// The name of a function.
pub fn name_of<F>(_: F) -> &'static str {
    std::any::type_name::<F>()
}

pub fn array<const N: usize>(x: &[f64]) -> [f64; N] {
    x.try_into().expect("as many inputs as the program takes")
}

/// The floats or numbers in a result of any shape, in their order.
pub trait Numbers<T> {
    fn numbers(&self, f: &mut dyn FnMut(T));
}

pub fn flat(shape: &impl Numbers<f64>) -> Vec<f64> {
    let mut floats = Vec::new();
    shape.numbers(&mut |x| floats.push(x));
    floats
}

impl Numbers<f64> for f64 {
    fn numbers(&self, f: &mut dyn FnMut(f64)) {
        f(*self);
    }
}

impl<const N: usize> Numbers<Dual<f64, N>> for Dual<f64, N> {
    fn numbers(&self, f: &mut dyn FnMut(Self)) {
        f(*self);
    }
}

impl<const N: usize> Numbers<Jet<f64, N>> for Jet<f64, N> {
    fn numbers(&self, f: &mut dyn FnMut(Self)) {
        f(*self);
    }
}

impl<T, E: Numbers<T>, const N: usize> Numbers<T> for [E; N] {
    fn numbers(&self, f: &mut dyn FnMut(T)) {
        self.iter().for_each(|element| element.numbers(f));
    }
}

impl<T, E: Numbers<T>> Numbers<T> for Vec<E> {
    fn numbers(&self, f: &mut dyn FnMut(T)) {
        self.iter().for_each(|element| element.numbers(f));
    }
}

macro_rules! impl_for_tuples {
    ($(($($name:ident $index:tt),*);)*) => {
        $(impl<T, $($name: Numbers<T>),*> Numbers<T> for ($($name,)*) {
            fn numbers(&self, f: &mut dyn FnMut(T)) {
                $(self.$index.numbers(f);)*
            }
        })*
    };
}

impl_for_tuples! {
    (A 0, B 1);
    (A 0, B 1, C 2);
    (A 0, B 1, C 2, D 3);
    (A 0, B 1, C 2, D 3, E 4);
    (A 0, B 1, C 2, D 3, E 4, F 5);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
}
