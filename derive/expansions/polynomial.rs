#[differentiate]
fn polynomial(t: f64, scale: f64) -> f64 {
    scale * (1.0 + t * (2.0 + t * (3.0 + t * 4.0)))
}

// ---- expands to ----

enum polynomial {}
impl polynomial {
    fn lift<S: Scalar<Primal = f64>>(t: S, scale: S) -> S {
        let _ = polynomial;
        use {
            self as runtime, CastAny as _, KeepArgument as _, PassAny as _, ReadAny as _,
            RunAny as _,
        };
        scale
            * (runtime::Left(1.0)
                + t * (runtime::Left(2.0) + t * (runtime::Left(3.0) + t * 4.0)))
    }
    fn gradient(t: f64, scale: f64) -> [f64; 2usize] {}
    fn value_and_gradient(t: f64, scale: f64) -> (f64, [f64; 2usize]) {}
    fn hessian(t: f64, scale: f64) -> [[f64; 2]; 2] {}
    fn value_gradient_hessian(
        t: f64,
        scale: f64,
    ) -> (f64, [f64; 2usize], [[f64; 2]; 2]) {}
    fn jvp(point: [f64; 2usize], direction: [f64; 2usize]) -> (f64, f64) {}
    fn hvp(point: [f64; 2usize], direction: [f64; 2usize]) -> [f64; 2usize] {}
    fn objective(point: &[f64], gradient: ::core::option::Option<&mut [f64]>) -> f64 {}
    fn objective_with_hessian(
        point: &[f64],
        gradient: &mut [f64],
        hessian: &mut [f64],
    ) -> f64 {}
    fn adjoint<S: Scalar<Primal = f64>>(
        t: S,
        scale: S,
        bar_t: &mut S,
        bar_scale: &mut S,
    ) -> S {
        let _ = polynomial;
        use {
            self as runtime, CastAny as _, KeepArgument as _, PassAny as _, ReadAny as _,
            RunAny as _,
        };
        let zero: S = runtime::zero();
        let result;
        let v9: S = (runtime::Left(3.0) + (t * 4.0));
        let v11: S = (runtime::Left(2.0) + (t * v9));
        let v13: S = (runtime::Left(1.0) + (t * v11));
        result = (scale * v13);
        let r1 = t * (4.0);
        let r2 = v9 + r1;
        let r3 = r2 * t;
        let r4 = v11 + r3;
        let r5 = scale * r4;
        let mut b0 = r5;
        let mut b1 = v13;
        *bar_t = b0;
        *bar_scale = b1;
        result
    }
    fn adjoint_hessian(
        t: f64,
        scale: f64,
        bar_t: &mut f64,
        bar_scale: &mut f64,
        hessian: &mut [[f64; { 2 }]; { 2 }],
    ) -> (f64, f64) {}
    fn forward<S: Scalar<Primal = f64>>(
        t: S,
        scale: S,
        dot_t: S,
        dot_scale: S,
    ) -> (S, S) {}
}
impl Compiled<f64, 2usize> for polynomial {
    fn value_and_slopes<S: Scalar<Primal = f64>>(
        [t,
        scale,
        ]: [S; 2usize],
    ) -> (S, [S; 2usize]) {}
    fn bends_of_floats([t, scale]: [f64; 2usize]) -> Bent<f64, 2usize> {}
}
