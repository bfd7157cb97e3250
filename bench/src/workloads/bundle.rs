//! The reprojection residual of bundle adjustment, after "Bundle Adjustment in the Large": an axis-angle rotation and a
//! translation take a point to the camera, which has two focal lengths, a centre and two coefficients of distortion.

use chainrule::{Dual, differentiate, value_and_jacobian};
use nalgebra::{SVector, vector};
use num_dual::{DualNum, DualSVec64};

use crate::measure::{Bar, Kind, Row};
use crate::num_duals::{seeded, slopes};

const OBSERVED: [f64; 2] = [-40.0, 75.0];

#[differentiate]
fn rotate(axis: [f64; 3], p: [f64; 3]) -> [f64; 3] {
    let square = axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2];
    if square > 0.0 {
        let angle = square.sqrt();
        let (sine, cosine) = angle.sin_cos();
        let k = [axis[0] / angle, axis[1] / angle, axis[2] / angle];
        let along = (k[0] * p[0] + k[1] * p[1] + k[2] * p[2]) * (1.0 - cosine);
        [
            p[0] * cosine + (k[1] * p[2] - k[2] * p[1]) * sine + k[0] * along,
            p[1] * cosine + (k[2] * p[0] - k[0] * p[2]) * sine + k[1] * along,
            p[2] * cosine + (k[0] * p[1] - k[1] * p[0]) * sine + k[2] * along,
        ]
    } else {
        [
            p[0] + axis[1] * p[2] - axis[2] * p[1],
            p[1] + axis[2] * p[0] - axis[0] * p[2],
            p[2] + axis[0] * p[1] - axis[1] * p[0],
        ]
    }
}

#[differentiate(wrt(rotation, translation, point, intrinsics))]
fn residual(
    rotation: [f64; 3],
    translation: [f64; 3],
    point: [f64; 3],
    intrinsics: [f64; 6],
    observed: [f64; 2],
) -> [f64; 2] {
    let rotated = rotate(rotation, point);
    let [fx, fy, cx, cy, k1, k2] = intrinsics;
    let depth = rotated[2] + translation[2];
    let x = -(rotated[0] + translation[0]) / depth;
    let y = -(rotated[1] + translation[1]) / depth;
    let square = x * x + y * y;
    let distortion = 1.0 + square * (k1 + k2 * square);
    [
        fx * distortion * x + cx - observed[0],
        fy * distortion * y + cy - observed[1],
    ]
}

#[inline]
fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

#[inline]
fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    ]
}

/// `p` rotated by `w` is `c p + a w×p + b (w·p) w`, where `a` and `b` depend on the angle alone.
struct Rotation {
    w: [f64; 3],
    p: [f64; 3],
    cosine: f64,
    a: f64,
    b: f64,
    along: f64,
    /// What the derivative by `w` has in the direction of `w`, over `w`.
    radial: [f64; 3],
}

impl Rotation {
    #[inline]
    fn new(w: [f64; 3], p: [f64; 3]) -> (Self, [f64; 3]) {
        let square = dot(w, w);
        let (across, along) = (cross(w, p), dot(w, p));
        let (cosine, a, b, radial) = if square > 0.0 {
            let angle = square.sqrt();
            let (sine, cosine) = angle.sin_cos();
            let by_square = 1.0 / square;
            let a = sine * angle * by_square;
            let b = (1.0 - cosine) * by_square;
            let by_across = (cosine - a) * by_square;
            let by_w = (a - 2.0 * b) * by_square * along;
            let radial = std::array::from_fn(|i| by_across * across[i] + by_w * w[i] - a * p[i]);
            (cosine, a, b, radial)
        } else {
            (1.0, 1.0, 0.0, [0.0; 3])
        };
        let around = b * along;
        let rotated = std::array::from_fn(|i| cosine * p[i] + a * across[i] + around * w[i]);
        let rotation = Self {
            w,
            p,
            cosine,
            a,
            b,
            along,
            radial,
        };
        (rotation, rotated)
    }

    /// From a slope by the rotated point to those by the axis and by the point.
    #[inline]
    fn back(&self, g: [f64; 3]) -> ([f64; 3], [f64; 3]) {
        let (w, p) = (self.w, self.p);
        let (outward, turned) = (cross(p, g), cross(g, w));
        let (radial, ahead, beside) =
            (dot(g, self.radial), self.b * self.along, self.b * dot(g, w));
        (
            std::array::from_fn(|i| {
                radial * w[i] + self.a * outward[i] + ahead * g[i] + beside * p[i]
            }),
            std::array::from_fn(|i| self.cosine * g[i] + self.a * turned[i] + beside * w[i]),
        )
    }
}

#[inline]
fn by_hand(x: &[f64; 15], observed: [f64; 2]) -> ([f64; 2], [[f64; 15]; 2]) {
    let &[w0, w1, w2, t0, t1, t2, p0, p1, p2, fx, fy, cx, cy, k1, k2] = x;
    let (rotation, rotated) = Rotation::new([w0, w1, w2], [p0, p1, p2]);
    let by_depth = -1.0 / (rotated[2] + t2);
    let x = (rotated[0] + t0) * by_depth;
    let y = (rotated[1] + t1) * by_depth;
    let square = x * x + y * y;
    let distortion = 1.0 + square * (k1 + k2 * square);
    // The slope of the distortion by x is this times x.
    let twice = 2.0 * k1 + 4.0 * k2 * square;
    let (dx, dy) = (distortion * x, distortion * y);
    let mixed = twice * x * y;
    let row = |focus: f64, along_x: f64, along_y: f64| {
        let g = [
            focus * along_x * by_depth,
            focus * along_y * by_depth,
            focus * (x * along_x + y * along_y) * by_depth,
        ];
        (g, rotation.back(g))
    };
    let (g, (r, p)) = row(fx, distortion + twice * x * x, mixed);
    let (h, (s, q)) = row(fy, mixed, distortion + twice * y * y);
    let (ux, uy) = (fx * x * square, fy * y * square);
    (
        [fx * dx + cx - observed[0], fy * dy + cy - observed[1]],
        [
            [
                r[0],
                r[1],
                r[2],
                g[0],
                g[1],
                g[2],
                p[0],
                p[1],
                p[2],
                dx,
                0.0,
                1.0,
                0.0,
                ux,
                ux * square,
            ],
            [
                s[0],
                s[1],
                s[2],
                h[0],
                h[1],
                h[2],
                q[0],
                q[1],
                q[2],
                0.0,
                dy,
                0.0,
                1.0,
                uy,
                uy * square,
            ],
        ],
    )
}

#[inline]
fn of_duals(x: [Dual<f64, 15>; 15], observed: [f64; 2]) -> [Dual<f64, 15>; 2] {
    let [w0, w1, w2, t0, t1, t2, p0, p1, p2, fx, fy, cx, cy, k1, k2] = x;
    let square = w0 * w0 + w1 * w1 + w2 * w2;
    let [r0, r1, r2] = if square > 0.0 {
        let angle = square.sqrt();
        let (sine, cosine) = angle.sin_cos();
        let [a0, a1, a2] = [w0 / angle, w1 / angle, w2 / angle];
        let along = (a0 * p0 + a1 * p1 + a2 * p2) * (1.0 - cosine);
        [
            p0 * cosine + (a1 * p2 - a2 * p1) * sine + a0 * along,
            p1 * cosine + (a2 * p0 - a0 * p2) * sine + a1 * along,
            p2 * cosine + (a0 * p1 - a1 * p0) * sine + a2 * along,
        ]
    } else {
        [
            p0 + w1 * p2 - w2 * p1,
            p1 + w2 * p0 - w0 * p2,
            p2 + w0 * p1 - w1 * p0,
        ]
    };
    let depth = r2 + t2;
    let x = -(r0 + t0) / depth;
    let y = -(r1 + t1) / depth;
    let square = x * x + y * y;
    let distortion = 1.0 + square * (k1 + k2 * square);
    [
        fx * distortion * x + cx - observed[0],
        fy * distortion * y + cy - observed[1],
    ]
}

fn of_num_duals<D: DualNum<Primitive = f64> + Copy>(x: [D; 15], observed: [f64; 2]) -> [D; 2] {
    let [w0, w1, w2, t0, t1, t2, p0, p1, p2, fx, fy, cx, cy, k1, k2] = x;
    let square = w0 * w0 + w1 * w1 + w2 * w2;
    let [r0, r1, r2] = if square > 0.0 {
        let angle = square.sqrt();
        let (sine, cosine) = angle.sin_cos();
        let [a0, a1, a2] = [w0 / angle, w1 / angle, w2 / angle];
        let along = (a0 * p0 + a1 * p1 + a2 * p2) * (-cosine + 1.0);
        [
            p0 * cosine + (a1 * p2 - a2 * p1) * sine + a0 * along,
            p1 * cosine + (a2 * p0 - a0 * p2) * sine + a1 * along,
            p2 * cosine + (a0 * p1 - a1 * p0) * sine + a2 * along,
        ]
    } else {
        [
            p0 + w1 * p2 - w2 * p1,
            p1 + w2 * p0 - w0 * p2,
            p2 + w0 * p1 - w1 * p0,
        ]
    };
    let depth = r2 + t2;
    let x = -(r0 + t0) / depth;
    let y = -(r1 + t1) / depth;
    let square = x * x + y * y;
    let distortion = square * (k1 + k2 * square) + 1.0;
    [
        fx * distortion * x + cx - observed[0],
        fy * distortion * y + cy - observed[1],
    ]
}

pub fn rows() -> Vec<Row> {
    let x = [
        0.3, -0.2, 0.15, 0.1, -0.4, -5.0, 1.2, 0.7, -0.5, 500.0, 505.0, 3.0, -2.0, -0.12, 0.03,
    ];
    let parts = (
        [x[0], x[1], x[2]],
        [x[3], x[4], x[5]],
        [x[6], x[7], x[8]],
        [x[9], x[10], x[11], x[12], x[13], x[14]],
    );
    vec![
        Row::new("bundle adjustment Jacobian, 2 × 15")
            .bar(Kind::Attribute, Bar::of(1.1))
            .bar(Kind::Closure, Bar::of(1.65))
            .column(
                Kind::Primal,
                (parts, OBSERVED),
                |&((r, t, p, i), observed)| residual(r, t, p, i, observed),
            )
            .column(Kind::ByHand, (x, OBSERVED), |(x, observed)| {
                by_hand(x, *observed)
            })
            .column(
                Kind::Attribute,
                (parts, OBSERVED),
                |&((r, t, p, i), observed)| residual::value_and_jacobian(r, t, p, i, observed),
            )
            .column(Kind::Closure, (x, OBSERVED), |&(x, observed)| {
                value_and_jacobian(|x| of_duals(x, observed), x)
            })
            .column(
                Kind::NumDual,
                (SVector::from(x), OBSERVED),
                |&(x, observed)| {
                    let f = |x: SVector<DualSVec64<15>, 15>| {
                        let [u, v] = of_num_duals(x.into(), observed);
                        vector![u, v]
                    };
                    num_dual::jacobian(f, &x)
                },
            )
            .column(Kind::NumDualAtBest, (x, OBSERVED), |&(x, observed)| {
                let [u, v] = of_num_duals(seeded(x), observed);
                ([u.re, v.re], [slopes(u), slopes(v)])
            }),
    ]
}
