//! Ways of judging which barrier a failure is owed to, whom each names, and whether they agree.

use detente::{
    Assessment,
    assessment::{Attribution, Barrier, BarrierCause, Chance, Verdict},
};

/// A way of judging which barrier a failure is owed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// The verdict at central values.
    CentralVerdict,
    /// Of the verdicts over draws that name a removable barrier, the one of most.
    CommonestVerdict,
    /// The largest Shapley share at central values.
    CentralShare,
    /// The largest mean Shapley share over draws.
    MeanShare,
    /// The greatest probability of necessity.
    Necessity,
    /// The greatest probability of sufficiency.
    Sufficiency,
    /// The greatest degree of responsibility.
    Responsibility,
}

/// The barriers that one way names: more than one where they tie, or where draws cannot tell them
/// apart; none where every barrier counts for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub(crate) way: Way,
    pub(crate) barriers: Vec<Barrier>,
}

/// A barrier's weight in one way of judging, with its standard error.
type Weight = (Barrier, f64, f64);

/// What every way that has something to go by names, in the order of [`Way`].
pub(crate) fn judgements(assessment: &Assessment, attribution: &Attribution) -> Vec<Judgement> {
    let central = attribution.central.is_some();
    let shares = &attribution.shares;
    let verdict = assessment.verdict.central.barrier();
    let named = verdict.filter(|barrier| central && Barrier::REMOVABLE.contains(barrier));
    let verdicts = Verdict::ALL.into_iter().filter_map(|verdict| {
        let barrier = verdict.barrier()?;
        let chance = assessment.verdict.chances.get(&verdict)?;
        let removable = Barrier::REMOVABLE.contains(&barrier);
        removable.then_some((barrier, chance.estimate, chance.standard_error))
    });
    let at_centre = shares
        .iter()
        .filter_map(|it| Some((it.barrier, it.central?, 0.0)));
    let over_draws = shares.iter().filter_map(|it| {
        let error = it.standard_error.unwrap_or_default();
        Some((it.barrier, it.mean?, error))
    });
    let causes = &attribution.causes;
    let by = |of: fn(&BarrierCause) -> Option<Chance>| -> Vec<Weight> {
        let weights = causes.iter().filter_map(|it| {
            let chance = of(it)?;
            Some((it.barrier, chance.estimate, chance.standard_error))
        });
        weights.collect()
    };
    let responsible = causes
        .iter()
        .filter_map(|it| Some((it.barrier, it.responsibility?, 0.0)));
    let ways = [
        (
            Way::CentralVerdict,
            named.map(|it| (it, 1.0, 0.0)).into_iter().collect(),
        ),
        (Way::CommonestVerdict, verdicts.collect()),
        (Way::CentralShare, at_centre.collect()),
        (Way::MeanShare, over_draws.collect()),
        (Way::Necessity, by(|it| it.necessary)),
        (Way::Sufficiency, by(|it| it.sufficient)),
        (Way::Responsibility, responsible.collect()),
    ];
    let heard = ways.into_iter().filter(|(_, weights)| !weights.is_empty());
    let judged = heard.map(|(way, weights)| Judgement {
        way,
        barriers: heaviest(&weights),
    });
    judged.collect()
}

/// The heaviest, and all that two standard errors do not tell from it.
fn heaviest(weights: &[Weight]) -> Vec<Barrier> {
    let heaviest = weights
        .iter()
        .max_by(|one, other| one.1.total_cmp(&other.1));
    let Some(&(_, most, error)) = heaviest.filter(|it| it.1 > 0.0) else {
        return Vec::new();
    };
    let ties = |&&(_, weight, own): &&Weight| {
        weight > 0.0 && most - weight <= 1e-9 + 2.0 * f64::hypot(error, own)
    };
    let tied = weights.iter().filter(ties);
    tied.map(|(barrier, ..)| *barrier).collect()
}

/// The barriers that every way names, of those that name any.
pub(crate) fn common(judgements: &[Judgement]) -> Vec<Barrier> {
    let mut named = judgements.iter().filter(|it| !it.barriers.is_empty());
    let Some(first) = named.next() else {
        return Vec::new();
    };
    let rest: Vec<&Judgement> = named.collect();
    let common = first.barriers.iter().copied();
    common
        .filter(|barrier| rest.iter().all(|it| it.barriers.contains(barrier)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    use Barrier::{Anarchy, Misperception, PrudentDistrust};

    #[test]
    fn what_draws_cannot_tell_apart_is_named_together() {
        for (weights, expected) in [
            (
                vec![(Anarchy, 0.5, 0.0), (Misperception, 0.5, 0.0)],
                vec![Anarchy, Misperception],
            ),
            (
                vec![(Anarchy, 0.5, 0.01), (Misperception, 0.48, 0.01)],
                vec![Anarchy, Misperception],
            ),
            (
                vec![(Anarchy, 0.5, 0.01), (Misperception, 0.4, 0.01)],
                vec![Anarchy],
            ),
            (
                vec![(Anarchy, 0.01, 0.1), (Misperception, 0.0, 0.0)],
                vec![Anarchy],
            ),
            (vec![(Anarchy, 0.0, 0.0)], vec![]),
            (vec![], vec![]),
        ] {
            assert_eq!(heaviest(&weights), expected, "{weights:?}");
        }
    }

    #[test]
    fn ways_that_name_nobody_do_not_disagree() {
        let judged = |way, barriers: &[Barrier]| Judgement {
            way,
            barriers: barriers.to_vec(),
        };
        let mut list = vec![
            judged(Way::CentralVerdict, &[PrudentDistrust]),
            judged(Way::CentralShare, &[PrudentDistrust, Anarchy]),
            judged(Way::Necessity, &[]),
        ];
        assert_eq!(common(&list), [PrudentDistrust]);
        list.push(judged(Way::Sufficiency, &[Anarchy]));
        assert_eq!(common(&list), []);
        assert_eq!(common(&[]), []);
    }
}
