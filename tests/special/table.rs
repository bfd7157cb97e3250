//! table.txt, which generate.py writes.
//!
//! A line reads `name`, the arguments, of which an order is the last, and then the references: `value first second` for one
//! argument, `value dx dy dxx dxy dyy` for two.

use crate::reference::Reference;

/// A function at a point.
pub struct Point {
    pub name: &'static str,
    pub arguments: Vec<f64>,
    pub references: Vec<Reference>,
}

pub fn points() -> Vec<Point> {
    include_str!("table.txt").lines().map(read).collect()
}

fn read(line: &'static str) -> Point {
    let mut words = line.split(' ');
    let name = words.next().expect("a name");
    let (references, arguments): (Vec<_>, Vec<_>) = words.partition(|word| word.contains(':'));
    let number = |word: &str| word.parse::<f64>().expect("a number in table.txt");
    Point {
        name,
        arguments: arguments.into_iter().map(number).collect(),
        references: references.into_iter().filter_map(Reference::read).collect(),
    }
}
