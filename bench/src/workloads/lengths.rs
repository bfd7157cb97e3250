//! What a gradient costs beside the function alone, for more and more inputs in slices.

use chainrule::Workspace;

use super::{logistic, product, rosenbrock, sigmoid, spread};
use crate::measure::{Bar, Kind, Row};

const LENGTHS: [usize; 4] = [10, 100, 1000, 10_000];
/// Of the logistic regression.
const ROWS: usize = 32;
/// A reverse sweep needs no more than this, whatever the function.
const BAR: Bar = Bar::of(4.0);

/// A function of one slice by its three names.
macro_rules! row {
    ($name:literal, $x:expr, $($f:ident)::+, $by_hand:path) => {{
        let x: Vec<f64> = $x;
        let gradient = vec![0.0; x.len()];
        let mut workspace = Workspace::new();
        Row::over_primal(format!(concat!($name, ", {}"), x.len()))
            .bar(Kind::Attribute, BAR)
            .column(Kind::Primal, x.clone(), |x| $($f)::+(x))
            .column_into(Kind::ByHand, x.clone(), gradient.clone(), |x, gradient| {
                $by_hand(x, gradient)
            })
            .column_into(Kind::Attribute, x, gradient, move |x, gradient| {
                $($f)::+::gradient_into_with(x, gradient, &mut workspace)
            })
    }};
}

pub fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    rows.extend(LENGTHS.map(|n| {
        row!(
            "sum of σ",
            spread(n).collect(),
            sigmoid::sum,
            sigmoid::sum_by_hand
        )
    }));
    rows.extend(LENGTHS.map(|n| {
        row!(
            "sum of σ, written out",
            spread(n).collect(),
            sigmoid::sum_written_out,
            sigmoid::sum_by_hand
        )
    }));
    rows.extend(LENGTHS.map(|n| {
        row!(
            "Rosenbrock",
            spread(n).collect(),
            rosenbrock::of_slice,
            rosenbrock::by_hand
        )
    }));
    rows.extend(LENGTHS.map(|n| {
        row!(
            "product",
            product::point(n).collect(),
            product::of_slice,
            product::by_hand
        )
    }));
    rows.extend(LENGTHS.map(logistic_loss));
    rows
}

fn logistic_loss(n: usize) -> Row {
    let weights: Vec<f64> = spread(n).map(|x| x / n as f64).collect();
    let (features, labels) = logistic::data(ROWS, n);
    let input = (weights, features, labels);
    let gradient = vec![0.0; n];
    let mut workspace = Workspace::new();
    Row::over_primal(format!("logistic loss, {ROWS} rows, {n}"))
        .bar(Kind::Attribute, BAR)
        .column(
            Kind::Primal,
            input.clone(),
            |(weights, features, labels)| logistic::loss_of_slices(weights, features, labels),
        )
        .column_into(
            Kind::ByHand,
            input.clone(),
            gradient.clone(),
            |(weights, features, labels), gradient| {
                logistic::by_hand_of_slices(weights, features, labels, gradient)
            },
        )
        .column_into(
            Kind::Attribute,
            input,
            gradient,
            move |(weights, features, labels), gradient| {
                logistic::loss_of_slices::gradient_into_with(
                    weights,
                    features,
                    labels,
                    gradient,
                    &mut workspace,
                )
            },
        )
}
