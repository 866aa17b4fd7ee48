//! Case files with slips of the pen in them, thousands at a time: reading one never panics and never
//! fails in silence, and what is read can be assessed.
//!
//! `PROPTEST_CASES` has more of them tried.

mod slip;

use std::collections::BTreeSet;

use detente::{
    Case, DetenteError, Options, assess,
    decode::{CaseFaults, Palette, Source},
    library,
};
use proptest::{
    collection::vec,
    prelude::*,
    sample::select,
    test_runner::{Config, RngSeed, TestRunner},
};

/// The template and the cases that ship, as they are.
fn sound() -> Vec<&'static str> {
    let shipped = library::ids().filter_map(|id| library::text(id).ok());
    [library::TEMPLATE].into_iter().chain(shipped).collect()
}

/// Every fault is placed and has a remedy, none is said twice, and the whole can be shown.
fn answered(faults: &CaseFaults) -> Result<(), TestCaseError> {
    prop_assert!(!faults.faults.is_empty(), "refused in silence");
    let mut said = BTreeSet::new();
    for fault in &faults.faults {
        prop_assert!(fault.span.is_some(), "no place: {fault}");
        prop_assert!(
            fault.label.is_some() || fault.help.is_some(),
            "no remedy: {fault}"
        );
        let span = fault.span.as_ref().map(|span| (span.start, span.end));
        prop_assert!(said.insert((span, &fault.message)), "said twice: {fault}");
    }
    prop_assert!(faults.render(&Palette::PLAIN).contains("error[E0"));
    Ok(())
}

/// Reads the text and, if it is a case, assesses it.
fn tried(bytes: &[u8]) -> Result<(), TestCaseError> {
    let case = match Case::read(&Source::from_bytes("case.toml", bytes)) {
        Ok(case) => case,
        Err(faults) => return answered(&faults),
    };
    let options = Options {
        draws: 3,
        ..Options::default()
    };
    match assess(&case, &options) {
        // A distribution without ends may be drawn beyond the range of its field, and numbers that
        // are sound one by one may be too great together.
        Ok(_)
        | Err(DetenteError::Sample { .. } | DetenteError::Payoff(_) | DetenteError::Quantity(_)) => {
            Ok(())
        }
        Err(error) => Err(TestCaseError::fail(format!(
            "read, and not assessed: {error}"
        ))),
    }
}

#[test]
fn slips_are_answered_and_never_a_panic() {
    let slips = vec(slip::slip(), 1..5);
    let files = (select(sound()), slips).prop_map(|(text, slips)| slip::slipped(text, &slips));
    let mut runner = TestRunner::new(Config {
        cases: Config::default().cases.max(2000),
        rng_seed: RngSeed::Fixed(1997),
        failure_persistence: None,
        max_shrink_iters: 2000,
        ..Config::default()
    });
    if let Err(failure) = runner.run(&files, |bytes| tried(&bytes)) {
        panic!("{failure}");
    }
}
