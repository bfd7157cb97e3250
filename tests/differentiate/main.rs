//! The attribute against closed formulas, and against closures over the number types.

// The functions show syntax, also where another would be neater.
#![allow(clippy::all)]

mod calls;
mod closures;
mod compiled;
mod compiled_forward;
mod compiled_hessians;
mod compiled_jacobians;
mod compounds;
mod conditions;
mod fields;
mod foreign;
mod functions;
mod generics;
mod hygiene;
mod inputs;
mod language;
mod lifted_methods;
mod methods;
mod named;
mod options;
mod outputs;
mod passed;
mod programs;
mod references;
mod shadowed;
mod solver;
mod strict;
mod structs;
mod tuple_structs;
mod vocabulary;

/// To a few units in the last place of the largest term.
#[track_caller]
fn assert_close(actual: &[f64], expected: &[f64]) {
    assert_eq!(actual.len(), expected.len());
    for (a, e) in actual.iter().zip(expected) {
        assert!(
            (a - e).abs() <= 1e-12 * (1.0 + e.abs()),
            "{actual:?} is not {expected:?}"
        );
    }
}
