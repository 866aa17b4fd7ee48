use detente_quantity::{DiscountFactor, Probability};

use super::{Automaton, Noise, OutcomeShares, chain::Chain};
use crate::{Conduct, Profile, ReciprocityError, error::out_of_range};

/// The most pairs of states that an encounter may pass through.
const MAX_PAIRS: usize = 1 << 16;

/// The most periods over which outcomes are averaged one by one.
const MAX_PERIODS: u32 = 1_000_000;

/// Two automata that play each other for ever: a Markov chain on the pairs of states that they can
/// reach from their starts.
///
/// The answers are shares of the four outcomes, so payoffs at any stakes, equal or not, follow
/// from one encounter: [`OutcomeShares::payoff`].
///
/// ```
/// use detente_quantity::{DiscountFactor, Probability, Stakes};
/// use detente_reciprocity::{Side, automata::{Encounter, Noise, named}};
/// // Two who play tit for tat and slip once in a hundred times (Nowak and Sigmund 1992).
/// let noise = Noise::implementation(Probability::new(0.01)?);
/// let encounter = Encounter::new(&named::tit_for_tat(), &named::tit_for_tat(), noise)?;
/// let stakes = Stakes::new(5.0, 3.0, 1.0, 0.0)?;
/// let long_run = encounter.long_run()?.outcomes.payoff(Side::Row, &stakes);
/// assert!((long_run - 2.25).abs() < 1e-14);
/// let today = encounter.discounted(DiscountFactor::new(0.95)?)?.payoff(Side::Row, &stakes);
/// assert!((today - 2.823133).abs() < 1e-6);
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Encounter {
    chain: Chain,
    /// What happens in each pair of states, in the order of [`Profile::ALL`].
    outcomes: Vec<[f64; 4]>,
    pairs: Vec<(usize, usize)>,
}

/// Where an encounter ends, and what happens there period by period.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct LongRun {
    /// The mean over the classes: the limit of averages over ever more periods, and of discounted
    /// shares as δ → 1.
    pub outcomes: OutcomeShares,
    /// The closed classes of pairs of states in which the encounter may end; at least one.
    pub classes: Vec<RecurrentClass>,
}

/// A set of pairs of states that is never left.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct RecurrentClass {
    /// The chance of ending there; the chances of all classes sum to 1.
    pub probability: Probability,
    /// How often each outcome happens there.
    pub outcomes: OutcomeShares,
    /// Its pairs of states, (row's, column's).
    pub pairs: Vec<(usize, usize)>,
}

impl Encounter {
    /// Two automata whose parties err alike. O(pairs of states).
    ///
    /// # Errors
    /// [`TooMany`](ReciprocityError::TooMany) if they can reach more than 65,536 pairs of states.
    pub fn new(
        row: &Automaton,
        column: &Automaton,
        noise: Noise,
    ) -> Result<Self, ReciprocityError> {
        Self::with_noises(row, column, [noise; 2])
    }

    /// Two automata whose parties, row and column, err each in its own way.
    ///
    /// # Errors
    /// As [`Encounter::new`].
    pub fn with_noises(
        row: &Automaton,
        column: &Automaton,
        noises: [Noise; 2],
    ) -> Result<Self, ReciprocityError> {
        Self::from_start(row, column, noises, Reach::OnPath)
    }

    /// As [`Encounter::with_noises`], with the pairs of states after every history, whether or not
    /// the automata would let it happen.
    pub(super) fn after_every_history(
        row: &Automaton,
        column: &Automaton,
        noises: [Noise; 2],
    ) -> Result<Self, ReciprocityError> {
        Self::from_start(row, column, noises, Reach::EveryHistory)
    }

    /// An automaton with one of its kind, for shares of outcomes alone: who is in which state of a pair
    /// makes no difference to these, so that such pairs count once and about half are left.
    pub(super) fn with_itself(it: &Automaton, noise: Noise) -> Result<Self, ReciprocityError> {
        Self::from_start(it, it, [noise; 2], Reach::EitherWay)
    }

    fn from_start(
        row: &Automaton,
        column: &Automaton,
        noises: [Noise; 2],
        reach: Reach,
    ) -> Result<Self, ReciprocityError> {
        let mut found = Self {
            chain: Chain::default(),
            outcomes: Vec::new(),
            pairs: vec![(row.start(), column.start())],
        };
        let mut numbers = Numbers::new(row.states().len(), column.states().len());
        numbers.give((row.start(), column.start()));
        let errors = Errors::of(noises);
        let mut done = 0;
        while let Some(&(i, j)) = found.pairs.get(done) {
            done += 1;
            let (mine, yours) = (&row.states()[i], &column.states()[j]);
            let acts = noises[0].done(mine.honours);
            let replies = noises[1].done(yours.honours);
            let happens =
                Profile::ALL.map(|it| acts[it.row as usize] * replies[it.column as usize]);
            let mut moves = [(0, 0.0); 16];
            let mut n_moves = 0;
            for (outcome, happens) in Profile::ALL.into_iter().zip(happens) {
                for (seen, chance) in errors.readings(outcome) {
                    let certain = seen == outcome && reach == Reach::EveryHistory;
                    if happens * chance <= 0.0 && !certain {
                        continue;
                    }
                    // Each goes by its own act and by what it saw of the other's.
                    let to = (
                        mine.after(outcome.row, seen.column),
                        yours.after(outcome.column, seen.row),
                    );
                    let to = match reach {
                        Reach::EitherWay => (to.0.min(to.1), to.0.max(to.1)),
                        Reach::OnPath | Reach::EveryHistory => to,
                    };
                    let (number, fresh) = numbers.give(to);
                    if fresh {
                        found.pairs.push(to);
                    }
                    moves[n_moves] = (number, happens * chance);
                    n_moves += 1;
                }
            }
            if found.pairs.len() > MAX_PAIRS {
                return Err(ReciprocityError::TooMany {
                    what: "pairs of states",
                    given: found.pairs.len(),
                    limit: MAX_PAIRS,
                });
            }
            found.chain.push_row(moves.into_iter().take(n_moves));
            found.outcomes.push(match reach {
                Reach::EitherWay => {
                    let [both, one, other, neither] = happens;
                    let either = f64::midpoint(one, other);
                    [both, either, either, neither]
                }
                Reach::OnPath | Reach::EveryHistory => happens,
            });
        }
        Ok(found)
    }

    /// The shares of outcomes by weight (1 − δ)δᵗ of period t, from the starts:
    /// `(1 − δ) e₀ (I − δM)⁻¹`. At δ = 0 the first period is all. O(n³) in the pairs of states that
    /// lead to each other, O(n) in the rest.
    ///
    /// # Errors
    /// [`TooMany`](ReciprocityError::TooMany) if more than 1,024 pairs lead to each other,
    /// [`Underflow`](ReciprocityError::Underflow) if chances are so small that their products vanish.
    pub fn discounted(&self, patience: DiscountFactor) -> Result<OutcomeShares, ReciprocityError> {
        let shares = self.chain.discounted(patience)?;
        Ok(self.outcomes(shares.into_iter().enumerate()))
    }

    /// Where the encounter ends and what happens there: every recurrent class with its stationary
    /// distribution, also where there are several or the chain is periodic. Cost as
    /// [`discounted`](Self::discounted).
    ///
    /// # Errors
    /// As [`discounted`](Self::discounted).
    pub fn long_run(&self) -> Result<LongRun, ReciprocityError> {
        let mut shares = vec![0.0; self.pairs.len()];
        let mut classes = Vec::new();
        for class in self.chain.closed()? {
            for &(state, share) in &class.shares {
                shares[state] += class.probability * share;
            }
            classes.push(RecurrentClass {
                probability: Probability::saturating(class.probability),
                outcomes: self.outcomes(class.shares.iter().copied()),
                pairs: class
                    .shares
                    .iter()
                    .map(|&(state, _)| self.pairs[state])
                    .collect(),
            });
        }
        let outcomes = self.outcomes(shares.into_iter().enumerate());
        Ok(LongRun { outcomes, classes })
    }

    /// The shares of outcomes over the first `periods` periods, each weighing the same.
    /// O(`periods` × pairs of states).
    ///
    /// # Errors
    /// [`Quantity`](ReciprocityError::Quantity) unless `periods` is from 1 to 1,000,000; ask
    /// [`long_run`](Self::long_run) for more.
    pub fn averaged(&self, periods: u32) -> Result<OutcomeShares, ReciprocityError> {
        if !(1..=MAX_PERIODS).contains(&periods) {
            return Err(out_of_range(
                "the number of periods",
                f64::from(periods),
                "a number from 1 to 1000000",
            ));
        }
        Ok(self.outcomes(self.chain.averaged(periods).into_iter().enumerate()))
    }

    /// The pairs of states, (row's, column's), that the encounter may pass through; the starts
    /// come first.
    #[must_use]
    pub fn pairs(&self) -> &[(usize, usize)] {
        &self.pairs
    }

    pub(super) const fn chain(&self) -> &Chain {
        &self.chain
    }

    /// What happens in each pair of states.
    pub(super) fn outcomes_by_pair(&self) -> &[[f64; 4]] {
        &self.outcomes
    }

    fn outcomes(&self, shares: impl Iterator<Item = (usize, f64)>) -> OutcomeShares {
        let mut total = [0.0; 4];
        for (state, share) in shares {
            for (sum, chance) in total.iter_mut().zip(self.outcomes[state]) {
                *sum += share * chance;
            }
        }
        OutcomeShares::normalised(total)
    }
}

/// How each side's acts are read by the other.
struct Errors {
    /// The chances of the row's acts being seen as honouring and as cheating, by act.
    of_row: [[f64; 2]; 2],
    /// The same of the column's acts.
    of_column: [[f64; 2]; 2],
}

impl Errors {
    fn of([row, column]: [Noise; 2]) -> Self {
        let both = [Conduct::Honour, Conduct::Cheat];
        Self {
            of_row: both.map(|done| column.seen(done)),
            of_column: both.map(|done| row.seen(done)),
        }
    }

    /// What an outcome may be read as, the row's act by the column and the column's by the row,
    /// with its chance.
    fn readings(&self, outcome: Profile) -> impl Iterator<Item = (Profile, f64)> {
        let row = self.of_row[outcome.row as usize];
        let column = self.of_column[outcome.column as usize];
        Profile::ALL
            .into_iter()
            .map(move |seen| (seen, row[seen.row as usize] * column[seen.column as usize]))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// What the automata and the noise make happen.
    OnPath,
    /// What any acts could make happen.
    EveryHistory,
    /// What two of a kind make happen, the sides exchanged or not.
    EitherWay,
}

/// The numbers of pairs of states, given in the order in which they are met.
struct Numbers {
    width: usize,
    given: Vec<u32>,
    next: u32,
}

impl Numbers {
    fn new(height: usize, width: usize) -> Self {
        // At most 1,024 × 1,024, so that a `u32` is never short.
        Self {
            width,
            given: vec![u32::MAX; height * width],
            next: 0,
        }
    }

    /// The number of a pair, and whether it is met for the first time.
    fn give(&mut self, (i, j): (usize, usize)) -> (usize, bool) {
        let entry = &mut self.given[i * self.width + j];
        let fresh = *entry == u32::MAX;
        if fresh {
            *entry = self.next;
            self.next += 1;
        }
        (*entry as usize, fresh)
    }
}

#[cfg(test)]
mod tests {
    use detente_quantity::Stakes;
    use proptest::prelude::*;

    use super::*;
    use crate::{Side, automata::named, strategies};

    fn noise(slip: f64, misreading: f64) -> Noise {
        let slips = Noise::implementation(Probability::new(slip).unwrap());
        let misreads = Noise::perception(Probability::new(misreading).unwrap());
        Noise {
            honouring_misread: misreads.honouring_misread,
            cheating_misread: misreads.cheating_misread,
            ..slips
        }
    }

    fn long_run(row: &Automaton, column: &Automaton, noise: Noise) -> f64 {
        let stakes = Stakes::new(5.0, 3.0, 1.0, 0.0).unwrap();
        let encounter = Encounter::new(row, column, noise).unwrap();
        encounter
            .long_run()
            .unwrap()
            .outcomes
            .payoff(Side::Row, &stakes)
    }

    #[test]
    fn tit_for_tat_falls_out_with_itself_by_misreading_as_by_slipping() {
        let tit_for_tat = named::tit_for_tat();
        for noise in [noise(0.01, 0.0), noise(0.0, 0.01), noise(0.02, 0.05)] {
            approx::assert_relative_eq!(
                long_run(&tit_for_tat, &tit_for_tat, noise),
                2.25,
                epsilon = 1e-14
            );
        }
    }

    #[test]
    fn without_errors_every_end_is_told_apart() {
        // A coin decides whether two grim triggers ever cooperate.
        let coin = coin_then_grim();
        let end = Encounter::new(&coin, &coin, Noise::NONE)
            .unwrap()
            .long_run()
            .unwrap();
        assert_eq!(end.classes.len(), 2);
        let total: f64 = end.classes.iter().map(|it| it.probability.get()).sum();
        assert_eq!(total, 1.0);
        let both = end.outcomes.honouring(Side::Row).get();
        assert_eq!(both, 0.25);
    }

    fn coin_then_grim() -> Automaton {
        let state = |honours, next| crate::automata::AutomatonState { honours, next };
        Automaton::new(
            "coin, then grim",
            0,
            vec![
                state(Probability::HALF, [1, 2, 2, 2]),
                state(Probability::ONE, [1, 2, 2, 2]),
                state(Probability::ZERO, [2; 4]),
            ],
        )
        .unwrap()
    }

    #[test]
    fn an_alternation_has_its_mean_though_it_never_settles() {
        let row = named::tit_for_tat();
        let column = named::suspicious_tit_for_tat();
        let end = Encounter::new(&row, &column, Noise::NONE)
            .unwrap()
            .long_run()
            .unwrap();
        assert_eq!(end.classes.len(), 1);
        assert_eq!(end.classes[0].pairs.len(), 2);
        assert_eq!(end.outcomes.honouring(Side::Row).get(), 0.5);
    }

    /// The shares of outcomes over `periods` periods by going through every history: what each
    /// means, does and sees, one branch each.
    fn through_every_history(
        sides: [&Automaton; 2],
        noises: [Noise; 2],
        at: [usize; 2],
        (chance, periods): (f64, u32),
        totals: &mut [f64; 4],
    ) {
        if periods == 0 || chance == 0.0 {
            return;
        }
        let acts = |side: usize| noises[side].done(sides[side].states()[at[side]].honours);
        for (number, done) in Profile::ALL.into_iter().enumerate() {
            let happens = chance * acts(0)[done.row as usize] * acts(1)[done.column as usize];
            totals[number] += happens;
            for seen in Profile::ALL {
                let read = noises[0].seen(done.column)[seen.column as usize]
                    * noises[1].seen(done.row)[seen.row as usize];
                let next = [
                    sides[0].next(at[0], done.row, seen.column).unwrap(),
                    sides[1].next(at[1], done.column, seen.row).unwrap(),
                ];
                let onward = (happens * read, periods - 1);
                through_every_history(sides, noises, next, onward, totals);
            }
        }
    }

    #[test]
    fn averages_are_those_of_going_through_every_history() {
        let chance = |value| Probability::new(value).unwrap();
        let hostile = Noise {
            honouring_slips: chance(0.1),
            cheating_slips: chance(0.02),
            honouring_misread: chance(0.3),
            cheating_misread: chance(0.05),
        };
        let pairs = [
            (named::contrite_tit_for_tat(), named::gradual(2).unwrap()),
            (named::firm_but_fair(), named::win_stay_lose_shift()),
            (named::grim(), named::tit_for_two_tats()),
        ];
        for (row, column) in &pairs {
            let noises = [hostile, noise(0.2, 0.1)];
            let mut totals = [0.0; 4];
            let starts = [row.start(), column.start()];
            through_every_history([row, column], noises, starts, (1.0, 4), &mut totals);
            let encounter = Encounter::with_noises(row, column, noises).unwrap();
            let shares = encounter.averaged(4).unwrap();
            for (outcome, total) in Profile::ALL.into_iter().zip(totals) {
                let difference = shares.share(outcome).get() - total / 4.0;
                assert!(
                    difference.abs() < 1e-14,
                    "{} {}: {difference}",
                    row.name(),
                    column.name()
                );
            }
        }
    }

    #[test]
    fn the_longest_average_the_most_patient_and_the_long_run_agree() {
        let patience = DiscountFactor::new(1.0 - 1e-12).unwrap();
        let (row, column) = (named::gradual(4).unwrap(), named::contrite_tit_for_tat());
        let encounter = Encounter::new(&row, &column, noise(0.02, 0.03)).unwrap();
        let end = encounter.long_run().unwrap().outcomes;
        let patient = encounter.discounted(patience).unwrap();
        for outcome in Profile::ALL {
            let difference = end.share(outcome).get() - patient.share(outcome).get();
            assert!(difference.abs() < 1e-9, "{difference}");
        }
    }

    proptest! {
        #[test]
        fn any_automata_under_any_errors_are_answered(
            row in strategies::automaton(), column in strategies::automaton(),
            noises in (strategies::noise(), strategies::noise()),
            patience in detente_quantity::strategies::discount_factor(),
            stakes in detente_quantity::strategies::stakes(),
        ) {
            let noises = [noises.0, noises.1];
            let encounter = Encounter::with_noises(&row, &column, noises).unwrap();
            let least = Encounter::with_noises(&row.minimal(), &column.minimal(), noises).unwrap();
            let shares = encounter.discounted(patience).unwrap();
            let total: f64 = Profile::ALL.iter().map(|&it| shares.share(it).get()).sum();
            prop_assert!((total - 1.0).abs() < 1e-14);
            // Merging states that cannot be told apart changes nothing.
            let merged = least.discounted(patience).unwrap();
            let paid = |it: &OutcomeShares| it.payoff(Side::Row, &stakes);
            prop_assert!((paid(&shares) - paid(&merged)).abs() < 1e-12);
            // Exchanging the sides exchanges the answer.
            let mirror = Encounter::with_noises(&column, &row, [noises[1], noises[0]]).unwrap();
            let mirrored = mirror.discounted(patience).unwrap().mirrored();
            prop_assert!((paid(&shares) - paid(&mirrored)).abs() < 1e-12);
            match encounter.long_run() {
                Ok(end) => {
                    let chances = end.classes.iter().map(|it| it.probability.get());
                    prop_assert!((chances.sum::<f64>() - 1.0).abs() < 1e-12);
                }
                Err(error) => {
                    let lost = matches!(error, ReciprocityError::Underflow { .. });
                    prop_assert!(lost, "{error}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn two_of_a_kind_need_not_be_told_apart(
            it in strategies::automaton(), noise in strategies::noise(),
            patience in detente_quantity::strategies::discount_factor(),
        ) {
            let whole = Encounter::new(&it, &it, noise).unwrap();
            let half = Encounter::with_itself(&it, noise).unwrap();
            prop_assert!(half.pairs().len() <= whole.pairs().len());
            let shares = [whole.discounted(patience), half.discounted(patience)];
            let [whole_shares, half_shares] = shares.map(Result::unwrap);
            let averages = [whole.averaged(7).unwrap(), half.averaged(7).unwrap()];
            for outcome in Profile::ALL {
                let share = |it: &OutcomeShares| it.share(outcome).get();
                prop_assert!((share(&whole_shares) - share(&half_shares)).abs() < 1e-12);
                prop_assert!((share(&averages[0]) - share(&averages[1])).abs() < 1e-14);
                if let (Ok(whole), Ok(half)) = (whole.long_run(), half.long_run()) {
                    let difference = share(&whole.outcomes) - share(&half.outcomes);
                    prop_assert!(difference.abs() < 1e-11);
                }
            }
        }
    }

    #[test]
    fn too_many_periods_are_refused() {
        let it = named::tit_for_tat();
        let encounter = Encounter::new(&it, &it, Noise::NONE).unwrap();
        assert!(encounter.averaged(0).is_err());
        assert!(encounter.averaged(MAX_PERIODS + 1).is_err());
    }
}
