//! Derivatives of solutions. Oracle: solutions in closed form, differentiated by hand.

use chainrule::solve::{
    Error, implicit_fixed_point, implicit_minimizer, implicit_minimizer_slice, implicit_root,
    implicit_root_slice, minimize, root,
};
use chainrule::{Dual, HyperDual, Jet, Scalar, derivative, differentiate, hessian, jacobian};

use super::assert_close;

/// `x⁵ = p`
fn fifth_root<S: Scalar, const N: usize, const P: usize>(x: [S; N], p: [S; P]) -> [S; N] {
    x.map(|x| x.powi(5) - p[0])
}

#[test]
fn roots_carry_derivatives_to_the_fifth_order() {
    type Fifth = Dual<Dual<Dual<Dual<Dual<f64>>>>>;
    let p: Fifth = Dual::variable(Dual::variable(Dual::variable(Dual::variable(
        Dual::variable(32.0),
    ))));
    let [x] = implicit_root(fifth_root, [2.0], [p]).unwrap();
    let orders = [
        x.re.re.re.re.re,
        x.eps[0].re.re.re.re,
        x.eps[0].eps[0].re.re.re,
        x.eps[0].eps[0].eps[0].re.re,
        x.eps[0].eps[0].eps[0].eps[0].re,
        x.eps[0].eps[0].eps[0].eps[0].eps[0],
    ];
    // d/dp of c pᵉ is e c pᵉ⁻¹; here p = 32 and pᵉ = 2⁵ᵉ.
    let mut coefficient = 1.0;
    for (order, found) in orders.into_iter().enumerate() {
        let exponent = 0.2 - order as f64;
        assert_close(found, coefficient * (5.0 * exponent).exp2(), 1e-13);
        coefficient *= exponent;
    }
}

#[test]
fn mixed_derivatives_by_two_parameters_are_right() {
    // The intersection of the circle of radius r and the line y = s x: x = r / √(1 + s²), y = s x.
    fn circle<S: Scalar<Primal = f64>>([x, y]: [S; 2], [r, s]: [S; 2]) -> [S; 2] {
        [x * x + y * y - r * r, y - s * x]
    }
    let (r, s) = (2.0, 0.75);
    let solution = root(|x| circle(x, [r.into(), s.into()]), [1.0, 1.0]).unwrap();
    assert_close(solution[0], 1.6, 1e-15);

    let exact = |r: HyperDual<f64>, s: HyperDual<f64>| {
        let x = r / (s * s + 1.0).sqrt();
        [x, s * x]
    };
    let (r2, s2) = (
        HyperDual::new(r, 1.0, 0.0, 0.0),
        HyperDual::new(s, 0.0, 1.0, 0.0),
    );
    let found = implicit_root(circle, solution, [r2, s2]).unwrap();
    for (found, exact) in found.into_iter().zip(exact(r2, s2)) {
        assert_close(found.eps1, exact.eps1, 1e-14);
        assert_close(found.eps2, exact.eps2, 1e-14);
        assert_close(found.eps1eps2, exact.eps1eps2, 1e-14);
    }

    // The drivers take it as any other function.
    let rows = jacobian(|p| implicit_root(circle, solution, p).unwrap(), [r, s]);
    let by_hand = [[0.8, -0.75 * 1.6 / 1.5625], [0.6, 1.6 / 1.5625]];
    for (row, by_hand) in rows.iter().flatten().zip(by_hand.iter().flatten()) {
        assert_close(*row, *by_hand, 1e-14);
    }
    let matrices = hessian(|p| implicit_root(circle, solution, p), [r, s]).unwrap();
    let expected = hessian(
        |[r, s]| {
            let x = r / (s * s + 1.0).sqrt();
            [x, s * x]
        },
        [r, s],
    );
    for (found, expected) in matrices
        .iter()
        .flatten()
        .flatten()
        .zip(expected.iter().flatten().flatten())
    {
        assert!(
            (found - expected).abs() < 1e-14,
            "{found} is not {expected}"
        );
    }
}

#[test]
fn minimisers_and_fixed_points_move_with_their_parameters() {
    #[differentiate]
    fn valley(x: [f64; 2], p: [f64; 1]) -> f64 {
        (x[0] - p[0]).powi(2) + 100.0 * (x[1] - x[0] * x[0]).powi(2)
    }
    // The minimum is at (p, p²).
    let minimum = minimize(|x| valley::lift(x, [1.5.into()]), [-1.2, 1.0]).unwrap();
    let p = Dual::variable(Dual::variable(1.5));
    let [x, y] = implicit_minimizer(valley::lift, minimum.point, [p]).unwrap();
    assert_close(x.derivative().re, 1.0, 1e-13);
    assert!(x.derivative().derivative().abs() < 1e-11);
    assert_close(y.derivative().re, 3.0, 1e-13);
    assert_close(y.derivative().derivative(), 2.0, 1e-11);

    // Heron's mean of x and p / x is √p, and does not attract more slowly than any.
    let slope = derivative(
        |p| implicit_fixed_point(|[x], [p]| [(x + p / x) * 0.5], [3.0], [p]),
        9.0,
    );
    assert_close(slope.unwrap()[0], 1.0 / 6.0, 1e-15);
}

#[test]
fn values_stay_as_they_came() {
    let rough = 2.0_f64.sqrt() + 1e-9;
    let [x] = implicit_root(|[x], [p]| [x * x - p], [rough], [Dual::variable(2.0)]).unwrap();
    assert_eq!(x.re, rough);
    assert_close(x.derivative(), 0.5 / rough, 1e-15);
    let [x] = implicit_root(|[x], [p]| [x * x - p], [rough], [2.0]).unwrap();
    assert_eq!(x, rough);
}

#[test]
fn parameters_that_do_not_move_leave_zeros() {
    let p = [Dual::new(2.0, [1.0, 0.0]), Dual::constant(3.0)];
    let [x] = implicit_root(
        |[x], [p, q]: [_; 2]| [x * x - p + q - 3.0],
        [2.0_f64.sqrt()],
        p,
    )
    .unwrap();
    assert_eq!(x.eps[1], 0.0);
    assert!(x.eps[0] > 0.35);
}

#[test]
fn slices_and_arrays_agree() {
    let n = 11;
    // x_i² = p + i, and the last is coupled to the first.
    fn squares<S: Scalar<Primal = f64>>(x: &[S], p: &[S], y: &mut [S]) {
        for i in 0..x.len() {
            y[i] = x[i] * x[i] - p[0] - i as f64;
        }
        y[x.len() - 1] += x[0] - x[0];
    }
    let x: Vec<f64> = (0..n).map(|i| (4.0 + i as f64).sqrt()).collect();
    let p = [Jet::<f64, 1>::variables([4.0])[0]];
    let found = implicit_root_slice(squares, &x, &p).unwrap();
    for (found, x) in found.iter().zip(&x) {
        assert_eq!(found.re, *x);
        assert_close(found.gradient[0], 0.5 / x, 1e-14);
        assert_close(found.hessian()[0][0], -0.25 / x.powi(3), 1e-14);
    }
}

#[test]
fn minimisers_in_slices_and_arrays_agree() {
    // Softly coupled: no derivative is zero.
    fn energy<S: Scalar<Primal = f64>>(x: &[S], p: &[S]) -> S {
        let springs = x
            .windows(2)
            .map(|pair| (pair[1] - pair[0]).powi(4) * 0.25)
            .sum::<S>();
        springs
            + x.iter()
                .map(|&x| (x - p[0]).cosh() + x * x * p[1])
                .sum::<S>()
    }
    let start = [0.3, -0.2, 0.5];
    let point = minimize(|x| energy(&x, &[1.0.into(), 0.5.into()]), start)
        .unwrap()
        .point;
    let [p, q] = Dual::<Dual<f64, 2>, 2>::variables(Dual::variables([1.0, 0.5]));
    let in_array = implicit_minimizer(|x, p| energy(&x, &p), point, [p, q]).unwrap();
    let in_slice = implicit_minimizer_slice(energy, &point, &[p, q]).unwrap();
    for (a, b) in in_array.iter().zip(&in_slice) {
        for i in 0..2 {
            assert_close(b.eps[i].re, a.eps[i].re, 1e-13);
            (0..2).for_each(|j| assert_close(b.eps[i].eps[j], a.eps[i].eps[j], 1e-12));
        }
    }
    // Against a solution beside it.
    let moved = minimize(|x| energy(&x, &[1.0001.into(), 0.5.into()]), start)
        .unwrap()
        .point;
    for i in 0..3 {
        let taylor = 1e-4 * in_array[i].eps[0].re + 0.5e-8 * in_array[i].eps[0].eps[0];
        assert!((moved[i] - point[i] - taylor).abs() < 1e-11);
    }
}

#[test]
fn a_point_that_is_no_solution_is_refused() {
    let at = |x| implicit_root(|[x], [p]| [x * x - p], [x], [Dual::variable(2.0)]);
    let Err(Error::NotASolution {
        variable: 0,
        value: 1.5,
        step,
    }) = at(1.5)
    else {
        panic!("{:?}", at(1.5));
    };
    assert_close(step, 1.0 / 12.0, 1e-15);
    // Nor is one that has a third of its digits.
    assert!(matches!(
        at(2.0_f64.sqrt() + 1e-6),
        Err(Error::NotASolution { .. })
    ));
    assert!(at(2.0_f64.sqrt() + 1e-9).is_ok());
    // A root at zero is one, and a number next to it is not.
    let at_zero = |x| implicit_root(|[x], [p]| [x - p], [x], [Dual::variable(0.0)]);
    assert_eq!(at_zero(0.0).unwrap()[0].derivative(), 1.0);
    assert!(at_zero(1e-9).is_err());
}

#[test]
fn a_double_root_has_no_derivative() {
    let error = implicit_root(|[x], [p]| [x * x - p], [0.0], [Dual::variable(0.0)]);
    assert_eq!(error.unwrap_err(), Error::Singular { pivot: 0, size: 1 });
}

#[test]
fn single_precision_has_implicit_derivatives() {
    let slope = derivative(
        |p: Dual<f32>| implicit_root(|[x], [p]| [x * x - p], [2.0_f32.sqrt()], [p]),
        2.0_f32,
    );
    assert!((slope.unwrap()[0] - 0.5 / 2.0_f32.sqrt()).abs() < 1e-7);
}
