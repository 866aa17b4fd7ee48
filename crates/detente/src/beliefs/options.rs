use std::str::FromStr;

use detente_quantity::{Date, Probability};
use detente_reputation::SameDay;
use thiserror::Error;

/// How beliefs are to be computed. The default is Bayes' rule on fixed types, as of the decision.
#[derive(Debug, Clone, PartialEq)]
pub struct BeliefOptions {
    /// The day as of which beliefs are shown; by default that of the decision or, where the record
    /// knows of none, of its last act.
    pub until: Option<Date>,
    /// The types to trust, by id or name; by default those that would honour the best agreement.
    pub trust: Vec<String>,
    /// How acts that became known on one day are read.
    pub same_day: SameDay,
    /// The chance a year that a party's type is drawn anew from the prior.
    pub drift: Probability,
    /// Days on which a party may have become another.
    pub changes: Vec<Change>,
    /// Days in which evidence loses half its weight; `None` where it keeps all of it.
    pub half_life: Option<f64>,
}

impl Default for BeliefOptions {
    fn default() -> Self {
        Self {
            until: None,
            trust: Vec::new(),
            same_day: SameDay::default(),
            drift: Probability::ZERO,
            changes: Vec::new(),
            half_life: None,
        }
    }
}

/// A day on which a party may have become another, such as that of a change of leaders: its type is
/// drawn anew from the prior with some chance.
///
/// Written as `1953-03-05=0.5`, or `ussr:1953-03-05=0.5` for one party.
///
/// ```
/// use detente::beliefs::Change;
/// let death: Change = "ussr:1953-03-05=0.5".parse()?;
/// assert_eq!(death.about.as_deref(), Some("ussr"));
/// assert_eq!(death.chance.get(), 0.5);
/// assert!("1953-03-05".parse::<Change>().is_err());
/// # Ok::<(), detente::beliefs::ChangeError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The party, by id or name; `None` where every party is meant.
    pub about: Option<String>,
    /// The day, before whose acts it comes.
    pub date: Date,
    /// The chance that the type was drawn anew.
    pub chance: Probability,
}

/// A change that is not written as one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("expected a day and a chance such as 1953-03-05=0.5, or ussr:1953-03-05=0.5 for one party")]
pub struct ChangeError;

impl FromStr for Change {
    type Err = ChangeError;

    fn from_str(text: &str) -> Result<Self, ChangeError> {
        let (when, chance) = text.rsplit_once('=').ok_or(ChangeError)?;
        let (about, date) = match when.rsplit_once(':') {
            Some((about, date)) => (Some(about.trim().to_owned()), date),
            None => (None, when),
        };
        let chance: f64 = chance.trim().parse().map_err(|_| ChangeError)?;
        Ok(Self {
            about: about.filter(|it| !it.is_empty()),
            date: date.trim().parse().map_err(|_| ChangeError)?,
            chance: Probability::new(chance).map_err(|_| ChangeError)?,
        })
    }
}
