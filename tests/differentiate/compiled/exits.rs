//! Ways out of loops and of the function, where a value is wanted. Some of these are left to dual numbers.

use chainrule::differentiate;

#[differentiate]
fn value_or_next_round(x: &[f64]) -> f64 {
    let mut product = x[0];
    'outer: for v in x {
        product = loop {
            if *v > 1.0 {
                continue 'outer;
            }
            break product * v;
        };
    }
    product
}

#[differentiate]
fn value_or_result(x: &[f64]) -> f64 {
    let twice = x[0] * 2.0;
    let scaled = |t: f64| t * x[2];
    if x[0] > 1.0 {
        return scaled(loop {
            if x[1] > 1.0 {
                return x[1] * x[1];
            }
            break x[0] * x[1];
        });
    }
    twice
        * loop {
            if x[1] > 1.0 {
                return x[1] * x[1];
            }
            break x[0] * x[1];
        }
}

#[differentiate]
fn operand_or_next_round(x: &[f64]) -> f64 {
    let mut sum = x[0];
    for i in 0..x.len() {
        sum += {
            if x[i] > 1.0 {
                continue;
            }
            x[i] * sum
        };
    }
    for i in 0..x.len() {
        sum += if x[i] > 1.0 { continue } else { x[i] * sum };
    }
    for i in 0..x.len() {
        sum *= match i {
            2 => break,
            _ => x[i] * sum,
        };
    }
    sum
}

#[differentiate(mode = adjoint)]
fn closures_that_return(x: &[f64]) -> f64 {
    let bent = |t: f64| if t < 0.5 { t * x[1] } else { t * t };
    let grown = |t: f64| -> f64 {
        let mut product = t;
        for v in x {
            if *v > 1.0 {
                break;
            }
            product *= v;
        }
        product
    };
    bent(x[0]) + bent(x[2]) * grown(x[1])
}

#[test]
fn values_that_leave_loops_or_the_function() {
    for x in [
        [0.7, 1.3, 0.4],
        [0.3, 0.6, 0.9],
        [1.5, 0.2, 1.2],
        [1.5, 1.2, 0.7],
    ] {
        agree_over_slices!(value_or_next_round, x);
        agree_over_slices!(value_or_result, x);
        agree_over_slices!(operand_or_next_round, x);
        agree_over_slices!(closures_that_return, x);
    }
}
