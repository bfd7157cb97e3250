//! The attribute `#[differentiate]` of the crate `chainrule`, which documents it and re-exports it.
//!
//! One phase, one file: `parse` (the function and its inputs), `lower` (the body as a tree with names resolved),
//! `check` (which values depend on an input, and that everything touching them is known), `emit` (the body over a
//! number type), `adjoint` (the gradient as plain code), `expand` (the type beside the function). The macro knows syntax, names and arities, not calculus.

mod adjoint;
mod block;
mod callee;
mod check;
mod diagnostics;
mod differentiable;
mod emit;
mod expand;
mod function;
mod given;
mod kind;
mod layout;
mod lifted;
mod lower;
mod names;
mod options;
mod parse;
mod placement;
#[cfg(test)]
mod tests;
mod tree;
mod vocabulary;

use options::Mode;
use proc_macro::TokenStream;
use quote::quote;

/// Generates the derivatives of a function, from its body.
///
/// The function itself stays as it is. Beside it stands a type of the same name (functions and types have separate
/// namespaces, so one `use` brings both) with the derivatives as associated functions.
///
/// ```
/// use chainrule::differentiate;
///
/// #[differentiate]
/// fn rosenbrock(x: f64, y: f64) -> f64 {
///     (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2)
/// }
///
/// assert_eq!(rosenbrock(1.0, 2.0), 100.0);
/// assert_eq!(rosenbrock::gradient(1.0, 2.0), [-400.0, 200.0]);
/// assert_eq!(rosenbrock::hessian(1.0, 2.0), [[402.0, -400.0], [-400.0, 200.0]]);
/// ```
///
/// # What it emits
///
/// | function | arguments | result |
/// | --- | --- | --- |
/// | `gradient` | as the function | the shape of the inputs: one float `f64`, several floats `[f64; n]`, an array that array, a slice `Vec<f64>`, a struct that struct, a mixture a tuple |
/// | `value_and_gradient` | as the function | `(f64, gradient)` |
/// | `hessian` | as the function | one float `f64`, fixed sizes `[[f64; n]; n]`, with slices and `Vec`s `Vec<Vec<f64>>`; over the inputs in their order |
/// | `value_gradient_hessian` | as the function | `(f64, gradient, hessian)` |
/// | `jvp` | point and direction in the gradient's shape (slices and `Vec`s as `&[f64]`), then the constants | `(value, derivative in the direction)` |
/// | `hvp` | the same | Hessian times direction, in the gradient's shape |
/// | `lift` | as the function, with numbers for its inputs | the same body over any `Scalar` |
///
/// With one float input also `derivative`, `value_and_derivative`, `second_derivative` and `value_and_derivatives`
/// (f, f', f''). With slices also `gradient_into(.., &mut gradient)`, `hessian_into(.., &mut gradient, &mut hessian)`,
/// `jvp_into(.., &direction, &mut slope)` and `hvp_into(.., &direction, &mut product)`, flat over the inputs in their
/// order, and each of these with `_with` and a `&mut Workspace` as last argument.
///
/// If the function gives several floats, as a tuple, an array, a `Vec`, a struct or through `&mut`:
///
/// | function | arguments | result |
/// | --- | --- | --- |
/// | `jacobian` | as the function | fixed sizes `[[f64; inputs]; outputs]`, else `Vec<Vec<f64>>`: a row for each output |
/// | `value_and_jacobian` | as the function | `(outputs, jacobian)` |
/// | `jvp` | point and direction, then the constants and the out-parameters | `(outputs, their derivatives)` |
/// | `derivative`, `value_and_derivative` | as the function, which has one float input | their derivatives, `(outputs, their derivatives)` |
/// | `jacobian_into` | as the function, then `&mut jacobian`, flat | nothing |
/// | `jvp_into` | as the function without its out-parameter, then `&direction` and `&mut slopes`, flat | nothing |
///
/// The outputs are the result, if there is one, and what the out-parameters hold, as values: alone or in a tuple. The
/// out-parameters get them too, as from the function itself. The `_into` forms, and their twins with `_with` and a
/// `&mut Workspace`, are there for functions of slices that write to one slice and return nothing.
///
/// A function that returns an `Option` or a `Result` has all of these in an `Option` or a `Result`.
///
/// For solvers there are forms of a flat point, where floats and arrays of fixed sizes are the inputs, or one slice: all inputs in their
/// order, then places to write to, then the constants. Wrong lengths panic, with both numbers.
///
/// | function | arguments | result |
/// | --- | --- | --- |
/// | `objective` | `&point`, `Option<&mut gradient>`, constants | the value; the gradient where there is a place for it |
/// | `objective_with_hessian` | `&point`, `&mut gradient`, `&mut hessian` row by row, constants | the value |
/// | `residuals` | `&point`, `&mut outputs`, `Option<&mut jacobian>` row by row, constants | nothing; where the outputs are an array, a `Vec` or written to one slice |
///
/// ```
/// use chainrule::differentiate;
///
/// #[differentiate]
/// fn polar(r: f64, a: f64) -> [f64; 2] {
///     [r * a.cos(), r * a.sin()]
/// }
///
/// #[differentiate]
/// fn ratio(x: f64, y: f64) -> Option<f64> {
///     (y != 0.0).then(|| x / y)
/// }
///
/// assert_eq!(polar::jacobian(2.0, 0.0), [[1.0, 0.0], [0.0, 2.0]]);
/// assert_eq!(ratio::gradient(1.0, 2.0), Some([0.5, -0.25]));
/// assert_eq!(ratio::gradient(1.0, 0.0), None);
/// ```
///
/// # Inputs and outputs
///
/// Parameters are inputs if they are `f64`, arrays, tuples, `Vec`s or `Option`s of it, nested as one likes, or references to
/// these and to slices, or the same with `f32`; all others are constants. A parameter of another type, such as a struct
/// with `#[derive(Differentiable)]` or an alias, is an input where `wrt(..)` names it. By-value constants must be `Clone`
/// where the body is run several times.
///
/// `wrt(..)` also takes fields of a struct parameter, of `self` and of tuples, also deeper ones. Each is an input of its
/// own, those of one parameter in the order in which they are named; the other floats of the parameter are constants. A
/// gradient has a part for each input, several of them in a tuple: a float for a float, arrays for arrays and arrays of
/// arrays, a `Vec` for a `Vec`; a field of any other type, such as a struct, gives its floats in one array. With one
/// field that is a float there are `derivative` and its kin. As the point of `jvp` and `hvp` only has the fields, the
/// parameter stands among the constants; of those fields in it only the lengths matter. Callers that are annotated
/// themselves see the function of all floats in the parameter. Types with parameters of their own go in whole.
///
/// ```
/// use chainrule::{Differentiable, differentiate};
///
/// #[derive(Differentiable)]
/// struct Spring {
///     stiffness: f64,
///     ends: [f64; 2],
///     length: f64,
/// }
///
/// #[differentiate(wrt(spring.ends, spring.stiffness))]
/// fn energy(spring: &Spring) -> f64 {
///     0.5 * spring.stiffness * (spring.ends[1] - spring.ends[0] - spring.length).powi(2)
/// }
///
/// let spring = Spring { stiffness: 3.0, ends: [0.0, 3.0], length: 1.0 };
/// assert_eq!(energy::gradient(&spring), ([-6.0, 6.0], 2.0));
/// assert_eq!(energy::jvp(([0.0, 2.0], 5.0), ([0.0, 1.0], 0.0), &spring), (2.5, 5.0));
/// ```
///
/// `&mut f64`, `&mut [f64; N]` and `&mut [f64]` are outputs, and inputs as well where `wrt(..)` names them. One that is
/// read before it is written must be named there.
///
/// A function that is generic over its float, by a bound such as `T: Float`, is taken as it is: `lift` is the function
/// itself at another type. Other type parameters and const parameters are passed along. Where a number of inputs depends
/// on a const parameter other than by itself, as for two arrays `[f64; N]`, Hessian and Jacobian are `Vec<Vec<f64>>`.
///
/// # Keys
///
/// * `wrt(x, state.y)`: these parameters and fields alone are inputs.
/// * `name = other`: the name of the type, where the function's own name is taken by a module or a type, or where the attribute stands
///   twice: `#[differentiate(wrt(state))]` and `#[differentiate(name = by_rates, wrt(rates))]` give the derivatives by either.
/// * `first(dx, dy)`, `second(dxx, dxy, dyy)`: the derivatives, which are then not taken from the body; see below.
/// * `constant(lookup, table::index)`: calls of these functions are constants; see below.
/// * `calls(gamma = gamma_ad)`: the function `gamma` that the body calls has its derivatives under `gamma_ad`.
/// * `mode = adjoint`, `mode = forward`: gradient or Jacobian by a reverse sweep or by tangents, and an error on the token
///   that keeps them from being compiled; `mode = dual`: by dual numbers, whatever could be compiled. See below.
/// * `crate = path`: where the crate is found, if not at `::chainrule`.
///
/// # How gradients are computed
///
/// The gradient of one float by several floats, arrays and slices is compiled where the body allows it: into the function
/// itself followed by a reverse sweep, in which each value hands its derivative on to what it was made of, or into one
/// pass where a loop only adds to what is outside of it. It costs a small multiple of the function, however many inputs
/// there are.
///
/// A Hessian is compiled into a reverse sweep of second order, which knows, for each two values, whether the rest of the
/// function has a second derivative by them: those that are zero by structure are not there, and the others are there once.
/// So the Hessian of a sum over neighbours costs as many steps as the sum has terms. That is for code that is passed once, with
/// branches, and for loops that only add to what is outside of them, where the sum goes into no more than other sums; the
/// second derivative by one float goes the same way. Other loops, arrays of the body's own that positions go through, and
/// sweeps of more than 2000 sums and products (the compiler takes about 0.04 ms for each) are left to the compiled gradient
/// over dual numbers, and so is `hvp`. The documentation of `hessian` says which way it goes.
///
/// Or it is compiled forward: beside each value there are its derivatives by the inputs that it depends on, and by no
/// others. So go `jvp`, with one tangent, derivatives by one float, Jacobians with more outputs than inputs, and gradients
/// for which the reverse sweep would have to keep what loops leave: by up to four inputs if no constant says how many
/// rounds there are, by up to two if one does. The inputs must be floats, or arrays whose elements the body names by
/// numbers; `jvp` takes slices as well.
///
/// The documentation of `gradient` says which way that goes. `mode = adjoint` and `mode = forward` choose one, and say on the
/// token what stands in the way. All others go by dual numbers through `lift`.
///
/// ```
/// use chainrule::differentiate;
///
/// #[differentiate(mode = forward)]
/// fn orbit(x: f64, rate: f64) -> f64 {
///     let mut x = x;
///     for _ in 0..3 {
///         x = rate * x * (1.0 - x);
///     }
///     x
/// }
///
/// assert_eq!(orbit::gradient(0.5, 2.0), [0.0, 0.25]);
/// ```
///
/// All ways give the bits of the function as value, and the same derivatives up to rounding. Where a compiled derivative is
/// not finite, as at the kink of `(x * x + y * y).sqrt()`, dual numbers are asked, so that all ways agree there as well.
/// Sums and products alone, of sines and cosines too, are not looked at: where some factors of `z * x * y * y * y` overflow that
/// the value does not contain all at once, a slope is infinite or NaN.
///
/// The Jacobian of a fixed number of outputs by floats and arrays is compiled in the same way: by tangents, or by one sweep
/// forward and a reverse sweep for each output, in which what the output does not depend on is not there. That is taken
/// where there are no more outputs than inputs, and where no loop leaves a number of values that is not a constant. The
/// results must be written out, or stand in an array by its name.
///
/// Code that would be too large is left to dual numbers: bodies of more than 3000 values, counting those of closures at
/// each call; Jacobians of more than 64 outputs; more than 16 reverse sweeps, and more than 6000 values times sweeps or
/// tangents.
///
/// What an annotated function gives that is called in the body is not seen by the attribute: results that are arrays and
/// tuples are followed where the body takes them apart, `let [u, v] = project(p)` or `let p = rotate(w, q)` and then `p[0]`,
/// and computes with the parts.
///
/// What rounds of a loop leave for the reverse sweep, if it cannot be read again, waits where the slopes will be, in arrays if
/// the number of rounds is a constant, else in the [`Workspace`](../chainrule/struct.Workspace.html): some floats for each round,
/// as many as the sweep needs.
///
/// # The language
///
/// Ordinary numeric code. What depends on no input is taken as it is, and may use all of Rust; what does depend on one:
///
/// * `let` with patterns and `else`, assignments to variables, elements and fields, `if`, `if let`, `match` with guards,
///   ranges of floats included, loops with labels and values, early `return`, `?`, blocks as values;
/// * arrays, tuples, `Vec`s, slices, structs with `#[derive(Differentiable)]`, `Option`s and `Result`s, and references to
///   all these; an error (`Err(..)`, `ok_or(..)`) takes plain values;
/// * closures, called here or handed to the methods of iterators, sequences and `Option`s: `map`, `filter`, `fold`, `zip`,
///   `windows`, `sum`, `product`, `min_by`, `scan`, `collect`, `sort_by`, `map_or` and their like; names of functions in
///   their place (`fold(0.0, f64::max)`);
/// * the methods of `f64` in both forms (`x.sin()`, `f64::sin(x)`), casts from and to integers, assertions, printing macros.
///
/// Comparisons, casts to integers, printed and tested values look at the value only, also where they are tuples, arrays,
/// slices, `Vec`s, `Option`s or structs with `#[derive(Differentiable)]` as a whole. A float literal pattern compares
/// values. An element that is sorted, swapped or replaced takes its derivative along.
///
/// `#[cfg(..)]` before statements and arms keeps its meaning. The attribute does not know which conditions hold: what it
/// refuses, it refuses under all of them.
///
/// A call by path that takes a value depending on an input must be of an annotated function: `geometry::distance(a, b)`
/// becomes `geometry::distance::lift(a, b)`, and for a function that is not annotated the compiler says on that token
/// that there is no `lift`. Functions inside the function are annotated by themselves. Plain arguments go to inputs and
/// constants of the callee alike, by value and behind references.
///
/// ```compile_fail
/// fn square(x: f64) -> f64 {
///     x * x
/// }
///
/// #[chainrule::differentiate]
/// fn fourth(x: f64) -> f64 {
///     square(square(x))
/// }
/// ```
///
/// Names of the standard library mean what they mean where the function stands: `f64::sin`, `Some`, `mem::swap` and their
/// like, where a value that depends on an input goes in, are an error if a module, a type or a function of yours has the
/// name. So is a method `expect` of yours that takes such a value.
///
/// The functions of the trait `Activation`, such as `sinc`, are known as well. If another trait of yours gives `f64` one of
/// that name, the compiler says that there are two: make yours a function with `#[differentiate]`.
///
/// ```compile_fail
/// trait Signal {
///     fn sinc(self) -> f64;
/// }
///
/// impl Signal for f64 {
///     fn sinc(self) -> f64 {
///         let x = std::f64::consts::PI * self;
///         x.sin() / x
///     }
/// }
///
/// #[chainrule::differentiate]
/// fn f(x: f64) -> f64 {
///     x.sinc()
/// }
/// ```
///
/// # Functions of functions
///
/// A parameter may be a function of floats: `impl Fn(f64) -> f64`, `&dyn Fn(&[f64]) -> f64`, `&mut F` where
/// `F: FnMut(f64, [f64; 2]) -> [f64; 2]`, `fn(f64) -> f64` and so on. In `lift` it is one over numbers, `impl Fn(S) -> S`.
/// Another annotated function hands over closures, which may use its inputs and change what they capture, the names of
/// annotated functions and of methods such as `f64::sin`, and functions that it took itself:
///
/// ```
/// use chainrule::differentiate;
///
/// #[differentiate]
/// fn simpson(f: &impl Fn(f64) -> f64, a: f64, b: f64) -> f64 {
///     (b - a) / 6.0 * (f(a) + 4.0 * f(0.5 * (a + b)) + f(b))
/// }
///
/// #[differentiate]
/// fn in_halves(f: impl Fn(f64) -> f64, a: f64, b: f64) -> f64 {
///     let middle = 0.5 * (a + b);
///     simpson(&f, a, middle) + simpson(&f, middle, b)
/// }
///
/// #[differentiate]
/// fn area(height: f64, width: f64) -> f64 {
///     in_halves(|t| height * t * t, 0.0, width)
/// }
///
/// assert_eq!(area(3.0, 2.0), 8.0);
/// assert_eq!(area::gradient(3.0, 2.0), [8.0 / 3.0, 12.0]);
/// ```
///
/// No closure is one over every number type, so beside a function that takes some there is `lift` alone: wrap it in an
/// annotated function without such parameters, as `area` does, and that has the derivatives. Where `wrt(..)` does not
/// name it, the function is a constant, which is called with plain values and is taken by all that is generated:
///
/// ```
/// use chainrule::differentiate;
///
/// #[differentiate(wrt(x))]
/// fn weighted(weight: impl Fn(f64) -> f64, x: f64) -> f64 {
///     weight(0.5) * x * x
/// }
///
/// assert_eq!(weighted::derivative(|t| 4.0 * t, 3.0), 12.0);
/// ```
///
/// As in types of parameters, a name in the function's type is that of a struct with `#[derive(Differentiable)]` where
/// `wrt(..)` names the function, else it stays as it is. What closures take is what the types in them say, with numbers
/// in place of floats; without types the compiler finds out. A name that begins in lower case, as an argument, is that of
/// a function. The function that takes a closure must be annotated:
///
/// ```compile_fail
/// fn apply(f: impl Fn(f64) -> f64) -> f64 {
///     f(2.0)
/// }
///
/// #[chainrule::differentiate]
/// fn scaled(x: f64) -> f64 {
///     apply(|t| x * t)
/// }
/// ```
///
/// and so must one that is handed over by its name:
///
/// ```compile_fail
/// #[chainrule::differentiate]
/// fn apply(f: impl Fn(f64) -> f64, x: f64) -> f64 {
///     f(x)
/// }
///
/// fn square(x: f64) -> f64 {
///     x * x
/// }
///
/// #[chainrule::differentiate]
/// fn squared(x: f64) -> f64 {
///     apply(square, x)
/// }
/// ```
///
/// # Methods
///
/// In an `impl` block no type can stand beside a function, so the derivatives are siblings whose names begin with the
/// function's: `energy_gradient`, `energy_lift` and so on. Put the attribute on the block and on the functions in it;
/// a lone method, or a function that mentions `Self`, takes it alone where neither the block's parameters nor `self` are
/// differentiated by.
///
/// ```
/// use chainrule::{Differentiable, differentiate};
///
/// #[derive(Debug, PartialEq, Differentiable)]
/// struct Spring {
///     stiffness: f64,
/// }
///
/// #[differentiate]
/// impl Spring {
///     #[differentiate]
///     fn force(&self, x: f64) -> f64 {
///         self.stiffness * x
///     }
///
///     #[differentiate(wrt(self, x))]
///     fn energy(&self, x: f64) -> f64 {
///         0.5 * self.stiffness * Self::square(x)
///     }
///
///     #[differentiate]
///     fn square(x: f64) -> f64 {
///         x * x
///     }
/// }
///
/// let spring = Spring { stiffness: 3.0 };
/// assert_eq!(spring.force_gradient(2.0), 3.0);
/// assert_eq!(spring.energy_gradient(2.0), (Spring { stiffness: 2.0 }, 6.0));
/// assert_eq!(Spring::square_derivative(2.0), 4.0);
/// ```
///
/// `self` is a constant unless `wrt(..)` names it; then the type derives `Differentiable`, and the method over any number
/// type is one of the type that this derive declares, under the method's own name: `LiftedSpring::energy`. It can call
/// what is lifted in the same way.
///
/// With a value that depends on an input, `receiver.force(x)` becomes `receiver.force_lift(x)` and `Spring::square(x)`
/// becomes `Spring::square_lift(x)`, where the compiler says so on that token if the method is not annotated:
///
/// ```compile_fail
/// struct Plain;
/// impl Plain {
///     fn square(&self, x: f64) -> f64 {
///         x * x
///     }
/// }
///
/// #[chainrule::differentiate]
/// fn fourth(x: f64, plain: &Plain) -> f64 {
///     plain.square(plain.square(x))
/// }
/// ```
///
/// # Given derivatives
///
/// With `first(..)` the body is not read: it may call whatever cannot be annotated. There is a function for each float
/// input in its order, and in `second(..)`, which may be left out, one for each pair of them, the upper triangle row by
/// row. Each takes the arguments of the function and gives one float. Inputs are single floats; other parameters are
/// constants. The function has all that others have, and annotated functions call it as any other.
///
/// ```
/// use chainrule::differentiate;
/// # mod library { pub fn pressure(t: f64, v: f64) -> f64 { 8.0 * t / v } }
///
/// #[differentiate(first(by_temperature, by_volume))]
/// fn pressure(temperature: f64, volume: f64) -> f64 {
///     library::pressure(temperature, volume)
/// }
///
/// fn by_temperature(_: f64, volume: f64) -> f64 {
///     8.0 / volume
/// }
///
/// fn by_volume(temperature: f64, volume: f64) -> f64 {
///     -8.0 * temperature / (volume * volume)
/// }
///
/// #[differentiate]
/// fn work(volume: f64) -> f64 {
///     pressure(300.0, volume) * volume.ln()
/// }
///
/// assert_eq!(pressure::gradient(300.0, 2.0), [4.0, -600.0]);
/// assert_eq!(work::derivative(1.0), 2400.0);
/// ```
///
/// An order that is not given is an error when the program is built (`cargo check` does not see it), also where another
/// function calls this one: "`pressure` has no second derivative; give it with `second(..)`".
///
/// ```compile_fail
/// #[chainrule::differentiate(first(slope))]
/// fn square(x: f64) -> f64 {
///     x * x
/// }
///
/// fn slope(x: f64) -> f64 {
///     2.0 * x
/// }
///
/// square::hessian(1.0);
/// ```
///
/// ```compile_fail
/// # #[chainrule::differentiate(first(slope), second(curvature))]
/// # fn square(x: f64) -> f64 {
/// #     x * x
/// # }
/// # fn slope(x: f64) -> f64 {
/// #     2.0 * x
/// # }
/// # fn curvature(_: f64) -> f64 {
/// #     2.0
/// # }
/// // A third derivative.
/// chainrule::derivative(|x| chainrule::second_derivative(square::lift, x), 1.0);
/// ```
///
/// # Constants
///
/// Calls of the functions in `constant(..)` are evaluated with plain values, and their results carry no derivative. Single
/// floats go in, also by reference. To hold one argument constant, pass it through `chainrule::constant`.
///
/// ```
/// use chainrule::differentiate;
///
/// fn cell(x: f64) -> usize {
///     x as usize
/// }
///
/// #[differentiate(constant(cell))]
/// fn interpolated(x: f64, heights: &[f64; 3]) -> f64 {
///     let i = cell(x);
///     heights[i] + (x - i as f64) * (heights[i + 1] - heights[i])
/// }
///
/// #[differentiate]
/// fn detached(x: f64) -> f64 {
///     x * chainrule::constant(x)
/// }
///
/// assert_eq!(interpolated::gradient(1.5, &[0.0, 1.0, 4.0]), (3.0, [0.0, 0.5, 0.5]));
/// assert_eq!(detached::derivative(3.0), 3.0);
/// ```
///
/// # What it refuses
///
/// `async`, `unsafe` and `extern` functions, `impl` blocks of traits, `&mut` parameters that hold no floats; and for values
/// that depend on an input: unknown methods and macros, `unsafe` blocks, boxed functions, functions in structs, fields of
/// structs that do not derive `Differentiable`, and operators of the user's own types, which have no derivative. Each is
/// an error on the token, ours or the compiler's, and all of ours come at once. Nothing is ever taken for a constant
/// silently.
///
/// A mistake is told once: who calls the derivatives of such a function finds them. If the mistake leaves open which
/// inputs there are, or of which types, there are none to be found, and the compiler tells the callers so as well.
///
/// A method of a type of your own that is named like one of iterators or sequences (`map`, `fold`, `push`) is taken for
/// that if it gets a closure over values that depend on an input; the compiler then tells which types do not fit.
#[proc_macro_attribute]
pub fn differentiate(arguments: TokenStream, item: TokenStream) -> TokenStream {
    if let Ok(block) = syn::parse(item.clone()) {
        return block::expand(arguments.into(), block).into();
    }
    let mut output = item.clone();
    let function = parse::parse(arguments.into(), item.into());
    output.extend(TokenStream::from(derivatives(function)));
    output
}

/// The derivatives, or what is wrong. A mistake is none of those who call the derivatives: as far as the types of these
/// are known, they find some.
fn derivatives(function: Result<function::Function, parse::Refused>) -> proc_macro2::TokenStream {
    let (function, error) = match function {
        Ok(function) => match body(&function) {
            Ok((lift, compiled)) => {
                return expand::expand(&function, &lift, compiled.as_ref());
            }
            Err(error) => (Some(Box::new(function)), error),
        },
        Err(parse::Refused { error, function }) => (function, error),
    };
    let stand_in =
        |function: Box<_>| expand::expand(&function, &quote!(::core::unreachable!()), None);
    let mut functions = function.map(stand_in).unwrap_or_default();
    functions.extend(error.into_compile_error());
    functions
}

/// The body of `lift`, and what is compiled where there is a body.
fn body(function: &function::Function) -> syn::Result<Bodies> {
    if let Some(rule) = given::rule(function)? {
        return Ok((rule, None));
    }
    if function.is_generic {
        return Ok((proc_macro2::TokenStream::new(), None));
    }
    body_over_numbers(function)
}

type Bodies = (
    proc_macro2::TokenStream,
    Option<Result<adjoint::Compiled, adjoint::Reason>>,
);

fn body_over_numbers(function: &function::Function) -> syn::Result<Bodies> {
    let mut body = lower::lower(function)?;
    let kinds = check::check(function, &mut body)?;
    let mode = function.options.mode;
    let compiled = match mode {
        Some((Mode::Dual, _)) => None,
        _ => {
            let wants_forward = expand::prefers_forward(function);
            Some(adjoint::compile(function, &body, &kinds, wants_forward))
        }
    };
    if let (Some((mode @ (Mode::Adjoint | Mode::Forward), span)), Some(compiled)) =
        (mode, &compiled)
    {
        must_be_compiled(function, compiled, mode, span)?;
    }
    Ok((emit::emit(function, &body, kinds), compiled))
}

/// `mode = adjoint` and `mode = forward` take no dual numbers for an answer.
fn must_be_compiled(
    function: &function::Function,
    compiled: &Result<adjoint::Compiled, adjoint::Reason>,
    mode: Mode,
    span: proc_macro2::Span,
) -> syn::Result<()> {
    let is_single = function.outcome.is_single;
    let key = match mode {
        Mode::Forward => "mode = forward",
        _ => "mode = adjoint",
    };
    let reason = match (compiled, mode) {
        (Err(reason), _) => Some(reason),
        (Ok(compiled), Mode::Forward) => compiled.forward.as_ref().err(),
        (Ok(compiled), _) => compiled.adjoint.as_ref().err(),
    };
    if let Some(reason) = reason {
        let what = if is_single { "gradient" } else { "Jacobian" };
        let message = format!(
            "this keeps the {what} from being compiled: {}; write it in another way, or leave `{key}` out",
            reason.text
        );
        return Err(syn::Error::new(reason.span, message));
    }
    if !expand::can_be_compiled(function, mode) {
        let what = match is_single {
            true => "a compiled gradient is that of one float by several floats, arrays and slices",
            false => {
                "a compiled Jacobian is that of floats, arrays and tuples by floats and arrays"
            }
        };
        let message = format!("{what}; leave `{key}` out");
        return Err(syn::Error::new(span, message));
    }
    Ok(())
}

/// Lets a struct be an input or an output of a function with `#[differentiate]`.
///
/// It generates the struct with numbers in place of its floats, `Lifted` and its name, and implements the trait
/// `Differentiable`. Tuple structs are taken as well, and in bodies their patterns `Point(x, y)` and calls `Point(x, y)`;
/// such a call is no function to be handed on (`map(Point)`). Fields are floats, arrays, tuples, `Vec`s and `Option`s of them and other structs with this derive;
/// integers, `bool`, `char` and text are carried along, and so is whatever is marked `#[differentiable(constant)]`, if
/// it is `Clone`. The generated struct is `Clone`, `Copy` and `Debug` where the struct is.
///
/// ```
/// use chainrule::{Differentiable, differentiate};
///
/// #[derive(Clone, Copy, Debug, PartialEq, Differentiable)]
/// struct Spring {
///     stiffness: f64,
///     length: f64,
///     windings: u32,
/// }
///
/// #[differentiate(wrt(spring))]
/// fn energy(spring: &Spring, x: f64) -> f64 {
///     0.5 * spring.stiffness * (x - spring.length).powi(2)
/// }
///
/// let spring = Spring { stiffness: 3.0, length: 1.0, windings: 10 };
/// assert_eq!(energy::gradient(&spring, 3.0), Spring { stiffness: 2.0, length: -6.0, windings: 10 });
/// ```
///
/// # Keys
///
/// * `constant`, on a field: it is carried along, also if it holds floats.
/// * `float = f32`: the float of a struct that only holds other structs, if not `f64`.
/// * `crate = path`: where the crate is found, if not at `::chainrule`.
#[proc_macro_derive(Differentiable, attributes(differentiable))]
pub fn derive_differentiable(item: TokenStream) -> TokenStream {
    differentiable::derive(item.into())
        .unwrap_or_else(|e| e.into_compile_error())
        .into()
}

/// The names that must have a row in the rules table, for the test that compares them.
#[doc(hidden)]
#[proc_macro]
pub fn __vocabulary(_: TokenStream) -> TokenStream {
    let names = vocabulary::words()
        .filter(|(signature, _)| signature.is_rule())
        .flat_map(|(_, names)| names.iter().copied());
    quote!(&[#(#names),*]).into()
}
