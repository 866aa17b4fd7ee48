use detente_quantity::DiscountFactor;

use super::exact_set::ExactGame;
use crate::{
    Bimatrix, Fraction, ReciprocityError,
    error::{out_of_bounds, out_of_range},
    payoff_set::{Question, Target, patience, simple},
};

/// The most cells of a game whose critical discount factors are looked for.
const MAX_CELLS: usize = 10_000;

/// From which discount factor on two parties of the same patience can sustain something by
/// pure strategies that are subgame-perfect, with a public coin and acts that are seen.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum CriticalDelta {
    /// From this number on, exactly; payoffs are read as the decimals that stand for them. 0 if
    /// any patience will do.
    Exactly(Fraction),
    /// From some number between these on.
    Between(DeltaBracket),
    /// At none below 1.
    Never,
}

/// Two discount factors between which a critical one lies.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct DeltaBracket {
    /// At this one it cannot be sustained: a set that holds all equilibrium payoffs, computed with
    /// allowance for rounding, rules it out.
    pub below: f64,
    /// At this one it can: a set that sustains itself, checked without rounding, proves it. The
    /// simplest number in reach where that will do. 1 if no proof was found.
    pub above: f64,
    /// The proof for `above`, which anyone can check; `None` where the bound needs none or there is
    /// none.
    pub certificate: Option<SelfSustaining>,
}

/// A set of payoffs that sustains itself at a discount factor, and so consists of equilibrium payoffs
/// (Abreu, Pearce and Stacchetti 1990): each corner is what one of `stays` pays, with no player
/// tempted to leave it, or (1 − δ) times what some pair of actions pays plus δ times a promise in
/// the set, with no player tempted to leave the pair; who leaves is promised the least that the set
/// has for it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SelfSustaining {
    /// The discount factor.
    pub delta: f64,
    /// The corners of the set, (row's, column's) payoffs.
    pub corners: Vec<[f64; 2]>,
    /// The pairs of actions that are played for ever, (row's, column's).
    pub stays: Vec<(usize, usize)>,
}

/// What can be sustained, from which patience on.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CriticalDeltas {
    /// Payoffs beyond the hull of the static equilibria: the first cooperation. `Never` where they
    /// give all that is feasible and individually rational.
    pub first_cooperation: CriticalDelta,
    /// The first action of both for ever: mutual cooperation where actions are ordered so.
    pub mutual_cooperation: CriticalDelta,
    /// Every feasible and individually rational payoff; `None` where there is none.
    pub full: Option<CriticalDelta>,
}

impl CriticalDelta {
    /// A number at which it can be sustained: the `f64` nearest to the exact one, or the upper
    /// end of the bracket;
    /// `None` where none is known below 1.
    #[must_use]
    pub fn enough(&self) -> Option<f64> {
        match self {
            Self::Exactly(least) => Some(least.to_f64()),
            Self::Between(bracket) => Some(bracket.above).filter(|&it| it < 1.0),
            Self::Never => None,
        }
    }

    fn exactly(least: Fraction) -> Self {
        if least.is_one() {
            Self::Never
        } else {
            Self::Exactly(least)
        }
    }
}

/// The critical discount factors of a two-player game (Friedman 1971; Abreu, Pearce and
/// Stacchetti 1990; Abreu and Sannikov 2014). *Individually rational* is with regard to the pure minmax.
/// `full` is always exact; `mutual_cooperation` is where static equilibria hold each tempted player
/// to its minmax, as in a prisoner's dilemma or chicken, and where no patience would do, as honouring
/// gives a tempted player no more than it can be held to; the rest are brackets, whose upper end is the
/// critical number itself where that is a simple fraction.
///
/// Some fifty sets for each bracket, each of up to 3,000 rounds of O(cells · log corners).
///
/// # Errors
/// [`TooMany`](ReciprocityError::TooMany) beyond 10,000 cells.
///
/// ```
/// use detente_reciprocity::{Bimatrix, repeated::{CriticalDelta, critical_deltas}};
/// // Honouring together takes more patience than taking turns at being cheated.
/// let game = Bimatrix::new(&[[3.0, 0.0], [5.0, 1.0]], &[[3.0, 5.0], [0.0, 1.0]])?;
/// let found = critical_deltas(&game)?;
/// assert_eq!(found.mutual_cooperation, CriticalDelta::Exactly("1/2".parse()?));
/// assert_eq!(found.full, Some(CriticalDelta::Exactly("1/2".parse()?)));
/// let CriticalDelta::Between(first) = found.first_cooperation else { unreachable!() };
/// assert_eq!(first.above, 0.25);
/// assert!(first.below < 0.25 && first.above - first.below < 1e-9);
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
pub fn critical_deltas(game: &Bimatrix) -> Result<CriticalDeltas, ReciprocityError> {
    let exact = exact(game)?;
    Ok(CriticalDeltas {
        first_cooperation: if exact.is_static_throughout() {
            CriticalDelta::Never
        } else {
            bracket(&Question::of(game, Target::BeyondStatic)?)
        },
        mutual_cooperation: of_cell(game, &exact, 0)?,
        full: exact.full().map(CriticalDelta::exactly),
    })
}

/// From which discount factor on a pair of actions can be played for ever; conventions and cost as
/// for [`critical_deltas`].
///
/// # Errors
/// [`Unknown`](ReciprocityError::Unknown) for actions that the game does not have,
/// [`TooMany`](ReciprocityError::TooMany) beyond 10,000 cells.
pub fn critical_delta_of_actions(
    game: &Bimatrix,
    actions: (usize, usize),
) -> Result<CriticalDelta, ReciprocityError> {
    out_of_bounds("row action", actions.0, game.n_rows())?;
    out_of_bounds("column action", actions.1, game.n_columns())?;
    let cell = actions.0 * game.n_columns() + actions.1;
    of_cell(game, &exact(game)?, cell)
}

/// From which discount factor on a pair of payoffs per period, (row's, column's), is an equilibrium
/// payoff: a bracket, or `Never` for payoffs that are not feasible or less than a player can be held
/// to. Conventions and cost as for [`critical_deltas`].
///
/// # Errors
/// [`Quantity`](ReciprocityError::Quantity) unless the payoffs are finite,
/// [`TooMany`](ReciprocityError::TooMany) beyond 10,000 cells.
pub fn critical_delta_of_payoff(
    game: &Bimatrix,
    payoff: (f64, f64),
) -> Result<CriticalDelta, ReciprocityError> {
    for given in [payoff.0, payoff.1] {
        if !given.is_finite() {
            return Err(out_of_range("payoff", given, "a finite number"));
        }
    }
    limited(game)?;
    let target = Target::Payoffs([payoff.0, payoff.1].map(Fraction::of_payoff));
    let question = Question::of(game, target)?;
    if question.is_beyond_patience() {
        return Ok(CriticalDelta::Never);
    }
    Ok(bracket(&question))
}

fn limited(game: &Bimatrix) -> Result<(), ReciprocityError> {
    let given = game.row_payoffs().len();
    if given > MAX_CELLS {
        return Err(ReciprocityError::TooMany {
            what: "cells of the game",
            given,
            limit: MAX_CELLS,
        });
    }
    Ok(())
}

fn exact(game: &Bimatrix) -> Result<ExactGame, ReciprocityError> {
    limited(game)?;
    Ok(ExactGame::of(game))
}

fn of_cell(
    game: &Bimatrix,
    exact: &ExactGame,
    cell: usize,
) -> Result<CriticalDelta, ReciprocityError> {
    match exact.stationary(cell) {
        Some(least) => Ok(CriticalDelta::exactly(least)),
        None => Ok(bracket(&Question::of(game, Target::Cell(cell))?)),
    }
}

/// The most patient parties that are asked.
const MOST_PATIENT: f64 = 1.0 - 1e-6;
/// The least patient.
const LEAST_PATIENT: f64 = 1e-9;
/// How close what is ruled out and what is not are brought to each other.
const CLOSE: f64 = 1e-11;

/// Halves the interval in which the critical discount factor must lie until it is as narrow as
/// can be proved.
fn bracket(question: &Question<'_>) -> CriticalDelta {
    if question.is_ruled_out(MOST_PATIENT) {
        return CriticalDelta::Between(DeltaBracket {
            below: MOST_PATIENT,
            above: 1.0,
            certificate: None,
        });
    }
    let (mut below, mut possible) = (0.0, MOST_PATIENT);
    if question.is_ruled_out(LEAST_PATIENT) {
        below = LEAST_PATIENT;
        while possible - below > CLOSE * possible {
            let middle = f64::midpoint(below, possible);
            if question.is_ruled_out(middle) {
                below = middle;
            } else {
                possible = middle;
            }
        }
    } else {
        possible = LEAST_PATIENT;
    }
    let proved = proved(question, below, possible);
    CriticalDelta::Between(DeltaBracket {
        below,
        above: proved.as_ref().map_or(1.0, |it| it.delta),
        certificate: proved,
    })
}

/// A proof at a simple number that was not ruled out, or a little above, where incentives have slack.
fn proved(question: &Question<'_>, below: f64, possible: f64) -> Option<SelfSustaining> {
    let simple = simple(possible, 10.0 * CLOSE * possible).filter(|it| it.get() > below);
    let above = (0..=9).rev().filter_map(|digits| {
        let delta = possible + 10.0_f64.powi(-digits) * (1.0 - possible);
        DiscountFactor::new(delta).ok()
    });
    simple.into_iter().chain(above).find_map(|delta| {
        let set = question.proof(&patience(delta))?;
        Some(SelfSustaining {
            delta: delta.get(),
            stays: set.stays(),
            corners: set.vertices,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn game(row: [[f64; 2]; 2], column: [[f64; 2]; 2]) -> Bimatrix {
        Bimatrix::new(&row, &column).unwrap()
    }

    fn exactly(text: &str) -> CriticalDelta {
        CriticalDelta::Exactly(text.parse().unwrap())
    }

    #[track_caller]
    fn check_bracket(found: &CriticalDelta, expected: f64) {
        let CriticalDelta::Between(bracket) = found else {
            panic!("{found:?} is no bracket");
        };
        // The critical number itself can be sustained, and none much below it.
        assert_eq!(bracket.above, expected, "{bracket:?}");
        let width = bracket.above - bracket.below;
        assert!(width > 0.0 && width < 1e-9, "{bracket:?} for {expected}");
    }

    /// First cooperation, mutual cooperation and all payoffs, from exact sets.
    #[track_caller]
    fn check(game: &Bimatrix, first: f64, mutual: Option<&str>, full: &str) {
        let found = critical_deltas(game).unwrap();
        check_bracket(&found.first_cooperation, first);
        if let Some(mutual) = mutual {
            assert_eq!(found.mutual_cooperation, exactly(mutual));
        }
        assert_eq!(found.full, Some(exactly(full)));
    }

    #[test]
    fn dilemmas_have_their_critical_discount_factors() {
        let large = game([[9.0, 1.0], [10.0, 3.0]], [[9.0, 10.0], [1.0, 3.0]]);
        check(&large, 1.0 / 7.0, Some("1/7"), "1/4");
        let usual = game([[3.0, 0.0], [5.0, 1.0]], [[3.0, 5.0], [0.0, 1.0]]);
        check(&usual, 0.25, Some("1/2"), "1/2");
        let unequal = game([[5.0, 0.0], [8.0, 2.0]], [[4.0, 6.0], [-1.0, 1.0]]);
        check(&unequal, 8.0 / 21.0, Some("1/2"), "1/2");
    }

    #[test]
    fn other_conflicts_have_theirs() {
        let chicken = game([[3.0, 2.0], [4.0, 1.0]], [[3.0, 4.0], [2.0, 1.0]]);
        check(&chicken, 0.5, None, "1/2");
        let stag_hunt = game([[4.0, 1.0], [3.0, 2.0]], [[4.0, 3.0], [1.0, 2.0]]);
        check(&stag_hunt, 1.0 / 3.0, Some("0"), "1/3");
        let called_bluff = game([[3.0, 2.0], [4.0, 1.0]], [[3.0, 4.0], [1.0, 2.0]]);
        check(&called_bluff, 1.0 / 3.0, None, "1/2");
        let mutual = critical_deltas(&called_bluff).unwrap().mutual_cooperation;
        match mutual {
            CriticalDelta::Exactly(_) => assert_eq!(mutual, exactly("1/2")),
            _ => check_bracket(&mutual, 0.5),
        }
    }

    #[test]
    fn a_minmax_that_no_static_equilibrium_pays_leaves_a_bracket() {
        // By its third action the row could hold the column to 0, at a cost to itself.
        let game = Bimatrix::new(
            &[[6.0, 0.0], [5.0, 1.0], [0.0, 0.0]],
            &[[3.0, 5.0], [0.0, 1.0], [0.0, 0.0]],
        )
        .unwrap();
        let CriticalDelta::Between(found) = critical_deltas(&game).unwrap().mutual_cooperation
        else {
            panic!("no bracket");
        };
        // (5 − 3)/(5 − 0) at the least; static equilibria would do at (5 − 3)/(5 − 1).
        assert!(
            found.below >= 0.4 - 1e-9 && found.above <= 0.5 + 1e-6,
            "{found:?}"
        );
    }

    #[test]
    fn what_pays_a_tempted_player_no_more_than_its_minmax_never_lasts() {
        // The third action of the row leaves it 1 at least, though no static equilibrium pays that.
        let game = Bimatrix::new(
            &[[-1.0, 2.0], [0.0, 3.0], [1.0, 1.0]],
            &[[0.0, 1.0], [1.0, 0.0], [0.0, 1.0]],
        )
        .unwrap();
        let found = critical_delta_of_actions(&game, (0, 0)).unwrap();
        assert_eq!(found, CriticalDelta::Never);
        for payoff in [(-1.0, 0.0), (3.0, 3.0)] {
            let found = critical_delta_of_payoff(&game, payoff).unwrap();
            assert_eq!(found, CriticalDelta::Never, "{payoff:?}");
        }
    }

    /// Checks a proof in payoff units, by another route than that which found it.
    #[track_caller]
    fn check_certificate(game: &Bimatrix, proof: &SelfSustaining) {
        let SelfSustaining {
            delta,
            ref corners,
            ref stays,
        } = *proof;
        let n = (game.n_rows(), game.n_columns());
        let paid = |(i, j): (usize, usize)| {
            let (row, column) = game.payoffs(i, j).unwrap();
            [row, column]
        };
        let best = |(i, j): (usize, usize)| {
            let rows = (0..n.0).map(|it| paid((it, j))[0]);
            let columns = (0..n.1).map(|it| paid((i, it))[1]);
            [
                rows.fold(f64::MIN, f64::max),
                columns.fold(f64::MIN, f64::max),
            ]
        };
        let least = [0, 1].map(|side: usize| {
            corners
                .iter()
                .map(|it| it[side])
                .fold(f64::INFINITY, f64::min)
        });
        let inside = |promise: [f64; 2]| {
            // Counter-clockwise, so that the inside is to the left of every edge; a line has two.
            let next = corners.iter().cycle().skip(1);
            let left = |(from, to): (&[f64; 2], &[f64; 2])| {
                let along = [to[0] - from[0], to[1] - from[1]];
                along[0] * (promise[1] - from[1]) - along[1] * (promise[0] - from[0]) > -1e-9
            };
            let within = |axis: usize| {
                let all = || corners.iter().map(|it| it[axis]);
                let least = all().fold(f64::INFINITY, f64::min);
                let most = all().fold(f64::NEG_INFINITY, f64::max);
                (least - 1e-9..=most + 1e-9).contains(&promise[axis])
            };
            within(0) && within(1) && corners.iter().zip(next).all(left)
        };
        let keeps = |cell: (usize, usize), promise: [f64; 2]| {
            let inside = inside(promise);
            inside
                && (0..2).all(|side| {
                    let kept = (1.0 - delta) * paid(cell)[side] + delta * promise[side];
                    kept >= (1.0 - delta) * best(cell)[side] + delta * least[side] - 1e-12
                })
        };
        assert!(!corners.is_empty());
        for &corner in corners {
            let stay = stays.iter().any(|&cell| {
                let there = (0..2).all(|side| (paid(cell)[side] - corner[side]).abs() < 1e-12);
                there && keeps(cell, corner)
            });
            let generated = (0..n.0 * n.1).any(|cell| {
                let cell = (cell / n.1, cell % n.1);
                let rate = (1.0 - delta) / delta;
                let promise =
                    [0, 1].map(|side| corner[side] + rate * (corner[side] - paid(cell)[side]));
                keeps(cell, promise)
            });
            assert!(stay || generated, "{corner:?} of {proof:?}");
        }
    }

    #[test]
    fn what_is_proved_can_be_checked() {
        let games = [
            game([[9.0, 1.0], [10.0, 3.0]], [[9.0, 10.0], [1.0, 3.0]]),
            game([[3.0, 0.0], [5.0, 1.0]], [[3.0, 5.0], [0.0, 1.0]]),
            game([[5.0, 0.0], [8.0, 2.0]], [[4.0, 6.0], [-1.0, 1.0]]),
            game([[3.0, 2.0], [4.0, 1.0]], [[3.0, 4.0], [2.0, 1.0]]),
            game([[3.0, 2.0], [4.0, 1.0]], [[3.0, 4.0], [1.0, 2.0]]),
        ];
        for game in games {
            let found = critical_deltas(&game).unwrap();
            let CriticalDelta::Between(bracket) = found.first_cooperation else {
                panic!("{found:?}");
            };
            let proof = bracket.certificate.unwrap();
            assert_eq!(proof.delta, bracket.above);
            check_certificate(&game, &proof);
            // More than static equilibria: a corner that no static equilibrium pays.
            let statics = game.pure_equilibria();
            let paid = |it: &(usize, usize)| game.payoffs(it.0, it.1).unwrap();
            let is_static = |corner: &[f64; 2]| {
                let mut pays = statics.iter().map(paid);
                pays.any(|(x, y)| (corner[0] - x).abs().max((corner[1] - y).abs()) < 1e-9)
            };
            assert!(!proof.corners.iter().all(is_static), "{proof:?}");
        }
    }

    #[test]
    fn a_given_payoff_has_its_own() {
        let large = game([[9.0, 1.0], [10.0, 3.0]], [[9.0, 10.0], [1.0, 3.0]]);
        // Between the corners (3, 3) and (9, 9), and the corner itself.
        check_bracket(
            &critical_delta_of_payoff(&large, (9.0, 9.0)).unwrap(),
            1.0 / 7.0,
        );
        assert_eq!(
            critical_delta_of_actions(&large, (0, 0)).unwrap(),
            exactly("1/7")
        );
        assert_eq!(
            critical_delta_of_actions(&large, (1, 1)).unwrap(),
            exactly("0")
        );
        // The one who is cheated would get less than it can make sure of.
        assert_eq!(
            critical_delta_of_actions(&large, (1, 0)).unwrap(),
            CriticalDelta::Never
        );
        assert!(critical_delta_of_payoff(&large, (f64::NAN, 0.0)).is_err());
        assert!(critical_delta_of_actions(&large, (0, 2)).is_err());
    }

    #[test]
    fn games_without_anything_to_gain_say_so() {
        let one = Bimatrix::new(&[[1.0]], &[[2.0]]).unwrap();
        let found = critical_deltas(&one).unwrap();
        assert_eq!(found.mutual_cooperation, exactly("0"));
        assert_eq!(found.full, Some(exactly("0")));
        assert_eq!(found.first_cooperation, CriticalDelta::Never);
        // Deadlock: both are best off as they are.
        let deadlock = game([[2.0, 1.0], [4.0, 3.0]], [[2.0, 4.0], [1.0, 3.0]]);
        assert_eq!(
            critical_deltas(&deadlock).unwrap().first_cooperation,
            CriticalDelta::Never
        );
        let pennies = Bimatrix::zero_sum(&[[1.0, -1.0], [-1.0, 1.0]]).unwrap();
        let found = critical_deltas(&pennies).unwrap();
        assert_eq!(found.full, None);
        assert_eq!(found.first_cooperation, CriticalDelta::Never);
        let vast = game(
            [[f64::MAX, -f64::MAX], [f64::MAX, 0.0]],
            [[1e-320, 0.0], [f64::MAX, 1e-300]],
        );
        assert!(critical_deltas(&vast).is_ok());
    }
}
