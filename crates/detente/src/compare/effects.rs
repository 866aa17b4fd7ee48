//! What each difference does: exchanged alone, and by its share of the whole.

use detente_uncertainty::{Replicates, Sampler, SetFunction, Summary, causes::shapley_sampled};

use super::mixture::{Mixture, Outcome};
use crate::{
    DetenteError,
    assess::{Reached, reached, until},
    assessment::{Division, DivisionMethod, Effect, Shift, Swap},
};

/// Up to so many differences are divided exactly.
const EXACT: usize = 10;

/// About so many evaluations are spent on dividing more.
const EVALUATIONS: usize = 20_000;

/// The effect of the structure, if it differs, and then of every number.
pub(super) fn effects(
    mixture: &Mixture<'_>,
    outcomes: [Outcome; 2],
    runs: &[Reached; 2],
    with_structure: bool,
) -> Result<(Vec<Effect>, Option<Division>), DetenteError> {
    let players: Vec<Player> = with_structure
        .then_some(Player::Structure)
        .into_iter()
        .chain((0..mixture.units()).map(Player::Number))
        .collect();
    let mut effects = Vec::with_capacity(players.len());
    for &player in &players {
        let swap = |base: usize| swap(mixture, player, base, outcomes[base], &runs[base]);
        effects.push(Effect {
            forward: swap(0)?,
            backward: swap(1)?,
            ..Effect::default()
        });
    }
    let difference = outcomes[1].margin - outcomes[0].margin;
    let divided = divide(mixture, &players);
    let division = divided.map(|(shares, method, evaluations)| {
        for (effect, (share, error)) in effects.iter_mut().zip(&shares) {
            (effect.share, effect.standard_error) = (Some(*share), *error);
        }
        Division {
            method,
            difference,
            sum: shares.iter().map(|(share, _)| share).sum(),
            evaluations,
        }
    });
    Ok((effects, division))
}

/// What can come from either coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Player {
    /// All that is no number.
    Structure,
    /// A unit, by position.
    Number(usize),
}

impl Player {
    /// From which coding structure and numbers come where this one comes from the other than all
    /// else.
    fn sources(self, base: usize) -> (usize, impl Fn(usize) -> usize) {
        let structure = match self {
            Self::Structure => 1 - base,
            Self::Number(_) => base,
        };
        let source = move |unit: usize| match self {
            Self::Number(own) if own == unit => 1 - base,
            _ => base,
        };
        (structure, source)
    }
}

/// One coding with one thing from the other; `None` where that is no case.
fn swap(
    mixture: &Mixture<'_>,
    player: Player,
    base: usize,
    before: Outcome,
    run: &Reached,
) -> Result<Option<Swap>, DetenteError> {
    let (structure, source) = player.sources(base);
    let Ok(after) = mixture.outcome(structure, &source) else {
        return Ok(None);
    };
    let within_reach = match run.draws.is_empty() {
        true => None,
        false => {
            let model = mixture.model(structure, &source)?;
            let options = mixture.options();
            let after = reached(&model, options, until(&model, options), Some(run))?;
            Some(shift(run, &after)?)
        }
    };
    Ok(Some(Swap {
        margin: after.margin,
        change: after.margin - before.margin,
        verdict: after.verdict,
        within_reach,
    }))
}

/// The change in how often an agreement is within reach, on the same draws; its error is that of
/// the mean of replicates where there are several.
fn shift(before: &Reached, after: &Reached) -> Result<Shift, DetenteError> {
    let pairs = before.draws.iter().zip(&after.draws);
    let changes: Vec<f64> = pairs
        .map(|(&before, &after)| f64::from(i8::from(after) - i8::from(before)))
        .collect();
    let summary = Summary::of(&changes)?;
    let standard_error = match before.per_replicate {
        None => summary.standard_error(),
        Some(per_replicate) => {
            let means = changes.chunks(per_replicate).map(Summary::of);
            let means = means.map(|it| it.map(Summary::mean));
            Replicates::of(&means.collect::<Result<Vec<f64>, _>>()?)?.standard_error
        }
    };
    Ok(Shift {
        change: summary.mean(),
        standard_error,
    })
}

/// Shares with their standard errors, the method, and how many mixtures it took.
type Divided = (Vec<(f64, Option<f64>)>, DivisionMethod, usize);

/// Shapley shares of the difference between the margins; `None` where a mixture is no case.
fn divide(mixture: &Mixture<'_>, players: &[Player]) -> Option<Divided> {
    let margin = |taken: &dyn Fn(usize) -> bool| -> Result<f64, DetenteError> {
        let from = |place: usize| usize::from(taken(place));
        let of = |player: Player| players.iter().position(|it| *it == player).map_or(0, from);
        let outcome = mixture.outcome(of(Player::Structure), |unit| of(Player::Number(unit)))?;
        Ok(outcome.margin)
    };
    if players.len() <= EXACT {
        let sets = 0..1_usize << players.len();
        let values = sets.map(|set| margin(&|place| set >> place & 1 == 1));
        let values = values.collect::<Result<Vec<f64>, _>>().ok()?;
        let evaluations = values.len();
        let function = SetFunction::new(players.len(), values).ok()?;
        let shares = function.shapley().into_iter().map(|it| (it.share, None));
        return Some((shares.collect(), DivisionMethod::Exact, evaluations));
    }
    let pairs = (EVALUATIONS / (2 * players.len())).clamp(16, 512);
    let sampler = Sampler::new(mixture.options().seed);
    let value = |taken: &[bool]| margin(&|place| taken[place]);
    let divided = shapley_sampled(players.len(), value, pairs, sampler).ok()?;
    let shares = divided.shares.iter();
    let shares = shares.map(|it| (it.share, Some(it.standard_error)));
    Some((
        shares.collect(),
        DivisionMethod::Sampled,
        divided.evaluations,
    ))
}
