//! The special functions.

mod attribute;
mod edges;
mod nested;
mod oracle;
mod reference;
