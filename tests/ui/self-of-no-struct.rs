trait Energy {
    fn stiffness(&self) -> f64;
}

#[chainrule::differentiate]
impl dyn Energy {
    #[chainrule::differentiate(wrt(self, x))]
    fn energy(&self, x: f64) -> f64 {
        self.stiffness() * x * x
    }
}

fn main() {}
