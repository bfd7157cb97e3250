//! Loops that run both sweeps at once, where others depend on what they depend on.

use chainrule::differentiate;

#[differentiate(mode = adjoint)]
fn sum_after_sum(x: &[f64]) -> f64 {
    let mut first = 0.0;
    for i in 0..x.len() {
        first += x[i] * x[i];
    }
    let mut second = 0.0;
    for i in 0..x.len() {
        second += x[i].sin();
    }
    first + second
}

#[differentiate(mode = adjoint)]
fn sum_after_a_number(x: &[f64]) -> f64 {
    let mut first = 0.0;
    for v in x {
        first += v * v;
    }
    first += 3.0 * x[1];
    let mut second = first * 0.5;
    for v in x {
        second += v * v * v;
        first += v;
    }
    second *= 2.0;
    for v in x {
        second += v.sin();
    }
    first + second
}

#[differentiate(mode = adjoint, wrt(x))]
fn overwritten_sum(x: &[f64], is_overwritten: bool) -> f64 {
    let mut sum = 0.0;
    for i in 0..x.len() {
        sum += x[i] * x[i];
    }
    if is_overwritten {
        sum = 1.0;
        for v in x {
            sum += v;
        }
    }
    sum
}

#[differentiate(mode = adjoint)]
fn added_to_after_it_was_read(x: &[f64]) -> f64 {
    let mut scale = x[0];
    let mut sum = 0.0;
    for v in x {
        sum += scale * v;
    }
    for v in x {
        scale += v * v;
    }
    sum + scale
}

#[differentiate(mode = adjoint)]
fn read_between(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    let mut scale = x[0] * 2.0;
    for v in x {
        sum += v * v;
    }
    let between = scale + x[0];
    for v in x {
        scale += v * v;
    }
    sum + between + scale
}

#[differentiate(mode = adjoint)]
fn set_between(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for v in x {
        sum += v * v;
    }
    let late;
    if x[0] > 0.0 {
        let mut inner = 0.0;
        for v in x {
            inner += v.cos();
        }
        late = inner;
    } else {
        late = x[1];
    }
    let folded = if x[1] > 0.0 {
        x.iter().map(|v| v * 2.0 + late).sum()
    } else {
        x[2]
    };
    sum + late + folded
}

#[differentiate(mode = adjoint)]
fn factor_found_by_a_loop(x: &[f64]) -> f64 {
    let mut product = x[0];
    if x[1] > 0.0 {
        product += product
            * if x[2] < 0.0 {
                x[1] * product
            } else {
                x[1] * x.iter().map(|v| v * 1.5).sum::<f64>()
            };
    }
    product
}

#[test]
fn fused_loops_that_depend_on_one_another() {
    let x = [0.7, 1.3, 0.4];
    agree_over_slices!(sum_after_sum, x);
    agree_over_slices!(sum_after_a_number, x);
    agree_over_slices!(overwritten_sum, x, false);
    agree_over_slices!(overwritten_sum, x, true);
    agree_over_slices!(added_to_after_it_was_read, x);
    agree_over_slices!(read_between, x);
    for x in [x, [-0.7, 1.3, 0.4], [0.7, -1.3, 0.4], [-0.7, -1.3, 0.4]] {
        agree_over_slices!(set_between, x);
        agree_over_slices!(factor_found_by_a_loop, x);
    }
}

#[differentiate(mode = adjoint)]
fn elements_by_several_names(x: &[f64]) -> f64 {
    let all = &x[0..];
    let mut sum = 0.0;
    for i in 0..x.len() {
        sum += x[i] * x[i + 0].sin() * all[i].cos();
    }
    sum
}

#[differentiate(mode = adjoint)]
fn products_by_several_names(x: [f64; 3]) -> f64 {
    let mut product = 1.0;
    for i in 0..3 {
        product *= x[i] * x[i + 0];
    }
    product
}

#[test]
fn an_element_goes_by_several_names_in_a_round() {
    let x = [0.7, 1.3, 0.4];
    agree_over_slices!(elements_by_several_names, x);
    let by_hand = [0, 1, 2].map(|i| 2.0 * products_by_several_names(x) / x[i]);
    crate::assert_close(&products_by_several_names::gradient(x), &by_hand);
}

#[differentiate(mode = adjoint, wrt(w))]
fn weighted(w: &[f64], rows: &[f64], signs: &[f64]) -> f64 {
    let mut total = 0.0;
    for (row, sign) in rows.chunks_exact(w.len()).zip(signs) {
        let score: f64 = row.iter().zip(w).map(|(x, w)| x * w).sum();
        total += (sign * score).exp().ln_1p();
    }
    total
}

/// A closure that is called twice binds what is in it twice.
#[differentiate(mode = adjoint, wrt(w))]
fn weighted_by_a_closure(w: &[f64], row: &[f64]) -> f64 {
    let score = |shift: f64| -> f64 {
        let scaled: f64 = row.iter().zip(w).map(|(x, w)| (x + shift) * w).sum();
        scaled * row.iter().map(|x| x - shift).sum::<f64>()
    };
    score(0.5).sin() * score(2.0)
}

#[test]
fn what_chains_bind_is_bound_again_on_the_way_back() {
    let w = [0.3, -0.7, 1.1];
    let rows = [1.0, 2.0, -0.5, 0.25, -1.5, 3.0];
    agree_over_slices!(weighted, w, &rows, &[1.0, -1.0]);
    agree_over_slices!(weighted_by_a_closure, w, &rows[1..4]);
}

#[differentiate(mode = adjoint)]
fn sizes(x: &[f64]) -> f64 {
    x.iter().map(|x| (x * x).sqrt()).sum()
}

#[differentiate(mode = adjoint)]
fn steps(x: &[f64], scale: f64) -> f64 {
    let mut sum = 0.0;
    for pair in x.windows(2) {
        let step = pair[1] - pair[0];
        sum += (scale * step * step).sqrt();
    }
    sum
}

#[differentiate(mode = adjoint)]
fn sizes_after_all(x: &[f64], scale: f64) -> f64 {
    let mean = x.iter().sum::<f64>() / x.len() as f64;
    x.iter()
        .map(|x| ((x - mean) * (x - mean) * scale).sqrt())
        .sum()
}

/// What is stored is summed up as it is stored, which must not miss the slope that is not finite, wherever it is.
#[test]
fn dual_numbers_decide_where_any_element_is_singular() {
    for at in 0..4 {
        let mut x = [1.0, -2.0, 3.0, -5.0];
        x[at] = 0.0;
        assert_eq!(
            sizes::gradient(&x),
            x.map(|x: f64| x.signum() * f64::from(x != 0.0))
        );
        let (value, slopes) = sizes::value_and_gradient(&x);
        assert!(value == sizes(&x) && slopes[at] == 0.0);
        assert_eq!(sizes::hvp(&x, &[1.0; 4])[(at + 1) % 4], 0.0);
    }
    for at in 0..3 {
        let mut x = [1.0, 3.0, 2.0, 7.0];
        x[at] = x[at + 1];
        let (slopes, by_scale) = steps::gradient(&x, 1.0);
        let by_hand = |i: usize| {
            let sign = |a: f64, b: f64| if a == b { 0.0 } else { (a - b).signum() };
            let before = if i > 0 { sign(x[i], x[i - 1]) } else { 0.0 };
            let after = if i < 3 { sign(x[i], x[i + 1]) } else { 0.0 };
            before + after
        };
        assert_eq!(slopes, [0, 1, 2, 3].map(by_hand));
        assert_eq!(by_scale, 0.5 * steps(&x, 1.0));
    }
    let (slopes, by_scale) = sizes_after_all::gradient(&[1.0, 2.0, 3.0], 4.0);
    crate::assert_close(&slopes, &[-2.0, 0.0, 2.0]);
    crate::assert_close(&[by_scale], &[0.5]);
}
