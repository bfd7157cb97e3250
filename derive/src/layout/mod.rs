//! The inputs as one flat run of floats, and back.

mod bundle;
mod field;
mod flatten;
mod restore;
mod shape;
mod size;
mod sum;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{Expr, Member, Type};

use crate::function::{Form, Function, Input, Parameter};
use size::behind_reference;
pub use size::{Size, is_leaf};
use sum::{Length, Sum};

/// How the inputs of a function lie one after another, in the order of declaration.
pub struct Layout<'a> {
    function: &'a Function,
    float: &'a Ident,
    runtime: TokenStream,
    vec: TokenStream,
    pieces: Vec<Piece<'a>>,
}

/// An input: a parameter, or a field of one.
#[derive(Clone, Copy)]
struct Piece<'a> {
    parameter: &'a Parameter,
    input: &'a Input,
    /// The way to the field; none for the whole.
    field: &'a [Member],
}

fn pieces(function: &Function) -> Vec<Piece<'_>> {
    function
        .inputs()
        .flat_map(|(parameter, input)| {
            let piece = move |field| Piece {
                parameter,
                input,
                field,
            };
            let whole = input.fields.is_empty().then(|| piece(&[][..]));
            let fields = input.fields.iter().map(move |field| piece(&field[..]));
            whole.into_iter().chain(fields)
        })
        .collect()
}

impl<'a> Layout<'a> {
    pub fn new(function: &'a Function) -> Self {
        let runtime = &function.options.runtime;
        Self {
            function,
            float: &function.float,
            runtime: quote!(#runtime::__private),
            vec: quote!(#runtime::__private::Vec),
            pieces: pieces(function),
        }
    }

    pub fn has_slice(&self) -> bool {
        self.pieces
            .iter()
            .any(|piece| matches!(piece.input.form, Form::Slice))
    }

    /// Whether the inputs lie flat by themselves.
    fn lie_flat(&self) -> bool {
        self.pieces
            .iter()
            .all(|piece| !matches!(piece.input.form, Form::Shape))
    }

    /// Whether one float is computed of inputs that lie flat by themselves.
    pub fn is_flat(&self) -> bool {
        let is_counted = self.has_slice() || matches!(self.size(), Size::Fixed(_));
        let outcome = &self.function.outcome;
        self.lie_flat() && is_counted && outcome.is_single && outcome.is_plain()
    }

    /// The slice that takes all outputs, where the inputs are slices and whatever lies flat beside them.
    pub fn written_slice(&self) -> Option<&Ident> {
        let outcome = &self.function.outcome;
        let has_no_result = outcome.value.is_none() && outcome.is_plain();
        let mut outputs = self
            .function
            .parameters
            .iter()
            .filter(|parameter| parameter.is_output);
        let (output, other) = (outputs.next()?, outputs.next());
        let is_slice = matches!(behind_reference(&output.ty), Type::Slice(slice) if is_leaf(self.function, &slice.elem));
        (self.lie_flat() && self.has_slice() && has_no_result && other.is_none() && is_slice)
            .then_some(&output.name)
    }

    /// The one input, where there is no other.
    pub fn only(&self) -> Option<&Form> {
        match &self.pieces[..] {
            [piece] => Some(&piece.input.form),
            _ => None,
        }
    }

    pub fn are_scalars(&self) -> bool {
        self.pieces
            .iter()
            .all(|piece| matches!(piece.input.form, Form::Scalar))
    }

    /// How many floats there are, in terms of constants and of the lengths of the slices called `names`.
    pub fn count(&self, names: &[Ident]) -> TokenStream {
        let sizes = self
            .pieces
            .iter()
            .zip(names)
            .map(|(piece, name)| size(&piece.input.form, name));
        Sum::of(sizes).into_token_stream()
    }

    /// The parameters' own names.
    pub fn names(&self) -> Vec<Ident> {
        self.pieces
            .iter()
            .map(|piece| piece.parameter.name.clone())
            .collect()
    }

    pub fn zero(&self) -> TokenStream {
        match self.float {
            float if self.function.is_generic => {
                quote!(<#float as ::core::default::Default>::default())
            }
            float if float == "f32" => quote!(0.0_f32),
            _ => quote!(0.0_f64),
        }
    }

    fn offsets(&self, names: &[Ident]) -> Vec<Sum> {
        let mut offset = Sum::default();
        let mut offsets = Vec::new();
        for (piece, name) in self.pieces.iter().zip(names) {
            offsets.push(offset.clone());
            offset.add(size(&piece.input.form, name));
        }
        offsets
    }

    pub fn pieces(&self) -> impl Iterator<Item = (&'a Parameter, &'a Input)> + '_ {
        self.pieces
            .iter()
            .map(|piece| (piece.parameter, piece.input))
    }

    /// How many floats each input has.
    pub fn sizes(&self, names: &[Ident]) -> Vec<TokenStream> {
        self.pieces
            .iter()
            .zip(names)
            .map(|(piece, name)| size(&piece.input.form, name).into_token_stream())
            .collect()
    }

    /// The type of a whole Hessian.
    pub fn hessian_type(&self) -> TokenStream {
        let (float, vec) = (self.float, &self.vec);
        match self.only() {
            Some(Form::Scalar) => quote!(#float),
            _ if self.has_slice() => quote!(#vec<#vec<#float>>),
            _ => {
                let row = self.size().row(&float.to_token_stream(), &self.runtime);
                self.size().row(&row, &self.runtime)
            }
        }
    }
}

fn size(form: &Form, name: &Ident) -> Length {
    match form {
        Form::Scalar => Length::Known(1),
        Form::Slice | Form::Shape => Length::Written(quote!(#name.len())),
        Form::Array(lengths) => lengths
            .iter()
            .map(Length::of)
            .fold(Length::Known(1), Length::times),
    }
}

/// Up to so many elements of an array are written one by one.
const LONGEST_WRITTEN: usize = 8;

/// The length of an array whose elements are written one by one.
fn written_length(lengths: &[Expr]) -> Option<usize> {
    match lengths {
        [length] => match Length::of(length) {
            Length::Known(length @ ..=LONGEST_WRITTEN) => Some(length),
            _ => None,
        },
        _ => None,
    }
}
