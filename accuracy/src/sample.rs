//! Points with their references.

use crate::blocks::Block;
use crate::differences::{Differences, Length};
use crate::pairs::Maker;
use crate::points::Dice;
use crate::real::Real;
use crate::reference::{Precision, Reference};
use crate::table::Point;

/// Below this power of two a reference is 0: the least double over a thousand, for the points of single precision are tested in
/// double precision as well.
pub const FLOOR: i32 = -1084;

/// The points of a block, by kind; one in `share` of them.
pub fn references<T: Precision>(block: &Block, share: usize) -> Vec<Vec<Point>> {
    let seed = format!("{} {}", block.name(), std::any::type_name::<T>());
    let point = |x: f64, y: f64, references: Vec<Option<Reference>>| Point {
        rule: block.name().into(),
        x,
        y,
        references,
    };
    match block {
        Block::One {
            value,
            length,
            domain,
            ..
        } => {
            let mut differences = Differences::new(0, FLOOR);
            map(domain.points::<T>(&seed), share, |x| {
                point(x, 0.0, differences.one(value, x, *length))
            })
        }
        Block::Power { makers } => {
            let mut dice = Dice::new::<T>(&seed);
            let mut differences = Differences::new(0, FLOOR);
            // Beyond it every derivative is 0 or infinite by far.
            let is_near = |x: f64, n: f64| (n * x.abs().log2()).abs() < 3000.0;
            let mut kind = |maker: &Maker| {
                let points = crate::points::list(450, || maker(&mut dice)).into_iter();
                let points = points.map(|(x, n)| (T::narrow(x).wide(), n));
                let points = points.filter(|&(x, n)| x != 0.0 && x.is_finite() && is_near(x, n));
                // An exponent beyond is no `i32`.
                points.filter(|&(_, n)| f64::from(n as i32) == n).collect()
            };
            let kinds = makers.iter().map(&mut kind).collect();
            map(kinds, share, |(x, n)| {
                let power = |x: &Real| x.powi(n as i32);
                point(x, n, differences.one(&power, x, Length::Argument))
            })
        }
        Block::Two {
            value,
            lengths,
            pairs,
            ..
        } => {
            let mut differences = Differences::new(pairs.bits, FLOOR);
            map(pairs.points::<T>(&seed), share, |(x, y)| {
                let only_x = (pairs.only_x)(x, y);
                point(x, y, differences.two(value, (x, y), *lengths, only_x))
            })
        }
    }
}

fn map<P>(kinds: Vec<Vec<P>>, share: usize, mut point: impl FnMut(P) -> Point) -> Vec<Vec<Point>> {
    let mut of_kind = |kind: Vec<P>| kind.into_iter().step_by(share).map(&mut point).collect();
    kinds.into_iter().map(&mut of_kind).collect()
}
