use detente_quantity::{DiscountFactor, Stakes};

use super::{Automaton, Contest, Encounter, Noise, OutcomeShares};
use crate::{ReciprocityError, Side};

/// The most automata that may enter a tournament: every pair is kept.
pub const MAX_ENTRIES: usize = 1000;

/// The most steps of elimination, or of following periods, that a tournament may take: a minute or
/// so.
const MAX_WORK: f64 = 2e11;

/// How the periods of an encounter are weighed.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Horizon {
    /// Period t weighs (1 − δ)δᵗ.
    Discounted(DiscountFactor),
    /// All periods of an endless encounter weigh the same.
    LongRun,
    /// This many periods weigh the same, from 1 to 1,000,000.
    Periods(u32),
}

/// Every automaton against every other and itself, solved and not simulated (after Axelrod 1984).
///
/// ```
/// use detente_quantity::{Probability, Stakes};
/// use detente_reciprocity::automata::{Horizon, Noise, Tournament, named};
/// let entries = [named::tit_for_tat(), named::win_stay_lose_shift(), named::always_cheat()];
/// let noise = Noise::implementation(Probability::new(0.01)?);
/// let tournament = Tournament::play(&entries, noise, Horizon::LongRun)?;
/// let standings = tournament.standings(&Stakes::new(5.0, 3.0, 1.0, 0.0)?);
/// let names: Vec<&str> = standings.iter().map(|it| it.name.as_str()).collect();
/// assert_eq!(names, ["win-stay lose-shift", "tit for tat", "always cheat"]);
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
#[derive(Debug, Clone)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Tournament {
    names: Vec<String>,
    /// Row-major: what happens when the row's entry meets the column's.
    outcomes: Vec<OutcomeShares>,
}

/// One automaton's place in a tournament.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Standing {
    /// Its position among the entries.
    pub entry: usize,
    /// Its name.
    pub name: String,
    /// Its mean payoff per period over all entries, itself included.
    pub score: f64,
}

impl Tournament {
    /// Plays every pair once, parties erring alike. O(n²) encounters for n entries.
    ///
    /// # Errors
    /// [`Empty`](ReciprocityError::Empty) without entries, [`TooMany`](ReciprocityError::TooMany)
    /// beyond [`MAX_ENTRIES`] or where playing would take hours, and what the encounters answer.
    pub fn play(
        entries: &[Automaton],
        noise: Noise,
        horizon: Horizon,
    ) -> Result<Self, ReciprocityError> {
        let n = entries.len();
        if n == 0 {
            return Err(ReciprocityError::Empty {
                what: "a tournament".to_owned(),
                member: "entry",
            });
        }
        if n > MAX_ENTRIES {
            return Err(ReciprocityError::TooMany {
                what: "entries of a tournament",
                given: n,
                limit: MAX_ENTRIES,
            });
        }
        let least: Vec<Automaton> = entries.iter().map(Automaton::minimal).collect();
        affordable(&least, horizon)?;
        let mut outcomes = vec![None; n * n];
        for (i, row) in least.iter().enumerate() {
            for (j, column) in least.iter().enumerate().skip(i) {
                let met = if i == j {
                    Encounter::with_itself(row, noise)
                } else {
                    Encounter::new(row, column, noise)
                };
                let met = met?.over(horizon)?;
                outcomes[j * n + i] = Some(met.mirrored());
                outcomes[i * n + j] = Some(met);
            }
        }
        let names = entries.iter().map(|it| it.name().to_owned()).collect();
        let outcomes = outcomes.into_iter().flatten().collect();
        Ok(Self { names, outcomes })
    }

    /// The entries' names, in the order in which they were given.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// What happens when one entry meets another, as row and column; `None` if there is no such
    /// entry.
    #[must_use]
    pub fn outcomes(&self, row: usize, column: usize) -> Option<OutcomeShares> {
        let n = self.names.len();
        let there = row < n && column < n;
        there.then(|| self.outcomes[row * n + column])
    }

    /// What every entry gets from every other at these stakes, row-major.
    #[must_use]
    pub fn payoffs(&self, stakes: &Stakes) -> Vec<f64> {
        let paid = |it: &OutcomeShares| it.payoff(Side::Row, stakes);
        self.outcomes.iter().map(paid).collect()
    }

    /// What an entry and one that invades it pay each other at these stakes; `None` if there is no
    /// such entry.
    #[must_use]
    pub fn contest(&self, resident: usize, invader: usize, stakes: &Stakes) -> Option<Contest> {
        let paid = |own, other| {
            let met: OutcomeShares = self.outcomes(own, other)?;
            Some(met.payoff(Side::Row, stakes))
        };
        Some(Contest {
            among_residents: paid(resident, resident)?,
            resident_from_invader: paid(resident, invader)?,
            invader_from_resident: paid(invader, resident)?,
            among_invaders: paid(invader, invader)?,
        })
    }

    /// The entries by mean payoff at these stakes, best first, ties in the order of entry.
    #[must_use]
    pub fn standings(&self, stakes: &Stakes) -> Vec<Standing> {
        let n = self.names.len();
        let payoffs = self.payoffs(stakes);
        // Dividing first keeps sums of the largest payoffs finite.
        let mean = |row: &[f64]| row.iter().map(|it| it / n as f64).sum();
        let mut standings: Vec<Standing> = self
            .names
            .iter()
            .zip(payoffs.chunks_exact(n))
            .enumerate()
            .map(|(entry, (name, row))| Standing {
                entry,
                name: name.clone(),
                score: mean(row),
            })
            .collect();
        standings.sort_by(|a, b| b.score.total_cmp(&a.score));
        standings
    }
}

/// Refuses what would take hours: every pair of states followed period by period, or eliminated
/// with the 1,024 that may lead to each other.
fn affordable(entries: &[Automaton], horizon: Horizon) -> Result<(), ReciprocityError> {
    let sizes = entries.iter().map(|it| it.states().len() as f64);
    let sizes: Vec<f64> = sizes.collect();
    let of_pair = |pairs: f64| match horizon {
        Horizon::Periods(periods) => 4.0 * pairs * f64::from(periods),
        Horizon::Discounted(_) | Horizon::LongRun => pairs.min(1024.0).powi(3) / 3.0,
    };
    let lines = sizes.iter().enumerate();
    let work: f64 = lines
        .map(|(i, own)| {
            sizes[i..]
                .iter()
                .map(|other| of_pair(own * other))
                .sum::<f64>()
        })
        .sum();
    if work <= MAX_WORK {
        return Ok(());
    }
    Err(ReciprocityError::TooMany {
        what: "steps of the tournament",
        given: work as usize,
        limit: MAX_WORK as usize,
    })
}

impl Encounter {
    /// The shares of outcomes as `horizon` weighs the periods.
    ///
    /// # Errors
    /// As [`discounted`](Self::discounted), [`long_run`](Self::long_run) and
    /// [`averaged`](Self::averaged).
    pub fn over(&self, horizon: Horizon) -> Result<OutcomeShares, ReciprocityError> {
        match horizon {
            Horizon::Discounted(patience) => self.discounted(patience),
            Horizon::LongRun => Ok(self.long_run()?.outcomes),
            Horizon::Periods(periods) => self.averaged(periods),
        }
    }
}

#[cfg(test)]
mod tests {
    use detente_quantity::Probability;

    use super::*;
    use crate::automata::named;

    #[test]
    fn nobody_and_everybody_are_refused() {
        assert!(Tournament::play(&[], Noise::NONE, Horizon::LongRun).is_err());
        let crowd = vec![named::tit_for_tat(); MAX_ENTRIES + 1];
        assert!(Tournament::play(&crowd, Noise::NONE, Horizon::LongRun).is_err());
        let vast = vec![named::gradual(40).unwrap(); 100];
        let refused = Tournament::play(&vast, Noise::NONE, Horizon::LongRun).unwrap_err();
        assert!(
            refused
                .to_string()
                .starts_with("steps of the tournament number"),
            "{refused}"
        );
        let long = vec![named::gradual(4).unwrap(); 500];
        assert!(Tournament::play(&long, Noise::NONE, Horizon::Periods(1_000_000)).is_err());
    }

    #[test]
    fn places_are_those_of_the_encounters() {
        let entries = [
            named::gradual(3).unwrap(),
            named::always_cheat(),
            named::grim(),
        ];
        let noise = Noise::perception(Probability::new(0.05).unwrap());
        let horizon = Horizon::Discounted(DiscountFactor::new(0.9).unwrap());
        let tournament = Tournament::play(&entries, noise, horizon).unwrap();
        for (i, row) in entries.iter().enumerate() {
            for (j, column) in entries.iter().enumerate() {
                let met = Encounter::new(row, column, noise)
                    .unwrap()
                    .over(horizon)
                    .unwrap();
                let kept = tournament.outcomes(i, j).unwrap();
                for outcome in crate::Profile::ALL {
                    let difference = met.share(outcome).get() - kept.share(outcome).get();
                    assert!(difference.abs() < 1e-15);
                }
            }
        }
        assert_eq!(tournament.outcomes(3, 0), None);
    }
}
