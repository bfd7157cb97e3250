// The matrices that the tests are about: values of some structure, moved in two directions that have none.

use nalgebra::{DMatrix, DVector, RealField, SMatrix, SVector};

const SIZE: usize = 4;
type Square = [[f64; SIZE]; SIZE];

/// Numbers between -1 and 1.
fn random_square(seed: u64) -> Square {
    let mut state = seed;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    };
    [(); SIZE].map(|()| [(); SIZE].map(|()| next()))
}

fn directions() -> [Square; 2] {
    [random_square(1), random_square(2)]
}

/// Exact zeros are where algorithms take other branches.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Structure {
    Generic,
    Diagonal,
    Upper,
    Lower,
}
use Structure::{Diagonal, Generic, Lower, Upper};
const STRUCTURES: [Structure; 4] = [Generic, Diagonal, Upper, Lower];

impl Structure {
    /// Positive definite, the lower triangle alone too, with eigenvalues and singular values far from one another.
    fn values(self) -> Square {
        let mut values = random_square(3);
        for (i, row) in values.iter_mut().enumerate() {
            for (j, value) in row.iter_mut().enumerate() {
                let is_kept = match self {
                    Generic => true,
                    Diagonal => i == j,
                    Upper => i <= j,
                    Lower => i >= j,
                };
                let base = if i == j {
                    [2.0, 3.5, 4.25, 6.0][i]
                } else {
                    0.0
                };
                *value = if is_kept { *value + base } else { base };
            }
        }
        values
    }

    fn moved(self, along: &Square, step: f64) -> Square {
        let mut moved = self.values();
        for (value, along) in moved.iter_mut().flatten().zip(along.iter().flatten()) {
            *value += step * along;
        }
        moved
    }
}

/// The derivative by differences of fourth order.
fn differences(structure: Structure, along: &Square, run: impl Fn(Square) -> Vec<f64>) -> Vec<f64> {
    const STEP: f64 = 1e-3;
    let at = |steps: f64| run(structure.moved(along, steps * STEP));
    let sides = [at(-2.0), at(-1.0), at(1.0), at(2.0)];
    (0..sides[0].len())
        .map(|k| {
            let [below, left, right, above] = [0, 1, 2, 3].map(|side| sides[side][k]);
            (8.0 * (right - left) - (above - below)) / (12.0 * STEP)
        })
        .collect()
}
