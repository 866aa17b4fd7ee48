//! What each party could do alone, and how it would be read.

use detente_reassurance::{Prize, Screening, TiedHands, sunk_cost};

use super::{judge::CaseJudge, rungs::mimic};
use crate::{
    DetenteError,
    assessment::{Gesture, Gestures},
};

/// How many gestures of a party are listed.
const LISTED: usize = 10;

/// By party with types both that would keep the full agreement and that would break it: the gestures it
/// could make, each an agreement whose part it carries out while nothing is given in return.
///
/// O(rungs · parties · log rungs).
pub(super) fn gestures(judge: &CaseJudge<'_>) -> Result<Vec<Gestures>, DetenteError> {
    let mut found = Vec::new();
    for party in 0..judge.world.parties.len() {
        if let Some(prize) = prize(judge, party)? {
            found.push(of_party(judge, party, prize)?);
        }
    }
    Ok(found)
}

/// What being trusted from the next period on is worth: to the least eager of the types that would keep
/// the full agreement, and to the keenest of those that would break it.
fn prize(judge: &CaseJudge<'_>, party: usize) -> Result<Option<Prize>, DetenteError> {
    let world = &judge.world.parties[party];
    let Some(full) = judge.rungs.get(judge.target()) else {
        return Ok(None);
    };
    let unit = judge.unit(party);
    let (mut keepers, mut breakers) = (Vec::new(), Vec::new());
    for (kind, &keeps) in world.types.iter().zip(&full.sides[party].honours) {
        let stakes = world.stakes(full.agreement, Some(kind))?;
        let won = kind.patience.get() * mimic(kind).prospect([stakes]) / unit;
        let list = if keeps { &mut keepers } else { &mut breakers };
        list.push(won);
    }
    let least = keepers.into_iter().reduce(f64::min);
    let most = breakers.into_iter().reduce(f64::max);
    Ok(least.zip(most).map(|(trustworthy, untrustworthy)| Prize {
        trustworthy,
        untrustworthy,
    }))
}

fn of_party(judge: &CaseJudge<'_>, party: usize, prize: Prize) -> Result<Gestures, DetenteError> {
    let mut listed = Vec::new();
    for rung in &judge.rungs {
        let cost = rung.sides[party].exposure;
        // Smaller shares of one agreement are the same gesture in small.
        if cost > 0.0 && rung.share >= 1.0 {
            listed.push((cost, sunk_cost(cost, prize)?, rung.agreement));
        }
    }
    let read = |as_what: Screening| listed.iter().filter(|it| it.1 == as_what).count();
    let mut found = Gestures {
        party: judge.model.party_id(party).to_owned(),
        costs_at_least: prize.untrustworthy,
        costs_at_most: prize.trustworthy,
        believed: read(Screening::Separates),
        too_cheap: read(Screening::TooCheap),
        too_dear: read(Screening::TooDear),
        perverse: read(Screening::Perverse),
        tied_hands: tied_hands(judge, party)?,
        listed: Vec::new(),
        count: listed.len(),
    };
    let believed = |reading: Screening| reading == Screening::Separates;
    listed.sort_by(|one, other| {
        let first = believed(other.1).cmp(&believed(one.1));
        first
            .then(one.0.total_cmp(&other.0))
            .then(one.2.cmp(&other.2))
    });
    let named = listed.into_iter().take(LISTED);
    found.listed = named
        .map(|(cost, reading, agreement)| Gesture {
            terms: judge.model.terms(agreement),
            cost,
            reading,
        })
        .collect();
    Ok(found)
}

/// What a breach of the full agreement must cost, where it is seen, for every type to keep it; `None` where it is
/// never seen of a type that is tempted.
fn tied_hands(judge: &CaseJudge<'_>, party: usize) -> Result<Option<f64>, DetenteError> {
    let world = &judge.world.parties[party];
    let agreement = judge
        .rungs
        .get(judge.target())
        .map_or(0, |full| full.agreement);
    let mut most = 0.0_f64;
    for kind in &world.types {
        let stakes = world.stakes(agreement, Some(kind))?;
        let tempted = TiedHands::enough_for(&stakes)?.audience_cost();
        let seen = kind.detection.get();
        if tempted > 0.0 && seen <= 0.0 {
            return Ok(None);
        }
        if tempted > 0.0 {
            most = most.max(tempted / seen / judge.unit(party));
        }
    }
    Ok(Some(most).filter(|it| it.is_finite()))
}
