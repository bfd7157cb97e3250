//! Inverse kinematics: the angles at which an arm of three links holds its hand at a given place and direction, and how fast the
//! joints turn as the hand moves along a circle. A target out of reach is an error.
//!
//!     cargo run --release --example robot_arm

mod picture;

use std::error::Error;
use std::f64::consts::TAU;

use chainrule::{derivative, differentiate, solve};
use plotters::prelude::*;

const LINKS: [f64; 3] = [1.0, 0.8, 0.3];

/// The place of the hand and its direction, less the target; the hand is to be level.
#[differentiate]
fn miss(angles: [f64; 3], target: [f64; 2]) -> [f64; 3] {
    let (mut x, mut y, mut direction) = (0.0, 0.0, 0.0);
    for i in 0..3 {
        direction += angles[i];
        x += LINKS[i] * direction.cos();
        y += LINKS[i] * direction.sin();
    }
    [x - target[0], y - target[1], direction]
}

#[differentiate]
fn circle(turn: f64) -> [f64; 2] {
    [1.2 + 0.4 * turn.cos(), 0.5 + 0.4 * turn.sin()]
}

/// Numbers that carry no derivative are made of floats by `into`.
fn reach(target: [f64; 2], from: [f64; 3]) -> Result<[f64; 3], solve::Error> {
    solve::root(|angles| miss::lift(angles, target.map(Into::into)), from)
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut angles = [1.0, -0.5, -0.5];
    let mut arms = Vec::new();
    println!("turn  angles                       angular velocities");
    for turn in (0..24).map(|step| TAU * f64::from(step) / 24.0) {
        angles = reach(circle(turn), angles)?;
        let of_turn = |turn| solve::implicit_root(miss::lift, angles, circle::lift(turn));
        let velocities = derivative(of_turn, turn)?;
        println!("{turn:.2}  {angles:8.4?}  {velocities:8.4?}");

        let misses = miss(angles, circle(turn));
        assert!(misses.iter().all(|miss| miss.abs() < 1e-14));
        let later = reach(circle(turn + 1e-4), angles)?;
        let is_there = |i: usize| (later[i] - angles[i] - 1e-4 * velocities[i]).abs() < 1e-7;
        assert!((0..3).all(is_there), "a moment later the arm is elsewhere");
        arms.push(angles);
    }
    let error = reach([3.0, 0.0], angles).unwrap_err();
    println!("at (3, 0): {error}");
    assert!(matches!(error, solve::Error::NoRoot { residual } if (residual - 0.9).abs() < 1e-9));
    draw(&arms)
}

fn draw(arms: &[[f64; 3]]) -> Result<(), Box<dyn Error>> {
    let path = picture::path("robot_arm.svg")?;
    let area = SVGBackend::new(&path, (720, 480)).into_drawing_area();
    area.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&area).build_cartesian_2d(-0.4..2.0, -0.2..1.4)?;
    for (i, angles) in arms.iter().enumerate() {
        let (mut joints, mut direction) = (vec![(0.0, 0.0)], 0.0_f64);
        for (k, (angle, link)) in angles.iter().zip(LINKS).enumerate() {
            direction += angle;
            let (sin, cos) = direction.sin_cos();
            joints.push((joints[k].0 + link * cos, joints[k].1 + link * sin));
        }
        let color = HSLColor(i as f64 / 24.0, 0.6, 0.45);
        chart.draw_series(joints.iter().map(|&at| Circle::new(at, 4, color.filled())))?;
        chart.draw_series(LineSeries::new(joints, color.stroke_width(2)))?;
    }
    area.present()?;
    Ok(println!("drawn in {}", path.display()))
}
