//! The bench on which a claim is tried: it counts cases and collects what failed.

use std::{cell::Cell, fmt::Debug};

use proptest::{
    strategy::Strategy,
    test_runner::{Config, RngSeed, TestCaseError, TestRunner},
};

use crate::Claim;

/// How a claim came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Every check passed.
    Holds,
    /// The statement is false as it stands in the notes; a counterexample is kept as a check.
    RefutedAsStated,
    /// A check failed: the code or the claim is wrong.
    Fails,
}

/// The result of running one claim.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The claim that was run.
    pub claim: Claim,
    /// Names of the checks, in the order they ran.
    pub checks: Vec<String>,
    /// How many inputs were tried, over all checks; not those a check passed over.
    pub cases: u64,
    /// What failed, one message a failure.
    pub failures: Vec<String>,
    /// How it came out.
    pub verdict: Verdict,
}

/// Collects the checks of one claim.
#[derive(Debug, Default)]
pub struct Trial {
    checks: Vec<String>,
    cases: u64,
    failures: Vec<String>,
    refuted: bool,
}

impl Trial {
    /// Tries `property` on `cases` inputs drawn from `strategy`, always the same ones, and keeps
    /// the shrunk counterexample if one is found. An input that the property assumes away
    /// (`prop_assume!`) does not count: another is drawn in its place.
    pub fn for_all<S: Strategy>(
        &mut self,
        check: &str,
        cases: u32,
        strategy: S,
        property: impl Fn(S::Value) -> Result<(), TestCaseError>,
    ) where
        S::Value: Debug,
    {
        let mut runner = TestRunner::new(Config {
            cases,
            rng_seed: RngSeed::Fixed(1997),
            failure_persistence: None,
            max_global_rejects: cases.saturating_mul(50).max(10_000),
            ..Config::default()
        });
        self.checks.push(check.to_owned());
        let tried = Cell::new(0_u64);
        let counted = |input| {
            let result = property(input);
            tried.set(tried.get() + u64::from(result.is_ok()));
            result
        };
        let outcome = runner.run(&strategy, counted);
        self.cases += tried.get();
        if let Err(failure) = outcome {
            self.failures.push(format!("{check}: {failure}"));
        }
    }

    /// Checks a number against its reference to within `tolerance`, absolute.
    pub fn close(&mut self, check: &str, computed: f64, reference: f64, tolerance: f64) {
        self.checks.push(check.to_owned());
        self.cases += 1;
        let error = (computed - reference).abs();
        if error.is_nan() || error > tolerance {
            self.failures.push(format!(
                "{check}: computed {computed}, reference {reference}, tolerance {tolerance}"
            ));
        }
    }

    /// Checks one statement at one input.
    pub fn holds(&mut self, check: &str, holds: bool) {
        self.checks.push(check.to_owned());
        self.cases += 1;
        if !holds {
            self.failures.push(format!("{check}: does not hold"));
        }
    }

    /// Records that the claim is false as stated; `still_false` is the kept counterexample, and a
    /// failure is recorded should it stop being one.
    pub fn counterexample(&mut self, check: &str, still_false: bool) {
        self.refuted = true;
        self.holds(check, still_false);
    }

    pub(crate) fn finish(self, claim: Claim) -> Outcome {
        let verdict = if !self.failures.is_empty() || self.checks.is_empty() {
            Verdict::Fails
        } else if self.refuted {
            Verdict::RefutedAsStated
        } else {
            Verdict::Holds
        };
        let Self {
            checks,
            cases,
            failures,
            ..
        } = self;
        Outcome {
            claim,
            checks,
            cases,
            failures,
            verdict,
        }
    }
}
