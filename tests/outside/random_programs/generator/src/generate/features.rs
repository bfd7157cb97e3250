//! The language, one row a feature. A row's name groups what is switched together; those in `OFF` are known to the
//! generator but not yet to the macro. Taking a name out of `OFF` switches it on for everyone (write the fixed
//! programs anew then); adding language is adding a row and the function that makes it.

use std::rc::Rc;

use super::Generator;
use crate::tree::{Expression, Statement};

pub const OFF: &[&str] = &[];

/// What the derivative compiler leaves to dual numbers. Half of all programs do without, for else there is hardly one that
/// is compiled.
const LEFT_TO_DUALS: &[&str] = &[
    "constant items",
    "tuples",
    "vectors",
    "for mutable",
    "alias",
    "swap",
    "mem::swap",
    "let else",
    "options",
    "filters",
    "named folds",
    "labelled blocks",
    "return in values",
    "sin_cos parts",
    "literals of arrays",
];

/// What is a formula: in conditions, indices and elements of arrays nothing else is compiled.
const FORMULAS: &[&str] = &[
    "let",
    "arithmetic",
    "negation",
    "functions",
    "powi",
    "arrays",
    "casts",
];

pub struct Row<T> {
    pub feature: &'static str,
    pub weight: u32,
    /// Nothing where the scope lacks what it needs.
    pub make: fn(&mut Generator) -> Option<T>,
}

const fn row<T>(
    feature: &'static str,
    weight: u32,
    make: fn(&mut Generator) -> Option<T>,
) -> Row<T> {
    Row {
        feature,
        weight,
        make,
    }
}

#[rustfmt::skip]
fn statements() -> Vec<Row<Vec<Statement>>> {
    vec![
        row("let", 14, Generator::let_float),
        row("shadowing", 5, Generator::shadow_float),
        row("deferred let", 1, Generator::deferred_let),
        row("constant items", 1, Generator::constant_item),
        row("integers", 3, Generator::let_integer),
        row("integers", 2, Generator::update_integer),
        row("bools", 1, Generator::let_bool),
        row("tuples", 3, Generator::let_tuple),
        row("tuples", 2, Generator::update_component),
        row("patterns", 2, Generator::destructure),
        row("several places", 2, Generator::assign_several),
        row("arrays", 5, Generator::let_array),
        row("arrays", 8, Generator::update_element),
        row("arrays", 2, Generator::destructure_array),
        row("matrices", 3, Generator::let_matrix),
        row("matrices", 3, Generator::loop_over_matrix),
        row("vectors", 2, Generator::let_vector),
        row("vectors", 3, Generator::push),
        row("assignment", 7, Generator::assign_float),
        row("compound assignment", 12, Generator::compound_float),
        row("if", 9, Generator::if_statement),
        row("match", 3, Generator::match_statement),
        row("for range", 8, Generator::for_range),
        row("for elements", 5, Generator::for_elements),
        row("for enumerate", 3, Generator::for_enumerated),
        row("for zip", 2, Generator::for_zipped),
        row("for windows", 2, Generator::for_windows),
        row("for chunks", 1, Generator::for_chunks),
        row("for mutable", 3, Generator::for_mutable),
        row("alias", 1, Generator::alias),
        row("references", 1, Generator::let_reference),
        row("while", 3, Generator::while_loop),
        row("loop", 3, Generator::endless_loop),
        row("return", 2, Generator::early_return),
        row("break", 5, Generator::break_out),
        row("let else", 3, Generator::let_else),
        row("continue", 4, Generator::continue_on),
        row("calls", 5, Generator::let_call),
        row("calls", 2, Generator::update_part),
        row("swap", 2, Generator::swap_elements),
        row("mem::swap", 1, Generator::swap_places),
        row("blocks", 1, Generator::block_statement),
        row("closures", 4, Generator::let_closure),
    ]
}

#[rustfmt::skip]
fn floats() -> Vec<Row<Expression>> {
    vec![
        row("let", 26, Generator::some_leaf),
        row("arithmetic", 34, Generator::arithmetic),
        row("negation", 3, Generator::negation),
        row("functions", 24, Generator::function_call),
        row("powi", 6, Generator::power),
        row("sin_cos parts", 1, Generator::sine_cosine),
        row("if", 4, Generator::if_value),
        row("match", 3, Generator::match_value),
        row("blocks", 2, Generator::block_value),
        row("labelled blocks", 1, Generator::labelled_value),
        row("loop", 1, Generator::loop_value),
        row("return in values", 1, Generator::value_or_return),
        row("arrays", 12, Generator::element),
        row("literals of arrays", 1, Generator::element_of_literal),
        row("tuples", 3, Generator::component),
        row("casts", 4, Generator::integer_as_float),
        row("calls", 6, Generator::call_function),
        row("calls", 6, Generator::part_of_result),
        row("closures", 8, Generator::call_closure),
        row("chains", 6, Generator::sum_chain),
        row("chains", 4, Generator::fold_chain),
        row("filters", 2, Generator::filtered_chain),
        row("named folds", 2, Generator::extreme_chain),
        row("options", 4, Generator::optional_value),
    ]
}

/// The features that are on.
pub struct Features {
    pub all: Rows,
    /// For programs that are to be compiled.
    pub compiled: Rows,
    pub formulas: Rows,
    pub several_outputs: bool,
}

pub struct Rows {
    pub statements: Vec<Row<Vec<Statement>>>,
    pub floats: Vec<Row<Expression>>,
}

impl Rows {
    fn of(is_on: impl Fn(&str) -> bool) -> Self {
        let (mut statements, mut floats) = (statements(), floats());
        statements.retain(|row| is_on(row.feature));
        floats.retain(|row| is_on(row.feature));
        Self { statements, floats }
    }
}

impl Features {
    /// All that the macro takes, and these beside.
    pub fn with(extra: &[&str]) -> Rc<Self> {
        let is_on = |feature: &str| !OFF.contains(&feature) || extra.contains(&feature);
        Rc::new(Self {
            all: Rows::of(is_on),
            compiled: Rows::of(|feature| is_on(feature) && !LEFT_TO_DUALS.contains(&feature)),
            formulas: Rows::of(|feature| FORMULAS.contains(&feature)),
            several_outputs: is_on("outputs"),
        })
    }
}
