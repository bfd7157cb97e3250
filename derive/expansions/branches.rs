#[differentiate(wrt(x))]
fn branches(x: f64, n: usize, table: &[f64]) -> f64 {
    if x < 0.0 {
        return 0.0;
    }
    let index = (x as usize).min(table.len() - 1);
    let base = table[index];
    match n {
        0 => base,
        1 => x.max(base),
        _ => helper(x, base).powi(n as i32),
    }
}

// ---- expands to ----

enum branches {}
impl branches {
    fn lift<S: Scalar<Primal = f64>>(x: S, n: usize, table: &[f64]) -> S {
        let _ = branches;
        use {
            self as runtime, CastAny as _, KeepArgument as _, PassAny as _, ReadAny as _,
            RunAny as _,
        };
        if x < runtime::constant::<S>(0.0) {
            return runtime::constant::<S>(0.0);
        }
        let index = (runtime::Scalar::primal_to_cast(x) as usize).min(table.len() - 1);
        let base = table[index];
        match n {
            0 => runtime::constant::<S>(base),
            1 => runtime::functions::max(x, runtime::constant::<S>(base)),
            _ => {
                <runtime::put_differentiate_on_this_function!(
                    helper
                )>::lift(
                        x,
                        runtime::Passed(base)
                            .pass()
                            .into_parameter(&mut Default::default()),
                    )
                    .powi(runtime::Argument::<_, S>::new(n as i32).lift())
            }
        }
    }
    fn gradient(x: f64, n: usize, table: &[f64]) -> f64 {}
    fn value_and_gradient(x: f64, n: usize, table: &[f64]) -> (f64, f64) {}
    fn hessian(x: f64, n: usize, table: &[f64]) -> f64 {}
    fn value_gradient_hessian(x: f64, n: usize, table: &[f64]) -> (f64, f64, f64) {}
    fn jvp(point: f64, direction: f64, n: usize, table: &[f64]) -> (f64, f64) {}
    fn hvp(point: f64, direction: f64, n: usize, table: &[f64]) -> f64 {}
    fn derivative(x: f64, n: usize, table: &[f64]) -> f64 {}
    fn value_and_derivative(x: f64, n: usize, table: &[f64]) -> (f64, f64) {}
    fn second_derivative(x: f64, n: usize, table: &[f64]) -> f64 {}
    fn value_and_derivatives(x: f64, n: usize, table: &[f64]) -> (f64, f64, f64) {}
    fn objective(
        point: &[f64],
        gradient: ::core::option::Option<&mut [f64]>,
        n: usize,
        table: &[f64],
    ) -> f64 {}
    fn objective_with_hessian(
        point: &[f64],
        gradient: &mut [f64],
        hessian: &mut [f64],
        n: usize,
        table: &[f64],
    ) -> f64 {}
}
