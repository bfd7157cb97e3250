//! A growth curve fitted to data: NIST's problem Rat43, of its higher level of difficulty, from both starting points, against the
//! certified parameters and standard deviations. The curve is drawn with the band of its standard deviation.
//!
//!     cargo run --release --example curve_fit

mod picture;

use std::error::Error;

use chainrule::{differentiate, solve};
use plotters::prelude::*;

#[differentiate(wrt(b))]
fn growth(b: [f64; 4], x: f64) -> f64 {
    b[0] / (1.0 + (b[1] - b[2] * x).exp()).powf(1.0 / b[3])
}

type Fit = solve::Fit<f64, [f64; 4], [[f64; 4]; 4]>;

fn main() -> Result<(), Box<dyn Error>> {
    let file = include_str!("data/Rat43.dat");
    let lines: Vec<Vec<f64>> = file.lines().map(numbers).collect();
    let certified = &lines[40..44]; // start 1, start 2, parameter, standard deviation
    let data: Vec<(f64, f64)> = lines[60..].iter().map(|row| (row[1], row[0])).collect();
    assert_eq!(data.len(), 15);

    for start in 0..2 {
        let point = std::array::from_fn(|i| certified[i][start]);
        let fit = solve::curve_fit(growth::value_and_gradient, &data, point)?;

        println!("\nfrom start {}, in {} steps", start + 1, fit.steps);
        println!("  parameter          certified          deviation          certified");
        for (i, row) in certified.iter().enumerate() {
            let (b, deviation) = (fit.parameters[i], fit.standard_deviations[i]);
            print!("  {b:<18.10e} {:<18.10e} ", row[2]);
            println!("{deviation:<18.10e} {:<18.10e}", row[3]);
            assert!((b - row[2]).abs() <= 1e-10 * row[2]);
            assert!((deviation - row[3]).abs() <= 1e-10 * row[3]);
        }
        draw(&fit, &data)?;
    }
    Ok(())
}

/// The numbers of a line, without the label `b1 =` that some have.
fn numbers(line: &str) -> Vec<f64> {
    let values = line.rsplit('=').next().unwrap_or(line);
    let words = values.split_whitespace();
    words.map_while(|word| word.parse().ok()).collect()
}

fn draw(fit: &Fit, data: &[(f64, f64)]) -> Result<(), Box<dyn Error>> {
    // The deviation of the curve is √(gᵀ C g), with its gradient `g` and the covariance `C` of the parameters.
    let edge = |x: f64, side: f64| {
        let (y, g) = growth::value_and_gradient(fit.parameters, x);
        let terms = (0..16).map(|k| g[k / 4] * fit.covariance[k / 4][k % 4] * g[k % 4]);
        (x, y + side * terms.sum::<f64>().sqrt())
    };
    let xs = || (0..=160).map(|i| f64::from(i) / 10.0);
    let upper = xs().map(|x| edge(x, 1.0));
    let band: Vec<_> = upper.chain(xs().rev().map(|x| edge(x, -1.0))).collect();
    let curve = xs().map(|x| edge(x, 0.0));

    let path = picture::path("curve_fit.svg")?;
    let area = SVGBackend::new(&path, (960, 560)).into_drawing_area();
    area.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&area)
        .caption("Dry weight of onion bulbs, by time", ("sans-serif", 24))
        .margin(24)
        .x_label_area_size(40)
        .y_label_area_size(50)
        .build_cartesian_2d(0.0..16.0, 0.0..800.0)?;
    chart.configure_mesh().max_light_lines(0).draw()?;
    chart.draw_series([Polygon::new(band, BLUE.mix(0.15))])?;
    chart.draw_series(LineSeries::new(curve, BLUE.stroke_width(2)))?;
    chart.draw_series(data.iter().map(|&at| Circle::new(at, 4, BLACK.filled())))?;
    area.present()?;
    Ok(println!("  drawn in {}", path.display()))
}
