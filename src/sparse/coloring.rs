//! Colours for inputs, so that one direction carries all of a colour.

use alloc::vec::Vec;

use super::Pattern;

/// A colour for each column, and how many there are.
#[derive(Clone, Debug)]
pub(super) struct Coloring {
    pub colors: Vec<usize>,
    pub count: usize,
}

impl Coloring {
    /// Columns of one colour have no row in common (Curtis, Powell and Reid), so a product with their sum holds each entry by itself.
    ///
    /// Greedily, the fullest columns first.
    pub fn of_columns(pattern: &Pattern) -> Self {
        let columns = pattern.transpose();
        greedy(&columns, |column, colors, _, forbid| {
            for &row in columns.row(column) {
                for &other in pattern.row(row) {
                    forbid(colors[other]);
                }
            }
        })
    }

    /// A star colouring of a symmetric pattern (Coleman and Moré, 1984): neighbours differ, and every path of four has three colours.
    /// Then each entry is alone in a product at its row or at its column.
    ///
    /// Greedily, the fullest rows first; after Gebremedhin, Manne and Pothen, "What color is your Jacobian?", 2005.
    pub fn of_symmetric(pattern: &Pattern) -> Self {
        let neighbours = |vertex: usize| {
            let row = pattern.row(vertex).iter().copied();
            row.filter(move |&other| other != vertex)
        };
        greedy(pattern, |vertex, colors, members, forbid| {
            for near in neighbours(vertex) {
                forbid(colors[near]);
                let is_twin = |color: usize| {
                    let mut twins = neighbours(vertex).filter(|&other| other != near);
                    twins.any(|other| colors[other] == color)
                };
                let color = colors[near];
                // A path of two colours needs two of each; what has all others about it is mostly alone of its colour. Where there is none
                // yet, it looks after the path itself.
                if color == NONE || members[color] == 1 {
                    continue;
                }
                let has_twin = is_twin(color);
                for far in neighbours(near).filter(|&far| far != vertex) {
                    // A path vertex - near - far, of two colours if the vertex takes that of `far`, must not go on at either end.
                    let goes_on = has_twin
                        || neighbours(far).any(|last| last != near && colors[last] == color);
                    if colors[far] != NONE && goes_on {
                        forbid(colors[far]);
                    }
                }
            }
        })
    }
}

const NONE: usize = usize::MAX;

/// The least colour that is not forbidden, for each vertex in turn, the fullest first. What forbids is told the colours so far and how
/// many vertices each has.
fn greedy(
    degrees: &Pattern,
    mut forbidden_by: impl FnMut(usize, &[usize], &[usize], &mut dyn FnMut(usize)),
) -> Coloring {
    let count = degrees.rows();
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|&vertex| core::cmp::Reverse(degrees.row(vertex).len()));
    let mut colors = alloc::vec![NONE; count];
    // Of each colour, how many there are, and by which vertex it was forbidden last.
    let (mut members, mut forbidden) = (Vec::new(), Vec::new());
    for vertex in order {
        forbidden_by(vertex, &colors, &members, &mut |color| {
            if color != NONE {
                forbidden[color] = vertex;
            }
        });
        let free = forbidden.iter().position(|&by| by != vertex);
        let color = free.unwrap_or(forbidden.len());
        if free.is_none() {
            forbidden.push(NONE);
            members.push(0);
        }
        members[color] += 1;
        colors[vertex] = color;
    }
    Coloring {
        colors,
        count: forbidden.len(),
    }
}
