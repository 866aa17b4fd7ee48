//! Cases side by side, and two codings of one case taken apart.

mod effects;
mod mixture;
mod numbers;
mod structure;

use crate::{
    DetenteError, Model, Options,
    assess::{assess_model, reached, until},
    assessment::{
        Assessment, BarrierShare, CodingDifference, CodingSummary, Comparison, SCHEMA, Verdict,
    },
};

/// A compiled case under the name by which a comparison calls it.
#[derive(Debug, Clone, Copy)]
pub struct Coding<'m> {
    /// What to call it, such as the name of its file.
    pub name: &'m str,
    /// The case.
    pub model: &'m Model,
}

/// Compares cases: verdicts side by side and, where two or more code one case (the same id, or the
/// same issues, options and parties), where each differs from the first and which difference
/// matters.
///
/// One at a time every number that differs is put from one coding into the other, and back; the
/// difference between the margins of the last barrier at central values is divided among all that
/// differs by Shapley shares (Shapley 1953), exactly up to ten differences and by random orders
/// (Castro, Gómez & Tejada 2009) beyond. Probabilities of types are exchanged as one table, and all
/// that is no number as one structure.
///
/// ```
/// use detente::{Coding, Model, Options, compare, library};
///
/// let model = Model::compile(&library::case("inf-1987")?)?;
/// let codings = [Coding { name: "a", model: &model }, Coding { name: "b", model: &model }];
/// let comparison = compare(&codings, &Options { draws: 50, ..Options::default() })?;
/// assert!(comparison.differences[0].is_none());
/// # Ok::<(), detente::DetenteError>(())
/// ```
///
/// Cost: one assessment a coding, two runs of the draws a difference, and 2^n central runs for up to
/// ten differences, about 20,000 for more.
///
/// # Errors
/// [`DetenteError`] as of [`assess`](crate::assess), of a coding or of one with a single difference
/// from the other, unless that is no case at central values already.
pub fn compare(codings: &[Coding<'_>], options: &Options) -> Result<Comparison, DetenteError> {
    options.check()?;
    let mut summaries = Vec::with_capacity(codings.len());
    let mut differences = Vec::new();
    for (to, coding) in codings.iter().enumerate() {
        let assessment = assess_model(coding.model, options, |_| {})?;
        summaries.push(summary(coding, assessment));
        let first = codings[..to].iter();
        let first = first
            .enumerate()
            .find(|(_, it)| is_same(it.model, coding.model));
        if let Some((from, first)) = first {
            differences.push(difference(
                (from, first.model),
                (to, coding.model),
                options,
            )?);
        }
    }
    Ok(Comparison {
        schema: SCHEMA,
        codings: summaries,
        differences,
    })
}

fn summary(coding: &Coding<'_>, assessment: Assessment) -> CodingSummary {
    let shares = assessment.attribution.iter().flat_map(|it| &it.shares);
    let weight = |it: &BarrierShare| it.central.or(it.mean).unwrap_or(f64::NEG_INFINITY);
    // The first of those that tie.
    let largest = shares.reduce(|most, it| match weight(it) > weight(most) {
        true => it,
        false => most,
    });
    CodingSummary {
        name: coding.name.to_owned(),
        largest_share: largest.copied(),
        within_reach: assessment
            .verdict
            .chances
            .get(&Verdict::AgreementExpected)
            .copied(),
        case: assessment.subject.id,
        title: assessment.subject.title,
        verdict: assessment.verdict,
        margins: assessment.margins,
        record: assessment.record,
        reproducibility: assessment.reproducibility,
    }
}

/// Whether two models code one case.
fn is_same(one: &Model, other: &Model) -> bool {
    let (one, other) = (&one.case, &other.case);
    let frame = |case: &crate::Case| {
        let issues = case.issues.iter();
        let mut issues: Vec<(String, Vec<String>)> = issues
            .map(|(id, issue)| (id.to_owned(), sorted(issue.options.names())))
            .collect();
        issues.sort();
        (issues, sorted(case.parties.names()))
    };
    one.identity.id == other.identity.id || frame(one) == frame(other)
}

fn sorted<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut names: Vec<String> = names.map(str::to_owned).collect();
    names.sort();
    names
}

fn difference(
    (from, first): (usize, &Model),
    (to, second): (usize, &Model),
    options: &Options,
) -> Result<CodingDifference, DetenteError> {
    let units = numbers::units(first, second);
    let structure = structure::differences(first, second, &units)?;
    let mixture = mixture::Mixture::new([first, second], &units, options);
    let (one, other) = (mixture.original(0)?, mixture.original(1)?);
    let runs = [
        reached(first, options, until(first, options), None)?,
        reached(second, options, until(second, options), None)?,
    ];
    let with_structure = !structure.is_empty();
    let (effects, division) = effects::effects(&mixture, [one, other], &runs, with_structure)?;
    let mut effects = effects.into_iter();
    let structure_effect = with_structure.then(|| effects.next()).flatten();
    let mut numbers: Vec<_> = units
        .iter()
        .zip(effects)
        .map(|(unit, effect)| unit.difference([first, second], effect))
        .collect();
    // Names are sorted, and the sort is stable.
    let size = |it: &crate::assessment::NumberDifference| it.effect.share.unwrap_or_default().abs();
    numbers.sort_by(|one, other| size(other).total_cmp(&size(one)));
    Ok(CodingDifference {
        from,
        to,
        numbers,
        structure,
        structure_effect,
        margin: [one.margin, other.margin],
        verdict: [one.verdict, other.verdict],
        division,
    })
}

#[cfg(test)]
mod tests;
