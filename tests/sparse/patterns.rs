use chainrule::sparse::{Pattern, hessian_pattern, jacobian_pattern};
use chainrule::{Activation, Scalar, watch::Watched};

/// The picture of a Hessian's pattern.
macro_rules! hessian {
    ($x:expr, |$p:ident| $f:expr) => {
        hessian_pattern(|$p: &[Watched<f64>]| $f, &$x).to_string()
    };
}

#[test]
fn sums_and_constant_factors_do_not_bend() {
    assert_eq!(
        hessian!([1.0; 2], |x| x[0] + x[1] - 2.0 * x[0]),
        "· ·\n· ·\n"
    );
    assert_eq!(
        hessian!([1.0; 2], |x| -x[0] / 3.0 + x[1] * 2.0 * 4.0),
        "· ·\n· ·\n"
    );
    assert_eq!(
        hessian!([1.0; 2], |x| x[0].mul_add(Watched::constant(2.0), x[1])),
        "· ·\n· ·\n"
    );
    assert_eq!(hessian!([1.0], |_x| Watched::constant(3.0)), "·\n");
}

#[test]
fn products_and_quotients_bend_where_they_must() {
    assert_eq!(hessian!([0.0; 2], |x| x[0] * x[1]), "· ×\n× ·\n");
    assert_eq!(hessian!([0.0; 2], |x| x[0] * x[0] + x[1]), "× ·\n· ·\n");
    assert_eq!(hessian!([1.0; 2], |x| x[0] / x[1]), "· ×\n× ×\n");
    assert_eq!(hessian!([1.0; 2], |x| 2.0 / x[1]), "· ·\n· ×\n");
    assert_eq!(
        hessian!([1.0; 3], |x| (x[0] + x[1]) * (x[1] - x[2])),
        "· × ×\n× × ×\n× × ·\n"
    );
    assert_eq!(
        hessian!([1.0; 3], |x| x[0].mul_add(x[1], x[2])),
        "· × ·\n× · ·\n· · ·\n"
    );
}

#[test]
fn functions_bend_by_all_they_depend_on() {
    assert_eq!(
        hessian!([1.0; 3], |x| (x[0] + x[2]).exp()),
        "× · ×\n· · ·\n× · ×\n"
    );
    assert_eq!(hessian!([1.0; 2], |x| x[0].powf(x[1])), "× ×\n× ×\n");
    assert_eq!(
        hessian!([1.0; 2], |x| x[0].powi(3) + x[1].sigmoid()),
        "× ·\n· ×\n"
    );
    assert_eq!(
        hessian!([1.0; 2], |x| x[0].sin_cos().1 + x[1]),
        "× ·\n· ·\n"
    );
}

/// The value at the traced point must not decide.
#[test]
fn what_is_zero_by_chance_is_in_the_pattern() {
    let jacobian = |x: &[f64]| {
        jacobian_pattern(
            |x, out| {
                out[0] = x[0] * x[1];
                out[1] = x[0].max(x[1]);
                out[2] = x[1].relu() + x[0].min(Watched::constant(-1.0));
                out[3] = x[0].clamp(Watched::constant(-1.0), x[1]);
                out[4] = x[2].abs() * 0.0;
            },
            x,
            5,
        )
        .to_string()
    };
    let expected = "× × ·\n× × ·\n× × ·\n× × ·\n· · ×\n";
    assert_eq!(jacobian(&[0.0, 0.0, 0.0]), expected);
    assert_eq!(jacobian(&[-5.0, 1.0, 2.0]), expected);
    assert_eq!(jacobian(&[5.0, -0.5, -2.0]), expected);
}

#[test]
fn constants_and_unwritten_outputs_are_empty_rows() {
    let pattern = jacobian_pattern(|x, out| out[1] = x[0], &[1.0, 2.0], 3);
    assert_eq!(pattern.to_string(), "· ·\n× ·\n· ·\n");
    assert_eq!((pattern.len(), pattern.is_empty()), (1, false));
    let empty = jacobian_pattern(|_, _| {}, &[1.0], 0);
    assert_eq!(
        (empty.rows(), empty.columns(), empty.is_empty()),
        (0, 1, true)
    );
}

#[test]
fn branches_are_those_of_the_point_and_unions_hold_both() {
    let at = |x: f64| {
        jacobian_pattern(
            |x, out| out[0] = if x[0] > 0.0 { x[0] } else { x[1] },
            &[x, 1.0],
            1,
        )
    };
    assert_eq!(
        (at(1.0).to_string(), at(-1.0).to_string()),
        ("× ·\n".into(), "· ×\n".into())
    );
    assert_eq!(at(1.0).union(&at(-1.0)).to_string(), "× ×\n");
}

#[test]
fn patterns_of_single_precision_and_through_generic_code() {
    fn energy<S: Scalar>(x: &[S]) -> S {
        let mut sum = S::zero();
        for i in 1..x.len() {
            sum += (x[i] - x[i - 1]).powi(2);
        }
        sum
    }
    let pattern = hessian_pattern(|x: &[Watched<f32>]| energy(x), &[0.0; 4]);
    assert_eq!(pattern.to_string(), "× × · ·\n× × × ·\n· × × ×\n· · × ×\n");
}

#[test]
#[should_panic(expected = "row 1 names column 3, but there are 3 columns")]
fn a_column_that_is_not_there() {
    let _ = Pattern::new(3, [vec![0], vec![2, 3]]);
}

#[test]
#[should_panic(expected = "one pattern is 1 × 2, the other 1 × 3")]
fn patterns_of_different_sizes() {
    let _ = Pattern::new(2, [vec![0]]).union(&Pattern::new(3, [vec![0]]));
}

#[test]
fn transposition() {
    let pattern = Pattern::new(3, [vec![2, 0, 2], vec![], vec![1]]);
    assert_eq!(pattern.offsets(), [0, 2, 2, 3]);
    assert_eq!(pattern.indices(), [0, 2, 1]);
    assert_eq!(pattern.transpose().to_string(), "× · ·\n· · ×\n× · ·\n");
    assert_eq!(pattern.transpose().transpose(), pattern);
}
