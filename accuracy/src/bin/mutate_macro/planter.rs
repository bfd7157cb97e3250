//! Mistakes in the macro's functions.

use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{
    Arm, BinOp, Block, Expr, ExprBinary, ExprIf, ExprWhile, Lit, Pat, ReturnType, Stmt, Type, UnOp,
    parse_quote,
};

/// Plants mistakes into what the macro decides: each is an expression that makes the mistake if its number is chosen.
pub struct Planter<'a> {
    /// What was planted, by number: 1 is the first.
    pub planted: &'a mut Vec<String>,
    /// The file and the function.
    pub place: String,
}

impl Planter<'_> {
    /// The condition for the next mistake.
    fn plant(&mut self, whole: &impl ToTokens, instead: &str) -> Expr {
        let whole = shortened(&whole.to_token_stream().to_string());
        let mut description = format!("{}: `{whole}` {instead}", self.place);
        let times = self
            .planted
            .iter()
            .filter(|one| one.starts_with(&description));
        let times = times.count();
        if times > 0 {
            description += &format!(", again {times}");
        }
        self.planted.push(description);
        let number = self.planted.len();
        parse_quote!(crate::mistake::is(#number))
    }

    /// A condition that holds always, or never.
    fn condition(&mut self, whole: &Expr, condition: &mut Expr) {
        let always = self.plant(whole, "always");
        let never = self.plant(whole, "never");
        *condition = parse_quote!((#always || !#never && (#condition)));
    }

    /// A condition that never holds.
    fn no_condition(&mut self, whole: &Expr, condition: &mut Expr) {
        let never = self.plant(whole, "never");
        *condition = match has_let(condition) {
            true => parse_quote!(!#never && #condition),
            false => parse_quote!(!#never && (#condition)),
        };
    }

    fn operator(&mut self, whole: &Expr, binary: ExprBinary, expression: &mut Expr) {
        let ExprBinary {
            left: a,
            op,
            right: b,
            ..
        } = &binary;
        let mut instead = |by: &str, other: Expr| {
            let is_made = self.plant(whole, by);
            *expression = parse_quote!((if #is_made { #other } else { #binary }));
        };
        match op {
            BinOp::Eq(_) | BinOp::Ne(_) => {
                let is_made = self.plant(whole, "the other way round");
                *expression = parse_quote!((#is_made != (#binary)));
            }
            BinOp::Lt(_) => instead("as <=", parse_quote!(#a <= #b)),
            BinOp::Le(_) => instead("as <", parse_quote!(#a < #b)),
            BinOp::Gt(_) => instead("as >=", parse_quote!(#a >= #b)),
            BinOp::Ge(_) => instead("as >", parse_quote!(#a > #b)),
            BinOp::Add(_) | BinOp::Sub(_) if is_set(a) || is_set(b) => {}
            BinOp::Add(_) => instead("as a difference", parse_quote!(#a - #b)),
            BinOp::Sub(_) => instead("as a sum", parse_quote!(#a + #b)),
            BinOp::AddAssign(_) => instead("as a difference", parse_quote!(#a -= #b)),
            BinOp::SubAssign(_) => instead("as a sum", parse_quote!(#a += #b)),
            BinOp::And(_) => {
                let left = self.plant(whole, "without the left");
                let right = self.plant(whole, "without the right");
                *expression = parse_quote!(((#left || (#a)) && (#right || (#b))));
            }
            BinOp::Or(_) => {
                let left = self.plant(whole, "without the left");
                let right = self.plant(whole, "without the right");
                *expression = parse_quote!((!#left && (#a) || !#right && (#b)));
            }
            _ => {}
        }
    }

    fn arms(&mut self, whole: &[Arm], arms: &mut [Arm]) {
        // Another arm must take what this one leaves.
        let has_rest = arms
            .last()
            .is_some_and(|last| last.guard.is_none() && takes_all(&last.pat));
        let last = arms.len().saturating_sub(1);
        for (i, (arm, whole)) in arms.iter_mut().zip(whole).enumerate() {
            match &mut arm.guard {
                Some((_, guard)) => {
                    let (_, whole) = whole.guard.as_ref().expect("as in the copy");
                    self.condition(whole, guard);
                }
                None if has_rest && i < last => {
                    let never = self.plant(&whole.pat, "never matched");
                    arm.guard = Some((Default::default(), parse_quote!(!#never)));
                }
                None => {}
            }
        }
    }

    /// What a function could give instead of what it gives.
    fn results(&mut self, output: &ReturnType, block: &mut Block) {
        let ReturnType::Type(_, output) = output else {
            return;
        };
        let others: Vec<Expr> = match &**output {
            Type::Path(path) => {
                let last = path.path.segments.last().expect("a name");
                match last.ident.to_string().as_str() {
                    "bool" => vec![parse_quote!(true), parse_quote!(false)],
                    "Option" => vec![parse_quote!(None)],
                    "Vec" => vec![parse_quote!(Vec::new())],
                    "TokenStream" => vec![parse_quote!(::proc_macro2::TokenStream::new())],
                    _ => return,
                }
            }
            _ => return,
        };
        for other in others {
            let is_made = self.plant(&quote!(..), &format!("as `{}`", other.to_token_stream()));
            block.stmts.insert(
                0,
                parse_quote!(
                    if #is_made {
                        return #other;
                    }
                ),
            );
        }
    }

    pub fn function(&mut self, signature: &syn::Signature, block: &mut Block) {
        if signature.constness.is_some() {
            return;
        }
        self.visit_block_mut(block);
        self.results(&signature.output, block);
    }
}

impl VisitMut for Planter<'_> {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        let whole = expression.clone();
        visit_mut::visit_expr_mut(self, expression);
        match expression {
            Expr::Binary(binary) if !has_let(&whole) => {
                self.operator(&whole, binary.clone(), expression)
            }
            Expr::Unary(unary) if matches!(unary.op, UnOp::Not(_)) => {
                let is_made = self.plant(&whole, "without the `!`");
                *expression = parse_quote!((#is_made != #unary));
            }
            Expr::Lit(literal) => match &literal.lit {
                Lit::Bool(_) => {
                    let is_made = self.plant(&whole, "the other way round");
                    *expression = parse_quote!((#is_made != #literal));
                }
                Lit::Int(digits) if digits.suffix().is_empty() => {
                    let number: u64 = digits.base10_parse().expect("an integer");
                    let is_made = self.plant(&whole, "as one more");
                    let more = proc_macro2::Literal::u64_unsuffixed(number + 1);
                    *expression = parse_quote!((if #is_made { #more } else { #literal }));
                }
                _ => {}
            },
            Expr::If(branch) => {
                let Expr::If(ExprIf { cond, .. }) = &whole else {
                    unreachable!();
                };
                match has_let(cond) {
                    true => self.no_condition(cond, &mut branch.cond),
                    false => self.condition(cond, &mut branch.cond),
                }
            }
            Expr::While(repeated) => {
                let Expr::While(ExprWhile { cond, .. }) = &whole else {
                    unreachable!();
                };
                self.no_condition(cond, &mut repeated.cond);
            }
            Expr::Call(call) if call.func.to_token_stream().to_string() == "Some" => {
                let is_made = self.plant(&whole, "as None");
                *expression = parse_quote!((if #is_made { None } else { #call }));
            }
            Expr::Macro(test) if test.mac.path.is_ident("matches") => {
                let is_made = self.plant(&whole, "the other way round");
                *expression = parse_quote!((#is_made != #test));
            }
            Expr::MethodCall(call)
                if (call.method == "any" || call.method == "all")
                    && matches!(call.args.first(), Some(Expr::Closure(_))) =>
            {
                let is_made = self.plant(&whole, "the other way round");
                *expression = parse_quote!((#is_made != #call));
            }
            Expr::Match(choice) => {
                let Expr::Match(whole) = &whole else {
                    unreachable!();
                };
                self.arms(&whole.arms, &mut choice.arms);
            }
            _ => {}
        }
    }

    fn visit_stmt_mut(&mut self, statement: &mut Stmt) {
        let whole = statement.clone();
        visit_mut::visit_stmt_mut(self, statement);
        let Stmt::Expr(expression, Some(_)) = &statement else {
            return;
        };
        let is_step = |expression: &Expr| match expression {
            Expr::Call(_) | Expr::MethodCall(_) => true,
            Expr::Binary(binary) => is_assigned(&binary.op),
            // Another value may have been moved away, or never have been there.
            Expr::Assign(set) => {
                !matches!(*set.left, Expr::Path(_)) || matches!(*set.right, Expr::Lit(_))
            }
            _ => false,
        };
        let is_step = match expression {
            Expr::Try(tried) => is_step(&tried.expr),
            other => is_step(other),
        };
        if is_step {
            let is_made = self.plant(&whole, "left out");
            *statement = parse_quote!(if !#is_made { #statement });
        }
    }

    // What is known when the crate is compiled.
    fn visit_expr_const_mut(&mut self, _: &mut syn::ExprConst) {}
    fn visit_expr_repeat_mut(&mut self, _: &mut syn::ExprRepeat) {}
    fn visit_item_const_mut(&mut self, _: &mut syn::ItemConst) {}
    fn visit_item_static_mut(&mut self, _: &mut syn::ItemStatic) {}
    fn visit_type_mut(&mut self, _: &mut Type) {}
    fn visit_pat_mut(&mut self, _: &mut Pat) {}
}

/// Whether a condition binds names: it must then stand as it is.
fn has_let(condition: &Expr) -> bool {
    match condition {
        Expr::Let(_) => true,
        Expr::Binary(binary) => {
            matches!(binary.op, BinOp::And(_)) && (has_let(&binary.left) || has_let(&binary.right))
        }
        _ => false,
    }
}

fn is_assigned(operator: &BinOp) -> bool {
    use BinOp::{AddAssign, BitAndAssign, BitOrAssign, SubAssign};
    matches!(
        operator,
        AddAssign(_) | BitAndAssign(_) | BitOrAssign(_) | SubAssign(_)
    )
}

fn shortened(text: &str) -> String {
    const MOST: usize = 160;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{} ..", &text[..end]),
        None => text.into(),
    }
}

fn takes_all(pattern: &Pat) -> bool {
    match pattern {
        Pat::Wild(_) => true,
        // Others are constants and variants.
        Pat::Ident(name) => name.ident.to_string().starts_with(char::is_lowercase),
        _ => false,
    }
}

/// Sets and texts have one of the two operators only.
fn is_set(operand: &Expr) -> bool {
    matches!(operand, Expr::Reference(_))
}
