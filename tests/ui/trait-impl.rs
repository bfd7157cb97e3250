struct Spring;

trait Energy {
    fn energy(&self, x: f64) -> f64;
}

#[chainrule::differentiate]
impl Energy for Spring {
    fn energy(&self, x: f64) -> f64 {
        x * x
    }
}

fn main() {
    assert_eq!(Spring.energy(2.0), 4.0);
}
