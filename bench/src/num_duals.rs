//! num-dual driven by hand: static numbers, seeded directly, as few passes as pay.

use nalgebra::{Const, U1};
use num_dual::DualSVec64;

/// The value and the gradient in one pass.
#[inline]
pub fn in_one_pass<const N: usize>(
    f: impl Fn([DualSVec64<N>; N]) -> DualSVec64<N>,
    x: [f64; N],
) -> (f64, [f64; N]) {
    let y = f(seeded(x));
    (y.re, slopes(y))
}

#[inline]
pub fn seeded<const N: usize>(x: [f64; N]) -> [DualSVec64<N>; N] {
    std::array::from_fn(|i| DualSVec64::from_re(x[i]).derivative(i))
}

#[inline]
pub fn slopes<const N: usize>(y: DualSVec64<N>) -> [f64; N] {
    y.eps.unwrap_generic(Const::<N>, U1).into()
}

/// Any number of inputs, `N` a pass, in the caller's memory.
#[inline]
pub fn in_chunks<const N: usize>(
    f: impl Fn(&[DualSVec64<N>]) -> DualSVec64<N>,
    x: &[f64],
    gradient: &mut [f64],
    point: &mut Vec<DualSVec64<N>>,
) -> f64 {
    point.clear();
    point.extend(x.iter().map(|&x| DualSVec64::from_re(x)));
    let mut value = f64::NAN;
    for (chunk, part) in gradient.chunks_mut(N).enumerate() {
        let at = chunk * N;
        for lane in 0..part.len() {
            point[at + lane] = DualSVec64::from_re(x[at + lane]).derivative(lane);
        }
        let y = f(point);
        value = y.re;
        part.copy_from_slice(&slopes(y)[..part.len()]);
        for lane in 0..part.len() {
            point[at + lane] = DualSVec64::from_re(x[at + lane]);
        }
    }
    value
}
