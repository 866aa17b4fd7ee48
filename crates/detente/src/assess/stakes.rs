//! What is at stake at the reference agreement.

use detente_quantity::Stakes;
use detente_reciprocity::repeated::Signatory;

use super::{Options, Run, central::Central, until};
use crate::{
    DetenteError,
    evaluate::PartyWorld,
    game::{JudgedAgreement, by_name, judge},
    model::Model,
};

/// What is at stake for a party.
pub(crate) struct PartyAtStake {
    /// Its payoffs as the type that it is.
    pub(crate) truly: Stakes,
    /// Which type it is; `None` where types are not coded.
    pub(crate) true_type: Option<usize>,
    /// What each of its types may think of, in the order of the file.
    pub(crate) types: Vec<Signatory>,
}

/// The reference agreement and what is at stake there for each party, at central values; `None`
/// where no agreement is mutually preferred.
///
/// Cost: O(agreements × parties × issues).
pub(crate) fn at_stake(model: &Model) -> Result<Option<(usize, Vec<PartyAtStake>)>, DetenteError> {
    let options = Options::default();
    let central = Central::run(model, until(model, &options), &options)?;
    let Some(agreement) = central.reference(model) else {
        return Ok(None);
    };
    Ok(Some((agreement, central.at_stake(agreement)?)))
}

impl Central {
    /// What is at stake at an agreement for each party.
    fn at_stake(&self, agreement: usize) -> Result<Vec<PartyAtStake>, DetenteError> {
        let party = |party: &PartyWorld| {
            Ok(PartyAtStake {
                truly: party.true_stakes(agreement)?,
                true_type: party.true_type,
                types: party.signatories(agreement)?,
            })
        };
        self.world.parties.iter().map(party).collect()
    }
}

impl Run<'_> {
    /// Whether the reference agreement enforces itself, and who would cheat first.
    pub(super) fn enforcement(&self) -> Result<Option<JudgedAgreement>, DetenteError> {
        let Some(agreement) = self.central.reference(self.model) else {
            return Ok(None);
        };
        let at_stake = self.central.at_stake(agreement)?;
        let parties = self.model.case().parties.iter().zip(at_stake);
        let named = parties.map(|((id, party), at)| {
            let types = by_name(self.model, id, at);
            (party.name.clone(), types)
        });
        Ok(judge(&named.collect::<Vec<_>>())?)
    }
}
