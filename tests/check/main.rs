//! The checker on trial: right derivatives pass, planted mistakes are found, and what cannot be told is said not to be.

mod kinks;
mod mistakes;
mod noise;
mod random;
mod second;
mod shapes;
mod text;
mod zoo;
