//! Names that mean one thing inside of a block and another outside. Some of these are left to dual numbers.

use chainrule::differentiate;

const FACTOR: f64 = 2.0;

#[differentiate]
fn constants_of_blocks(x: &[f64]) -> f64 {
    let mut sum = x[1];
    {
        const FACTOR: f64 = 3.0;
        sum += FACTOR * x[0];
    }
    if x[1] > 10.0 {
        return x[0];
    } else {
        const FACTOR: f64 = 5.0;
        sum += FACTOR * x[2];
    }
    let scaled = |t: f64| {
        const FACTOR: f64 = 7.0;
        t * FACTOR
    };
    sum * FACTOR + scaled(x[0]) + scaled(x[1])
}

#[differentiate(mode = adjoint)]
fn constants_after_their_use(x: &[f64]) -> f64 {
    let sum = x[0] * LATE;
    if x[1] > 10.0 {
        return x[0];
    }
    const LATE: f64 = 3.0;
    fn late(k: f64) -> f64 {
        k * LATE
    }
    sum * LATE * x[1] * late(2.0)
}

#[test]
fn items_are_seen_in_their_blocks() {
    let x = [0.7, 1.3, 0.4];
    agree_over_slices!(constants_of_blocks, x);
    agree_over_slices!(constants_after_their_use, x);
}
