//! Expressions, with parentheses where Rust's precedence asks for them.

use super::{Printer, pattern, sign, type_name};
use crate::tree::*;

/// How tightly the outermost operator binds: 0 blocks and jumps, 1 `||`, 2 `&&`, 3 comparisons, 4 sums, 5 products,
/// 7 signs, 8 postfix forms, 9 atoms.
fn precedence(expression: &Expression) -> u8 {
    use Expression::*;
    match expression {
        If { .. } | Match { .. } | Optional(_) | Block { .. } | Loop { .. } | Return(_) => 0,
        Or(..) => 1,
        And(..) => 2,
        Compare { .. } => 3,
        Arithmetic { operator, .. } | IntegerArithmetic { operator, .. } => match operator {
            crate::tree::Arithmetic::Add | crate::tree::Arithmetic::Subtract => 4,
            _ => 5,
        },
        Float { value, .. } if value.is_sign_negative() => 7,
        Integer { value, .. } if *value < 0 => 7,
        Dereference {
            is_written: false,
            target,
            ..
        } => precedence(target),
        Dereference { .. } | Reference(_) | Negate(_) | Not(_) => 7,
        // Casts are always written in parentheses.
        _ => 9,
    }
}

fn comparison(operator: Comparison) -> &'static str {
    match operator {
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
        Comparison::Equal => "==",
        Comparison::NotEqual => "!=",
    }
}

impl Printer {
    /// In parentheses if it binds less tightly than `least`.
    pub(super) fn operand(&mut self, expression: &Expression, least: u8) -> String {
        let text = self.expression(expression);
        if precedence(expression) < least {
            format!("({text})")
        } else {
            text
        }
    }

    fn list(&mut self, expressions: &[Expression]) -> String {
        let parts: Vec<String> = expressions
            .iter()
            .map(|part| self.expression(part))
            .collect();
        parts.join(", ")
    }

    pub(super) fn expression(&mut self, expression: &Expression) -> String {
        use Expression as E;
        match expression {
            E::Float { value, has_suffix } => {
                format!("{value:?}{}", if *has_suffix { "_f64" } else { "" })
            }
            E::Integer {
                value,
                ty,
                has_suffix,
            } => {
                let suffix = if *has_suffix {
                    format!("_{}", type_name(ty))
                } else {
                    String::new()
                };
                format!("{value}{suffix}")
            }
            E::Bool(value) => value.to_string(),
            E::Variable { name, .. } => name.clone(),
            E::Dereference {
                target, is_written, ..
            } => {
                if *is_written {
                    format!("*{}", self.operand(target, 7))
                } else {
                    self.expression(target)
                }
            }
            E::Reference(target) => format!("&{}", self.operand(target, 7)),
            E::Negate(inner) => format!("-{}", self.operand(inner, 7)),
            E::Not(inner) => format!("!{}", self.operand(inner, 7)),
            E::Arithmetic {
                operator,
                left,
                right,
            }
            | E::IntegerArithmetic {
                operator,
                left,
                right,
            } => {
                let own = precedence(expression);
                let left = self.operand(left, own);
                format!(
                    "{left} {} {}",
                    sign(*operator),
                    self.operand(right, own + 1)
                )
            }
            E::Modulo { left, right } => format!("{}.rem_euclid({right})", self.operand(left, 8)),
            E::Compare {
                operator,
                left,
                right,
            } => {
                let left = self.operand(left, 4);
                format!(
                    "{left} {} {}",
                    comparison(*operator),
                    self.operand(right, 4)
                )
            }
            E::And(left, right) => {
                format!("{} && {}", self.operand(left, 2), self.operand(right, 3))
            }
            E::Or(left, right) => {
                format!("{} || {}", self.operand(left, 1), self.operand(right, 2))
            }
            E::Call {
                function,
                form,
                arguments,
            } => match form {
                Form::Method => {
                    let receiver = self.operand(&arguments[0], 8);
                    format!(
                        "{receiver}.{}({})",
                        function.name,
                        self.list(&arguments[1..])
                    )
                }
                Form::Path => format!("f64::{}({})", function.name, self.list(arguments)),
                Form::Free => format!("chainrule::{}({})", function.name, self.list(arguments)),
            },
            E::Power {
                base,
                exponent,
                form,
            } => {
                if *form == Form::Method {
                    let base = self.operand(base, 8);
                    format!("{base}.powi({})", self.expression(exponent))
                } else {
                    let base = self.expression(base);
                    format!("f64::powi({base}, {})", self.expression(exponent))
                }
            }
            E::SineCosine(argument) => format!("{}.sin_cos()", self.operand(argument, 8)),
            E::Predicate { name, argument } => format!("{}.{name}()", self.operand(argument, 8)),
            E::If {
                condition,
                then,
                otherwise,
            } => self.choice(condition, then, otherwise.as_ref()),
            E::Match { scrutinee, arms } => self.arms(scrutinee, arms),
            E::Block { label, block } => {
                let label = label
                    .as_ref()
                    .map_or(String::new(), |label| format!("'{label}: "));
                label + &self.block(block)
            }
            E::Loop { label, body } => {
                let label = label
                    .as_ref()
                    .map_or(String::new(), |label| format!("'{label}: "));
                format!("{label}loop {}", self.block(body))
            }
            E::Tuple(parts) => format!("({})", self.list(parts)),
            E::Component { tuple, index } => format!("{}.{index}", self.operand(tuple, 8)),
            E::Array(parts) => format!("[{}]", self.list(parts)),
            E::Repeat { value, count } => format!("[{}; {count}]", self.expression(value)),
            E::Vector(parts) => format!("vec![{}]", self.list(parts)),
            E::VectorRepeat { value, count } => {
                format!("vec![{}; {count}]", self.expression(value))
            }
            E::Index { sequence, index } => {
                format!("{}[{}]", self.operand(sequence, 8), self.expression(index))
            }
            E::Length(sequence) => format!("{}.len()", self.operand(sequence, 8)),
            E::ToFloat(value) => format!("({} as f64)", self.operand(value, 7)),
            E::ToInteger { value, ty } => {
                format!("({} as {})", self.operand(value, 7), type_name(ty))
            }
            E::CallFunction {
                name, arguments, ..
            }
            | E::CallClosure { name, arguments } => {
                format!("{name}({})", self.list(arguments))
            }
            E::Chain(chain) => self.chain(chain),
            E::Optional(optional) => self.optional(optional),
            E::Return(value) => format!("return {}", self.expression(value)),
        }
    }

    fn choice(
        &mut self,
        condition: &Expression,
        then: &Block,
        otherwise: Option<&Block>,
    ) -> String {
        let head = format!("if {} {}", self.expression(condition), self.block(then));
        let Some(block) = otherwise else { return head };
        // An `else` that holds nothing but another `if` is a chain.
        match (&block.statements[..], block.value.as_deref()) {
            ([], Some(inner @ Expression::If { .. }))
            | ([Statement::Effect(inner @ Expression::If { .. })], None) => {
                format!("{head} else {}", self.expression(inner))
            }
            _ => format!("{head} else {}", self.block(block)),
        }
    }

    fn arms(&mut self, scrutinee: &Expression, arms: &[Arm]) -> String {
        let mut text = format!("match {} {{\n", self.expression(scrutinee));
        self.depth += 1;
        for arm in arms {
            let head = match &arm.pattern {
                ArmPattern::Values(values) => values
                    .iter()
                    .map(i128::to_string)
                    .collect::<Vec<_>>()
                    .join(" | "),
                ArmPattern::Range(from, to) => format!("{from}..={to}"),
                ArmPattern::Bind(name) => name.clone(),
                ArmPattern::Wild => "_".to_owned(),
            };
            let guard = match &arm.guard {
                Some(guard) => format!(" if {}", self.expression(guard)),
                None => String::new(),
            };
            text += &format!(
                "{}{head}{guard} => {},\n",
                self.pad(),
                self.expression(&arm.body)
            );
        }
        self.depth -= 1;
        text + &self.pad() + "}"
    }

    fn optional(&mut self, optional: &Optional) -> String {
        let condition = self.expression(&optional.condition);
        let value = self.expression(&optional.value);
        let name = pattern(&optional.pattern);
        let body = self.expression(&optional.body);
        let otherwise = self.expression(&optional.otherwise);
        let option = format!("({condition}).then(|| {value})");
        match optional.style {
            OptionalStyle::IfLet => format!(
                "if let Some({name}) = (if {condition} {{ Some({value}) }} else {{ None }}) {{ {body} }} else {{ {otherwise} }}"
            ),
            OptionalStyle::Match => {
                format!("match {option} {{ Some({name}) => {body}, None => {otherwise} }}")
            }
            OptionalStyle::Map => format!("{option}.map(|{name}| {body}).unwrap_or({otherwise})"),
            OptionalStyle::MapOr => format!("{option}.map_or({otherwise}, |{name}| {body})"),
            OptionalStyle::MapOrElse => {
                format!("{option}.map_or_else(|| {otherwise}, |{name}| {body})")
            }
        }
    }

    fn chain(&mut self, chain: &Chain) -> String {
        let mut text = self.iterated(&chain.over, true);
        if let Some((it, body)) = &chain.map {
            text += &format!(".map(|{}| {})", pattern(it), self.expression(body));
        }
        if let Some((it, condition)) = &chain.filter {
            text += &format!(".filter(|{}| {})", pattern(it), self.expression(condition));
        }
        match &chain.end {
            ChainEnd::Extreme { start, function } => {
                format!(
                    "{text}.fold({}, f64::{})",
                    self.expression(start),
                    function.name
                )
            }
            ChainEnd::Sum => text + ".sum::<f64>()",
            ChainEnd::Product => text + ".product::<f64>()",
            ChainEnd::Fold {
                start,
                accumulator,
                pattern: it,
                body,
            } => {
                let start = self.expression(start);
                let body = self.expression(body);
                format!(
                    "{text}.fold({start}, |{accumulator}, {}| {body})",
                    pattern(it)
                )
            }
        }
    }
}
