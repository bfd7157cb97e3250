//! Roots of systems.

use chainrule::solve::{Error, fixed_point, root, root_slice, root_with_jacobian};
use chainrule::{Dual, Scalar, differentiate};

use super::assert_close;

#[test]
fn powells_badly_scaled_function_has_its_root() {
    let root = root(
        |[x, y]| [1e4 * x * y - 1.0, (-x).exp() + (-y).exp() - 1.0001],
        [0.0, 1.0],
    );
    let [x, y] = root.unwrap();
    assert_close(x, 1.098_159_329_699_82e-5, 1e-9);
    assert_close(y, 9.106_146_739_866_52, 1e-12);
}

#[test]
fn roots_of_the_literature_are_found_from_their_starts() {
    let rosenbrock = root(|[x, y]| [10.0 * (y - x * x), 1.0 - x], [-1.2, 1.0]);
    assert_eq!(rosenbrock, Ok([1.0, 1.0]));

    // The helical valley; its angle turns by one where x changes its sign.
    let helix = root(
        |[x, y, z]: [Dual<f64, 3>; 3]| {
            let angle = (y / x).atan() / std::f64::consts::TAU;
            let angle = if x > 0.0 { angle } else { angle + 0.5 };
            [10.0 * (z - 10.0 * angle), 10.0 * (x.hypot(y) - 1.0), z]
        },
        [-1.0, 0.0, 0.0],
    );
    let helix = helix.unwrap();
    assert!((helix[0] - 1.0).abs() < 1e-14 && helix[1].abs() < 1e-14 && helix[2].abs() < 1e-14);
}

fn tridiagonal<S: Scalar<Primal = f64>>(x: &[S], y: &mut [S]) {
    for i in 0..x.len() {
        let left = if i > 0 { x[i - 1] } else { S::zero() };
        let right = x.get(i + 1).copied().unwrap_or_else(S::zero);
        y[i] = (S::from_primal(3.0) - x[i] * 2.0) * x[i] - left - right * 2.0 + 1.0;
    }
}

#[test]
fn broydens_tridiagonal_system_is_solved_at_every_size() {
    for n in [1, 2, 7, 8, 9, 40] {
        let x = root_slice(tridiagonal, &vec![-1.0_f64; n]).unwrap();
        let mut y = vec![0.0; n];
        tridiagonal(&x, &mut y);
        assert!(y.iter().all(|y| y.abs() < 1e-14), "{n}: {y:?}");
    }
}

#[test]
fn steps_that_plain_newton_diverges_with_are_shortened() {
    // Newton's own step goes from 3 to -9.5, and farther each time.
    assert_eq!(root(|[x]| [x.atan()], [3.0]), Ok([0.0]));
    // And from 20 to -40, where there is no logarithm.
    assert_eq!(root(|[x]| [x.ln()], [20.0]), Ok([1.0]));
    // And into overflow.
    let [x] = root(|[x]| [x.exp() - 1e-3], [-30.0]).unwrap();
    assert_close(x, 1e-3_f64.ln(), 1e-15);
}

#[test]
fn compiled_derivatives_solve_too() {
    #[differentiate]
    fn orbit(x: [f64; 2]) -> [f64; 2] {
        [x[0] - 0.5 * x[0].sin() - 1.0, x[1] * x[0] - 2.0]
    }
    let by_duals = root(orbit::lift, [1.0, 1.0]).unwrap();
    let compiled = root_with_jacobian(orbit::value_and_jacobian, [1.0, 1.0]).unwrap();
    for (x, y) in by_duals.into_iter().zip(compiled) {
        assert_close(x, y, 1e-15);
    }
    assert!(orbit(compiled).iter().all(|y| y.abs() < 1e-15));
}

#[test]
fn a_double_root_is_found_to_half_its_digits() {
    let [x] = root(|[x]| [(x - 1.0).powi(2)], [3.0]).unwrap();
    assert_close(x, 1.0, 1e-7);
}

#[test]
fn multiple_roots_that_rounding_blurs_are_found() {
    // (x² - 2)² and (x - 1)³, of which rounding leaves half and a third of the digits.
    for start in [3.0_f64, -5.0, 100.0] {
        let [x] = root(|[x]| [x.powi(4) - 4.0 * x * x + 4.0], [start]).unwrap();
        assert_close(x.abs(), 2.0_f64.sqrt(), 1e-7);
    }
    let [x] = root(|[x]| [x.powi(3) - 3.0 * x * x + 3.0 * x - 1.0], [5.0]).unwrap();
    assert_close(x, 1.0, 1e-4);
    // Powell's singular function.
    let x = root(
        |[a, b, c, d]| [a + 10.0 * b, c - d, (b - 2.0 * c).powi(2), (a - d).powi(2)],
        [3.0, -1.0, 0.0, 1.0],
    );
    assert!(x.unwrap().iter().all(|x: &f64| x.abs() < 1e-7));
}

#[test]
fn equations_that_say_the_same_have_roots() {
    for right in [0.1_f64, 0.3, 0.7] {
        let [x, y] = root(
            |[x, y]| [x + y - right, 3.0 * x + 3.0 * y - 3.0 * right],
            [5.0, -2.0],
        )
        .unwrap();
        assert!((x + y - right).abs() < 1e-14, "{x} {y}");
    }
}

#[test]
fn roots_of_all_sizes_are_found() {
    for exponent in [-200, -20, 20, 100, 200] {
        let [x] = root(|[x]| [x * x - 10.0_f64.powi(exponent)], [1.0]).unwrap();
        assert_close(x, 10.0_f64.powi(exponent / 2), 1e-14);
    }
}

#[test]
fn fixed_points_need_not_attract() {
    // The slope of the map is -3 there: the iteration x ← f(x) would fly off.
    assert_eq!(fixed_point(|[x]| [4.0 - 3.0 * x], [7.0]), Ok([1.0]));
}

#[test]
fn minima_that_are_no_roots_are_errors() {
    let Err(Error::NoRoot { residual }) = root(|[x]| [x * x + 1.0], [2.0]) else {
        panic!("x² + 1 has no root");
    };
    assert_close(residual, 1.0, 1e-12);
    // Nor has one that is nearly zero.
    assert!(matches!(
        root(|[x]| [x * x + 1e-15], [10.0]),
        Err(Error::NoRoot { .. })
    ));
    // Freudenstein and Roth's function has a local minimum of 48.984.. = 6.9989² on the way.
    let Err(Error::NoRoot { residual }) = root(
        |[x, y]| {
            [
                x - 13.0 + ((5.0 - y) * y - 2.0) * y,
                x - 29.0 + ((y + 1.0) * y - 14.0) * y,
            ]
        },
        [0.5, -2.0],
    ) else {
        panic!("no local minimum found");
    };
    assert_close(residual * residual, 48.984_253_679_24, 1e-10);
}

#[test]
fn roots_at_infinity_are_none() {
    assert!(root(|[x]| [(-x).exp()], [3.0]).is_err());
    assert!(root(|[x]| [1.0 / x], [3.0]).is_err());
}

#[test]
fn single_precision_finds_roots() {
    let [x] = root(|[x]| [x * x - 2.0], [1.0_f32]).unwrap();
    assert_eq!(x, 2.0_f32.sqrt());
}
