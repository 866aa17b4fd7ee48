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
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    /// A sender of one type: whether it steps, and its answer in the second round to a receiver
    /// that has opened, by whether it stepped and was answered. (None answers a receiver that has
    /// not opened.)
    fn sender_payoff(payoffs: [f64; 3], steps: bool, returns: bool, receivers: &[Met]) -> f64 {
        let [temptation, reward, loss] = payoffs;
        receivers
            .iter()
            .map(|met| {
                let first = match (steps, met.answers) {
                    (true, true) => met.share * reward,
                    (true, false) => -met.share * loss,
                    (false, _) => 0.0,
                };
                let opens = if steps {
                    met.opens_after_step
                } else {
                    met.opens_after_none
                };
                let second = if returns { reward } else { temptation };
                met.weight * (first + (1.0 - met.share) * opens * second)
            })
            .sum()
    }

    /// A type of receiver as a sender meets it.
    struct Met {
        weight: f64,
        share: f64,
        answers: bool,
        opens_after_step: f64,
        opens_after_none: f64,
    }

    /// The most that each type of sender can get by any of its strategies.
    fn best_of_sender(game: &ReassuranceGame, met: &[Met]) -> [[f64; 2]; 2] {
        let (nice, mean) = (game.nice, game.mean);
        [
            [nice.temptation, nice.reward, nice.loss],
            [mean.temptation, mean.reward, mean.loss],
        ]
        .map(|payoffs| {
            [true, false].map(|steps| {
                let by = |returns| sender_payoff(payoffs, steps, returns, met);
                by(true).max(by(false))
            })
        })
    }

    /// Receivers as this equilibrium has them: the nice answer a step, the mean exploit it.
    fn met(game: &ReassuranceGame, step: FirstStep, it: &Equilibrium) -> Vec<Met> {
        let opens = |reward: f64, loss: f64| {
            let belief = it.after_none.get();
            f64::from(u8::from(belief * reward > (1.0 - belief) * loss))
        };
        vec![
            Met {
                weight: step.senders_trust.get(),
                share: step.share,
                answers: true,
                opens_after_step: it.nice_opens.get(),
                opens_after_none: opens(game.nice.reward, game.nice.loss),
            },
            Met {
                weight: step.senders_trust.complement().get(),
                share: step.share,
                answers: false,
                opens_after_step: it.mean_opens.get(),
                opens_after_none: opens(game.mean.reward, game.mean.loss),
            },
        ]
    }

    /// The chance that a nice and a mean sender step.
    fn stepping(pattern: Pattern) -> [f64; 2] {
        match pattern {
            Pattern::Separating => [1.0, 0.0],
            Pattern::Partial { mimicry } => [1.0, mimicry.get()],
            Pattern::BothStep => [1.0, 1.0],
            Pattern::NeitherSteps => [0.0, 0.0],
        }
    }

    /// What a receiver gets that returns a step or exploits it, and opens the second round with these chances after a step
    /// and after none, by meeting each type of sender as often as it is one and steps.
    fn receiver_payoff(
        payoffs: [f64; 3],
        (step, pattern): (FirstStep, Pattern),
        returns: bool,
        [after_step, after_none]: [f64; 2],
    ) -> f64 {
        let [temptation, reward, loss] = payoffs;
        let q = step.receivers_trust.get();
        let answer = if returns { reward } else { temptation };
        // The nice return it when the second round is opened, the mean exploit it.
        let senders = [(q, reward), (1.0 - q, -loss)];
        let met = senders.into_iter().zip(stepping(pattern));
        met.map(|((weight, opened), steps)| {
            let rest = (1.0 - step.share) * opened;
            weight
                * (steps * (step.share * answer + after_step * rest)
                    + (1.0 - steps) * after_none * rest)
        })
        .sum()
    }

    /// Each type of receiver gets what is said of it, and no more by any of its eight strategies.
    fn receivers_are_content(
        game: &ReassuranceGame,
        step: FirstStep,
        it: &Equilibrium,
        tolerance: f64,
    ) -> Result<(), TestCaseError> {
        let (nice, mean) = (game.nice, game.mean);
        let kinds = [
            (
                [nice.temptation, nice.reward, nice.loss],
                it.nice_opens,
                it.values.nice_receiver,
            ),
            (
                [mean.temptation, mean.reward, mean.loss],
                it.mean_opens,
                it.values.mean_receiver,
            ),
        ];
        for (payoffs, opens, value) in kinds {
            let get = |returns, plan| receiver_payoff(payoffs, (step, it.pattern), returns, plan);
            let [temptation, reward, loss] = payoffs;
            let none = it.after_none.get();
            let hopeful = f64::from(u8::from(none * reward > (1.0 - none) * loss));
            let played = get(temptation < reward, [opens.get(), hopeful]);
            prop_assert!((played - value).abs() < tolerance, "{it:?} {played}");
            let best = (0..8_u8).map(|plan| {
                let open = |bit: u8| f64::from(u8::from(plan & bit != 0));
                get(plan & 4 != 0, [open(1), open(2)])
            });
            let best = best.fold(f64::NEG_INFINITY, f64::max);
            prop_assert!(best < value + tolerance, "{it:?} {best}");
        }
        Ok(())
    }

    /// No type of either side gains by any other strategy, beliefs follow from Bayes' rule where it
    /// applies, and the values are those of playing it out.
    fn is_equilibrium(
        game: &ReassuranceGame,
        step: FirstStep,
        it: &Equilibrium,
    ) -> Result<(), TestCaseError> {
        let tolerance = 1e-9
            * (1.0 + game.mean.temptation + game.mean.loss + game.nice.reward + game.nice.loss);
        let best = best_of_sender(game, &met(game, step, it));
        for (chance, (best, value)) in stepping(it.pattern).into_iter().zip(
            best.into_iter()
                .zip([it.values.nice_sender, it.values.mean_sender]),
        ) {
            let played = chance * best[0] + (1.0 - chance) * best[1];
            prop_assert!(
                (played - best[0].max(best[1])).abs() < tolerance,
                "{it:?} {best:?}"
            );
            prop_assert!((played - value).abs() < tolerance, "{it:?} {played}");
        }
        let [nice_steps, mean_steps] = stepping(it.pattern);
        let q = step.receivers_trust.get();
        let seen = q * nice_steps + (1.0 - q) * mean_steps;
        if seen > 0.0 {
            prop_assert!((it.after_step.get() - q * nice_steps / seen).abs() < 1e-9);
        }
        if seen < 1.0 {
            let none = q * (1.0 - nice_steps) / (1.0 - seen);
            prop_assert!((it.after_none.get() - none).abs() < 1e-9);
        }
        for (opens, reward, loss) in [
            (it.nice_opens.get(), game.nice.reward, game.nice.loss),
            (it.mean_opens.get(), game.mean.reward, game.mean.loss),
        ] {
            let belief = it.after_step.get();
            let margin = belief * reward - (1.0 - belief) * loss;
            prop_assert!(
                opens * margin >= margin.max(0.0) - tolerance,
                "{it:?} {margin}"
            );
        }
        receivers_are_content(game, step, it, tolerance)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, max_global_rejects: 100_000, ..ProptestConfig::default() })]

        #[test]
        fn no_type_gains_by_another_strategy(
            game in strategies::reassurance_game(), step in strategies::first_step(),
        ) {
            for it in game.equilibria(step).unwrap() {
                is_equilibrium(&game, step, &it)?;
            }
        }

        #[test]
        fn separation_is_an_equilibrium_exactly_in_the_band(
            game in strategies::reassurance_game(), step in strategies::first_step(),
        ) {
            let bounds = [
                game.mimicry_bound(step.senders_trust),
                game.willingness_bound(step.senders_trust),
            ];
            prop_assume!(bounds.iter().all(|bound| (bound - step.share).abs() > 1e-9));
            // Found by trying whether believed steps and disbelieved silence leave each type content.
            let all = Opening { nice: 1.0, mean: 1.0 };
            let separated = Analysis { game: &game, step }
                .equilibrium(Pattern::Separating, [1.0, 0.0], all, |_| 0.0);
            let best = best_of_sender(&game, &met(&game, step, &separated));
            let content = best[0][0] > best[0][1] && best[1][0] < best[1][1];
            let in_band = bounds[0] < step.share && step.share < bounds[1];
            prop_assert_eq!(content, in_band);
            let found = game.equilibria(step).unwrap();
            prop_assert_eq!(found.iter().any(|it| it.pattern == Pattern::Separating), in_band);
        }

        #[test]
        fn where_reassurance_is_possible_the_game_has_an_answer(
            game in strategies::reassurance_game(), step in strategies::first_step(),
        ) {
            prop_assume!(game.can_reassure() && !step.receivers_trust.is_certain());
            let edges = [
                game.mimicry_bound(step.senders_trust) - step.share,
                game.willingness_bound(step.senders_trust) - step.share,
                game.nice_threshold().get() - step.senders_trust.get(),
                game.mean_threshold().get() - step.senders_trust.get(),
                game.nice_threshold().get() - step.receivers_trust.get(),
                game.mean_threshold().get() - step.receivers_trust.get(),
            ];
            prop_assume!(edges.iter().all(|edge| edge.abs() > 1e-9));
            prop_assert!(!game.equilibria(step).unwrap().is_empty());
        }
    }

    /// The equilibrium that the documentation names as one not sought, by playing it out: at the trust of 1/3 that silence
    /// leaves, the nice are in two minds whether to step and nice receivers whether to open.
    #[test]
    fn the_nice_may_be_in_two_minds_too() {
        let (p, q, share) = (0.2, 0.6, 0.81);
        let steps = 2.0 / 3.0;
        let after_none: f64 = q * (1.0 - steps) / (1.0 - q * steps);
        approx::assert_relative_eq!(after_none, 1.0 / 3.0, epsilon = 1e-12);
        let payoffs = [[1.0, 2.0, 1.0], [2.0, 1.0, 1.0]];
        let stepping_is_worth = share * (p * 2.0 - (1.0 - p)) + (1.0 - share) * 2.0;
        let opens = stepping_is_worth / ((1.0 - share) * 2.0 * p);
        approx::assert_relative_eq!(opens, 0.7368, epsilon = 1e-4);
        let receivers =
            [(p, true, opens), (1.0 - p, false, 0.0)].map(|(weight, answers, opens_after_none)| {
                Met {
                    weight,
                    share,
                    answers,
                    opens_after_step: 1.0,
                    opens_after_none,
                }
            });
        let [nice, mean] = payoffs.map(|of| {
            [true, false].map(|steps| {
                let by = |returns| sender_payoff(of, steps, returns, &receivers);
                by(true).max(by(false))
            })
        });
        approx::assert_relative_eq!(nice[0], nice[1], epsilon = 1e-12);
        assert!(mean[0] < mean[1]);
    }

    #[test]
    fn small_steps_are_mimicked_in_part_by_the_distrusted() {
        let nice = detente_quantity::Stakes::new(0.0, 4.0, 0.0, -1.0).unwrap();
        let mean = detente_quantity::Stakes::new(3.0, 1.0, 0.0, -2.0).unwrap();
        let game = ReassuranceGame::new(&nice, &mean).unwrap();
        let chance = |value| Probability::new(value).unwrap();
        let step = FirstStep {
            share: 0.3,
            senders_trust: chance(0.4),
            receivers_trust: chance(0.1),
        };
        // p*_N = 1/5 < p < p*_M = 2/3: the nice step, and the mean must be left in two minds.
        let [only] = game.equilibria(step).unwrap()[..] else {
            panic!("one equilibrium");
        };
        // 0.3(0.4 − 0.6·2) + 0.7·3·κ = 0 gives κ = 0.24/2.1, all of it from nice receivers.
        let Pattern::Partial { mimicry } = only.pattern else {
            panic!("{only:?}");
        };
        approx::assert_relative_eq!(mimicry.get(), 0.1 * 0.8 / (0.9 * 0.2), epsilon = 1e-12);
        approx::assert_relative_eq!(only.nice_opens.get(), 0.24 / 2.1 / 0.4, epsilon = 1e-12);
        approx::assert_relative_eq!(only.after_step.get(), 0.2, epsilon = 1e-12);
    }
}
