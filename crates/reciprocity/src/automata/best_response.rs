use super::{Automaton, RepeatedGame, chain::Chain, repeated_game::Seat};
use crate::{Conduct, Profile, ReciprocityError, Side};

/// Policy iteration meets far fewer rounds than this; what it lacks then is in
/// [`BestResponse::slack`].
const MAX_ROUNDS: usize = 1000;

/// The best that a party can do against an automaton, by whatever strategy.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct BestResponse {
    /// What it gets per period, (1 − δ) Σ δᵗ uₜ.
    pub value: f64,
    /// An upper bound on what any strategy gets beyond `value`, in payoff units: rounding, where
    /// the search ended of itself.
    pub slack: f64,
    /// What to mean to do in each state of the opponent; honouring where both serve alike, and in
    /// states that nothing leads to.
    pub plan: Vec<Conduct>,
    /// How many plans were looked at.
    pub rounds: usize,
}

impl RepeatedGame {
    /// The best response of `side` to an opponent's automaton, by policy iteration on its states
    /// (Howard 1960): as acts are seen as they are, the opponent's state is always known. Exact up
    /// to rounding; a few rounds of O(n³) for n states.
    ///
    /// # Errors
    /// [`Misread`](ReciprocityError::Misread) if acts may be misread, for then the opponent's state
    /// can only be guessed; else as [`Encounter::discounted`](super::Encounter::discounted).
    ///
    /// ```
    /// use detente_quantity::{DiscountFactor, Stakes};
    /// use detente_reciprocity::{Conduct, ImplementationGame, Side, automata::{RepeatedGame, named}};
    /// let stakes = Stakes::new(5.0, 3.0, 1.0, 0.0)?;
    /// let game = ImplementationGame::new(stakes, stakes);
    /// // Who cares for tomorrow answers tit for tat with honour; who cares less, with alternation.
    /// let patient = RepeatedGame::new(game, DiscountFactor::new(0.7)?);
    /// let best = patient.best_response(Side::Row, &named::tit_for_tat())?;
    /// assert_eq!((best.plan[0], best.value), (Conduct::Honour, 3.0));
    /// let hasty = RepeatedGame::new(game, DiscountFactor::new(0.5)?);
    /// let best = hasty.best_response(Side::Row, &named::tit_for_tat())?;
    /// assert_eq!(best.plan, [Conduct::Cheat, Conduct::Honour]);
    /// # Ok::<(), detente_reciprocity::ReciprocityError>(())
    /// ```
    pub fn best_response(
        &self,
        side: Side,
        opponent: &Automaton,
    ) -> Result<BestResponse, ReciprocityError> {
        self.seen_as_it_is("a best response")?;
        let seat = self.seat(side);
        let mut plan = vec![Conduct::Honour; opponent.states().len()];
        let mut rounds = 0;
        loop {
            rounds += 1;
            let values = follow(&seat, opponent, &plan)?;
            let mut slack = 0.0_f64;
            let mut better = plan.clone();
            for (state, choice) in better.iter_mut().enumerate() {
                let worth = |act| worth(&seat, opponent, state, act, &values);
                let contrary = choice.contrary();
                let gain = worth(contrary) - worth(*choice);
                slack = slack.max(gain);
                if gain > seat.rounding() * (1.0 - seat.patience.get()) {
                    *choice = contrary;
                }
            }
            if better == plan || rounds >= MAX_ROUNDS {
                return Ok(BestResponse {
                    value: values[opponent.start()] * seat.unit,
                    slack: slack * seat.patience.horizon() * seat.unit,
                    plan,
                    rounds,
                });
            }
            plan = better;
        }
    }
}

/// The chances of the four outcomes, own act first, when the party means to do `meant` in a state
/// of the opponent.
fn outcomes(seat: &Seat, opponent: &Automaton, state: usize, meant: Conduct) -> [f64; 4] {
    let [honour, cheat] = seat.own.done(meant.certain());
    let [met, cheated] = seat.other.done(opponent.states()[state].honours);
    [honour * met, honour * cheated, cheat * met, cheat * cheated]
}

/// What meaning to do `act` now, and following the plan that has these values, is worth.
fn worth(seat: &Seat, opponent: &Automaton, state: usize, act: Conduct, values: &[f64]) -> f64 {
    let delta = seat.patience.get();
    let chances = outcomes(seat, opponent, state, act);
    let paid = Profile::ALL
        .iter()
        .zip(seat.payoffs)
        .map(|(outcome, paid)| {
            let next = opponent.states()[state].after(outcome.column, outcome.row);
            (1.0 - delta) * paid + delta * values[next]
        });
    chances
        .iter()
        .zip(paid)
        .map(|(chance, it)| chance * it)
        .sum()
}

/// The value of following a plan from every state of the opponent.
fn follow(
    seat: &Seat,
    opponent: &Automaton,
    plan: &[Conduct],
) -> Result<Vec<f64>, ReciprocityError> {
    let mut chain = Chain::default();
    let mut gains = Vec::with_capacity(plan.len());
    for (state, &meant) in plan.iter().enumerate() {
        let chances = outcomes(seat, opponent, state, meant);
        gains.push(
            chances
                .iter()
                .zip(seat.payoffs)
                .map(|(chance, paid)| chance * paid)
                .sum(),
        );
        let moves = Profile::ALL.iter().zip(chances).map(|(outcome, chance)| {
            (
                opponent.states()[state].after(outcome.column, outcome.row),
                chance,
            )
        });
        chain.push_row(moves);
    }
    chain.values(seat.patience, &gains)
}

#[cfg(test)]
mod tests {
    use detente_quantity::{DiscountFactor, Probability, Stakes, strategies};
    use proptest::prelude::*;

    use super::*;
    use crate::{
        ImplementationGame,
        automata::{AutomatonState, Encounter, Noise, named},
    };

    proptest! {
        #[test]
        fn no_plan_does_better(
            opponent in crate::strategies::automaton(), stakes in strategies::stakes(), delta in 0.0..0.99_f64,
            slip in prop_oneof![Just(0.0), 0.0..=0.5_f64],
        ) {
            let patience = DiscountFactor::new(delta).unwrap();
            let noise = Noise::implementation(Probability::new(slip).unwrap());
            let game = RepeatedGame::new(ImplementationGame::new(stakes, stakes), patience)
                .with_noise(noise);
            let best = game.best_response(Side::Column, &opponent).unwrap();
            // Every plan on the opponent's states, as an automaton that follows them.
            for code in 0..1_u32 << opponent.states().len() {
                let states = opponent.states().iter().enumerate().map(|(state, it)| {
                    let honours = Probability::saturating(f64::from(code >> state & 1));
                    let [hh, hc, ch, cc] = it.next;
                    AutomatonState { honours, next: [hh, ch, hc, cc] }
                });
                let plan = Automaton::new("plan", 0, states.collect()).unwrap();
                let shares = Encounter::new(&opponent, &plan, noise).unwrap()
                    .discounted(patience).unwrap();
                let value = shares.payoff(Side::Column, &stakes);
                prop_assert!(value <= best.value + 1e-10, "{value} beats {best:?}");
            }
            prop_assert!(best.slack < 1e-9);
        }
    }

    #[test]
    fn misread_acts_leave_the_state_unknown() {
        let stakes = Stakes::new(5.0, 3.0, 1.0, 0.0).unwrap();
        let patience = DiscountFactor::new(0.5).unwrap();
        let game = RepeatedGame::new(ImplementationGame::new(stakes, stakes), patience)
            .with_noise(Noise::perception(Probability::HALF));
        let error = game.best_response(Side::Row, &named::grim()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "acts may be misread; expected no errors of perception for a best response"
        );
    }

    #[test]
    fn payoffs_at_the_ends_of_the_number_line_are_answered() {
        for scale in [f64::MAX / 5.0, 1e-320, f64::MIN_POSITIVE] {
            let stakes = Stakes::new(5.0 * scale, 3.0 * scale, -scale, -4.0 * scale).unwrap();
            let patience = DiscountFactor::new(0.9).unwrap();
            let game = RepeatedGame::new(ImplementationGame::new(stakes, stakes), patience);
            let best = game.best_response(Side::Row, &named::grim()).unwrap();
            assert_eq!(best.plan[0], Conduct::Honour);
            approx::assert_relative_eq!(best.value, 3.0 * scale, max_relative = 1e-3);
        }
    }
}
