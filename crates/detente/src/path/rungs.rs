//! The partial agreements of a case as rungs: what each is to every party, and what keeping it shows.

use detente_quantity::{Probability, Stakes};
use detente_reassurance::{Mimic, ReassuranceError};
use detente_reciprocity::{honour_margin, honours};
use detente_reputation::{Act, Evidence, ReputationError, Tone};

use super::{Partners, PathOptions};
use crate::{
    DetenteError,
    evaluate::{Conduct, PartyWorld, TypeWorld, World, signed},
    model::Model,
};

/// More partial agreements than this are refused: their stakes would take up gigabytes.
const MOST_RUNGS: usize = 200_000;

/// A partial agreement at a share of its stakes.
#[derive(Debug)]
pub(super) struct Rung {
    pub(super) agreement: usize,
    pub(super) share: f64,
    /// By party.
    pub(super) sides: Vec<Side>,
}

/// What a rung is to one party, and what the party's keeping it shows to others.
#[derive(Debug)]
pub(super) struct Side {
    pub(super) payoff: f64,
    /// What it gets by its own conduct.
    pub(super) conduct: Conduct,
    /// Whether it would keep it itself, and by how much in shares of its span.
    pub(super) keeps: (bool, f64),
    /// By type: whether it would keep the rung for its own sake.
    pub(super) honours: Vec<bool>,
    /// By type: whether it surely breaks it, as it does the full agreement where it does not keep it for its own sake:
    /// nothing follows that it could wait for.
    pub(super) breaks: Vec<bool>,
    /// What is gained if all keep it and lost if another does not, in units of the gain from the full
    /// agreement.
    pub(super) gain: f64,
    pub(super) exposure: f64,
}

/// Every partial agreement at every share, the full agreement last.
///
/// A partial agreement is one that exposes no party to more than the full one does: good faith is tested
/// at limited cost (claim C-06).
///
/// O(agreements · shares · parties · types).
pub(super) fn rungs(
    model: &Model,
    world: &World,
    target: usize,
    options: &PathOptions,
) -> Result<Vec<Rung>, DetenteError> {
    let mut shares = options.shares.clone();
    shares.sort_by(f64::total_cmp);
    shares.dedup();
    let mut places = Vec::new();
    for agreement in 0..model.agreements.len() {
        for &share in &shares {
            let full = agreement == target && share >= 1.0;
            if !full && is_partial(world, target, (agreement, share)) {
                places.push((agreement, share));
            }
        }
    }
    places.push((target, 1.0));
    if places.len() > MOST_RUNGS {
        return Err(ReassuranceError::TooMany {
            what: "partial agreements",
            given: places.len(),
            limit: MOST_RUNGS,
        }
        .into());
    }
    let prospects = prospects(world, &places)?;
    let rung = |&(agreement, share): &(usize, f64)| {
        let sides = world.parties.iter().zip(&prospects);
        let sides = sides.map(|(party, prospects)| {
            let at = Place {
                agreement,
                share,
                target,
            };
            side(party, at, prospects, options.partners)
        });
        Ok(Rung {
            agreement,
            share,
            sides: sides.collect::<Result<_, DetenteError>>()?,
        })
    };
    places.iter().map(rung).collect()
}

fn is_partial(world: &World, target: usize, (agreement, share): (usize, f64)) -> bool {
    world
        .parties
        .iter()
        .all(|party| share * party.exposure[agreement] <= party.exposure[target].max(0.0))
}

/// By party and type, the most that any sequence of rungs is worth to it.
fn prospects(world: &World, places: &[(usize, f64)]) -> Result<Vec<Vec<f64>>, DetenteError> {
    let of = |party: &PartyWorld, kind: &TypeWorld| {
        let mut most = 0.0_f64;
        for &(agreement, share) in places {
            let stakes = scaled(party.stakes(agreement, Some(kind))?, share)?;
            most = most.max(mimic(kind).prospect([stakes]));
        }
        Ok(most)
    };
    let party = |party: &PartyWorld| party.types.iter().map(|kind| of(party, kind)).collect();
    world.parties.iter().map(party).collect()
}

pub(super) fn mimic(kind: &TypeWorld) -> Mimic {
    Mimic {
        detection: kind.detection,
        patience: kind.patience,
    }
}

/// Where a rung stands, and where it is to lead.
#[derive(Clone, Copy)]
struct Place {
    agreement: usize,
    share: f64,
    target: usize,
}

impl Place {
    fn is_full(self) -> bool {
        self.agreement == self.target && self.share >= 1.0
    }
}

fn side(
    party: &PartyWorld,
    at: Place,
    prospects: &[f64],
    partners: Partners,
) -> Result<Side, DetenteError> {
    let stakes = |kind| scaled(party.stakes(at.agreement, kind)?, at.share);
    let (mut honour, mut breaks) = (Vec::new(), Vec::new());
    for (kind, &prospect) in party.types.iter().zip(prospects) {
        let stakes = stakes(Some(kind))?;
        let keeps = honours(&stakes, kind.detection, kind.patience);
        honour.push(keeps);
        breaks.push(
            !keeps
                && match partners {
                    Partners::AtFaceValue => true,
                    Partners::Strategic => {
                        at.is_full() || mimic(kind).surely_breaks(&stakes, prospect)
                    }
                },
        );
    }
    let own = party.true_type.and_then(|place| party.types.get(place));
    let truly = stakes(own)?;
    let keeps = match own {
        None => (true, f64::INFINITY),
        Some(kind) => {
            let keeps = honours(&truly, kind.detection, kind.patience);
            let by = honour_margin(&truly, kind.detection, kind.patience);
            (keeps, signed(keeps, by * party.scale()))
        }
    };
    let unit = party.payoff[at.target] - party.nonagreement;
    Ok(Side {
        payoff: truly.r(),
        conduct: match keeps.0 {
            true => Conduct::honouring(&truly),
            false => Conduct::cheating(&truly),
        },
        keeps,
        honours: honour,
        breaks,
        gain: (truly.r() - truly.p()) / unit,
        exposure: ((truly.p() - truly.s()) / unit).max(0.0),
    })
}

/// The stakes at a share of what is over nonagreement; as they stand at 1.
fn scaled(stakes: Stakes, share: f64) -> Result<Stakes, DetenteError> {
    if share >= 1.0 {
        return Ok(stakes);
    }
    let none = stakes.p();
    let at = |payoff: f64| none + share * (payoff - none);
    Ok(Stakes::new(
        at(stakes.t()),
        at(stakes.r()),
        none,
        at(stakes.s()),
    )?)
}

/// What a party's conduct at a rung is as evidence to those who watch for a period.
#[derive(Debug)]
pub(super) struct Shown {
    /// Seen to be kept; `None` where it tells no types apart.
    pub(super) kept: Option<Act>,
    /// Seen to be broken; `None` where none of its types would break it.
    pub(super) broken: Option<Act>,
}

/// A type that breaks the rung is seen to with chance `m`; one that keeps it is taken to have broken it with
/// chance `misread`. Where a type may do either, what it keeps shows nothing of it.
pub(super) fn shown(
    party: &PartyWorld,
    side: &Side,
    misread: Probability,
) -> Result<Shown, ReputationError> {
    let seen = |breaks: &[bool]| -> Vec<f64> {
        let chances = party.types.iter().zip(breaks);
        let chance = |(kind, breaks): (&TypeWorld, &bool)| match breaks {
            true => kind.detection.get(),
            false => 0.0,
        };
        // Either may happen: being seen, and being misread.
        let or_misread = |seen: f64| seen + misread.get() * (1.0 - seen);
        chances.map(chance).map(or_misread).collect()
    };
    let act = |tone, chances: Vec<f64>| {
        let chances = chances.into_iter().map(Probability::saturating).collect();
        Evidence::likelihoods(chances, Probability::ZERO).map(|it| Act::new(tone, it))
    };
    let telling = |chances: &[f64]| {
        chances
            .windows(2)
            .any(|pair| pair[0].total_cmp(&pair[1]).is_ne())
    };
    let kept: Vec<f64> = seen(&side.breaks).iter().map(|seen| 1.0 - seen).collect();
    let would_break: Vec<bool> = side.honours.iter().map(|keeps| !keeps).collect();
    let broken = seen(&would_break);
    Ok(Shown {
        kept: telling(&kept)
            .then(|| act(Tone::Cooperative, kept))
            .transpose()?,
        broken: telling(&broken)
            .then(|| act(Tone::Hostile, broken))
            .transpose()?,
    })
}
