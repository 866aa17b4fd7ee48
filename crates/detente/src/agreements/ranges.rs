//! What is certain of the zone of agreement, whatever payoffs are within the ranges that were coded.

use detente_payoff::{
    Certainty, DecimalScale, PayoffError, PayoffMatrix, PayoffRanges, Utility, ZoneKind,
};

use super::{Count, Negotiation};
use crate::{
    Model,
    model::{Disagreement, Input, PartyModel},
};

/// Agreements that are written out.
const LISTED: usize = 10;

/// What is certain and what is possible of the zone of agreement over all payoffs within the ranges
/// that were coded, each number in its own range. Exact: nothing is drawn.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct RangesReport {
    /// Whether some agreement gains for every party: for all payoffs in the ranges, for some, or for none.
    pub certainty: Certainty,
    /// The same at central values.
    pub at_central_values: bool,
    /// How much of the ranges, shrunk evenly towards the central values, leaves that answer certain: from 0
    /// to 1.
    pub share: f64,
    /// How many agreements gain for every party whatever payoffs are in the ranges.
    pub certain: Count,
    /// How many do for some payoffs in them and not for others.
    pub possible: Count,
    /// The first of those that certainly do, as the names of their options.
    pub certain_terms: Vec<Vec<String>>,
    /// The first of those that possibly do.
    pub possible_terms: Vec<Vec<String>>,
    /// The agreement that the answer turns on; absent where nothing can gain for every party.
    pub turns_on: Option<Vec<String>>,
    /// The party whose gain from it turns first or comes round last; absent where the answer is certain.
    pub party: Option<String>,
}

impl Negotiation {
    /// What is certain over the ranges that a case codes; absent where its payoffs are exact or have no
    /// bounds.
    pub(super) fn ranges_report(&self) -> Option<RangesReport> {
        let (ranges, packages) = self.ranges.as_ref()?;
        let opportunity = ranges.opportunity(ZoneKind::Strict);
        let zone = ranges.zone(ZoneKind::Strict);
        let terms = |agreement: &usize| packages.get(*agreement).map(|it| self.terms(it));
        let first = |list: &[usize]| list.iter().take(LISTED).filter_map(terms).collect();
        Some(RangesReport {
            certainty: opportunity.certainty,
            at_central_values: opportunity.at_central_values,
            share: opportunity.share,
            certain: Count::from(zone.certain.len() as u64),
            possible: Count::from(zone.possible.len() as u64),
            certain_terms: first(&zone.certain),
            possible_terms: first(&zone.possible),
            turns_on: opportunity.agreement.as_ref().and_then(terms),
            party: opportunity
                .party
                .and_then(|it| self.parties.get(it).cloned()),
        })
    }
}

/// The gains of every party over the ranges of a case, with its agreements; `None` where all its payoffs
/// are exact or some have no bounds.
pub(super) fn ranges(model: &Model) -> Result<Option<PayoffRanges>, PayoffError> {
    let slots = || model.parties.iter().flat_map(PartyModel::payoff_slots);
    let supports = || slots().map(|slot| model.inputs()[slot.position()].value.support());
    let exact = supports().all(|(low, high)| low >= high);
    let bounded = supports().all(|(low, high)| low.is_finite() && high.is_finite());
    if exact || !bounded {
        return Ok(None);
    }
    let corners = [End::Low, End::Central, End::High].map(|end| corner(model, end));
    let [worst, central, best] = corners;
    let (worst, central, best) = (worst?, central?, best?);
    let all = [&worst, &central, &best];
    let scale = DecimalScale::of_all(
        &all.map(|it| it.0.clone()).concat(),
        &all.map(|it| it.1.clone()).concat(),
    );
    let matrix = |(utilities, without): &Corner| {
        let whole = |utility: &Utility| match scale {
            Some(scale) => scale.utility(utility),
            None => Ok(utility.clone()),
        };
        let utilities: Vec<Utility> = utilities.iter().map(whole).collect::<Result<_, _>>()?;
        let without: Vec<f64> = { without.iter() }
            .map(|it| scale.map_or(*it, |scale| scale.whole(*it)))
            .collect();
        PayoffMatrix::tabulate(model.agreements(), &utilities, &without)
    };
    PayoffRanges::from_corners(&matrix(&worst)?, &matrix(&central)?, &matrix(&best)?).map(Some)
}

/// Every party's utility, and what it has without agreement.
type Corner = (Vec<Utility>, Vec<f64>);

/// Where gains stand in their ranges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Low,
    Central,
    High,
}

impl End {
    const fn turned(self) -> Self {
        match self {
            Self::Low => Self::High,
            Self::Central => Self::Central,
            Self::High => Self::Low,
        }
    }

    fn of(self, input: &Input) -> f64 {
        let (low, high) = input.value.support();
        match self {
            Self::Low => low,
            Self::Central => input.value.central(),
            Self::High => high,
        }
    }
}

/// The payoffs at which all gains stand at one end: payoffs there and nonagreement at the other; where
/// nonagreement is a package, what that package is paid stands at the other end too.
fn corner(model: &Model, end: End) -> Result<Corner, PayoffError> {
    let mut values = model.central();
    for party in &model.parties {
        let own = match party.nonagreement {
            Disagreement::State(position) => model.agreements().get(position),
            Disagreement::Payoff(_) => None,
        };
        for slot in party.payoff_slots() {
            let opposes = match own {
                Some(package) => party.payoff.is_paid_at(slot, package),
                None => party.is_nonagreement(slot),
            };
            let end = if opposes { end.turned() } else { end };
            values[slot.position()] = end.of(&model.inputs()[slot.position()]);
        }
    }
    let utilities: Vec<Utility> = { model.parties.iter() }
        .map(|party| party.payoff.utility(&values))
        .collect::<Result<_, _>>()?;
    let without = { model.parties.iter().zip(&utilities) }
        .map(|(party, utility)| super::negotiation::without(party, utility, model, &values))
        .collect::<Result<_, _>>()?;
    Ok((utilities, without))
}
