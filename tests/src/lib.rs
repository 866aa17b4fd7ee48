//! What theory claims, numbers computed elsewhere and whole runs, tried from outside the library.
//! Claims are data: `cargo test` runs every one and `cargo xtask claims` prints the catalogue.

pub mod by_the_page;
pub mod catalogue;
pub mod claims;
pub mod known_cause;
pub mod property;
pub mod schema;
pub mod transform;
mod trial;
pub mod worked;
pub mod workspace;

pub use trial::{Outcome, Trial, Verdict};

/// The README's examples, tried as doc-tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}

/// What sort of statement a claim is, and so how it is tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A definition: the code computes the thing defined.
    Definition,
    /// A theorem: asserted exactly over generated inputs and at its limits.
    Theorem,
    /// An empirical regularity: its sign is asserted at default parameters.
    Regularity,
    /// A hypothesis: asserted only conditionally, on inputs where its premise holds.
    Hypothesis,
}

/// One statement of theory under its catalogue id.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    /// The id in the theory notes, such as `"C-20"`.
    pub id: &'static str,
    /// What sort of statement it is.
    pub kind: Kind,
    /// Author, year and place of the statement.
    pub source: &'static str,
    /// The statement in one sentence, in our own words.
    pub statement: &'static str,
    /// The checks that stand for it.
    pub check: fn(&mut Trial),
}

impl Claim {
    /// Runs the claim's checks.
    #[must_use]
    pub fn run(&self) -> Outcome {
        let mut trial = Trial::default();
        (self.check)(&mut trial);
        trial.finish(*self)
    }
}
