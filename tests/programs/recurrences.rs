//! Functions by recurrence.

mod bessel {
    use chainrule::differentiate;

    use crate::check;

    /// J_n by Miller's downward recurrence, normalized by 1 = J_0 + 2 J_2 + 2 J_4 + ...
    #[differentiate]
    fn bessel_j(n: usize, x: f64) -> f64 {
        if x == 0.0 {
            return if n == 0 { 1.0 } else { 0.0 };
        }
        let start = 2 * ((n.max(x.abs() as usize) + 30) / 2);
        let (mut above, mut here) = (0.0, 1e-300);
        let mut sum = 0.0;
        let mut result = 0.0;
        for k in (1..=start).rev() {
            let below = 2.0 * k as f64 / x * here - above;
            above = here;
            here = below;
            if k - 1 == n {
                result = here;
            }
            if (k - 1) % 2 == 0 {
                sum += if k == 1 { here } else { 2.0 * here };
            }
        }
        result / sum
    }

    #[test]
    fn bessel_functions_obey_their_recurrence() {
        check::value(bessel_j(0, 1.0), 0.765_197_686_557_966_6, 14);
        check::value(bessel_j(2, 5.0), 0.046_565_116_277_752_22, 14);
        for n in [0, 1, 4] {
            check::first(
                &[[0.4], [2.5], [9.0], [-3.0]],
                |x| bessel_j(n, x[0]),
                |x| bessel_j::value_and_gradient(n, x[0]),
            );
        }
        let slope = 0.5 * (bessel_j(1, 2.5) - bessel_j(3, 2.5));
        check::value(bessel_j::derivative(2, 2.5), slope, 13);
    }

    #[test]
    fn bessel_functions_bend_though_the_recurrence_starts_at_1e_300() {
        for n in [0, 1, 4] {
            check::smooth(
                &[[0.4], [2.5], [9.0], [-3.0]],
                |x| bessel_j(n, x[0]),
                |x| bessel_j::value_and_gradient(n, x[0]),
                |x| bessel_j::hessian(n, x[0]),
            );
        }
    }
}

mod legendre {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    fn legendre(n: u32, x: f64) -> f64 {
        match n {
            0 => 1.0,
            1 => x,
            _ => {
                let mut previous = 1.0;
                let mut current = x;
                for k in 1..n {
                    let k = f64::from(k);
                    let next = ((2.0 * k + 1.0) * x * current - k * previous) / (k + 1.0);
                    previous = std::mem::replace(&mut current, next);
                }
                current
            }
        }
    }

    #[test]
    fn legendre_polynomials_follow_three_terms() {
        check::value(
            legendre(4, 0.3),
            (35.0 * 0.0081 - 30.0 * 0.09 + 3.0) / 8.0,
            14,
        );
        for n in 0..7 {
            check::smooth(
                &[[-0.7], [0.3], [0.9]],
                |x| legendre(n, x[0]),
                |x| legendre::value_and_gradient(n, x[0]),
                |x| legendre::hessian(n, x[0]),
            );
        }
    }
}
