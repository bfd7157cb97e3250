use chainrule::differentiate;

struct Spring {
    stiffness: f64,
}

trait Model {
    fn force(&self, x: f64) -> f64;
}

impl Model for Spring {
    #[differentiate]
    fn force(&self, x: f64) -> f64 {
        self.stiffness * x
    }
}

fn main() {
    assert_eq!(Spring { stiffness: 2.0 }.force(3.0), 6.0);
}
