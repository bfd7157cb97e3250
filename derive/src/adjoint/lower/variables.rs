//! What is known of all variables before anything is lowered: their names, which of them change, and which are numbers.

use std::collections::BTreeSet;

use syn::BinOp;

use super::Lowering;
use super::repeated::repeated;
use super::unsteady::only_reads;
use crate::tree::*;

impl<'a> Lowering<'a> {
    /// The names of all variables, which of them change, and which are numbers.
    pub fn survey(&mut self) {
        let body = self.body;
        let mut bound: Vec<(Variable, &'a syn::Pat)> = Vec::new();
        for pattern in body.parameters.iter().chain(
            body.signatures
                .iter()
                .flat_map(|signature| &signature.parameters),
        ) {
            pattern.each_variable(&mut |variable, original| bound.push((variable, original)));
        }
        let (mut scalars, mut late) = (BTreeSet::new(), BTreeSet::new());
        let repeated = repeated(body);
        body.root.walk(&mut |part| match part {
            Part::Pattern(pattern) => {
                pattern.each_variable(&mut |variable, original| bound.push((variable, original)));
            }
            Part::Block(block) => {
                for statement in &block.statements {
                    if let Statement::Let(binding) = statement
                        && binding.value.is_none()
                    {
                        binding
                            .pattern
                            .each_variable(&mut |variable, _| _ = late.insert(variable));
                    }
                }
            }
            Part::Node(node) => match &node.shape {
                Shape::Binary {
                    left,
                    operator:
                        BinOp::Add(_) | BinOp::Sub(_) | BinOp::Mul(_) | BinOp::Div(_) | BinOp::Rem(_),
                    right,
                } => {
                    for side in [left, right] {
                        if let Shape::Local { variable, .. } = &side.bare().shape {
                            scalars.insert(*variable);
                        }
                    }
                }
                Shape::AssignBy {
                    place,
                    operator:
                        BinOp::AddAssign(_)
                        | BinOp::SubAssign(_)
                        | BinOp::MulAssign(_)
                        | BinOp::DivAssign(_)
                        | BinOp::RemAssign(_),
                    value,
                } => {
                    for side in [place, value] {
                        if let Shape::Local { variable, .. } = &side.bare().shape {
                            scalars.insert(*variable);
                        }
                    }
                }
                // What is bound in a closure is bound again by every call.
                Shape::Closure(closure) if repeated.contains(&closure.index) => {
                    closure.body.walk(&mut |part| {
                        if let Part::Pattern(pattern) = part {
                            pattern.each_variable(&mut |variable, _| _ = late.insert(variable));
                        }
                    });
                }
                _ => {}
            },
        });
        for index in repeated {
            for pattern in &body.signatures[index].parameters {
                pattern.each_variable(&mut |variable, _| _ = late.insert(variable));
            }
        }
        for (variable, original) in bound {
            if let syn::Pat::Ident(name) = original {
                self.names[variable] = name.ident.clone();
                if name.mutability.is_some() {
                    self.mutable.insert(variable);
                }
            } else {
                self.mutable.insert(variable);
            }
        }
        for variable in grown(&body.root) {
            self.mutable.remove(&variable);
            self.growing.insert(variable);
        }
        self.mutable.extend(late);
        self.scalars = scalars;
    }
}

/// The variables that are pushed to, and change in no other way: what an element holds it holds for good.
fn grown(root: &Block) -> BTreeSet<Variable> {
    let (mut pushed, mut others) = (BTreeSet::new(), BTreeSet::new());
    root.walk(&mut |part| {
        let Part::Node(node) = part else { return };
        match &node.shape {
            Shape::Method(method) if method.name == "push" => match &method.receiver.bare().shape {
                Shape::Local { variable, .. } => _ = pushed.insert(*variable),
                _ => others.extend(method.receiver.root()),
            },
            Shape::Method(method) if !only_reads(method) => {
                others.extend(method.receiver.root());
            }
            Shape::Assign { place, .. } | Shape::AssignBy { place, .. } => {
                others.extend(place.root());
            }
            Shape::Reference {
                is_mutable: true,
                target,
            } => others.extend(target.root()),
            Shape::Opaque { mentions, .. } => others.extend(mentions),
            _ => {}
        }
    });
    &pushed - &others
}
