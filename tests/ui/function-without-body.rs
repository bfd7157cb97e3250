trait Energy {
    #[chainrule::differentiate]
    fn energy(x: f64) -> f64;
}

impl Energy for () {
    fn energy(x: f64) -> f64 {
        x
    }
}

fn main() {
    assert_eq!(<()>::energy(2.0), 2.0);
}
