//! The flat view goes there and back, in the order that it promises.

use chainrule::{Dual, HyperDual, Jet, Parts};

fn goes_there_and_back<S: Parts<Primal = f64>>(count: usize) {
    assert_eq!(S::PARTS, count);
    let x = S::from_parts(|i| i as f64);
    assert!(x.parts().eq((0..count).map(|i| i as f64)));
    assert_eq!(x.parts().len(), count);
    assert_eq!(x.primal(), 0.0);
    assert!(S::from_parts(|i| x.part(i)).exactly_equals(&x));
}

#[test]
fn parts_go_there_and_back() {
    goes_there_and_back::<f64>(1);
    goes_there_and_back::<Dual<f64, 5>>(6);
    goes_there_and_back::<HyperDual<f64>>(4);
    goes_there_and_back::<Jet<f64, 3>>(10);
    goes_there_and_back::<Dual<Jet<f64, 2>, 3>>(24);
    goes_there_and_back::<Jet<Dual<HyperDual<f64>, 2>, 2>>(72);
}

#[test]
fn parts_of_a_jet_are_value_gradient_and_lower_triangle() {
    let jet = Jet::<f64, 3>::from_parts(|i| i as f64);
    assert_eq!((jet.re, jet.gradient), (0.0, [1.0, 2.0, 3.0]));
    assert_eq!(
        jet.hessian(),
        [[4.0, 5.0, 7.0], [5.0, 6.0, 8.0], [7.0, 8.0, 9.0]]
    );
}
