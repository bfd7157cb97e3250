//! The vectors and matrices that solvers work on, by the names of their crates in the crate that calls.

#[doc(hidden)]
#[macro_export]
macro_rules! __vectors {
    (vector Vec $float:ident) => { $crate::__private::Vec<$float> };
    (matrix Vec $float:ident) => { $crate::__private::Vec<$crate::__private::Vec<$float>> };
    (slice Vec $x:expr) => { &$x[..] };
    (from_vec Vec $floats:expr) => { $floats };
    (from_rows Vec $floats:expr, $width:expr) => { $crate::__private::rows(&$floats, $width) };

    (vector DVector $float:ident) => { nalgebra::DVector<$float> };
    (matrix DVector $float:ident) => { nalgebra::DMatrix<$float> };
    (slice DVector $x:expr) => { $x.as_slice() };
    (from_vec DVector $floats:expr) => { nalgebra::DVector::from_vec($floats) };
    (from_rows DVector $floats:expr, $width:expr) => {{
        let (floats, width) = ($floats, $width);
        nalgebra::DMatrix::from_row_slice(floats.len() / ::core::cmp::max(width, 1), width, &floats)
    }};

    (vector Array1 $float:ident) => { ndarray::Array1<$float> };
    (matrix Array1 $float:ident) => { ndarray::Array2<$float> };
    (slice Array1 $x:expr) => { &$x.to_vec()[..] };
    (from_vec Array1 $floats:expr) => { ndarray::Array1::from_vec($floats) };
    (from_rows Array1 $floats:expr, $width:expr) => {{
        let (floats, width) = ($floats, $width);
        ndarray::Array2::from_shape_fn(
            (floats.len() / ::core::cmp::max(width, 1), width),
            |(row, column)| floats[row * width + column],
        )
    }};
}

/// The struct of a problem and its `new`.
#[doc(hidden)]
#[macro_export]
macro_rules! __problem {
    (
        $(#[$meta:meta])* $vis:vis struct $name:ident [$($life:lifetime),*] { $($field:ident: $ty:ty),* }
        with { $($own:ident: $own_type:ty = $start:expr),* } by ($($given:ident: $given_type:ty),*)
    ) => {
        $(#[$meta])*
        $vis struct $name<$($life),*> {
            $($field: $ty,)*
            $($own: $own_type,)*
        }

        impl<$($life),*> $name<$($life),*> {
            /// The problem with its constants.
            #[allow(clippy::too_many_arguments, clippy::new_without_default)]
            $vis fn new($($given: $given_type,)* $($field: $ty),*) -> Self {
                Self { $($field,)* $($own: $start,)* }
            }
        }
    };
}
