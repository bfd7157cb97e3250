//! Rows and triangles of numbers, filled entry by entry.
//!
//! What the compiler knows of an entry, that it is 0 or the same as another, it knows only outside loops and calls. So short rows are written
//! out, in the place where they are wanted.

use crate::rules::Scalar;

/// As many lanes are written out. The compiler would unroll loops of that length as well, but only after it has copied them to
/// wherever the operation stands, and there it takes several times as long.
const WRITTEN_OUT: usize = 6;

/// The body for each index below a count of at most [`WRITTEN_OUT`].
macro_rules! written_out {
    ($count:expr, |$i:ident| $body:expr) => {
        written_out!($count, |$i| $body, 0 1 2 3 4 5)
    };
    ($count:expr, |$i:ident| $body:expr, $($at:literal)*) => {
        $(
            if $at < $count {
                let $i: usize = $at;
                $body;
            }
        )*
    };
}

/// As `core::array::from_fn`, which may be a call.
#[inline(always)]
pub(crate) fn lanes<T: Scalar, const N: usize>(lane: impl Fn(usize) -> T) -> [T; N] {
    let mut lanes = [T::zero(); N];
    if N <= WRITTEN_OUT {
        written_out!(N, |i| lanes[i] = lane(i));
    } else {
        for (i, place) in lanes.iter_mut().enumerate() {
            *place = lane(i);
        }
    }
    lanes
}

/// A lower triangle, zeros above the diagonal.
#[inline(always)]
pub(crate) fn triangle<T: Scalar, const N: usize>(
    entry: impl Fn(usize, usize) -> T,
) -> [[T; N]; N] {
    if N > WRITTEN_OUT {
        return large_triangle(entry);
    }
    let mut rows = [[T::zero(); N]; N];
    written_out!(N, |i| written_out!(i + 1, |j| rows[i][j] = entry(i, j)));
    rows
}

/// Too much code for each place where it is wanted.
#[inline]
fn large_triangle<T: Scalar, const N: usize>(entry: impl Fn(usize, usize) -> T) -> [[T; N]; N] {
    let mut rows = [[T::zero(); N]; N];
    for (i, row) in rows.iter_mut().enumerate() {
        for (j, place) in row.iter_mut().enumerate().take(i + 1) {
            *place = entry(i, j);
        }
    }
    rows
}
