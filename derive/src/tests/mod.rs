//! What no test outside can ask of a macro, since it cannot be called there.

mod coverage;
mod listings;
mod spoilt;
