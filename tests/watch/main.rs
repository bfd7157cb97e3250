//! Watched numbers: they see every decision on an edge, and nothing else.

mod constants;
mod edges;
mod places;
mod shapes;
