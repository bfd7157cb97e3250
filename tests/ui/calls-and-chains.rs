use chainrule::differentiate;

#[differentiate(wrt(x))]
fn chained_by_reference(x: &[f64], plain: &[f64]) -> f64 {
    x.iter().chain(plain.iter()).sum()
}

#[differentiate(wrt(x))]
fn chained_to_plain(x: &[f64], plain: &[f64]) -> f64 {
    plain.iter().chain(x.iter()).sum()
}

#[differentiate]
fn qualified_path(x: f64) -> f64 {
    <f64 as num_traits::Float>::sin(x)
}

fn power<const N: i32>(x: f64) -> f64 {
    x.powi(N)
}

#[differentiate]
fn type_arguments(x: f64) -> f64 {
    power::<3>(x)
}

fn main() {}
