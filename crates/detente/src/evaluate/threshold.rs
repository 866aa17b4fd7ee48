//! The trust at which a party turns from refusing an agreement to accepting it.

use detente_legitimacy::LegitimacyError;
use detente_quantity::Probability;

use super::{
    acceptance::{Conduct, Rule},
    world::PartyWorld,
};

impl PartyWorld {
    /// The nation's threshold (C-20); `None` where it refuses whatever it believes.
    pub(crate) fn nations_threshold(&self, conduct: Conduct) -> Option<f64> {
        threshold(
            conduct.if_honoured - self.nonagreement,
            self.nonagreement - conduct.if_cheated,
        )
    }

    /// The leader's threshold; `None` where no home front is coded, or where the leader's answer does
    /// not turn just once as trust rises.
    pub(crate) fn leaders_threshold(
        &self,
        conduct: Conduct,
    ) -> Result<Option<f64>, LegitimacyError> {
        match self.leader {
            Some(_) => crossing(|trust| self.margin(Rule::Leader, conduct, trust)),
            None => Ok(None),
        }
    }
}

/// The trust at which the nation is indifferent, from its gain if honoured and its loss if cheated:
/// `loss / (gain + loss)` (C-20), 0 where any trust above 0 suffices, `None` where trust never
/// makes it accept.
fn threshold(gain: f64, loss: f64) -> Option<f64> {
    if gain <= 0.0 {
        return None;
    }
    Some(detente_reputation::threshold(gain, loss).map_or(0.0, Probability::get))
}

/// The trust at which a margin turns from refusal to acceptance, if it turns just once: a leader's
/// margin need not rise with trust throughout, and one that turns twice has no threshold. Turns are
/// looked for on a grid of 256 steps.
fn crossing(
    margin: impl Fn(f64) -> Result<f64, LegitimacyError>,
) -> Result<Option<f64>, LegitimacyError> {
    const STEPS: u16 = 256;
    let trust = |step: u16| f64::from(step) / f64::from(STEPS);
    let mut turns = Vec::new();
    let mut accepts = margin(0.0)? > 0.0;
    for step in 1..=STEPS {
        let next = margin(trust(step))? > 0.0;
        if next != accepts {
            turns.push(step);
        }
        accepts = next;
    }
    let ([turn], true) = (turns.as_slice(), accepts) else {
        return Ok(None);
    };
    let (mut refused, mut accepted) = (trust(turn - 1), trust(*turn));
    while accepted - refused > 1e-12 {
        let middle = f64::midpoint(refused, accepted);
        if margin(middle)? > 0.0 {
            accepted = middle;
        } else {
            refused = middle;
        }
    }
    Ok(Some(f64::midpoint(refused, accepted)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_threshold_covers_chicken_and_refusal() {
        assert_eq!(threshold(1.0, 2.0), Some(2.0 / 3.0));
        assert_eq!(threshold(1.0, 0.0), Some(0.0));
        assert_eq!(threshold(1.0, -0.5), Some(0.0));
        assert_eq!(threshold(0.0, 1.0), None);
        assert_eq!(threshold(-1.0, -1.0), None);
    }

    #[test]
    fn a_margin_that_turns_is_bracketed() {
        let found = crossing(|trust| Ok(trust * 3.0 - 1.0)).unwrap().unwrap();
        assert!((found - 1.0 / 3.0).abs() < 1e-11);
        assert_eq!(crossing(|_| Ok(1.0)).unwrap(), None);
        assert_eq!(crossing(|_| Ok(-1.0)).unwrap(), None);
        assert_eq!(crossing(|trust| Ok(0.5 - trust)).unwrap(), None);
        assert_eq!(
            crossing(|trust| Ok((trust - 0.2) * (trust - 0.7))).unwrap(),
            None
        );
    }
}
