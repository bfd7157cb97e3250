//! Geometry, and medians without sorting.

mod polygon {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    fn area(vertices: &[[f64; 2]]) -> f64 {
        let n = vertices.len();
        let mut twice = 0.0;
        for i in 0..n {
            let [x0, y0] = vertices[i];
            let [x1, y1] = vertices[(i + 1) % n];
            twice += x0 * y1 - x1 * y0;
        }
        0.5 * twice.abs()
    }

    #[test]
    fn areas_do_not_know_clockwise() {
        let square = [[0.0, 0.0], [0.0, 2.0], [2.0, 2.0], [2.0, 0.0]];
        check::value(area(&square), 4.0, 15);
        let corners = |x: &[f64]| [[x[0], x[1]], [x[2], x[3]], [x[4], x[5]]];
        check::smooth(
            &[
                [0.1, 0.2, 3.0, -0.5, 1.0, 2.0],
                [1.0, 2.0, 3.0, -0.5, 0.1, 0.2],
            ],
            |x| area(&corners(x)),
            |x| area::value_and_gradient(&corners(x)),
            |x| area::hessian(&corners(x)),
        );
    }
}

mod circumcircle {
    use chainrule::differentiate;

    use crate::check;

    #[derive(Debug, Clone, Copy, PartialEq, chainrule::Differentiable)]
    pub struct Point {
        pub x: f64,
        pub y: f64,
    }

    #[derive(Debug, Clone, Copy, PartialEq, chainrule::Differentiable)]
    pub struct Circle {
        pub centre: Point,
        pub radius: f64,
    }

    #[differentiate]
    impl Point {
        #[differentiate(wrt(self, other))]
        pub fn distance(&self, other: &Point) -> f64 {
            (self.x - other.x).hypot(self.y - other.y)
        }
    }

    #[differentiate(wrt(a, b, c))]
    pub fn circumcircle(a: Point, b: Point, c: Point) -> Option<Circle> {
        let d = 2.0 * (a.x * (b.y - c.y) + b.x * (c.y - a.y) + c.x * (a.y - b.y));
        if d.abs() < 1e-12 {
            return None;
        }
        let square = |p: Point| p.x * p.x + p.y * p.y;
        let (aa, bb, cc) = (square(a), square(b), square(c));
        let centre = Point {
            x: (aa * (b.y - c.y) + bb * (c.y - a.y) + cc * (a.y - b.y)) / d,
            y: (aa * (c.x - b.x) + bb * (a.x - c.x) + cc * (b.x - a.x)) / d,
        };
        Some(Circle {
            centre,
            radius: centre.distance(&a),
        })
    }

    impl check::Flat for Circle {
        fn flat(&self) -> Vec<f64> {
            vec![self.centre.x, self.centre.y, self.radius]
        }
    }

    #[test]
    fn three_points_have_a_circle_unless_in_line() {
        let points = |x: &[f64]| {
            [0, 2, 4].map(|i| Point {
                x: x[i],
                y: x[i + 1],
            })
        };
        let circle = |x: &[f64]| {
            let [a, b, c] = points(x);
            circumcircle(a, b, c)
        };
        assert_eq!(circle(&[0.0, 0.0, 1.0, 1.0, 2.0, 2.0]), None);
        check::value(
            circle(&[0.0, 0.0, 4.0, 0.0, 0.0, 3.0]).unwrap().radius,
            2.5,
            15,
        );
        check::first(
            &[
                [0.1, 0.2, 4.0, -0.3, 0.5, 3.0],
                [-1.0, 2.0, 0.5, 0.5, 1.0, -1.0],
            ],
            |x| circle(x).unwrap(),
            |x| {
                let [a, b, c] = points(x);
                circumcircle::value_and_jacobian(a, b, c).unwrap()
            },
        );
    }
}

mod ray_sphere {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    fn hit(origin: [f64; 3], direction: [f64; 3], centre: [f64; 3], radius: f64) -> Option<f64> {
        let dot = |a: [f64; 3], b: [f64; 3]| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
        let offset = [
            origin[0] - centre[0],
            origin[1] - centre[1],
            origin[2] - centre[2],
        ];
        let a = dot(direction, direction);
        let half_b = dot(offset, direction);
        let c = dot(offset, offset) - radius * radius;
        let discriminant = half_b * half_b - a * c;
        if discriminant < 0.0 {
            return None;
        }
        let root = discriminant.sqrt();
        let near = (-half_b - root) / a;
        let far = (-half_b + root) / a;
        [near, far].into_iter().find(|&t| t > 1e-9)
    }

    #[test]
    fn rays_hit_from_outside_and_inside_or_miss() {
        let up = [0.0, 1.0, 0.0];
        check::value(hit([0.0, -5.0, 0.0], up, [0.0; 3], 2.0).unwrap(), 3.0, 15);
        check::value(hit([0.0; 3], up, [0.0; 3], 2.0).unwrap(), 2.0, 15);
        assert_eq!(hit([3.0, 0.0, 0.0], up, [0.0; 3], 2.0), None);
        let direction = [0.2, 0.9, -0.1];
        check::smooth(
            &[
                [0.3, -5.0, 0.2, 0.1, 0.2, 0.3, 2.0],
                [0.3, 0.5, -0.2, 0.1, 0.2, 0.3, 2.0],
            ],
            |x| hit([x[0], x[1], x[2]], direction, [x[3], x[4], x[5]], x[6]).unwrap(),
            |x| {
                let (value, (origin, _, centre, radius)) = hit::value_and_gradient(
                    [x[0], x[1], x[2]],
                    direction,
                    [x[3], x[4], x[5]],
                    x[6],
                )
                .unwrap();
                (value, (origin, centre, radius))
            },
            |x| {
                let rows =
                    hit::hessian([x[0], x[1], x[2]], direction, [x[3], x[4], x[5]], x[6]).unwrap();
                // Without the direction.
                let kept = [0, 1, 2, 6, 7, 8, 9];
                kept.map(|i| kept.map(|j| rows[i][j]))
            },
        );
    }
}

mod segment {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    fn distance_to_segment(
        (px, py): (f64, f64),
        (ax, ay): (f64, f64),
        (bx, by): (f64, f64),
    ) -> f64 {
        let (dx, dy) = (bx - ax, by - ay);
        let t = ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy);
        let t = t.clamp(0.0, 1.0);
        let (ex, ey) = (px - ax - t * dx, py - ay - t * dy);
        (ex * ex + ey * ey).sqrt()
    }

    #[test]
    fn the_nearest_point_is_inside_or_an_end() {
        check::value(
            distance_to_segment((1.0, 2.0), (0.0, 0.0), (3.0, 0.0)),
            2.0,
            15,
        );
        check::smooth(
            &[
                [1.0, 2.0, 0.1, 0.2, 3.0, -0.5],
                [-2.0, 1.0, 0.1, 0.2, 3.0, -0.5],
            ],
            |x| distance_to_segment((x[0], x[1]), (x[2], x[3]), (x[4], x[5])),
            |x| distance_to_segment::value_and_gradient((x[0], x[1]), (x[2], x[3]), (x[4], x[5])),
            |x| distance_to_segment::hessian((x[0], x[1]), (x[2], x[3]), (x[4], x[5])),
        );
    }
}

mod heron {
    use chainrule::differentiate;

    use crate::check;

    /// The area of a triangle by Kahan's stable form of Heron's formula, which wants a ≥ b ≥ c.
    #[differentiate]
    fn triangle_area(a: f64, b: f64, c: f64) -> f64 {
        let (mut a, mut b, mut c) = (a, b, c);
        if a < b {
            std::mem::swap(&mut a, &mut b);
        }
        if b < c {
            (b, c) = (c, b);
        }
        if a < b {
            (a, b) = (b, a);
        }
        0.25 * ((a + (b + c)) * (c - (a - b)) * (c + (a - b)) * (a + (b - c))).sqrt()
    }

    #[test]
    fn sides_come_in_any_order() {
        check::value(triangle_area(3.0, 4.0, 5.0), 6.0, 15);
        check::smooth(
            &[[3.0, 4.0, 5.0], [4.5, 3.0, 2.5], [2.0, 3.5, 3.0]],
            |x| triangle_area(x[0], x[1], x[2]),
            |x| triangle_area::value_and_gradient(x[0], x[1], x[2]),
            |x| triangle_area::hessian(x[0], x[1], x[2]),
        );
    }
}

mod medians {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    fn median3(a: f64, b: f64, c: f64) -> f64 {
        f64::max(f64::min(a, b), f64::min(f64::max(a, b), c))
    }

    #[differentiate]
    fn median5(mut v: [f64; 5]) -> f64 {
        let mut order = |i: usize, j: usize| {
            if v[i] > v[j] {
                v.swap(i, j);
            }
        };
        order(0, 1);
        order(3, 4);
        order(0, 3);
        order(1, 4);
        order(1, 2);
        order(2, 3);
        order(1, 2);
        v[2]
    }

    #[test]
    fn medians_follow_the_one_in_the_middle() {
        let perfect = [[1.0, 2.0, 3.0], [2.5, 0.5, 1.5], [3.0, -1.0, 0.2]];
        for [a, b, c] in perfect {
            let mut sorted = [a, b, c];
            sorted.sort_by(f64::total_cmp);
            check::value(median3(a, b, c), sorted[1], 15);
        }
        check::smooth(
            &perfect,
            |x| median3(x[0], x[1], x[2]),
            |x| median3::value_and_gradient(x[0], x[1], x[2]),
            |x| median3::hessian(x[0], x[1], x[2]),
        );
        let five = [
            [5.0, 1.0, 4.0, 2.0, 3.0],
            [0.1, 9.0, -3.0, 0.7, 0.4],
            [2.0, 3.0, 1.0, -1.0, 7.0],
        ];
        for x in five {
            let mut sorted = x;
            sorted.sort_by(f64::total_cmp);
            check::value(median5(x), sorted[2], 15);
        }
        check::first(
            &five,
            |x| median5([x[0], x[1], x[2], x[3], x[4]]),
            |x| median5::value_and_gradient([x[0], x[1], x[2], x[3], x[4]]),
        );
    }
}

mod solid_angle {
    use chainrule::differentiate;

    use crate::check;

    type V3 = (f64, f64, f64);

    /// The solid angle of a triangle seen from the origin, by Van Oosterom and Strackee.
    #[differentiate(wrt(a, b, c))]
    fn solid_angle(a: V3, b: V3, c: V3) -> f64 {
        #[differentiate(wrt(u, v))]
        fn dot(u: V3, v: V3) -> f64 {
            u.0 * v.0 + u.1 * v.1 + u.2 * v.2
        }
        let triple = a.0 * (b.1 * c.2 - b.2 * c.1) - a.1 * (b.0 * c.2 - b.2 * c.0)
            + a.2 * (b.0 * c.1 - b.1 * c.0);
        let (la, lb, lc) = (dot(a, a).sqrt(), dot(b, b).sqrt(), dot(c, c).sqrt());
        2.0 * triple.atan2(la * lb * lc + dot(a, b) * lc + dot(b, c) * la + dot(c, a) * lb)
    }

    #[test]
    fn an_octant_is_an_eighth_of_the_sphere() {
        let octant = solid_angle((1.0, 0.0, 0.0), (0.0, 2.0, 0.0), (0.0, 0.0, 3.0));
        check::value(octant, std::f64::consts::FRAC_PI_2, 15);
        let points = |x: &[f64]| ((x[0], x[1], x[2]), (x[3], x[4], x[5]), (x[6], x[7], x[8]));
        check::smooth(
            &[[1.0, 0.1, -0.2, 0.3, 2.0, 0.1, 0.2, -0.4, 1.5]],
            |x| solid_angle(points(x).0, points(x).1, points(x).2),
            |x| solid_angle::value_and_gradient(points(x).0, points(x).1, points(x).2),
            |x| solid_angle::hessian(points(x).0, points(x).1, points(x).2),
        );
    }
}
