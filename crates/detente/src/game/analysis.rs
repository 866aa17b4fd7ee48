use detente_quantity::{DiscountFactor, Probability};
use detente_reciprocity::{
    Bimatrix, Equilibrium, EquilibriumComponent, Fraction, Limits, NormalForm, ReciprocityError,
    all_equilibria, mixed_minmax, one_equilibrium,
    payoff_set::equilibrium_payoffs,
    pure_minmax,
    repeated::{CriticalDelta, CriticalDeltas, critical_deltas, critical_deltas_by_player},
};

use super::{
    AtDelta, CriticalDeltaReport, EquilibriumReport, GameReport, MinmaxReport, Played, SCHEMA,
    judged::judged, some_path::some_path, taxonomy::taxonomy, transfers::with_transfers,
};
use crate::DetenteError;

/// How a game is looked at.
///
/// What is given stands in place of what the file says, or of what a case says of its types.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct GameOptions {
    /// δ, the patience of the row and of the column.
    pub delta: Option<[DiscountFactor; 2]>,
    /// m, the chance a period that the cheating of the row and of the column is detected.
    pub detection: Option<[Probability; 2]>,
    /// L, how many periods longer than one the answer to detected cheating takes.
    pub delay: Option<u32>,
    /// Whether players may pay each other.
    pub payments: Payments,
}

/// Whether the players of a repeated game may pay each other, before and after they act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Payments {
    /// They may not, and neither's payoffs are compared with the other's.
    #[default]
    None,
    /// They may, and both players' payoffs are amounts of one currency.
    Allowed,
}

/// Cells of tableaux that may be worked out before a list of all equilibria is given up: a few
/// seconds.
const WORK: usize = 50_000_000;

/// The most outcomes of a game of which an exact program is solved, or a path of pivots followed.
pub(super) const EXACT_CELLS: usize = 1_024;

/// The class of a game, its equilibria, what each player can be held to, and from which patience on
/// cooperation can be sustained; with a patience, whether the agreement to take the first action
/// enforces itself and who would cheat first, and all that can be sustained by any path.
///
/// ```
/// use detente::{decode::Source, game::{GameOptions, Played, game}, quantity::DiscountFactor};
///
/// let file = Source::new("arms.toml", "row = [[9, 1], [10, 3]]\ncol = [[9, 10], [1, 3]]\n");
/// let patience = DiscountFactor::new(0.2)?;
/// let options = GameOptions { delta: Some([patience; 2]), ..GameOptions::default() };
/// let found = game(&Played::read(&file)?, &options)?;
/// assert_eq!(found.class.as_deref(), Some("prisoner's dilemma"));
/// assert_eq!(found.equilibria.len(), 1);
/// assert_eq!(found.critical_delta.mutual_cooperation, Some(1.0 / 7.0));
/// assert_eq!(found.critical_delta.full, Some(0.25));
/// assert!(found.agreement.is_some_and(|it| it.self_enforcing));
/// // Payoffs that can be sustained at 0.2: all between cheating and honouring together.
/// let corners = found.payoff_set.map(|it| it.vertices);
/// assert_eq!(corners, Some(vec![[3.0, 3.0], [9.0, 9.0]]));
/// # Ok::<(), detente::DetenteError>(())
/// ```
///
/// Bounded work, exponential in the actions up to that bound; what it does not suffice for is left
/// out with a note.
///
/// # Errors
/// [`DetenteError::Option`] for a chance of detection or a delay where no patience is known to judge with;
/// [`DetenteError::Reciprocity`] for a game beyond 10,000 outcomes, which no file can hold.
pub fn game(played: &Played, options: &GameOptions) -> Result<GameReport, DetenteError> {
    let payoffs = &played.payoffs;
    let taxonomy = taxonomy(payoffs)?;
    let mut notes = Vec::new();
    let found = equilibria(payoffs, &mut notes)?;
    let minmax = [
        minmax(payoffs, 0, &mut notes)?,
        minmax(payoffs, 1, &mut notes)?,
    ];
    let bounds = critical_deltas(payoffs)?;
    let by_player = critical_deltas_by_player(payoffs, (0, 0))?;
    let options = GameOptions {
        delta: options.delta.or(played.delta),
        detection: options.detection.or(played.detection),
        delay: options.delay.or(played.delay),
        payments: options.payments,
    };
    check(played, &options)?;
    let at_delta = options
        .delta
        .map(|deltas| at_delta(&bounds, &by_player, deltas));
    if is_turned(payoffs) {
        notes.push(
            "Mutual cooperation is the first action of both, but here the second of both is better \
             for both; turn the order of actions if that is to cooperate."
                .to_owned(),
        );
    }
    let agreement = judged(played, &options)?;
    let with_transfers = with_transfers(payoffs, &options, &mut notes)?;
    // A set of payoffs is known for players of one patience.
    let common = options.delta.filter(|[row, column]| row == column);
    if options.delta.is_some() && common.is_none() {
        notes.push(
            "Whether some other path could sustain an agreement is judged only where both are equally \
             patient: those who are not can trade what comes early for what comes late."
                .to_owned(),
        );
    }
    let payoff_set = common
        .map(|[delta, _]| equilibrium_payoffs(payoffs, delta))
        .transpose()?;
    let lines = |of: &[f64]| {
        of.chunks(payoffs.n_columns())
            .map(<[f64]>::to_vec)
            .collect()
    };
    Ok(GameReport {
        schema: SCHEMA,
        title: played.title.clone(),
        terms: played.terms.clone(),
        players: played.players.clone(),
        actions: played.actions.clone(),
        row: lines(payoffs.row_payoffs()),
        col: lines(payoffs.column_payoffs()),
        class: taxonomy.as_ref().map(|it| it.name.clone()),
        taxonomy,
        equilibria: found
            .extreme
            .into_iter()
            .map(EquilibriumReport::from)
            .collect(),
        components: found.components,
        complete: found.complete,
        minmax,
        critical_delta: CriticalDeltaReport {
            first_cooperation: bounds.first_cooperation.enough(),
            mutual_cooperation: bounds.mutual_cooperation.enough(),
            full: bounds.full.as_ref().and_then(CriticalDelta::enough),
            by_player: by_player.each_ref().map(CriticalDelta::enough),
            bounds,
            bounds_by_player: by_player,
        },
        at_delta,
        some_path: payoff_set.as_ref().and_then(|set| some_path(played, set)),
        payoff_set,
        agreement,
        with_transfers,
        notes,
    })
}

/// Refuses what is judged with a patience only, where there is none.
fn check(played: &Played, options: &GameOptions) -> Result<(), DetenteError> {
    if options.delta.is_some() || played.signatories.is_some() {
        return Ok(());
    }
    let chances = |[row, column]: [Probability; 2]| match row == column {
        true => row.get().to_string(),
        false => format!("{},{}", row.get(), column.get()),
    };
    let given = [
        ("detection", options.detection.map(chances)),
        ("delay", options.delay.map(|it| it.to_string())),
    ];
    match given
        .into_iter()
        .find_map(|(option, given)| Some((option, given?)))
    {
        None => Ok(()),
        Some((option, given)) => Err(DetenteError::Option {
            option,
            given,
            expected: "a patience (delta) beside it, at which an agreement is judged".to_owned(),
        }),
    }
}

/// The equilibria that were found.
struct Found {
    extreme: Vec<Equilibrium>,
    components: Vec<EquilibriumComponent>,
    complete: bool,
}

/// All equilibria; where they take too much work, one.
fn equilibria(game: &Bimatrix, notes: &mut Vec<String>) -> Result<Found, ReciprocityError> {
    let cells = game.row_payoffs().len();
    let limits = Limits {
        bases: (WORK / cells.max(1) / wideness(game)).min(Limits::default().bases),
        pivots: 1_000,
        ..Limits::default()
    };
    match all_equilibria(game, limits) {
        Ok(found) => Ok(Found {
            extreme: found.extreme,
            components: found.components,
            complete: true,
        }),
        Err(ReciprocityError::TooMany { .. }) => {
            let is_easy = cells <= EXACT_CELLS || game.first_pure_equilibrium().is_some();
            let one = match is_easy {
                true => one_equilibrium(game, limits),
                false => Err(too_large(cells)),
            };
            notes.push(match &one {
                Ok(_) => "All equilibria take too much to find; one is given.".to_owned(),
                Err(_) => "The equilibria take too much to find.".to_owned(),
            });
            Ok(Found {
                extreme: one.into_iter().collect(),
                components: Vec::new(),
                complete: false,
            })
        }
        Err(error) => Err(error),
    }
}

const fn too_large(given: usize) -> ReciprocityError {
    ReciprocityError::TooMany {
        what: "cells of the game",
        given,
        limit: EXACT_CELLS,
    }
}

/// How much longer exact numbers are than usual, squared: payoffs of many digits, or from 1e-300 to 1e300, make
/// long ones.
fn wideness(game: &Bimatrix) -> usize {
    let all = game.row_payoffs().iter().chain(game.column_payoffs());
    let places = all.filter(|payoff| payoff.abs() > 0.0).map(digits);
    let (first, last) = places.fold((i32::MIN, i32::MAX), |(first, last), it| {
        (it.0.max(first), it.1.min(last))
    });
    let decades = first.saturating_sub(last).clamp(0, 700);
    (0..=decades).step_by(8).count().pow(2)
}

/// The powers of ten of a number's first and last digit.
fn digits(number: &f64) -> (i32, i32) {
    let text = format!("{number:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let places = mantissa
        .split_once('.')
        .map_or(0, |(_, places)| places.len());
    let first: i32 = exponent.parse().unwrap_or(0);
    (
        first,
        first.saturating_sub(i32::try_from(places).unwrap_or(0)),
    )
}

fn minmax(
    game: &Bimatrix,
    player: usize,
    notes: &mut Vec<String>,
) -> Result<MinmaxReport, ReciprocityError> {
    let form = NormalForm::from(game);
    let pure = pure_minmax(&form, player)?.value;
    let cells = game.row_payoffs().len();
    // Without pivots an answer in pure strategies is found, which any game may have.
    let limits = match cells > EXACT_CELLS {
        true => Limits {
            pivots: 0,
            ..Limits::default()
        },
        false => Limits::default(),
    };
    match mixed_minmax(&form, player, limits) {
        Ok(found) => Ok(MinmaxReport {
            pure,
            mixed: Some(found.value.to_f64()),
            exact: Some(found.value.to_string()),
        }),
        Err(ReciprocityError::TooMany { .. }) => {
            let side = ["row", "column"].get(player).copied().unwrap_or_default();
            notes.push(format!(
                "What the {side} player can be held to by one who mixes takes too much to find."
            ));
            Ok(MinmaxReport {
                pure,
                mixed: None,
                exact: None,
            })
        }
        Err(error) => Err(error),
    }
}

/// What can be sustained at one patience, or at two that differ.
fn at_delta(
    bounds: &CriticalDeltas,
    by_player: &[CriticalDelta; 2],
    deltas: [DiscountFactor; 2],
) -> AtDelta {
    let [row, column] = deltas;
    let one = (row == column).then_some(row);
    let at = |it: &CriticalDelta| sustained(it, one?);
    let kept = |side: usize| sustained(&by_player[side], deltas[side]);
    let by_each = match (kept(0), kept(1)) {
        (Some(true), Some(true)) => Some(true),
        (Some(false), _) | (_, Some(false)) => Some(false),
        _ => None,
    };
    AtDelta {
        delta: one,
        deltas,
        first_cooperation: at(&bounds.first_cooperation),
        mutual_cooperation: at(&bounds.mutual_cooperation).or(by_each),
        full: bounds.full.as_ref().and_then(at),
    }
}

/// Whether it can be sustained at this patience, read as the decimal that stands for it.
fn sustained(critical: &CriticalDelta, delta: DiscountFactor) -> Option<bool> {
    match critical {
        CriticalDelta::Exactly(least) => {
            let delta: Fraction = delta.get().to_string().parse().ok()?;
            Some(delta >= *least)
        }
        CriticalDelta::Between(bracket) if delta.get() <= bracket.below => Some(false),
        CriticalDelta::Between(bracket) if bracket.above < 1.0 => {
            (delta.get() >= bracket.above).then_some(true)
        }
        CriticalDelta::Between(_) => None,
        CriticalDelta::Never => Some(false),
    }
}

/// Whether the second action of both, of two, is better for both than the first.
fn is_turned(game: &Bimatrix) -> bool {
    let outcome = |action| game.payoffs(action, action);
    match (game.n_rows(), game.n_columns(), outcome(0), outcome(1)) {
        (2, 2, Some(first), Some(second)) => second.0 > first.0 && second.1 > first.1,
        _ => false,
    }
}

impl From<Equilibrium> for EquilibriumReport {
    fn from(exact: Equilibrium) -> Self {
        Self {
            row: exact.row.to_f64(),
            column: exact.column.to_f64(),
            payoffs: [exact.payoffs[0].to_f64(), exact.payoffs[1].to_f64()],
            pure: exact.is_pure(),
            exact,
        }
    }
}
