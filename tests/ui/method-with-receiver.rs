struct Spring {
    stiffness: f64,
}

impl Spring {
    #[chainrule::differentiate]
    fn energy(&self, x: f64) -> f64 {
        0.5 * self.stiffness * x * x
    }

    #[chainrule::differentiate]
    fn of(x: f64) -> f64 {
        Self { stiffness: x }.energy(1.0)
    }
}

fn main() {
    assert_eq!(Spring { stiffness: 2.0 }.energy(2.0) + Spring::of(2.0), 5.0);
}
