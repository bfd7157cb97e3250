//! Test problems; each file in `tests/` drives one foreign crate with them, and compares with answers that are known from elsewhere.

pub mod problems;
