//! The checker on trial: right derivatives pass, planted mistakes are found, and what cannot be told is said not to be.

mod functions;
mod hessians;
mod kinks;
mod messages;
mod mistakes;
mod noise;
mod random;
mod shapes;
