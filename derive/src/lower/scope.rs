//! Which variable a name means, block by block.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use proc_macro2::{Ident, Spacing, TokenStream, TokenTree};
use syn::Lifetime;

use crate::kind::Kind;
use crate::tree::Variable;

#[derive(Default)]
pub struct Scopes {
    names: Vec<HashMap<String, Variable>>,
    /// What encloses the current place and can be left by `break`.
    exits: Vec<Exit>,
    /// The results of the closures around the current place.
    returns: Vec<Variable>,
    /// What the macros of the body use of their surroundings.
    macros: HashMap<String, Vec<(Variable, Ident)>>,
    pub variables: Vec<Kind>,
    /// Whether a name that is declared is the variable that has it already: in other alternatives of a pattern, and where
    /// a condition decides which declaration is there.
    pub is_redeclared: bool,
    /// The variables that hold integers, whose type may be open as well as that of literals.
    pub integers: BTreeSet<Variable>,
    /// The variables that hold cells.
    pub cells: BTreeSet<Variable>,
}

struct Exit {
    label: Option<String>,
    /// Blocks are left by their label alone.
    needs_label: bool,
    result: Option<Variable>,
}

impl Scopes {
    pub fn enter(&mut self) {
        self.names.push(HashMap::new());
    }

    pub fn leave(&mut self) {
        self.names.pop();
    }

    pub fn fresh(&mut self, kind: Kind) -> Variable {
        self.variables.push(kind);
        self.variables.len() - 1
    }

    pub fn declare(&mut self, name: &Ident, kind: Kind) -> Variable {
        let known = self
            .resolve(&name.to_string())
            .filter(|_| self.is_redeclared);
        let variable = known.unwrap_or_else(|| self.fresh(kind));
        if let Some(names) = self.names.last_mut() {
            names.insert(name.to_string(), variable);
        }
        variable
    }

    pub fn resolve(&self, name: &str) -> Option<Variable> {
        self.names
            .iter()
            .rev()
            .find_map(|names| names.get(name))
            .copied()
    }

    pub fn enter_exit(
        &mut self,
        label: Option<&syn::Label>,
        needs_label: bool,
        result: Option<Variable>,
    ) {
        let label = label.map(|label| label.name.ident.to_string());
        self.exits.push(Exit {
            label,
            needs_label,
            result,
        });
    }

    pub fn leave_exit(&mut self) {
        self.exits.pop();
    }

    pub fn exit(&self, label: Option<&Lifetime>) -> Option<Variable> {
        let is_meant = |exit: &&Exit| match label {
            Some(label) => exit.label.as_ref().is_some_and(|name| label.ident == name),
            None => !exit.needs_label,
        };
        self.exits.iter().rev().find(is_meant)?.result
    }

    pub fn define_macro(&mut self, name: &Ident, rules: TokenStream) {
        let mentions = self.mentioned(rules);
        self.macros.insert(name.to_string(), mentions);
    }

    pub fn enter_closure(&mut self, result: Variable) {
        self.returns.push(result);
    }

    pub fn leave_closure(&mut self) {
        self.returns.pop();
    }

    /// The result of the closure that a `return` leaves.
    pub fn return_target(&self) -> Option<Variable> {
        self.returns.last().copied()
    }

    /// The variables that the tokens may use, and their names; format strings name them too.
    pub fn mentioned(&self, tokens: TokenStream) -> Vec<(Variable, Ident)> {
        let mut found = BTreeMap::new();
        self.collect(tokens, false, &mut found);
        found.into_iter().collect()
    }

    /// Names of fields are none of variables, except that a macro may make of its tokens what it likes.
    fn collect(&self, tokens: TokenStream, in_macro: bool, found: &mut BTreeMap<Variable, Ident>) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let punctuation = |at: Option<usize>| match at.and_then(|at| tokens.get(at)) {
            Some(TokenTree::Punct(punct)) => Some((punct.as_char(), punct.spacing())),
            _ => None,
        };
        for (at, token) in tokens.iter().enumerate() {
            let before = punctuation(at.checked_sub(1));
            let is_access = matches!(before, Some(('.', _)))
                && !matches!(punctuation(at.checked_sub(2)), Some(('.', _)));
            let is_field =
                is_access || matches!(punctuation(Some(at + 1)), Some((':', Spacing::Alone)));
            match token {
                TokenTree::Group(group) => {
                    let is_macro = in_macro || matches!(before, Some(('!', _)));
                    self.collect(group.stream(), is_macro, found);
                }
                TokenTree::Ident(_) if is_field && !in_macro => {}
                TokenTree::Ident(name) => {
                    if let Some(variable) = self.resolve(&name.to_string()) {
                        found.insert(variable, name.clone());
                    }
                    let is_invoked = matches!(punctuation(Some(at + 1)), Some(('!', _)));
                    if let Some(used) = self.macros.get(&name.to_string()).filter(|_| is_invoked) {
                        found.extend(used.iter().cloned());
                    }
                }
                TokenTree::Literal(literal) => {
                    for name in captured_names(&literal.to_string()) {
                        if let Some(variable) = self.resolve(name) {
                            found.insert(variable, Ident::new(name, literal.span()));
                        }
                    }
                }
                TokenTree::Punct(_) => {}
            }
        }
    }
}

/// Names after an opening brace, as in `"{x:.3}"`, and arguments of the format such as `"{0:width$}"`.
pub fn captured_names(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .skip(1)
        .flat_map(|rest| {
            rest.split('}')
                .next()
                .unwrap_or(rest)
                .split(|c: char| !c.is_alphanumeric() && c != '_')
        })
        .filter(|name| name.starts_with(|c: char| c.is_alphabetic() || c == '_'))
}
