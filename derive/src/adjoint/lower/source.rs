//! Loops and what they run over.

use super::place::View;
use super::{Lowered, Lowering, Tail, unknown};
use crate::adjoint::form::*;
use crate::tree::*;

/// What happens to the items of a source.
#[derive(Clone, Copy)]
pub enum Binder<'a> {
    Pattern(Option<&'a Pattern>),
    /// The place of the item is wanted, and left in `captured`.
    Capture,
}

impl<'a> Lowering<'a> {
    pub fn each(
        &mut self,
        label: Option<&syn::Label>,
        pattern: &'a Pattern,
        source: &'a Node,
        body: &'a Block,
    ) -> Lowered<()> {
        let mut head = None;
        let (body, leave) = self.looped(label, None, |this| {
            head = Some(this.head(source, Binder::Pattern(Some(pattern)))?);
            this.block(body, Tail::Nothing)
        })?;
        self.repeat(head, leave, body)
    }

    pub fn repeat(
        &mut self,
        head: Option<(Source<'a>, Vec<Step<'a>>)>,
        leave: Option<Id>,
        body: Vec<Step<'a>>,
    ) -> Lowered<()> {
        let id = self.id();
        if let Some((source, before)) = head {
            self.steps.extend(before);
            self.steps.push(Step::Loop(Loop {
                id,
                head: LoopHead::For(source),
                leave,
                body,
            }));
        }
        Ok(())
    }

    /// What a loop runs over, and what is evaluated before it.
    pub fn head(
        &mut self,
        node: &'a Node,
        binder: Binder<'a>,
    ) -> Lowered<(Source<'a>, Vec<Step<'a>>)> {
        let outer = std::mem::take(&mut self.before);
        let source = self.source(node, binder)?;
        Ok((source, std::mem::replace(&mut self.before, outer)))
    }

    /// What a loop runs over. Steps that bind its items are pushed.
    pub fn source(&mut self, node: &'a Node, binder: Binder<'a>) -> Lowered<Source<'a>> {
        if !node.kind.is_active() {
            let node = self.passive(node)?;
            return match binder {
                Binder::Pattern(pattern) => Ok(Source::Plain { node, pattern }),
                Binder::Capture => unknown(node.span, "plain items where numbers are wanted"),
            };
        }
        let Shape::Method(method) = &node.bare().shape else {
            return self.elements(node, Groups::One, binder, false);
        };
        let (receiver, name) = (&*method.receiver, method.name.to_string());
        match (name.as_str(), &method.arguments[..]) {
            ("iter" | "into_iter" | "copied" | "cloned", []) if is_source(receiver) => {
                self.source(receiver, binder)
            }
            ("iter" | "into_iter", []) => {
                self.elements(receiver, Groups::One, binder, name == "iter")
            }
            ("windows", [size]) => {
                let size = self.passive(size)?;
                self.elements(receiver, Groups::Windows(size), binder, true)
            }
            ("chunks", [size]) => {
                let size = self.passive(size)?;
                self.elements(receiver, Groups::Chunks(size), binder, true)
            }
            ("chunks_exact", [size]) => {
                let size = self.passive(size)?;
                self.elements(receiver, Groups::ExactChunks(size), binder, true)
            }
            ("zip", [other]) => {
                let [left, right] = self.parts(node, binder)?;
                Ok(Source::Zip(
                    Box::new(self.source(receiver, left)?),
                    Box::new(self.source(other, right)?),
                ))
            }
            ("enumerate", []) => {
                let [index, item] = self.parts(node, binder)?;
                let Binder::Pattern(index) = index else {
                    return unknown(node.span, "numbered items where numbers are wanted");
                };
                Ok(Source::Enumerate(
                    Box::new(self.source(receiver, item)?),
                    index,
                ))
            }
            ("rev", []) => {
                let inner = self.source(receiver, binder)?;
                Ok(Source::Adapted(Box::new(inner), method.name.clone(), None))
            }
            ("skip" | "take" | "step_by", [count]) => {
                let count = self.passive(count)?;
                let inner = self.source(receiver, binder)?;
                Ok(Source::Adapted(
                    Box::new(inner),
                    method.name.clone(),
                    Some(count),
                ))
            }
            _ => unknown(method.name.span(), "a loop over this iterator"),
        }
    }

    /// The patterns of the two halves of a pair.
    fn parts(&mut self, node: &Node, binder: Binder<'a>) -> Lowered<[Binder<'a>; 2]> {
        match binder {
            Binder::Pattern(Some(Pattern {
                shape: PatternShape::Tuple(parts),
                ..
            })) if parts.len() == 2 => {
                Ok([&parts[0], &parts[1]].map(|part| Binder::Pattern(Some(part))))
            }
            Binder::Pattern(
                None
                | Some(Pattern {
                    shape: PatternShape::Ignore,
                    ..
                }),
            ) => Ok([Binder::Pattern(None); 2]),
            _ => unknown(node.span, "pairs that are not taken apart by the loop"),
        }
    }

    fn elements(
        &mut self,
        node: &'a Node,
        groups: Groups<'a>,
        binder: Binder<'a>,
        is_borrowed: bool,
    ) -> Lowered<Source<'a>> {
        let start = self.steps.len();
        let view = self.view(self.evaluated_again(node)?)?;
        let view = self.frozen(view);
        let steps = self.steps.split_off(start);
        self.before.extend(steps);
        if let Groups::Windows(size) | Groups::Chunks(size) | Groups::ExactChunks(size) = groups
            && (self.changes(size) || self.evaluated_again(size).is_err())
        {
            return unknown(size.span, "a size that may change");
        }
        let is_copied = !matches!(node.kind, crate::kind::Kind::Reference(_)) && !is_borrowed;
        if is_copied && self.mutable.contains(&view.place.variable) {
            return unknown(node.span, "a loop over a copy of what may change");
        }
        let counter = self.id();
        let item = match groups {
            Groups::One => View {
                place: self.element(&view, Term::Counter(counter)),
                offset: Vec::new(),
            },
            _ => {
                let mut offset = view.offset.clone();
                offset.push(Term::Counter(counter));
                View {
                    place: view.place.clone(),
                    offset,
                }
            }
        };
        match binder {
            Binder::Pattern(Some(pattern)) => self.bind_group(pattern, &item, &groups)?,
            Binder::Pattern(None) => {}
            Binder::Capture => self.captured = Some(item.place),
        }
        Ok(Source::Elements {
            sequence: node,
            counter,
            groups,
        })
    }
}

/// Whether the node is an iterator already.
fn is_source(node: &Node) -> bool {
    match &node.bare().shape {
        Shape::Method(method) => [
            "iter",
            "into_iter",
            "copied",
            "cloned",
            "windows",
            "chunks",
            "chunks_exact",
            "zip",
            "enumerate",
            "rev",
            "skip",
            "take",
            "step_by",
        ]
        .iter()
        .any(|name| method.name == name),
        _ => false,
    }
}
