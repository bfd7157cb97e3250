//! The guide: pages by question.
//!
//! | question | page |
//! |---|---|
//! | What is there? | [`tour`] |
//! | Which way to a derivative? | [`choosing`] |
//! | What may an annotated function say? | [`language`] |
//! | What does that message of the compiler mean? | [`errors`] |
//! | What is returned at kinks, ends and poles? | [`edges`] |
//! | How far are derivatives off? | [`accuracy`] |
//! | What can be relied on? | [`guarantees`] |
//! | What does it cost? | [`performance`] |
//! | How is a solver handed derivatives? | [`solvers`] |
//! | How do the numbers go through nalgebra? | [`matrices`] |
//! | How are derivatives nested? | [`nesting`] |
//! | How does a function get derivatives of its own? | [`rules`] |
//! | What is there without the standard library? | [`no_std`] |
//! | What is that called in num-dual, JAX, ...? | [`migrating`] |

/// Pages whose examples need every default feature are read without examples where one is missing.
macro_rules! pages {
    ($($name:ident $file:literal)*) => {
        $(
            #[cfg_attr(all(feature = "macros", feature = "std"), doc = include_str!($file))]
            #[cfg_attr(not(all(feature = "macros", feature = "std")), doc = "This page needs the default features.")]
            pub mod $name {}
        )*
    };
}
pages! {
    accuracy "../docs/accuracy.md"
    choosing "../docs/choosing.md"
    edges "../docs/edges.md"
    errors "../docs/errors.md"
    guarantees "../docs/guarantees.md"
    language "../docs/language.md"
    matrices "../docs/matrices.md"
    migrating "../docs/migrating.md"
    nesting "../docs/nesting.md"
    no_std "../docs/no_std.md"
    performance "../docs/performance.md"
    rules "../docs/rules.md"
    solvers "../docs/solvers.md"
    tour "../docs/tour.md"
}
