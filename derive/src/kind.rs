//! What a value holds: plain floats and other things as the user wrote them, or numbers that carry derivatives.

use syn::{Expr, GenericArgument, Lit, PathArguments, Type};

/// The shape of a value as far as it is known, with [`Number`](Kind::Number) where derivatives travel.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// As the user wrote it: no input has an influence on it, or only through comparisons and integers.
    Plain,
    /// Plain, and perhaps behind a reference that cannot be seen in the source.
    Untyped,
    /// A float that depends on an input.
    Number,
    Tuple(Vec<Kind>),
    /// An array, a slice or a `Vec`.
    Sequence(Box<Kind>),
    Reference(Box<Kind>),
    Iterator(Box<Kind>),
    /// An `Option` or a `Result` of it.
    Wrapped(Box<Kind>),
    /// A struct, or a result of an annotated function: its shape cannot be seen here, but all its floats are numbers.
    Lifted,
    /// A closure of the body, by its place in the list of them.
    Closure(usize),
    /// A parameter that is a function, over numbers.
    Function {
        parameters: Vec<Kind>,
        result: Box<Kind>,
    },
}

impl Kind {
    pub fn sequence(element: Kind) -> Self {
        Self::Sequence(Box::new(element))
    }

    pub fn reference(target: Kind) -> Self {
        Self::Reference(Box::new(target))
    }

    pub fn iterator(element: Kind) -> Self {
        Self::Iterator(Box::new(element))
    }

    pub fn is_active(&self) -> bool {
        match self {
            Self::Plain | Self::Untyped | Self::Closure(_) | Self::Function { .. } => false,
            Self::Number | Self::Lifted => true,
            Self::Tuple(parts) => parts.iter().any(Self::is_active),
            Self::Sequence(inner)
            | Self::Reference(inner)
            | Self::Iterator(inner)
            | Self::Wrapped(inner) => inner.is_active(),
        }
    }

    /// The kind behind all references.
    pub fn target(&self) -> &Kind {
        match self {
            Self::Reference(target) => target.target(),
            kind => kind,
        }
    }

    /// The name of a function, where it stands for the one over numbers; it is handed arguments of these kinds, if they
    /// are known.
    pub fn named_function(arguments: Vec<Kind>) -> Self {
        Self::Function {
            parameters: arguments,
            result: Box::new(Self::Lifted),
        }
    }

    pub fn is_function(&self) -> bool {
        matches!(self.target(), Self::Function { .. })
    }

    /// Whether it is a function of any sort, perhaps behind references.
    pub fn is_callable(&self) -> bool {
        matches!(self.target(), Self::Function { .. } | Self::Closure(_))
    }

    pub fn is_number(&self) -> bool {
        *self.target() == Self::Number
    }

    /// Whether it can stand where a number is expected: the compiler knows more of a lifted value than this crate.
    pub fn may_be_number(&self) -> bool {
        matches!(self.target(), Self::Number | Self::Lifted)
    }

    /// Whether it is more than one value, with numbers among them.
    pub fn is_compound(&self) -> bool {
        self.is_active() && !self.may_be_number()
    }

    /// Whether there are references in a part of it.
    pub fn holds_reference(&self) -> bool {
        match self {
            Self::Reference(_) => true,
            Self::Tuple(parts) => parts.iter().any(Self::holds_reference),
            Self::Sequence(inner) | Self::Wrapped(inner) => inner.holds_reference(),
            _ => false,
        }
    }

    pub fn holds_iterator(&self) -> bool {
        match self {
            Self::Iterator(_) => true,
            Self::Tuple(parts) => parts.iter().any(Self::holds_iterator),
            Self::Sequence(inner) | Self::Reference(inner) | Self::Wrapped(inner) => {
                inner.holds_iterator()
            }
            Self::Plain
            | Self::Untyped
            | Self::Number
            | Self::Lifted
            | Self::Closure(_)
            | Self::Function { .. } => false,
        }
    }

    pub fn wrapped(inner: Kind) -> Self {
        Self::Wrapped(Box::new(inner))
    }

    pub fn reference_depth(&self) -> usize {
        match self {
            Self::Reference(target) => 1 + target.reference_depth(),
            _ => 0,
        }
    }

    /// Wraps as many references around `inner` as `self` has: what binds through a reference is a reference.
    pub fn rewrap(&self, inner: Kind) -> Kind {
        if self.reference_depth() == 0 {
            inner
        } else {
            Self::reference(inner)
        }
    }

    /// The kind of the place, where patterns and methods give references into it.
    pub fn without_references(&self) -> Kind {
        match self {
            Self::Reference(target) => target.without_references(),
            Self::Tuple(parts) => Self::Tuple(parts.iter().map(Self::without_references).collect()),
            Self::Sequence(inner) => Self::sequence(inner.without_references()),
            Self::Wrapped(inner) => Self::wrapped(inner.without_references()),
            kind => kind.clone(),
        }
    }

    /// What a loop over it binds.
    pub fn element(&self) -> Kind {
        match self {
            Self::Iterator(element) | Self::Sequence(element) | Self::Wrapped(element) => {
                (**element).clone()
            }
            Self::Reference(_) => match self.target() {
                Self::Sequence(element) | Self::Wrapped(element) => {
                    Self::reference((**element).clone())
                }
                Self::Iterator(element) => (**element).clone(),
                Self::Lifted => Self::reference(Self::Lifted),
                _ => Self::Untyped,
            },
            Self::Lifted => Self::Lifted,
            _ => Self::Untyped,
        }
    }

    /// What an index gives.
    pub fn indexed(&self) -> Kind {
        match self.target() {
            Self::Sequence(element) => (**element).clone(),
            Self::Lifted => Self::Lifted,
            _ => Self::Plain,
        }
    }

    /// Component `index` of a tuple.
    pub fn component(&self, index: usize) -> Kind {
        match self.target() {
            Self::Tuple(parts) => parts.get(index).cloned().unwrap_or(Self::Plain),
            Self::Untyped => Self::Untyped,
            Self::Lifted => Self::Lifted,
            _ => Self::Plain,
        }
    }

    /// What an `Option` or a `Result` holds.
    pub fn unwrapped(&self) -> Kind {
        match self.target() {
            Self::Wrapped(inner) => (**inner).clone(),
            Self::Lifted => Self::Lifted,
            _ => Self::Untyped,
        }
    }

    /// A tuple of which one component is known.
    pub fn with_component(index: usize, part: Kind) -> Kind {
        let mut parts = vec![Self::Plain; index];
        parts.push(part);
        Self::Tuple(parts)
    }

    /// The least kind that holds both.
    pub fn join(&self, other: &Kind) -> Kind {
        match (self, other) {
            (Self::Plain | Self::Untyped, Self::Plain) => self.clone(),
            (Self::Plain | Self::Untyped, kind) | (kind, Self::Plain | Self::Untyped) => {
                kind.clone()
            }
            (Self::Tuple(left), Self::Tuple(right)) => Self::Tuple(
                (0..left.len().max(right.len()))
                    .map(|i| self.component(i).join(&other.component(i)))
                    .collect(),
            ),
            (Self::Sequence(left), Self::Sequence(right)) => Self::sequence(left.join(right)),
            (Self::Iterator(left), Self::Iterator(right)) => Self::iterator(left.join(right)),
            (Self::Wrapped(left), Self::Wrapped(right)) => Self::wrapped(left.join(right)),
            (kind, Self::Lifted) | (Self::Lifted, kind) => kind.with_lifted_leaves(),
            (Self::Reference(left), Self::Reference(right)) => Self::reference(left.join(right)),
            (Self::Closure(_), Self::Function { .. }) => other.clone(),
            // Indexing and fields see through references.
            (Self::Reference(target), Self::Sequence(_) | Self::Tuple(_)) => {
                Self::reference(target.join(other))
            }
            (Self::Sequence(_) | Self::Tuple(_), Self::Reference(target)) => {
                Self::reference(self.join(target))
            }
            (left, right) if right.is_active() && !left.is_active() => right.clone(),
            (left, _) => left.clone(),
        }
    }

    /// The kind where every float is known to be a number, and its shape.
    pub fn with_lifted_leaves(&self) -> Kind {
        match self {
            Self::Plain | Self::Untyped | Self::Lifted => Self::Lifted,
            Self::Number | Self::Closure(_) | Self::Function { .. } => self.clone(),
            Self::Tuple(parts) => Self::Tuple(parts.iter().map(Self::with_lifted_leaves).collect()),
            Self::Sequence(inner) => Self::sequence(inner.with_lifted_leaves()),
            Self::Reference(inner) => Self::reference(inner.with_lifted_leaves()),
            Self::Iterator(inner) => Self::iterator(inner.with_lifted_leaves()),
            Self::Wrapped(inner) => Self::wrapped(inner.with_lifted_leaves()),
        }
    }

    /// The kind where nothing is lifted but what is known to hold numbers.
    pub fn without_lifted(&self) -> Kind {
        match self {
            Self::Lifted => Self::Plain,
            Self::Tuple(parts) => Self::Tuple(parts.iter().map(Self::without_lifted).collect()),
            Self::Sequence(inner) => Self::sequence(inner.without_lifted()),
            Self::Reference(inner) => Self::reference(inner.without_lifted()),
            Self::Iterator(inner) => Self::iterator(inner.without_lifted()),
            Self::Wrapped(inner) => Self::wrapped(inner.without_lifted()),
            kind => kind.clone(),
        }
    }

    /// What the type says, with `leaf` for its floats.
    pub fn of_type(ty: &Type, leaf: &Kind) -> Kind {
        match ty {
            Type::Array(array) => Self::sequence(Self::of_type(&array.elem, leaf)),
            Type::Slice(slice) => Self::sequence(Self::of_type(&slice.elem, leaf)),
            Type::Reference(reference) => Self::reference(Self::of_type(&reference.elem, leaf)),
            Type::Paren(paren) => Self::of_type(&paren.elem, leaf),
            Type::Group(group) => Self::of_type(&group.elem, leaf),
            Type::Tuple(tuple) => Self::Tuple(
                tuple
                    .elems
                    .iter()
                    .map(|ty| Self::of_type(ty, leaf))
                    .collect(),
            ),
            Type::Path(_) if is_float(ty).is_some() => leaf.clone(),
            Type::Path(path) => match container(ty) {
                Some(("Vec", inner)) => Self::sequence(Self::of_type(inner, leaf)),
                Some((_, inner)) => Self::wrapped(Self::of_type(inner, leaf)),
                // A struct, unless the name is known to be of something without floats.
                None if *leaf == Self::Number && !is_float_free(&path.path) => Self::Lifted,
                None => Self::Plain,
            },
            _ => Self::Plain,
        }
    }
}

/// The name of the float, if the type is one.
pub fn is_float(ty: &Type) -> Option<&syn::Ident> {
    match ty {
        Type::Path(path) if path.qself.is_none() => path
            .path
            .get_ident()
            .filter(|name| *name == "f64" || *name == "f32"),
        Type::Paren(paren) => is_float(&paren.elem),
        Type::Group(group) => is_float(&group.elem),
        _ => None,
    }
}

/// The name and the type inside of `Vec<T>`, `Option<T>` and `Result<T, E>`.
pub fn container(ty: &Type) -> Option<(&'static str, &Type)> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    let name = ["Vec", "Option", "Result"]
        .into_iter()
        .find(|name| last.ident == name)?;
    match arguments.args.first() {
        Some(GenericArgument::Type(inner)) => Some((name, inner)),
        _ => None,
    }
}

/// Types that everyone knows to hold no float.
pub fn is_float_free(path: &syn::Path) -> bool {
    const NAMES: &[&str] = &[
        "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize",
        "bool", "char", "str", "String",
    ];
    path.get_ident()
        .is_some_and(|name| NAMES.iter().any(|known| name == known))
}

/// A length that is written as a number.
pub fn literal_length(length: &Expr) -> Option<usize> {
    match length {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) => number.base10_parse().ok(),
            _ => None,
        },
        Expr::Paren(paren) => literal_length(&paren.expr),
        Expr::Group(group) => literal_length(&group.expr),
        _ => None,
    }
}
