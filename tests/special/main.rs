//! The special functions.

mod attribute;
mod edges;
mod nested;
mod oracle;
#[path = "../oracle/reference.rs"]
mod reference;
mod table;
