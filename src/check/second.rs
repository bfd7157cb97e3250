//! Second differences of a function of one output, in one input or two.

use alloc::vec::Vec;

use super::component::Finding;
use super::differences::{Differences, RATIO};
use super::first::first_differences;
use super::function::Plain;
use super::judgement::Sides;
use super::noise::noise_along;

/// Steps reach so far, as a multiple of the inputs.
const REACH: f64 = 1.0;

/// Where they begin: rounding, divided by the square of the step, is then a third of the digits.
fn first_step(function: &impl Plain) -> f64 {
    0.7 * num_traits::Float::cbrt(function.epsilon())
}

/// What differences say of the second derivatives, the lower triangle row by row; where the function is not smooth to begin with, that.
pub fn second_differences(function: &mut impl Plain) -> Vec<Result<Differences, Finding>> {
    let inputs: Vec<_> = (0..function.inputs())
        .map(|input| {
            let first = first_differences(function, input);
            // Whatever first derivative is claimed.
            let sides = Sides::of(&first[0], f64::NAN);
            (sides.singularity(), noise_along(function, input)[0])
        })
        .collect();
    let mut triangle = Vec::new();
    for (i, (singularity_i, noise_i)) in inputs.iter().enumerate() {
        for (j, (singularity_j, noise_j)) in inputs[..=i].iter().enumerate() {
            let noise = noise_i.max(*noise_j);
            triangle.push(match singularity_i.or(*singularity_j) {
                Some(singularity) => Err(singularity),
                None if i == j => Ok(pure_differences(function, i, noise)),
                None => Ok(mixed_differences(function, [i, j], noise)),
            });
        }
    }
    triangle
}

/// What differences say of the second derivative by one input.
fn pure_differences(function: &mut impl Plain, input: usize, noise: f64) -> Differences {
    let size = function.size(input);
    let value = function.value()[0];
    let mut differences = Differences::new(2);
    let mut relative = first_step(function);
    while relative <= REACH {
        let step = relative * size;
        let ([right], above) = function.moved([(input, step)]);
        let ([left], below) = function.moved([(input, -step)]);
        let [farther_left, farther_right] = [-2.0 * step, 2.0 * step]
            .map(|step| function.moved([(input, step)]))
            .map(|([step], outputs)| (step, outputs[0]));
        // Steps that floats have rounded are not quite equal: divided differences take them as they are, and leave the range of floats
        // after the derivative.
        let near_left = (below[0] - value) / left;
        let near_right = (above[0] - value) / right;
        let mut on_side = |side: usize, near: (f64, f64, f64), far: (f64, f64)| {
            let (step, outputs, slope) = near;
            let change = (far.1 - outputs) / (far.0 - step) - slope;
            let noise = 4.0 * noise / step.abs();
            differences.sides[side].push(step.abs(), 0.5 * far.0, change, noise);
        };
        on_side(0, (left, below[0], near_left), farther_left);
        on_side(1, (right, above[0], near_right), farther_right);
        let (change, unit) = (near_right - near_left, 0.5 * (right - left));
        differences
            .around
            .push(right, unit, change, 4.0 * noise / right);
        if differences.around.has_gained() {
            differences.typical = (change / unit).abs();
        }
        relative *= RATIO;
    }
    differences
}

/// What differences say of the mixed second derivative by two inputs.
fn mixed_differences(function: &mut impl Plain, inputs: [usize; 2], noise: f64) -> Differences {
    let [i, j] = inputs;
    let value = function.value()[0];
    let mut differences = Differences::new(4);
    let mut relative = first_step(function);
    while relative <= REACH {
        let [size_i, size_j] = inputs.map(|input| relative * function.size(input));
        let mut along = |input, step| {
            let ([step], outputs) = function.moved([(input, step)]);
            (step, outputs[0])
        };
        let of_i = [along(i, size_i), along(i, -size_i)];
        let of_j = [along(j, size_j), along(j, -size_j)];
        let mut around = 0.0;
        let mut largest = 0.0_f64;
        let quadrants = [(0, 0), (0, 1), (1, 0), (1, 1)];
        for (side, (of_i, of_j)) in quadrants
            .map(|(a, b)| (of_i[a], of_j[b]))
            .into_iter()
            .enumerate()
        {
            let corner = function.moved([(i, of_i.0), (j, of_j.0)]).1[0];
            let change = ((corner - of_i.1) - (of_j.1 - value)) / of_i.0;
            let noise = 4.0 * noise / of_i.0;
            differences.sides[side].push(relative, of_j.0, change, noise);
            around += 0.25 * change / of_j.0;
            largest = largest.max((change / of_j.0).abs());
        }
        let noise = 4.0 * noise / of_i[0].0 / of_j[0].0;
        differences.around.push(relative, 1.0, around, noise);
        if differences.around.has_gained() {
            differences.typical = largest;
        }
        relative *= RATIO;
    }
    differences
}
