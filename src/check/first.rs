//! First differences, in one input.

use alloc::vec::Vec;

use super::differences::{Differences, RATIO};
use super::function::Plain;
use super::noise::noise_along;

/// Steps reach so far at least, as a multiple of the input, and there are so many at most.
const REACH: f64 = 0.2;
const STEPS: usize = 40;

/// What differences say of the derivatives of all outputs by one input.
pub fn first_differences(function: &mut impl Plain, input: usize) -> Vec<Differences> {
    let size = function.size(input);
    let noise = noise_along(function, input);
    let value = function.value().to_vec();
    let mut all: Vec<Differences> = value.iter().map(|_| Differences::new(2)).collect();
    let mut step = function.first_step(input);
    for _ in 0..STEPS {
        let has_reached = step > REACH * size && all.iter().all(Differences::is_done);
        if has_reached || step > size.max(1.0) {
            break;
        }
        let ([right], above) = function.moved([(input, step)]);
        let ([left], below) = function.moved([(input, -step)]);
        for (i, differences) in all.iter_mut().enumerate() {
            let noise = 2.0 * noise[i];
            let (on_left, on_right) = (below[i] - value[i], above[i] - value[i]);
            differences.sides[0].push(-left, left, on_left, noise);
            differences.sides[1].push(right, right, on_right, noise);
            let width = right - left;
            differences
                .around
                .push(width, width, above[i] - below[i], noise);
            if differences.around.has_gained() {
                differences.typical = (on_left / left).abs().max((on_right / right).abs());
            }
        }
        step *= RATIO;
    }
    all
}
