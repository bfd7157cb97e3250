//! For basin.

/// An annotated function as a problem of basin.
///
/// With `objective:`, a function of one float: `CostFunction`, `Gradient` with value and gradient in one sweep, and `Hessian`. With
/// `residuals:`, a function that writes or gives several floats, and their `count:`: `Residual` and `Jacobian`, again in one sweep.
///
/// Constants, `vectors:` and errors are those of [`argmin_problem!`](crate::argmin_problem); the error type is
/// [`NotANumber`](crate::problems::NotANumber).
///
/// ```ignore
/// chainrule::basin_problem! { struct Valley {} objective: rosenbrock(), vectors: Vec<f64> }
///
/// let result = Executor::new(Valley::new(), BFGS::new(), state).run()?;
/// ```
///
/// `ecosystem/tests/basin.rs` in the repository runs this and its kin.
#[macro_export]
macro_rules! basin_problem {
    (
        $(#[$meta:meta])* $vis:vis struct $name:ident $(<$($life:lifetime),+>)? { $($field:ident: $ty:ty),* $(,)? }
        objective: $($function:ident)::+ ($($constant:expr),* $(,)?), vectors: $vector:ident<$float:ident> $(,)?
    ) => {
        $crate::__problem! {
            $(#[$meta])* $vis struct $name [$($($life),+)?] { $($field: $ty),* } with {} by ()
        }

        impl $(<$($life),+>)? ::basin::CostFunction for $name $(<$($life),+>)? {
            type Param = $crate::__vectors!(vector $vector $float);
            type Output = $float;
            type Error = $crate::problems::NotANumber;
            fn cost(&self, x: &Self::Param) -> ::core::result::Result<$float, Self::Error> {
                let Self { $($field),* } = self;
                let x = $crate::__vectors!(slice $vector x);
                let value = $($function)::+::objective(x, ::core::option::Option::None, $($constant),*);
                $crate::problems::NotANumber::check("the objective", value, x)
            }
        }

        impl $(<$($life),+>)? ::basin::Gradient for $name $(<$($life),+>)? {
            type Gradient = $crate::__vectors!(vector $vector $float);
            fn gradient(&self, x: &Self::Param) -> ::core::result::Result<Self::Gradient, Self::Error> {
                ::core::result::Result::Ok(::basin::Gradient::cost_and_gradient(self, x)?.1)
            }
            fn cost_and_gradient(&self, x: &Self::Param) -> ::core::result::Result<($float, Self::Gradient), Self::Error> {
                let Self { $($field),* } = self;
                let x = $crate::__vectors!(slice $vector x);
                let (value, gradient) = $crate::problems::evaluate::value_and_gradient(x, |gradient| {
                    $($function)::+::objective(x, ::core::option::Option::Some(gradient), $($constant),*)
                })?;
                ::core::result::Result::Ok((value, $crate::__vectors!(from_vec $vector gradient)))
            }
        }

        impl $(<$($life),+>)? ::basin::Hessian for $name $(<$($life),+>)? {
            type Hessian = $crate::__basin_matrices!(matrix $vector $float);
            fn hessian(&self, x: &Self::Param) -> ::core::result::Result<Self::Hessian, Self::Error> {
                let Self { $($field),* } = self;
                let x = $crate::__vectors!(slice $vector x);
                let hessian = $crate::problems::evaluate::hessian(x, |gradient, hessian| {
                    $($function)::+::objective_with_hessian(x, gradient, hessian, $($constant),*)
                })?;
                ::core::result::Result::Ok($crate::__basin_matrices!(from_rows $vector hessian, x.len()))
            }
        }
    };
    (
        $(#[$meta:meta])* $vis:vis struct $name:ident $(<$($life:lifetime),+>)? { $($field:ident: $ty:ty),* $(,)? }
        residuals: $($function:ident)::+ ($($constant:expr),* $(,)?), count: $count:expr,
        vectors: $vector:ident<$float:ident> $(,)?
    ) => {
        $crate::__problem! {
            $(#[$meta])* $vis struct $name [$($($life),+)?] { $($field: $ty),* } with {} by ()
        }

        impl $(<$($life),+>)? ::basin::Residual for $name $(<$($life),+>)? {
            type Param = $crate::__vectors!(vector $vector $float);
            type Output = Self::Param;
            type Error = $crate::problems::NotANumber;
            fn residual(&self, x: &Self::Param) -> ::core::result::Result<Self::Param, Self::Error> {
                let Self { $($field),* } = self;
                let x = $crate::__vectors!(slice $vector x);
                let residuals = $crate::problems::evaluate::residuals(x, $count, |residuals, jacobian| {
                    $($function)::+::residuals(x, residuals, jacobian, $($constant),*)
                })?;
                ::core::result::Result::Ok($crate::__vectors!(from_vec $vector residuals))
            }
        }

        impl $(<$($life),+>)? ::basin::Jacobian for $name $(<$($life),+>)? {
            type Jacobian = $crate::__basin_matrices!(matrix $vector $float);
            fn jacobian(&self, x: &Self::Param) -> ::core::result::Result<Self::Jacobian, Self::Error> {
                ::core::result::Result::Ok(::basin::Jacobian::residual_and_jacobian(self, x)?.1)
            }
            fn residual_and_jacobian(
                &self,
                x: &Self::Param,
            ) -> ::core::result::Result<(Self::Param, Self::Jacobian), Self::Error> {
                let Self { $($field),* } = self;
                let x = $crate::__vectors!(slice $vector x);
                let (residuals, jacobian) = $crate::problems::evaluate::residuals_and_jacobian(x, $count, |residuals, jacobian| {
                    $($function)::+::residuals(x, residuals, jacobian, $($constant),*)
                })?;
                ::core::result::Result::Ok((
                    $crate::__vectors!(from_vec $vector residuals),
                    $crate::__basin_matrices!(from_rows $vector jacobian, x.len()),
                ))
            }
        }
    };
}

/// Over `Vec`, basin has matrices of its own.
#[doc(hidden)]
#[macro_export]
macro_rules! __basin_matrices {
    (matrix Vec $float:ident) => { ::basin::DenseMatrix<$float> };
    (from_rows Vec $floats:expr, $width:expr) => {{
        let (floats, width) = ($floats, $width);
        ::basin::DenseMatrix::from_row_slice(floats.len() / ::core::cmp::max(width, 1), width, &floats)
    }};
    ($($other:tt)*) => { $crate::__vectors!($($other)*) };
}
