//! From a case to an assessment.

mod beliefs;
mod causes;
mod central;
mod digest;
mod draws;
mod evidence;
mod margins;
mod options;
mod outlook;
mod parties;
mod parts;
mod ranges;
mod reference;
mod replicates;
mod sampling;
mod shares;
mod stakes;
mod table;
mod tally;
mod values;
mod worlds;

use detente_uncertainty::{Proportion, Stop};

pub use options::Options;
pub use table::{AgreementRow, table};

use crate::{
    DetenteError,
    assessment::{Assessment, Chance, Placement, PrecisionReport, Reproducibility, SCHEMA},
    case::Case,
    domestic,
    evaluate::Decision,
    model::Model,
    quantity::Date,
};
use central::Central;
pub(crate) use central::{first_by_name, names_of};
use draws::{Draw, Extent};
pub(crate) use parts::{subject, type_names};
pub(crate) use reference::{best, product};
use replicates::Size;
pub(crate) use stakes::{PartyAtStake, at_stake};
pub(crate) use tally::Tally;
pub(crate) use values::each_draw;
pub(crate) use worlds::each_world;

/// Assesses a case.
///
/// ```
/// use detente::{Options, assess, library};
///
/// let case = library::case("reykjavik-1986")?;
/// let assessment = assess(&case, &Options { draws: 100, ..Options::default() })?;
/// assert_eq!(assessment.funnel.len(), 6);
/// # Ok::<(), detente::DetenteError>(())
/// ```
///
/// Cost: O((1 + draws) × (agreements × parties × issues + acts × types)), draws split across cores;
/// the result does not depend on their number.
///
/// # Errors
/// [`DetenteError`] if the case has faults, if a sample falls outside its field's range, or if an
/// option of the run is refused.
pub fn assess(case: &Case, options: &Options) -> Result<Assessment, DetenteError> {
    assess_model(&Model::compile(case)?, options, |_| {})
}

/// As [`assess`], on a case compiled already; `progress` is told how many draws are done.
///
/// # Errors
/// As [`assess`], but for faults of the case.
pub fn assess_model(
    model: &Model,
    options: &Options,
    progress: impl FnMut(usize),
) -> Result<Assessment, DetenteError> {
    options.check()?;
    let until = until(model, options);
    let central = Central::run(model, until, options)?;
    let reference = central.reference(model);
    let drawn = draws::run(model, options, until, reference, Extent::Asked, progress)?;
    let run = Run {
        model,
        options,
        until,
        central: &central,
        draws: &drawn.draws,
        size: drawn.size,
    };
    Ok(Assessment {
        schema: SCHEMA,
        subject: subject(model),
        verdict: run.verdict()?,
        funnel: run.funnel()?,
        over_ranges: ranges::over_ranges(model, until)?,
        enforcement: run.enforcement()?,
        margins: run.margins()?,
        record: run.record()?,
        readings: run.readings()?,
        home: domestic::in_short(model, &central.world)?,
        errors: run.errors()?,
        beliefs: run.beliefs()?,
        proposals: run.proposals()?,
        attribution: run.attribution()?,
        outlook: run.outlook()?,
        evidence: run.evidence(),
        reproducibility: Reproducibility {
            draws: drawn.draws.len(),
            placement: run.placement(drawn.stop),
            ..reproducibility(model, options, until)?
        },
    })
}

/// By draw, whether some agreement passes all five barriers.
#[derive(Debug)]
pub(crate) struct Reached {
    pub(crate) draws: Vec<bool>,
    /// Draws of a replicate, where there are several.
    pub(crate) per_replicate: Option<usize>,
}

/// As many draws as an assessment makes or, `like` another run, just as many as that one made: the
/// same ones, draw by draw, whatever precision is asked for.
///
/// Cost: as [`assess`].
pub(crate) fn reached(
    model: &Model,
    options: &Options,
    until: Date,
    like: Option<&Reached>,
) -> Result<Reached, DetenteError> {
    let extent = like.map_or(Extent::Asked, |like| {
        let per_replicate = like.per_replicate.unwrap_or(like.draws.len());
        Extent::Replicates(like.draws.len() / per_replicate.max(1))
    });
    let drawn = draws::run(model, options, until, None, extent, |_| {})?;
    let reached = drawn.draws.iter().map(|draw| draw.survey.survivors[5] > 0);
    Ok(Reached {
        draws: reached.collect(),
        per_replicate: drawn.size.map(|size| size.per_replicate),
    })
}

/// What the agreement beside which beliefs are shown asks of the parties, at central values.
pub(crate) struct Asked {
    /// By party, which of its types would honour it.
    pub(crate) honours: Vec<Vec<bool>>,
    /// By party, its answer as far as it turns on trust.
    pub(crate) decisions: Vec<Decision>,
}

/// What the agreement beside which beliefs are shown asks of the parties; `None` where no agreement is
/// mutually preferred.
///
/// Cost: O(agreements × parties × issues).
pub(crate) fn asked(model: &Model, options: &Options) -> Result<Option<Asked>, DetenteError> {
    Central::run(model, until(model, options), options)?.asked(model)
}

/// What is needed to repeat a run.
pub(crate) fn reproducibility(
    model: &Model,
    options: &Options,
    until: Date,
) -> Result<Reproducibility, DetenteError> {
    Ok(Reproducibility {
        version: env!("CARGO_PKG_VERSION"),
        case_hash: digest::hash(&model.case)?,
        seed: options.seed,
        draws: options.draws,
        until,
        placement: None,
    })
}

/// The day beyond which nothing that became known counts: the decision, or earlier if asked.
pub(crate) fn until(model: &Model, options: &Options) -> Date {
    let decided = model.decided;
    options.until.map_or(decided, |until| until.min(decided))
}

/// A finished run, from which the parts of an assessment are read off.
struct Run<'r> {
    model: &'r Model,
    options: &'r Options,
    until: Date,
    central: &'r Central,
    draws: &'r [Draw],
    /// How they are divided into replicates, where there are several.
    size: Option<Size>,
}

impl Run<'_> {
    /// The share of draws of which `event` holds; `None` without draws.
    fn chance(&self, event: impl Fn(&Draw) -> bool) -> Result<Option<Chance>, DetenteError> {
        self.share(|draws| Proportion::of(draws.iter().map(&event)).ok())
    }

    /// A share that `of` counts among some of the draws it is given; `None` where it finds none that
    /// count.
    fn share(
        &self,
        of: impl Fn(&[Draw]) -> Option<Proportion>,
    ) -> Result<Option<Chance>, DetenteError> {
        self.tally().share(of)
    }

    /// The standard error of the mean of a number over the draws that have it, as replicates show
    /// it; `None` where there are too few replicates with such draws.
    fn error_of_mean(
        &self,
        of: impl FnMut(&Draw) -> Option<f64>,
    ) -> Result<Option<f64>, DetenteError> {
        self.tally().error_of_mean(of)
    }

    fn tally(&self) -> Tally<'_, Draw> {
        Tally {
            draws: self.draws,
            size: self.size,
        }
    }

    /// How the draws were placed, where not independently.
    fn placement(&self, stop: Option<Stop>) -> Option<Placement> {
        let size = self.size?;
        Some(Placement {
            sampling: self.options.sampling,
            replicates: size.replicates,
            per_replicate: size.per_replicate,
            precision: self
                .options
                .precision
                .zip(stop)
                .map(|(requested, stop)| PrecisionReport {
                    requested,
                    at_most: self.options.draws,
                    stop,
                }),
        })
    }
}

#[cfg(test)]
mod tests;
