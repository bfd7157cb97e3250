//! From the tree to the intermediate form. What has no place in it yet is named, and the function is left to `lift`.

mod arrays;
mod bind;
mod block;
mod chain;
mod change;
mod effect;
mod exit;
mod formula;
mod names;
mod parts;
mod place;
mod repeated;
mod results;
mod several;
mod shapes;
mod source;
mod unsteady;
mod value;
mod variables;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span};
use syn::spanned::Spanned;

use super::form::*;
use super::outputs::Outputs;
use super::survey::Facts;
use super::walk::each_step;
use crate::function::Function;
use crate::kind::Kind;
use crate::names::internal;
use crate::tree::*;
use exit::Around;
use place::View;

/// Why a function is not compiled.
#[derive(Debug)]
pub struct Reason {
    /// Where it lies.
    pub span: Span,
    pub text: String,
}

pub type Lowered<T> = Result<T, Reason>;

pub fn unknown<T>(span: Span, text: &str) -> Lowered<T> {
    Err(Reason {
        span,
        text: text.to_owned(),
    })
}

/// Beyond it the code would be larger than it is worth.
const MOST_VALUES: usize = 3000;

pub struct Program<'a> {
    pub steps: Vec<Step<'a>>,
    pub kinds: Vec<Kind>,
    pub names: Vec<Ident>,
    /// The variables whose names other variables have as well.
    pub renamed: BTreeSet<Variable>,
    /// The variables that may change after they are bound.
    pub mutable: BTreeSet<Variable>,
    /// The variables whose contents the reverse sweep may find changed, moved or borrowed.
    pub unsteady: BTreeSet<Variable>,
    /// Those that are on the heap.
    pub vectors: BTreeSet<Variable>,
    /// The arrays that are declared more than once, by closures that are called more than once.
    pub repeated: BTreeSet<Variable>,
    /// The parts of values that text mentions, by their nodes; and the variables that are nothing but such parts.
    pub texts: BTreeMap<*const Node, Variable>,
    pub divided: BTreeSet<Variable>,
    pub ids: usize,
    /// How many floats the function gives, if several.
    pub outputs: Option<usize>,
    /// The inputs whose elements are variables; the first steps, so many, set those.
    pub pieces: BTreeMap<Variable, Elements>,
    pub prologue: usize,
}

pub fn lower<'a>(function: &Function, body: &'a Body, kinds: &[Kind]) -> Lowered<Program<'a>> {
    let mut lowering = Lowering {
        body,
        kinds: kinds.to_vec(),
        steps: Vec::new(),
        views: BTreeMap::new(),
        closures: BTreeMap::new(),
        names: vec![internal("unnamed"); kinds.len()],
        mutable: BTreeSet::new(),
        growing: BTreeSet::new(),
        scalars: BTreeSet::new(),
        ids: 0,
        captured: None,
        before: Vec::new(),
        loops: Vec::new(),
        returned: None,
        closure_tail: None,
        outputs: None,
        result: None,
        written: Vec::new(),
        shapes: BTreeMap::new(),
        open: BTreeMap::new(),
        divided: BTreeSet::new(),
        targets: Vec::new(),
        spelled: BTreeMap::new(),
        numbers: Vec::new(),
    };
    lowering.survey();
    for (parameter, pattern) in function.parameters.iter().zip(&body.parameters) {
        let is_bound = matches!(
            pattern.shape,
            PatternShape::Bind {
                is_reference: false,
                inner: None,
                ..
            }
        );
        if parameter.is_constant() && pattern.bound(kinds).is_active() {
            return unknown(pattern.original.span(), "a constant that becomes a number");
        }
        if parameter.function.is_some() {
            return unknown(pattern.original.span(), "a function of functions");
        }
        if parameter.input.is_some() && !is_bound {
            return unknown(pattern.original.span(), "an input that is taken apart");
        }
    }
    lowering.distinct_names()?;
    lowering.items(&body.root)?;
    lowering.note_shapes(function);
    lowering.note_numbers(
        function
            .outcome
            .value
            .as_ref()
            .and_then(Outputs::of_type)
            .as_ref(),
    );
    lowering.outputs = lowering.outputs(function)?;
    match lowering.result.is_none() && lowering.outputs.is_some() {
        true => {
            lowering.block(&body.root, Tail::Nothing)?;
            lowering.finish_several(None)?;
        }
        false => lowering.block(&body.root, Tail::Result)?,
    }
    lowering.check_written(&lowering.steps)?;
    if let Some((flag, variables)) = lowering.returned.take() {
        for variable in variables {
            let value = lowering.formula_of(FormulaShape::Zero);
            lowering.steps.insert(0, Step::Let { variable, value });
        }
        lowering.steps.insert(0, Step::Flag(flag));
    }
    lowering.check_given()?;
    let (repeated, vectors) = (repeated(&lowering.steps), vectors(&lowering.steps));
    let renamed = lowering.ambiguous_names();
    for variable in &renamed {
        let name = format!("{}_{variable}", lowering.names[*variable]);
        lowering.names[*variable] = internal(&name);
    }
    let texts = lowering.texts();
    Ok(Program {
        texts,
        divided: lowering.divided,
        steps: lowering.steps,
        kinds: lowering.kinds,
        names: lowering.names,
        renamed,
        unsteady: unsteady::unsteady(body, &lowering.mutable),
        mutable: lowering.mutable,
        repeated,
        vectors,
        ids: lowering.ids,
        outputs: lowering.outputs.as_ref().map(Outputs::count),
        pieces: BTreeMap::new(),
        prologue: 0,
    })
}

fn repeated(steps: &[Step]) -> BTreeSet<Variable> {
    let (mut seen, mut repeated) = (BTreeSet::new(), BTreeSet::new());
    each_step(steps, &mut |step| {
        if let Step::LetArray { variable, .. } = step
            && !seen.insert(*variable)
        {
            repeated.insert(*variable);
        }
    });
    repeated
}

fn vectors(steps: &[Step]) -> BTreeSet<Variable> {
    let mut vectors = BTreeSet::new();
    each_step(steps, &mut |step| {
        if let Step::LetArray {
            variable, content, ..
        } = step
            && content.is_open()
        {
            vectors.insert(*variable);
        }
    });
    vectors
}

/// Where the value of a block goes.
#[derive(Clone, Copy, PartialEq)]
enum Tail {
    Nothing,
    Into(Variable),
    /// To the variables of this target.
    Parts(usize),
    Result,
}

impl Tail {
    fn is_value(self) -> bool {
        matches!(self, Self::Into(_) | Self::Parts(_))
    }
}

struct Lowering<'a> {
    body: &'a Body,
    kinds: Vec<Kind>,
    steps: Vec<Step<'a>>,
    views: BTreeMap<Variable, View<'a>>,
    closures: BTreeMap<usize, &'a Closure>,
    names: Vec<Ident>,
    mutable: BTreeSet<Variable>,
    /// The `Vec`s that are pushed to, and change in no other way.
    growing: BTreeSet<Variable>,
    /// The variables of an open kind that arithmetic shows to be numbers.
    scalars: BTreeSet<Variable>,
    ids: usize,
    captured: Option<Place<'a>>,
    /// What is evaluated before the loop whose head is being lowered.
    before: Vec<Step<'a>>,
    /// The loops around the current place, outermost first.
    loops: Vec<Around>,
    /// Where the function's result is, if it is found inside of a loop.
    returned: Option<(Id, Vec<Variable>)>,
    /// Where the value of the closure goes that is being inlined.
    closure_tail: Option<Tail>,
    /// All that the function gives, if several floats; its result, and what it writes through parameters.
    outputs: Option<Outputs>,
    result: Option<Outputs>,
    written: Vec<(Variable, Outputs)>,
    /// The variables of a known compound shape.
    shapes: BTreeMap<Variable, Outputs>,
    /// Values of several numbers, and results of calls of which the used parts are variables.
    open: BTreeMap<Variable, Vec<(Vec<Member>, Variable)>>,
    /// Those among them that are nothing but their parts.
    divided: BTreeSet<Variable>,
    /// Where values of several numbers go that are found on several ways.
    targets: Vec<(Outputs, Vec<Variable>)>,
    /// Nodes that text finds in variables.
    spelled: BTreeMap<*const Node, Variable>,
    /// The parts of them, and of others, that are known to be numbers.
    numbers: Vec<(Variable, Vec<Member>)>,
}

impl<'a> Lowering<'a> {
    fn id(&mut self) -> Id {
        self.ids += 1;
        self.ids - 1
    }

    fn formula_of(&mut self, shape: FormulaShape<'a>) -> Formula<'a> {
        Formula {
            id: self.id(),
            shape,
        }
    }

    /// A float variable of ours.
    fn fresh(&mut self) -> Variable {
        self.kinds.push(Kind::Number);
        self.names
            .push(internal(&format!("t{}", self.kinds.len() - 1)));
        self.kinds.len() - 1
    }

    /// Refuses numbers that a pattern takes out of another value: no step gives them derivatives.
    fn check_given(&self) -> Lowered<()> {
        let mut given = BTreeSet::new();
        for pattern in &self.body.parameters {
            pattern.each_variable(&mut |variable, _| _ = given.insert(variable));
        }
        each_step(&self.steps, &mut |step| match step {
            Step::Declare(variable)
            | Step::Let { variable, .. }
            | Step::LetArray { variable, .. } => _ = given.insert(*variable),
            Step::Call(called) => given.extend(called.results.iter().map(|(_, variable)| variable)),
            _ => {}
        });
        let facts = Facts::of(&self.steps);
        let used = facts.read.iter().chain(&facts.set).chain(&facts.added);
        match used.copied().find(|variable| !given.contains(variable)) {
            None => Ok(()),
            Some(variable) => unknown(
                self.names[variable].span(),
                "a number that a pattern takes out of another value",
            ),
        }
    }

    /// What `lower` pushes, apart.
    fn aside(&mut self, lower: impl FnOnce(&mut Self) -> Lowered<()>) -> Lowered<Vec<Step<'a>>> {
        let outer = std::mem::take(&mut self.steps);
        let result = lower(self);
        let steps = std::mem::replace(&mut self.steps, outer);
        result.map(|()| steps)
    }
}
