use detente_quantity::Probability;

use crate::{BetaReputation, Channel};

impl Channel {
    /// The channel of a witness with this record of reports that proved true (good) and false
    /// (bad), who errs or lies alike about what was done and what was not: hit rate `q̄`, false
    /// alarms `1 − q̄`, `q̄` the mean of the record.
    ///
    /// Of a single report this is exact, whatever is uncertain about the witness: its likelihood
    /// `qL + (1 − q)(1 − L)` is linear in `q`, so that only the mean enters. Several reports of a
    /// witness whose `q` is uncertain are dependent; read as if they were not, they are overstated
    /// while the record is short.
    #[must_use]
    pub fn of_witness(record: &BetaReputation) -> Self {
        Self::with_error(record.mean().complement())
    }
}

impl BetaReputation {
    /// What this reputation, as reported by a witness with the record `witness` of true (good) and
    /// false (bad) reports, allows to be inferred, lies included: informative discounting.
    ///
    /// A report of an act is true with chance `q`, else its contrary is so. Then the chance of the
    /// report "good" is `qθ + (1 − q)(1 − θ) = (1 − ω)·½ + ω·θ` with `ω = 2q − 1`: with chance `ω`
    /// it is the act itself, else the toss of a coin, from which nothing is learnt. With `ω < 0` it
    /// is `(1 − |ω|)·½ + |ω|·(1 − θ)`: with chance `|ω|` it is the contrary of the act. So of `r + s`
    /// reports `|ω|·(r + s)` are to be expected to show what was done; by convention good and bad ones in
    /// proportion, exact in their sum and at the limits. That is what counts, the right way round if `ω > 0` and inverted if `ω < 0`. `q` is the mean of the
    /// record, so that on a uniform prior `ω = (r' − s')/(r' + s' + 2)`.
    ///
    /// Limits: a witness never wrong counts in full, a stranger not at all, one who always lies in
    /// full with good for bad. Antisymmetric: inverting the record is inverting the report. In the
    /// classical form, [`as_reported_by`](BetaReputation::as_reported_by), a known liar is worth no
    /// more than a stranger. Counting expected acts is exact in the limits and a first order
    /// between them; for types of known conduct [`Channel::of_witness`] is exact throughout.
    ///
    /// ```
    /// use detente_reputation::BetaReputation;
    ///
    /// let report = BetaReputation::from_counts(7.0, 1.0)?;
    /// let known = |honest, lies| BetaReputation::from_counts(honest, lies);
    /// assert_eq!(report.as_inferred_from(&known(0.0, 0.0)?).mean().get(), 0.5);
    /// // Ten lies out of ten: seven good acts reported are most likely bad ones.
    /// let liar = report.as_inferred_from(&known(0.0, 10.0)?);
    /// assert!((liar.good() - 10.0 / 12.0).abs() < 1e-15 && (liar.bad() - 70.0 / 12.0).abs() < 1e-14);
    /// assert!(liar.mean().get() < 0.25);
    /// # Ok::<(), detente_reputation::ReputationError>(())
    /// ```
    #[must_use]
    pub fn as_inferred_from(self, witness: &Self) -> Self {
        let right = witness.mean().get();
        // The share of reports that show something, and whether they show the contrary.
        let share = Probability::saturating((2.0 * right - 1.0).abs());
        let faded = self.faded(share);
        if right < 0.5 { faded.inverted() } else { faded }
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use detente_quantity::Date;
    use proptest::prelude::*;

    use super::*;
    use crate::{Act, Belief, Engine, Evidence, Settings, Sighting, Tone, Warranted, strategies};

    fn known_by(honest: f64, lies: f64) -> BetaReputation {
        BetaReputation::from_counts(honest, lies).unwrap()
    }

    #[test]
    fn the_limits_are_full_evidence_none_and_its_contrary() {
        let report = known_by(7.0, 1.0);
        let honest = report.as_inferred_from(&known_by(1e15, 0.0));
        assert_relative_eq!(honest.mean().get(), 0.8, epsilon = 1e-14);
        for stranger in [known_by(0.0, 0.0), known_by(30.0, 30.0)] {
            assert_eq!(report.as_inferred_from(&stranger).mean(), Probability::HALF);
        }
        let liar = report.as_inferred_from(&known_by(0.0, 1e15));
        assert_relative_eq!(liar.mean().get(), 0.2, epsilon = 1e-14);
    }

    #[test]
    fn a_liar_is_read_inverted_by_the_engine_too() {
        let chances = [0.9, 0.4].map(|p| Probability::new(p).unwrap());
        let evidence = Evidence::likelihoods(chances.to_vec(), Probability::ZERO).unwrap();
        let engine = Engine::new(
            Belief::binary(Probability::HALF).unwrap(),
            Settings::default(),
        );
        let engine = engine.unwrap();
        let trust = |record: BetaReputation| {
            let act = Sighting::act(
                Date::constant(1955, 5, 1),
                Act::new(Tone::Cooperative, evidence.clone()),
            );
            let heard = act.reported_through(Channel::of_witness(&record));
            let timeline = engine.timeline(&[heard], &Warranted).unwrap();
            timeline.readings()[0].filtered.probability(0).get()
        };
        assert_relative_eq!(trust(known_by(0.0, 0.0)), 0.5, epsilon = 1e-15);
        assert_relative_eq!(trust(known_by(1e15, 0.0)), 0.9 / 1.3, epsilon = 1e-12);
        assert_relative_eq!(trust(known_by(0.0, 1e15)), 0.1 / 0.7, epsilon = 1e-12);
        // A liar known by ten lies: q = 1/12.
        let (friend, foe) = (0.9 / 12.0 + 1.1 / 12.0, 0.4 / 12.0 + 6.6 / 12.0);
        assert_relative_eq!(
            trust(known_by(0.0, 10.0)),
            friend / (friend + foe),
            epsilon = 1e-14
        );
    }

    proptest! {
        #[test]
        fn inverting_the_record_inverts_the_report(
            witness in strategies::beta_reputation(), report in strategies::beta_reputation(),
        ) {
            let contrary = known_by(witness.bad(), witness.good());
            let one = report.as_inferred_from(&witness);
            let other = report.as_inferred_from(&contrary);
            prop_assert!((one.mean().get() + other.mean().get() - 1.0).abs() < 1e-12);
        }

        #[test]
        fn a_report_never_moves_further_than_the_acts_would(
            witness in strategies::beta_reputation(), report in strategies::beta_reputation(),
        ) {
            let inferred = report.as_inferred_from(&witness).mean().get() - 0.5;
            let seen = report.mean().get() - 0.5;
            prop_assert!(inferred.abs() <= seen.abs() + 1e-15);
            let honest = witness.good() >= witness.bad();
            prop_assert!(inferred == 0.0 || (inferred > 0.0) == ((seen > 0.0) == honest));
        }
    }
}
