//! One exact engine of belief about a party from dated acts, whose settings are the classical
//! models.

mod channel;
pub(crate) mod logs;
mod matrix;
mod passage;
mod run;
mod settings;
mod sighting;
mod smoothing;
mod stage;
mod timeline;
mod tracker;
mod transition;

use crate::{Belief, Dirichlet, ReputationError};

pub use channel::Channel;
pub use settings::{Drift, Effect, Forgetting, Pace, SameDay, Settings, Shock};
pub use sighting::{Seen, Sighting};
pub use stage::{Filtered, Predicted, Smoothed};
pub use timeline::{Expected, HindsightGap, RunStart, Timeline};
pub use tracker::{Reading, Tracker};
pub use transition::Transition;

/// What an observer takes for granted: a prior over types, and [`Settings`] that say how types
/// change, how acts are seen and what is forgotten. Exact: no approximation is made under any
/// setting, and what could only be approximated is refused.
///
/// ```
/// use detente_quantity::{Date, Probability};
/// use detente_reputation::{
///     Act, Belief, Drift, Engine, Evidence, Settings, Sighting, Tone, Transition, Warranted,
/// };
///
/// // Trustworthy (0.9 cooperative) or not (0.4); and a party may change its mind between acts.
/// let chance = |p| Probability::new(p);
/// let coop = Evidence::likelihoods(vec![chance(0.9)?, chance(0.4)?], chance(0.0)?)?;
/// let defect = Evidence::likelihoods(vec![chance(0.1)?, chance(0.6)?], chance(0.0)?)?;
/// let acts: Vec<Sighting> = "CCDCCCDD".chars().zip(1..).map(|(letter, day)| {
///     let act = match letter {
///         'C' => Act::new(Tone::Cooperative, coop.clone()),
///         _ => Act::new(Tone::Hostile, defect.clone()),
///     };
///     Sighting::act(Date::constant(1962, 10, day), act)
/// }).collect();
///
/// let drift = Some(Drift::PerReading(Transition::switching(2, chance(0.02)?)?));
/// let engine = Engine::new(Belief::binary(Probability::HALF)?, Settings { drift, ..Settings::default() })?;
/// let timeline = engine.timeline(&acts, &Warranted)?;
/// let last = &timeline.readings()[7];
/// assert!((last.filtered.probability(0).get() - 0.157_670_395).abs() < 1e-9);
/// assert!((timeline.log_likelihood() + 6.343_621_165).abs() < 1e-9);
///
/// // What could be known on the third day, and what is known now.
/// let gap = timeline.hindsight_gap(0)?[2];
/// assert!(gap.smoothed < gap.filtered);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Unchecked"))]
pub struct Engine {
    prior: Belief,
    settings: Settings,
    /// Prior weights of the symbols by type; none where conduct is not learnt.
    #[cfg_attr(feature = "serde", serde(skip))]
    shapes: Vec<Vec<f64>>,
}

impl Engine {
    /// Checks that the settings fit the prior and can be combined exactly.
    ///
    /// # Errors
    /// [`ReputationError::Length`] if a transition or the conduct speaks of another number of types
    /// than the prior, [`ReputationError::BeforePrior`] for a shock before the day of the prior,
    /// [`ReputationError::Inexact`] for settings that cannot be combined exactly.
    pub fn new(prior: Belief, settings: Settings) -> Result<Self, ReputationError> {
        settings.check(&prior)?;
        let conduct = settings.conduct.iter().flatten();
        Ok(Self {
            shapes: conduct.map(Dirichlet::shape).collect(),
            prior,
            settings,
        })
    }

    /// The belief before any act.
    #[must_use]
    pub const fn prior(&self) -> &Belief {
        &self.prior
    }

    /// What the engine takes into account.
    #[must_use]
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Whether conduct is learnt from symbols.
    pub(crate) fn learns(&self) -> bool {
        !self.shapes.is_empty()
    }

    pub(crate) fn shapes(&self) -> &[Vec<f64>] {
        &self.shapes
    }

    /// How many symbols conduct is learnt over; 0 if none is.
    pub(crate) fn symbols(&self) -> usize {
        self.shapes.first().map_or(0, Vec::len)
    }

    /// How many numbers a reading with so many runs is remembered by.
    pub(crate) fn numbers(&self, runs: usize) -> usize {
        let each = 2 * (self.prior.types() + self.symbols() + 4);
        let types = self.prior.types();
        runs.saturating_mul(each)
            .saturating_add(types.saturating_mul(types + 4))
    }
}

#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Unchecked {
    prior: Belief,
    #[serde(default)]
    settings: Settings,
}

#[cfg(feature = "serde")]
impl TryFrom<Unchecked> for Engine {
    type Error = ReputationError;

    fn try_from(unchecked: Unchecked) -> Result<Self, ReputationError> {
        Self::new(unchecked.prior, unchecked.settings)
    }
}

#[cfg(test)]
mod tests;
