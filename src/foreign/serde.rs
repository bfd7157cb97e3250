//! serde: a number is a struct of its parts, under their own names.
//!
//! `Dual` is `{ re, eps }`, `HyperDual` `{ re, eps1, eps2, eps1eps2 }`, `Jet` `{ re, gradient, lower }`, where row `i` of `lower` holds the
//! `i + 1` entries of the Hessian up to the diagonal. Rows are tuples of known length, so nothing is allocated. A format without NaN
//! and infinities, as JSON is, has none for numbers either.

use core::fmt::{self, Formatter};
use core::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeStruct, SerializeTuple, Serializer};

use crate::rules::Scalar;
use crate::{Dual, HyperDual, Jet};

/// Numbers in a row: serde knows arrays of a few lengths only.
struct Row<'a, T>(&'a [T]);

impl<T: Serialize> Serialize for Row<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut tuple = serializer.serialize_tuple(self.0.len())?;
        for part in self.0 {
            tuple.serialize_element(part)?;
        }
        tuple.end()
    }
}

/// The places that a row is read into.
struct Places<'a, T>(&'a mut [T]);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Places<'_, T> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_tuple(self.0.len(), self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Places<'_, T> {
    type Value = ();
    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "a row of {} numbers", self.0.len())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut row: A) -> Result<(), A::Error> {
        for at in 0..self.0.len() {
            match row.next_element()? {
                Some(part) => self.0[at] = part,
                None => return Err(Error::invalid_length(at, &self)),
            }
        }
        Ok(())
    }
}

struct Lanes<T, const N: usize>([T; N]);

impl<T: Serialize, const N: usize> Serialize for Lanes<T, N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Row(&self.0).serialize(serializer)
    }
}

impl<'de, T: Scalar + Deserialize<'de>, const N: usize> Deserialize<'de> for Lanes<T, N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut lanes = [T::zero(); N];
        Places(&mut lanes).deserialize(deserializer)?;
        Ok(Self(lanes))
    }
}

/// A square of which the lower triangle is written.
struct Triangle<T, const N: usize>([[T; N]; N]);

impl<T: Serialize, const N: usize> Serialize for Triangle<T, N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rows = serializer.serialize_tuple(N)?;
        for (i, row) in self.0.iter().enumerate() {
            rows.serialize_element(&Row(&row[..=i]))?;
        }
        rows.end()
    }
}

impl<'de, T: Scalar + Deserialize<'de>, const N: usize> Deserialize<'de> for Triangle<T, N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rows<T, const N: usize>(PhantomData<T>);
        impl<'de, T: Scalar + Deserialize<'de>, const N: usize> Visitor<'de> for Rows<T, N> {
            type Value = Triangle<T, N>;
            fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
                write!(f, "a lower triangle of {N} rows")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Self::Value, A::Error> {
                let mut square = [[T::zero(); N]; N];
                for (i, row) in square.iter_mut().enumerate() {
                    rows.next_element_seed(Places(&mut row[..=i]))?
                        .ok_or_else(|| Error::invalid_length(i, &self))?;
                }
                Ok(Triangle(square))
            }
        }
        deserializer.deserialize_tuple(N, Rows(PhantomData))
    }
}

/// The name of a field, one of these.
struct Name(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Name {
    type Value = &'static str;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = &'static str;
    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a part")
    }
    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        let known = self.0.iter().find(|known| **known == name);
        known.copied().ok_or_else(|| E::unknown_field(name, self.0))
    }
}

macro_rules! impl_serde {
    ($type:ident [$number:ty] [$($generics:tt)*] [$($arguments:tt)*] |$self:ident|
        $($field:ident: $part:ty = $written:expr),*; $built:expr) => {
        impl<T: Scalar + Serialize, $($generics)*> Serialize for $number {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let $self = self;
                let fields = [$(stringify!($field)),*];
                let mut parts = serializer.serialize_struct(stringify!($type), fields.len())?;
                $(parts.serialize_field(stringify!($field), &$written)?;)*
                parts.end()
            }
        }

        impl<'de, T: Scalar + Deserialize<'de>, $($generics)*> Deserialize<'de> for $number {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                const FIELDS: &[&str] = &[$(stringify!($field)),*];
                struct Fields<T, $($generics)*>(PhantomData<T>);
                impl<'de, T: Scalar + Deserialize<'de>, $($generics)*> Visitor<'de> for Fields<T, $($arguments)*> {
                    type Value = $number;
                    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
                        f.write_str(concat!("the parts of a ", stringify!($type)))
                    }
                    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Self::Value, A::Error> {
                        let mut read = 0;
                        $(
                            let $field: $part = parts.next_element()?.ok_or_else(|| Error::invalid_length(read, &self))?;
                            read += 1;
                        )*
                        let _ = read;
                        Ok($built)
                    }
                    fn visit_map<A: MapAccess<'de>>(self, mut parts: A) -> Result<Self::Value, A::Error> {
                        $(let mut $field: Option<$part> = None;)*
                        while let Some(name) = parts.next_key_seed(Name(FIELDS))? {
                            $(
                                if name == stringify!($field) && $field.replace(parts.next_value()?).is_some() {
                                    return Err(Error::duplicate_field(name));
                                }
                            )*
                        }
                        $(let $field = $field.ok_or_else(|| Error::missing_field(stringify!($field)))?;)*
                        Ok($built)
                    }
                }
                deserializer.deserialize_struct(stringify!($type), FIELDS, Fields(PhantomData))
            }
        }
    };
}
impl_serde!(Dual [Dual<T, N>] [const N: usize] [N] |number|
    re: T = number.re, eps: Lanes<T, N> = Lanes(number.eps);
    Dual::new(re, eps.0));
impl_serde!(HyperDual [HyperDual<T>] [] [] |number|
    re: T = number.re, eps1: T = number.eps1, eps2: T = number.eps2, eps1eps2: T = number.eps1eps2;
    HyperDual::new(re, eps1, eps2, eps1eps2));
impl_serde!(Jet [Jet<T, N>] [const N: usize] [N] |number|
    re: T = number.re, gradient: Lanes<T, N> = Lanes(number.gradient), lower: Triangle<T, N> = Triangle(number.hessian());
    Jet::new(re, gradient.0, lower.0));
