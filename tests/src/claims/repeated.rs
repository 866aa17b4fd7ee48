//! Agreements that live on: what well-known strategies ask of patience, what noise does to them,
//! and what steps and concessions can do (S-02 to S-09, C-37, C-38).

mod grit;

use detente::{
    quantity::{DiscountFactor, Probability, Stakes, strategies},
    reciprocity::{
        Bimatrix, CriticalPatience, Fraction, ImplementationGame, ReciprocityError, Side,
        automata::{
            Automaton, Encounter, Horizon, MemoryOne, Noise, RepeatedGame, Tournament,
            most_generous, most_generous_in_the_long_run, named,
        },
        repeated::{
            CriticalDelta, Instalments, Signatory, alternation, critical_deltas,
            limited_punishment, tit_for_tat, tit_for_tat_perfect, win_stay_lose_shift,
        },
    },
};
use proptest::{
    prelude::Strategy, prop_assert, prop_assert_eq, prop_assume, test_runner::TestCaseError,
};
use serde::Deserialize;

use crate::{Claim, Kind, Trial};

/// The claims of this chapter.
pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "S-02",
        kind: Kind::Theorem,
        source: "derived; after Abreu, Pearce and Stacchetti 1990",
        statement: "with T + S > 2P, taking turns by a public coin is sustained from \
                    δ = (P − S)/(T − P) on, and the first cooperation of any kind from the smaller of \
                    this and (T − R)/(T − P) on",
        check: taking_turns,
    },
    Claim {
        id: "S-03",
        kind: Kind::Theorem,
        source: "Axelrod 1981; Kalai, Samet and Stanford 1988",
        statement: "tit for tat is a Nash equilibrium iff δ ≥ max{(T − R)/(T − P), (T − R)/(R − S)}, \
                    and subgame-perfect only at δ = (T − R)/(R − S) = (P − S)/(T − P)",
        check: tit_for_tat_as_an_equilibrium,
    },
    Claim {
        id: "S-04",
        kind: Kind::Theorem,
        source: "after Green and Porter 1984",
        statement: "k periods of punishment are subgame-perfect iff \
                    T − R ≤ (R − P)(δ − δᵏ⁺¹)/(1 − δ)",
        check: punishment_for_a_time,
    },
    Claim {
        id: "S-05",
        kind: Kind::Theorem,
        source: "after Nowak and Sigmund 1993",
        statement: "win-stay lose-shift is subgame-perfect iff δ ≥ (T − R)/(R − P): never at \
                    5, 3, 1, 0",
        check: win_stay_lose_shift_as_an_equilibrium,
    },
    Claim {
        id: "S-06",
        kind: Kind::Theorem,
        source: "Molander 1985; Nowak and Sigmund 1992",
        statement: "in the long run tit for tat can forgive up to \
                    min{1 − (T − R)/(R − S), (R − P)/(T − P)}: 1/3 at 5, 3, 1, 0",
        check: generosity_in_the_long_run,
    },
    Claim {
        id: "S-07",
        kind: Kind::Theorem,
        source: "derived; Molander 1985 at δ = 1",
        statement: "at patience δ it can forgive up to \
                    min{1 − (T − R)/(δ(R − S)), ((R − (1 − δ)T)/δ − P)/(T − P)}: 0.2982 at δ = 0.95",
        check: generosity_of_the_impatient,
    },
    Claim {
        id: "S-08",
        kind: Kind::Theorem,
        source: "Nowak and Sigmund 1990; tables computed outside this library",
        statement: "memory-one strategies that slip get (1 − δ)v₀ᵀ(I − δM)⁻¹u: over 200 periods, \
                    discounted and in the long run, for all pairs of sixteen",
        check: memory_one_with_noise,
    },
    Claim {
        id: "S-09",
        kind: Kind::Theorem,
        source: "Press and Dyson 2012",
        statement: "the long-run payoff of memory-one strategies is D(p, q, u)/D(p, q, 1)",
        check: press_and_dyson,
    },
    Claim {
        id: "C-37",
        kind: Kind::Theorem,
        source: "Schelling 1960",
        statement: "n equal instalments divide each temptation by n, but a known last step unravels \
                    unless something is left to lose after it",
        check: piecemeal,
    },
    Claim {
        id: "C-38",
        kind: Kind::Hypothesis,
        source: "Osgood 1962",
        statement: "a series of unilateral concessions leads one who reciprocates out of mutual \
                    cheating, and costs no more than itself against one who does not",
        check: grit::graduated_reciprocation,
    },
];

type Tried = Result<(), TestCaseError>;

fn game(stakes: Stakes, patience: DiscountFactor) -> RepeatedGame {
    RepeatedGame::new(ImplementationGame::new(stakes, stakes), patience)
}

/// Whether an automaton is subgame-perfect against itself.
fn is_perfect(
    it: &Automaton,
    stakes: Stakes,
    delta: DiscountFactor,
) -> Result<bool, TestCaseError> {
    Ok(game(stakes, delta).subgame_perfect(it, it)?.holds())
}

/// Whether `delta` is on the right side of a bound: sustained iff at or above it. Too close to the
/// bound to tell, nothing is asserted.
fn agrees(
    bound: Option<CriticalPatience>,
    delta: DiscountFactor,
    sustained: impl FnOnce() -> Result<bool, TestCaseError>,
) -> Tried {
    let bound = bound.ok_or_else(|| TestCaseError::fail("no dilemma"))?;
    if let CriticalPatience::AtLeast(least) = bound {
        prop_assume!((least.get() - delta.get()).abs() > 1e-6);
    }
    prop_assert_eq!(sustained()?, bound.admits(delta));
    Ok(())
}

fn patience() -> impl Strategy<Value = DiscountFactor> {
    (0.01..0.99_f64).prop_filter_map("a patience", |delta| DiscountFactor::new(delta).ok())
}

/// A prisoner's dilemma on small whole numbers.
fn whole_dilemma() -> impl Strategy<Value = Stakes> {
    (-4..4_i8, 1..6_i8, 1..6_i8, 1..6_i8).prop_filter_map("a dilemma", |(s, p, r, t)| {
        let (p, r, t) = (s + p, s + p + r, s + p + r + t);
        Stakes::new(f64::from(t), f64::from(r), f64::from(p), f64::from(s)).ok()
    })
}

fn taking_turns(trial: &mut Trial) {
    trial.for_all(
        "symmetric dilemmas: the bracket of the first cooperation holds the smaller bound",
        60,
        whole_dilemma(),
        |stakes| {
            let (t, r, p, s) = (stakes.t(), stakes.r(), stakes.p(), stakes.s());
            prop_assume!(t + s > 2.0 * p);
            let Some(CriticalPatience::AtLeast(turns)) = alternation(&stakes) else {
                return Err(TestCaseError::fail("no bound"));
            };
            prop_assert!((turns.get() - (p - s) / (t - p)).abs() < 1e-15);
            let first = turns.get().min((t - r) / (t - p));
            let game = Bimatrix::from(&ImplementationGame::new(stakes, stakes));
            let found = critical_deltas(&game)?.first_cooperation;
            let CriticalDelta::Between(found) = found else {
                return Err(TestCaseError::fail(format!("{found:?}")));
            };
            prop_assert!(
                found.below < first + 1e-9 && first <= found.above,
                "{first} {found:?}"
            );
            prop_assert!(found.above - found.below < 1e-4, "{found:?}");
            Ok(())
        },
    );
    let listed: Vec<Critical> =
        serde_json::from_str(include_str!("../../data/critical-deltas.json")).unwrap_or_default();
    trial.holds("six games are listed", listed.len() == 6);
    for game in &listed {
        let found = game.is_found();
        trial.holds(&format!("{}: {found:?}", game.game), found == Ok(true));
    }
}

/// A game of the reference and its critical discount factors.
#[derive(Deserialize)]
struct Critical {
    game: String,
    row: [[f64; 2]; 2],
    col: [[f64; 2]; 2],
    first: String,
    mutual: Option<String>,
    full: String,
}

impl Critical {
    /// Whether each is found: exactly, or within a bracket of a millionth.
    fn is_found(&self) -> Result<bool, ReciprocityError> {
        let found = critical_deltas(&Bimatrix::new(&self.row, &self.col)?)?;
        let agrees = |found: &CriticalDelta, listed: &str| {
            let listed: Fraction = listed.parse()?;
            Ok::<_, ReciprocityError>(match found {
                CriticalDelta::Exactly(least) => *least == listed,
                CriticalDelta::Between(bracket) => {
                    let least = listed.to_f64();
                    bracket.below < least + 1e-12
                        && least <= bracket.above
                        && bracket.above - bracket.below < 1e-6
                }
                CriticalDelta::Never => false,
            })
        };
        let mutual = match &self.mutual {
            Some(mutual) => agrees(&found.mutual_cooperation, mutual)?,
            None => true,
        };
        let full = found.full.as_ref().map(|it| agrees(it, &self.full));
        Ok(mutual
            && agrees(&found.first_cooperation, &self.first)?
            && full.transpose()? == Some(true))
    }
}

fn tit_for_tat_as_an_equilibrium(trial: &mut Trial) {
    let it = named::tit_for_tat();
    trial.for_all(
        "Nash iff δ reaches the bound",
        1_000,
        (strategies::prisoners_dilemma(), patience()),
        |(stakes, delta)| {
            agrees(tit_for_tat(&stakes), delta, || {
                Ok(game(stakes, delta).nash(&it, &it)?.holds())
            })
        },
    );
    trial.for_all(
        "perfect at one patience at most",
        1_000,
        (whole_dilemma(), patience()),
        |(stakes, delta)| {
            match tit_for_tat_perfect(&stakes) {
                Some(at) => {
                    prop_assert!(is_perfect(&it, stakes, at)?);
                    prop_assume!((at.get() - delta.get()).abs() > 1e-6);
                }
                // Quotients that differ by little leave little to gain.
                None => prop_assume!(
                    (stakes.temptation() / (stakes.r() - stakes.s())
                        - stakes.exposure() / (stakes.t() - stakes.p()))
                    .abs()
                        > 1e-3
                ),
            }
            prop_assert!(!is_perfect(&it, stakes, delta)?);
            Ok(())
        },
    );
}

fn punishment_for_a_time(trial: &mut Trial) {
    trial.for_all(
        "perfect iff δ reaches the bound",
        1_000,
        (strategies::prisoners_dilemma(), patience(), 1..10_u32),
        |(stakes, delta, periods)| {
            let it = named::limited_punishment(periods as usize)?;
            agrees(limited_punishment(&stakes, periods), delta, || {
                is_perfect(&it, stakes, delta)
            })
        },
    );
}

fn win_stay_lose_shift_as_an_equilibrium(trial: &mut Trial) {
    let it = named::win_stay_lose_shift();
    trial.for_all(
        "perfect iff δ reaches the bound",
        1_000,
        (strategies::prisoners_dilemma(), patience()),
        |(stakes, delta)| {
            agrees(win_stay_lose_shift(&stakes), delta, || {
                is_perfect(&it, stakes, delta)
            })
        },
    );
    let usual = Stakes::new(5.0, 3.0, 1.0, 0.0);
    trial.holds(
        "never at 5, 3, 1, 0",
        usual.is_ok_and(|it| win_stay_lose_shift(&it) == Some(CriticalPatience::Never)),
    );
}

/// Who cheats and honours in turn.
fn alternator() -> Automaton {
    let [never, always] = [Probability::ZERO, Probability::ONE];
    Automaton::from(MemoryOne {
        first: never,
        after: [never, never, always, always],
    })
}

fn generosity_in_the_long_run(trial: &mut Trial) {
    trial.for_all(
        "neither cheating for ever nor every other time pays in the long run iff g is no more",
        1_000,
        (strategies::prisoners_dilemma(), 0.0..=1.0_f64),
        |(stakes, g)| {
            let generous = named::generous_tit_for_tat(Probability::new(g)?);
            let bound = most_generous_in_the_long_run(&stakes).map_or(-1.0, Probability::get);
            prop_assume!((bound - g).abs() > 1e-9);
            let mut pays = false;
            for cheat in [named::always_cheat(), alternator()] {
                let end = Encounter::new(&cheat, &generous, Noise::NONE)?.long_run()?;
                pays |= end.outcomes.payoff(Side::Row, &stakes) > stakes.r();
            }
            prop_assert_eq!(!pays, g < bound);
            Ok(())
        },
    );
    let usual = Stakes::new(5.0, 3.0, 1.0, 0.0).ok();
    let third = usual.and_then(|it| most_generous_in_the_long_run(&it));
    trial.close(
        "1/3 at 5, 3, 1, 0",
        third.map_or(f64::NAN, Probability::get),
        1.0 / 3.0,
        1e-15,
    );
}

fn generosity_of_the_impatient(trial: &mut Trial) {
    trial.for_all(
        "it is its own best reply iff g is no more",
        1_000,
        (strategies::prisoners_dilemma(), patience(), 0.0..=1.0_f64),
        |(stakes, delta, g)| {
            let generous = named::generous_tit_for_tat(Probability::new(g)?);
            let bound = most_generous(&stakes, delta).map_or(-1.0, Probability::get);
            prop_assume!((bound - g).abs() > 1e-6);
            prop_assert_eq!(
                game(stakes, delta).nash(&generous, &generous)?.holds(),
                g < bound
            );
            Ok(())
        },
    );
    let usual = Stakes::new(5.0, 3.0, 1.0, 0.0).ok();
    let found = usual.zip(DiscountFactor::new(0.95).ok());
    let found = found.and_then(|(it, delta)| most_generous(&it, delta));
    trial.close(
        "0.2982 at δ = 0.95",
        found.map_or(f64::NAN, Probability::get),
        0.2982,
        5e-5,
    );
}

/// The reference tables.
#[derive(Deserialize)]
struct Tables {
    #[serde(rename = "payoffs_RSTP")]
    payoffs: [f64; 4],
    noise: f64,
    strategies: Vec<Remembers>,
    avg200: Vec<Vec<f64>>,
    disc095: Vec<Vec<f64>>,
    stationary: Vec<Vec<f64>>,
}

#[derive(Deserialize)]
struct Remembers {
    p: [f64; 4],
    p0: f64,
}

fn memory_one_with_noise(trial: &mut Trial) {
    if let Err(error) = compared_with_tables(trial) {
        trial.holds(&error.to_string(), false);
    }
}

fn compared_with_tables(trial: &mut Trial) -> Result<(), Box<dyn std::error::Error>> {
    let tables: Tables = serde_json::from_str(include_str!("../../data/memory-one.json"))?;
    let [r, s, t, p] = tables.payoffs;
    let stakes = Stakes::new(t, r, p, s)?;
    let mut entries = Vec::new();
    for it in &tables.strategies {
        let [cc, cd, dc, dd] = it.p;
        let after = [
            Probability::new(cc)?,
            Probability::new(cd)?,
            Probability::new(dc)?,
            Probability::new(dd)?,
        ];
        let first = Probability::new(it.p0)?;
        entries.push(Automaton::from(MemoryOne { first, after }));
    }
    let noise = Noise::implementation(Probability::new(tables.noise)?);
    let patience = DiscountFactor::new(0.95)?;
    for (name, horizon, table) in [
        ("200 periods", Horizon::Periods(200), &tables.avg200),
        ("δ = 0.95", Horizon::Discounted(patience), &tables.disc095),
        ("the long run", Horizon::LongRun, &tables.stationary),
    ] {
        let payoffs = Tournament::play(&entries, noise, horizon)?.payoffs(&stakes);
        let expected: Vec<f64> = table.iter().flatten().copied().collect();
        let errors = payoffs.iter().zip(&expected).map(|(a, b)| (a - b).abs());
        let worst = errors.fold(0.0, f64::max);
        trial.holds(
            &format!("{name}: 256 pairs"),
            payoffs.len() == 256 && expected.len() == 256,
        );
        // The tables give ten digits after the point.
        trial.close(
            &format!("{name}: the worst of all pairs"),
            worst,
            0.0,
            1e-10,
        );
    }
    Ok(())
}

/// The determinant of a matrix by elimination with the largest pivots.
fn determinant(mut rows: [[f64; 4]; 4]) -> f64 {
    let mut product = 1.0;
    for column in 0..4 {
        let largest =
            (column..4).max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()));
        let pivot = largest.unwrap_or(column);
        if pivot != column {
            rows.swap(pivot, column);
            product = -product;
        }
        product *= rows[column][column];
        let above = rows[column];
        for row in rows.iter_mut().skip(column + 1) {
            let factor = row[column] / above[column];
            for (entry, taken) in row.iter_mut().zip(above).skip(column) {
                *entry -= factor * taken;
            }
        }
    }
    product
}

fn press_and_dyson(trial: &mut Trial) {
    let inner = || proptest::array::uniform4(0.05..0.95_f64);
    trial.for_all(
        "the stationary payoff is a quotient of determinants",
        2_000,
        (inner(), inner(), strategies::stakes()),
        |(p, q, stakes)| {
            // The other's view exchanges who was cheated.
            let q_seen = [q[0], q[2], q[1], q[3]];
            let against = |u: [f64; 4]| {
                let row = |state: usize| {
                    let (mine, yours) = (p[state], q_seen[state]);
                    let [own, other] = [[1.0, 1.0, 0.0, 0.0][state], [1.0, 0.0, 1.0, 0.0][state]];
                    let both = if state == 0 { 1.0 } else { 0.0 };
                    [mine * yours - both, mine - own, yours - other, u[state]]
                };
                determinant([row(0), row(1), row(2), row(3)])
            };
            let paid = [stakes.r(), stakes.s(), stakes.t(), stakes.p()];
            let expected = against(paid) / against([1.0; 4]);
            let mut players = Vec::new();
            for [cc, cd, dc, dd] in [p, q] {
                let after = [
                    Probability::new(cc)?,
                    Probability::new(cd)?,
                    Probability::new(dc)?,
                    Probability::new(dd)?,
                ];
                players.push(Automaton::from(MemoryOne {
                    first: Probability::HALF,
                    after,
                }));
            }
            let end = Encounter::new(&players[0], &players[1], Noise::NONE)?.long_run()?;
            let found = end.outcomes.payoff(Side::Row, &stakes);
            prop_assert!(
                (found - expected).abs() < 1e-9,
                "{found} against {expected}"
            );
            Ok(())
        },
    );
}

fn piecemeal(trial: &mut Trial) {
    trial.for_all(
        "the last instalment tempts by (T − R)/n and no more",
        1_000,
        (
            strategies::prisoners_dilemma(),
            patience(),
            0.0..10.0_f64,
            1..1000_u32,
        ),
        |(stakes, delta, afterwards, n)| {
            let it = Instalments {
                party: Signatory::new(stakes, delta),
                afterwards,
            };
            let tempted = stakes.temptation() / f64::from(n);
            let expected = delta.get() * afterwards - tempted;
            prop_assert!((it.margin(n, 0)? - expected).abs() < 1e-9);
            Ok(())
        },
    );
    trial.for_all(
        "a known last step unravels however many there are",
        300,
        (
            strategies::prisoners_dilemma(),
            strategies::discount_factor(),
        ),
        |(stakes, delta)| {
            let it = Instalments {
                party: Signatory::new(stakes, delta),
                afterwards: 0.0,
            };
            prop_assert_eq!(it.fewest(300)?, None);
            Ok(())
        },
    );
    trial.for_all(
        "what is left to lose afterwards carries an exchange that M-02 carries too, in enough steps",
        300,
        (strategies::prisoners_dilemma(), 0.5..0.95_f64, 0.5..5.0_f64),
        |(stakes, delta, afterwards)| {
            let party = Signatory::new(stakes, DiscountFactor::new(delta)?);
            prop_assume!(party.margin() > 1e-3);
            let it = Instalments { party, afterwards };
            prop_assert!(it.fewest(100_000)?.is_some());
            Ok(())
        },
    );
}
