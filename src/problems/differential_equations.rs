//! For differential-equations.

/// An annotated function as an `ODE` of the crate differential-equations, with its Jacobian.
///
/// `rates(t):` names the time, and then the function, of the state and of constants that may be expressions in the time and in the fields of
/// the struct, which are references. `state:` is an array `[f64; N]` or whatever else has `as_slice` and `as_mut_slice`. A state of a wrong
/// length panics.
///
/// ```ignore
/// chainrule::ode_problem! {
///     struct Robertson { rates: [f64; 3] }
///     rates(t): robertson(rates), state: [f64; 3]
/// }
/// ```
///
/// `ecosystem/tests/differential_equations.rs` in the repository runs this.
#[macro_export]
macro_rules! ode_problem {
    (
        $(#[$meta:meta])* $vis:vis struct $name:ident $(<$($life:lifetime),+>)? { $($field:ident: $ty:ty),* $(,)? }
        rates($time:ident): $($function:ident)::+ ($($constant:expr),* $(,)?), state: $state:ty $(,)?
    ) => {
        $crate::__problem! {
            $(#[$meta])* $vis struct $name [$($($life),+)?] { $($field: $ty),* } with {} by ()
        }

        impl $(<$($life),+>)? ::differential_equations::ode::ODE<f64, $state> for $name $(<$($life),+>)? {
            #[allow(unused_variables)]
            fn diff(&self, $time: f64, y: &$state, rates: &mut $state) {
                let Self { $($field),* } = self;
                $($function)::+::residuals(
                    y.as_slice(), rates.as_mut_slice(), ::core::option::Option::None, $($constant),*
                );
            }

            #[allow(unused_variables)]
            fn jacobian(&self, $time: f64, y: &$state, matrix: &mut ::differential_equations::linalg::Matrix<f64>) {
                let Self { $($field),* } = self;
                let count = y.as_slice().len();
                let mut rates = ::core::clone::Clone::clone(y);
                let mut jacobian = $crate::__private::zeros::<f64>(count * count);
                $($function)::+::residuals(
                    y.as_slice(), rates.as_mut_slice(), ::core::option::Option::Some(&mut jacobian), $($constant),*
                );
                for row in 0..count {
                    for column in 0..count {
                        matrix[(row, column)] = jacobian[row * count + column];
                    }
                }
            }
        }
    };
}
