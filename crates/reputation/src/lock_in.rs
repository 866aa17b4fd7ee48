use detente_quantity::Probability;

use crate::{Act, Belief, Filter, Reader, ReputationError, trust_margin};

/// What a truster stands to win and lose each time, and what trust is about.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Relationship {
    /// Won when trust is honoured, in payoff units, signed.
    pub gain: f64,
    /// Lost when it is not, in payoff units, signed.
    pub exposure: f64,
    /// The type that honours trust, as a place in the belief; the others do not.
    pub trustworthy: usize,
}

impl Relationship {
    /// The belief that the other is the trustworthy type.
    #[must_use]
    pub fn trust(&self, belief: &Belief) -> Probability {
        belief.probability(self.trustworthy)
    }

    /// Whether a prudent party with this belief would trust once more: a margin above 0.
    #[must_use]
    pub fn invites_trust(&self, belief: &Belief) -> bool {
        trust_margin(self.trust(belief), self.gain, self.exposure) > 0.0
    }
}

/// Trust that feeds on itself: offers each act in turn to an observer who learns of it only by
/// trusting, and stops for good where it would no longer trust. Gives the belief before the first
/// act and after each act that was seen, so its length less one is how many were.
///
/// Without interaction there is no signal, and without a signal no change of belief: distrust, once
/// it is below the threshold, is absorbing (Gambetta 1988; claim C-60). Only acts that do not wait
/// on being trusted lead out again; for those use [`trajectory`](crate::trajectory).
///
/// ```
/// use detente_quantity::Probability;
/// use detente_reputation::{Act, Belief, Evidence, Relationship, Tone, Warranted, engage};
///
/// let business = Relationship { gain: 1.0, exposure: 1.0, trustworthy: 0 };
/// let honoured = Act::new(Tone::Cooperative, Evidence::ratios(vec![3.0, 1.0])?);
/// let wary = Belief::binary(Probability::new(0.49)?)?;
/// // A partner who would always honour is never found out.
/// assert_eq!(engage(&wary, business, &vec![honoured; 10], &Warranted)?, [wary]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`Filter::observe`], for the first act seen that fails.
pub fn engage<'a, R: Reader + ?Sized>(
    prior: &Belief,
    relationship: Relationship,
    acts: impl IntoIterator<Item = &'a Act>,
    reader: &R,
) -> Result<Vec<Belief>, ReputationError> {
    let mut filter = Filter::new(prior);
    let mut beliefs = vec![prior.clone()];
    for act in acts {
        if !relationship.invites_trust(filter.belief()) {
            break;
        }
        filter.observe(act, reader)?;
        beliefs.push(filter.belief().clone());
    }
    Ok(beliefs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Evidence, Tone, Warranted, trajectory};

    fn act(ratio: f64) -> Act {
        Act::new(Tone::Hostile, Evidence::ratios(vec![ratio, 1.0]).unwrap())
    }

    #[test]
    fn one_betrayal_too_many_ends_it() {
        let even = Belief::binary(Probability::HALF).unwrap();
        let relationship = Relationship {
            gain: 1.0,
            exposure: 0.5,
            trustworthy: 0,
        };
        // Odds 1, 3, 0.6, 0.3: trust needs odds above a half, so the last two are never seen.
        let acts = [3.0, 0.2, 0.5, 3.0, 3.0].map(act);
        let engaged = engage(&even, relationship, &acts, &Warranted).unwrap();
        assert_eq!(engaged.len(), 4);
        let seen = trajectory(&even, &acts[..3], &Warranted).unwrap();
        assert_eq!(engaged[1..], seen);
        assert!(!relationship.invites_trust(&engaged[3]));
    }
}
