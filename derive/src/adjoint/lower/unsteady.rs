//! Plain variables whose contents are not the reverse sweep's to read: they may have changed through a `&mut` without a
//! `mut` of their own, have been moved, or be borrowed from something that changes.

use std::collections::BTreeSet;

use crate::tree::*;

/// All of them, but for those that are `mutable` by themselves. Parameters hold neither a `&mut` nor what could be moved.
pub fn unsteady(body: &Body, mutable: &BTreeSet<Variable>) -> BTreeSet<Variable> {
    let mut found = BTreeSet::new();
    body.root
        .walk(&mut |part| changed_or_moved(part, &mut found));
    for pattern in &body.parameters {
        pattern.each_variable(&mut |variable, _| _ = found.remove(&variable));
    }
    let mut count = usize::MAX;
    while count != found.len() {
        count = found.len();
        body.root.walk(&mut |part| {
            bindings(part, &mut |pattern, value| {
                let changes = value.any(&mut |node| {
                    let mut mentioned = BTreeSet::new();
                    node.mentions(&mut mentioned);
                    !mentioned.is_disjoint(mutable) || !mentioned.is_disjoint(&found)
                });
                if changes {
                    pattern.each_variable(&mut |variable, _| _ = found.insert(variable));
                }
            });
        });
    }
    found
}

fn changed_or_moved(part: Part, found: &mut BTreeSet<Variable>) {
    let mut note = |node: &Node| found.extend(node.root());
    match part {
        Part::Pattern(_) => {}
        Part::Block(block) => {
            note_whole(block.tail.as_deref(), &mut note);
            for statement in &block.statements {
                if let Statement::Let(binding) = statement {
                    note_whole(binding.value.as_ref(), &mut note);
                }
            }
        }
        Part::Node(node) => match &node.shape {
            Shape::Assign { place, value } => {
                note(place);
                note_whole(Some(value), &mut note);
            }
            Shape::AssignBy { place, .. } => note(place),
            Shape::Reference {
                is_mutable: true,
                target,
            } => note(target),
            Shape::Method(method) if !only_reads(method) => {
                note(&method.receiver);
                method.arguments.iter().for_each(note);
            }
            Shape::Call(call) => call.arguments.iter().for_each(note),
            Shape::Opaque { mentions, .. } => found.extend(mentions),
            Shape::Array(nodes) | Shape::Tuple(nodes) => nodes.iter().for_each(note),
            Shape::Struct(literal) => {
                literal.fields.iter().for_each(|(_, value)| note(value));
                note_whole(literal.rest.as_deref(), &mut note);
            }
            Shape::For { source: value, .. }
            | Shape::Let { value, .. }
            | Shape::Vector { content: value, .. }
            | Shape::Repeat { element: value, .. }
            | Shape::Try(value) => note(value),
            Shape::Match(choice) => note(&choice.scrutinee),
            Shape::Break { value, .. } | Shape::Return { value, .. } => {
                note_whole(value.as_deref(), &mut note);
            }
            Shape::Closure(closure) => {
                note(&closure.body);
                if closure.is_move {
                    closure.body.walk(&mut |part| {
                        if let Part::Node(node) = part {
                            node.mentions(found);
                        }
                    });
                }
            }
            _ => {}
        },
    }
}

fn note_whole(node: Option<&Node>, note: &mut impl FnMut(&Node)) {
    if let Some(node) = node {
        note(node);
    }
}

/// The patterns that take values apart, with these.
fn bindings<'a>(part: Part<'a>, show: &mut dyn FnMut(&'a Pattern, &'a Node)) {
    match part {
        Part::Block(block) => {
            for statement in &block.statements {
                if let Statement::Let(binding) = statement
                    && let Some(value) = &binding.value
                {
                    show(&binding.pattern, value);
                }
            }
        }
        Part::Node(node) => match &node.shape {
            Shape::Let { pattern, value } => show(pattern, value),
            Shape::For {
                pattern, source, ..
            } => show(pattern, source),
            Shape::Match(choice) => {
                for arm in &choice.arms {
                    show(&arm.pattern, &choice.scrutinee);
                }
            }
            _ => {}
        },
        Part::Pattern(_) => {}
    }
}

/// Methods of floats and of sequences that neither change nor move what they are called on.
pub fn only_reads(method: &Method) -> bool {
    const READING: &[&str] = &[
        "len",
        "is_empty",
        "iter",
        "first",
        "last",
        "get",
        "clone",
        "to_vec",
        "windows",
        "chunks",
        "chunks_exact",
        "contains",
        "as_slice",
        "as_ref",
    ];
    let name = method.name.to_string();
    crate::vocabulary::signature(&name).is_some() || READING.contains(&name.as_str())
}
