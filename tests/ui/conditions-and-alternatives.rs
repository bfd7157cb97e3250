use chainrule::differentiate;

#[differentiate]
fn conditions(x: f64, y: f64) -> f64 {
    let values = [x, #[cfg(any())] y];
    #[must_use]
    let z = y;
    values[0] * z
}

#[differentiate]
fn alternatives(x: f64) -> f64 {
    let outcome = if x > 0.0 { Ok(x) } else { Err(1.0) };
    match outcome {
        Ok(v) | Err(v) => v,
    }
}

fn main() {}
