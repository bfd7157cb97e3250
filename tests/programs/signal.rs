//! Signal processing.

mod fir {
    use chainrule::differentiate;

    use crate::check;

    const TAPS: [f64; 4] = [0.1, 0.4, 0.4, 0.1];

    /// Filtered samples.
    #[differentiate]
    fn fir(signal: &[f64]) -> Vec<f64> {
        signal
            .windows(TAPS.len())
            .map(|w| w.iter().zip(&TAPS).map(|(s, t)| s * t).sum())
            .collect()
    }

    #[differentiate]
    fn roughness(signal: &[f64]) -> f64 {
        let smooth = fir(signal);
        smooth
            .windows(2)
            .map(|pair| (pair[1] - pair[0]).powi(2))
            .sum()
    }

    #[test]
    fn filters_are_their_own_jacobian() {
        check::value(fir(&[1.0; 6])[2], 1.0, 15);
        check::value(fir::jacobian(&[1.0, 0.0, 2.0, 0.0, 1.0])[1][2], 0.4, 15);
        let signals = [
            [0.3, -1.0, 2.0, 0.7, 0.1, -0.4],
            [1.0, 4.0, 9.0, 16.0, 25.0, 36.0],
        ];
        check::first(&signals, fir, |x| fir::value_and_jacobian(x));
        check::smooth(
            &signals,
            roughness,
            |x| roughness::value_and_gradient(x),
            |x| roughness::hessian(x),
        );
    }
}

mod biquad {
    use chainrule::differentiate;

    use crate::check;

    #[derive(Debug, Clone, Copy, chainrule::Differentiable)]
    struct Biquad {
        b: [f64; 3],
        a: [f64; 2],
    }

    #[differentiate]
    impl Biquad {
        /// The low pass of the audio cookbook.
        #[differentiate]
        fn low_pass(frequency: f64, q: f64) -> Self {
            let w = std::f64::consts::TAU * frequency;
            let alpha = w.sin() / (2.0 * q);
            let a0 = 1.0 + alpha;
            let b1 = (1.0 - w.cos()) / a0;
            Self {
                b: [b1 / 2.0, b1, b1 / 2.0],
                a: [-2.0 * w.cos() / a0, (1.0 - alpha) / a0],
            }
        }

        #[differentiate(wrt(self))]
        fn run(&self, input: &[f64]) -> f64 {
            let (mut s1, mut s2) = (0.0, 0.0);
            let mut energy = 0.0;
            for &x in input {
                let y = self.b[0] * x + s1;
                s1 = self.b[1] * x - self.a[0] * y + s2;
                s2 = self.b[2] * x - self.a[1] * y;
                energy += y * y;
            }
            energy
        }
    }

    #[differentiate(wrt(frequency, q))]
    fn energy(frequency: f64, q: f64, input: &[f64]) -> f64 {
        let filter = Biquad::low_pass(frequency, q);
        filter.run(input)
    }

    #[test]
    fn filters_are_built_and_run() {
        let step = [1.0; 400];
        let unit = Biquad::low_pass(0.1, 0.7);
        check::value(unit.run(&step) - unit.run(&step[..399]), 1.0, 12);
        let input = [1.0, 0.5, -0.3, 0.8, 0.0, -1.0, 0.2];
        check::smooth(
            &[[0.1, 0.7], [0.23, 2.0]],
            |x| energy(x[0], x[1], &input),
            |x| energy::value_and_gradient(x[0], x[1], &input),
            |x| energy::hessian(x[0], x[1], &input),
        );
    }
}

mod goertzel {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    fn goertzel(samples: &[f64], frequency: f64) -> f64 {
        let coefficient = 2.0 * (std::f64::consts::TAU * frequency).cos();
        let mut previous = 0.0;
        let mut before = 0.0;
        for sample in samples {
            let s = sample + coefficient * previous - before;
            before = previous;
            previous = s;
        }
        previous * previous + before * before - coefficient * previous * before
    }

    #[test]
    fn power_at_one_frequency_moves_with_it() {
        let cosine: Vec<f64> = (0..8)
            .map(|k| (std::f64::consts::TAU * k as f64 / 8.0).cos())
            .collect();
        check::value(goertzel(&cosine, 0.125), 16.0, 12);
        check::smooth(
            &[[0.5, -1.0, 2.0, 0.3, 0.12], [1.0, 0.4, -0.6, -1.1, 0.31]],
            |x| goertzel(&x[..4], x[4]),
            |x| goertzel::value_and_gradient(&x[..4], x[4]),
            |x| goertzel::hessian(&x[..4], x[4]),
        );
    }
}

mod fourier {
    use chainrule::differentiate;
    use std::f64::consts::PI;

    use crate::check;

    #[differentiate]
    fn magnitudes(signal: &[f64]) -> Vec<f64> {
        let n = signal.len();
        let mut spectrum = Vec::with_capacity(n / 2 + 1);
        for k in 0..=n / 2 {
            let (mut re, mut im) = (0.0, 0.0);
            for (t, x) in signal.iter().enumerate() {
                let angle = -2.0 * PI * (k * t) as f64 / n as f64;
                re += x * angle.cos();
                im += x * angle.sin();
            }
            spectrum.push(re.hypot(im));
        }
        spectrum
    }

    #[differentiate]
    fn centroid(signal: &[f64]) -> f64 {
        let spectrum = magnitudes(signal);
        let weighted: f64 = spectrum.iter().enumerate().map(|(k, m)| k as f64 * m).sum();
        weighted / spectrum.iter().sum::<f64>()
    }

    #[test]
    fn spectra_have_magnitudes_and_a_centroid() {
        check::value(magnitudes(&[1.0, 0.0, -1.0, 0.0])[1], 2.0, 14);
        let signals = [[0.3, -1.0, 2.0, 0.7, 0.1], [1.0, 4.0, 2.0, -6.0, 5.0]];
        check::first(&signals, magnitudes, |x| magnitudes::value_and_jacobian(x));
        check::smooth(
            &signals,
            centroid,
            |x| centroid::value_and_gradient(x),
            |x| centroid::hessian(x),
        );
    }
}

mod wavelet {
    use chainrule::differentiate;

    use crate::check;

    /// The soft-thresholded detail of a Haar transform, level by level.
    #[differentiate(wrt(signal))]
    fn denoised_energy(signal: &[f64], threshold: f64) -> f64 {
        let mut level = signal.to_vec();
        let mut energy = 0.0;
        while level.len() >= 2 {
            let mut coarse = Vec::with_capacity(level.len() / 2);
            for pair in level.chunks_exact(2) {
                coarse.push((pair[0] + pair[1]) * std::f64::consts::FRAC_1_SQRT_2);
                let detail = (pair[0] - pair[1]) * std::f64::consts::FRAC_1_SQRT_2;
                let kept = detail.signum() * (detail.abs() - threshold).max(0.0);
                energy += kept.powi(2);
            }
            level = coarse;
        }
        energy + level[0].powi(2)
    }

    #[test]
    fn without_a_threshold_energy_is_kept() {
        check::value(denoised_energy(&[1.0, -2.0, 3.0, 0.5], 0.0), 14.25, 13);
        check::smooth(
            &[[1.0, -2.0, 3.0, 0.5], [0.1, 0.2, 5.0, 7.0]],
            |x| denoised_energy(x, 0.4),
            |x| denoised_energy::value_and_gradient(x, 0.4),
            |x| denoised_energy::hessian(x, 0.4),
        );
    }
}

mod pitch {
    use chainrule::differentiate;

    use crate::check;

    /// The lag of the highest autocorrelation, refined by a parabola.
    #[differentiate]
    fn period(signal: &[f64]) -> Option<f64> {
        let correlation: Vec<f64> = (0..signal.len() / 2)
            .map(|lag| {
                signal
                    .iter()
                    .zip(&signal[lag..])
                    .map(|(a, b)| a * b)
                    .sum::<f64>()
                    / (signal.len() - lag) as f64
            })
            .collect();
        let start = correlation.iter().position(|&c| c < 0.0)?;
        let (peak, _) = correlation
            .iter()
            .enumerate()
            .skip(start)
            .max_by(|(_, a), (_, b)| a.partial_cmp(b).unwrap())?;
        if peak + 1 >= correlation.len() {
            return None;
        }
        let [left, top, right] = [
            correlation[peak - 1],
            correlation[peak],
            correlation[peak + 1],
        ];
        Some(peak as f64 + 0.5 * (left - right) / (left - 2.0 * top + right))
    }

    #[test]
    fn periods_are_finer_than_samples() {
        let tone = |x: &[f64]| -> Vec<f64> {
            (0..24)
                .map(|t| x[1] * (t as f64 * x[0]).sin() + x[2])
                .collect()
        };
        check::value(period(&tone(&[1.0, 1.0, 0.0])).unwrap(), 6.3, 0);
        assert_eq!(period(&[1.0; 8]), None);
        let signal = tone(&[0.9, 1.3, 0.05]);
        check::first(
            &[signal],
            |x| period(x).unwrap(),
            |x| period::value_and_gradient(x).unwrap(),
        );
    }
}
