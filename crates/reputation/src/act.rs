use detente_quantity::LogOdds;

use crate::{Evidence, ReputationError};

/// Whether an act reached out or struck out. It changes nothing for a Bayesian, whom only the
/// likelihoods concern; biased observers treat the two differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Tone {
    /// A concession, an offer, a promise kept.
    Cooperative,
    /// A threat, a build-up, a promise broken.
    Hostile,
}

/// Something a party did, as an observer may learn from it: its tone, what it shows and, where that is
/// known, what its cost had to do with it.
///
/// ```
/// use detente_reputation::{Act, Evidence, Tone};
/// let concession = Act::new(Tone::Cooperative, Evidence::ratios(vec![3.0, 1.0])?);
/// assert_eq!((concession.tone(), concession.types()), (Tone::Cooperative, 2));
/// # Ok::<(), detente_reputation::ReputationError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Act {
    tone: Tone,
    evidence: Evidence,
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    cost: Option<LogOdds>,
}

impl Act {
    /// An act of this tone with this evidence.
    #[must_use]
    pub const fn new(tone: Tone, evidence: Evidence) -> Self {
        Self {
            tone,
            evidence,
            cost: None,
        }
    }

    /// The same act where it is known by how much its cost lowered the log-odds that a party left to
    /// itself would do it, alike for every type; its likelihoods are those with the cost. Like the tone it
    /// changes nothing for a Bayesian: the likelihoods say it all. An observer who overlooks the cost
    /// reads the act as one that anybody might have done (Kelley's augmentation; claim C-48). Relative
    /// likelihoods leave no room for a cost.
    ///
    /// ```
    /// use detente_quantity::{LogOdds, Probability};
    /// use detente_reputation::{Act, Evidence, Tone};
    ///
    /// // Free, a friend and a foe would have done it with 88% and 50%; at this cost with 27% and 5%.
    /// let chances = [2.0, 0.0].map(|odds: f64| LogOdds::new(odds - 3.0));
    /// let chances = chances.into_iter().map(|odds| odds.map(LogOdds::probability));
    /// let evidence = Evidence::likelihoods(chances.collect::<Result<_, _>>()?, Probability::ZERO)?;
    /// let withdrawal = Act::new(Tone::Cooperative, evidence).costing(LogOdds::new(3.0)?);
    /// assert_eq!(withdrawal.cost().map(LogOdds::get), Some(3.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn costing(self, cost: LogOdds) -> Self {
        Self {
            cost: Some(cost),
            ..self
        }
    }

    /// The news that what `act` showed was not so: its evidence is taken back, and to a Bayesian it
    /// is as if the act had never been seen (claim C-54). It bears the tone and the cost of the act it
    /// discredits, for it concerns that act.
    ///
    /// ```
    /// use detente_quantity::Probability;
    /// use detente_reputation::{Act, Belief, Evidence, Tone, Warranted, posterior};
    ///
    /// let prior = Belief::binary(Probability::new(0.3)?)?;
    /// let massacre = Act::new(Tone::Hostile, Evidence::ratios(vec![1.0, 8.0])?);
    /// let hoax = Act::retracting(&massacre)?;
    /// let trust = posterior(&prior, [&massacre, &hoax], &Warranted)?.probability(0);
    /// assert!((trust.get() - 0.3).abs() < 1e-15);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`ReputationError::Irrevocable`] if the act was proof against some type.
    pub fn retracting(act: &Self) -> Result<Self, ReputationError> {
        Ok(Self {
            evidence: act.evidence.retracted()?,
            ..*act
        })
    }

    /// Whether it was cooperative or hostile.
    #[must_use]
    pub const fn tone(&self) -> Tone {
        self.tone
    }

    /// By how much its cost lowered the log-odds of the act; `None` where that is not known.
    #[must_use]
    pub const fn cost(&self) -> Option<LogOdds> {
        self.cost
    }

    /// What it shows about the type of the party that did it.
    #[must_use]
    pub const fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// How many types its evidence speaks of, at least 1.
    #[must_use]
    pub fn types(&self) -> usize {
        self.evidence.types()
    }
}
