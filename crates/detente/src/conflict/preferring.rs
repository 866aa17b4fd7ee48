//! What a player prefers, as a file says it.

use detente_stability::{Comparison, FeasibleStates, Preference, StabilityError, Statement};

use super::{
    compile::{Checked, all, refused, state_at, stranger},
    file::{PlayerShape, StateRef, TierShape},
    named::{Names, place_of_option},
};
use crate::decode::{Code, Fault, Ids, Path, nearest, quoted};

/// The ways to say it.
const WAYS: &str = "expected one of: prefers, ranking, weights, known";

/// The preference of a player that says it in one way.
pub(super) fn preference(
    names: &Names,
    n_states: usize,
    player: &PlayerShape,
    path: &Path,
) -> Checked<Preference> {
    let given = usize::from(player.prefers.is_some())
        + usize::from(player.ranking.is_some())
        + usize::from(player.weights.is_some())
        + usize::from(player.known.is_some());
    if given > 1 {
        let text = "a preference that is said in more ways than one";
        let fault = Fault::new(Code::Contradiction, path.clone(), text);
        return Err(vec![fault.with_label(WAYS)]);
    }
    if let Some(tiers) = &player.ranking {
        return ranked(names, n_states, tiers, &path.key("ranking"));
    }
    if let Some(texts) = &player.known {
        return known(names, n_states, texts, &path.key("known"));
    }
    match (names, &player.prefers, &player.weights) {
        (Names::Options { ids, states, .. }, Some(texts), _) => {
            prioritised(ids, states, texts, &path.key("prefers"))
        }
        (Names::Options { ids, states, .. }, _, Some(weights)) => {
            weighted(ids, states, weights, &path.key("weights"))
        }
        _ => {
            let text = "a player that is not said to prefer anything";
            let fault = Fault::new(Code::MissingKey, path.clone(), text).with_label(WAYS);
            Err(vec![
                fault.with_help("where nothing is known, write `known = []`"),
            ])
        }
    }
}

fn prioritised(
    ids: &[String],
    states: &FeasibleStates,
    texts: &[String],
    path: &Path,
) -> Checked<Preference> {
    let option = |name: &str| ids.iter().position(|id| id == name);
    let statements = all(texts.iter().enumerate().map(|(index, text)| {
        Statement::parse(text, option)
            .map_err(|error| vec![unread(&path.index(index), &error, ids)])
    }))?;
    states
        .prioritised(&statements)
        .map_err(|error| refused(path, &error))
}

/// A statement that cannot be read, with the name that may have been meant.
fn unread(path: &Path, error: &StabilityError, ids: &[String]) -> Fault {
    let fault = Fault::new(Code::Malformed, path.clone(), error.to_string());
    let StabilityError::Statement { found, .. } = error else {
        return fault;
    };
    let name = found.trim_matches('`');
    match nearest(name, ids.iter().map(String::as_str)) {
        Some(near) if near != name => fault.with_help(format!("did you mean `{near}`?")),
        _ => fault,
    }
}

fn weighted(
    ids: &[String],
    states: &FeasibleStates,
    given: &Ids<f64>,
    path: &Path,
) -> Checked<Preference> {
    let mut weights = vec![0.0; ids.len()];
    let named = all(given.iter().map(|(id, weight)| {
        place_of_option(ids, id)
            .map(|option| (option, *weight))
            .map_err(|unknown| vec![stranger(&path.key(id), unknown).at_key()])
    }))?;
    for (option, weight) in named {
        weights[option] = weight;
    }
    states
        .weighted(&weights)
        .map_err(|error| refused(path, &error))
}

fn ranked(names: &Names, n_states: usize, tiers: &[TierShape], path: &Path) -> Checked<Preference> {
    let tiers = all(tiers.iter().enumerate().map(|(index, TierShape(tier))| {
        let path = path.index(index);
        all(tier.iter().map(|state| state_at(names, state, &path)))
    }))?;
    Preference::ranking(n_states, &tiers).map_err(|error| {
        // States by what they are called, not by their places.
        let label = |state: usize| quoted(&names.label(state));
        let text = match error {
            StabilityError::Twice { state, .. } => {
                format!("{} stands twice in the ranking", label(state))
            }
            StabilityError::Unranked { state, .. } => {
                format!("{} has no place in the ranking", label(state))
            }
            error => error.to_string(),
        };
        let fault = Fault::new(Code::Malformed, path.clone(), text);
        let fault = fault.with_label(format!("expected each of {n_states} states once"));
        vec![fault.with_help("where a ranking is known in part, write `known = [\"a > b\", …]`")]
    })
}

/// What is known of a ranking: chains such as `a > b = c`.
fn known(names: &Names, n_states: usize, texts: &[String], path: &Path) -> Checked<Preference> {
    let comparisons = all(texts
        .iter()
        .enumerate()
        .map(|(index, text)| chain(names, text, &path.index(index))))?;
    Preference::partial(n_states, &comparisons.concat()).map_err(|error| {
        let StabilityError::Circle { better, worse } = error else {
            return refused(path, &error);
        };
        let [better, worse] = [better, worse].map(|state| quoted(&names.label(state)));
        let text = format!(
            "{better} is to be better than {worse}, but what else is known makes it no better"
        );
        vec![Fault::new(Code::Contradiction, path.clone(), text)]
    })
}

fn chain(names: &Names, text: &str, path: &Path) -> Checked<Vec<Comparison>> {
    let signs = text
        .chars()
        .filter(|it| matches!(it, '>' | '='))
        .map(|it| it == '>');
    let states = all(text.split(['>', '=']).map(|named| {
        let named = StateRef::of_text(named);
        state_at(names, &named, path)
    }))?;
    if states.len() < 2 {
        let fault = Fault::new(
            Code::Malformed,
            path.clone(),
            format!("{} compares nothing", quoted(text)),
        );
        return Err(vec![
            fault.with_label("expected two states with > or = between them"),
        ]);
    }
    let pairs = states.windows(2).zip(signs);
    let compared = pairs.map(|(pair, better)| match better {
        true => Comparison::Better(pair[0], pair[1]),
        false => Comparison::Equal(pair[0], pair[1]),
    });
    Ok(compared.collect())
}
