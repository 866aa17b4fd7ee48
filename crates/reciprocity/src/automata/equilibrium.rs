use super::{Automaton, Encounter, RepeatedGame, repeated_game::Seat};
use crate::{Conduct, Profile, ReciprocityError, Side};

/// Whether neither automaton can be bettered against the other.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct NashTest {
    /// What the row and the column get per period.
    pub values: [f64; 2],
    /// What each could gain by any other strategy, in its payoff units; 0 up to rounding in an
    /// equilibrium.
    pub gains: [f64; 2],
    /// Up to what each gain is taken for rounding: 10⁻¹² of the spread of its payoffs.
    pub tolerances: [f64; 2],
}

/// Whether neither automaton can be bettered after any history.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PerfectionTest {
    /// The deviation that gains most, or loses least.
    pub best: OneShotDeviation,
    /// Up to what its gain is taken for rounding: 10⁻¹² of the spread of that side's payoffs.
    pub tolerance: f64,
    /// How many pairs of states were tried: all that any history leads to.
    pub n_pairs: usize,
}

/// One act other than the automaton's own, after which it is followed again.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct OneShotDeviation {
    /// Who deviates.
    pub side: Side,
    /// The pair of states, (row's, column's), in which it does.
    pub pair: (usize, usize),
    /// What it means to do instead.
    pub act: Conduct,
    /// What that gains per period of the rest of the game, in its payoff units.
    pub gain: f64,
}

impl NashTest {
    /// Whether the automata are a Nash equilibrium.
    #[must_use]
    pub fn holds(&self) -> bool {
        let mut sides = self.gains.iter().zip(self.tolerances);
        sides.all(|(&gain, tolerance)| gain <= tolerance)
    }
}

impl PerfectionTest {
    /// Whether the automata are a subgame-perfect equilibrium.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.best.gain <= self.tolerance
    }
}

impl RepeatedGame {
    /// Whether two automata are a Nash equilibrium (Nash 1950): each is compared with a best
    /// response among all strategies. Cost as two [best responses](Self::best_response).
    ///
    /// # Errors
    /// As [`best_response`](Self::best_response).
    ///
    /// ```
    /// use detente_quantity::{DiscountFactor, Stakes};
    /// use detente_reciprocity::{ImplementationGame, automata::{RepeatedGame, named}};
    /// let stakes = Stakes::new(5.0, 3.0, 1.0, 0.0)?;
    /// let game = RepeatedGame::new(
    ///     ImplementationGame::new(stakes, stakes), DiscountFactor::new(0.75)?,
    /// );
    /// let tit_for_tat = named::tit_for_tat();
    /// assert!(game.nash(&tit_for_tat, &tit_for_tat)?.holds());
    /// // After a lapse, two who play tit for tat punish each other in turn, which does not serve.
    /// let perfection = game.subgame_perfect(&tit_for_tat, &tit_for_tat)?;
    /// assert!(!perfection.holds());
    /// assert!(game.subgame_perfect(&named::grim(), &named::grim())?.holds());
    /// # Ok::<(), detente_reciprocity::ReciprocityError>(())
    /// ```
    pub fn nash(&self, row: &Automaton, column: &Automaton) -> Result<NashTest, ReciprocityError> {
        let best = [
            self.best_response(Side::Row, column)?.value,
            self.best_response(Side::Column, row)?.value,
        ];
        let values = self.values(row, column)?;
        let tolerance = |side| {
            let seat = self.seat(side);
            seat.rounding() * seat.unit
        };
        Ok(NashTest {
            values,
            gains: [best[0] - values[0], best[1] - values[1]],
            tolerances: [tolerance(Side::Row), tolerance(Side::Column)],
        })
    }

    /// Whether two automata are a subgame-perfect equilibrium (Selten 1965): by the one-shot
    /// deviation principle, no single act may gain in any pair of states that any history leads to,
    /// whether or not the automata let it happen. Cost as [`Encounter::discounted`].
    ///
    /// # Errors
    /// [`Misread`](ReciprocityError::Misread) if acts may be misread, for then histories are private
    /// and there are no subgames to be perfect in; else as [`Encounter::new`].
    pub fn subgame_perfect(
        &self,
        row: &Automaton,
        column: &Automaton,
    ) -> Result<PerfectionTest, ReciprocityError> {
        self.seen_as_it_is("subgame perfection")?;
        let encounter = Encounter::after_every_history(row, column, self.noise)?;
        let mut best: Option<(PerfectionTest, f64)> = None;
        for side in [Side::Row, Side::Column] {
            let deviations = Deviations::new(self.seat(side), side, [row, column], &encounter)?;
            for number in 0..encounter.pairs().len() {
                for act in [Conduct::Honour, Conduct::Cheat] {
                    let (gain, share) = deviations.gain(number, act);
                    if best.as_ref().is_none_or(|&(_, most)| share > most) {
                        let pair = encounter.pairs()[number];
                        let test = PerfectionTest {
                            best: OneShotDeviation {
                                side,
                                pair,
                                act,
                                gain,
                            },
                            tolerance: deviations.seat.rounding() * deviations.seat.unit,
                            n_pairs: encounter.pairs().len(),
                        };
                        best = Some((test, share));
                    }
                }
            }
        }
        // There is always a first pair of states.
        best.map(|(test, _)| test)
            .ok_or_else(|| ReciprocityError::Empty {
                what: "an automaton".to_owned(),
                member: "state",
            })
    }
}

/// What one side could do in every pair of states.
struct Deviations<'a> {
    seat: Seat,
    side: Side,
    automata: [&'a Automaton; 2],
    encounter: &'a Encounter,
    /// The number of each pair of states, row-major.
    numbers: Vec<usize>,
    /// What following both automata is worth from each pair on.
    values: Vec<f64>,
}

impl<'a> Deviations<'a> {
    fn new(
        seat: Seat,
        side: Side,
        automata: [&'a Automaton; 2],
        encounter: &'a Encounter,
    ) -> Result<Self, ReciprocityError> {
        let width = automata[1].states().len();
        let mut numbers = vec![0; automata[0].states().len() * width];
        for (number, &(i, j)) in encounter.pairs().iter().enumerate() {
            numbers[i * width + j] = number;
        }
        let gain = |chances: &[f64; 4]| {
            let paid = Profile::ALL.map(|it| paid(&seat, side, it));
            chances
                .iter()
                .zip(paid)
                .map(|(chance, it)| chance * it)
                .sum()
        };
        let gains: Vec<f64> = encounter.outcomes_by_pair().iter().map(gain).collect();
        let values = encounter.chain().values(seat.patience, &gains)?;
        Ok(Self {
            seat,
            side,
            automata,
            encounter,
            numbers,
            values,
        })
    }

    /// What meaning to do `act` once gains over the automaton's own act, in payoff units and as a
    /// share of what is taken for rounding, by which sides can be compared.
    fn gain(&self, number: usize, act: Conduct) -> (f64, f64) {
        let delta = self.seat.patience.get();
        let (i, j) = self.encounter.pairs()[number];
        let states = [&self.automata[0].states()[i], &self.automata[1].states()[j]];
        let own = self.seat.own.done(act.certain());
        let other = |state: usize| self.seat.other.done(states[state].honours);
        let (rows, columns) = match self.side {
            Side::Row => (own, other(1)),
            Side::Column => (other(0), own),
        };
        let worth: f64 = Profile::ALL
            .iter()
            .map(|&it| {
                let to = (
                    states[0].after(it.row, it.column),
                    states[1].after(it.column, it.row),
                );
                let next = self.numbers[to.0 * self.automata[1].states().len() + to.1];
                let value =
                    (1.0 - delta) * paid(&self.seat, self.side, it) + delta * self.values[next];
                rows[it.row as usize] * columns[it.column as usize] * value
            })
            .sum();
        let gain = worth - self.values[number];
        let rounding = self.seat.rounding();
        let share = if rounding > 0.0 { gain / rounding } else { 0.0 };
        (gain * self.seat.unit, share)
    }
}

/// What an outcome pays a side, in units of its seat.
fn paid(seat: &Seat, side: Side, outcome: Profile) -> f64 {
    let (own, other) = match side {
        Side::Row => (outcome.row, outcome.column),
        Side::Column => (outcome.column, outcome.row),
    };
    seat.payoffs[2 * own as usize + other as usize]
}

#[cfg(test)]
mod tests {
    use detente_quantity::{DiscountFactor, Probability, Stakes, strategies};
    use proptest::prelude::*;

    use super::*;
    use crate::{
        ImplementationGame,
        automata::{Noise, named},
    };

    fn game(stakes: Stakes, delta: f64) -> RepeatedGame {
        let patience = DiscountFactor::new(delta).unwrap();
        RepeatedGame::new(ImplementationGame::new(stakes, stakes), patience)
    }

    #[test]
    fn tit_for_tat_is_perfect_only_on_the_razors_edge() {
        // (T − R)/(R − S) = (P − S)/(T − P) = 1/2.
        let stakes = Stakes::new(3.0, 2.0, 1.0, 0.0).unwrap();
        let it = named::tit_for_tat();
        assert!(game(stakes, 0.5).subgame_perfect(&it, &it).unwrap().holds());
        for delta in [0.49, 0.51] {
            assert!(
                !game(stakes, delta)
                    .subgame_perfect(&it, &it)
                    .unwrap()
                    .holds()
            );
        }
    }

    #[test]
    fn nothing_at_stake_is_always_an_equilibrium() {
        let stakes = Stakes::new(2.0, 2.0, 2.0, 2.0).unwrap();
        let (row, column) = (named::tit_for_tat(), named::always_cheat());
        let test = game(stakes, 0.5).subgame_perfect(&row, &column).unwrap();
        assert!(test.holds());
        assert_eq!(test.best.gain, 0.0);
    }

    #[test]
    fn slips_that_are_seen_leave_the_grim_trigger_perfect_for_the_patient() {
        let stakes = Stakes::new(5.0, 3.0, 1.0, 0.0).unwrap();
        let noise = Noise::implementation(Probability::new(0.01).unwrap());
        let it = named::grim();
        let noisy = |delta| game(stakes, delta).with_noise(noise);
        assert!(noisy(0.6).subgame_perfect(&it, &it).unwrap().holds());
        // At its bound without errors, slips tip it over.
        assert!(!noisy(0.5).subgame_perfect(&it, &it).unwrap().holds());
    }

    proptest! {
        #[test]
        fn what_is_perfect_is_an_equilibrium(
            stakes in strategies::stakes(), delta in 0.0..0.99_f64, left in 0..6_usize,
            right in 0..6_usize,
        ) {
            let choices = [
                named::tit_for_tat(), named::grim(), named::win_stay_lose_shift(),
                named::always_cheat(), named::always_honour(), named::contrite_tit_for_tat(),
            ];
            let (row, column) = (&choices[left], &choices[right]);
            let game = game(stakes, delta);
            let perfection = game.subgame_perfect(row, column).unwrap();
            let nash = game.nash(row, column).unwrap();
            prop_assert!(!perfection.holds() || nash.gains.iter().all(|&gain| gain < 1e-9));
        }

        #[test]
        fn cheating_for_ever_is_perfect_where_it_is_dominant(
            stakes in strategies::prisoners_dilemma(), delta in 0.0..0.99_f64,
        ) {
            let it = named::always_cheat();
            prop_assert!(game(stakes, delta).subgame_perfect(&it, &it).unwrap().holds());
        }
    }
}
