//! How the solution of an equation moves with its parameters: the volume of a gas by van der Waals' equation, which no formula
//! gives, and its derivatives by temperature and pressure, to the second order.
//!
//!     cargo run --release --example implicit_root

use std::error::Error;

use chainrule::{HyperDual, differentiate, gradient, second_derivative, solve};

/// The gas constant, J/(mol K).
const R: f64 = 8.314_462_618;
/// Of carbon dioxide: the attraction in Pa m⁶/mol², and the volume of the molecules in m³/mol.
const A: f64 = 0.3640;
const B: f64 = 4.267e-5;

/// The pressure that the volume of a mole has, over the one it should have, less 1.
#[differentiate]
fn excess(volume: [f64; 1], state: [f64; 2]) -> [f64; 1] {
    let (v, [temperature, pressure]) = (volume[0], state);
    [(R * temperature / (v - B) - A / (v * v)) / pressure - 1.0]
}

fn main() -> Result<(), Box<dyn Error>> {
    let state = [300.0, 2.0e6]; // K, Pa
    let ideal = R * state[0] / state[1];

    // In plain floats; numbers that carry no derivative are made by `into`.
    let volume = solve::root(|v| excess::lift(v, state.map(Into::into)), [ideal])?;
    println!(
        "a mole takes {:.4} l, as an ideal gas {:.4} l",
        volume[0] * 1e3,
        ideal * 1e3
    );
    assert!(excess(volume, state)[0].abs() < 1e-14);

    // The volume as a function of the state: no iteration is differentiated.
    let of_state = |state| solve::implicit_root(excess::lift, volume, state);
    let slopes = gradient(of_state, state)?[0];
    let of_temperature =
        |t: HyperDual<f64>| solve::implicit_root(excess::lift, volume, [t, state[1].into()]);
    let bend = second_derivative(of_temperature, state[0])?[0];
    println!("                   of this gas        of an ideal gas");
    println!(
        "thermal expansion  {:.6e}  {:.6e} /K",
        slopes[0] / volume[0],
        1.0 / state[0]
    );
    println!(
        "compressibility    {:.6e}  {:.6e} /Pa",
        -slopes[1] / volume[0],
        1.0 / state[1]
    );
    println!("d²v/dT²            {bend:.6e}  0 m³/(mol K²)");

    // By hand, from p(v, T): dv/dT = -p_T / p_v, dv/dp = 1 / p_v.
    let v = volume[0];
    let (t, gap) = (state[0], v - B);
    let p_t = R / gap;
    let p_v = -p_t * t / gap + 2.0 * A / v.powi(3);
    let p_vv = 2.0 * p_t * t / gap / gap - 6.0 * A / v.powi(4);
    let by_t = -p_t / p_v;
    let twice = -(p_vv * by_t - 2.0 * p_t / gap) * by_t / p_v;
    for (found, by_hand) in [(slopes[0], by_t), (slopes[1], 1.0 / p_v), (bend, twice)] {
        assert!(
            (found / by_hand - 1.0).abs() < 1e-13,
            "{found} is not {by_hand}"
        );
    }

    // A volume that is not the solution has no such derivatives.
    let error = solve::implicit_root(excess::lift, [ideal], state).unwrap_err();
    println!("at the ideal volume: {error}");
    assert!(matches!(error, solve::Error::NotASolution { .. }));
    Ok(())
}
