use detente_quantity::{Interval, Probability, Stakes};

use crate::{
    ReassuranceError, Screening,
    error::{ordered, positive, share},
};

/// Kydd's reassurance game (2000, *International Organization* 54(2), 325–357; claims C-22 to C-26).
///
/// A sender and a receiver each are *nice*, with the payoffs of a stag hunt, or *mean*, with those of a
/// prisoner's dilemma. A unit of business is split in two rounds, `α` of it in the first:
///
/// 1. the sender cooperates or not, the receiver sees it and answers;
/// 2. the receiver cooperates or not, the sender sees it and answers.
///
/// A second mover who is nice returns cooperation, one who is mean exploits it, and nobody cooperates
/// with one who has not. So the sender's first step risks `α` to make the receiver trust it with
/// the rest. Payoffs are relative to mutual defection, `P = 0`.
///
/// ```
/// use detente_quantity::{Probability, Stakes};
/// use detente_reassurance::{ReassuranceGame, Screening};
///
/// let nice = Stakes::new(1.0, 2.0, 0.0, -1.0)?; // R_N = 2, S_N = 1
/// let mean = Stakes::new(2.0, 1.0, 0.0, -1.0)?; // T_M = 2, R_M = 1, S_M = 1
/// let game = ReassuranceGame::new(&nice, &mean)?;
///
/// // With a quarter's trust, first steps between .8 and .889 are proof.
/// let trust = Probability::new(0.25)?;
/// let band = game.separating_band(trust).unwrap();
/// assert!((band.low() - 0.8).abs() < 1e-12 && (band.high() - 8.0 / 9.0).abs() < 1e-12);
/// assert_eq!(game.read(0.5, trust)?, Screening::TooCheap);
/// assert_eq!(game.read(0.85, trust)?, Screening::Separates);
/// assert_eq!(game.read(0.95, trust)?, Screening::TooDear);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReassuranceGame {
    pub(super) nice: Nice,
    pub(super) mean: Mean,
}

/// A nice type's payoffs over mutual defection: reward and loss, both above 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Nice {
    pub(super) reward: f64,
    pub(super) loss: f64,
    /// What exploiting the other would bring: below the reward.
    pub(super) temptation: f64,
}

/// A mean type's payoffs over mutual defection: temptation above reward above 0, loss above 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mean {
    pub(super) temptation: f64,
    pub(super) reward: f64,
    pub(super) loss: f64,
}

/// A first step and whose trust it is taken in.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct FirstStep {
    /// `α`, the share of the business put at risk in the first round: above 0 and up to 1.
    pub share: f64,
    /// `p`, the sender's belief that the receiver is nice.
    pub senders_trust: Probability,
    /// `q`, the receiver's belief, before the first round, that the sender is nice.
    pub receivers_trust: Probability,
}

impl ReassuranceGame {
    /// From the payoffs of the two types, alike for sender and receiver.
    ///
    /// # Errors
    /// [`ReassuranceError::Order`] unless the nice type's are those of a stag hunt, `R > T` and
    /// `R > P > S`, and the mean type's those of a prisoner's dilemma, `T > R > P > S`;
    /// [`ReassuranceError::OutOfRange`] if they are too far apart to be subtracted.
    pub fn new(nice: &Stakes, mean: &Stakes) -> Result<Self, ReassuranceError> {
        ordered(
            ("the nice type's temptation payoff", nice.t()),
            ("its reward", nice.r()),
        )?;
        ordered(
            ("the mean type's reward", mean.r()),
            ("its temptation payoff", mean.t()),
        )?;
        Ok(Self {
            nice: Nice {
                reward: positive("the nice type's reward over mutual defection", nice.gain())?,
                loss: positive("the nice type's loss when exploited", nice.exposure())?,
                temptation: nice.t() - nice.p(),
            },
            mean: Mean {
                temptation: positive(
                    "the mean type's temptation over mutual defection",
                    mean.t() - mean.p(),
                )?,
                reward: positive("the mean type's reward over mutual defection", mean.gain())?,
                loss: positive("the mean type's loss when exploited", mean.exposure())?,
            },
        })
    }

    /// Temptation, reward and loss of the nice and of the mean type, over mutual defection.
    #[cfg(feature = "serde")]
    pub(crate) const fn over_none(&self) -> ((f64, f64, f64), (f64, f64, f64)) {
        let (nice, mean) = (self.nice, self.mean);
        (
            (nice.temptation, nice.reward, nice.loss),
            (mean.temptation, mean.reward, mean.loss),
        )
    }

    /// The trust above which a nice party cooperates first in a single round,
    /// `p*_N = S_N/(R_N + S_N)` (claim C-22).
    #[must_use]
    pub fn nice_threshold(&self) -> Probability {
        Probability::saturating(1.0 / (1.0 + self.nice.reward / self.nice.loss))
    }

    /// The trust above which a mean party cooperates first in a single round,
    /// `p*_M = S_M/(R_M + S_M)` (claim C-22): it hopes for a nice partner's answer.
    #[must_use]
    pub fn mean_threshold(&self) -> Probability {
        Probability::saturating(1.0 / (1.0 + self.mean.reward / self.mean.loss))
    }

    /// Whether any first step reassures at any trust: iff `p*_N < p*_M`, that is iff
    /// `S_N/R_N < S_M/R_M`; fear must weigh more on the mean than on the nice (claim C-25).
    #[must_use]
    pub fn can_reassure(&self) -> bool {
        self.nice.loss / self.nice.reward < self.mean.loss / self.mean.reward
    }

    /// `α_low = T_M/(T_M − pR_M + (1 − p)S_M)`: a mean sender does not mimic first steps above it
    /// (claim C-23). Above 0; above 1, where no step is dear enough, for `p > p*_M`. Rises with `p`.
    #[must_use]
    pub fn mimicry_bound(&self, trust: Probability) -> f64 {
        let (p, mean) = (trust.get(), self.mean);
        let lost = weighed(p, 1.0 - mean.reward / mean.temptation)
            + weighed(1.0 - p, 1.0 + mean.loss / mean.temptation);
        1.0 / lost
    }

    /// `α_high = R_N/((1 − p)(R_N + S_N))`: a nice sender takes first steps below it (claim C-23).
    /// Above 0; above 1, where no step is too dear, for `p > p*_N`, and infinite at `p = 1`. Rises
    /// with `p`: the more fear, the smaller the step that can be afforded (claim C-26).
    #[must_use]
    pub fn willingness_bound(&self, trust: Probability) -> f64 {
        let doubt = trust.complement().get();
        1.0 / weighed(doubt, 1.0 + self.nice.loss / self.nice.reward)
    }

    /// The first steps that only a nice sender takes: all `α` strictly between the ends, `α_low` and
    /// `min(α_high, 1)`; 1 itself belongs to them where `α_high > 1`. `None` if there are none.
    #[must_use]
    pub fn separating_band(&self, trust: Probability) -> Option<Interval> {
        let (low, high) = (self.mimicry_bound(trust), self.willingness_bound(trust));
        if low < high && low < 1.0 {
            Interval::new(low, high.min(1.0)).ok()
        } else {
            None
        }
    }

    /// The trusts at which some first step separates: all `p` strictly between the ends (claim
    /// C-24); 0 itself belongs to them where the lower end is 0 and
    /// `S_N/R_N < S_M/T_M`. `None` where reassurance is impossible at any trust.
    ///
    /// The upper end is `p*_M`. The lower is `(a − b)/((1 + a) − (R_M + S_M)/T_M)` with `a = S_N/R_N`
    /// and `b = S_M/T_M`, and 0 where that is negative *or its denominator is not positive*: the
    /// inequality then turns round and every trust below `p*_M` will do.
    #[must_use]
    pub fn belief_range(&self) -> Option<Interval> {
        if !self.can_reassure() {
            return None;
        }
        let (nice, mean) = (self.nice, self.mean);
        let excess = nice.loss / nice.reward - mean.loss / mean.temptation;
        let slope = excess + (1.0 - mean.reward / mean.temptation);
        let low = if excess > 0.0 {
            // Then the slope is above the excess and the quotient below 1.
            (excess / slope).min(1.0)
        } else {
            0.0
        };
        let high = self.mean_threshold().get();
        // Ratios beyond the range of numbers leave no lower end to compute.
        Interval::new(low.min(high), high).ok()
    }

    /// What a first step of share `α` tells a receiver if those who take it are believed and those
    /// who do not are not (claim C-23): `α > α_low` keeps the mean from it, `α < α_high` lets the nice
    /// take it.
    ///
    /// # Errors
    /// [`ReassuranceError::OutOfRange`] unless `α` is above 0 and up to 1.
    pub fn read(
        &self,
        first_step: f64,
        senders_trust: Probability,
    ) -> Result<Screening, ReassuranceError> {
        let step = share("first step", first_step)?;
        Ok(Screening::of(
            step < self.willingness_bound(senders_trust),
            step <= self.mimicry_bound(senders_trust),
        ))
    }
}

/// What cannot happen weighs nothing, were it infinite.
fn weighed(chance: f64, value: f64) -> f64 {
    if chance > 0.0 { chance * value } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    fn chance(value: f64) -> Probability {
        Probability::new(value).unwrap()
    }

    fn game(nice: [f64; 4], mean: [f64; 4]) -> Result<ReassuranceGame, ReassuranceError> {
        let stakes = |[t, r, p, s]: [f64; 4]| Stakes::new(t, r, p, s).unwrap();
        ReassuranceGame::new(&stakes(nice), &stakes(mean))
    }

    #[test]
    fn the_wrong_games_are_refused() {
        let (stag_hunt, dilemma) = ([1.0, 2.0, 0.0, -1.0], [2.0, 1.0, 0.0, -1.0]);
        let error = game(dilemma, dilemma).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the nice type's temptation payoff is 2 and its reward 1; expected the first below the second"
        );
        assert!(game(stag_hunt, stag_hunt).is_err());
        assert!(game([1.0, 2.0, 0.0, 0.0], dilemma).is_err());
        assert!(game(stag_hunt, [2.0, 0.0, 0.0, -1.0]).is_err());
        assert!(game([0.0, f64::MAX, -f64::MAX, -f64::MAX], dilemma).is_err());
        assert!(game(stag_hunt, dilemma).is_ok());
    }

    #[test]
    fn a_frightened_nice_type_cannot_reassure() {
        let game = game([1.0, 2.0, 0.0, -3.0], [2.0, 1.0, 0.0, -1.0]).unwrap();
        assert!(!game.can_reassure());
        assert_eq!(game.belief_range(), None);
        for trust in 0..=100 {
            let trust = chance(f64::from(trust) / 100.0);
            assert_eq!(game.separating_band(trust), None, "{trust}");
        }
    }

    #[test]
    fn limits_are_limits() {
        let game = game([1.0, 2.0, 0.0, -1.0], [2.0, 1.0, 0.0, -1.0]).unwrap();
        assert_eq!(game.willingness_bound(Probability::ONE), f64::INFINITY);
        assert_eq!(game.mimicry_bound(Probability::ONE), 2.0);
        assert!(game.read(0.0, Probability::HALF).is_err());
        assert!(game.read(f64::NAN, Probability::HALF).is_err());
        assert!(game.read(1.0, Probability::ONE).is_ok());
    }

    proptest! {
        #[test]
        fn extreme_payoffs_give_numbers(
            game in strategies::extreme_reassurance_game(), p in detente_quantity::strategies::probability(),
        ) {
            prop_assert!(game.mimicry_bound(p) >= 0.0 && game.willingness_bound(p) >= 0.0);
            if let Some(range) = game.belief_range() {
                prop_assert!(0.0 <= range.low() && range.high() <= 1.0);
            }
        }

        #[test]
        fn the_belief_range_is_where_there_is_a_band(
            game in strategies::reassurance_game(), p in 0.0..=1.0_f64,
        ) {
            let range = game.belief_range();
            let edges = range.map_or([f64::NAN; 2], |it| [it.low(), it.high()]);
            prop_assume!(edges.iter().all(|edge| edge.is_nan() || (p - edge).abs() > 1e-9));
            let inside = range.is_some_and(|it| it.contains(p));
            prop_assert_eq!(game.separating_band(chance(p)).is_some(), inside);
        }

        #[test]
        fn steps_in_the_band_are_the_ones_that_separate(
            game in strategies::reassurance_game(), p in 0.0..1.0_f64, step in 1e-3..=1.0_f64,
        ) {
            let p = chance(p);
            let inside = game.separating_band(p)
                .is_some_and(|band| band.low() < step && step < band.high() || step == 1.0 && band.contains(1.0));
            let edge = [game.mimicry_bound(p), game.willingness_bound(p)];
            prop_assume!(edge.iter().all(|edge| (step - edge).abs() > 1e-9));
            prop_assert_eq!(game.read(step, p).unwrap() == Screening::Separates, inside);
        }
    }
}
