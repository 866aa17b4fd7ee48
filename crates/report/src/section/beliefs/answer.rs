//! What an observer's answer turns on.

use detente::assessment::{Answer, Threshold};

use crate::{
    number::{Digits, is_close},
    palette::Role,
};

/// What decides an observer's answer to the reference agreement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum TurnsOn {
    /// Trust: the nation accepts above this.
    Nation(f64),
    /// Trust: the leader accepts above this.
    Leader(f64),
    /// A floor that the payoff stays below, whatever the trust.
    Floor,
    /// Nothing that a trust could be compared with.
    More,
}

impl TurnsOn {
    pub(super) fn of(threshold: &Threshold) -> Self {
        let answers = [&threshold.warranted, &threshold.held];
        // A margin that would do, and yet a refusal: only a ratification floor refuses so.
        if answers
            .iter()
            .any(|it| !it.accepts && it.leader_margin > 0.0)
        {
            return Self::Floor;
        }
        match (threshold.leader, threshold.nation) {
            (Some(needed), _) if is_turning(needed) => Self::Leader(needed),
            (None, Some(needed)) if is_turning(needed) && !has_home(threshold) => {
                Self::Nation(needed)
            }
            _ => Self::More,
        }
    }

    /// The trust that the decider needs, where its answer turns on trust.
    pub(super) fn needed(self) -> Option<f64> {
        match self {
            Self::Nation(needed) | Self::Leader(needed) => Some(needed),
            Self::Floor | Self::More => None,
        }
    }
}

/// Whether some trust is too little.
pub(super) fn is_turning(needed: f64) -> bool {
    needed > 0.0 && !is_close(needed, 0.0)
}

/// Whether a home front moves the leader's margin away from the nation's.
#[expect(
    clippy::float_cmp,
    reason = "without a home front the one is a copy of the other"
)]
pub(super) fn has_home(threshold: &Threshold) -> bool {
    let moved = |answer: &Answer| answer.nation_margin != answer.leader_margin;
    threshold.leader.is_some() || moved(&threshold.warranted) || moved(&threshold.held)
}

/// A trust that is needed, and the digits that tell the trusts shown beside it from it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Needed {
    pub(super) trust: f64,
    pub(super) digits: Digits,
}

impl Needed {
    /// On which side of what is needed.
    pub(super) fn side(self, trust: f64) -> (&'static str, Role) {
        if is_close(trust, self.trust) {
            ("just at", Role::Bad)
        } else if trust > self.trust {
            ("above", Role::Good)
        } else {
            ("below", Role::Bad)
        }
    }
}
