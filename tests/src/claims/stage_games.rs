//! Games played once: the classes of 2 × 2 games (S-20) and games as they are perceived (S-21).

use std::collections::BTreeSet;

use detente::{
    quantity::{Interval, Stakes},
    reciprocity::{
        Bimatrix, Conduct, Dominance, GameClass, GameKind, ImplementationGame, OutcomeFamily,
        PerceivedGame, Profile, Side, possible_classes,
    },
};
use proptest::{prop_assert, prop_assert_eq, strategy::Strategy, test_runner::TestCaseError};
use serde::Deserialize;

use crate::{Claim, Kind, Trial};

/// The claims of this chapter.
pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "S-20",
        kind: Kind::Theorem,
        source: "Rapoport and Guyer 1966; Guyer and Hamburger 1968; Robinson and Goforth 2005",
        statement: "there are 144 strict 2×2 games and 1,413 with ties, 78 and 726 with the players \
                    exchanged counted once; of the 144, 18, 108 and 18 have no, one and two pure \
                    equilibria, 36, 72 and 36 two, one and no dominant strategies, 36 are best for \
                    both at once, and seven have a single equilibrium that is Pareto-inferior",
        check: taxonomy,
    },
    Claim {
        id: "S-21",
        kind: Kind::Theorem,
        source: "Plous 1985, 1993, as ordinal games",
        statement: "where both sides like joint honouring best and honouring alone least but take \
                    the other to like cheating alone best, joint honouring is an equilibrium; what \
                    each sees has joint cheating as its only equilibrium if the other is read with \
                    P > S, a Pareto-inferior one if it is read as in a prisoner's dilemma, and none \
                    if it is read with S > P",
        check: perceptual_dilemma,
    },
];

/// One game of the reference list.
#[derive(Deserialize)]
struct Listed {
    code: String,
    row: [u8; 4],
    column: [u8; 4],
    equilibria: Vec<(u8, u8)>,
    dominant: [bool; 2],
    family: OutcomeFamily,
    trap: bool,
    inferior: bool,
    pure_conflict: bool,
    mirror: String,
}

impl Listed {
    fn class(&self) -> Option<GameClass> {
        let payoffs = |ranks: [u8; 4]| ranks.map(f64::from).to_vec();
        let game = Bimatrix::from_flat(2, 2, payoffs(self.row), payoffs(self.column)).ok()?;
        GameClass::of(&game).ok()
    }

    /// Whether a class is all that the list says of this game.
    fn is_described_by(&self, class: GameClass) -> bool {
        let sorted =
            |outcomes: &mut dyn Iterator<Item = (u8, u8)>| outcomes.collect::<BTreeSet<_>>();
        class.code().as_ref() == Some(&self.code)
            && class.mirrored().code().as_ref() == Some(&self.mirror)
            && (class.row_ranks(), class.column_ranks()) == (self.row, self.column)
            && sorted(&mut class.equilibria()) == sorted(&mut self.equilibria.iter().copied())
            && class.dominance().map(|it| it == Dominance::Strict) == self.dominant
            && class.family() == Some(self.family)
            && class.is_trap() == self.trap
            && class.has_inferior_equilibrium() == self.inferior
            && class.is_pure_conflict() == self.pure_conflict
    }
}

fn taxonomy(trial: &mut Trial) {
    let listed: Vec<Listed> =
        serde_json::from_str(include_str!("../../data/two-by-two-games.json")).unwrap_or_default();
    trial.holds("144 games are listed", listed.len() == 144);
    for game in &listed {
        let described = game
            .class()
            .is_some_and(|class| game.is_described_by(class));
        trial.holds(&format!("{} is as listed", game.code), described);
    }

    // Payoffs that may be anything allow every class there is.
    let classes = match Interval::new(0.0, 3.0) {
        Ok(anything) => possible_classes([anything; 4], [anything; 4]),
        Err(_) => BTreeSet::new(),
    };
    let strict: BTreeSet<GameClass> = classes
        .iter()
        .copied()
        .filter(|it| it.is_strict())
        .collect();
    trial.holds("1,413 classes", classes.len() == 1413);
    trial.holds("726 up to exchange", up_to_exchange(&classes) == 726);
    trial.holds("144 strict classes", strict.len() == 144);
    trial.holds("78 up to exchange", up_to_exchange(&strict) == 78);

    let count =
        |holds: &dyn Fn(&GameClass) -> bool| strict.iter().filter(|class| holds(class)).count();
    for (equilibria, expected) in [(0, 18), (1, 108), (2, 18)] {
        let met = count(&|class| class.equilibria().count() == equilibria);
        trial.holds(
            &format!("{equilibria} pure equilibria: {expected}"),
            met == expected,
        );
    }
    for (dominant, expected) in [(2, 36), (1, 72), (0, 36)] {
        let strictly = |class: &GameClass| {
            let dominance = class.dominance();
            dominance
                .iter()
                .filter(|it| **it == Dominance::Strict)
                .count()
        };
        let met = count(&|class| strictly(class) == dominant);
        trial.holds(
            &format!("{dominant} dominant strategies: {expected}"),
            met == expected,
        );
    }
    trial.holds(
        "best for both at once: 36",
        count(&|class| class.is_win_win()) == 36,
    );
    let traps: Vec<String> = strict
        .iter()
        .filter(|class| class.is_trap())
        .filter_map(|class| class.code())
        .collect();
    trial.holds("one equilibrium, and Pareto-inferior: 7", traps.len() == 7);
    for code in ["PdPd", "PdSh", "ShPd", "PdAs", "AsPd", "PdCo", "CoPd"] {
        let is_trap = traps.iter().any(|trap| trap == code);
        trial.holds(&format!("{code} is one of the seven"), is_trap);
    }
}

fn up_to_exchange(classes: &BTreeSet<GameClass>) -> usize {
    let either = classes.iter().map(|class| class.mirrored().min(*class));
    either.collect::<BTreeSet<_>>().len()
}

const BOTH_CHEAT: Profile = Profile::new(Conduct::Cheat, Conduct::Cheat);

/// Stakes whose payoffs from the best to the worst are those at these places of t, r, p, s.
fn stakes_in_order(order: [usize; 4], gaps: [u8; 3]) -> Result<Stakes, TestCaseError> {
    let mut payoffs = [0.0; 4];
    let mut payoff = 0.0;
    for (place, gap) in order.into_iter().zip(gaps.into_iter().chain([0])) {
        payoffs[place] = payoff;
        payoff -= f64::from(gap);
    }
    let [t, r, p, s] = payoffs;
    Stakes::new(t, r, p, s).map_err(|error| TestCaseError::fail(error.to_string()))
}

/// A side that likes joint honouring best and honouring alone least.
fn trusting() -> impl Strategy<Value = Stakes> {
    let orders = proptest::sample::select(vec![[1, 0, 2, 3], [1, 2, 0, 3]]);
    (orders, proptest::array::uniform3(1..=9_u8))
        .prop_filter_map("stakes", |(order, gaps)| stakes_in_order(order, gaps).ok())
}

/// A picture of a side that likes cheating alone best, in any of the six orders of the rest.
fn tempted() -> impl Strategy<Value = Stakes> {
    let orders = vec![
        [0, 1, 2, 3],
        [0, 1, 3, 2],
        [0, 2, 1, 3],
        [0, 2, 3, 1],
        [0, 3, 1, 2],
        [0, 3, 2, 1],
    ];
    (
        proptest::sample::select(orders),
        proptest::array::uniform3(1..=9_u8),
    )
        .prop_filter_map("stakes", |(order, gaps)| stakes_in_order(order, gaps).ok())
}

/// What one side sees is as the claim says of its reading of the other.
fn check_view(game: &PerceivedGame, side: Side, seen: &Stakes) -> Result<(), TestCaseError> {
    let expectation = game.expectation(side);
    if seen.p() > seen.s() {
        prop_assert_eq!(&expectation.equilibria, &[BOTH_CHEAT]);
        prop_assert_eq!(expectation.plan, Some(Conduct::Cheat));
        let dilemma = GameKind::of(seen) == GameKind::PrisonersDilemma;
        prop_assert_eq!(expectation.class.is_trap(), dilemma);
    } else {
        prop_assert!(expectation.equilibria.is_empty() && expectation.plan.is_none());
    }
    Ok(())
}

fn perceptual_dilemma(trial: &mut Trial) {
    trial.for_all(
        "all readings that agree with T first, on any payoffs",
        4_000,
        (trusting(), trusting(), tempted(), tempted()),
        |(row, column, row_as_seen, column_as_seen)| {
            let game = PerceivedGame {
                truth: ImplementationGame::new(row, column),
                column_as_seen,
                row_as_seen,
            };
            prop_assert!(game.is_perceptual_dilemma() && game.cooperation_is_equilibrium());
            check_view(&game, Side::Row, &column_as_seen)?;
            check_view(&game, Side::Column, &row_as_seen)?;
            let both_cheat = [row_as_seen, column_as_seen]
                .iter()
                .all(|it| it.p() > it.s());
            prop_assert_eq!(game.outcome(), both_cheat.then_some(BOTH_CHEAT));
            prop_assert_eq!(game.misses_cooperation(), both_cheat);
            Ok(())
        },
    );
    // The codes of what is seen: the side's own kind, then its reading of the other.
    let orders = [("Sh", [1, 0, 2, 3]), ("As", [1, 2, 0, 3])];
    for (own, order) in orders {
        let Ok(stakes) = stakes_in_order(order, [1, 1, 1]) else {
            continue;
        };
        for reading in detente::reciprocity::readings_with_temptation_first(&stakes) {
            let code = format!("{own}{}", reading.kind.code());
            let seen = reading.class.code().as_ref() == Some(&code);
            trial.holds(&format!("{code} is what is seen"), seen);
            let expected = match reading.kind {
                GameKind::PrisonersDilemma => (true, true),
                GameKind::Compromise | GameKind::Deadlock => (true, false),
                _ => (false, false),
            };
            let found = (reading.only_cheating, reading.is_trap);
            trial.holds(
                &format!("{code}: only cheating, Pareto-inferior"),
                found == expected,
            );
        }
    }
    trial.holds(
        "seeing the truth, they would have cooperated or could have",
        {
            stakes_in_order([1, 0, 2, 3], [1, 1, 1]).is_ok_and(|stakes| {
                let informed = PerceivedGame::symmetric(stakes, stakes);
                !informed.is_perceptual_dilemma()
                    && informed.cooperation_is_equilibrium()
                    && !informed.misses_cooperation()
            })
        },
    );
}
