//! What is at stake at the reference agreement.

use detente_quantity::Stakes;
use detente_reciprocity::repeated::Signatory;

use super::{Options, central::Central, until};
use crate::{DetenteError, evaluate::PartyWorld, model::Model};

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
    let party = |party: &PartyWorld| {
        Ok::<_, DetenteError>(PartyAtStake {
            truly: party.true_stakes(agreement)?,
            true_type: party.true_type,
            types: party.signatories(agreement)?,
        })
    };
    let parties = central.world.parties.iter().map(party);
    Ok(Some((agreement, parties.collect::<Result<_, _>>()?)))
}
