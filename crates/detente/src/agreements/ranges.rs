//! What is certain of the zone of agreement, whatever payoffs are within the ranges that were coded.

use detente_payoff::{Certainty, PayoffError, PayoffMatrix, PayoffRanges, Utility, ZoneKind};

use super::{Count, Negotiation, analysis::strict_zone};
use crate::{
    DetenteError, Model,
    model::{Corner, Side},
};

/// Agreements that are written out.
const LISTED: usize = 10;

/// More agreements than this are not listed, and of the answer it is not told what it turns on.
const MOST_LISTED: u128 = 100_000;

/// What is certain and what is possible of the zone of agreement over all payoffs within the ranges
/// that were coded, each number in its own range. Exact: nothing is drawn.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct RangesReport {
    /// Whether some agreement gains for every party: for all payoffs in the ranges, for some, or for none;
    /// absent where that took too much to find out.
    pub certainty: Option<Certainty>,
    /// How many agreements gain for every party whatever payoffs are in the ranges; absent where they are
    /// too many to count.
    pub certain: Option<Count>,
    /// How many do for some payoffs in them and not for others; absent as above.
    pub possible: Option<Count>,
    /// The first of those that certainly do, as the names of their options.
    pub certain_terms: Vec<Vec<String>>,
    /// The first of those that possibly do.
    pub possible_terms: Vec<Vec<String>>,
    /// How the answer hangs on the ranges; absent where agreements are too many to list.
    pub turning: Option<Turning>,
}

/// How an answer hangs on the ranges.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Turning {
    /// Whether some agreement gains for every party at central values.
    pub at_central_values: bool,
    /// How much of the ranges, shrunk evenly towards the central values, leaves that answer certain: from 0
    /// to 1.
    pub share: f64,
    /// The agreement that the answer turns on; absent where nothing can gain for every party.
    pub agreement: Option<Vec<String>>,
    /// The party whose gain from it turns first or comes round last; absent where the answer is certain.
    pub party: Option<String>,
}

/// Every party's payoffs at one point of their ranges.
#[derive(Debug, Clone, PartialEq)]
pub struct Payoffs {
    /// By party, what agreements are worth to it.
    pub utilities: Vec<Utility>,
    /// By party, what it has without agreement.
    pub nonagreement: Vec<f64>,
}

/// The two corners of the ranges of payoffs that answer for all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct GainCorners {
    /// Where every gain from every agreement over none is at its least.
    pub worst: Payoffs,
    /// Where every one is at its greatest.
    pub best: Payoffs,
}

impl Negotiation {
    /// What is certain over the ranges of payoffs; `None` where payoffs are exact or have no bounds.
    ///
    /// Cost: as finding the zone of agreement, three times.
    pub(super) fn ranges_report(&self) -> Result<Option<RangesReport>, DetenteError> {
        let Some(corners) = &self.corners else {
            return Ok(None);
        };
        let count = self.space.combinations();
        match count.is_some_and(|it| it <= MOST_LISTED) {
            true => self.listed_ranges(corners).map(Some),
            false => self.counted_ranges(corners).map(Some),
        }
    }

    fn listed_ranges(&self, corners: &GainCorners) -> Result<RangesReport, DetenteError> {
        let packages = self.space.enumerate()?;
        let central = Payoffs {
            utilities: self.utilities.clone(),
            nonagreement: self.nonagreement.clone(),
        };
        let points = [&corners.worst, &central, &corners.best];
        let matrix = |payoffs: &Payoffs| {
            PayoffMatrix::tabulate(&packages, &payoffs.utilities, &payoffs.nonagreement)
        };
        let [worst, central, best] = points.map(matrix);
        let ranges = PayoffRanges::from_corners(&worst?, &central?, &best?)?;
        let opportunity = ranges.opportunity(ZoneKind::Strict);
        let zone = ranges.zone(ZoneKind::Strict);
        let terms = |agreement: &usize| packages.get(*agreement).map(|it| self.terms(it));
        let first = |list: &[usize]| list.iter().take(LISTED).filter_map(terms).collect();
        let party = opportunity.party.and_then(|it| self.parties.get(it));
        Ok(RangesReport {
            certainty: Some(opportunity.certainty),
            certain: Some(Count::from(zone.certain.len() as u64)),
            possible: Some(Count::from(zone.possible.len() as u64)),
            certain_terms: first(&zone.certain),
            possible_terms: first(&zone.possible),
            turning: Some(Turning {
                at_central_values: opportunity.at_central_values,
                share: opportunity.share,
                agreement: opportunity.agreement.as_ref().and_then(terms),
                party: party.cloned(),
            }),
        })
    }

    /// The same without listing agreements, from the zones at the two corners.
    fn counted_ranges(&self, corners: &GainCorners) -> Result<RangesReport, DetenteError> {
        let zone = |payoffs: &Payoffs| {
            strict_zone(&Self {
                utilities: payoffs.utilities.clone(),
                nonagreement: payoffs.nonagreement.clone(),
                corners: None,
                ..self.clone()
            })
        };
        let (worst, best) = (zone(&corners.worst)?, zone(&corners.best)?);
        let certainty = match (worst.0, best.0) {
            (Some(true), _) => Some(Certainty::Certain),
            (_, Some(false)) => Some(Certainty::None),
            (Some(false), Some(true)) => Some(Certainty::Possible),
            _ => None,
        };
        let number = |count: &Option<Count>| count.as_ref()?.digits().parse::<u128>().ok();
        let more = number(&best.1).zip(number(&worst.1));
        Ok(RangesReport {
            certainty,
            certain: worst.1,
            possible: more.and_then(|(best, worst)| best.checked_sub(worst).map(Count::from)),
            certain_terms: Vec::new(),
            possible_terms: Vec::new(),
            turning: None,
        })
    }
}

/// The corners of the ranges of a case; `None` where all its payoffs are exact or some have no bounds.
pub(super) fn corners(model: &Model) -> Result<Option<GainCorners>, PayoffError> {
    if !model.have_ranges(model.payoff_slots()) {
        return Ok(None);
    }
    let [worst, best] = [Side::Worst, Side::Best].map(|side| corner(model, side));
    Ok(Some(GainCorners {
        worst: worst?,
        best: best?,
    }))
}

fn corner(model: &Model, side: Side) -> Result<Payoffs, PayoffError> {
    let mut values = model.central();
    model.put_gains(Corner { side, share: 1.0 }, &mut values);
    let utilities: Vec<Utility> = { model.parties.iter() }
        .map(|party| party.payoff.utility(&values))
        .collect::<Result<_, _>>()?;
    let nonagreement = { model.parties.iter().zip(&utilities) }
        .map(|(party, utility)| super::negotiation::without(party, utility, model, &values))
        .collect::<Result<_, _>>()?;
    Ok(Payoffs {
        utilities,
        nonagreement,
    })
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::agreements::{NamedIssue, NegotiationParts};

    fn payoffs(numbers: &[i8], without: &[i8]) -> Payoffs {
        let utility = |of: &[i8]| {
            let numbers: Vec<f64> = of.iter().map(|it| f64::from(*it) / 10.0).collect();
            Utility::additive(0.0, numbers.chunks(2).map(<[f64]>::to_vec).collect()).unwrap()
        };
        Payoffs {
            utilities: vec![utility(&numbers[..6]), utility(&numbers[6..])],
            nonagreement: without.iter().map(|it| f64::from(*it) / 10.0).collect(),
        }
    }

    proptest! {
        /// Agreements in a list, and issue by issue.
        #[test]
        fn listing_and_counting_agree(
            numbers in vec((-9..9_i8, 0..4_i8), 12), without in vec((-9..9_i8, 0..4_i8), 2),
        ) {
            let ends = |of: &[(i8, i8)], low: i8, high: i8| -> Vec<i8> {
                of.iter().map(|(mid, reach)| mid - low * reach + high * reach).collect()
            };
            let at = |low, high| payoffs(&ends(&numbers, low, high), &ends(&without, high, low));
            let central = at(0, 0);
            let issue = |name: &str| NamedIssue {
                name: name.to_owned(),
                options: vec!["a".to_owned(), "b".to_owned()],
            };
            let negotiation = Negotiation::of_parts(NegotiationParts {
                title: "x".to_owned(),
                parties: vec!["p".to_owned(), "q".to_owned()],
                issues: ["i", "j", "k"].map(issue).to_vec(),
                utilities: central.utilities,
                nonagreement: central.nonagreement,
                ranked: vec![false; 2],
                corners: Some(GainCorners { worst: at(1, 0), best: at(0, 1) }),
                notes: Vec::new(),
            })?;
            let corners = negotiation.corners.as_ref().unwrap();
            let listed = negotiation.listed_ranges(corners)?;
            let counted = negotiation.counted_ranges(corners)?;
            prop_assert_eq!(listed.certainty, counted.certainty);
            prop_assert_eq!((listed.certain, listed.possible), (counted.certain, counted.possible));
        }
    }
}
