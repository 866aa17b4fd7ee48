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
    /// By agreement: what the party that gains least from it gains.
    gains: Vec<f64>,
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
    let gains = std::mem::take(&mut scratch.gains);
    let gains = least_gains(world, gains, model.agreements.len());
    // The agreement from which the least party gains most is often the best in all else, and beside
    // it most others are left at once. The greatest of all does not depend on the order.
    let (mut first, mut most) = (0, f64::NEG_INFINITY);
    for (agreement, &gain) in gains.iter().enumerate() {
        if gain > most {
            (first, most) = (agreement, gain);
        }
    }
    at[0] = most;
    let mut raise = |agreement: usize, gain: f64| {
        climb(
            model,
            world,
            (agreement, gain),
            scratch,
            |barrier, margin| {
                at[barrier] = at[barrier].max(margin);
                margin > at[4]
            },
        )
    };
    raise(first, most)?;
    for (agreement, &gain) in gains.iter().enumerate() {
        if agreement != first {
            raise(agreement, gain)?;
        }
    }
    scratch.gains = gains;
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
    let gains = least_gains(world, Vec::new(), model.agreements.len());
    for of in gains.into_iter().enumerate() {
        let agreement = of.0;
        climb(model, world, of, &mut scratch, |barrier, margin| {
            if margin >= margins.at[barrier] {
                attaining[barrier].push(agreement);
            }
            margin >= margins.at[4]
        })?;
    }
    Ok(attaining)
}

/// Puts one agreement, given with its least gain, through the barriers, telling `note` at each the least
/// margin so far, which never rises, until it says that the rest cannot matter.
fn climb(
    model: &Model,
    world: &World,
    (agreement, mut margin): (usize, f64),
    scratch: &mut Scratch,
    mut note: impl FnMut(usize, f64) -> bool,
) -> Result<(), DetenteError> {
    let parties = &world.parties;
    if !note(0, margin) {
        return Ok(());
    }
    let Scratch {
        sight, conducts, ..
    } = scratch;
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

/// By agreement, what the party that gains least from it gains, in the room of `gains`; party by party, so
/// that each table is read once through.
fn least_gains(world: &World, mut gains: Vec<f64>, agreements: usize) -> Vec<f64> {
    gains.clear();
    gains.resize(agreements, f64::INFINITY);
    for party in &world.parties {
        let scale = party.scale();
        for (least, &payoff) in gains.iter_mut().zip(&party.payoff) {
            *least = least.min(party.gain_of(payoff, scale));
        }
    }
    gains
}

impl PartyWorld {
    /// Whether the party prefers an agreement to none.
    pub(crate) fn prefers(&self, agreement: usize) -> bool {
        self.payoff[agreement] > self.nonagreement
    }

    /// U − d in shares of the span; above 0 exactly where the party prefers the agreement.
    pub(crate) fn gain(&self, agreement: usize) -> f64 {
        self.gain_of(self.payoff[agreement], self.scale())
    }

    fn gain_of(&self, payoff: f64, scale: f64) -> f64 {
        let gain = payoff - self.nonagreement;
        signed(gain > 0.0, gain * scale)
    }
}
