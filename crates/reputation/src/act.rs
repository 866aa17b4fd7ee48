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

/// Something a party did, as an observer may learn from it: its tone and what it shows.
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
}

impl Act {
    /// An act of this tone with this evidence.
    #[must_use]
    pub const fn new(tone: Tone, evidence: Evidence) -> Self {
        Self { tone, evidence }
    }

    /// The news that what `act` showed was not so: its evidence is taken back, and to a Bayesian it
    /// is as if the act had never been seen (claim C-54). It bears the tone of the act it discredits,
    /// for it concerns that act.
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
        Ok(Self::new(act.tone, act.evidence.retracted()?))
    }

    /// Whether it was cooperative or hostile.
    #[must_use]
    pub const fn tone(&self) -> Tone {
        self.tone
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
