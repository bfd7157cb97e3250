//! What comes of bad input: an error that names the cause, and never a panic.

use chainrule::Dual;
use chainrule::solve::{
    Error, Lu, curve_fit, implicit_root, implicit_root_slice, least_squares, linear_solve,
    linear_solve_slice, minimize, root, root_slice,
};

fn not_finite<T>(result: Result<T, Error>) -> (&'static str, usize) {
    match result {
        Err(Error::NotFinite { what, index }) => (what, index),
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("nothing is wrong"),
    }
}

#[test]
fn numbers_that_are_not_finite_are_named() {
    let nan = f64::NAN;
    assert_eq!(
        not_finite(linear_solve([[1.0, nan], [0.0, 1.0]], [1.0, 1.0])),
        ("the matrix", 1)
    );
    assert_eq!(
        not_finite(linear_solve([[1.0]], [f64::INFINITY])),
        ("the right-hand side", 0)
    );
    assert_eq!(
        not_finite(linear_solve([[1e-200]], [1e200])),
        ("the solution", 0)
    );
    let tangent = Dual::new(1.0, [nan]);
    assert_eq!(
        not_finite(linear_solve([[tangent]], [tangent])),
        ("the matrix", 0)
    );
    assert_eq!(
        not_finite(root(|[x]| [x - 1.0], [nan])),
        ("the starting point", 0)
    );
    assert_eq!(
        not_finite(root(|[x, y]| [x - y, x.ln()], [-1.0, 1.0])),
        ("the residual at the starting point", 1)
    );
    assert_eq!(
        not_finite(root(|[x]| [x.sqrt() - 1.0], [0.0])),
        ("the Jacobian at the starting point", 0)
    );
    assert_eq!(
        not_finite(minimize(|[x]| x.ln(), [-1.0])),
        ("the value at the starting point", 0)
    );
    assert_eq!(
        not_finite(curve_fit(
            |[b]: [f64; 1], _: f64| (b, [nan]),
            &[(0.0, 1.0)],
            [1.0]
        )),
        ("the Jacobian at the starting point", 0)
    );
    assert_eq!(
        not_finite(curve_fit(
            |[b]: [f64; 1], _: f64| (b, [1.0]),
            &[(0.0, 1.0), (0.0, nan)],
            [1.0]
        )),
        ("the residual at the starting point", 1)
    );
    let p = [Dual::variable(2.0)];
    assert_eq!(
        not_finite(implicit_root(|[x], [p]| [x * x - p], [nan], p)),
        ("the solution", 0)
    );
    assert_eq!(
        not_finite(implicit_root(|[x], [p]| [x.ln() - p], [-1.0], p)),
        ("the residual at the solution", 0)
    );
    assert_eq!(
        not_finite(implicit_root(
            |[x], [p]| [x - p],
            [1.0],
            [Dual::new(1.0, [nan])]
        )),
        ("the parameters", 0)
    );
}

#[test]
fn slices_that_do_not_fit_are_named() {
    assert_eq!(
        linear_solve_slice(&[1.0, 2.0, 3.0], &[1.0, 2.0])
            .unwrap_err()
            .to_string(),
        "the matrix has length 3, but the others need 4; pass one of that length"
    );
    let lu = Lu::new(&[1.0], 1).unwrap();
    assert_eq!(
        lu.solve(&[1.0, 2.0]),
        Err(Error::WrongLength {
            what: "the right-hand side",
            length: 2,
            expected: 1
        })
    );
    assert!(Lu::new(&[1.0], usize::MAX).is_err());
}

#[test]
fn nothing_to_solve_is_solved() {
    assert_eq!(linear_solve::<f64, 0>([], []), Ok([]));
    assert_eq!(linear_solve_slice::<f64>(&[], &[]), Ok(vec![]));
    assert_eq!(Lu::<f64>::new(&[], 0).unwrap().determinant(), 1.0);
    assert_eq!(root(|x: [Dual<f64, 0>; 0]| x, []), Ok([]));
    assert_eq!(root_slice::<f64>(|_, _| (), &[]), Ok(vec![]));
    assert_eq!(
        minimize(|_| chainrule::Jet::<f64, 0>::constant(3.0), [])
            .unwrap()
            .value,
        3.0
    );
    assert_eq!(
        least_squares(|_: [Dual<f64, 1>; 1], _| (), [3.0], 0)
            .unwrap()
            .parameters,
        [3.0]
    );
    assert_eq!(
        implicit_root_slice::<f64>(|_, _, _| (), &[], &[]).map(|x| x.len()),
        Ok(0)
    );
}

#[test]
fn messages_tell_cause_and_remedy() {
    let all = [
        Error::Singular { pivot: 1, size: 2 },
        Error::NotFinite {
            what: "the matrix",
            index: 3,
        },
        Error::WrongLength {
            what: "the matrix",
            length: 3,
            expected: 4,
        },
        Error::NotASolution {
            variable: 0,
            value: 1.5,
            step: 0.25,
        },
        Error::NoRoot { residual: 0.5 },
        Error::NotConverged { steps: 1000 },
        Error::NoDescent { steps: 7 },
        Error::Unbounded,
    ];
    for error in all {
        let message = error.to_string();
        let (cause, remedy) = message
            .split_once("; ")
            .unwrap_or_else(|| panic!("{message}"));
        assert!(
            cause.starts_with(char::is_lowercase) && !remedy.is_empty(),
            "{message}"
        );
        assert!(
            !message.ends_with('.') && !message.contains("  "),
            "{message}"
        );
        let _: &dyn std::error::Error = &error;
    }
}
