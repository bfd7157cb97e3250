//! Assignments to variables, elements and components.

use super::Generator;
use super::build::*;
use super::scope::Variable;
use crate::tree::*;

impl Generator {
    fn float_place(&mut self) -> Option<Variable> {
        self.pick_variable(|variable| {
            variable.ty == Type::Float && variable.is_mutable && variable.parameters.is_none()
        })
    }

    pub fn assign_float(&mut self) -> Option<Vec<Statement>> {
        let place = self.float_place()?;
        let value = self.assigning_float();
        Some(vec![Statement::Assign {
            place: place.value(),
            value,
        }])
    }

    fn compound_operator(&mut self) -> Arithmetic {
        use Arithmetic::*;
        [Add, Subtract, Multiply, Divide][self.random.weighted([50, 20, 25, 8].into_iter())]
    }

    pub fn compound(&mut self, place: Expression) -> Statement {
        let operator = self.compound_operator();
        let mut value = self.assigning_float();
        if operator == Arithmetic::Divide {
            value = self.within(crate::vocabulary::Domain::Positive, value);
        }
        if self.random.chance(50) {
            value = without_star(value);
        }
        Statement::Compound {
            place,
            operator,
            value,
        }
    }

    pub fn compound_float(&mut self) -> Option<Vec<Statement>> {
        let place = self.float_place()?;
        Some(vec![self.compound(place.value())])
    }

    pub fn update_element(&mut self) -> Option<Vec<Statement>> {
        let place = self.purely(Self::element_place)?;
        Some(vec![if self.random.chance(40) {
            let value = self.assigning_float();
            Statement::Assign { place, value }
        } else {
            self.compound(place)
        }])
    }

    fn component_place(&mut self) -> Option<Expression> {
        let tuple = self.pick_variable(|variable| {
            matches!(variable.ty, Type::Tuple(_)) && variable.is_mutable && !variable.is_reference
        })?;
        let Type::Tuple(parts) = &tuple.ty else {
            return None;
        };
        let floats: Vec<usize> = (0..parts.len())
            .filter(|i| parts[*i] == Type::Float)
            .collect();
        let index = *self.random.pick(&floats);
        Some(Expression::Component {
            tuple: Box::new(tuple.expression()),
            index,
        })
    }

    pub fn update_component(&mut self) -> Option<Vec<Statement>> {
        let place = self.component_place()?;
        Some(vec![if self.random.chance(40) {
            let value = self.assigning_float();
            Statement::Assign { place, value }
        } else {
            self.compound(place)
        }])
    }

    /// `(a, b) = (b, a + b);`
    pub fn assign_several(&mut self) -> Option<Vec<Statement>> {
        let first = self.float_place()?;
        let second = self.float_place()?;
        if first.name == second.name {
            return None;
        }
        let place = Expression::Tuple(vec![first.value(), second.value()]);
        let value = if self.random.chance(40) {
            Expression::Tuple(vec![second.value(), first.value()])
        } else {
            Expression::Tuple(vec![self.pure_float(), self.pure_float()])
        };
        Some(vec![Statement::Assign { place, value }])
    }

    pub fn swap_places(&mut self) -> Option<Vec<Statement>> {
        let first = self.float_place()?;
        let second = self.float_place()?;
        if first.name == second.name || first.is_reference || second.is_reference {
            return None;
        }
        let (left, right) = (first.expression(), second.expression());
        Some(vec![Statement::SwapPlaces { left, right }])
    }

    /// `{ let alias = &mut x; .. }`
    pub fn alias(&mut self) -> Option<Vec<Statement>> {
        if self.budget == 0 {
            return None;
        }
        let target = self.float_place()?;
        if target.is_reference {
            return None;
        }
        let name = self.fresh_name();
        let body = self.borrowed(&target.name.clone(), true, |generator| {
            generator.scoped(|generator| {
                let alias = Variable::new(&name, Type::Float)
                    .mutable(true)
                    .reference(true)
                    .anchored(target.is_anchored);
                let place = alias.value();
                generator.declare(alias);
                // First, since later the name may mean something else.
                let mut statements = vec![generator.compound(place)];
                statements.extend(generator.statements(2));
                Block {
                    statements,
                    value: None,
                }
            })
        });
        Some(vec![Statement::Alias {
            name,
            place: target.expression(),
            body,
        }])
    }
}
