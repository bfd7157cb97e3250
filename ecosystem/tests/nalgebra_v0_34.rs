//! nalgebra 0.34 over numbers, against differences of the same algorithms over floats; `nalgebra_v0_35.rs` runs the same tests.

use chainrule::nalgebra_v0_34 as closed_form;

include!("nalgebra/matrices.rs");
include!("nalgebra/algorithms.rs");
include!("nalgebra/closed_forms.rs");
