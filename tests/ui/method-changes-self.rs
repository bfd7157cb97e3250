struct Spring {
    stiffness: f64,
}

impl Spring {
    #[chainrule::differentiate]
    fn energy(&mut self, x: f64) -> f64 {
        self.stiffness += 1.0;
        0.5 * self.stiffness * x * x
    }

    #[chainrule::differentiate]
    fn softened(mut self, x: f64) -> f64 {
        self.stiffness -= 1.0;
        self.energy(x)
    }

    #[chainrule::differentiate]
    fn hardened(self: &mut Self, x: f64) -> f64 {
        self.energy(x)
    }
}

fn main() {
    assert_eq!(Spring { stiffness: 2.0 }.energy(2.0) + Spring { stiffness: 2.0 }.softened(2.0), 10.0);
}
