//! What a value holds: plain floats and other things as the user wrote them, or numbers that carry derivatives.

use syn::{GenericArgument, PathArguments, Type};

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
            Self::Plain | Self::Untyped => false,
            Self::Number => true,
            Self::Tuple(parts) => parts.iter().any(Self::is_active),
            Self::Sequence(inner) | Self::Reference(inner) | Self::Iterator(inner) => {
                inner.is_active()
            }
        }
    }

    /// The kind behind all references.
    pub fn target(&self) -> &Kind {
        match self {
            Self::Reference(target) => target.target(),
            kind => kind,
        }
    }

    pub fn is_number(&self) -> bool {
        *self.target() == Self::Number
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

    /// What a loop over it binds.
    pub fn element(&self) -> Kind {
        match self {
            Self::Iterator(element) => (**element).clone(),
            Self::Sequence(element) => (**element).clone(),
            Self::Reference(_) => match self.target() {
                Self::Sequence(element) => Self::reference((**element).clone()),
                Self::Iterator(element) => (**element).clone(),
                _ => Self::Untyped,
            },
            _ => Self::Untyped,
        }
    }

    /// What an index gives.
    pub fn indexed(&self) -> Kind {
        match self.target() {
            Self::Sequence(element) => (**element).clone(),
            _ => Self::Plain,
        }
    }

    /// Component `index` of a tuple.
    pub fn component(&self, index: usize) -> Kind {
        match self.target() {
            Self::Tuple(parts) => parts.get(index).cloned().unwrap_or(Self::Plain),
            Self::Untyped => Self::Untyped,
            _ => Self::Plain,
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
            (Self::Reference(left), Self::Reference(right)) => Self::reference(left.join(right)),
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
            Type::Path(_) => {
                vec_element(ty).map_or(Self::Plain, |ty| Self::sequence(Self::of_type(ty, leaf)))
            }
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

/// `T` of `Vec<T>`.
pub fn vec_element(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path
        .path
        .segments
        .last()
        .filter(|segment| segment.ident == "Vec")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first() {
        Some(GenericArgument::Type(element)) if arguments.args.len() == 1 => Some(element),
        _ => None,
    }
}
