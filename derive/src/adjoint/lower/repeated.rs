//! Closures whose bodies stand in several places of the code: what they bind is then bound more than once.

use std::collections::BTreeSet;

use crate::tree::*;

/// All closures but those that are written where they are used, as `map(|x| ..)`, and in no other closure of several places.
pub fn repeated(body: &Body) -> BTreeSet<usize> {
    let (mut all, mut in_place) = (BTreeSet::new(), BTreeSet::new());
    let mut nested = Vec::new();
    body.root.walk(&mut |part| {
        let Part::Node(node) = part else { return };
        match &node.shape {
            Shape::Method(method) => {
                let closures = method.arguments.iter().filter_map(closure);
                in_place.extend(closures.map(|closure| closure.index));
            }
            Shape::Closure(closure) => {
                all.insert(closure.index);
                nested.extend(inner(closure).map(|inner| (inner, closure.index)));
            }
            _ => {}
        }
    });
    let mut repeated: BTreeSet<_> = all.difference(&in_place).copied().collect();
    // Each pair has an inner and an outer one at any depth, so that one pass finds all.
    let within = nested
        .iter()
        .filter(|(_, outer)| repeated.contains(outer))
        .map(|(inner, _)| *inner);
    let within: Vec<_> = within.collect();
    repeated.extend(within);
    repeated
}

fn closure(node: &Node) -> Option<&Closure> {
    match &node.bare().shape {
        Shape::Closure(closure) => Some(closure),
        _ => None,
    }
}

fn inner(outer: &Closure) -> impl Iterator<Item = usize> {
    let mut found = Vec::new();
    outer.body.walk(&mut |part| {
        if let Part::Node(node) = part
            && let Some(closure) = closure(node)
        {
            found.push(closure.index);
        }
    });
    found.into_iter()
}
