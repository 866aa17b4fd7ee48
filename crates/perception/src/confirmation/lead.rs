use detente_quantity::{LogOdds, Probability};

use crate::PerceptionError;

/// The most signals whose leads are computed one by one.
const MOST_SIGNALS: usize = 10_000;

/// What an observer took a signal to say, of two hypotheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Perceived {
    /// That the first hypothesis is true.
    First,
    /// That the second is.
    Second,
}

/// An observer of two hypotheses who favours the one that more signals seemed to support, and sees
/// too much support for it (Rabin & Schrag 1999, claim C-44; Fryer, Harms & Jackson 2019, claim C-45).
///
/// Signals are independent and right with chance `θ`; prior odds are even. Where one hypothesis leads,
/// a signal against it is taken for one in its favour with chance `q`, so that signals *seem* right with
/// chance `θ⁺ = θ + q(1 − θ)` while the true hypothesis leads and `θ⁻ = (1 − q)θ` while the false one
/// does. The observer knows nothing of this and counts what it saw. Its lead, the number of signals seen
/// for the true hypothesis less those seen for the false, is a random walk whose drift depends on its
/// sign; everything below is exact for that walk.
///
/// ```
/// use detente_perception::ConfirmatoryObserver;
/// use detente_quantity::Probability;
///
/// let chance = Probability::new;
/// let observer = ConfirmatoryObserver::misreading(chance(0.75)?, chance(0.5)?)?;
/// assert!((observer.wrong_for_good(0).get() - 0.13462).abs() < 5e-6);
/// // Two unlucky signals at the start, and the odds are against ever learning the truth.
/// assert!((observer.wrong_for_good(-2).get() - 0.6885).abs() < 5e-5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ConfirmatoryObserver {
    /// `θ`, above ½.
    accuracy: f64,
    /// `q`.
    misread: f64,
    /// The chance that a signal seems right while neither hypothesis leads.
    right_when_level: f64,
}

impl ConfirmatoryObserver {
    /// Rabin and Schrag's observer: signals right with chance `accuracy` (`θ`), misread with chance
    /// `misreading` (`q`), and taken as they are while neither hypothesis leads.
    ///
    /// # Errors
    /// [`PerceptionError::OutOfRange`] unless `accuracy` is above ½.
    pub fn misreading(
        accuracy: Probability,
        misreading: Probability,
    ) -> Result<Self, PerceptionError> {
        let accuracy = informative(accuracy)?;
        Ok(Self {
            accuracy,
            misread: misreading.get(),
            right_when_level: accuracy,
        })
    }

    /// Fryer, Harms and Jackson's observer: a share `ambiguous` (`π`) of signals says nothing by itself
    /// and is taken to speak for the hypothesis that leads, and for either with even chances while
    /// none does; the rest are clear and right with chance `accuracy`. Away from a level lead it is
    /// Rabin and Schrag's with `q = π`.
    ///
    /// # Errors
    /// [`PerceptionError::OutOfRange`] unless `accuracy` is above ½.
    pub fn ambiguity(
        accuracy: Probability,
        ambiguous: Probability,
    ) -> Result<Self, PerceptionError> {
        let accuracy = informative(accuracy)?;
        let (clear, unclear) = (ambiguous.complement().get(), ambiguous.get());
        Ok(Self {
            accuracy,
            misread: unclear,
            right_when_level: clear * accuracy + unclear / 2.0,
        })
    }

    /// The chance that the next signal seems to support the true hypothesis, at a lead of that
    /// hypothesis: `θ⁺` above 0, `θ⁻` below.
    #[must_use]
    pub fn seems_right(&self, lead: i64) -> Probability {
        Probability::saturating(match lead {
            1.. => self.accuracy + self.misread * (1.0 - self.accuracy),
            0 => self.right_when_level,
            _ => (1.0 - self.misread) * self.accuracy,
        })
    }

    /// Whether the observer may come to be certain of what is false: iff `q > 1 − 1/(2θ)`.
    #[must_use]
    pub fn can_be_wrong_for_good(&self) -> bool {
        self.wrong_for_good(-1).get() > 0.0
    }

    /// The probability that the lead goes to the false hypothesis for good, from a lead of the true one
    /// (negative if it is behind). Closed form, with `r₊ = (1 − θ⁺)/θ⁺`, `r₋ = min(1, θ⁻/(1 − θ⁻))` the
    /// chances of ever coming back by one, and `t` the chance of a right start:
    /// `P_w = (1 − t)(1 − r₋) / [t(1 − r₊) + (1 − t)(1 − r₋)]` from a level lead, `r₊ᵏ P_w` from `k`
    /// ahead and `1 − r₋ᵏ (1 − P_w)` from `k` behind.
    #[must_use]
    pub fn wrong_for_good(&self, lead: i64) -> Probability {
        let (ahead, behind) = (self.seems_right(1).get(), self.seems_right(-1).get());
        let lose_lead = (1.0 - ahead) / ahead;
        let make_up = if behind < 0.5 {
            behind / (1.0 - behind)
        } else {
            1.0
        };
        let right_start = self.right_when_level * (1.0 - lose_lead);
        let wrong_start = (1.0 - self.right_when_level) * (1.0 - make_up);
        let from_level = wrong_start / (right_start + wrong_start);
        let steps = lead.unsigned_abs() as f64;
        Probability::saturating(if lead >= 0 {
            lose_lead.powf(steps) * from_level
        } else {
            1.0 - make_up.powf(steps) * (1.0 - from_level)
        })
    }

    /// What the observer believes at a lead of a hypothesis: the probability `σ(lead · ln(θ/(1 − θ)))`
    /// that it is true, every signal seen counted at face value.
    #[must_use]
    pub fn belief(&self, lead: i64) -> Probability {
        let strength = (self.accuracy / (1.0 - self.accuracy)).ln().min(f64::MAX);
        let odds = (lead as f64 * strength).clamp(f64::MIN, f64::MAX);
        LogOdds::new(odds).map_or(Probability::HALF, LogOdds::probability)
    }

    /// What somebody who knew how the observer perceives would conclude from what it perceived: the
    /// probability of the first hypothesis. O(signals).
    ///
    /// # Errors
    /// [`PerceptionError::Inexplicable`] if neither hypothesis could have produced the record.
    pub fn warranted(&self, perceived: &[Perceived]) -> Result<Probability, PerceptionError> {
        let (mut lead, mut if_first, mut if_second) = (0_i64, 0.0_f64, 0.0_f64);
        for signal in perceived {
            let (right, wrong) = (self.seems_right(lead), self.seems_right(-lead).complement());
            match signal {
                Perceived::First => {
                    if_first += right.get().ln();
                    if_second += wrong.get().ln();
                    lead += 1;
                }
                Perceived::Second => {
                    if_first += right.complement().get().ln();
                    if_second += wrong.complement().get().ln();
                    lead -= 1;
                }
            }
        }
        let odds = if_first - if_second;
        if odds.is_nan() {
            return Err(PerceptionError::Inexplicable);
        }
        let bounded = LogOdds::new(odds.clamp(f64::MIN, f64::MAX))?;
        Ok(bounded.probability())
    }

    /// The exact distribution of the lead after so many signals, from the lead `start`, by dynamic
    /// programming on the lead: O(signals²) time and O(signals) memory.
    ///
    /// # Errors
    /// [`PerceptionError::TooMany`] for more than 10 000 signals.
    pub fn leads(&self, start: i32, signals: usize) -> Result<Leads, PerceptionError> {
        if signals > MOST_SIGNALS {
            return Err(PerceptionError::TooMany {
                what: "signals",
                given: signals,
                limit: MOST_SIGNALS,
            });
        }
        // Place k holds the chance of k signals seen for the truth so far.
        let mut chances = vec![1.0];
        for sent in 0..signals as i64 {
            let mut next = vec![0.0; chances.len() + 1];
            for (seen, chance) in chances.iter().enumerate() {
                let lead = i64::from(start) + 2 * seen as i64 - sent;
                let right = self.seems_right(lead).get();
                next[seen + 1] += chance * right;
                next[seen] += chance * (1.0 - right);
            }
            chances = next;
        }
        Ok(Leads {
            lowest: i64::from(start) - signals as i64,
            chances,
        })
    }
}

/// The distribution of the lead of the true hypothesis after a number of signals.
#[derive(Debug, Clone, PartialEq)]
pub struct Leads {
    lowest: i64,
    /// From the lowest lead in steps of two.
    chances: Vec<f64>,
}

impl Leads {
    /// Every lead that can have come about, lowest first, with its probability.
    pub fn iter(&self) -> impl Iterator<Item = (i64, f64)> + '_ {
        let leads = (0..).map(|step| self.lowest + 2 * step);
        leads.zip(self.chances.iter().copied())
    }

    /// The probability that the false hypothesis leads.
    #[must_use]
    pub fn favours_falsehood(&self) -> Probability {
        let behind = self.iter().filter(|(lead, _)| *lead < 0);
        Probability::saturating(behind.map(|(_, chance)| chance).sum())
    }

    /// The expected lead of the true hypothesis.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.iter().map(|(lead, chance)| lead as f64 * chance).sum()
    }
}

fn informative(accuracy: Probability) -> Result<f64, PerceptionError> {
    if accuracy > Probability::HALF {
        Ok(accuracy.get())
    } else {
        Err(PerceptionError::OutOfRange {
            quantity: "accuracy of the signals",
            given: accuracy.get(),
            expected: "a probability above 1/2",
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rabin(accuracy: f64, misreading: f64) -> ConfirmatoryObserver {
        let chance = |value| Probability::new(value).unwrap();
        ConfirmatoryObserver::misreading(chance(accuracy), chance(misreading)).unwrap()
    }

    fn fryer(accuracy: f64, ambiguous: f64) -> ConfirmatoryObserver {
        let chance = |value| Probability::new(value).unwrap();
        ConfirmatoryObserver::ambiguity(chance(accuracy), chance(ambiguous)).unwrap()
    }

    #[test]
    fn signals_must_inform() {
        for accuracy in [0.0, 0.3, 0.5] {
            let accuracy = Probability::new(accuracy).unwrap();
            let error = ConfirmatoryObserver::misreading(accuracy, Probability::ZERO).unwrap_err();
            assert!(error.to_string().contains("above 1/2"), "{error}");
            assert!(ConfirmatoryObserver::ambiguity(accuracy, Probability::ZERO).is_err());
        }
    }

    #[test]
    fn limits_are_limits() {
        // Signals that never err, misread or not.
        assert_eq!(rabin(1.0, 0.5).wrong_for_good(0), Probability::ZERO);
        assert_eq!(rabin(1.0, 1.0).wrong_for_good(-1), Probability::ONE);
        assert_eq!(rabin(1.0, 0.0).belief(3), Probability::ONE);
        assert_eq!(rabin(1.0, 0.0).belief(0), Probability::HALF);
        // Who sees nothing but what it expects stays with the first signal.
        assert!((rabin(0.75, 1.0).wrong_for_good(0).get() - 0.25).abs() < 1e-15);
        assert_eq!(fryer(0.75, 1.0).wrong_for_good(0), Probability::HALF);
        // At the critical share the false lead drifts nowhere, and is lost for sure.
        assert!(!rabin(0.75, 1.0 / 3.0).can_be_wrong_for_good());
        for lead in [i64::MIN, -1, 0, 1, i64::MAX] {
            for observer in [rabin(0.6, 0.0), rabin(0.6, 1.0), fryer(0.9, 0.5)] {
                assert!((0.0..=1.0).contains(&observer.wrong_for_good(lead).get()));
            }
        }
        let impossible = [Perceived::First, Perceived::Second];
        assert_eq!(
            rabin(1.0, 0.0).warranted(&impossible),
            Err(PerceptionError::Inexplicable)
        );
        assert_eq!(rabin(0.6, 0.0).warranted(&[]), Ok(Probability::HALF));
        assert!(rabin(0.6, 0.0).leads(0, 10_001).is_err());
        assert_eq!(
            rabin(0.6, 0.0).leads(i32::MIN, 0).unwrap().iter().count(),
            1
        );
    }

    proptest! {
        #[test]
        fn the_walk_tends_to_the_closed_form(
            accuracy in 0.7..0.95_f64, misread in 0.6..0.95_f64, start in -3..=3_i32,
            ambiguous in any::<bool>(),
        ) {
            // Far from the critical share 1 − 1/(2θ) < 0.48, so that 400 signals settle it.
            let observer = if ambiguous { fryer(accuracy, misread) } else { rabin(accuracy, misread) };
            let leads = observer.leads(start, 400).unwrap();
            let total: f64 = leads.iter().map(|(_, chance)| chance).sum();
            prop_assert!((total - 1.0).abs() < 1e-12);
            let (walked, closed) = (leads.favours_falsehood().get(), observer.wrong_for_good(i64::from(start)).get());
            prop_assert!((walked - closed).abs() < 1e-3, "{walked} {closed}");
        }

        #[test]
        fn an_observer_who_reads_right_counts_right(
            accuracy in 0.51..0.99_f64, record in proptest::collection::vec(any::<bool>(), 0..12),
        ) {
            let perceived: Vec<Perceived> = record
                .iter()
                .map(|&first| if first { Perceived::First } else { Perceived::Second })
                .collect();
            let lead = record.iter().map(|&first| if first { 1 } else { -1 }).sum();
            let observer = rabin(accuracy, 0.0);
            let warranted = observer.warranted(&perceived).unwrap().get();
            prop_assert!((observer.belief(lead).get() - warranted).abs() < 1e-12);
        }
    }
}
