//! For argmin.

/// An annotated function as a problem of argmin.
///
/// With `objective:`, a function of one float: `CostFunction`, `Gradient` and `Hessian`. Value and gradient are computed together and
/// kept for the other question at the same point (see [`Memo`](crate::problems::Memo)). With `residuals:`, a function that writes or gives several
/// floats, and their `count:`: `Operator` and `Jacobian`, as Gauss-Newton methods ask for them.
///
/// Behind the function stand its constants, in their order, as expressions in the fields of the struct, which are references there. `vectors:`
/// is `Vec<f64>`, `DVector<f64>` of `nalgebra` or `Array1<f64>` of `ndarray`, or the same of `f32`; crates are looked up by these names.
///
/// Where a value is NaN the solver ends with the error [`NotANumber`](crate::problems::NotANumber). A start of a wrong length panics.
///
/// ```ignore
/// #[differentiate]
/// fn rosenbrock(x: f64, y: f64) -> f64 {
///     (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2)
/// }
///
/// chainrule::argmin_problem! { struct Valley {} objective: rosenbrock(), vectors: Vec<f64> }
///
/// let solver = BFGS::new(MoreThuenteLineSearch::new());
/// let result = Executor::new(Valley::new(), solver).configure(|state| state.param(vec![-1.2, 1.0]) ..).run()?;
/// ```
///
/// `ecosystem/tests/argmin` in the repository runs this and its kin.
#[macro_export]
macro_rules! argmin_problem {
    (
        $(#[$meta:meta])* $vis:vis struct $name:ident $(<$($life:lifetime),+>)? { $($field:ident: $ty:ty),* $(,)? }
        objective: $($function:ident)::+ ($($constant:expr),* $(,)?), vectors: $vector:ident<$float:ident> $(,)?
    ) => {
        $crate::__problem! {
            $(#[$meta])* $vis struct $name [$($($life),+)?] { $($field: $ty),* }
            with { __chainrule_memo: $crate::problems::Memo<$float> = ::core::default::Default::default() } by ()
        }

        impl $(<$($life),+>)? $name $(<$($life),+>)? {
            fn __chainrule_at(
                &self,
                x: &[$float],
            ) -> ::core::result::Result<($float, $crate::__private::Vec<$float>), $crate::problems::NotANumber> {
                let Self { $($field,)* __chainrule_memo: memo } = self;
                memo.at(x, |gradient| {
                    $($function)::+::objective(x, ::core::option::Option::Some(gradient), $($constant),*)
                })
            }
        }

        impl $(<$($life),+>)? ::argmin::core::CostFunction for $name $(<$($life),+>)? {
            type Param = $crate::__vectors!(vector $vector $float);
            type Output = $float;
            fn cost(&self, x: &Self::Param) -> ::core::result::Result<$float, ::argmin::core::Error> {
                ::core::result::Result::Ok(self.__chainrule_at($crate::__vectors!(slice $vector x))?.0)
            }
        }

        impl $(<$($life),+>)? ::argmin::core::Gradient for $name $(<$($life),+>)? {
            type Param = $crate::__vectors!(vector $vector $float);
            type Gradient = Self::Param;
            fn gradient(&self, x: &Self::Param) -> ::core::result::Result<Self::Param, ::argmin::core::Error> {
                let (_, gradient) = self.__chainrule_at($crate::__vectors!(slice $vector x))?;
                ::core::result::Result::Ok($crate::__vectors!(from_vec $vector gradient))
            }
        }

        impl $(<$($life),+>)? ::argmin::core::Hessian for $name $(<$($life),+>)? {
            type Param = $crate::__vectors!(vector $vector $float);
            type Hessian = $crate::__vectors!(matrix $vector $float);
            fn hessian(&self, x: &Self::Param) -> ::core::result::Result<Self::Hessian, ::argmin::core::Error> {
                let Self { $($field,)* .. } = self;
                let x = $crate::__vectors!(slice $vector x);
                let hessian = $crate::problems::evaluate::hessian(x, |gradient, hessian| {
                    $($function)::+::objective_with_hessian(x, gradient, hessian, $($constant),*)
                })?;
                ::core::result::Result::Ok($crate::__vectors!(from_rows $vector hessian, x.len()))
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

        impl $(<$($life),+>)? ::argmin::core::Operator for $name $(<$($life),+>)? {
            type Param = $crate::__vectors!(vector $vector $float);
            type Output = Self::Param;
            fn apply(&self, x: &Self::Param) -> ::core::result::Result<Self::Param, ::argmin::core::Error> {
                let Self { $($field),* } = self;
                let x = $crate::__vectors!(slice $vector x);
                let residuals = $crate::problems::evaluate::residuals(x, $count, |residuals, jacobian| {
                    $($function)::+::residuals(x, residuals, jacobian, $($constant),*)
                })?;
                ::core::result::Result::Ok($crate::__vectors!(from_vec $vector residuals))
            }
        }

        impl $(<$($life),+>)? ::argmin::core::Jacobian for $name $(<$($life),+>)? {
            type Param = $crate::__vectors!(vector $vector $float);
            type Jacobian = $crate::__vectors!(matrix $vector $float);
            fn jacobian(&self, x: &Self::Param) -> ::core::result::Result<Self::Jacobian, ::argmin::core::Error> {
                let Self { $($field),* } = self;
                let x = $crate::__vectors!(slice $vector x);
                let (_, jacobian) = $crate::problems::evaluate::residuals_and_jacobian(x, $count, |residuals, jacobian| {
                    $($function)::+::residuals(x, residuals, jacobian, $($constant),*)
                })?;
                ::core::result::Result::Ok($crate::__vectors!(from_rows $vector jacobian, x.len()))
            }
        }
    };
}
