//! The inputs as one flat run of floats, and back.

mod field;
mod shape;
mod size;
mod sum;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{Expr, Member, Type};

use crate::parse::{Form, Function, Input, Parameter, nested};
use size::behind_reference;
pub use size::{Size, is_generic, is_leaf};
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

    /// Whether one float is computed of inputs that lie flat by themselves.
    pub fn is_flat(&self) -> bool {
        let are_flat = self
            .pieces
            .iter()
            .all(|piece| !matches!(piece.input.form, Form::Shape));
        let is_counted = self.has_slice() || matches!(self.size(), Size::Fixed(_));
        let outcome = &self.function.outcome;
        are_flat && is_counted && outcome.is_single && outcome.is_plain()
    }

    /// The slice that takes all outputs, where the inputs are slices and whatever lies flat beside them.
    pub fn written_slice(&self) -> Option<&Ident> {
        let are_flat = self
            .pieces
            .iter()
            .all(|piece| !matches!(piece.input.form, Form::Shape));
        let outcome = &self.function.outcome;
        let has_no_result = outcome.value.is_none() && outcome.is_plain();
        let mut outputs = self
            .function
            .parameters
            .iter()
            .filter(|parameter| parameter.is_output);
        let (output, other) = (outputs.next()?, outputs.next());
        let is_slice = matches!(behind_reference(&output.ty), Type::Slice(slice) if is_leaf(self.function, &slice.elem));
        (are_flat && self.has_slice() && has_no_result && other.is_none() && is_slice)
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

    /// All inputs as an array, or as a slice where there are slices among them. `is_bundle`: they came by value.
    pub fn flat(&self, names: &[Ident], is_bundle: bool) -> TokenStream {
        self.flat_with(names, is_bundle, &self.zero())
    }

    /// The same of other numbers, of which one is `zero`.
    pub fn flat_with(&self, names: &[Ident], is_bundle: bool, zero: &TokenStream) -> TokenStream {
        let parts: Vec<_> = self
            .pieces
            .iter()
            .zip(names)
            .map(|(Piece { input, .. }, name)| {
                if input.is_reference && !is_bundle && !matches!(input.form, Form::Slice) {
                    quote!((*#name))
                } else {
                    quote!(#name)
                }
            })
            .collect();
        match self.only() {
            Some(Form::Slice) => return quote!(#(#parts)*),
            Some(Form::Array(lengths)) if lengths.len() == 1 => return quote!(#(#parts)*),
            _ if self.are_scalars() => return quote!([#(#parts),*]),
            _ => {}
        }
        if let Some(elements) = self.written_out(&parts) {
            return quote!([#(#elements),*]);
        }
        let run = |piece: &Piece, part: &TokenStream| match &piece.input.form {
            Form::Scalar => quote!(&[#part]),
            Form::Slice | Form::Shape => part.clone(),
            Form::Array(lengths) => {
                let flattened = lengths.iter().skip(1).map(|_| quote!(.as_flattened()));
                quote!(&#part #(#flattened)*)
            }
        };
        let (pieces, count) = (self.pieces.iter().zip(&parts), self.count(names));
        if self.has_slice() {
            let (float, vec) = (self.float, &self.vec);
            let runs = pieces.map(|(piece, part)| run(piece, part));
            return quote! {
                &{
                    let mut __chainrule_flat = #vec::<#float>::with_capacity(#count);
                    #(__chainrule_flat.extend_from_slice(#runs);)*
                    __chainrule_flat
                }[..]
            };
        }
        let copies = pieces.zip(names).zip(self.offsets(names));
        let copies = copies.map(|(((piece, part), name), offset)| match &piece.input.form {
            Form::Scalar => quote!(__chainrule_flat[#offset] = #part;),
            form => {
                let mut end = offset.clone();
                end.add(size(form, name));
                let run = run(piece, part);
                quote!(__chainrule_flat[#offset..#end].copy_from_slice(#run);)
            }
        });
        quote! {
            {
                let mut __chainrule_flat = [#zero; #count];
                #(#copies)*
                __chainrule_flat
            }
        }
    }

    /// All floats of inputs of these names one by one, if they are few.
    fn written_out(&self, names: &[TokenStream]) -> Option<Vec<TokenStream>> {
        let mut elements = Vec::new();
        for (piece, name) in self.pieces.iter().zip(names) {
            match &piece.input.form {
                Form::Scalar => elements.push(name.clone()),
                Form::Array(lengths) => {
                    let length = written_length(lengths)?;
                    let positions = (0..length).map(Length::Known);
                    elements.extend(positions.map(|position| quote!(#name[#position])));
                }
                Form::Slice | Form::Shape => return None,
            }
        }
        (elements.len() <= MOST_WRITTEN).then_some(elements)
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

    /// A call of `lift` with the inputs taken from `flat`. A body that is run several times gets clones.
    pub fn lift_call(&self, flat: &Ident, names: &[Ident], is_repeated: bool) -> TokenStream {
        let arguments = self.arguments(flat, names, is_repeated);
        let lift = self.function.lift_path();
        quote!(#lift(#(#arguments),*))
    }

    /// The arguments of `lift`, and of its kin.
    pub fn arguments(&self, flat: &Ident, names: &[Ident], is_repeated: bool) -> Vec<TokenStream> {
        let mut offsets = self.offsets(names).into_iter();
        let mut names = names.iter();
        self.function
            .parameters
            .iter()
            .map(|parameter| {
                let constant = &parameter.name;
                let Some(input) = &parameter.input else {
                    let is_copied = matches!(parameter.ty, syn::Type::Reference(_));
                    return if is_repeated && !is_copied {
                        quote!(::core::clone::Clone::clone(&#constant))
                    } else {
                        quote!(#constant)
                    };
                };
                let (offset, name) = (offsets.next(), names.next());
                let name = name.unwrap_or(constant);
                let value = match (&input.form, self.only()) {
                    (Form::Slice, Some(_)) => return quote!(#flat),
                    (Form::Slice, None) => return quote!(&#flat[#offset..][..#name.len()]),
                    (Form::Array(lengths), Some(_)) if lengths.len() == 1 => quote!(#flat),
                    (form, _) => part(form, flat, &offset.unwrap_or_default()),
                };
                if input.is_reference {
                    quote!(&#value)
                } else {
                    value
                }
            })
            .collect()
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

    /// A flat run of floats in the shape of the inputs.
    pub fn bundle(&self, flat: &Ident, names: &[Ident]) -> TokenStream {
        match self.only() {
            Some(Form::Slice) => return flat.to_token_stream(),
            Some(Form::Array(lengths)) if lengths.len() == 1 => return flat.to_token_stream(),
            None if self.are_scalars() => return flat.to_token_stream(),
            _ => {}
        }
        let offsets = self.offsets(names);
        let mut parts =
            self.pieces
                .iter()
                .zip(names)
                .zip(&offsets)
                .map(|((piece, name), offset)| match &piece.input.form {
                    Form::Slice => quote!(#flat[#offset..][..#name.len()].to_vec()),
                    form => part(form, flat, offset),
                });
        if self.only().is_some() {
            parts.next().unwrap_or_default()
        } else {
            quote!((#(#parts),*))
        }
    }

    /// The type of [`bundle`](Self::bundle), or of an argument of that shape.
    pub fn bundle_type(&self, is_argument: bool) -> TokenStream {
        let float = self.float;
        if self.only().is_none() && self.are_scalars() {
            let count = self.pieces.len();
            return quote!([#float; #count]);
        }
        let mut types = self.pieces.iter().map(|piece| match &piece.input.form {
            Form::Scalar => quote!(#float),
            Form::Slice if is_argument => quote!(&[#float]),
            Form::Slice => {
                let vec = &self.vec;
                quote!(#vec<#float>)
            }
            Form::Array(lengths) => nested(lengths, float),
            Form::Shape => TokenStream::new(),
        });
        if self.only().is_some() {
            types.next().unwrap_or_default()
        } else {
            quote!((#(#types),*))
        }
    }

    /// Takes an argument of the bundle's shape apart: the pattern, and the names in it.
    pub fn bundle_pattern(&self, prefix: &str) -> (TokenStream, Vec<Ident>) {
        let names: Vec<_> = (0..self.pieces.len())
            .map(|i| format_ident!("__chainrule_{prefix}_{i}"))
            .collect();
        let pattern = match self.only() {
            Some(_) => quote!(#(#names)*),
            None if self.are_scalars() => quote!([#(#names),*]),
            None => quote!((#(#names),*)),
        };
        (pattern, names)
    }

    /// Slices of a direction must match theirs one by one, not only in their sum.
    pub fn check_lengths(&self, point: &[Ident], direction: &[Ident]) -> TokenStream {
        let checks = self
            .pieces
            .iter()
            .zip(point.iter().zip(direction))
            .filter_map(
                |(
                    Piece {
                        parameter, input, ..
                    },
                    (x, v),
                )| {
                    let message = format!(
                        "the direction of `{}` has length {{}}, but it has length {{}}",
                        parameter.name
                    );
                    matches!(input.form, Form::Slice).then(
                    || quote!(::core::assert!(#v.len() == #x.len(), #message, #v.len(), #x.len());),
                )
                },
            );
        quote!(#(#checks)*)
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

/// And of all inputs.
const MOST_WRITTEN: usize = 24;

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

/// The scalar or array that starts at `offset`.
fn part(form: &Form, flat: &Ident, offset: &Sum) -> TokenStream {
    let Form::Array(lengths) = form else {
        return quote!(#flat[#offset]);
    };
    // Each closure takes the compiler as long as several lines.
    if let Some(length) = written_length(lengths) {
        let positions = (0..length).map(|position| {
            let mut at = offset.clone();
            at.add(Length::Known(position));
            at
        });
        return quote!([#(#flat[#positions]),*]);
    }
    let indices: Vec<_> = (0..lengths.len())
        .map(|depth| format_ident!("__chainrule_i{depth}"))
        .collect();
    let position = lengths.iter().zip(&indices).fold(
        None,
        |position: Option<TokenStream>, (length, index): (&Expr, _)| match position {
            Some(position) => Some(quote!((#position) * (#length) + #index)),
            None => Some(quote!(#index)),
        },
    );
    indices.iter().rev().fold(
        quote!(#flat[#offset + #position]),
        |inner, index| quote!(::core::array::from_fn(|#index| #inner)),
    )
}
