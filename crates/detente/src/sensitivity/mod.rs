//! From a case to what drives its margins.

mod factors;
mod options;
mod screening;
mod shares;
mod tornado;

pub use options::{Grouping, SensitivityMethod, SensitivityOptions};

use crate::{
    DetenteError, Options,
    assess::{reproducibility, until},
    assessment::{Barrier, MarginDrivers, SCHEMA, Sensitivity},
    model::Model,
    probe::{Frame, Probe},
};

/// What drives the margins of a case: first-order and total Sobol' indices and Shapley effects of
/// every uncertain number, each with a 95% bootstrap interval; and what each number does alone.
///
/// About `options.draws` evaluations of the case are divided between the indices and the effects: each gets as many rows of
/// scrambled Sobol' points as half of them pay for, and at least eight. True types that hindsight leaves open count as
/// numbers. Numbers that are correlated are judged as one.
///
/// ```
/// use detente::{Options, library, sensitivity, Model};
///
/// let model = Model::compile(&library::case("euphrates-1975")?)?;
/// let sensitivity = sensitivity(&model, &Options::default())?;
/// assert_eq!(sensitivity.margins.len(), 5);
/// # Ok::<(), detente::DetenteError>(())
/// ```
///
/// Cost: O(evaluations × (agreements × parties × issues + acts × types)), split across cores; the
/// result does not depend on their number.
///
/// # Errors
/// [`DetenteError`] if a value falls outside its field's range or an option is refused.
pub fn sensitivity(model: &Model, options: &Options) -> Result<Sensitivity, DetenteError> {
    sensitivity_with(model, options, SensitivityOptions::default())
}

/// As [`sensitivity`], by groups of numbers, by another method, or with pairs.
///
/// ```
/// use detente::{Grouping, Model, Options, SensitivityOptions, library, sensitivity_with};
///
/// let model = Model::compile(&library::case("reykjavik-1986")?)?;
/// let options = Options { draws: 512, ..Options::default() };
/// let by_party = SensitivityOptions { by: Grouping::Party, ..SensitivityOptions::default() };
/// let drivers = &sensitivity_with(&model, &options, by_party)?.margins[4].drivers;
/// assert_eq!(drivers.len(), 2);
/// # Ok::<(), detente::DetenteError>(())
/// ```
///
/// # Errors
/// As [`sensitivity`]; [`DetenteError::Option`] for distances by anything but numbers and for pairs
/// by any method but indices.
pub fn sensitivity_with(
    model: &Model,
    options: &Options,
    asked: SensitivityOptions,
) -> Result<Sensitivity, DetenteError> {
    options.check()?;
    asked.check()?;
    let until = until(model, options);
    let probe = Probe::new(model, until, Frame::Quantile);
    let mut margins: Vec<MarginDrivers> = Barrier::ALL.map(MarginDrivers::unmoved).into();
    let (mut evaluations, mut shapley_evaluations, mut is_cut) = (0, 0, false);
    if !probe.names().is_empty() {
        let (factors, described) = factors::factors(model, &probe, asked.by)?;
        let of = (&factors, &described[..]);
        match asked.method {
            SensitivityMethod::Sobol => {
                (evaluations, shapley_evaluations) =
                    shares::shares(&probe, of, (options, asked), &mut margins)?;
            }
            SensitivityMethod::Morris => {
                evaluations = screening::screen(&probe, of, options, &mut margins)?;
            }
            SensitivityMethod::Pawn => {
                (evaluations, is_cut) = screening::distances(&probe, options, &mut margins)?;
            }
        }
    }
    // Asked for again, the draws of distances are made as they were.
    let draws = match asked.method {
        SensitivityMethod::Pawn if evaluations > 0 => usize::try_from(evaluations).ok(),
        _ => None,
    };
    let made = Options {
        draws: draws.unwrap_or(options.draws),
        ..*options
    };
    Ok(Sensitivity {
        schema: SCHEMA,
        case: model.case.identity.id.clone(),
        by: asked.by,
        method: asked.method,
        margins,
        tornado: tornado::tornado(&probe)?,
        evaluations,
        shapley_evaluations,
        cut_from: is_cut.then_some(options.draws),
        reproducibility: reproducibility(model, &made, until)?,
    })
}

/// The greatest power of two that can be paid for, where points are spread most evenly; at least
/// eight.
fn rows(affordable: usize) -> usize {
    let least = affordable.max(8);
    1 << least.ilog2()
}
