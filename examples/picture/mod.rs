//! Where the examples draw.

use std::error::Error;
use std::ops::Range;
use std::path::{Path, PathBuf};

use plotters::prelude::*;

/// A file in the target directory.
pub fn path(name: &str) -> std::io::Result<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root.join("target"), |directory| root.join(directory));
    std::fs::create_dir_all(&target)?;
    Ok(target.join(name))
}

/// Curves, each in its colour, and dots.
#[allow(dead_code)]
pub fn draw(
    name: &str,
    caption: &str,
    [x, y]: [Range<f64>; 2],
    curves: Vec<(RGBColor, Vec<(f64, f64)>)>,
    dots: Vec<(f64, f64)>,
) -> Result<(), Box<dyn Error>> {
    let path = path(name)?;
    let area = SVGBackend::new(&path, (960, 560)).into_drawing_area();
    area.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&area)
        .caption(caption, ("sans-serif", 22))
        .margin(24)
        .x_label_area_size(40)
        .y_label_area_size(50)
        .build_cartesian_2d(x, y)?;
    chart.configure_mesh().max_light_lines(0).draw()?;
    for (colour, curve) in curves {
        chart.draw_series(LineSeries::new(curve, colour.stroke_width(2)))?;
    }
    chart.draw_series(dots.iter().map(|&at| Circle::new(at, 4, BLACK.filled())))?;
    area.present()?;
    println!("  drawn in {}", path.display());
    Ok(())
}
