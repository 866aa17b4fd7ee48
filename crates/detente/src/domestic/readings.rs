//! What each leader thinks of each agreement.

use detente_legitimacy::{HomeReading, LegitimacyError, StakeRange};
use detente_uncertainty::MAGNITUDE_LIMIT;

use crate::{
    DetenteError,
    evaluate::{PartyWorld, Rule, Sight, World},
    model::Model,
};

/// Each party's readings of all agreements.
pub(super) fn readings(
    model: &Model,
    world: &World,
) -> Result<Vec<Vec<HomeReading>>, DetenteError> {
    let mut sight = Sight::default();
    let listed = model.agreements().len();
    let mut rows = vec![Vec::with_capacity(listed); world.parties.len()];
    for agreement in 0..listed {
        world.look(agreement, &mut sight)?;
        for (idx, (party, row)) in world.parties.iter().zip(&mut rows).enumerate() {
            let reading = reading(party, agreement, (sight.truly[idx], sight.warranted[idx]))?;
            row.push(reading.map_err(|source| model.legitimacy(idx, source))?);
        }
    }
    Ok(rows)
}

/// What a party's leader thinks of an agreement, knowing whether it would honour it and how far it
/// trusts the others.
fn reading(
    party: &PartyWorld,
    agreement: usize,
    (truly, trust): (bool, f64),
) -> Result<Result<HomeReading, LegitimacyError>, DetenteError> {
    let conduct = party.conduct(agreement, truly)?;
    let read = match &party.leader {
        Some(home) => home
            .leader
            .reading(party.leader_stakes(home, conduct, trust)),
        None => {
            let margin = party.margin(Rule::Nation, conduct, trust);
            margin.map(|margin| nation(margin * party.scale()))
        }
    };
    Ok(
        read.map(|reading| match party.ratified(Rule::Leader, agreement) {
            // No case can code a larger stake, so an end beyond is none.
            true => HomeReading {
                stakes: reading.stakes.among(MAGNITUDE_LIMIT),
                ..reading
            },
            false => HomeReading {
                margin: reading.margin.min(0.0),
                stakes: StakeRange::Never,
                ..reading
            },
        }),
    )
}

/// A leader who wants what the nation wants, in shares of its span of payoffs.
fn nation(margin: f64) -> HomeReading {
    HomeReading {
        national: margin,
        survival: 0.0,
        margin,
        stakes: match margin > 0.0 {
            true => StakeRange::Any,
            false => StakeRange::Never,
        },
    }
}
