use detente_quantity::{Probability, Stakes};
use detente_reciprocity::automata::{Horizon, Noise, Population};

use super::{Entrant, TournamentFile};
use crate::{
    DetenteError,
    decode::{CaseFaults, Source, read},
};

/// What is played in a tournament, by whom, and how it is judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    /// What it is called.
    pub title: String,
    /// T, R, P and S, the same for all.
    pub stakes: Stakes,
    /// The strategies; none for all named ones that exist at these stakes.
    pub entrants: Vec<Entrant>,
    /// How all err.
    pub noise: Noise,
    /// How periods are weighed.
    pub horizon: Horizon,
    /// The small population in which strategies spread by imitation, if that is asked for.
    pub population: Option<Population>,
}

impl Setup {
    /// All named strategies at these stakes, one act in a hundred the contrary of what was meant, no
    /// act misread, and all periods of the same weight.
    #[must_use]
    pub fn new(stakes: Stakes) -> Self {
        Self {
            title: "A tournament".to_owned(),
            stakes,
            entrants: Vec::new(),
            noise: Noise::implementation(Probability::saturating(0.01)),
            horizon: Horizon::LongRun,
            population: None,
        }
    }

    /// The same at the usual stakes T = 5, R = 3, P = 1 and S = 0 (Axelrod 1984).
    ///
    /// # Errors
    /// None: these are stakes.
    pub fn usual() -> Result<Self, DetenteError> {
        Ok(Self::new(Stakes::new(5.0, 3.0, 1.0, 0.0)?))
    }

    /// Reads a file; what it leaves out is as [usual](Self::usual). Its own strategies play beside
    /// those that it names, or beside all where it has no list of names.
    ///
    /// # Errors
    /// [`DetenteError::Case`] with every fault of the file.
    pub fn read(source: &Source) -> Result<Self, DetenteError> {
        let file = read::<TournamentFile>(source).map_err(|faults| CaseFaults {
            faults,
            source: source.clone(),
        })?;
        let usual = Self::usual()?;
        let named = file
            .strategies
            .unwrap_or_else(|| match file.own.is_empty() {
                true => Vec::new(),
                false => Entrant::all(),
            });
        let errors = |given, otherwise| Option::unwrap_or(given, otherwise);
        let misread = errors(file.misreading, Probability::ZERO);
        let slips = errors(file.slips, usual.noise.honouring_slips);
        Ok(Self {
            title: file.title.unwrap_or(usual.title),
            stakes: file.stakes.unwrap_or(usual.stakes),
            entrants: named
                .into_iter()
                .chain(file.own.into_iter().map(Entrant::Own))
                .collect(),
            noise: Noise {
                honouring_slips: slips,
                cheating_slips: slips,
                honouring_misread: errors(file.suspicion, misread),
                cheating_misread: misread,
            },
            horizon: file.horizon.unwrap_or(usual.horizon),
            population: None,
        })
    }
    /// The same with these named strategies in place of its own named ones; unchanged by an empty
    /// list.
    #[must_use]
    pub fn with_named(mut self, named: Vec<Entrant>) -> Self {
        if !named.is_empty() {
            let own = { self.entrants.into_iter() }.filter(|it| matches!(it, Entrant::Own(_)));
            self.entrants = named.into_iter().chain(own).collect();
        }
        self
    }
}
