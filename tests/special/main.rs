//! The special functions.

mod attribute;
mod edges;
mod oracle;
mod reference;
