//! All data sets of NIST's nonlinear regression that are in `data/nist`, from both starting points, by the crate's own solver and by
//! levenberg-marquardt. Oracle: NIST's certified parameters and standard deviations.

mod levenberg_marquardt;
mod own_solver;
mod problem;
