//! Oracle: the sum, product and quotient rules by hand; and each operator form against its plainest one.

use chainrule::{Dual, HyperDual, Jet, Scalar};

/// Every part as text; unlike `==`, it tells derivatives apart.
fn parts<S: Scalar>(x: S) -> String {
    format!("{x:?}")
}

/// The float as a constant of the type of `_like`.
fn lifted<S: Scalar>(value: S::Primal, _like: S) -> S {
    S::from_primal(value)
}

macro_rules! same_in_all_forms {
    ($x:ident $y:ident $c:ident: $($operator:tt $assign:tt)*) => {$(
        let plain = parts($x $operator $y);
        assert_eq!(parts($x $operator &$y), plain);
        assert_eq!(parts(&$x $operator $y), plain);
        assert_eq!(parts(&$x $operator &$y), plain);
        let (mut z, mut w) = ($x, $x);
        z $assign $y;
        w $assign &$y;
        assert_eq!((parts(z), parts(w)), (plain.clone(), plain));

        let float = $x $operator $c;
        let plain = parts(float);
        assert_eq!(parts(&$x $operator $c), plain);
        assert_eq!(parts($x $operator &$c), plain);
        assert_eq!(parts(&$x $operator &$c), plain);
        let (mut z, mut w) = ($x, $x);
        z $assign $c;
        w $assign &$c;
        assert_eq!((parts(z), parts(w)), (plain.clone(), plain));
    )*};
}

macro_rules! same_on_the_left {
    ($x:ident $c:ident: $($operator:tt)*) => {$(
        let plain = parts($c $operator $x);
        assert_eq!(parts(&$c $operator $x), plain);
        assert_eq!(parts($c $operator &$x), plain);
        assert_eq!(parts(&$c $operator &$x), plain);
        assert!(($c $operator $x).exactly_equals(&(lifted($c, $x) $operator $x)), "{} {}", stringify!($operator), plain);
    )*};
}

macro_rules! operands {
    ($float:ident) => {
        (
            (
                Dual::new(3.0 as $float, [1.5]),
                Dual::new(-0.7 as $float, [2.0]),
            ),
            (
                Dual::new(3.0 as $float, [1.5, 0.0, -2.0]),
                Dual::new(-0.7 as $float, [2.0, 1.0, 0.0]),
            ),
            (
                HyperDual::new(3.0 as $float, 1.5, -0.5, 2.0),
                HyperDual::new(-0.7 as $float, 2.0, 1.0, 0.25),
            ),
            (
                Jet::new(3.0 as $float, [1.5, 0.0], [[1.0, 0.5], [0.5, 2.0]]),
                Jet::new(-0.7 as $float, [2.0, 1.0], [[0.0; 2]; 2]),
            ),
            (
                Dual::new(Dual::new(3.0 as $float, [1.5]), [Dual::new(2.0, [1.0])]),
                Dual::new(Dual::new(-0.7 as $float, [1.0]), [Dual::new(1.0, [0.5])]),
            ),
        )
    };
}

#[test]
fn reference_and_assigning_forms_equal_the_plain_one() {
    macro_rules! check {
        ($float:ident: $($place:tt)*) => {$({
            let ((x, y), c) = (operands!($float).$place, 2.5 as $float);
            same_in_all_forms!(x y c: + += - -= * *= / /= % %=);
            assert_eq!(parts(-&x), parts(-x));
        })*};
    }
    check!(f64: 0 1 2 3 4);
    check!(f32: 0 1 2 3 4);
}

#[test]
fn a_float_on_the_left_is_a_constant() {
    macro_rules! check {
        ($($place:tt)*) => {$({
            let ((x, _), c) = (operands!(f64).$place, 2.5);
            same_on_the_left!(x c: + - * / %);
        })*};
    }
    check!(0 1 2 3 4);
}

#[test]
fn a_float_on_the_right_is_a_constant() {
    let x = Dual::new(3.0, [1.5, -2.0]);
    assert_eq!((x + 2.0).eps, [1.5, -2.0]);
    assert_eq!((x - 2.0).eps, [1.5, -2.0]);
    assert_eq!((x * 2.0).eps, [3.0, -4.0]);
    assert_eq!((x / 2.0).eps, [0.75, -1.0]);
    assert_eq!((x % 2.0).eps, [1.5, -2.0]);
    let y = HyperDual::new(3.0, 1.5, -2.0, 0.5);
    assert_eq!(
        ((y * 2.0).eps1eps2, (y / 2.0).eps1eps2, (y % 2.0).eps1eps2),
        (1.0, 0.25, 0.5)
    );
}

#[test]
fn the_product_rule() {
    let p = Dual::new(3.0, [1.5]) * Dual::new(-0.5, [2.0]);
    assert_eq!((p.re, p.derivative()), (-1.5, 1.5 * -0.5 + 3.0 * 2.0));
    let p = HyperDual::new(3.0, 1.5, 0.5, 2.0) * HyperDual::new(-0.5, 2.0, 4.0, 1.0);
    assert_eq!(
        (p.eps1, p.eps2),
        (1.5 * -0.5 + 3.0 * 2.0, 0.5 * -0.5 + 3.0 * 4.0)
    );
    assert_eq!(p.eps1eps2, 2.0 * -0.5 + 3.0 * 1.0 + 1.5 * 4.0 + 0.5 * 2.0);
}

#[test]
fn the_quotient_rule() {
    // 3/x at x = -2, with slope 4: -3/x² * 4, and by the second rule 6/x³ * 4 * 5 - 3/x² * 7.
    let q = 3.0 / HyperDual::new(-2.0, 4.0, 5.0, 7.0);
    assert_eq!((q.re, q.eps1, q.eps2), (-1.5, -3.0, -3.75));
    assert_eq!(q.eps1eps2, 6.0 / -8.0 * 20.0 - 0.75 * 7.0);
    let q = Dual::new(6.0, [1.0, 0.0]) / Dual::new(2.0, [0.0, 1.0]);
    assert_eq!((q.re, q.eps), (3.0, [0.5, -1.5]));
}

#[test]
fn sums_and_products_differentiate() {
    let numbers = [
        Dual::new(2.0, [1.0]),
        Dual::new(3.0, [0.5]),
        Dual::new(-1.0, [4.0]),
    ];
    assert_eq!(numbers.iter().sum::<Dual<f64>>().derivative(), 5.5);
    assert_eq!(
        numbers.iter().product::<Dual<f64>>().derivative(),
        -3.0 - 1.0 + 24.0
    );
}

#[test]
fn equality_of_all_parts_is_a_comparison_of_its_own() {
    let (x, y) = (Dual::new(1.0, [2.0]), Dual::new(1.0, [3.0]));
    assert!(x == y && !x.exactly_equals(&y) && x.exactly_equals(&x));
}
