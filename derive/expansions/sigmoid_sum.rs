#[differentiate]
fn sigmoid_sum(x: [f64; 3], scale: f64) -> f64 {
    let mut sum = 0.0;
    for x in x {
        sum += 1.0 / (1.0 + (-scale * x).exp());
    }
    sum
}

// ---- expands to ----

enum sigmoid_sum {}
impl sigmoid_sum {
    fn lift<S: Scalar<Primal = f64>>(x: [S; 3], scale: S) -> S {
        let _ = sigmoid_sum;
        use {
            self as runtime, CastAny as _, KeepArgument as _, PassAny as _, ReadAny as _,
            RunAny as _,
        };
        let mut sum = runtime::constant::<S>(0.0);
        for x in x {
            sum
                += runtime::Left(1.0)
                    / (runtime::Left(1.0) + runtime::functions::exp((-scale * x)));
        }
        sum
    }
    fn gradient(x: [f64; 3], scale: f64) -> ([f64; 3], f64) {}
    fn value_and_gradient(x: [f64; 3], scale: f64) -> (f64, ([f64; 3], f64)) {}
    fn hessian(x: [f64; 3], scale: f64) -> [[f64; 4]; 4] {}
    fn value_gradient_hessian(
        x: [f64; 3],
        scale: f64,
    ) -> (f64, ([f64; 3], f64), [[f64; 4]; 4]) {}
    fn jvp(point: ([f64; 3], f64), direction: ([f64; 3], f64)) -> (f64, f64) {}
    fn hvp(point: ([f64; 3], f64), direction: ([f64; 3], f64)) -> ([f64; 3], f64) {}
    fn objective(point: &[f64], gradient: ::core::option::Option<&mut [f64]>) -> f64 {}
    fn objective_with_hessian(
        point: &[f64],
        gradient: &mut [f64],
        hessian: &mut [f64],
    ) -> f64 {}
    fn adjoint<S: Scalar<Primal = f64>>(
        x: [S; 3],
        scale: S,
        bar_x: &mut [S; 3],
        bar_scale: &mut S,
    ) -> S {
        let _ = sigmoid_sum;
        use {
            self as runtime, CastAny as _, KeepArgument as _, PassAny as _, ReadAny as _,
            RunAny as _,
        };
        let zero: S = runtime::zero();
        let result;
        let mut sum: S = runtime::constant::<S>(0.0);
        let mut b2 = runtime::one::<S>();
        let mut b1 = zero;
        for v3 in 0..x.len() {
            let x_3: S = x[v3];
            let v9: S = (-scale);
            let r7: S = (v9 * x_3);
            let v12: S = runtime::functions::exp(r7);
            let d12_1: S = runtime::slopes::exp::dx(r7, v12);
            let v13: S = (runtime::Left(1.0) + v12);
            let v14: S = (runtime::Left(1.0) / v13);
            sum += v14;
            let r1 = b2 * runtime::recip(v13);
            let r2 = r1 * v14;
            let r3 = r2 * d12_1;
            let r4 = r3 * v9;
            let mut b3 = -r4;
            let r5 = r3 * x_3;
            b1 += r5;
            let mut r6 = b3;
            bar_x[v3] = r6;
        }
        result = sum;
        *bar_scale = b1;
        result
    }
    fn adjoint_hessian(
        x: [f64; 3],
        scale: f64,
        bar_x: &mut [f64; 3],
        bar_scale: &mut f64,
        hessian: &mut [[f64; { 4 }]; { 4 }],
    ) -> (f64, f64) {}
    fn forward<S: Scalar<Primal = f64>>(
        x: [S; 3],
        scale: S,
        dot_x: &[S; 3],
        dot_scale: S,
    ) -> (S, S) {}
}
impl Reversed<{ 4 }> for sigmoid_sum {
    type Primal = f64;
    type Outputs<S: Scalar> = S;
    fn value_and_back<S: Scalar<Primal = f64>, const LANES: usize>(
        flat: [S; 4],
    ) -> (S, impl ::core::ops::FnOnce([S; LANES]) -> [Lanes<S, LANES>; 4], S) {}
}
