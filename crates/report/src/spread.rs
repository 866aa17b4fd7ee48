//! How far draws differ, and the assessment without its draws where they cannot.

use detente::{
    Assessment,
    assessment::{AgreementSet, Chance},
};

/// What draws add to the central run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spread {
    /// Nothing: none were made.
    Unknown,
    /// Nothing: no number is uncertain and every draw says what the central run says.
    Exact,
    /// How sure the answer is.
    Drawn,
}

impl Spread {
    pub(crate) fn of(assessment: &Assessment) -> Self {
        let verdict = &assessment.verdict;
        let Some(central) = verdict.chances.get(&verdict.central) else {
            return match verdict.chances.is_empty() {
                true => Self::Unknown,
                false => Self::Drawn,
            };
        };
        let agree = |chance: &Chance| chance.estimate <= 0.0 || chance.estimate >= 1.0;
        let certain = central.estimate >= 1.0 && chances(assessment).into_iter().all(agree);
        if certain && assessment.evidence.uncertain == 0 {
            Self::Exact
        } else {
            Self::Drawn
        }
    }
}

/// Every chance that a page shows. O(stages + offers).
fn chances(assessment: &Assessment) -> Vec<&Chance> {
    let (record, readings, errors) = (&assessment.record, &assessment.readings, &assessment.errors);
    let sets = [
        &readings.compatible_preferences,
        &readings.preferred_as_held,
        &readings.would_have_preferred,
        &errors.accepted_as_held,
        &errors.misplaced_trust,
        &errors.accepted_without_warrant,
    ];
    let offers = assessment.proposals.iter().flat_map(|it| &it.barriers);
    let attribution = assessment.attribution.iter();
    let mut list: Vec<&Chance> = assessment.verdict.chances.values().collect();
    list.extend(
        assessment
            .funnel
            .iter()
            .filter_map(|it| it.nonempty.as_ref()),
    );
    list.extend(sets.into_iter().filter_map(|it| it.nonempty.as_ref()));
    list.extend(offers.filter_map(|it| it.chance.as_ref()));
    list.extend(record.agreement_expected.iter().chain(&record.explains));
    list.extend(attribution.flat_map(|it| it.counted.iter().chain(&it.conflict_of_interest)));
    list
}

/// The assessment as it would be without draws.
pub(crate) fn without_draws(assessment: &Assessment) -> Assessment {
    let mut bare = assessment.clone();
    bare.verdict.probabilities.clear();
    bare.verdict.chances.clear();
    for stage in &mut bare.funnel {
        (stage.nonempty, stage.over_draws) = (None, None);
    }
    for margin in &mut bare.margins {
        (margin.passes, margin.over_draws) = (None, None);
        margin.clears.clear();
    }
    bare.record.agreement_expected = None;
    bare.record.explains = None;
    let (readings, errors) = (&mut bare.readings, &mut bare.errors);
    let sets: [&mut AgreementSet; 6] = [
        &mut readings.compatible_preferences,
        &mut readings.preferred_as_held,
        &mut readings.would_have_preferred,
        &mut errors.accepted_as_held,
        &mut errors.misplaced_trust,
        &mut errors.accepted_without_warrant,
    ];
    sets.into_iter().for_each(|set| set.nonempty = None);
    for point in bare.beliefs.iter_mut().flat_map(|it| &mut it.points) {
        (point.warranted.band, point.held.band) = (None, None);
    }
    let offers = bare.proposals.iter_mut().flat_map(|it| &mut it.barriers);
    for check in offers.chain(&mut bare.record.agreed_barriers) {
        check.chance = None;
    }
    bare.attribution = bare.attribution.filter(|it| it.central.is_some());
    if let Some(attribution) = &mut bare.attribution {
        (attribution.mean, attribution.counted) = (None, None);
        attribution.conflict_of_interest = None;
        for share in &mut attribution.shares {
            (share.mean, share.mean_range, share.standard_error) = (None, None, None);
        }
        attribution
            .waterfall
            .iter_mut()
            .for_each(|it| it.mean = None);
        for party in &mut attribution.parties {
            party.mean = None;
            party.obstacles.iter_mut().for_each(|it| it.mean = None);
        }
    }
    bare
}
