struct Spring;

#[chainrule::differentiate]
impl Spring {
    #[chainrule::differentiate]
    fn energy(&self, x: f64) -> f64 {
        x.to_bits() as f64
    }

    #[chainrule::differentiate(wrt(y))]
    fn power(&self, x: f64) -> f64 {
        x * self.energy(x)
    }
}

fn main() {
    assert_eq!(Spring.energy(2.0) + Spring.power(2.0), 4.0);
}
