//! Each file in `tests/` drives one foreign crate and compares with answers that are known from elsewhere.
