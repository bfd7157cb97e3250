//! What is bound and assigned.

use syn::spanned::Spanned;
use syn::{BinOp, Type};

use super::exit::may_leave;
use super::place::View;
use super::{Lowered, Lowering, Tail, unknown};
use crate::adjoint::form::*;
use crate::adjoint::walk::reads;
use crate::kind::Kind;
use crate::tree::*;

impl<'a> Lowering<'a> {
    pub fn bind(&mut self, pattern: &'a Pattern, value: &'a Node) -> Lowered<()> {
        match (&pattern.shape, &value.bare().shape) {
            (_, Shape::Call(call)) if self.gives_compound(pattern, call) => {
                self.bind_call(pattern, call)
            }
            (
                PatternShape::Bind {
                    variable,
                    is_reference: false,
                    inner: None,
                },
                _,
            ) if matches!(self.kinds[*variable].target(), Kind::Tuple(_)) => {
                self.bind_known(pattern, value)
            }
            (
                PatternShape::Bind {
                    variable,
                    is_reference: false,
                    inner: None,
                },
                _,
            ) => self.bind_variable(*variable, value),
            (PatternShape::Tuple(patterns), Shape::Tuple(parts))
                if patterns.len() == parts.len() =>
            {
                for (pattern, part) in patterns.iter().zip(parts) {
                    self.bind_part(pattern, None, part)?;
                }
                Ok(())
            }
            (PatternShape::Tuple(patterns), Shape::Method(method))
                if method.name == "sin_cos" && patterns.len() == 2 =>
            {
                let angle = self.formula(&method.receiver)?;
                let angle = self.spilled(angle);
                for (pattern, name) in patterns.iter().zip(["sin", "cos"]) {
                    let argument = self.read_of(angle);
                    let value = self.function(syn::Ident::new(name, method.name.span()), argument);
                    self.bind_formula(pattern, value)?;
                }
                Ok(())
            }
            (PatternShape::Slice(_), _) if self.is_place(value) => {
                let view = self.view(value)?;
                self.bind_view(pattern, &view)
            }
            _ => self.bind_known(pattern, value),
        }
    }

    /// A value of several numbers, taken apart as far as the pattern says.
    fn bind_known(&mut self, pattern: &'a Pattern, value: &'a Node) -> Lowered<()> {
        let Some(shape) = self.known_shape(value) else {
            return unknown(value.span, "a compound value that is taken apart");
        };
        let mut numbers = self.taken_apart(value, &shape)?.into_iter();
        self.bind_shape(pattern, &shape, &mut numbers)
    }

    /// Whether a variable that does not change can stand for the place, which does not change either.
    fn is_fixed_place(&self, variable: Variable, value: &'a Node) -> bool {
        let is_fixed = |node: &Node| {
            let root = node.root();
            let origin = root.and_then(|root| self.views.get(&root));
            let root = origin.map_or(root, |view| Some(view.place.variable));
            root.is_some_and(|root| !self.mutable.contains(&root) && !self.growing.contains(&root))
        };
        !self.mutable.contains(&variable) && self.is_place(value) && is_fixed(value)
    }

    /// A pattern and a value, of which either may be plain.
    pub fn bind_part(
        &mut self,
        pattern: &'a Pattern,
        ty: Option<&'a Type>,
        value: &'a Node,
    ) -> Lowered<()> {
        if pattern.bound(&self.kinds).is_active() {
            return self.bind(pattern, value);
        }
        if value.kind.is_active() {
            return unknown(value.span, "a differentiated value that is dropped");
        }
        let value = self.passive(value)?;
        self.steps
            .push(Step::Plain(Plain::Binding(pattern, ty, value)));
        Ok(())
    }

    pub fn bind_formula(&mut self, pattern: &'a Pattern, value: Formula<'a>) -> Lowered<()> {
        match &pattern.shape {
            PatternShape::Ignore => Ok(()),
            PatternShape::Bind {
                variable,
                is_reference: false,
                inner: None,
            } if self.kinds[*variable] == Kind::Number => {
                // A closure in a variable may take what it gave itself.
                let value = match reads(&value, *variable) {
                    true => {
                        let given = self.spilled(value);
                        self.read_of(given)
                    }
                    false => value,
                };
                self.steps.push(Step::Let {
                    variable: *variable,
                    value,
                });
                Ok(())
            }
            _ => unknown(pattern.original.span(), "a pattern around a computed value"),
        }
    }

    fn bind_variable(&mut self, variable: Variable, value: &'a Node) -> Lowered<()> {
        let kind = self.kinds[variable].clone();
        match kind {
            Kind::Number => self.bind_number(variable, value),
            Kind::Lifted if self.scalars.contains(&variable) => self.bind_number(variable, value),
            Kind::Reference(_) => {
                let view = self.view(self.evaluated_again(value)?)?;
                self.see(variable, view, |_| Seen::Value(value));
                Ok(())
            }
            Kind::Sequence(_) if self.is_fixed_place(variable, value) => {
                let view = self.view(self.evaluated_again(value)?)?;
                self.see(variable, view, |_| Seen::Value(value));
                Ok(())
            }
            Kind::Sequence(_) => self.bind_array(variable, value),
            _ => unknown(
                value.span,
                "a variable that is neither a float nor an array",
            ),
        }
    }

    fn bind_number(&mut self, variable: Variable, value: &'a Node) -> Lowered<()> {
        let has_ways = matches!(
            value.bare().shape,
            Shape::If { .. } | Shape::Match(_) | Shape::Block { label: None, .. }
        );
        if matches!(value.bare().shape, Shape::Loop { .. }) && value.kind.is_active() {
            if may_leave(Part::Node(value)) {
                return unknown(value.span, "a value that may leave a loop or the function");
            }
            return self.looped_value(value, variable);
        }
        if has_ways && value.kind.is_active() {
            self.steps.push(Step::Declare(variable));
            return self.value_into(value, Tail::Into(variable));
        }
        let value = self.formula(value)?;
        self.steps.push(Step::Let { variable, value });
        Ok(())
    }

    /// What a loop hands out of a place.
    pub fn bind_view(&mut self, pattern: &'a Pattern, view: &View<'a>) -> Lowered<()> {
        self.bind_group(pattern, view, &Groups::One)
    }

    pub fn bind_group(
        &mut self,
        pattern: &'a Pattern,
        view: &View<'a>,
        groups: &Groups<'a>,
    ) -> Lowered<()> {
        let seen = |place| match *groups {
            Groups::One => Seen::Place(place),
            Groups::Windows(size) | Groups::ExactChunks(size) => Seen::Window(place, size),
            Groups::Chunks(size) => Seen::Chunk(place, size),
        };
        match &pattern.shape {
            PatternShape::Ignore => Ok(()),
            PatternShape::Reference(inner) => self.bind_group(inner, view, groups),
            PatternShape::Bind {
                variable,
                is_reference: false,
                inner: None,
            } => match &self.kinds[*variable] {
                Kind::Number if view.offset.is_empty() => {
                    let value = FormulaShape::Read(view.place.clone());
                    let value = self.formula_of(value);
                    self.steps.push(Step::Let {
                        variable: *variable,
                        value,
                    });
                    Ok(())
                }
                Kind::Reference(_) => {
                    self.see(*variable, view.clone(), seen);
                    Ok(())
                }
                Kind::Sequence(_)
                    if !self.mutable.contains(variable)
                        && !self.mutable.contains(&view.place.variable) =>
                {
                    self.see(*variable, view.clone(), seen);
                    Ok(())
                }
                _ => unknown(pattern.original.span(), "a loop variable of this kind"),
            },
            PatternShape::Slice(parts) => {
                for (position, part) in parts.iter().enumerate() {
                    if matches!(part.shape, PatternShape::Rest)
                        || matches!(part.shape, PatternShape::Bind { inner: Some(_), .. })
                    {
                        return unknown(pattern.original.span(), "`..` in a pattern");
                    }
                    let place = self.element(view, Term::Fixed(position));
                    let part_view = View {
                        place,
                        offset: Vec::new(),
                    };
                    self.bind_view(part, &part_view)?;
                }
                Ok(())
            }
            _ => unknown(pattern.original.span(), "this pattern in a loop"),
        }
    }

    pub fn assign(&mut self, place: &'a Node, value: &'a Node) -> Lowered<()> {
        let is_compound =
            !place.kind.may_be_number() && !matches!(place.bare().shape, Shape::Tuple(_));
        if is_compound {
            return self.assign_whole(place, value);
        }
        if let (Shape::Tuple(places), Shape::Tuple(values)) =
            (&place.bare().shape, &value.bare().shape)
        {
            let mut pairs = Vec::new();
            for (place, value) in places.iter().zip(values) {
                if !place.kind.is_active() {
                    return unknown(place.span, "plain values assigned beside numbers");
                }
                let value = self.formula(value)?;
                pairs.push((place, self.spilled(value)));
            }
            for (place, value) in pairs {
                let (place, value) = (self.number_place(place)?, self.read_of(value));
                self.steps.push(Step::Set {
                    place,
                    value,
                    is_first: false,
                });
            }
            return Ok(());
        }
        let value = self.formula(value)?;
        let (place, value) = self.place_after(place, value)?;
        self.steps.push(Step::Set {
            place,
            value,
            is_first: false,
        });
        Ok(())
    }

    /// The place, whose indices are evaluated after the value.
    fn place_after(
        &mut self,
        place: &'a Node,
        value: Formula<'a>,
    ) -> Lowered<(Place<'a>, Formula<'a>)> {
        let start = self.steps.len();
        let place = self.number_place(place)?;
        if self.steps.len() == start {
            return Ok((place, value));
        }
        let steps = self.steps.split_off(start);
        let value = self.spilled(value);
        self.steps.extend(steps);
        Ok((place, self.read_of(value)))
    }

    fn number_place(&mut self, node: &'a Node) -> Lowered<Place<'a>> {
        if !node.kind.may_be_number() {
            return unknown(node.span, "a whole array that is assigned");
        }
        self.place(node)
    }

    pub fn assign_by(&mut self, place: &'a Node, operator: &BinOp, value: &'a Node) -> Lowered<()> {
        let value = self.formula(value)?;
        let (place, value) = self.place_after(place, value)?;
        let operator = match operator {
            BinOp::AddAssign(_) | BinOp::SubAssign(_) => {
                self.steps.push(Step::Add {
                    place,
                    value,
                    is_negative: matches!(operator, BinOp::SubAssign(_)),
                });
                return Ok(());
            }
            BinOp::MulAssign(_) => Operator::Multiply,
            BinOp::DivAssign(_) => Operator::Divide,
            BinOp::RemAssign(_) => Operator::Remainder,
            _ => return unknown(proc_macro2::Span::call_site(), "this operator"),
        };
        // The place is read and written at the same indices.
        let old = self.formula_of(FormulaShape::Read(place.clone()));
        let value = self.formula_of(FormulaShape::Operator(
            operator,
            Box::new(old),
            Box::new(value),
        ));
        self.steps.push(Step::Set {
            place,
            value,
            is_first: false,
        });
        Ok(())
    }
}
