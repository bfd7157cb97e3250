//! Plain arguments of calls among annotated functions: to inputs as numbers, to constants as they are, by value and
//! behind references.

use chainrule::{Differentiable, differentiate};

use crate::assert_close;

mod tables {
    use chainrule::{Differentiable, differentiate};

    #[differentiate(wrt(x))]
    pub fn of_constant(x: f64, table: &[f64]) -> f64 {
        table.iter().rev().fold(0.0, |sum, c| sum * x + c)
    }

    #[differentiate]
    pub fn of_input(x: f64, table: &[f64]) -> f64 {
        table.iter().rev().fold(0.0, |sum, c| sum * x + c)
    }

    #[differentiate(wrt(x))]
    pub fn of_constant_array(x: f64, table: &[f64; 3]) -> f64 {
        table[0] + table[1] * x + table[2] * x * x
    }

    #[differentiate]
    pub fn of_input_array(x: f64, table: &[f64; 3]) -> f64 {
        table[0] + table[1] * x + table[2] * x * x
    }

    #[differentiate(wrt(x))]
    pub fn of_constant_vec(x: f64, table: &Vec<f64>) -> f64 {
        of_constant(x, table)
    }

    #[differentiate]
    pub fn of_input_vec(x: f64, table: &Vec<f64>) -> f64 {
        of_input(x, table)
    }

    #[differentiate(wrt(x))]
    pub fn of_constant_rows(x: f64, rows: &[[f64; 2]], more: &[Vec<f64>]) -> f64 {
        rows.iter().map(|row| row[0] * x.powf(row[1])).sum::<f64>() + more[0][0] * x
    }

    #[differentiate]
    pub fn of_input_rows(x: f64, rows: &[[f64; 2]], more: &[Vec<f64>]) -> f64 {
        rows.iter().map(|row| row[0] * x.powf(row[1])).sum::<f64>() + more[0][0] * x
    }

    #[differentiate(wrt(x))]
    pub fn of_constant_scalar(
        x: f64,
        scale: &f64,
        pair: &(f64, usize),
        maybe: &Option<f64>,
    ) -> f64 {
        x * scale * pair.0 * pair.1 as f64 + maybe.unwrap_or(0.0) * x
    }

    #[differentiate]
    pub fn of_input_scalar(x: f64, scale: &f64, pair: &(f64, f64), maybe: &Option<f64>) -> f64 {
        x * scale * pair.0 * pair.1 + maybe.unwrap_or(0.0) * x
    }

    /// Not `Clone`.
    #[derive(Debug, PartialEq, Differentiable)]
    pub struct Line {
        pub slope: f64,
        pub offset: f64,
    }

    #[differentiate(wrt(x))]
    pub fn of_constant_struct(x: f64, line: &Line, lines: &[Line]) -> f64 {
        line.slope * x + line.offset + lines[0].slope * x
    }

    #[differentiate(wrt(x, line, lines))]
    pub fn of_input_struct(x: f64, line: &Line, lines: &[Line]) -> f64 {
        line.slope * x + line.offset + lines[0].slope * x
    }

    #[differentiate(wrt(x))]
    pub fn labelled(x: f64, counts: &[usize], label: &str, flags: &[bool; 2]) -> f64 {
        x * counts[0] as f64 * label.len() as f64 + if flags[1] { x } else { 0.0 }
    }
}

#[test]
fn slices_behind_references_go_to_inputs_and_constants() {
    use tables::*;
    #[differentiate(wrt(x))]
    fn f(x: f64, slice: &[f64], array: &[f64; 3], vec: &Vec<f64>) -> f64 {
        let own = [1.0, -2.0, 0.5];
        let part = &slice[1..];
        of_constant(x, slice)
            + of_input(x, slice)
            + of_constant(x, part)
            + of_input(x, &slice[1..])
            + of_constant(x, array)
            + of_input(x, array)
            + of_constant(x, vec)
            + of_input(x, vec)
            + of_constant(x, &own)
            + of_input(x, &own)
            + of_constant(x, &[0.0, 3.0])
            + of_input(x, &[0.0, 3.0])
            + of_constant_array(x, array)
            + of_input_array(x, array)
            + of_constant_array(x, &own)
            + of_input_array(x, &own)
            + of_constant_vec(x, vec)
            + of_input_vec(x, vec)
    }
    let (slice, array, vec) = ([1.0, 2.0, 3.0], [0.5, -1.0, 4.0], vec![2.0, 0.0, 0.0, 1.0]);
    let x = 1.5_f64;
    let (value, slope) = f::value_and_derivative(x, &slice, &array, &vec);
    assert_eq!(value.to_bits(), f(x, &slice, &array, &vec).to_bits());
    let own = -2.0 + x;
    let expected = 2.0 * (2.0 + 6.0 * x) // slice
        + 2.0 * 3.0 // its part
        + 4.0 * (-1.0 + 8.0 * x) // array
        + 4.0 * (3.0 * x * x) // vec
        + 4.0 * own
        + 2.0 * 3.0;
    assert_close(&[slope], &[expected]);
}

#[test]
fn nested_and_single_plain_values_behind_references_too() {
    use tables::*;
    #[differentiate(wrt(x))]
    fn f(x: f64, rows: &[[f64; 2]], more: &[Vec<f64>], k: f64) -> f64 {
        let mut sum = 0.0;
        for scale in more[0].iter() {
            sum += of_constant_scalar(x, scale, &(2.0, 3), &Some(k))
                + of_input_scalar(x, scale, &(2.0, 3.0), &None);
        }
        sum + of_constant_rows(x, rows, more) + of_input_rows(x, rows, more)
    }
    let (rows, more) = ([[2.0, 3.0], [1.0, 0.5]], [vec![4.0, 5.0]]);
    let x = 1.5_f64;
    let (value, slope) = f::value_and_derivative(x, &rows, &more, 7.0);
    assert_eq!(value.to_bits(), f(x, &rows, &more, 7.0).to_bits());
    let power = 6.0 * x * x + 0.5 / x.sqrt() + 4.0;
    assert_close(&[slope], &[9.0 * 12.0 + 2.0 * 7.0 + 2.0 * power]);
}

#[test]
fn plain_structs_behind_references_too() {
    use tables::*;
    #[differentiate(wrt(x))]
    fn f(x: f64, line: &Line, lines: &[Line], label: &String) -> f64 {
        of_constant_struct(x, line, lines)
            + of_input_struct(x, line, lines)
            + labelled(x, &[3, 4], label, &[true, false])
            + labelled(x, &[3, 4], "ab", &[false, true])
    }
    let line = |slope| Line { slope, offset: 1.0 };
    let lines = [line(5.0), line(6.0)];
    let (value, slope) = f::value_and_derivative(2.0, &line(3.0), &lines, &"abcd".to_owned());
    assert_eq!(
        (value, slope),
        (2.0 * 17.0 + 24.0 + 14.0, 16.0 + 12.0 + 7.0)
    );
    // The gradient by the struct itself is not taken for a constant.
    let gradient = of_input_struct::gradient(2.0, &line(3.0), &lines);
    assert_eq!(gradient.0, 8.0);
    assert_eq!((gradient.1.slope, gradient.1.offset), (2.0, 1.0));
    assert_eq!((gradient.2[0].slope, gradient.2[1].slope), (2.0, 0.0));
}

#[test]
fn constants_are_not_copied() {
    mod addresses {
        #[chainrule::differentiate(wrt(x))]
        pub fn is_at(
            x: f64,
            table: &[f64],
            rows: &[[f64; 2]],
            vec: &Vec<f64>,
            at: [usize; 3],
        ) -> f64 {
            let here = [
                table.as_ptr() as usize,
                rows.as_ptr() as usize,
                vec.as_ptr() as usize,
            ];
            if here == at { x } else { 0.0 }
        }
    }
    #[differentiate(wrt(x))]
    fn f(x: f64, table: &[f64], rows: &[[f64; 2]], vec: &Vec<f64>, at: [usize; 3]) -> f64 {
        addresses::is_at(x, table, rows, vec, at)
    }
    let (table, rows, vec) = ([1.0, 2.0], [[1.0, 2.0]], vec![3.0]);
    let at = [
        table.as_ptr() as usize,
        rows.as_ptr() as usize,
        vec.as_ptr() as usize,
    ];
    assert_eq!(f::derivative(1.0, &table, &rows, &vec, at), 1.0);
}

#[test]
fn single_precision_is_passed_behind_references() {
    mod single {
        #[chainrule::differentiate(wrt(x))]
        pub fn of_constant(x: f32, table: &[f32], scale: &f32, pair: [f32; 2]) -> f32 {
            x * table[0] * scale * pair[0]
        }
        #[chainrule::differentiate]
        pub fn of_input(x: f32, table: &[f32], scale: &f32, pair: [f32; 2]) -> f32 {
            x * table[0] * scale * pair[0]
        }
    }
    #[differentiate(wrt(x))]
    fn f(x: f32, table: &[f32]) -> f32 {
        single::of_constant(x, table, &2.0, [1.5, 0.0])
            + single::of_input(x, table, &2.0, [1.5, 0.0])
            + single::of_constant(x, &[5.0, 1.0], &2.0, [1.5, 0.0])
            + single::of_input(x, &[5.0, 1.0], &2.0, [1.5, 0.0])
    }
    assert_eq!(f::value_and_derivative(2.0, &[3.0]), (96.0, 48.0));
}

/// What is passed in another order, or twice, is what the caller wrote.
#[test]
fn arguments_are_evaluated_in_their_order() {
    mod order {
        #[chainrule::differentiate(wrt(x))]
        pub fn mixed(a: f64, x: f64, table: &[f64], n: usize) -> f64 {
            a * x + table[0] * n as f64
        }
    }
    #[differentiate]
    fn f(x: f64) -> f64 {
        let mut k = 1.0;
        let mut next = || {
            k *= 3.0;
            k
        };
        order::mixed(next(), x, &[next()], next() as usize)
    }
    // 3 x + 9 * 27
    assert_eq!(f::value_and_derivative(2.0), (6.0 + 243.0, 3.0));
    assert_eq!(f(2.0), 249.0);
}

#[derive(Clone, Copy, Debug, Differentiable)]
struct Filter {
    gain: f64,
}

#[differentiate]
impl Filter {
    #[differentiate(wrt(self))]
    fn energy(&self, input: &[f64]) -> f64 {
        input.iter().map(|x| (x * self.gain).powi(2)).sum()
    }

    #[differentiate(wrt(self, input))]
    fn energy_of_both(&self, input: &[f64]) -> f64 {
        input.iter().map(|x| (x * self.gain).powi(2)).sum()
    }

    #[differentiate]
    fn new(gain: f64) -> Self {
        Self { gain }
    }

    #[differentiate(wrt(self))]
    fn both(&self, input: &[f64; 2]) -> f64 {
        self.energy(input) + self.energy_of_both(input)
    }
}

#[test]
fn methods_of_lifted_structs_take_plain_slices() {
    #[differentiate(wrt(gain))]
    fn f(gain: f64, input: &[f64; 2]) -> f64 {
        let filter = Filter::new(gain);
        filter.energy(input) + filter.energy_of_both(&input[..1]) + filter.both(input)
    }
    let input = [3.0, 4.0];
    // (25 + 9 + 50) g²
    assert_eq!(
        f::value_and_derivative(2.0, &input),
        (84.0 * 4.0, 84.0 * 4.0)
    );
    assert_eq!(f(2.0, &input), 84.0 * 4.0);
}

#[test]
fn plain_values_meet_parameters_of_any_length() {
    mod lengths {
        #[chainrule::differentiate(wrt(x))]
        pub fn of_constant<const N: usize>(x: f64, table: &[f64; N], row: [f64; N]) -> f64 {
            table.iter().zip(row).map(|(a, b)| a * b).sum::<f64>() * x
        }
        #[chainrule::differentiate]
        pub fn of_input<const N: usize>(x: f64, table: &[f64; N], row: [f64; N]) -> f64 {
            table.iter().zip(row).map(|(a, b)| a * b).sum::<f64>() * x
        }
        #[chainrule::differentiate(wrt(x))]
        pub fn of_slice(x: f64, table: &[f64]) -> f64 {
            table[0] * x
        }
        #[chainrule::differentiate]
        pub fn of_slice_input(x: f64, table: &[f64]) -> f64 {
            table[0] * x
        }
    }
    struct Store {
        table: [f64; 2],
        rows: Vec<Vec<f64>>,
    }
    #[differentiate]
    fn f(x: f64, store: &Store) -> f64 {
        let by_reference = &&store.table;
        let mut sum = lengths::of_constant(x, &store.table, [1.0, 2.0])
            + lengths::of_input(x, &store.table, store.table)
            + lengths::of_slice(x, by_reference.as_slice())
            + lengths::of_slice_input(x, *by_reference)
            + lengths::of_slice(x, store.rows[0].as_slice())
            + lengths::of_slice_input(x, &store.rows[0][1..]);
        for row in &store.rows {
            sum += lengths::of_slice(x, row) + lengths::of_slice_input(x, row);
        }
        for row in store.rows.iter().map(|row| &row[1..]) {
            sum += lengths::of_slice(x, row) * lengths::of_slice_input(x, row);
        }
        match lengths::of_slice_input(x, &store.table) {
            y if y > 0.0 => sum + y,
            _ => sum,
        }
    }
    let store = Store {
        table: [3.0, 4.0],
        rows: vec![vec![5.0, 6.0]],
    };
    let x = 1.5;
    assert_eq!(f::value_and_derivative(x, &store).0, f(x, &store));
    // (11 + 25 + 3 + 3 + 5 + 6 + 10 + 3) x + 36 x²
    assert_close(&[f::derivative(x, &store)], &[66.0 + 72.0 * x]);
}

#[test]
fn a_plain_table_may_change_after_the_call() {
    mod first {
        #[chainrule::differentiate]
        pub fn first(x: f64, table: &[f64]) -> f64 {
            table[0] * x
        }
    }
    #[differentiate]
    fn f(x: f64) -> f64 {
        let mut table = vec![2.0, 5.0];
        let mut sum = 0.0;
        match first::first(x, &table) {
            y if y > 100.0 => table.clear(),
            y => {
                table[0] = 3.0;
                sum += y;
            }
        }
        while first::first(x, &table) < 10.0 * x {
            table[0] += 4.0;
        }
        sum + first::first(x, &table)
    }
    assert_eq!(f::value_and_derivative(2.0), (4.0 + 22.0, 2.0 + 11.0));
    assert_eq!(f(2.0), 26.0);
}
