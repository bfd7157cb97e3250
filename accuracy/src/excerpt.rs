//! What of the points is checked in: some of every kind, and the worst.

use crate::measure::Subject;
use crate::num_duals::THEIRS;
use crate::table::Point;

/// How many of a kind: of the special points more, of the hard ones, which come last, all.
fn count(kind: usize, kinds: usize) -> usize {
    match kind {
        0 => 8,
        _ if kind + 1 == kinds => usize::MAX,
        _ => 3,
    }
}

pub fn excerpt(subjects: &[[Subject; 2]]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for subject in subjects.iter().flatten() {
        let kinds = subject.points.iter().enumerate();
        let of_kinds = kinds.flat_map(|(i, kind)| kind.iter().take(count(i, subject.points.len())));
        let ways = subject.ways.iter().filter(|way| way.way != THEIRS);
        let worst = ways.flat_map(|way| {
            let orders = (0..3).filter(|&order| way.is_bounded(order));
            orders.filter_map(|order| way.orders[order].worst.as_ref())
        });
        let points: Vec<&Point> = of_kinds.chain(worst.map(|worst| &worst.point)).collect();
        for line in points.into_iter().map(Point::write) {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines.join("\n") + "\n"
}
