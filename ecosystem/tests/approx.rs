//! approx: the numbers themselves compare as `==` does, `AllParts` compares every derivative.

use approx::{abs_diff_eq, assert_relative_eq, assert_ulps_eq, relative_eq, ulps_eq};
use chainrule::{AllParts, Dual, HyperDual, Jet};

#[test]
fn numbers_compare_their_values() {
    let (x, y) = (
        Dual::new(1.0, [1.0, 2.0]),
        Dual::new(1.0 + 1e-12, [-1.0, f64::NAN]),
    );
    let epsilon = |size: f64| Dual::constant(size);
    assert!(
        abs_diff_eq!(x, y, epsilon = epsilon(1e-11))
            && !abs_diff_eq!(x, y, epsilon = epsilon(1e-13))
    );
    assert!(relative_eq!(x, y, max_relative = epsilon(1e-11)) && !relative_eq!(x, y));
    assert!(
        ulps_eq!(x, y, max_ulps = 5000, epsilon = epsilon(0.0)) && !ulps_eq!(x, y, max_ulps = 4)
    );
    assert_ulps_eq!(
        HyperDual::new(2.0_f32, 1.0, 0.0, 3.0),
        HyperDual::constant(2.0_f32)
    );
}

#[test]
fn all_parts_means_all_of_every_kind_of_number() {
    let part = |i: usize| 1.0 + i as f64;
    assert_each_part_counts::<Dual<f64, 3>>(part);
    assert_each_part_counts::<HyperDual<f64>>(part);
    assert_each_part_counts::<Jet<f64, 3>>(part);
    assert_each_part_counts::<Dual<HyperDual<f64>, 2>>(part);
    assert_each_part_counts::<f64>(part);
}

fn assert_each_part_counts<S: chainrule::Parts<Primal = f64>>(part: impl Fn(usize) -> f64) {
    let x = S::from_parts(&part);
    for moved in 0..S::PARTS {
        let y = S::from_parts(|i| {
            if i == moved {
                part(i) * (1.0 + 1e-9)
            } else {
                part(i)
            }
        });
        assert_ne!(AllParts(x), AllParts(y));
        assert!(!relative_eq!(AllParts(x), AllParts(y)), "part {moved}");
        assert!(!ulps_eq!(AllParts(x), AllParts(y)), "part {moved}");
        assert!(!abs_diff_eq!(AllParts(x), AllParts(y)), "part {moved}");
        assert_relative_eq!(AllParts(x), AllParts(y), max_relative = 2e-9);
        let z = S::from_parts(|i| if i == moved { f64::NAN } else { part(i) });
        assert!(
            !relative_eq!(AllParts(z), AllParts(z), max_relative = 1.0),
            "part {moved} is NaN"
        );
    }
}
