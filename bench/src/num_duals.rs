//! num-dual driven by hand: static numbers, seeded directly, as few passes as pay.

use nalgebra::{Const, SVector, U1};
use num_dual::DualSVec64;

/// The value and the gradient in one pass.
#[inline]
pub fn in_one_pass<const N: usize>(
    f: impl Fn(&[DualSVec64<N>; N]) -> DualSVec64<N>,
    x: [f64; N],
) -> (f64, SVector<f64, N>) {
    let y = f(&seeded(x));
    (y.re, slopes(y))
}

#[inline]
pub fn seeded<const N: usize>(x: [f64; N]) -> [DualSVec64<N>; N] {
    let mut point = x.map(DualSVec64::from_re);
    for (i, x) in point.iter_mut().enumerate() {
        *x = x.derivative(i);
    }
    point
}

#[inline]
pub fn slopes<const N: usize>(y: DualSVec64<N>) -> SVector<f64, N> {
    y.eps.unwrap_generic(Const::<N>, U1)
}

/// Any number of inputs, `N` a pass, in the caller's memory. Numbers without tangents are cheap here, so small `N` is
/// better for few inputs: 8 was up to 64 inputs, 64 beyond.
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
        part.copy_from_slice(&slopes(y).as_slice()[..part.len()]);
        for lane in 0..part.len() {
            point[at + lane] = DualSVec64::from_re(x[at + lane]);
        }
    }
    value
}
