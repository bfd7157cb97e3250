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
        use {CastAny as _, KeepArgument as _, PassAny as _, ReadAny as _, RunAny as _};
        let mut sum = constant::<S>(0.0);
        for x in x {
            sum += Left(1.0) / (Left(1.0) + functions::exp((-scale * x)));
        }
        sum
    }
    fn gradient(x: [f64; 3], scale: f64) -> ([f64; 3], f64) {}
    fn value_and_gradient(x: [f64; 3], scale: f64) -> (f64, ([f64; 3], f64)) {}
    fn hessian(x: [f64; 3], scale: f64) -> [[f64; (3) * (1) + 1]; (3) * (1) + 1] {}
    fn value_gradient_hessian(
        x: [f64; 3],
        scale: f64,
    ) -> (f64, ([f64; 3], f64), [[f64; (3) * (1) + 1]; (3) * (1) + 1]) {}
    fn jvp(point: ([f64; 3], f64), direction: ([f64; 3], f64)) -> (f64, f64) {}
    fn hvp(point: ([f64; 3], f64), direction: ([f64; 3], f64)) -> ([f64; 3], f64) {}
    fn adjoint<S: Scalar<Primal = f64>>(
        x: [S; 3],
        scale: S,
        bar_x: &mut [S; 3],
        bar_scale: &mut S,
    ) -> S {}
    fn forward<S: Scalar<Primal = f64>>(
        x: [S; 3],
        scale: S,
        dot_x: &[S; 3],
        dot_scale: S,
    ) -> (S, S) {}
}
impl Reversed<{ (3) * (1) + 1 }> for sigmoid_sum {
    type Primal = f64;
    type Outputs<S: Scalar> = S;
    fn value_and_back<S: Scalar<Primal = f64>, const LANES: usize>(
        flat: [S; (3) * (1) + 1],
    ) -> (
        S,
        impl ::core::ops::FnOnce([S; LANES]) -> [Lanes<S, LANES>; (3) * (1) + 1],
        S,
    ) {}
}
