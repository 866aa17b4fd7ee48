use detente_quantity::Probability;

use super::game::{FirstStep, ReassuranceGame};
use crate::{ReassuranceError, error::share};

/// Who takes the first step.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Pattern {
    /// The nice and not the mean: the step is proof.
    Separating,
    /// The nice always and the mean with this chance, strictly between 0 and 1: the step is evidence.
    Partial {
        /// The chance that a mean sender mimics.
        mimicry: Probability,
    },
    /// Both: the step shows nothing.
    BothStep,
    /// Neither: there is no step to learn from.
    NeitherSteps,
}

/// What each type of each side expects, in its own payoff units over mutual defection.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Values {
    /// The nice sender.
    pub nice_sender: f64,
    /// The mean sender.
    pub mean_sender: f64,
    /// The nice receiver.
    pub nice_receiver: f64,
    /// The mean receiver.
    pub mean_receiver: f64,
}

/// A perfect Bayesian equilibrium of the reassurance game at a given first step.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Equilibrium {
    /// Who takes the first step.
    pub pattern: Pattern,
    /// The receiver's belief that the sender is nice after a first step; where none is expected, the
    /// worst, 0, which supports most.
    pub after_step: Probability,
    /// The same after none was taken; where one is always expected, again 0.
    pub after_none: Probability,
    /// The chance that a nice receiver cooperates first in the second round, after a first step.
    pub nice_opens: Probability,
    /// The chance that a mean receiver does.
    pub mean_opens: Probability,
    /// What each type expects.
    pub values: Values,
}

impl ReassuranceGame {
    /// The equilibria of the four patterns of [`Pattern`], in their order, in which incentives are strict but for a
    /// type that mixes: at most one of each. A step or a silence that nobody is expected to choose is read
    /// as the worst, 0. Outside the separating band what is left of these is pooling or, where the receiver needs
    /// more trust than it starts with, mimicry in part.
    ///
    /// There are others that are not sought: those in which the *nice* are in two minds, so that silence keeps some
    /// hope alive. With `R_N = 2`, `T_M = 2`, `S_N = R_M = S_M = 1`, a share of .81 and trusts of .2 and .6, nice senders
    /// who step with chance 2/3 leave the silent with a trust of 1/3, at which nice receivers may open with
    /// chance .7368.
    ///
    /// Where reassurance is possible at all (claim C-25) and the receiver not certain, one of the four exists
    /// but for ties.
    ///
    /// ```
    /// use detente_quantity::{Probability, Stakes};
    /// use detente_reassurance::{FirstStep, Pattern, ReassuranceGame};
    ///
    /// let game = ReassuranceGame::new(
    ///     &Stakes::new(1.0, 2.0, 0.0, -1.0)?,
    ///     &Stakes::new(2.0, 1.0, 0.0, -1.0)?,
    /// )?;
    /// let trust = Probability::new(0.25)?;
    /// let at = |share| FirstStep { share, senders_trust: trust, receivers_trust: trust };
    /// let proof = game.equilibria(at(0.85))?[0];
    /// assert_eq!((proof.pattern, proof.after_step), (Pattern::Separating, Probability::ONE));
    /// // Three quarters of mistrust at stake of 0.85·3: not much is left of a reward of 2.
    /// assert!((proof.values.nice_sender - (2.0 - 0.75 * 0.85 * 3.0)).abs() < 1e-12);
    /// // A smaller step proves nothing, and nobody takes it.
    /// assert!(game.equilibria(at(0.5))?.iter().all(|it| it.pattern != Pattern::Separating));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`ReassuranceError::OutOfRange`] unless the share is above 0 and up to 1.
    pub fn equilibria(&self, step: FirstStep) -> Result<Vec<Equilibrium>, ReassuranceError> {
        share("first step", step.share)?;
        let analysis = Analysis { game: self, step };
        let found = [
            analysis.separating(),
            analysis.partial(),
            analysis.both_step(),
            analysis.neither_steps(),
        ];
        Ok(found.into_iter().flatten().collect())
    }
}

/// How likely each type of receiver is to open the second round.
#[derive(Clone, Copy)]
struct Opening {
    nice: f64,
    mean: f64,
}

struct Analysis<'g> {
    game: &'g ReassuranceGame,
    step: FirstStep,
}

impl Analysis<'_> {
    fn separating(&self) -> Option<Equilibrium> {
        let all = Opening {
            nice: 1.0,
            mean: 1.0,
        };
        let (nice, mean) = self.values_of_stepping(all);
        (nice > 0.0 && mean < 0.0).then(|| {
            self.equilibrium(Pattern::Separating, [1.0, 0.0], all, |receiver| {
                self.prior() * self.receiver_value(receiver, 1.0)
            })
        })
    }

    /// A mean sender mimics just so often that the receiver is left in two minds, and the receiver
    /// opens just so often that a mean sender is.
    fn partial(&self) -> Option<Equilibrium> {
        let (posterior, opening) = self.opening_that_leaves_the_mean_indifferent()?;
        let (nice, _) = self.values_of_stepping(opening);
        let q = self.prior();
        let mimicry = q * (1.0 - posterior) / ((1.0 - q) * posterior);
        let mixed = 0.0 < mimicry && mimicry < 1.0 && nice > 0.0;
        mixed.then(|| {
            let mimicry = Probability::saturating(mimicry);
            let pattern = Pattern::Partial { mimicry };
            let stepping = q + (1.0 - q) * mimicry.get();
            self.equilibrium(pattern, [posterior, 0.0], opening, |receiver| {
                stepping * self.receiver_value(receiver, posterior)
            })
        })
    }

    fn both_step(&self) -> Option<Equilibrium> {
        let opening = self.opening(self.prior());
        let (nice, mean) = self.values_of_stepping(opening);
        (nice > 0.0 && mean > 0.0).then(|| {
            self.equilibrium(
                Pattern::BothStep,
                [self.prior(), 0.0],
                opening,
                |receiver| self.receiver_value(receiver, self.prior()),
            )
        })
    }

    fn neither_steps(&self) -> Option<Equilibrium> {
        let closed = Opening {
            nice: 0.0,
            mean: 0.0,
        };
        let (nice_stepping, mean_stepping) = self.values_of_stepping(closed);
        let opens = self.chance_of_opening(self.opening(self.prior()));
        let rest = (1.0 - self.step.share) * opens;
        let nice = rest * self.game.nice.reward;
        let mean = rest * self.game.mean.temptation;
        (nice_stepping < nice && mean_stepping < mean).then(|| Equilibrium {
            pattern: Pattern::NeitherSteps,
            after_step: Probability::ZERO,
            after_none: self.step.receivers_trust,
            nice_opens: Probability::ZERO,
            mean_opens: Probability::ZERO,
            values: Values {
                nice_sender: nice,
                mean_sender: mean,
                nice_receiver: self.opening_value(Receiver::Nice, self.prior()),
                mean_receiver: self.opening_value(Receiver::Mean, self.prior()),
            },
        })
    }

    fn prior(&self) -> f64 {
        self.step.receivers_trust.get()
    }

    /// What a nice and a mean sender expect of a first step, if receivers then open as given; a
    /// sender who takes none and is thought mean for it gets 0.
    fn values_of_stepping(&self, opening: Opening) -> (f64, f64) {
        let (p, doubt) = (
            self.step.senders_trust.get(),
            self.step.senders_trust.complement().get(),
        );
        let (now, later) = (self.step.share, 1.0 - self.step.share);
        let opens = self.chance_of_opening(opening);
        let (nice, mean) = (self.game.nice, self.game.mean);
        (
            now * (p * nice.reward - doubt * nice.loss) + later * nice.reward * opens,
            now * (p * mean.reward - doubt * mean.loss) + later * mean.temptation * opens,
        )
    }

    fn chance_of_opening(&self, opening: Opening) -> f64 {
        let trust = self.step.senders_trust;
        trust.get() * opening.nice + trust.complement().get() * opening.mean
    }

    /// Which receivers open with this belief that the sender is nice.
    fn opening(&self, belief: f64) -> Opening {
        let opens = |receiver| f64::from(u8::from(self.opening_margin(receiver, belief) > 0.0));
        Opening {
            nice: opens(Receiver::Nice),
            mean: opens(Receiver::Mean),
        }
    }

    /// The belief at which some receiver is in two minds, and how often each must open, so that a
    /// mean sender expects 0 of a first step. `None` if it expects more or less whatever is opened.
    fn opening_that_leaves_the_mean_indifferent(&self) -> Option<(f64, Opening)> {
        let closed = Opening {
            nice: 0.0,
            mean: 0.0,
        };
        let (_, outright) = self.values_of_stepping(closed);
        let spoils = (1.0 - self.step.share) * self.game.mean.temptation;
        let needed = -outright / spoils;
        if !(0.0 < needed && needed < 1.0) {
            return None;
        }
        let (p, doubt) = (
            self.step.senders_trust.get(),
            self.step.senders_trust.complement().get(),
        );
        let nice_first = self.game.nice_threshold() < self.game.mean_threshold();
        let first = if nice_first { p } else { doubt };
        // Those with the lower threshold open before the others do.
        let (early, late) = if needed < first {
            (needed / first, 0.0)
        } else {
            (1.0, (needed - first) / (1.0 - first))
        };
        let (nice, mean) = if nice_first {
            (early, late)
        } else {
            (late, early)
        };
        let in_two_minds = if nice_first == (needed < first) {
            self.game.nice_threshold()
        } else {
            self.game.mean_threshold()
        };
        Some((in_two_minds.get(), Opening { nice, mean }))
    }

    /// What a receiver expects after a first step that leaves it with this belief.
    fn receiver_value(&self, receiver: Receiver, belief: f64) -> f64 {
        let answer = match receiver {
            Receiver::Nice => self.game.nice.reward,
            Receiver::Mean => self.game.mean.temptation,
        };
        self.step.share * answer + self.opening_value(receiver, belief)
    }

    /// What a receiver expects of the second round with this belief: of opening it, if that is worth
    /// anything.
    fn opening_value(&self, receiver: Receiver, belief: f64) -> f64 {
        (1.0 - self.step.share) * self.opening_margin(receiver, belief).max(0.0)
    }

    /// What opening is worth to a receiver with this belief, a unit at stake.
    fn opening_margin(&self, receiver: Receiver, belief: f64) -> f64 {
        let (reward, loss) = match receiver {
            Receiver::Nice => (self.game.nice.reward, self.game.nice.loss),
            Receiver::Mean => (self.game.mean.reward, self.game.mean.loss),
        };
        belief * reward - (1.0 - belief) * loss
    }

    fn equilibrium(
        &self,
        pattern: Pattern,
        [after_step, after_none]: [f64; 2],
        opening: Opening,
        receiver_value: impl Fn(Receiver) -> f64,
    ) -> Equilibrium {
        let (nice_sender, stepping) = self.values_of_stepping(opening);
        // A mean sender that does not step, or might as well not, gets nothing.
        let mean_sender = match pattern {
            Pattern::BothStep => stepping,
            _ => 0.0,
        };
        Equilibrium {
            pattern,
            after_step: Probability::saturating(after_step),
            after_none: Probability::saturating(after_none),
            nice_opens: Probability::saturating(opening.nice),
            mean_opens: Probability::saturating(opening.mean),
            values: Values {
                nice_sender,
                mean_sender,
                nice_receiver: receiver_value(Receiver::Nice),
                mean_receiver: receiver_value(Receiver::Mean),
            },
        }
    }
}

#[derive(Clone, Copy)]
enum Receiver {
    Nice,
    Mean,
}

#[cfg(test)]
mod tests;
