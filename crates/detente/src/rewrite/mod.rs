//! From a case to the smallest changes that turn its answer.

mod confirm;
mod edits;
mod reach;
mod scope;
mod search;

use crate::{
    DetenteError, Options,
    assess::{assess_model, until},
    assessment::{Rewrites, SCHEMA, Verdict},
    model::Model,
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
    /// Everything uncertain may change; 1500 evaluations a search.
    fn default() -> Self {
        Self {
            only: Vec::new(),
            hold: Vec::new(),
            effort: 1500,
        }
    }
}

impl RewriteOptions {
    /// More evaluations than this are refused.
    pub const MAX_EFFORT: usize = 1_000_000;

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
/// assert!(found.rewrites.iter().all(|rewrite| rewrite.verdict != found.verdict));
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
    let free = scope::free(model, asked)?;
    let assessment = assess_model(model, options, |_| {})?;
    let until = until(model, options);
    let seed = options.seed;
    let found = Found::search(model, until, seed, asked, &free)?;
    let radius = Radius::search(model, until, seed, asked)?;
    let chances = &assessment.verdict.chances;
    let sampled = chances.get(&Verdict::AgreementExpected).copied();
    let spread = Spread::search(model, until, seed, asked, sampled)?;
    let acts = edits::acts(model, &found.rewrites);
    Ok(Rewrites {
        schema: SCHEMA,
        verdict: assessment.verdict.central,
        margin: found.margin,
        types: edits::types(model),
        acts,
        rewrites: found.rewrites,
        fruitless: found.fruitless,
        reliability: spread.report,
        robustness: radius.report,
        evaluations: found.evaluations + radius.evaluations + spread.evaluations,
        subject: assessment.subject,
        reproducibility: assessment.reproducibility,
    })
}
