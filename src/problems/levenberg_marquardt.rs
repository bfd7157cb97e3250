//! For levenberg-marquardt.

/// An annotated function as a problem of the crate levenberg-marquardt: its residuals, and their `count:`.
///
/// The struct's `new` takes the start, a `DVector<f64>`, before the fields; `params()` gives what was found. Constants are as in
/// [`argmin_problem!`](crate::argmin_problem). Residuals and their Jacobian are computed as the solver asks for them: the Jacobian only
/// where a step was accepted. Where one of them is NaN, the solver ends with `User("residuals")` or `User("jacobian")`. A start of a
/// wrong length panics.
///
/// ```ignore
/// chainrule::levenberg_marquardt_problem! {
///     struct Fit { x: Vec<f64>, y: Vec<f64> }
///     residuals: misfit(x, y), count: y.len()
/// }
/// let (fit, report) = LevenbergMarquardt::new().minimize(Fit::new(dvector![1.0, 0.5], x, y));
/// ```
///
/// `ecosystem/tests/levenberg_marquardt.rs` in the repository runs this.
#[macro_export]
macro_rules! levenberg_marquardt_problem {
    (
        $(#[$meta:meta])* $vis:vis struct $name:ident $(<$($life:lifetime),+>)? { $($field:ident: $ty:ty),* $(,)? }
        residuals: $($function:ident)::+ ($($constant:expr),* $(,)?), count: $count:expr $(,)?
    ) => {
        $crate::__problem! {
            $(#[$meta])* $vis struct $name [$($($life),+)?] { $($field: $ty),* }
            with { __chainrule_point: nalgebra::DVector<f64> = start } by (start: nalgebra::DVector<f64>)
        }

        impl $(<$($life),+>)? ::levenberg_marquardt::LeastSquaresProblem<f64, nalgebra::Dyn, nalgebra::Dyn>
            for $name $(<$($life),+>)?
        {
            type ResidualStorage = nalgebra::VecStorage<f64, nalgebra::Dyn, nalgebra::U1>;
            type JacobianStorage = nalgebra::VecStorage<f64, nalgebra::Dyn, nalgebra::Dyn>;
            type ParameterStorage = nalgebra::VecStorage<f64, nalgebra::Dyn, nalgebra::U1>;

            fn set_params(&mut self, x: &nalgebra::DVector<f64>) {
                self.__chainrule_point.copy_from(x);
            }

            fn params(&self) -> nalgebra::DVector<f64> {
                ::core::clone::Clone::clone(&self.__chainrule_point)
            }

            fn residuals(&self) -> ::core::option::Option<nalgebra::DVector<f64>> {
                let Self { $($field,)* __chainrule_point: point } = self;
                let mut residuals = $crate::__private::zeros::<f64>($count);
                $($function)::+::residuals(point.as_slice(), &mut residuals, ::core::option::Option::None, $($constant),*);
                let is_number = residuals.iter().all(|residual| !residual.is_nan());
                is_number.then(|| nalgebra::DVector::from_vec(residuals))
            }

            fn jacobian(&self) -> ::core::option::Option<nalgebra::DMatrix<f64>> {
                let Self { $($field,)* __chainrule_point: point } = self;
                let mut residuals = $crate::__private::zeros::<f64>($count);
                let mut jacobian = $crate::__private::zeros::<f64>(residuals.len() * point.len());
                $($function)::+::residuals(
                    point.as_slice(), &mut residuals, ::core::option::Option::Some(&mut jacobian), $($constant),*
                );
                let is_number = jacobian.iter().all(|slope| !slope.is_nan());
                is_number.then(|| $crate::__vectors!(from_rows DVector jacobian, point.len()))
            }
        }
    };
}
