use detente_quantity::{Date, Probability};

use super::Decibels;
use crate::{Belief, Reading, Timeline};

/// What one reading weighed for a type: an act, or the acts of a day read together. Where each act
/// is to be weighed alone, declare [`SameDay::InOrder`](crate::SameDay::InOrder).
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct LedgerEntry {
    /// The day on which it became known.
    pub date: Date,
    /// The place of its first act in the stream, from 0.
    pub act: usize,
    /// How many acts were read together, at least 1.
    pub acts: usize,
    /// The belief in the type before.
    pub before: Probability,
    /// The belief in the type after.
    pub after: Probability,
    /// The weight of evidence for the type against all others together, each of them weighed by
    /// the belief in it: log-odds after less log-odds before. `None` if the type was certain or
    /// ruled out before, so that nothing could weigh.
    pub weight: Option<Decibels>,
    /// The weight of evidence for the type against each type alone, which does not depend on the
    /// belief where conduct is known: 0 against itself, `None` against a type that was ruled out
    /// before, as is every one if the type itself was.
    pub against: Vec<Option<Decibels>>,
}

impl Timeline<'_> {
    /// What each reading weighed for type `position`, in order; empty if there is no such type.
    /// The weights, and what time alone did between the readings, add up to the log-odds.
    /// O(readings · types).
    ///
    /// ```
    /// use detente_quantity::{Date, Probability};
    /// use detente_reputation::{
    ///     Act, Belief, Engine, Evidence, Settings, Sighting, Tone, Warranted,
    /// };
    ///
    /// // Evidence of +10, +5 and −3 decibels on even odds (claim R-09).
    /// let acts = [10.0, 5.0, -3.0].map(|decibels: f64| {
    ///     let ratio = 10.0_f64.powf(decibels / 10.0);
    ///     Evidence::ratios(vec![ratio, 1.0]).map(|clue| {
    ///         Sighting::act(Date::constant(1983, 9, 1), Act::new(Tone::Hostile, clue))
    ///     })
    /// });
    /// let acts = acts.into_iter().collect::<Result<Vec<_>, _>>()?;
    /// let settings = Settings { same_day: detente_reputation::SameDay::InOrder, ..Settings::default() };
    /// let engine = Engine::new(Belief::binary(Probability::HALF)?, settings)?;
    /// let ledger = engine.timeline(&acts, &Warranted)?.ledger(0);
    /// assert!((ledger[1].weight.ok_or("certain")?.get() - 5.0).abs() < 1e-12);
    /// assert!((ledger[2].after.get() - 0.940_649).abs() < 5e-7);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn ledger(&self, position: usize) -> Vec<LedgerEntry> {
        let known = |reading: &&Reading| position < reading.filtered.belief().types();
        let entry = |reading: &Reading| LedgerEntry {
            date: reading.date,
            act: reading.first_act,
            acts: reading.acts,
            before: reading.predicted.probability(position),
            after: reading.filtered.probability(position),
            weight: against_all(position, reading),
            against: against_each(position, reading),
        };
        self.readings().iter().filter(known).map(entry).collect()
    }
}

fn against_all(position: usize, reading: &Reading) -> Option<Decibels> {
    let before = reading.predicted.belief().log_odds(position)?.get();
    let after = reading.filtered.belief();
    let after = match after.log_odds(position) {
        Some(odds) => odds.get(),
        None if after.rules_out(position) => f64::NEG_INFINITY,
        None => f64::INFINITY,
    };
    Decibels::of_nats(after - before)
}

fn against_each(position: usize, reading: &Reading) -> Vec<Option<Decibels>> {
    let (before, after) = (reading.predicted.belief(), reading.filtered.belief());
    let log = |belief: &Belief, place: usize| belief.log_weights().get(place).copied();
    let weight = |other: usize| {
        if before.rules_out(position) || before.rules_out(other) {
            return None;
        }
        let first = log(before, position)? - log(before, other)?;
        // If both were ruled out the difference is NaN: their ratio is unknown.
        Decibels::of_nats(log(after, position)? - log(after, other)? - first)
    };
    (0..before.types()).map(weight).collect()
}

#[cfg(test)]
mod tests {
    use detente_quantity::Date;
    use proptest::prelude::*;

    use super::*;
    use crate::{
        Act, Engine, Evidence, SameDay, Settings, Sighting, Tone, Warranted, strategies, trajectory,
    };

    fn in_order(prior: Belief) -> Engine {
        let settings = Settings {
            same_day: SameDay::InOrder,
            ..Settings::default()
        };
        Engine::new(prior, settings).unwrap()
    }

    fn dated(acts: &[Act]) -> Vec<Sighting> {
        let day = Date::constant(1955, 5, 1);
        acts.iter()
            .map(|act| Sighting::act(day, act.clone()))
            .collect()
    }

    #[test]
    fn proof_weighs_without_bound() {
        let chances = [0.0, 0.5, 0.5].map(|p| Probability::new(p).unwrap());
        let alibi = Evidence::likelihoods(chances.to_vec(), Probability::ZERO).unwrap();
        let engine = in_order(Belief::from_log_weights(vec![0.0; 3]).unwrap());
        let acts = dated(&[
            Act::new(Tone::Hostile, alibi.clone()),
            Act::new(Tone::Hostile, alibi),
        ]);
        let timeline = engine.timeline(&acts, &Warranted).unwrap();
        let ledger = timeline.ledger(0);
        assert!(ledger[0].weight.unwrap().get() == f64::NEG_INFINITY);
        assert_eq!(
            (ledger[1].weight, &ledger[1].against),
            (None, &vec![None; 3])
        );
        let other = timeline.ledger(1);
        assert!(other[0].against[0].unwrap().get() == f64::INFINITY);
        assert_eq!(other[0].against[2].map(Decibels::get), Some(0.0));
        assert!(timeline.ledger(3).is_empty());
    }

    proptest! {
        #[test]
        fn weights_are_ratios_and_add_up_to_the_odds(
            prior in strategies::belief(3), acts in strategies::possible_acts(3, 6),
        ) {
            let engine = in_order(prior.clone());
            let ledger = engine.timeline(&dated(&acts), &Warranted).unwrap().ledger(1);
            let mut odds = prior.log_odds(1).unwrap().decibels();
            let beliefs = trajectory(&prior, &acts, &Warranted).unwrap();
            for ((entry, act), belief) in ledger.iter().zip(&acts).zip(&beliefs) {
                let mut logs = [0.0; 3];
                act.evidence().warranted_log_likelihoods(&mut logs);
                for (other, weight) in entry.against.iter().enumerate() {
                    let ratio = 10.0 * (logs[1] - logs[other]) / std::f64::consts::LN_10;
                    prop_assert!((weight.unwrap().get() - ratio).abs() < 1e-9);
                }
                odds += entry.weight.unwrap().get();
                prop_assert!((odds - belief.log_odds(1).unwrap().decibels()).abs() < 1e-9);
            }
        }
    }
}
