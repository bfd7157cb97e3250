//! Which mistake is made; in the copy, `crate::mistake`.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

const UNREAD: usize = usize::MAX;
/// More than are planted.
pub const MOST: usize = 30_000;
pub static CHOSEN: AtomicUsize = AtomicUsize::new(UNREAD);
pub static RECORDS: AtomicBool = AtomicBool::new(false);
pub static REACHED: [AtomicBool; MOST] = [const { AtomicBool::new(false) }; MOST];

#[inline]
pub fn is(number: usize) -> bool {
    let mut chosen = CHOSEN.load(Relaxed);
    if chosen == UNREAD {
        chosen = std::env::var("MISTAKE").map_or(0, |number| number.parse().unwrap());
        CHOSEN.store(chosen, Relaxed);
    }
    if RECORDS.load(Relaxed) {
        REACHED[number].store(true, Relaxed);
    }
    chosen == number
}
