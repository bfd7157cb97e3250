//! nalgebra 0.35 over numbers, against differences of the same algorithms over floats; `nalgebra_v0_34.rs` runs the same tests, but for those of
//! higher orders: the closed forms are one code.

use chainrule::nalgebra_v0_35 as closed_form;
use nalgebra_v0_35 as nalgebra;

include!("nalgebra/matrices.rs");
include!("nalgebra/algorithms.rs");
include!("nalgebra/closed_forms.rs");
include!("nalgebra/orders.rs");
