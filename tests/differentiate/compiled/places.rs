//! Variables and elements that are read and written at once.

use chainrule::differentiate;

#[differentiate(mode = adjoint)]
fn growing(x: &[f64]) -> f64 {
    let mut sum = x[0];
    for i in 0..x.len() {
        for j in 0..x.len() {
            sum += x[i] * x[j] * sum;
        }
        sum -= sum * sum * 0.01;
    }
    sum
}

#[differentiate(mode = adjoint)]
fn elements_of_their_own_array(x: &[f64]) -> f64 {
    let mut a = [x[0], x[1], x[2]];
    a[0] += a[1] * x[0];
    a[1] *= a[0];
    a[2] -= a[2] * a[0] * a[2];
    a[1] += a[1] * a[1];
    let t = a[0];
    a[0] = a[2];
    a[2] = t;
    (a[0], a[1]) = (a[1], a[0]);
    a[0] * a[1] + a[2].sin()
}

#[test]
fn what_is_added_may_be_made_of_the_sum() {
    let x = [0.7, 1.3, 0.4];
    agree_over_slices!(growing, x);
    agree_over_slices!(elements_of_their_own_array, x);
}

#[differentiate(mode = adjoint)]
fn elements_by_a_reference(x: &[f64]) -> f64 {
    let mut product = x[0];
    for pair in x.windows(2) {
        for v in pair {
            product *= v;
            if product < 2.0 {
                product += v * product;
            } else {
                product = product.sin() / v;
            }
        }
    }
    product
}

#[test]
fn an_element_is_read_on_all_ways_and_again_on_some() {
    agree_over_slices!(elements_by_a_reference, [0.7, 1.3, 0.4]);
    agree_over_slices!(elements_by_a_reference, [1.7, 1.3, 2.4]);
}

fn advance(table: &mut [f64]) {
    table[0] += 1.0;
}

#[differentiate(mode = adjoint)]
fn changed_behind_references(x: &[f64]) -> f64 {
    let mut table = [1.0, 2.0, 3.0];
    let lent = &mut table;
    let mut product = x[0] * lent[0];
    lent[0] = 5.0;
    product = product * x[1] * lent[0];
    advance(lent);
    product = product * x[2] * lent[0];
    for (i, factor) in table.iter_mut().enumerate() {
        product *= x[i] * *factor;
        *factor *= 2.0;
        product += x[i] * *factor;
    }
    let mut order = [0usize, 1, 2];
    let lent = &mut order;
    product = product * x[lent[0]] * x[lent[1]];
    lent.swap(0, 2);
    product = product * x[lent[0]];
    lent[0] = 1;
    product * x[lent[0]].sin()
}

#[differentiate(mode = adjoint)]
fn borrowed_and_moved(x: &[f64]) -> f64 {
    let mut table = vec![1.0, 2.0, 3.0];
    let lent = &table;
    let mut product = x[0] * lent[0] * x[2];
    for (v, w) in x.iter().zip(lent) {
        product = product * v * w;
    }
    table[0] = 5.0;
    product = product * x[1] * table[0];
    let all = table;
    product = product * x[1] * all[1];
    for i in 0..all.len() {
        product = product * x[i] * all[i];
    }
    for (i, weight) in all.into_iter().enumerate() {
        product = product * x[i] + weight;
    }
    let mut scale = 2.0;
    let lent = &scale;
    product = product * lent;
    scale = 3.0;
    let words = vec![1usize, 2];
    product = product * x[words[0]] * scale;
    drop(words);
    product
}

#[differentiate(mode = adjoint)]
fn arrays_borrowed(x: &[f64]) -> f64 {
    let mut a = [x[0], x[1] * x[2]];
    let lent = &a;
    let mut sum = 0.0;
    for v in lent {
        sum += v * 2.0;
    }
    for v in lent {
        sum *= v;
    }
    a[0] = sum;
    let lent = &a[1..];
    sum = a[0] * a[1] * lent[0];
    a[1] = sum * sum;
    for v in &a {
        sum *= v;
    }
    a[0] += sum;
    a[0] * a[1]
}

#[test]
fn what_was_borrowed_or_moved_is_not_read_again() {
    agree_over_slices!(borrowed_and_moved, [0.7, 1.3, 0.4]);
    agree_over_slices!(arrays_borrowed, [0.7, 1.3, 0.4]);
}

#[test]
fn coefficients_and_indices_are_those_of_their_time() {
    agree_over_slices!(changed_behind_references, [0.7, 1.3, 0.4]);
}

#[differentiate(mode = adjoint)]
fn overflow_that_is_dropped(x: f64, y: f64) -> f64 {
    let mut power = x * x * x;
    let kept = if power * power < 1e300 {
        power * power
    } else {
        y
    };
    power = power * power;
    power = y * 2.0;
    kept + power
}

#[test]
fn slopes_of_what_is_dropped_do_not_count() {
    agree!(overflow_that_is_dropped, [x, y] = [1.5, 0.5]);
    assert_eq!(overflow_that_is_dropped::gradient(1e90, 0.5), [0.0, 3.0]);
}

#[differentiate]
fn counters_beside_numbers(x: &[f64]) -> f64 {
    let mut count = 0;
    let mut product = x[0];
    while count < 3 {
        let both = (x[count] * product, count);
        product += both.0;
        count += 1;
    }
    product
}

#[test]
fn a_counter_in_a_tuple_is_no_number() {
    agree_over_slices!(counters_beside_numbers, [0.7, 1.3, 0.4]);
}
