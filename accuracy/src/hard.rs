//! Points by name: those at which a planted mistake shows that no other point shows.

use crate::blocks::Block;
use crate::differences::Differences;
use crate::reference::Precision;
use crate::sample::FLOOR;
use crate::table::Point;

/// A rule, and arguments of it; the second of a rule of one argument is 0.
pub const HARD: &[(&str, &[(f64, f64)])] = &[
    // Where the rounding of 1 + exp(-2|x|) costs more than the bound allows.
    (
        "tanh",
        &[
            (0.8935653702390305, 0.0),
            (1.333950537068928, 0.0),
            (1.336098556543657, 0.0),
            (2.656857781030346, 0.0),
        ],
    ),
    // That of 1 + exp(-|x|), and where one quotient after another costs as much.
    (
        "sigmoid",
        &[
            (0.8935653702390305, 0.0),
            (1.333950537068928, 0.0),
            (1.336098556543657, 0.0),
            (2.656857781030346, 0.0),
            (4.1320175093877864, 0.0),
            (5.539034617057806, 0.0),
            (4.133044242858887, 0.0),
        ],
    ),
    // That of 1 + |x|.
    (
        "softsign",
        &[(1.0001661950689804, 0.0), (1.0005409717559814, 0.0)],
    ),
    // A subnormal quotient whose slopes are not.
    (
        "div",
        &[
            (1e-316, 1e-3),
            (3e-310, 7.0),
            (6e-320, 7.5e-5),
            (-4e-322, 2e-12),
            (1e-200, 1e110),
            (2e-42, 3e-3),
        ],
    ),
    (
        "xlogy",
        &[
            (5e-324, 1e-10),
            (1e-316, 1e-3),
            (-4e-322, 2e-12),
            (2e-42, 3e-3),
        ],
    ),
    // Where even the square root of the power is subnormal, and a slope is not.
    (
        "powf",
        &[
            (5e-324, 1.9),
            (5e-324, 1.95),
            (1e-320, 2.0),
            (1.5e-323, 1.97),
            (3e-310, 2.05),
            (1.401298464324817e-45, 1.9),
            (1.401298464324817e-45, 2.0),
            (1e-40, 2.05),
        ],
    ),
];

/// The points of a rule that the precision has, with their references.
pub fn points<T: Precision>(block: &Block) -> Vec<Point> {
    let points = HARD.iter().filter(|(rule, _)| *rule == block.name());
    let points = points.flat_map(|(_, points)| points.iter().copied());
    let has = |x: f64| T::narrow(x).wide() == x;
    let referenced = |(x, y): (f64, f64)| Point {
        rule: block.name().into(),
        x,
        y,
        references: match block {
            Block::One { value, length, .. } => Differences::new(0, FLOOR).one(value, x, *length),
            Block::Two {
                value,
                lengths,
                pairs,
                ..
            } => {
                let only_x = (pairs.only_x)(x, y);
                Differences::new(pairs.bits, FLOOR).two(value, (x, y), *lengths, only_x)
            }
            Block::Power { .. } => panic!("integer powers have no hard points"),
        },
    };
    points
        .filter(|&(x, y)| has(x) && has(y))
        .map(referenced)
        .collect()
}
