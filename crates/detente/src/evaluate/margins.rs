//! By how much the best agreement passes or fails each barrier (model §5).

use super::{
    acceptance::{Conduct, Rule, signed},
    world::{PartyWorld, Sight, World},
};
use crate::{DetenteError, model::Model};

/// For each barrier in turn the margin by which the agreement that gets furthest passes it and every
/// barrier before it: the greatest, over agreements, of the least margin so far, over parties. It is
/// above 0 exactly where some agreement survives that far. Units are shares of each party's span
/// of payoffs over agreements and nonagreement, so margins compare across parties and barriers and
/// no affine map of a party's payoffs moves them (M-01).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Margins {
    /// By barrier, never rising.
    pub(crate) at: [f64; 5],
}

/// Work space kept from draw to draw.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    sight: Sight,
    conducts: Vec<Conduct>,
}

/// The margins of one draw.
///
/// Cost: O(agreements × (parties + views × types)); an agreement is left as soon as it cannot beat
/// what others attain.
pub(crate) fn margins(
    model: &Model,
    world: &World,
    scratch: &mut Scratch,
) -> Result<Margins, DetenteError> {
    let mut at = [f64::NEG_INFINITY; 5];
    // The agreement from which the least party gains most is often the best in all else, and beside
    // it most others are left at once. The greatest of all does not depend on the order.
    let agreements = 0..model.agreements.len();
    let (mut first, mut most) = (0, f64::NEG_INFINITY);
    for agreement in agreements.clone() {
        let gain = least_gain(world, agreement);
        if gain > most {
            (first, most) = (agreement, gain);
        }
    }
    let others = agreements.filter(|&agreement| agreement != first);
    for agreement in std::iter::once(first).chain(others) {
        climb(model, world, agreement, scratch, |barrier, margin| {
            at[barrier] = at[barrier].max(margin);
            margin > at[4]
        })?;
    }
    Ok(Margins { at })
}

/// For each barrier, every agreement that attains the margin.
///
/// Cost: as [`margins`].
pub(crate) fn attaining(
    model: &Model,
    world: &World,
    margins: &Margins,
) -> Result<[Vec<usize>; 5], DetenteError> {
    let mut attaining: [Vec<usize>; 5] = Default::default();
    let mut scratch = Scratch::default();
    for agreement in 0..model.agreements.len() {
        climb(model, world, agreement, &mut scratch, |barrier, margin| {
            if margin >= margins.at[barrier] {
                attaining[barrier].push(agreement);
            }
            margin >= margins.at[4]
        })?;
    }
    Ok(attaining)
}

/// Puts one agreement through the barriers, telling `note` at each the least margin so far, which
/// never rises, until it says that the rest cannot matter.
fn climb(
    model: &Model,
    world: &World,
    agreement: usize,
    scratch: &mut Scratch,
    mut note: impl FnMut(usize, f64) -> bool,
) -> Result<(), DetenteError> {
    let parties = &world.parties;
    let mut margin = least_gain(world, agreement);
    if !note(0, margin) {
        return Ok(());
    }
    let Scratch { sight, conducts } = scratch;
    conducts.clear();
    for party in parties {
        let (honours, by) = party.honouring(agreement)?;
        margin = margin.min(signed(honours, by * party.scale()));
        conducts.push(party.conduct(agreement, honours)?);
    }
    if !note(1, margin) {
        return Ok(());
    }
    world.look(agreement, sight)?;
    for (barrier, rule, trust) in [
        (2, Rule::Nation, &sight.warranted),
        (3, Rule::Leader, &sight.warranted),
        (4, Rule::Leader, &sight.held),
    ] {
        for (idx, party) in parties.iter().enumerate() {
            let accepted =
                party.standard_margin(rule, party.payoff[agreement], conducts[idx], trust[idx]);
            margin = margin.min(accepted.map_err(|source| model.legitimacy(idx, source))?);
        }
        if !note(barrier, margin) {
            return Ok(());
        }
    }
    Ok(())
}

/// What the party that gains least from an agreement gains.
fn least_gain(world: &World, agreement: usize) -> f64 {
    let gains = world.parties.iter().map(|party| party.gain(agreement));
    gains.fold(f64::INFINITY, f64::min)
}

impl PartyWorld {
    /// Whether the party prefers an agreement to none.
    pub(crate) fn prefers(&self, agreement: usize) -> bool {
        self.payoff[agreement] > self.nonagreement
    }

    /// U − d in shares of the span; above 0 exactly where the party prefers the agreement.
    pub(crate) fn gain(&self, agreement: usize) -> f64 {
        let gain = self.payoff[agreement] - self.nonagreement;
        signed(gain > 0.0, gain * self.scale())
    }
}
