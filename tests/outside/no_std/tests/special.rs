//! The special functions over libm's elementary ones: the same references and the same bounds.

#[path = "../../../special/oracle.rs"]
mod oracle;
#[path = "../../../special/reference.rs"]
mod reference;
