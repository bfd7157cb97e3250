#[differentiate(wrt(state, dt))]
fn chain(state: &State, dt: f64, forces: &[f64]) -> Option<State> {
    let pull: f64 = forces.iter().map(|force| force * state.x).sum();
    let limit = state.v.abs().max(1.0);
    let step = |rate: f64| rate * dt / limit;
    (dt > 0.0).then(|| State { x: state.x + step(state.v), v: state.v - step(pull), ..*state })
}

// ---- expands to ----

enum chain {}
impl chain {
    fn lift<S: Scalar<Primal = f64>>(
        state: &<State as Differentiable<f64>>::Lifted<S>,
        dt: S,
        forces: &[f64],
    ) -> Option<<State as Differentiable<f64>>::Lifted<S>> {
        let _ = chain;
        use {
            self as runtime, CastAny as _, KeepArgument as _, PassAny as _, ReadAny as _,
            RunAny as _,
        };
        type Struct0<T> = <State as runtime::Differentiable<f64>>::Lifted<T>;
        const _: ::core::option::Option<Struct0<f64>> = ::core::option::Option::None;
        let pull: S = Iterator::sum::<
            S,
        >(
            Iterator::map(
                forces.iter().map(|force| runtime::Left((*force)) * state.x),
                |item| *Borrow::<S>::borrow(&item),
            ),
        );
        let limit = state.v.abs().max(runtime::constant::<S>(1.0));
        let step = |rate: S| rate * dt / limit;
        (dt > runtime::constant::<S>(0.0))
            .then(|| Struct0::<S> {
                x: state.x + step(state.v),
                v: state.v - step(pull),
                ..*state
            })
    }
    fn jacobian(
        state: &State,
        dt: f64,
        forces: &[f64],
    ) -> Option<
        <Size<
            {
                total_count(
                        &[
                            <State as Differentiable<f64>>::COUNT,
                            <f64 as Differentiable<f64>>::COUNT,
                            <State as Differentiable<f64>>::COUNT,
                        ],
                    )
                    .is_some()
            },
            { fixed_count(&[<State as Differentiable<f64>>::COUNT]) },
        > as Storage>::Row<
            <Size<
                {
                    total_count(
                            &[
                                <State as Differentiable<f64>>::COUNT,
                                <f64 as Differentiable<f64>>::COUNT,
                                <State as Differentiable<f64>>::COUNT,
                            ],
                        )
                        .is_some()
                },
                {
                    fixed_count(
                        &[
                            <State as Differentiable<f64>>::COUNT,
                            <f64 as Differentiable<f64>>::COUNT,
                        ],
                    )
                },
            > as Storage>::Row<f64>,
        >,
    > {}
    fn value_and_jacobian(
        state: &State,
        dt: f64,
        forces: &[f64],
    ) -> Option<
        (
            State,
            <Size<
                {
                    total_count(
                            &[
                                <State as Differentiable<f64>>::COUNT,
                                <f64 as Differentiable<f64>>::COUNT,
                                <State as Differentiable<f64>>::COUNT,
                            ],
                        )
                        .is_some()
                },
                { fixed_count(&[<State as Differentiable<f64>>::COUNT]) },
            > as Storage>::Row<
                <Size<
                    {
                        total_count(
                                &[
                                    <State as Differentiable<f64>>::COUNT,
                                    <f64 as Differentiable<f64>>::COUNT,
                                    <State as Differentiable<f64>>::COUNT,
                                ],
                            )
                            .is_some()
                    },
                    {
                        fixed_count(
                            &[
                                <State as Differentiable<f64>>::COUNT,
                                <f64 as Differentiable<f64>>::COUNT,
                            ],
                        )
                    },
                > as Storage>::Row<f64>,
            >,
        ),
    > {}
    fn jvp(
        point: (State, f64),
        direction: (State, f64),
        forces: &[f64],
    ) -> Option<(State, State)> {}
}
