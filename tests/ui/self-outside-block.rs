struct Spring;

impl Spring {
    #[chainrule::differentiate(wrt(self, x))]
    fn energy(&self, x: f64) -> f64 {
        x * x
    }
}

fn main() {
    assert_eq!(Spring.energy(2.0), 4.0);
}
