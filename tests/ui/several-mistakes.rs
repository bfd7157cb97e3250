#[chainrule::differentiate(wrt(z))]
async unsafe fn f(x: f64, y: &mut f64) -> bool {
    x > *y
}

fn main() {
    let mut y = 2.0;
    let _ = unsafe { f(1.0, &mut y) };
}
