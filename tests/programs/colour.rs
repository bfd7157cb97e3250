//! Colour conversions.

mod lab {
    use chainrule::differentiate;

    use crate::check;

    const TO_XYZ: [[f64; 3]; 3] = [
        [0.412_456_4, 0.357_576_1, 0.180_437_5],
        [0.212_672_9, 0.715_152_2, 0.072_175_0],
        [0.019_333_9, 0.119_192_0, 0.950_304_1],
    ];
    const WHITE: [f64; 3] = [0.950_47, 1.0, 1.088_83];

    #[differentiate]
    pub fn linear(channel: f64) -> f64 {
        if channel <= 0.04045 {
            channel / 12.92
        } else {
            ((channel + 0.055) / 1.055).powf(2.4)
        }
    }

    #[differentiate]
    fn compress(t: f64) -> f64 {
        const DELTA: f64 = 6.0 / 29.0;
        if t > DELTA.powi(3) {
            t.cbrt()
        } else {
            t / (3.0 * DELTA * DELTA) + 4.0 / 29.0
        }
    }

    #[differentiate]
    pub fn srgb_to_lab(rgb: [f64; 3]) -> [f64; 3] {
        let rgb = rgb.map(linear);
        let mut f = [0.0; 3];
        for (i, row) in TO_XYZ.iter().enumerate() {
            let sum: f64 = row.iter().zip(&rgb).map(|(m, c)| m * c).sum();
            f[i] = compress(sum / WHITE[i]);
        }
        let [x, y, z] = f;
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    /// The distance of 1976, not of 2000.
    #[differentiate]
    fn delta_e(a: [f64; 3], b: [f64; 3]) -> f64 {
        srgb_to_lab(a)
            .iter()
            .zip(srgb_to_lab(b).iter())
            .map(|(p, q)| (p - q).powi(2))
            .sum::<f64>()
            .sqrt()
    }

    #[test]
    fn lab_goes_through_two_piecewise_curves() {
        let red = srgb_to_lab([1.0, 0.0, 0.0]);
        check::value(red[0], 53.24, 2);
        check::value(red[1], 80.09, 2);
        check::first(
            &[[0.8, 0.3, 0.1], [0.01, 0.02, 0.03]],
            |x| srgb_to_lab([x[0], x[1], x[2]]),
            |x| srgb_to_lab::value_and_jacobian([x[0], x[1], x[2]]),
        );
        check::smooth(
            &[[0.8, 0.3, 0.1, 0.6, 0.5, 0.02]],
            |x| delta_e([x[0], x[1], x[2]], [x[3], x[4], x[5]]),
            |x| delta_e::value_and_gradient([x[0], x[1], x[2]], [x[3], x[4], x[5]]),
            |x| delta_e::hessian([x[0], x[1], x[2]], [x[3], x[4], x[5]]),
        );
    }
}

mod hsv {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    fn hsv_to_rgb(h: f64, s: f64, v: f64) -> (f64, f64, f64) {
        let c = v * s;
        let sector = h.rem_euclid(360.0) / 60.0;
        let x = c * (1.0 - (sector % 2.0 - 1.0).abs());
        let m = v - c;
        let (r, g, b) = match sector as u8 {
            0 => (c, x, 0.0),
            1 => (x, c, 0.0),
            2 => (0.0, c, x),
            3 => (0.0, x, c),
            4 => (x, 0.0, c),
            _ => (c, 0.0, x),
        };
        (r + m, g + m, b + m)
    }

    #[differentiate]
    fn rgb_to_hsv(r: f64, g: f64, b: f64) -> (f64, f64, f64) {
        let max = r.max(g).max(b);
        let min = r.min(g).min(b);
        let delta = max - min;
        let hue = if delta == 0.0 {
            0.0
        } else if max == r {
            60.0 * ((g - b) / delta).rem_euclid(6.0)
        } else if max == g {
            60.0 * ((b - r) / delta + 2.0)
        } else {
            60.0 * ((r - g) / delta + 4.0)
        };
        let saturation = if max > 0.0 { delta / max } else { 0.0 };
        (hue, saturation, max)
    }

    #[test]
    fn hue_has_six_sectors_both_ways() {
        let (h, s, v) = rgb_to_hsv(0.2, 0.4, 0.3);
        let (r, g, b) = hsv_to_rgb(h, s, v);
        check::value(h, 150.0, 12);
        check::value(r, 0.2, 15);
        check::value(g, 0.4, 15);
        check::value(b, 0.3, 15);
        let hues = [20.0, 100.0, 170.0, 200.0, 275.0, 340.0, -70.0].map(|h| [h, 0.7, 0.6]);
        check::first(
            &hues,
            |x| hsv_to_rgb(x[0], x[1], x[2]),
            |x| hsv_to_rgb::value_and_jacobian(x[0], x[1], x[2]),
        );
        check::first(
            &[[0.2, 0.4, 0.3], [0.9, 0.1, 0.3], [0.3, 0.2, 0.8]],
            |x| rgb_to_hsv(x[0], x[1], x[2]),
            |x| rgb_to_hsv::value_and_jacobian(x[0], x[1], x[2]),
        );
    }
}

mod contrast {
    use chainrule::differentiate;

    use super::lab::linear;
    use crate::check;

    #[differentiate]
    fn luminance(r: f64, g: f64, b: f64) -> f64 {
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    /// WCAG's ratio of a colour to its background.
    #[differentiate(wrt(text))]
    fn contrast(text: [f64; 3], background: [f64; 3]) -> f64 {
        let [r, g, b] = text;
        let a = luminance(r, g, b) + 0.05;
        let b = luminance(background[0], background[1], background[2]) + 0.05;
        if a > b { a / b } else { b / a }
    }

    #[test]
    fn contrast_swaps_its_sides() {
        check::value(contrast([0.0; 3], [1.0; 3]), 21.0, 13);
        check::smooth(
            &[[0.9, 0.8, 0.7], [0.1, 0.05, 0.2]],
            |x| contrast([x[0], x[1], x[2]], [0.5, 0.5, 0.4]),
            |x| contrast::value_and_gradient([x[0], x[1], x[2]], [0.5, 0.5, 0.4]),
            |x| contrast::hessian([x[0], x[1], x[2]], [0.5, 0.5, 0.4]),
        );
    }
}

mod blackbody {
    use chainrule::differentiate;

    use crate::check;

    /// Chromaticity of a black body, after Kim and others.
    #[differentiate]
    fn planckian(temperature: f64) -> Option<(f64, f64)> {
        let t = 1000.0 / temperature;
        let x = match temperature {
            1667.0..=4000.0 => {
                -0.2661239 * t.powi(3) - 0.2343589 * t.powi(2) + 0.8776956 * t + 0.179910
            }
            4000.0..=25000.0 => {
                -3.0258469 * t.powi(3) + 2.1070379 * t.powi(2) + 0.2226347 * t + 0.240390
            }
            _ => return None,
        };
        let y = match temperature {
            t if t <= 2222.0 => {
                -1.1063814 * x.powi(3) - 1.34811020 * x.powi(2) + 2.18555832 * x - 0.20219683
            }
            t if t <= 4000.0 => {
                -0.9549476 * x.powi(3) - 1.37418593 * x.powi(2) + 2.09137015 * x - 0.16748867
            }
            _ => 3.0817580 * x.powi(3) - 5.87338670 * x.powi(2) + 3.75112997 * x - 0.37001483,
        };
        Some((x, y))
    }

    #[test]
    fn the_locus_is_fitted_in_three_ranges() {
        let (x, y) = planckian(6500.0).unwrap();
        check::value(x, 0.3135, 3);
        check::value(y, 0.3237, 3);
        assert_eq!(planckian(1000.0), None);
        check::first(
            &[[1900.0], [3000.0], [6500.0]],
            |x| planckian(x[0]).unwrap(),
            |x| planckian::value_and_jacobian(x[0]).unwrap(),
        );
    }
}
