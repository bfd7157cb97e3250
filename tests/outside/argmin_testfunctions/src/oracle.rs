//! Points and comparisons.

/// Numbers that are the same on every machine (SplitMix64).
pub struct Numbers(pub u64);

impl Numbers {
    pub fn between(&mut self, range: &std::ops::Range<f64>) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let unit = ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64;
        range.start + unit * (range.end - range.start)
    }
}

/// The largest distance, as a part of the largest number of either side.
#[track_caller]
pub fn distance(ours: &[f64], theirs: &[f64]) -> f64 {
    assert_eq!(ours.len(), theirs.len());
    let mut size = f64::MIN_POSITIVE;
    let mut largest = 0.0_f64;
    for (a, b) in ours.iter().zip(theirs) {
        assert!(a.is_finite() && b.is_finite(), "{ours:?}, {theirs:?}");
        size = size.max(a.abs()).max(b.abs());
        largest = largest.max((a - b).abs());
    }
    largest / size
}

/// The largest distances seen, of values, gradients and Hessians.
#[derive(Debug, Default)]
pub struct Worst([f64; 3]);

impl Worst {
    pub fn see(&mut self, value: f64, gradient: f64, hessian: f64) {
        for (worst, seen) in self.0.iter_mut().zip([value, gradient, hessian]) {
            *worst = worst.max(seen);
        }
    }

    #[track_caller]
    pub fn assert_within(&self, limits: [f64; 3]) {
        assert!(
            self.0
                .iter()
                .zip(limits)
                .all(|(seen, limit)| *seen <= limit),
            "{:e} {:e} {:e}, not within {limits:?}",
            self.0[0],
            self.0[1],
            self.0[2]
        );
    }
}
