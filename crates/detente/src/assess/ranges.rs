//! What of the funnel is certain over the ranges of what parties want and face.
//!
//! At an agreement that a party prefers to none, U > d, every barrier is the easier the larger its gain
//! U − d, its patience δ and its detection m are, and the smaller its temptation t and exposure e:
//!
//! - it honours iff (1 − δ) t ≤ δ m (U − d), for each type that it may be;
//! - so the trust h of others, the sum of beliefs in its types that honour, rises with the same numbers;
//! - it accepts iff h (U − d) > (1 − h) e, of which the left less the right rises in h as U − d + e, or
//!   is above 0 for every h where that is negative.
//!
//! All agreements are therefore at their worst together at one corner of the ranges, and at their best at
//! another, and two corners answer for all between: an agreement gets past the first k barriers for
//! certain iff one does at the worst corner, and possibly iff one does at the best. Types that a party may
//! truly have been are no range; every combination of them is looked at.

use detente_payoff::Certainty;

use crate::{
    DetenteError,
    assessment::{Barrier, BarrierOverRanges, OverRanges},
    evaluate::{World, survey},
    model::{Chances, Corner, Model, Side, Slot},
    quantity::Date,
};

/// More combinations of true types are not looked at.
const MOST_TYPES: usize = 256;

/// Halvings that find the share of the ranges at which the verdict turns.
const HALVINGS: usize = 30;

/// What of the funnel is certain; `None` where nothing that parties want or face has a range, a range has
/// no ends, or no one point of the ranges is the worst for all agreements.
///
/// Cost: O(combinations of types × (agreements × parties × issues + acts × types)), some sixty times.
pub(super) fn over_ranges(model: &Model, until: Date) -> Result<Option<OverRanges>, DetenteError> {
    let Some(types) = true_types(model) else {
        return Ok(None);
    };
    if !model.have_ranges(model.stake_slots()) {
        return Ok(None);
    }
    let ends = Ends {
        model,
        until,
        types,
    };
    let Some(whole) = ends.reached(1.0)? else {
        return Ok(None);
    };
    let fronts = { model.parties.iter().enumerate() }
        .filter(|(_, party)| party.home.is_some())
        .map(|(idx, _)| model.party_id(idx).to_owned());
    Ok(Some(OverRanges {
        barriers: ends.barriers(whole),
        same_within: ends.same_within()?,
        types: ends.types.len(),
        home_fronts: fronts.collect(),
    }))
}

/// How many barriers the agreement that comes furthest gets past, wherever the numbers are in their
/// ranges: at the least and at the most.
type Reach = (usize, usize);

struct Ends<'m> {
    model: &'m Model,
    until: Date,
    /// Every combination of types that parties may truly have been of.
    types: Vec<Vec<Option<usize>>>,
}

impl Ends<'_> {
    /// The barriers that the ends of the ranges answer for.
    fn answered(&self) -> usize {
        let fronts = self.model.parties.iter().any(|party| party.home.is_some());
        if fronts { 3 } else { Barrier::ALL.len() }
    }

    fn barriers(&self, (least, most): Reach) -> Vec<BarrierOverRanges> {
        let certainty = |past: usize| {
            if past <= least {
                Some(Certainty::Certain)
            } else if past <= most {
                Some(Certainty::Possible)
            } else {
                // Where none gets past the last barrier that is answered, none gets past the rest; where
                // some does, the rest is open.
                (most < self.answered()).then_some(Certainty::None)
            }
        };
        let barriers = Barrier::ALL.into_iter().enumerate();
        barriers
            .filter_map(|(idx, barrier)| {
                let certainty = certainty(idx + 1)?;
                Some(BarrierOverRanges { barrier, certainty })
            })
            .collect()
    }

    /// The share of the ranges within which agreements stop at the same barrier, parties being of their
    /// likeliest types; `None` where no one point of some share is the worst or the best for all agreements,
    /// though one of the whole is.
    fn same_within(&self) -> Result<Option<f64>, DetenteError> {
        let likeliest = Self {
            types: vec![likeliest(self.model, self.until)?],
            ..*self
        };
        let same = |share: f64| {
            let reached = likeliest.reached(share)?;
            Ok::<_, DetenteError>(reached.map(|(least, most)| least == most))
        };
        if same(1.0)? == Some(true) {
            return Ok(Some(1.0));
        }
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..HALVINGS {
            let middle = (low + high) / 2.0;
            match same(middle)? {
                Some(true) => low = middle,
                Some(false) => high = middle,
                None => return Ok(None),
            }
        }
        Ok(Some(low))
    }

    /// How far agreements come over a share of the ranges; `None` where no one point is worst or best.
    fn reached(&self, share: f64) -> Result<Option<Reach>, DetenteError> {
        let worst = self.past(Corner {
            side: Side::Worst,
            share,
        })?;
        let best = self.past(Corner {
            side: Side::Best,
            share,
        })?;
        let (Some(worst), Some(best)) = (worst, best) else {
            return Ok(None);
        };
        let (least, most) = (worst.iter().min(), best.iter().max());
        Ok(least.copied().zip(most.copied()))
    }

    /// By combination of types, the barriers that some agreement gets past at a corner.
    fn past(&self, corner: Corner) -> Result<Option<Vec<usize>>, DetenteError> {
        let mut values = self.model.central();
        if !self.model.put_stakes(corner, &mut values)? {
            return Ok(None);
        }
        let past = past(self.model, &values, self.until, &self.types)?;
        let past = past.into_iter().map(|it| it.min(self.answered()));
        Ok(Some(past.collect()))
    }
}

/// By combination of true types, how many barriers the agreement that comes furthest gets past.
fn past(
    model: &Model,
    values: &[f64],
    until: Date,
    types: &[Vec<Option<usize>>],
) -> Result<Vec<usize>, DetenteError> {
    let mut world = World::default();
    world.fill(model, values, until, |_| None)?;
    let mut past = Vec::with_capacity(types.len());
    for types in types {
        for (party, kind) in world.parties.iter_mut().zip(types) {
            party.true_type = *kind;
        }
        let survivors = survey(model, &world, |_, _, _, _| {})?.survivors;
        past.push(
            survivors[1..]
                .iter()
                .take_while(|&&count| count > 0)
                .count(),
        );
    }
    Ok(past)
}

/// The types that parties are likeliest to have been of, at central values.
fn likeliest(model: &Model, until: Date) -> Result<Vec<Option<usize>>, DetenteError> {
    let mut world = World::default();
    world.fill(model, &model.central(), until, |_| None)?;
    Ok(world.parties.iter().map(|party| party.true_type).collect())
}

/// Every combination of types that parties may truly have been of; `None` where they are very many.
fn true_types(model: &Model) -> Option<Vec<Vec<Option<usize>>>> {
    let mut combinations = vec![Vec::new()];
    for party in &model.parties {
        let kinds = match &party.true_type {
            Some(chances) => possible(model, chances).into_iter().map(Some).collect(),
            None => vec![None],
        };
        if combinations.len().saturating_mul(kinds.len()) > MOST_TYPES {
            return None;
        }
        let with = |combination: &Vec<Option<usize>>| {
            let longer = kinds.iter().map(|kind| {
                let mut longer = combination.clone();
                longer.push(*kind);
                longer
            });
            longer.collect::<Vec<_>>()
        };
        combinations = combinations.iter().flat_map(with).collect();
    }
    Some(combinations)
}

/// The types that have some chance, for some numbers in their ranges.
fn possible(model: &Model, chances: &Chances) -> Vec<usize> {
    let support = |slot: Slot| model.inputs[slot.position()].value.support();
    let listed = chances.types.iter().flatten();
    let least: f64 = listed.map(|slot| support(*slot).0).sum();
    // The type that was left out gets the rest.
    let most = |slot: &Option<Slot>| slot.map_or(1.0 - least, |slot| support(slot).1);
    let types = chances.types.iter().enumerate();
    types
        .filter(|(_, slot)| most(slot) > 0.0)
        .map(|(kind, _)| kind)
        .collect()
}

#[cfg(test)]
#[cfg(feature = "proptest")]
mod tests {
    use detente_uncertainty::Uncertain;
    use proptest::{prelude::*, sample::Index};

    use super::*;
    use crate::strategies;

    /// Numbers that keep their ranges; two to so many corners are looked at.
    const KEPT: usize = 5;

    /// The model with ranges of few of its numbers, the others at their central values.
    fn with_few_ranges(mut model: Model, picks: &[Index]) -> (Model, Vec<Slot>) {
        let wide: Vec<Slot> = { model.stake_slots().into_iter() }
            .filter(|slot| slot.exact(&model.inputs).is_none())
            .collect();
        let mut kept: Vec<Slot> = Vec::new();
        for pick in picks.iter().filter(|_| !wide.is_empty()) {
            let slot = wide[pick.index(wide.len())];
            if !kept.contains(&slot) {
                kept.push(slot);
            }
        }
        for slot in wide.into_iter().filter(|slot| !kept.contains(slot)) {
            let value = &mut model.inputs[slot.position()].value;
            *value = Uncertain::point(value.central()).unwrap();
        }
        (model, kept)
    }

    /// How far agreements come at every corner of the ranges, shrunk to a share.
    fn at_every_corner(
        model: &Model,
        kept: &[Slot],
        share: f64,
        types: &[Vec<Option<usize>>],
    ) -> Reach {
        let mut found: Option<Reach> = None;
        for bits in 0..1_usize << kept.len() {
            let mut values = model.central();
            for (place, slot) in kept.iter().enumerate() {
                let (low, high) = model.inputs[slot.position()].value.support();
                let end = if bits >> place & 1 == 1 { high } else { low };
                let central = values[slot.position()];
                values[slot.position()] = match share < 1.0 {
                    true => central + share * (end - central),
                    false => end,
                };
            }
            for past in past(model, &values, model.decided, types).unwrap() {
                let (least, most) = found.unwrap_or((past, past));
                found = Some((least.min(past), most.max(past)));
            }
        }
        found.unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

        #[test]
        fn two_corners_answer_for_all(
            case in strategies::uncertain_case(), picks in prop::collection::vec(any::<Index>(), KEPT),
        ) {
            let (model, kept) = with_few_ranges(Model::compile(&case)?, &picks);
            let Some(found) = over_ranges(&model, model.decided)? else {
                return Ok(());
            };
            let (least, most) = at_every_corner(&model, &kept, 1.0, &true_types(&model).unwrap());
            let fronts = !found.home_fronts.is_empty();
            for (idx, barrier) in Barrier::ALL.into_iter().enumerate() {
                let expected = match idx + 1 {
                    past if past <= least => Certainty::Certain,
                    past if past > most => Certainty::None,
                    _ => Certainty::Possible,
                };
                match found.barriers.iter().find(|it| it.barrier == barrier) {
                    Some(it) => prop_assert_eq!(it.certainty, expected, "{:?}", barrier),
                    None => prop_assert!(fronts && idx >= 3 && most >= 3),
                }
            }
            let cap = |(least, most): Reach| match fronts {
                true => (least.min(3), most.min(3)),
                false => (least, most),
            };
            let types = [likeliest(&model, model.decided)?];
            let same = |share: f64| {
                let (least, most) = cap(at_every_corner(&model, &kept, share, &types));
                least == most
            };
            if let Some(within) = found.same_within {
                prop_assert!(same(within * (1.0 - 1e-9)));
                prop_assert!(within >= 1.0 || !same((within + 1e-6).min(1.0)));
            }
        }
    }

    #[test]
    fn what_is_exact_has_no_ranges() {
        let case = crate::library::case("euphrates-1975").unwrap();
        let mut model = Model::compile(&case).unwrap();
        for input in &mut model.inputs {
            input.value = Uncertain::point(input.value.central()).unwrap();
        }
        assert_eq!(over_ranges(&model, model.decided).unwrap(), None);
    }
}
