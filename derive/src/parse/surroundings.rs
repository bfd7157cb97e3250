//! What stands around the function in its file, which the attribute is not given.

use quote::ToTokens;
use syn::visit::Visit;
use syn::{Block, ImplItem, ItemFn, ItemImpl, Signature};

use crate::options::is_ours;

/// Whether the method stands in the `impl` of a trait. There each of its derivatives would be an error of the compiler's,
/// of which none says what to do; so the file is asked, where the compiler says which one it is.
pub fn is_in_trait_impl(method: &ItemFn) -> bool {
    if !proc_macro::is_available() {
        return false;
    }
    let path = proc_macro::Span::call_site().local_file();
    let text = path.and_then(|path| std::fs::read_to_string(path).ok());
    text.is_some_and(|text| holds_in_trait_impls_alone(&text, method))
}

fn holds_in_trait_impls_alone(text: &str, method: &ItemFn) -> bool {
    let Ok(file) = syn::parse_file(text) else {
        return false;
    };
    let mut search = Search {
        wanted: written(&method.sig, &method.block),
        is_of_trait: Vec::new(),
    };
    search.visit_file(&file);
    !search.is_of_trait.is_empty() && search.is_of_trait.iter().all(|is_of_trait| *is_of_trait)
}

/// Finds the blocks with a marked method of these tokens.
struct Search {
    wanted: String,
    is_of_trait: Vec<bool>,
}

impl Visit<'_> for Search {
    fn visit_item_impl(&mut self, block: &ItemImpl) {
        let holds = block.items.iter().any(|item| match item {
            ImplItem::Fn(function) => {
                function.attrs.iter().any(is_ours)
                    && written(&function.sig, &function.block) == self.wanted
            }
            _ => false,
        });
        if holds {
            self.is_of_trait.push(block.trait_.is_some());
        }
        syn::visit::visit_item_impl(self, block);
    }
}

fn written(signature: &Signature, body: &Block) -> String {
    let mut text = signature.to_token_stream().to_string();
    text.push_str(&body.to_token_stream().to_string());
    text.retain(|character| !character.is_whitespace());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_is_found_where_it_stands() {
        let method: ItemFn = syn::parse_quote!(
            fn energy(&self, x: f64) -> f64 {
                x * x
            }
        );
        let of_type = "impl Spring { #[differentiate] fn energy(&self, x: f64) -> f64 { x * x } }";
        let of_trait =
            "impl Model for Spring { #[differentiate]\nfn energy(&self, x: f64) -> f64 { x*x } }";
        let unmarked = "impl Model for Spring { fn energy(&self, x: f64) -> f64 { x * x } }";
        let within = format!("mod models {{ {of_trait} }}");
        assert!(holds_in_trait_impls_alone(of_trait, &method));
        assert!(holds_in_trait_impls_alone(&within, &method));
        assert!(!holds_in_trait_impls_alone(of_type, &method));
        assert!(!holds_in_trait_impls_alone(unmarked, &method));
        assert!(!holds_in_trait_impls_alone(
            &format!("{of_type} {of_trait}"),
            &method
        ));
        assert!(!holds_in_trait_impls_alone("impl {", &method));
    }
}
