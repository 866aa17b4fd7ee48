use detente_quantity::{Date, Probability};

use crate::{Belief, Channel, Dirichlet, HalfLife, ReputationError, Transition};

/// What the engine takes into account beyond Bayes' rule on a party that never changes. Everything
/// is off by default; each classical model is one setting.
///
/// | setting | alone it is |
/// |---|---|
/// | none | a static type filter: Bayes' rule, as [`trajectory`](crate::trajectory) |
/// | `drift` by readings | the hidden Markov model, Hamilton's (1989) filter |
/// | `drift` by days | the same in calendar time |
/// | `conduct` of one type | a Beta or Dirichlet reputation (Jøsang & Ismail 2002; Jøsang & Haller 2007) |
/// | `conduct` and `changes` | on-line change-point detection (Adams & MacKay 2007) |
///
/// Time passes between readings in this order: day by day first drift, then a change-point; at the
/// start of a shock's day the shock; last what comes once a reading. Nothing passes before the first
/// reading, except from the day of the prior (`since`) on. What no finite computation can combine
/// exactly is refused by [`Engine::new`](crate::Engine::new): types that drift between kinds of conduct that are
/// each still being learnt, errors of observation in learnt conduct, and fading evidence beside
/// any model of how types change (fading *is* a rough model of that).
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct Settings {
    /// The day on whose eve the prior was held. Without it the prior is that of the first reading,
    /// or of the first shock if that is earlier.
    pub since: Option<Date>,
    /// How acts of one day are read.
    pub same_day: SameDay,
    /// How a party's type wanders.
    pub drift: Option<Drift>,
    /// Days on which it may have changed at once. In any order.
    pub shocks: Vec<Shock>,
    /// Change-points on no known date: the type is drawn anew from the prior, and conduct learnt so
    /// far is void.
    pub changes: Option<Pace>,
    /// How what was seen fades.
    pub forgetting: Option<Forgetting>,
    /// How the observer's own eyes err, for acts without a channel of their own.
    pub misperception: Option<Channel>,
    /// What each type's conduct is thought to be before any act, where it is learnt from acts seen
    /// as symbols; one for each type of the prior, all over the same symbols. `None` where acts
    /// carry their own evidence.
    pub conduct: Option<Vec<Dirichlet>>,
}

/// How acts that became known on one day are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum SameDay {
    /// Together, as one reading: nothing predicted of an act uses another act of its day. The order
    /// within a day does not matter. Honest where it is unknown, as in most event data.
    #[default]
    Strict,
    /// One after another, in the order given, each a reading of its own.
    InOrder,
}

/// How a party's type wanders: a transition, and how often it is made.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Drift {
    /// Once a day, whether or not anything was seen.
    PerDay(Transition),
    /// Once between a reading and the next (Hamilton 1989), however long that was.
    PerReading(Transition),
}

/// How often a change-point comes.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Pace {
    /// With this chance a day.
    PerDay(Probability),
    /// With this chance between a reading and the next (Adams & MacKay 2007).
    PerReading(Probability),
}

/// A day on which a party may have changed at once, such as that of a new leader. It strikes before
/// the acts of its day.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Shock {
    /// The day.
    pub date: Date,
    /// What may have happened on it.
    pub effect: Effect,
}

/// What a shock does.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Effect {
    /// With this chance the party is a new one: its type is drawn from the prior, and conduct
    /// learnt so far is void.
    Redraw(Probability),
    /// Types change into one another with these chances.
    Mix(Transition),
}

/// How what was seen fades.
///
/// Of conduct that is learnt, the counts fade: after a share `ρ` is retained, counts `c` are `ρc`
/// and the prior stands. Of types with known conduct, the evidence fades: log-weights `w` become
/// `w₀ + ρ(w − w₀)`, `w₀` the prior's, so that an act of age `a` weighs `ρ(a)` times its
/// log-likelihood. A type ruled out stays so. A belief with faded evidence is no posterior, so that
/// there is no hindsight under it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Forgetting {
    /// By elapsed days: an act of age `a` counts `2^(−a/H)`.
    ByDays(HalfLife),
    /// By readings: each retains this share of what was before it (λ of Jøsang & Ismail 2002).
    ByReadings(Probability),
}

impl Settings {
    /// Whether there can be more than one run: stretches of time between change-points.
    pub(crate) fn tracks_runs(&self) -> bool {
        self.changes.is_some() || self.conduct.is_some()
    }

    /// Whether the type of old is the type of now, and old evidence weighs what it did.
    pub(crate) fn is_static(&self) -> bool {
        let moves = self.drift.is_some() || self.changes.is_some() || !self.shocks.is_empty();
        !moves && self.forgetting.is_none()
    }

    pub(crate) fn check(&self, prior: &Belief) -> Result<(), ReputationError> {
        self.check_types(prior.types())?;
        self.check_conduct(prior.types())?;
        self.check_dates()?;
        self.check_exact(prior.types())
    }

    fn check_types(&self, types: usize) -> Result<(), ReputationError> {
        let drift = self.drift.as_ref().map(|drift| match drift {
            Drift::PerDay(transition) | Drift::PerReading(transition) => transition,
        });
        let mixed = self.shocks.iter().filter_map(|shock| match &shock.effect {
            Effect::Mix(transition) => Some(transition),
            Effect::Redraw(_) => None,
        });
        match drift
            .into_iter()
            .chain(mixed)
            .find(|transition| transition.types() != types)
        {
            Some(transition) => Err(ReputationError::Length {
                array: "a transition among types",
                given: transition.types(),
                expected: types,
            }),
            None => Ok(()),
        }
    }

    fn check_conduct(&self, types: usize) -> Result<(), ReputationError> {
        let Some(conduct) = &self.conduct else {
            return Ok(());
        };
        if conduct.len() != types {
            return Err(ReputationError::Length {
                array: "the list of conduct by type",
                given: conduct.len(),
                expected: types,
            });
        }
        let symbols = conduct.first().map_or(0, Dirichlet::symbols);
        match conduct.iter().find(|it| it.symbols() != symbols) {
            Some(other) => Err(ReputationError::Length {
                array: "conduct over symbols",
                given: other.symbols(),
                expected: symbols,
            }),
            None => Ok(()),
        }
    }

    fn check_dates(&self) -> Result<(), ReputationError> {
        let Some(since) = self.since else {
            return Ok(());
        };
        match self.shocks.iter().position(|shock| shock.date < since) {
            Some(place) => Err(ReputationError::BeforePrior {
                what: "shock",
                place: place + 1,
                date: self.shocks[place].date,
                since,
            }),
            None => Ok(()),
        }
    }

    fn check_exact(&self, types: usize) -> Result<(), ReputationError> {
        let mixes = |shock: &Shock| matches!(shock.effect, Effect::Mix(_));
        let mixing = self.shocks.iter().any(mixes) || self.drift.is_some();
        let inexact = |first, second| Err(ReputationError::Inexact { first, second });
        if self.conduct.is_some() {
            if types > 1 && mixing {
                return inexact(
                    "conduct that is learnt by type",
                    "types that change into one another",
                );
            }
            if self.misperception.is_some_and(|it| it != Channel::PERFECT) {
                return inexact("conduct that is learnt", "errors of observation");
            }
        } else if self.forgetting.is_some()
            && (mixing || self.changes.is_some() || !self.shocks.is_empty())
        {
            return inexact("evidence that fades", "types that change");
        }
        Ok(())
    }
}
