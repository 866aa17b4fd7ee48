use detente_quantity::Stakes;
use detente_reciprocity::{
    ReciprocityError,
    automata::{Automaton, Horizon, named::NamedStrategy},
};

use crate::{DetenteError, decode::nearest};

/// What enters a tournament.
#[derive(Debug, Clone, PartialEq)]
pub enum Entrant {
    /// A strategy of the literature.
    Named(NamedStrategy),
    /// One of the user's own.
    Own(Automaton),
}

impl Entrant {
    /// The strategy of the literature that a text names, with a number after a colon where it has
    /// one.
    ///
    /// # Errors
    /// [`DetenteError::UnknownName`] with the nearest name, or
    /// [`DetenteError::Reciprocity`] where the number is at fault.
    ///
    /// ```
    /// use detente::tournament::Entrant;
    /// assert!(Entrant::named("gradual:3").is_ok());
    /// let error = Entrant::named("tit-for-tut").unwrap_err();
    /// assert!(error.to_string().contains("did you mean \"tit-for-tat\"?"));
    /// ```
    pub fn named(text: &str) -> Result<Self, DetenteError> {
        let refused = match text.parse::<NamedStrategy>() {
            Ok(strategy) => return Ok(Self::Named(strategy)),
            Err(refused) => refused,
        };
        let name = text.split(':').next().unwrap_or(text).trim();
        let known = name.parse::<NamedStrategy>().is_ok();
        Err(if known {
            refused.into()
        } else {
            DetenteError::UnknownName {
                what: "strategy".to_owned(),
                known: NamedStrategy::names().map(str::to_owned).collect(),
                given: text.chars().take(64).collect(),
                nearest: nearest(name, NamedStrategy::names()).map(str::to_owned),
            }
        })
    }

    /// Every strategy of the literature.
    pub(super) fn all() -> Vec<Self> {
        NamedStrategy::all().map(Self::Named).to_vec()
    }

    /// What it is as an automaton at these stakes.
    pub(super) fn automaton(
        &self,
        stakes: &Stakes,
        horizon: Horizon,
    ) -> Result<Automaton, ReciprocityError> {
        match self {
            Self::Named(strategy) => strategy.automaton(stakes, horizon),
            Self::Own(automaton) => Ok(automaton.clone()),
        }
    }

    /// How one types it; `None` of one's own.
    pub(super) fn typed(&self) -> Option<String> {
        match self {
            Self::Named(strategy) => Some(strategy.to_string()),
            Self::Own(_) => None,
        }
    }
}
