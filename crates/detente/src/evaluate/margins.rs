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
    /// By barrier, the first agreement that attains the margin.
    pub(crate) best: [usize; 5],
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
    let mut margins = Margins {
        at: [f64::NEG_INFINITY; 5],
        best: [0; 5],
    };
    for agreement in 0..model.agreements.len() {
        margins.consider(model, world, agreement, scratch)?;
    }
    Ok(margins)
}

impl Margins {
    /// Puts one agreement through the barriers as far as it can still matter: its margin never
    /// rises from barrier to barrier, and the least of the margins attained is the last one.
    fn consider(
        &mut self,
        model: &Model,
        world: &World,
        agreement: usize,
        scratch: &mut Scratch,
    ) -> Result<(), DetenteError> {
        let parties = &world.parties;
        let gain = least(parties, |party| Ok(party.gain(agreement)))?;
        if self.improve(0, agreement, gain) {
            return Ok(());
        }
        let Scratch { sight, conducts } = scratch;
        conducts.clear();
        let mut margin = gain;
        for party in parties {
            let (honours, by) = party.honouring(agreement)?;
            margin = margin.min(signed(honours, by * party.scale()));
            conducts.push(party.conduct(agreement, honours)?);
        }
        if self.improve(1, agreement, margin) {
            return Ok(());
        }
        world.look(agreement, sight)?;
        for (barrier, rule, trust) in [
            (2, Rule::Nation, &sight.warranted),
            (3, Rule::Leader, &sight.warranted),
            (4, Rule::Leader, &sight.held),
        ] {
            for (idx, party) in parties.iter().enumerate() {
                let accepted = party.standard_margin(rule, agreement, conducts[idx], trust[idx]);
                margin = margin.min(accepted.map_err(|source| model.legitimacy(idx, source))?);
            }
            if self.improve(barrier, agreement, margin) {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Notes the margin at one barrier; whether nothing further on can be improved by it.
    fn improve(&mut self, barrier: usize, agreement: usize, margin: f64) -> bool {
        if margin > self.at[barrier] {
            self.at[barrier] = margin;
            self.best[barrier] = agreement;
        }
        margin <= self.at[4]
    }
}

impl PartyWorld {
    /// U − d in shares of the span; above 0 exactly where the party prefers the agreement.
    pub(crate) fn gain(&self, agreement: usize) -> f64 {
        let gain = self.payoff[agreement] - self.nonagreement;
        signed(gain > 0.0, gain * self.scale())
    }
}

fn least(
    parties: &[PartyWorld],
    margin: impl Fn(&PartyWorld) -> Result<f64, DetenteError>,
) -> Result<f64, DetenteError> {
    parties
        .iter()
        .try_fold(f64::INFINITY, |least, party| Ok(least.min(margin(party)?)))
}
