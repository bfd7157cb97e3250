//! Smaller programs that may show the same fault: one statement taken out, or one expression replaced by a part of
//! itself. Not all are valid; whoever tries them finds out.

use crate::tree::*;

enum Site<'a> {
    Statements(&'a mut Vec<Statement>),
    Expression(&'a mut Expression),
}

/// The program made smaller by these edits, one after the other.
pub fn edited(program: Program, edits: &[usize]) -> Option<Program> {
    edits
        .iter()
        .try_fold(program, |program, edit| smaller(&program, *edit))
}

/// The program made smaller in one of all the possible ways; nothing if there are not so many.
pub fn smaller(program: &Program, edit: usize) -> Option<Program> {
    let mut edits = program.edits.clone();
    edits.push(edit);
    let mut made = Program {
        seed: program.seed,
        edits,
        functions: program.functions.clone(),
    };
    let mut left = edit;
    for function in made.functions.iter_mut().rev() {
        let mut is_done = false;
        visit_block(&mut function.body, &mut |site| {
            if is_done {
                return;
            }
            let edits = count(&site);
            if left < edits {
                apply(site, left);
                is_done = true;
            } else {
                left -= edits;
            }
        });
        if is_done {
            return Some(made);
        }
    }
    None
}

fn count(site: &Site) -> usize {
    match site {
        Site::Statements(statements) => {
            statements.len()
                + statements
                    .iter()
                    .map(|it| inner_blocks(it).len())
                    .sum::<usize>()
        }
        Site::Expression(expression) => parts(expression).len(),
    }
}

fn apply(site: Site, edit: usize) {
    match site {
        Site::Statements(statements) if edit < statements.len() => {
            statements.remove(edit);
        }
        Site::Statements(statements) => {
            let mut left = edit - statements.len();
            for index in 0..statements.len() {
                let mut blocks = inner_blocks(&statements[index]);
                if left < blocks.len() {
                    let block = blocks.swap_remove(left);
                    statements.splice(index..=index, block.statements);
                    return;
                }
                left -= blocks.len();
            }
        }
        Site::Expression(expression) => *expression = parts(expression).swap_remove(edit),
    }
}

/// The blocks that can stand in a statement's place.
fn inner_blocks(statement: &Statement) -> Vec<Block> {
    match statement {
        Statement::For { body, .. } | Statement::While { body, .. } => vec![body.clone()],
        Statement::Effect(Expression::If {
            then, otherwise, ..
        }) => std::iter::once(then).chain(otherwise).cloned().collect(),
        Statement::Effect(
            Expression::Block { block, .. } | Expression::Loop { body: block, .. },
        ) => vec![block.clone()],
        Statement::Effect(Expression::Match { arms, .. }) => arms
            .iter()
            .filter_map(|arm| match &arm.body {
                Expression::Block { block, .. } => Some(block.clone()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Expressions of the same type that can stand in the expression's place.
fn parts(expression: &Expression) -> Vec<Expression> {
    use Expression as E;
    let value = |block: &Block| match (&block.statements[..], &block.value) {
        ([], Some(value)) => Some((**value).clone()),
        _ => None,
    };
    match expression {
        E::Arithmetic { left, right, .. }
        | E::IntegerArithmetic { left, right, .. }
        | E::And(left, right)
        | E::Or(left, right) => {
            vec![(**left).clone(), (**right).clone()]
        }
        E::Negate(inner)
        | E::Not(inner)
        | E::Modulo { left: inner, .. }
        | E::Power { base: inner, .. } => vec![(**inner).clone()],
        E::Call { arguments, .. } => arguments.clone(),
        E::If {
            then, otherwise, ..
        } => std::iter::once(then)
            .chain(otherwise)
            .filter_map(value)
            .collect(),
        E::Match { arms, .. } => arms.iter().map(|arm| arm.body.clone()).collect(),
        E::Block { block, .. } => value(block).into_iter().collect(),
        E::Optional(optional) => vec![optional.otherwise.clone(), optional.value.clone()],
        E::Compare { .. } => vec![E::Bool(true)],
        E::CallFunction { .. }
        | E::CallClosure { .. }
        | E::Component { .. }
        | E::Chain(_)
        | E::ToFloat(_) => {
            vec![E::Float {
                value: 0.5,
                has_suffix: false,
            }]
        }
        _ => Vec::new(),
    }
}

type Visitor<'a> = dyn FnMut(Site) + 'a;

fn visit_block(block: &mut Block, visit: &mut Visitor) {
    visit(Site::Statements(&mut block.statements));
    for statement in &mut block.statements {
        visit_statement(statement, visit);
    }
    if let Some(value) = &mut block.value {
        visit_expression(value, visit);
    }
}

fn visit_statement(statement: &mut Statement, visit: &mut Visitor) {
    match statement {
        Statement::Let {
            value: Some(value), ..
        } => visit_expression(value, visit),
        Statement::Let { value: None, .. }
        | Statement::Constant { .. }
        | Statement::Continue { .. } => {}
        Statement::Assign { place, value } | Statement::Compound { place, value, .. } => {
            visit_parts(place, visit);
            visit_expression(value, visit);
        }
        Statement::Effect(expression) => visit_parts(expression, visit),
        Statement::For { over, body, .. } => {
            if let Iterated::Range { from, to, .. } = over {
                visit_expression(from, visit);
                visit_expression(to, visit);
            }
            visit_block(body, visit);
        }
        Statement::Alias { body, .. } | Statement::ForMutable { body, .. } => {
            visit_block(body, visit)
        }
        Statement::While {
            condition, body, ..
        } => {
            visit_parts(condition, visit);
            visit_block(body, visit);
        }
        Statement::Break { value, .. } => {
            if let Some(value) = value {
                visit_expression(value, visit);
            }
        }
        Statement::Return(value) | Statement::Push { value, .. } => visit_expression(value, visit),
        Statement::SwapElements { left, right, .. } => {
            visit_expression(left, visit);
            visit_expression(right, visit);
        }
        Statement::SwapPlaces { .. } => {}
        Statement::LetElse {
            condition, value, ..
        } => {
            visit_expression(condition, visit);
            visit_expression(value, visit);
        }
        Statement::Closure { body, .. } => visit_expression(body, visit),
    }
}

fn visit_expression(expression: &mut Expression, visit: &mut Visitor) {
    visit(Site::Expression(expression));
    visit_parts(expression, visit);
}

fn visit_parts(expression: &mut Expression, visit: &mut Visitor) {
    use Expression as E;
    match expression {
        E::Float { .. } | E::Integer { .. } | E::Bool(_) | E::Variable { .. } => {}
        E::Dereference { target: inner, .. }
        | E::Reference(inner)
        | E::Negate(inner)
        | E::Not(inner)
        | E::Modulo { left: inner, .. }
        | E::SineCosine(inner)
        | E::Predicate {
            argument: inner, ..
        }
        | E::Component { tuple: inner, .. }
        | E::Repeat { value: inner, .. }
        | E::VectorRepeat { value: inner, .. }
        | E::Length(inner)
        | E::ToFloat(inner)
        | E::ToInteger { value: inner, .. }
        | E::Return(inner) => visit_expression(inner, visit),
        E::Arithmetic { left, right, .. }
        | E::IntegerArithmetic { left, right, .. }
        | E::Compare { left, right, .. }
        | E::And(left, right)
        | E::Or(left, right)
        | E::Power {
            base: left,
            exponent: right,
            ..
        }
        | E::Index {
            sequence: left,
            index: right,
        } => {
            visit_expression(left, visit);
            visit_expression(right, visit);
        }
        E::Call {
            arguments: list, ..
        }
        | E::CallFunction {
            arguments: list, ..
        }
        | E::CallClosure {
            arguments: list, ..
        }
        | E::Tuple(list)
        | E::Array(list)
        | E::Vector(list) => list
            .iter_mut()
            .for_each(|part| visit_expression(part, visit)),
        E::If {
            condition,
            then,
            otherwise,
        } => {
            visit_expression(condition, visit);
            visit_block(then, visit);
            if let Some(otherwise) = otherwise {
                visit_block(otherwise, visit);
            }
        }
        E::Match { scrutinee, arms } => {
            visit_expression(scrutinee, visit);
            for arm in arms {
                visit_parts(&mut arm.body, visit);
            }
        }
        E::Block { block, .. } | E::Loop { body: block, .. } => visit_block(block, visit),
        E::Optional(optional) => {
            visit_expression(&mut optional.condition, visit);
            visit_expression(&mut optional.value, visit);
            visit_expression(&mut optional.body, visit);
            visit_expression(&mut optional.otherwise, visit);
        }
        E::Chain(chain) => {
            for (_, body) in [&mut chain.map, &mut chain.filter].into_iter().flatten() {
                visit_expression(body, visit);
            }
        }
    }
}
