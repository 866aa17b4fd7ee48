use detente_quantity::{Probability, Stakes};
use detente_reciprocity::{
    GameKind, ReciprocityError, Side,
    automata::{Automaton, Invasion, Population, Tournament},
};

use super::{Entrant, SCHEMA, Setup, StandingReport, SuccessionReport, TournamentReport};
use crate::DetenteError;

/// Plays every strategy against every other and itself for ever, and ranks them by what they get a
/// period (after Axelrod 1984). Errors are part of the solution, not of a simulation: the same
/// tournament gives the same numbers, to rounding.
///
/// ```
/// use detente::tournament::{Entrant, Setup, tournament};
/// let entrants = ["tit-for-tat", "win-stay-lose-shift", "always-cheat"].map(Entrant::named);
/// let setup = Setup {
///     entrants: entrants.into_iter().collect::<Result<_, _>>()?,
///     ..Setup::usual()?
/// };
/// let found = tournament(&setup)?;
/// assert_eq!(found.standings[0].name, "win-stay lose-shift");
/// // One error in a hundred: tit for tat with itself falls to the mean of all four payoffs.
/// let tit_for_tat = found.standings.iter().find(|it| it.name == "tit for tat").unwrap();
/// assert!((tit_for_tat.against_itself - 2.25).abs() < 1e-12);
/// # Ok::<(), detente::DetenteError>(())
/// ```
///
/// O(n²) encounters of n strategies, each O(m³) in the pairs of states that lead to each other.
///
/// # Errors
/// [`DetenteError::Reciprocity`] for a named strategy that the stakes do not allow, a tournament
/// too large to be played out, and chances so small that they vanish.
pub fn tournament(setup: &Setup) -> Result<TournamentReport, DetenteError> {
    let mut notes = Vec::new();
    let field = field(setup, &mut notes)?;
    let automata: Vec<Automaton> = field.iter().map(|(_, it)| it.clone()).collect();
    let results = Results::of(
        Tournament::play(&automata, setup.noise, setup.horizon)?,
        setup,
    );
    let succession = match setup.population {
        Some(population) => Some(results.succession(population)?),
        None => None,
    };
    Ok(TournamentReport {
        schema: SCHEMA,
        title: setup.title.clone(),
        stakes: setup.stakes,
        kind: GameKind::of(&setup.stakes),
        noise: setup.noise,
        horizon: setup.horizon,
        standings: results.standings(&field),
        payoffs: results.by_pair(|own, other| results.paid(own, other)),
        honouring: results.by_pair(|own, other| results.honouring(own, other)),
        succession,
        notes,
    })
}

/// Who takes part; of all named strategies those that exist at the stakes.
fn field(
    setup: &Setup,
    notes: &mut Vec<String>,
) -> Result<Vec<(Entrant, Automaton)>, ReciprocityError> {
    let built = |entrant: &Entrant| {
        let automaton = entrant.automaton(&setup.stakes, setup.horizon)?;
        Ok((entrant.clone(), automaton))
    };
    if !setup.entrants.is_empty() {
        return setup.entrants.iter().map(built).collect();
    }
    let mut field = Vec::new();
    for entrant in Entrant::all() {
        match built(&entrant) {
            Ok(found) => field.push(found),
            Err(refused) => notes.push(format!("Left out: {refused}.")),
        }
    }
    Ok(field)
}

/// What was played, at some stakes.
struct Results {
    played: Tournament,
    stakes: Stakes,
    /// The entries, best first.
    order: Vec<usize>,
    /// Their mean payoffs.
    scores: Vec<f64>,
    /// Below what payoffs are taken for equal: 10⁻¹² of the largest.
    rounding: f64,
}

impl Results {
    fn of(played: Tournament, setup: &Setup) -> Self {
        let stakes = setup.stakes;
        let (order, scores) = played
            .standings(&stakes)
            .into_iter()
            .map(|it| (it.entry, it.score))
            .unzip();
        let payoffs = [stakes.t(), stakes.r(), stakes.p(), stakes.s()];
        let rounding = 1e-12 * payoffs.into_iter().map(f64::abs).fold(0.0, f64::max);
        Self {
            played,
            stakes,
            order,
            scores,
            rounding,
        }
    }

    fn standings(&self, field: &[(Entrant, Automaton)]) -> Vec<StandingReport> {
        let mut ranks: Vec<usize> = Vec::new();
        let places = self.order.iter().zip(&self.scores).enumerate();
        places
            .map(|(place, (&entry, &score))| {
                let ties = place > 0 && self.scores[place - 1] - score <= self.rounding;
                let rank = ranks.last().copied().filter(|_| ties).unwrap_or(place + 1);
                ranks.push(rank);
                let (entrant, automaton) = &field[entry];
                let honours = self.order.iter().map(|&it| self.honouring(entry, it).get());
                StandingReport {
                    rank,
                    name: automaton.name().to_owned(),
                    strategy: entrant.typed(),
                    states: automaton.minimal().states().len(),
                    score,
                    against_itself: self.paid(entry, entry),
                    honours: Probability::saturating(
                        honours.sum::<f64>() / self.order.len() as f64,
                    ),
                    invaded_by: self.invaders(entry, Invasion::Spreads),
                    neutral: self.invaders(entry, Invasion::Neutral),
                }
            })
            .collect()
    }

    /// The places of those of whom this becomes where all others play like the resident.
    fn invaders(&self, resident: usize, becomes: Invasion) -> Vec<usize> {
        let places = self.order.iter().enumerate();
        places
            .filter(|&(_, &entry)| entry != resident)
            .filter(|&(_, &entry)| {
                let contest = self.played.contest(resident, entry, &self.stakes);
                contest.is_some_and(|it| it.invasion(self.rounding) == becomes)
            })
            .map(|(place, _)| place)
            .collect()
    }

    fn paid(&self, own: usize, other: usize) -> f64 {
        let met = self.played.outcomes(own, other);
        met.map_or(0.0, |it| it.payoff(Side::Row, &self.stakes))
    }

    fn honouring(&self, own: usize, other: usize) -> Probability {
        let met = self.played.outcomes(own, other);
        met.map_or(Probability::ZERO, |it| it.honouring(Side::Row))
    }

    fn by_pair<T>(&self, of: impl Fn(usize, usize) -> T) -> Vec<Vec<T>> {
        let line = |&own: &usize| self.order.iter().map(|&other| of(own, other)).collect();
        self.order.iter().map(line).collect()
    }

    /// Who holds a small population.
    fn succession(&self, population: Population) -> Result<SuccessionReport, ReciprocityError> {
        let found = self.played.succession(&self.stakes, population)?;
        let stable: Result<Vec<bool>, ReciprocityError> = { self.order.iter() }
            .map(|&it| self.is_stable(it, population))
            .collect();
        Ok(SuccessionReport {
            population,
            shares: self
                .order
                .iter()
                .map(|&entry| found.shares[entry])
                .collect(),
            takeovers: self.by_pair(|own, other| found.takeovers[own][other]),
            stable: stable?,
        })
    }

    /// Whether selection opposes every newcomer and its taking over.
    fn is_stable(&self, resident: usize, population: Population) -> Result<bool, ReciprocityError> {
        for &newcomer in self.order.iter().filter(|&&it| it != resident) {
            if let Some(contest) = self.played.contest(resident, newcomer, &self.stakes)
                && !population.fixation(&contest)?.resident_is_stable()
            {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use detente_reciprocity::automata::{Horizon, Noise};

    use super::*;

    fn setup(names: &[&str]) -> Setup {
        let entrants = names.iter().map(|it| Entrant::named(it).unwrap()).collect();
        Setup {
            entrants,
            noise: Noise::NONE,
            ..Setup::usual().unwrap()
        }
    }

    #[test]
    fn strategies_that_do_equally_well_share_a_rank() {
        let found = tournament(&setup(&["tft", "grim", "always-cheat"])).unwrap();
        let ranks: Vec<usize> = found.standings.iter().map(|it| it.rank).collect();
        assert_eq!(ranks, [1, 1, 3]);
        // In the long run tit for tat and grim keep cheats out and cannot be told apart.
        assert_eq!(found.standings[0].invaded_by, Vec::<usize>::new());
        assert_eq!(found.standings[0].neutral, [1]);
        // One lost period counts for nothing for ever, so that cheats are open to both by drift.
        assert_eq!(found.standings[2].invaded_by, [0, 1]);
    }

    #[test]
    fn pairs_follow_the_standings() {
        let found = tournament(&setup(&["always-cheat", "always-honour", "tft"])).unwrap();
        let place = |name: &str| {
            found
                .standings
                .iter()
                .position(|it| it.name == name)
                .unwrap()
        };
        let (cheat, honour) = (place("always cheat"), place("always honour"));
        assert_eq!(found.payoffs[cheat][honour], 5.0);
        assert_eq!(found.payoffs[honour][cheat], 0.0);
        assert_eq!(found.honouring[honour][cheat], Probability::ONE);
        assert_eq!(found.standings[honour].invaded_by, [cheat]);
    }

    #[test]
    fn the_whole_field_plays_where_stakes_allow_and_what_they_do_not_is_told() {
        let all = tournament(&Setup::usual().unwrap()).unwrap();
        assert_eq!((all.standings.len(), all.notes.len()), (16, 0));
        let chicken = Stakes::new(4.0, 3.0, 1.0, 2.0).unwrap();
        let some = tournament(&Setup::new(chicken)).unwrap();
        assert_eq!(some.standings.len() + some.notes.len(), 16);
        assert!(some.notes[0].starts_with("Left out: "));
    }

    #[test]
    fn extremes_are_answered() {
        for stakes in [
            [1e300, 1e299, 0.0, -1e300],
            [1e-300, 0.0, 0.0, -1e-300],
            [1.0; 4],
        ] {
            let [t, r, p, s] = stakes;
            let setup = Setup {
                population: Some(Population {
                    size: 10,
                    selection: 1.0,
                }),
                horizon: Horizon::Discounted(detente_quantity::DiscountFactor::MYOPIC),
                ..Setup::new(Stakes::new(t, r, p, s).unwrap())
            };
            match tournament(&setup) {
                Ok(found) => assert!(found.standings.iter().all(|it| it.score.is_finite())),
                Err(error) => assert!(!error.to_string().is_empty()),
            }
        }
    }

    #[test]
    fn a_small_population_is_held_by_someone() {
        let setup = Setup {
            population: Some(Population {
                size: 30,
                selection: 0.1,
            }),
            ..setup(&["tft", "always-cheat", "always-honour"])
        };
        let found = tournament(&setup).unwrap().succession.unwrap();
        let total: f64 = found.shares.iter().map(|it| it.get()).sum();
        assert!((total - 1.0).abs() < 1e-12);
        assert!(found.stable.iter().all(|it| !it));
        // However unlikely takeovers are.
        let strong = Setup {
            population: Some(Population {
                size: 5000,
                selection: 50.0,
            }),
            ..setup
        };
        let found = tournament(&strong).unwrap().succession.unwrap();
        let total: f64 = found.shares.iter().map(|it| it.get()).sum();
        assert!((total - 1.0).abs() < 1e-12);
    }
}
