//! Oracle: a global allocator that counts, thread by thread.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use chainrule::*;

struct Counting;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
    /// The bytes that are allocated and not freed; what one thread frees another may have allocated.
    static HELD: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call goes to the system allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.set(COUNT.get() + 1);
        HELD.set(HELD.get().wrapping_add(layout.size()));
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HELD.set(HELD.get().wrapping_sub(layout.size()));
        unsafe { System.dealloc(pointer, layout) }
    }
    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        COUNT.set(COUNT.get() + 1);
        HELD.set(HELD.get().wrapping_add(size).wrapping_sub(layout.size()));
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn allocations<R>(run: impl FnOnce() -> R) -> usize {
    let before = COUNT.get();
    std::hint::black_box(run());
    COUNT.get() - before
}

#[differentiate(wrt(w))]
fn weighted(w: &[f64], rows: &[f64]) -> f64 {
    let mut total = 0.0;
    for row in rows.chunks_exact(w.len()) {
        let score: f64 = row.iter().zip(w).map(|(x, w)| x * w).sum();
        total += score.exp().ln_1p();
    }
    total
}

#[test]
fn loops_over_what_can_be_read_again_keep_nothing() {
    let (w, rows, mut slopes) = ([0.5; 5], [0.25; 20], [0.0; 5]);
    let count = allocations(|| weighted::gradient_into(&w, &rows, &mut slopes));
    assert_eq!(count, 0);
}

fn mixed<S: Scalar>(x: &[S]) -> S {
    x.iter()
        .fold(S::zero(), |sum, &x| sum * x.sigmoid() + x.powi(2))
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocations(|| vec![1.0; 10]), 1);
    let mut gradient = [0.0; 10];
    assert!(
        allocations(|| gradient_into(mixed, &[1.0; 10], &mut gradient)) > 0,
        "a fresh workspace allocates"
    );
}

#[test]
fn drivers_of_numbers_and_arrays_allocate_nothing() {
    let x = [0.5, 1.5, 2.5];
    let count = allocations(|| {
        (
            (
                derivative(|x| x.tanh(), 0.5),
                value_and_derivative(|x| x.tanh(), 0.5),
            ),
            (
                second_derivative(|x| x.tanh(), 0.5),
                value_and_derivatives(|x| x.tanh(), 0.5),
            ),
            (
                gradient(|x| mixed(&x), x),
                value_and_gradient(|x| mixed(&x), x),
            ),
            (
                hessian(|x| mixed(&x), x),
                value_gradient_hessian(|x| mixed(&x), x),
            ),
            (
                jacobian(|[x, y, z]| [x * y, y * z], x),
                value_and_jacobian(|[x, y, z]| [x * y, y * z], x),
            ),
            (
                jvp(|x| mixed(&x), x, [1.0, 0.0, 2.0]),
                hvp(|x| mixed(&x), x, [1.0, 0.0, 2.0]),
            ),
        )
    });
    assert_eq!(count, 0);
}

#[test]
fn slice_drivers_allocate_nothing_after_the_first_call() {
    const N: usize = 19;
    let (x, v, mut workspace) = ([0.3; N], [0.7; N], Workspace::new());
    let (mut gradient, mut square, mut value, mut rows) =
        ([0.0; N], [0.0; N * N], [0.0; 2], [0.0; 2 * N]);
    let mut all = |n: usize| {
        let (x, v, gradient) = (&x[..n], &v[..n], &mut gradient[..n]);
        allocations(|| {
            gradient_into_with(mixed, x, gradient, &mut workspace);
            hessian_into_with(mixed, x, gradient, &mut square[..n * n], &mut workspace);
            hvp_into_with(mixed, x, v, gradient, &mut workspace);
            jvp_slice_with(mixed, x, v, &mut workspace);
            jacobian_into_with(
                |x, y| y.fill(mixed(x)),
                x,
                &mut value,
                &mut rows[..2 * n],
                &mut workspace,
            );
        })
    };
    assert!(all(N) > 0, "the first call makes the scratch");
    assert_eq!(all(N), 0, "the second call reuses it");
    for n in 0..N {
        assert_eq!(all(n), 0, "a shorter input, of length {n}, fits into it");
    }
}

#[differentiate]
fn sigma(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[differentiate(mode = adjoint)]
fn sum(x: &[f64]) -> f64 {
    x.iter().map(|&x| sigma(x)).sum()
}

#[differentiate(mode = adjoint)]
fn rosenbrock(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for pair in x.windows(2) {
        sum += (1.0 - pair[0]).powi(2) + 100.0 * (pair[1] - pair[0] * pair[0]).powi(2);
    }
    sum
}

#[differentiate(mode = adjoint)]
fn product(x: &[f64]) -> f64 {
    x.iter().product()
}

/// Each round needs what the one before found, and the number that it took.
#[differentiate(mode = adjoint)]
fn recurrence(x: &[f64]) -> f64 {
    let mut state = 0.5;
    for factor in x {
        state = (state * factor).sin();
    }
    state
}

/// How many rounds there are is known when they are over.
#[differentiate(mode = adjoint)]
fn search(x: &[f64]) -> f64 {
    let (mut state, mut i) = (0.5, 0);
    while i < x.len() {
        state = (state * x[i]).sin();
        i += 1;
    }
    state
}

/// The bytes that a workspace holds after a call of `$form`.
macro_rules! held {
    ($f:ident::$form:ident($($argument:expr),*)) => {{
        let (before, mut workspace) = (HELD.get(), Workspace::new());
        $f::$form($($argument,)* &mut workspace);
        HELD.get() - before
    }};
}

#[test]
fn what_the_workspace_holds_is_linear_in_what_rounds_leave() {
    const FLOAT: usize = size_of::<f64>();
    // Of the list of the arrays that wait there.
    const LIST: usize = 4 * size_of::<Vec<f64>>();
    for n in [1000, 10_000] {
        let (x, rows) = (vec![0.75; n], vec![0.5 / n as f64; 4 * n]);
        let (mut slopes, x, rows) = (vec![0.0; n], &x, &rows);
        // All can be read again, or waits where the slopes will be.
        assert_eq!(held!(sum::gradient_into_with(x, &mut slopes)), 0);
        assert_eq!(held!(rosenbrock::gradient_into_with(x, &mut slopes)), 0);
        assert_eq!(held!(product::gradient_into_with(x, &mut slopes)), 0);
        assert_eq!(held!(weighted::gradient_into_with(x, rows, &mut slopes)), 0);
        // A float a round: the other one waits where the slopes will be.
        let kept = held!(recurrence::gradient_into_with(x, &mut slopes));
        assert_eq!(kept, n * FLOAT + LIST);
        // Two floats and an index a round, on stacks that double.
        let kept = held!(search::gradient_into_with(x, &mut slopes));
        assert!((3 * n * FLOAT..=6 * n * FLOAT).contains(&kept), "{kept}");
        // The point and the slopes along the direction, and what rounds leave.
        let numbers = 2 * n * size_of::<Dual<f64>>();
        assert_eq!(held!(sum::hvp_into_with(x, x, &mut slopes)), numbers);
        assert_eq!(held!(product::hvp_into_with(x, x, &mut slopes)), numbers);
        let kept = held!(recurrence::hvp_into_with(x, x, &mut slopes));
        assert_eq!(kept, numbers + n * size_of::<Dual<f64>>() + LIST);
    }
}

#[test]
fn arrays_that_loops_borrow_are_lent_again() {
    let (x, mut slopes, mut workspace) = ([0.75; 50], [0.0; 50], Workspace::new());
    let mut count = |n: usize| {
        allocations(|| recurrence::gradient_into_with(&x[..n], &mut slopes[..n], &mut workspace))
    };
    assert!(count(50) > 0, "the first call makes the array");
    for n in [50, 7, 0, 50, 49] {
        assert_eq!(count(n), 0, "{n} inputs fit into it");
    }
}
