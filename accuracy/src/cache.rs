//! References kept between runs: they depend on the files of the oracle alone, and take most of the time.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

use crate::table::Point;

/// Whatever a reference depends on.
const SOURCES: [&str; 6] = [
    include_str!("blocks.rs"),
    include_str!("differences.rs"),
    include_str!("pairs.rs"),
    include_str!("points.rs"),
    include_str!("real.rs"),
    include_str!("sample.rs"),
];

fn path(subject: &str) -> Option<PathBuf> {
    let mut hasher = DefaultHasher::new();
    SOURCES.hash(&mut hasher);
    // Beside the program, in the folder of build products.
    let folder = std::env::current_exe().ok()?.parent()?.join("references");
    fs::create_dir_all(&folder).ok()?;
    Some(folder.join(format!("{subject} {:016x}", hasher.finish())))
}

/// The points of a subject by kind, from the last run or made now.
pub fn cached(subject: &str, make: impl FnOnce() -> Vec<Vec<Point>>) -> Vec<Vec<Point>> {
    let Some(path) = path(subject) else {
        return make();
    };
    if let Ok(text) = fs::read_to_string(&path) {
        let kinds = text.split("\n\n");
        return kinds
            .map(|kind| kind.lines().map(Point::read).collect())
            .collect();
    }
    let points = make();
    let lines = |kind: &Vec<Point>| kind.iter().map(Point::write).collect::<Vec<_>>().join("\n");
    let text: Vec<_> = points.iter().map(lines).collect();
    // Written at once, lest an interrupted run leave half of it.
    let part = path.with_extension("part");
    if fs::write(&part, text.join("\n\n")).is_ok() {
        let _ = fs::rename(&part, &path);
    }
    points
}
