//! Statements and what loops run over.

use super::{Printer, pattern, sign, type_name};
use crate::tree::*;

fn label_before(label: Option<&Label>) -> String {
    label.map_or(String::new(), |label| format!("'{label}: "))
}

fn label_after(label: Option<&Label>) -> String {
    label.map_or(String::new(), |label| format!(" '{label}"))
}

impl Printer {
    pub(super) fn statement(&mut self, statement: &Statement) -> String {
        match statement {
            Statement::Let {
                pattern: it,
                annotation,
                value,
            } => {
                let annotation = annotation
                    .as_ref()
                    .map_or(String::new(), |ty| format!(": {}", type_name(ty)));
                let value = value.as_ref().map_or(String::new(), |value| {
                    format!(" = {}", self.expression(value))
                });
                format!("let {}{annotation}{value};", pattern(it))
            }
            Statement::Constant { name, ty, value } => {
                format!(
                    "const {name}: {} = {};",
                    type_name(ty),
                    self.expression(value)
                )
            }
            Statement::Assign { place, value } => {
                format!("{} = {};", self.expression(place), self.expression(value))
            }
            Statement::Compound {
                place,
                operator,
                value,
            } => {
                let place = self.expression(place);
                format!("{place} {}= {};", sign(*operator), self.expression(value))
            }
            Statement::Effect(expression) => self.expression(expression),
            Statement::For {
                label,
                pattern: it,
                over,
                body,
            } => {
                let over = self.iterated(over, false);
                let label = label_before(label.as_ref());
                format!("{label}for {} in {over} {}", pattern(it), self.block(body))
            }
            Statement::Alias { name, place, body } => {
                let place = self.expression(place);
                let body = self.block(body);
                let rest = body.strip_prefix("{\n").unwrap_or("}");
                format!("{{\n{}    let {name} = &mut {place};\n{rest}", self.pad())
            }
            Statement::ForMutable {
                index,
                name,
                place,
                style,
                body,
            } => {
                let place = self.expression(place);
                let over = match (style, index) {
                    (MutableStyle::Reference, None) => format!("&mut {place}"),
                    (_, None) => format!("{place}.iter_mut()"),
                    _ => format!("{place}.iter_mut().enumerate()"),
                };
                let bound = match index {
                    Some(index) => format!("({index}, {name})"),
                    None => name.clone(),
                };
                format!("for {bound} in {over} {}", self.block(body))
            }
            Statement::While {
                label,
                condition,
                body,
            } => {
                let label = label_before(label.as_ref());
                format!(
                    "{label}while {} {}",
                    self.expression(condition),
                    self.block(body)
                )
            }
            Statement::Break { label, value } => {
                let value = value.as_ref().map_or(String::new(), |value| {
                    format!(" {}", self.operand(value, 1))
                });
                format!("break{}{value};", label_after(label.as_ref()))
            }
            Statement::Continue { label } => format!("continue{};", label_after(label.as_ref())),
            Statement::Return(value) => format!("return {};", self.expression(value)),
            Statement::LetElse {
                pattern: it,
                condition,
                value,
                exit,
            } => {
                let condition = self.expression(condition);
                let value = self.expression(value);
                let exit = Block {
                    statements: exit.clone(),
                    value: None,
                };
                format!(
                    "let Some({}) = ({condition}).then(|| {value}) else {};",
                    pattern(it),
                    self.block(&exit)
                )
            }
            Statement::SwapElements { place, left, right } => {
                let place = self.operand(place, 8);
                format!(
                    "{place}.swap({}, {});",
                    self.expression(left),
                    self.expression(right)
                )
            }
            Statement::SwapPlaces { left, right } => {
                let left = self.expression(left);
                format!(
                    "std::mem::swap(&mut {left}, &mut {});",
                    self.expression(right)
                )
            }
            Statement::Push { place, value } => {
                format!(
                    "{}.push({});",
                    self.operand(place, 8),
                    self.expression(value)
                )
            }
            Statement::Closure {
                name,
                parameters,
                body,
            } => {
                let parameters: Vec<String> = parameters
                    .iter()
                    .map(|(it, annotation)| match annotation {
                        Some(ty) => format!("{}: {}", pattern(it), type_name(ty)),
                        None => pattern(it),
                    })
                    .collect();
                format!(
                    "let {name} = |{}| {};",
                    parameters.join(", "),
                    self.expression(body)
                )
            }
        }
    }

    /// `is_chain`: methods follow.
    pub(super) fn iterated(&mut self, over: &Iterated, is_chain: bool) -> String {
        match over {
            Iterated::Range {
                from,
                to,
                is_inclusive,
                is_reversed,
                step,
            } => {
                let dots = if *is_inclusive { "..=" } else { ".." };
                let range = format!("{}{dots}{}", self.operand(from, 4), self.operand(to, 4));
                let reversed = if *is_reversed { ".rev()" } else { "" };
                let stepped = if *step > 1 {
                    format!(".step_by({step})")
                } else {
                    String::new()
                };
                if is_chain || *is_reversed || *step > 1 {
                    format!("({range}){reversed}{stepped}")
                } else {
                    range
                }
            }
            Iterated::Elements(source) => self.source(source, is_chain),
            Iterated::Enumerated(source) => format!("{}.enumerate()", self.source(source, true)),
            Iterated::Zipped(left, right) => {
                let left = self.source(left, true);
                format!("{left}.zip({})", self.source(right, false))
            }
            Iterated::Windows(sequence, size) => {
                format!("{}.windows({size})", self.operand(sequence, 8))
            }
            Iterated::Chunks(sequence, size) => {
                format!("{}.chunks({size})", self.operand(sequence, 8))
            }
        }
    }

    fn source(&mut self, source: &Source, is_receiver: bool) -> String {
        let sequence = self.operand(&source.sequence, 8);
        let mut text = match source.style {
            SourceStyle::Copied => format!("{sequence}.iter().copied()"),
            SourceStyle::Reference if !is_receiver => format!("&{sequence}"),
            SourceStyle::Value if !is_receiver => sequence,
            SourceStyle::Value => format!("{sequence}.into_iter()"),
            SourceStyle::Iter | SourceStyle::Reference => format!("{sequence}.iter()"),
        };
        if source.is_reversed {
            text += ".rev()";
        }
        if source.skip > 0 {
            text += &format!(".skip({})", source.skip);
        }
        text
    }
}
