//! From a case to the smallest changes that turn its answer.

mod confirm;
mod edits;
mod reach;
mod scope;
mod search;

use crate::{
    DetenteError, Options,
    assess::{assess_model, until},
    assessment::{Assessment, Changes, Rewrites, RobustnessReport, SCHEMA, Verdict},
    model::Model,
    quantity::Date,
};
use reach::{Radius, Spread};
use search::Found;

/// What may be rewritten, and how hard to look.
///
/// Names are those of inputs, such as `party.us.bias.evidence_weight`, or their first words, such
/// as `party.us` or `act`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RewriteOptions {
    /// Nothing but these may change; everything uncertain where empty.
    pub only: Vec<String>,
    /// These may not change.
    pub hold: Vec<String>,
    /// The most evaluations of the case that one search may take, from 1 to 1,000,000.
    pub effort: usize,
}

impl Default for RewriteOptions {
    /// Everything uncertain may change; 1000 evaluations a search.
    fn default() -> Self {
        Self {
            only: Vec::new(),
            hold: Vec::new(),
            effort: 1000,
        }
    }
}

impl RewriteOptions {
    /// More evaluations than this are refused.
    pub const MAX_EFFORT: usize = 1_000_000;

    /// About how many searches are made.
    pub(crate) const SEARCHES: usize = 12;

    fn check(&self) -> Result<(), DetenteError> {
        if (1..=Self::MAX_EFFORT).contains(&self.effort) {
            return Ok(());
        }
        Err(DetenteError::Option {
            option: "effort",
            given: self.effort.to_string(),
            expected: "from 1 to 1 000 000".to_owned(),
        })
    }
}

/// The smallest changes that turn the answer of a case at central values: from no agreement to
/// agreement or, where one passes every barrier, the reverse.
///
/// They are looked for among the uncertain numbers that the options leave free; exact numbers and
/// true types are facts. Within each aspect of the case alone and on the side of each party alone
/// the fewest numbers are sought, or the likeliest change where more than three must move; among
/// everything, the shortest change by three measures. A change
/// is kept only if the case, run with exactly the values that it names, gives the other answer;
/// values are rounded, away from the central ones, to the fewest digits with which it still does.
/// What is found does turn the answer, while a smaller change may have been missed.
///
/// `options.draws` are the draws of the sampled chance beside the reliability index.
///
/// ```
/// use detente::{Model, Options, RewriteOptions, library, rewrite};
///
/// let model = Model::compile(&library::case("reykjavik-1986")?)?;
/// let quick = RewriteOptions { effort: 300, ..RewriteOptions::default() };
/// let found = rewrite(&model, &Options { draws: 100, ..Options::default() }, &quick)?;
/// assert!(found.changes.rewrites.iter().all(|rewrite| rewrite.verdict != found.verdict));
/// # Ok::<(), detente::DetenteError>(())
/// ```
///
/// Cost: O((searches × effort + draws) × (agreements × parties × issues + acts × types)) with
/// 10 + parties searches, split across cores; the result does not depend on their number.
///
/// # Errors
/// [`DetenteError::UnknownInput`] if the options name no uncertain number of the case, otherwise as
/// [`assess`](crate::assess()).
pub fn rewrite(
    model: &Model,
    options: &Options,
    asked: &RewriteOptions,
) -> Result<Rewrites, DetenteError> {
    asked.check()?;
    scope::free(model, asked)?;
    let assessment = assess_model(model, options, |_| {})?;
    rewrite_of(model, &assessment, options, asked)
}

/// As [`rewrite`], of a case that was assessed with these options already: its draws are not made again.
///
/// # Errors
/// As [`rewrite`].
pub fn rewrite_of(
    model: &Model,
    assessment: &Assessment,
    options: &Options,
    asked: &RewriteOptions,
) -> Result<Rewrites, DetenteError> {
    asked.check()?;
    let (until, seed) = (until(model, options), options.seed);
    let outline = outline(model, until, seed, asked)?;
    let chances = &assessment.verdict.chances;
    let sampled = chances.get(&Verdict::AgreementExpected).copied();
    let spread = Spread::search(model, until, seed, asked, sampled)?;
    Ok(Rewrites {
        schema: SCHEMA,
        verdict: assessment.verdict.central,
        margin: outline.margin,
        changes: outline.changes,
        reliability: spread.report,
        robustness: outline.robustness,
        evaluations: outline.evaluations + spread.evaluations,
        subject: assessment.subject.clone(),
        reproducibility: assessment.reproducibility.clone(),
    })
}

/// What an assessment carries of it.
pub(crate) struct Outline {
    pub(crate) margin: f64,
    pub(crate) changes: Changes,
    pub(crate) robustness: Option<RobustnessReport>,
    pub(crate) evaluations: u64,
}

/// The changes, and how far everything may be off at once.
pub(crate) fn outline(
    model: &Model,
    until: Date,
    seed: u64,
    asked: &RewriteOptions,
) -> Result<Outline, DetenteError> {
    let free = scope::free(model, asked)?;
    let found = Found::search(model, until, seed, asked, &free)?;
    let radius = Radius::search(model, until, seed, asked)?;
    Ok(Outline {
        margin: found.margin,
        evaluations: found.evaluations + radius.evaluations,
        changes: found.changes(model),
        robustness: radius.report,
    })
}
