//! The derivatives of the logistic function, as PyTorch's autograd prints them in a notebook, from plain Rust functions:
//! by number type, by attribute and by closed formula. Then what lies beyond: second derivatives, the tails, a picture.
//!
//!     cargo run --release --example sigmoid
//!
//! Every figure it prints is asserted.

mod picture;

use std::error::Error;
use std::iter::Sum;
use std::path::Path;

use chainrule::{
    Activation, Dual, derivative, differentiate, hessian, second_derivative, value_and_derivative,
    value_and_derivatives, value_and_gradient,
};
use plotters::prelude::*;

// The functions of the notebook, as anyone would write them.

#[differentiate]
fn sigma(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[differentiate]
fn sum_of_sigmas(x: [f64; 3]) -> f64 {
    let mut sum = 0.0;
    for x in x {
        sum += sigma(x);
    }
    sum
}

#[differentiate]
fn sigma_squared(x: f64) -> f64 {
    sigma(x).powi(2)
}

/// The crate's own σ has rules made for the tails.
#[differentiate]
fn accurate(x: f64) -> f64 {
    x.sigmoid()
}

#[differentiate]
fn accurate_single(x: f32) -> f32 {
    x.sigmoid()
}

/// σ as a function object: generic over the number, so the same object serves values and derivatives.
struct Sigmoid;

impl Sigmoid {
    fn call<T: Activation>(&self, x: T) -> T {
        x.sigmoid()
    }

    fn sum<T: Activation + Sum>(&self, x: [T; 3]) -> T {
        x.map(|x| self.call(x)).into_iter().sum()
    }
}

// The closed formulas, with s = σ(x).

fn slope(x: f64) -> f64 {
    let s = sigma(x);
    s * (1.0 - s)
}

fn curvature(x: f64) -> f64 {
    slope(x) * (1.0 - 2.0 * sigma(x))
}

fn main() -> Result<(), Box<dyn Error>> {
    scalar();
    function_object();
    several_variables();
    composition();
    second_derivatives();
    tails();
    let path = picture::path("sigmoid.svg")?;
    plot(&path)?;
    println!("\nσ, σ' and σ'' are drawn in {}", path.display());
    Ok(())
}

fn scalar() {
    section("1  σ of a scalar, at x = 1");
    let y = {
        let x = Dual::variable(1.0);
        1.0 / (1.0 + (-x).exp())
    };
    let (value, first) = sigma::value_and_derivative(1.0);
    row("σ(1)", [y.re, value, sigma(1.0)], "0.7310585786300049");
    row("σ'(1)", [y.derivative(), first, slope(1.0)], "0.1966");
}

fn function_object() {
    section("   σ as a function object");
    let sigmoid = Sigmoid;
    let (value, first) = value_and_derivative(|x| sigmoid.call(x), 1.0);
    let generated: fn(f64) -> (f64, f64) = accurate::value_and_derivative;
    let (generated_value, generated_first) = generated(1.0);
    assert_eq!(sigmoid.call(1.0), value);
    row(
        "σ(1)",
        [value, generated_value, sigma(1.0)],
        "0.7310585786300049",
    );
    row("σ'(1)", [first, generated_first, slope(1.0)], "0.1966");
}

fn several_variables() {
    section("1.1  several variables: σ(x₁) + σ(x₂) + σ(x₃) at [1, 2, 3]");
    let x = [1.0, 2.0, 3.0];
    let (sum, slopes) = value_and_gradient(|x| Sigmoid.sum(x), x);
    let (generated_sum, generated) = sum_of_sigmas::value_and_gradient(x);
    row(
        "sum",
        [sum, generated_sum, x.map(sigma).iter().sum()],
        "2.5644",
    );
    for (i, printed) in ["0.1966", "0.1050", "0.0452"].into_iter().enumerate() {
        let name = format!("∂/∂x{}", ['₁', '₂', '₃'][i]);
        row(&name, [slopes[i], generated[i], slope(x[i])], printed);
    }
}

fn composition() {
    section("1.2  a composition: σ(x)² at x = 2");
    let (value, first) = value_and_derivative(|x| Sigmoid.call(x).powi(2), 2.0);
    let (generated_value, generated) = sigma_squared::value_and_derivative(2.0);
    let s = sigma(2.0);
    row("σ²(2)", [value, generated_value, s * s], "0.7758");
    row(
        "(σ²)'(2)",
        [first, generated, 2.0 * s * slope(2.0)],
        "0.1850",
    );
}

fn second_derivatives() {
    println!("\nBeyond the notebook: second derivatives");
    println!(
        "  {:10} {:>24} {:>24} {:>24}",
        "", "HyperDual, Jet", "#[differentiate]", "closed formula"
    );
    let x = [1.0, 2.0, 3.0];
    let (matrix, generated) = (hessian(|x| Sigmoid.sum(x), x), sum_of_sigmas::hessian(x));
    let by_numbers = second_derivative(|x| Sigmoid.call(x), 1.0);
    row(
        "σ''(1)",
        [by_numbers, sigma::second_derivative(1.0), curvature(1.0)],
        "",
    );
    let by_numbers = second_derivative(|x| Sigmoid.call(x).powi(2), 2.0);
    let closed = 2.0 * (slope(2.0).powi(2) + sigma(2.0) * curvature(2.0));
    row(
        "(σ²)''(2)",
        [by_numbers, sigma_squared::second_derivative(2.0), closed],
        "",
    );
    for i in 0..3 {
        let name = format!("∂²/∂x{0}∂x{0}", ['₁', '₂', '₃'][i]);
        row(&name, [matrix[i][i], generated[i][i], curvature(x[i])], "");
        for j in (0..3).filter(|&j| j != i) {
            assert_eq!([matrix[i][j], generated[i][j]], [0.0; 2]);
        }
    }
}

/// PyTorch computes σ' as s(1-s), where s has rounded to 1: from x = 37 on that is 0 (from 17 on in single precision).
fn tails() {
    println!("\nThe tail, where s(1-s), which is PyTorch's formula, is 0");
    println!(
        "  {:10} {:>24} {:>24} {:>24} {:>10}",
        "", "Dual", "#[differentiate]", "exact", "s(1-s)"
    );
    // By mpmath with 40 digits, rounded to the format.
    for (x, exact) in [
        (40.0, 4.248354255291589e-18),
        (50.0, 1.9287498479639178e-22),
    ] {
        let both = [derivative(|x| Sigmoid.call(x), x), accurate::derivative(x)];
        assert_eq!((both, slope(x)), ([exact; 2], 0.0));
        println!(
            "  {:10} {:>24e} {:>24e} {exact:>24e} {:>10}",
            format!("σ'({x})"),
            both[0],
            both[1],
            slope(x)
        );
    }
    let (x, exact) = (20.0_f32, 2.0611537e-9_f32);
    let both = [
        derivative(|x| Sigmoid.call(x), x),
        accurate_single::derivative(x),
    ];
    let s = Sigmoid.call(x);
    assert_eq!((both, s * (1.0 - s)), ([exact; 2], 0.0));
    println!(
        "  {:10} {:>24e} {:>24e} {exact:>24e} {:>10}",
        "σ'(20) f32",
        both[0],
        both[1],
        s * (1.0 - s)
    );
}

fn section(title: &str) {
    println!("\n{title}");
    println!(
        "  {:10} {:>24} {:>24} {:>24} {:>20}",
        "", "Dual", "#[differentiate]", "closed formula", "PyTorch prints"
    );
}

/// Three ways to one number: equal to rounding, and to every digit that PyTorch printed. The closed formula gets a wider
/// margin: `1 - s` cancels as s grows towards 1.
fn row(name: &str, ways: [f64; 3], printed: &str) {
    let [dual, attribute, closed] = ways;
    assert!(
        (dual - attribute).abs() <= 4.0 * f64::EPSILON * dual.abs(),
        "{name}: {dual} is not {attribute}"
    );
    assert!(
        (dual - closed).abs() <= 32.0 * f64::EPSILON * dual.abs(),
        "{name}: {dual} is not {closed}"
    );
    println!("  {name:10} {dual:>24} {attribute:>24} {closed:>24} {printed:>20}");
    for way in ways {
        if let Some((_, digits)) = printed.split_once('.') {
            assert_eq!(format!("{way:.*}", digits.len()), printed, "{name}");
        }
    }
}

/// σ, σ' and σ'' from one pass per point.
fn plot(path: &Path) -> Result<(), Box<dyn Error>> {
    const CURVES: [(&str, RGBColor); 3] = [
        ("σ(x)", RGBColor(31, 78, 156)),
        ("σ'(x)", RGBColor(214, 96, 24)),
        ("σ''(x)", RGBColor(38, 138, 92)),
    ];
    const INK: RGBColor = RGBColor(60, 64, 72);
    const WIDTH: u32 = 960;
    const HEIGHT: u32 = 560;
    let points: Vec<(f64, [f64; 3])> = (-320..=320)
        .map(|step| {
            let x = f64::from(step) / 40.0;
            let (value, first, second) = value_and_derivatives(|x| Sigmoid.call(x), x);
            (x, [value, first, second])
        })
        .collect();
    let peak = points.iter().map(|(_, y)| y[1]).fold(0.0, f64::max);
    assert_eq!(peak, 0.25, "σ' is largest at 0");

    // Plotters rounds to whole pixels; drawn four times as large, the curves are smooth.
    const FINE: u32 = 4;
    let ink = |size: u32| ("sans-serif", FINE * size).into_font().color(&INK);
    let mut svg = String::new();
    {
        let area =
            SVGBackend::with_string(&mut svg, (FINE * WIDTH, FINE * HEIGHT)).into_drawing_area();
        area.fill(&WHITE)?;
        let mut chart = ChartBuilder::on(&area)
            .caption("The logistic function and its derivatives", ink(26))
            .margin(FINE * 24)
            .x_label_area_size(FINE * 52)
            .y_label_area_size(FINE * 64)
            .build_cartesian_2d(-8.0..8.0, -0.2..1.1)?;
        chart
            .configure_mesh()
            .x_desc("x")
            .y_desc("value")
            .x_labels(9)
            .y_labels(8)
            .x_label_formatter(&|x| format!("{x:.0}"))
            .y_label_formatter(&|y| format!("{y:.1}"))
            .label_style(ink(17))
            .set_all_tick_mark_size(FINE * 5)
            .axis_style(INK.mix(0.6).stroke_width(FINE))
            .bold_line_style(INK.mix(0.14).stroke_width(FINE))
            .light_line_style(TRANSPARENT)
            .draw()?;
        chart.draw_series(LineSeries::new(
            [(-8.0, 0.0), (8.0, 0.0)],
            INK.mix(0.6).stroke_width(FINE),
        ))?;
        for (i, (name, color)) in CURVES.into_iter().enumerate() {
            let (curve, stroke) = (
                points.iter().map(|(x, y)| (*x, y[i])),
                color.stroke_width(FINE * 3),
            );
            chart
                .draw_series(LineSeries::new(curve, stroke))?
                .label(name)
                .legend(move |(x, y)| {
                    PathElement::new([(x, y), (x + FINE as i32 * 28, y)], stroke)
                });
        }
        chart
            .configure_series_labels()
            .position(SeriesLabelPosition::UpperLeft)
            .margin(FINE * 20)
            .legend_area_size(FINE * 40)
            .background_style(WHITE.mix(0.9))
            .border_style(TRANSPARENT)
            .label_font(ink(19))
            .draw()?;
        area.present()?;
    }
    let size = |fine: u32| format!(r#"width="{}" height="{}""#, fine * WIDTH, fine * HEIGHT);
    assert!(
        svg.contains(&size(FINE)),
        "plotters states the size in its own way now"
    );
    std::fs::write(path, svg.replacen(&size(FINE), &size(1), 1))?;
    Ok(())
}
