//! The body of `adjoint`: the forward sweep, the reverse sweep, and where the two may run together.

mod arrays;
mod called;
mod carry;
mod forward;
mod keeping;
mod local;
mod loops;
mod names;
mod position;
mod reverse;
mod rows;
mod schedule;
mod second;
mod signed;
mod slopes;
mod stable;
mod tangent;

use names::{Key, zero_name};
pub use rows::Row;
pub use second::{Hessian, emit as hessian};
pub use tangent::{Tangents, along, by_inputs, lanes_of};

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::form::*;
use super::lower::Program;
use super::parameters;
use super::survey::Facts;
use crate::emit::Emission;
use crate::function::{Form, Function};
use crate::kind::Kind;
use crate::names::internal;
use crate::tree::{Body, Node, Variable};

/// What the adjoint of a variable is at this point of the reverse sweep.
#[derive(Clone, Copy, PartialEq)]
pub enum Bar {
    /// It has been declared and added to.
    Live,
    /// It has been declared and handed on; what it holds is old.
    Spent,
}

#[derive(Clone)]
pub struct Emitter<'a> {
    emission: Emission<'a>,
    program: &'a Program<'a>,
    number: TokenStream,
    runtime: Ident,
    /// Whether numbers are the function's own floats, for which the compiler has operators of its own: it checks them in less
    /// time than those of a type that it does not know.
    is_plain: bool,
    /// The parameters that are inputs, and whether each holds its floats behind a pointer to their adjoints.
    inputs: BTreeSet<Variable>,
    /// What the reverse sweep asks of the forward sweep.
    used: BTreeSet<Key>,
    /// What the reverse sweep prints again.
    reprinted: BTreeSet<Variable>,
    bars: BTreeMap<Variable, Bar>,
    /// Sums that are still to be added to arrays.
    pending: Vec<reverse::Pending>,
    /// The arrays that the loop around the current place carries contributions to.
    carries_now: Vec<carry::Carry>,
    /// The arrays whose adjoints are stored whole, and need not be zero before.
    covered: BTreeSet<Variable>,
    frame: Frame,
    /// The forward sweeps of loops, and both sweeps of those that are fused.
    loops: BTreeMap<Id, TokenStream>,
    /// The loops among them that leave values for the reverse sweep.
    keeping: BTreeSet<Id>,
    /// The arrays that loops keep values in: what declares them, and what makes them as long as it takes.
    arrays: BTreeMap<Id, (TokenStream, TokenStream)>,
    /// How many loops lie around the current place of a reverse sweep.
    loop_depth: usize,
    /// Bound where the reverse sweep cannot see it.
    hidden: BTreeSet<Variable>,
    hidden_ids: BTreeSet<Id>,
    /// The variables that plain nodes mention.
    mentioned: BTreeSet<Variable>,
    steps: usize,
    /// The row of a Jacobian, or the sum of its rows, that the reverse sweep is of.
    sweep: Sweep,
    /// The calls whose way back is a closure.
    calls_back: BTreeSet<Id>,
    /// Whether a loop would have to keep the slopes of a call.
    is_lost: bool,
    /// Whether a slope may be infinite where the values are not.
    is_singular: bool,
    /// The slices whose adjoints are summed up as they are stored.
    summed: BTreeSet<Ident>,
    pub needs_tape: bool,
}

/// What a reverse sweep begins with.
#[derive(Clone, Copy, PartialEq)]
enum Sweep {
    /// The one output.
    Single,
    /// This output of several.
    Row(usize),
    /// All outputs, each with slopes of several results of a caller by it.
    All,
}

/// What the forward sweep of a function or of a loop's body has defined.
#[derive(Clone, Default)]
struct Frame {
    /// Declared at the start of the frame, because it is set on one way of a branch.
    hoisted: TokenStream,
    /// How many branches lie between the frame and the current place.
    depth: usize,
    kept: Vec<(Ident, Store)>,
    /// Those of them that every way through the frame has passed.
    settled: BTreeSet<Ident>,
}

/// On which stack a value waits for the reverse sweep.
#[derive(Clone, Copy, PartialEq)]
pub enum Store {
    Number,
    Float,
    Index,
}

/// The adjoint function's parameters for the adjoints of the inputs, in their order, and its body.
pub struct Adjoint {
    pub body: TokenStream,
    pub needs_tape: bool,
    /// Whether loops leave values for the reverse sweep in arrays.
    pub keeps_arrays: bool,
    pub is_lost: bool,
    /// Whether a slope may be infinite where the values are not.
    pub is_singular: bool,
    /// The slices whose slopes are summed up as they are stored.
    pub summed: BTreeSet<Ident>,
    /// How many values the forward sweep has.
    pub size: usize,
    /// Of several outputs: then the body is the forward sweep alone, and leaves them in `result`.
    pub rows: Vec<Row>,
    /// The reverse sweeps of all rows.
    pub sweep: TokenStream,
    /// The sum of the rows, each times the number of [`seed`].
    pub all: Option<Row>,
}

/// The parameters that are inputs.
pub type Inputs<'a> = Vec<(Variable, &'a Form)>;

/// The inputs, in their order.
pub fn inputs<'f>(function: &'f Function, body: &Body) -> Inputs<'f> {
    let mut inputs = Vec::new();
    for (parameter, pattern) in function.parameters.iter().zip(&body.parameters) {
        if let Some(input) = &parameter.input {
            pattern.each_variable(&mut |variable, _| inputs.push((variable, &input.form)));
        }
    }
    inputs
}

/// The forward and the reverse sweep.
pub fn emit<'a>(mut emitter: Emitter<'a>, inputs: &Inputs<'a>) -> Adjoint {
    let program = emitter.program;
    if let Some(count) = program.outputs {
        return emitter.rows(inputs, count);
    }
    let sweeps = emitter.seeded(&program.steps);
    let hoisted = std::mem::take(&mut emitter.frame.hoisted);
    let ends = inputs.iter().filter_map(|(variable, form)| {
        let is_scalar = matches!(form, Form::Scalar);
        let bar = emitter.bar_name(*variable);
        let place = emitter.input_bar(*variable);
        (is_scalar && emitter.bars.get(variable) == Some(&Bar::Live))
            .then(|| quote!(*#place = #bar;))
    });
    let ends: TokenStream = ends.collect();
    // The compiler learns that what is in range of the one is in range of the other.
    let slices = inputs
        .iter()
        .filter(|(_, form)| matches!(form, Form::Slice));
    let lengths: TokenStream = slices
        .map(|(variable, _)| {
            let (name, bar) = (&program.names[*variable], emitter.input_bar(*variable));
            let zero = emitter.zero();
            let fill = (!emitter.covered.contains(variable)).then(|| quote!(#bar.fill(#zero);));
            quote!(let #bar = &mut #bar[..#name.len()]; #fill)
        })
        .collect();
    let facts = Facts::of(&program.steps);
    let (result, definitions) = (internal("result"), emitter.definitions());
    Adjoint {
        body: quote! {
            #definitions
            let #result;
            #lengths
            #hoisted
            #sweeps
            #ends
            #result
        },
        needs_tape: emitter.needs_tape,
        keeps_arrays: !emitter.arrays.is_empty(),
        is_lost: emitter.is_lost,
        is_singular: facts.is_singular,
        summed: emitter.summed,
        size: facts.ids.len(),
        rows: Vec::new(),
        sweep: TokenStream::new(),
        all: None,
    }
}

impl<'a> Emitter<'a> {
    pub fn new(
        mut emission: Emission<'a>,
        inputs: &[(Variable, &Form)],
        program: &'a Program<'a>,
        is_plain: bool,
    ) -> Self {
        if is_plain {
            emission.number = emission.function.float.to_token_stream();
        }
        let mut names = vec![None; program.names.len()];
        for variable in &program.renamed {
            names[*variable] = Some(program.names[*variable].clone());
        }
        emission.names = names;
        emission.kinds = program.kinds.clone();
        let parts = program.texts.iter();
        emission.parts = parts
            .map(|(node, variable)| (*node, program.names[*variable].clone()))
            .collect();
        let facts = Facts::of(&program.steps);
        Self {
            number: emission.number.clone(),
            runtime: emission.runtime.clone(),
            is_plain,
            emission,
            program,
            inputs: inputs.iter().map(|(variable, _)| *variable).collect(),
            used: BTreeSet::new(),
            reprinted: BTreeSet::new(),
            bars: BTreeMap::new(),
            pending: Vec::new(),
            carries_now: Vec::new(),
            covered: BTreeSet::new(),
            frame: Frame::default(),
            loops: BTreeMap::new(),
            keeping: BTreeSet::new(),
            arrays: BTreeMap::new(),
            loop_depth: 0,
            hidden: BTreeSet::new(),
            hidden_ids: BTreeSet::new(),
            mentioned: facts.mentioned(),
            steps: 0,
            sweep: Sweep::Single,
            calls_back: BTreeSet::new(),
            is_lost: false,
            is_singular: facts.is_singular,
            summed: BTreeSet::new(),
            needs_tape: false,
        }
    }

    /// No slope.
    fn no_slope(&self) -> TokenStream {
        match self.sweep {
            Sweep::Single | Sweep::Row(_) => self.zero(),
            Sweep::All => {
                let (runtime, number, lanes) = (&self.runtime, &self.number, parameters::lanes());
                quote!(#runtime::Lanes::<#number, #lanes>::zero())
            }
        }
    }

    /// What stands at the start of a generated function.
    fn definitions(&self) -> TokenStream {
        let (definitions, runtime, number) =
            (self.emission.definitions(), &self.runtime, &self.number);
        let zero = (!self.is_plain).then(|| {
            let zero = zero_name();
            quote!(let #zero: #number = #runtime::zero();)
        });
        quote!(#definitions #zero)
    }

    /// Over any number it is a variable: so many calls would take the compiler long.
    fn zero(&self) -> TokenStream {
        match self.is_plain {
            true => quote!(0.0),
            false => zero_name().into_token_stream(),
        }
    }

    fn one(&self) -> TokenStream {
        let (runtime, number) = (&self.runtime, &self.number);
        match self.is_plain {
            true => quote!(1.0),
            false => quote!(#runtime::one::<#number>()),
        }
    }

    /// Whether the variable is a single number, and not an array of them.
    fn is_scalar(&self, variable: Variable) -> bool {
        matches!(
            self.program.kinds[variable].target(),
            Kind::Number | Kind::Lifted
        )
    }

    /// The place as an expression; its indices as they were written, or as they were kept.
    fn place_with(&self, root: TokenStream, indices: &[TokenStream]) -> TokenStream {
        quote!(#root #([#indices])*)
    }

    fn root(&self, variable: Variable) -> TokenStream {
        let name = self.name(variable);
        match &self.program.kinds[variable] {
            Kind::Reference(target) if **target == Kind::Number => quote!((*#name)),
            _ => name.to_token_stream(),
        }
    }

    fn note_reprint(&mut self, node: &Node) {
        node.walk(&mut |part| {
            if let crate::tree::Part::Node(node) = part {
                node.mentions(&mut self.reprinted);
            }
        });
    }
}
