//! The special functions.

mod oracle;
mod reference;
