//! Every agreement of one draw, put through the barriers in turn (model §5).

use super::{
    acceptance::Rule,
    world::{Sight, World},
};
use crate::{DetenteError, model::Model};

/// How one agreement stands in one draw. Each of the five barriers is judged on its own; the
/// funnel asks for them in turn.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Standing {
    /// By party: it prefers the agreement to none.
    pub(crate) preferred: Vec<bool>,
    /// By party: its true type would honour it.
    pub(crate) enforced: Vec<bool>,
    /// By party: the nation accepts under warranted beliefs.
    pub(crate) prudent: Vec<bool>,
    /// By party: the leader accepts under warranted beliefs.
    pub(crate) affordable: Vec<bool>,
    /// By party: the leader accepts under held beliefs.
    pub(crate) perceived: Vec<bool>,
    /// By party: the nation accepts under held beliefs.
    pub(crate) preferred_as_held: Vec<bool>,
}

impl Standing {
    /// The barriers in turn, each as flags by party.
    pub(crate) fn barriers(&self) -> [&[bool]; 5] {
        [
            &self.preferred,
            &self.enforced,
            &self.prudent,
            &self.affordable,
            &self.perceived,
        ]
    }

    /// How many of the barriers the agreement survives in turn, 0 to 5.
    pub(crate) fn survived(&self) -> usize {
        self.barriers()
            .iter()
            .take_while(|flags| all(flags))
            .count()
    }

    fn clear(&mut self) {
        let Self {
            preferred,
            enforced,
            prudent,
            affordable,
            perceived,
            preferred_as_held,
        } = self;
        for flags in [
            preferred,
            enforced,
            prudent,
            affordable,
            perceived,
            preferred_as_held,
        ] {
            flags.clear();
        }
    }
}

fn all(flags: &[bool]) -> bool {
    flags.iter().all(|&flag| flag)
}

/// The sets that are reported beside the funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Membership {
    /// How many barriers the agreement survives in turn.
    pub(crate) survived: usize,
    /// Every leader accepts it under held beliefs, preferred or not.
    pub(crate) accepted_as_held: bool,
    /// Accepted as held, and some true type would break it.
    pub(crate) misplaced_trust: bool,
    /// Accepted as held, refused on warranted beliefs.
    pub(crate) without_warrant: bool,
    /// Mutually preferred, and every nation accepts it under held beliefs.
    pub(crate) preferred_as_held: bool,
}

impl Membership {
    fn of(standing: &Standing) -> Self {
        let survived = standing.survived();
        let accepted_as_held = all(&standing.perceived);
        Self {
            survived,
            accepted_as_held,
            misplaced_trust: accepted_as_held && !all(&standing.enforced),
            without_warrant: accepted_as_held && !all(&standing.affordable),
            preferred_as_held: survived >= 1 && all(&standing.preferred_as_held),
        }
    }
}

/// Counts over all agreements of one draw.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Survey {
    /// Agreements in each set of the funnel: all, then the survivors of each barrier.
    pub(crate) survivors: [u64; 6],
    pub(crate) accepted_as_held: u64,
    pub(crate) misplaced_trust: u64,
    pub(crate) without_warrant: u64,
    pub(crate) preferred_as_held: u64,
}

impl Survey {
    fn count(&mut self, membership: Membership) {
        for survivors in &mut self.survivors[..=membership.survived] {
            *survivors += 1;
        }
        for (count, member) in [
            (&mut self.accepted_as_held, membership.accepted_as_held),
            (&mut self.misplaced_trust, membership.misplaced_trust),
            (&mut self.without_warrant, membership.without_warrant),
            (&mut self.preferred_as_held, membership.preferred_as_held),
        ] {
            *count += u64::from(member);
        }
    }
}

/// Puts every agreement through the barriers, showing each to `visit`.
///
/// Cost: O(agreements × (parties + views × types)).
pub(crate) fn survey(
    model: &Model,
    world: &World,
    mut visit: impl FnMut(usize, &Sight, &Standing, Membership),
) -> Result<Survey, DetenteError> {
    let (mut survey, mut sight, mut standing) =
        (Survey::default(), Sight::default(), Standing::default());
    for agreement in 0..model.agreements.len() {
        world.look(agreement, &mut sight)?;
        world.stand(model, agreement, &sight, &mut standing)?;
        let membership = Membership::of(&standing);
        survey.count(membership);
        visit(agreement, &sight, &standing, membership);
    }
    Ok(survey)
}

impl World {
    /// Judges one agreement at every barrier.
    pub(crate) fn stand(
        &self,
        model: &Model,
        agreement: usize,
        sight: &Sight,
        standing: &mut Standing,
    ) -> Result<(), DetenteError> {
        standing.clear();
        for (idx, party) in self.parties.iter().enumerate() {
            let truly = sight.truly[idx];
            let conduct = party.conduct(agreement, truly)?;
            let (warranted, held) = (sight.warranted[idx], sight.held[idx]);
            let accepts = |rule: Rule, trust: f64| {
                party
                    .accepts(rule, agreement, conduct, trust)
                    .map_err(|source| model.legitimacy(idx, source))
            };
            standing
                .preferred
                .push(party.payoff[agreement] > party.nonagreement);
            standing.enforced.push(truly);
            standing.prudent.push(accepts(Rule::Nation, warranted)?);
            standing.affordable.push(accepts(Rule::Leader, warranted)?);
            standing.perceived.push(accepts(Rule::Leader, held)?);
            standing
                .preferred_as_held
                .push(accepts(Rule::Nation, held)?);
        }
        Ok(())
    }
}

impl Model {
    /// Names the party whose home front could not be evaluated.
    pub(crate) fn legitimacy(
        &self,
        party: usize,
        source: detente_legitimacy::LegitimacyError,
    ) -> DetenteError {
        let party = self.party_id(party).to_owned();
        DetenteError::Legitimacy { party, source }
    }
}
