//! Writes programs as Rust.

mod expression;
mod glue;
mod statement;

pub use glue::module;

use crate::tree::*;

/// Writes with the current depth of blocks.
pub struct Printer {
    depth: usize,
}

pub fn function(item: &FunctionItem, depth: usize) -> String {
    let mut printer = Printer { depth };
    let parameters: Vec<String> = item.parameters.iter().map(parameter).collect();
    let inputs: Vec<&str> = item
        .parameters
        .iter()
        .filter(|parameter| !parameter.kind.is_constant())
        .map(|parameter| parameter.name.as_str())
        .collect();
    let arguments = if item.lists_inputs {
        format!("(wrt({}))", inputs.join(", "))
    } else {
        String::new()
    };
    let pad = printer.pad();
    format!(
        "{pad}#[differentiate{arguments}]\n{pad}pub fn {}({}) -> {} {}\n",
        item.name,
        parameters.join(", "),
        type_name(&item.result),
        printer.block(&item.body)
    )
}

fn parameter(parameter: &Parameter) -> String {
    let ty = match &parameter.kind {
        ParameterKind::Float | ParameterKind::FloatConstant => "f64".to_owned(),
        ParameterKind::Array(count) => format!("[f64; {count}]"),
        ParameterKind::ArrayReference(count) => format!("&[f64; {count}]"),
        ParameterKind::Slice(_) => "&[f64]".to_owned(),
        ParameterKind::Matrix(rows, columns) => format!("[[f64; {columns}]; {rows}]"),
        ParameterKind::Integer(..) => "i32".to_owned(),
        ParameterKind::Size(..) => "usize".to_owned(),
        ParameterKind::Bool => "bool".to_owned(),
    };
    let mutable = if parameter.is_mutable { "mut " } else { "" };
    format!("{mutable}{}: {ty}", parameter.name)
}

pub fn type_name(ty: &Type) -> String {
    match ty {
        Type::Float => "f64".to_owned(),
        Type::Integer => "i32".to_owned(),
        Type::Size => "usize".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Array(element, count) => format!("[{}; {count}]", type_name(element)),
        Type::Vector => "Vec<f64>".to_owned(),
        Type::Slice => "&[f64]".to_owned(),
        Type::Result(whole) => type_name(whole),
        Type::Tuple(parts) => {
            let parts: Vec<String> = parts.iter().map(type_name).collect();
            format!("({})", parts.join(", "))
        }
    }
}

fn pattern(it: &Pattern) -> String {
    let list = |parts: &[Pattern]| parts.iter().map(pattern).collect::<Vec<_>>().join(", ");
    match it {
        Pattern::Ignore => "_".to_owned(),
        Pattern::Name { name, is_mutable } => {
            format!("{}{name}", if *is_mutable { "mut " } else { "" })
        }
        Pattern::Tuple(parts) => format!("({})", list(parts)),
        Pattern::Array { parts, has_rest } => {
            format!("[{}{}]", list(parts), if *has_rest { ", .." } else { "" })
        }
        Pattern::Reference(inner) => format!("&{}", pattern(inner)),
    }
}

fn sign(operator: Arithmetic) -> &'static str {
    match operator {
        Arithmetic::Add => "+",
        Arithmetic::Subtract => "-",
        Arithmetic::Multiply => "*",
        Arithmetic::Divide => "/",
        Arithmetic::Remainder => "%",
    }
}

impl Printer {
    fn pad(&self) -> String {
        "    ".repeat(self.depth)
    }

    fn block(&mut self, block: &Block) -> String {
        if block.statements.is_empty() && block.value.is_none() {
            return "{}".to_owned();
        }
        self.depth += 1;
        let mut text = "{\n".to_owned();
        for statement in &block.statements {
            text += &format!("{}{}\n", self.pad(), self.statement(statement));
        }
        if let Some(value) = &block.value {
            text += &format!("{}{}\n", self.pad(), self.expression(value));
        }
        self.depth -= 1;
        text + &self.pad() + "}"
    }
}
