//! From what a file holds to a conflict: names become numbers, and every fault is told with its place.

use detente_stability::{Choice, Conflict, FeasibleStates, OptionForm, Pattern, StabilityError};

use super::{
    NamedConflict, NamedOption, NamedState,
    file::{PatternShape, Shape, StateRef},
    moves::{check_moves_alone, graph_of_moves},
    named::{Names, Unknown, named_state, place_of_option},
    preferring::preference,
    size::{check_options, check_players, check_states},
};
use crate::decode::{Code, Fault, Ids, Path, quoted};

/// Faults of a list after which no more are looked for: as many as are shown.
const MOST_FAULTS: usize = 100;

/// Either a value, or faults that were found on the way.
pub(super) type Checked<T> = Result<T, Vec<Fault>>;

pub(super) fn compile(shape: Shape) -> Checked<NamedConflict> {
    let top = Path::root();
    check_players(shape.players.len()).map_err(|error| refused(&top.key("player"), &error))?;
    let (names, graph, states, options) = match &shape.states {
        Some(listed) => {
            check_moves_alone(&shape)?;
            check_states(listed.len()).map_err(|error| refused(&top.key("state"), &error))?;
            let states = listed.iter().map(|(id, name)| NamedState {
                label: id.to_owned(),
                name: name.clone(),
                code: None,
            });
            let graph = graph_of_moves(&shape, listed)?;
            (
                Names::States(listed.clone()),
                graph,
                states.collect::<Vec<_>>(),
                Vec::new(),
            )
        }
        None => {
            let options = options(&shape)?;
            let ids: Vec<String> = options.iter().map(|it| it.id.clone()).collect();
            let feasible = feasible(&shape, &ids)?;
            let graph = feasible.graph().map_err(|error| refused(&top, &error))?;
            let states = feasible
                .codes()
                .iter()
                .map(|code| named_state(*code, &options));
            let states = states.collect();
            (
                Names::Options {
                    ids,
                    states: feasible,
                    called: Vec::new(),
                },
                graph,
                states,
                options,
            )
        }
    };
    let preferences = all(shape
        .players
        .iter()
        .map(|(id, player)| preference(&names, states.len(), player, &top.key("player").key(id))));
    let state = |key: &str, given: &Option<StateRef>| match given {
        Some(given) => state_at(&names, given, &top.key(key)).map(Some),
        None => Ok(None),
    };
    let status_quo = state("status_quo", &shape.status_quo);
    let nonagreement = state("nonagreement", &shape.nonagreement);
    let ((preferences, status_quo), nonagreement) =
        both(both(preferences, status_quo), nonagreement)?;
    let conflict = Conflict::new(graph, preferences).map_err(|error| refused(&top, &error))?;
    let named = shape
        .players
        .iter()
        .map(|(id, player)| player.name.clone().unwrap_or_else(|| id.to_owned()));
    Ok(NamedConflict {
        title: shape.title.unwrap_or_else(|| "A conflict".to_owned()),
        source: shape.source,
        players: named.collect(),
        options,
        states,
        names,
        conflict,
        status_quo,
        nonagreement,
    })
}

/// The options of all players, each id once.
fn options(shape: &Shape) -> Checked<Vec<NamedOption>> {
    let each = shape.players.values().flat_map(|it| &it.options);
    check_options(each.map(Ids::len).sum())
        .map_err(|error| refused(&Path::root().key("player"), &error))?;
    let mut options: Vec<NamedOption> = Vec::new();
    let mut faults = Vec::new();
    for (player, (id, given)) in shape.players.iter().enumerate() {
        let path = Path::root().key("player").key(id);
        if given.moves.is_some() {
            let text = "moves between states, but no states are listed";
            let fault = Fault::new(Code::Contradiction, path.key("moves"), text);
            faults.push(fault.with_label("expected options, or a table [state]"));
        }
        for (option, it) in given.options.iter().flat_map(Ids::iter) {
            if options.iter().any(|known| known.id == option) {
                let text = format!("the option {} is another player's already", quoted(option));
                let path = path.key("options").key(option);
                faults.push(Fault::new(Code::Duplicate, path, text).at_key());
            }
            options.push(NamedOption {
                id: option.to_owned(),
                name: it.name.clone(),
                player,
            });
        }
    }
    if faults.is_empty() {
        Ok(options)
    } else {
        Err(faults)
    }
}

/// The feasible states of the options.
fn feasible(shape: &Shape, ids: &[String]) -> Checked<FeasibleStates> {
    let top = Path::root();
    let choices: Vec<Choice> = { shape.players.values().enumerate() }
        .flat_map(|(player, given)| {
            let options = given.options.iter().flat_map(Ids::values);
            options.map(move |it| Choice {
                player,
                reversal: it.reversal,
            })
        })
        .collect();
    let mut form = OptionForm::new(shape.players.len(), &choices)
        .map_err(|error| refused(&top.key("player"), &error))?;
    for (key, lists, most) in [
        ("at_most_one", &shape.at_most_one, true),
        ("at_least_one", &shape.at_least_one, false),
    ] {
        for (index, list) in lists.iter().enumerate() {
            let path = top.key(key).index(index);
            let options = option_list(ids, list, &path)?;
            form = match most {
                true => form.at_most_one(&options),
                false => form.at_least_one(&options),
            }
            .map_err(|error| refused(&path, &error))?;
        }
    }
    for (index, given) in shape.infeasible.iter().enumerate() {
        let path = top.key("infeasible").index(index);
        form = form
            .without(pattern(ids, given, &path)?)
            .map_err(|error| refused(&path, &error))?;
    }
    for (index, given) in shape.merged.iter().enumerate() {
        let path = top.key("merged").index(index);
        form = form
            .merging(pattern(ids, given, &path)?)
            .map_err(|error| refused(&path, &error))?;
    }
    for (index, given) in shape.barred.iter().enumerate() {
        let path = top.key("barred").index(index);
        let from = pattern(ids, &given.from, &path.key("from"))?;
        let to = pattern(ids, &given.to, &path.key("to"))?;
        form = form
            .barring(from, to)
            .map_err(|error| refused(&path, &error))?;
    }
    if let Some(listed) = &shape.feasible {
        let path = top.key("feasible");
        // Named before it is known what is feasible: by the options alone.
        let everything = form
            .clone()
            .only(&[])
            .map_err(|error| refused(&path, &error))?;
        let codes = all(listed.iter().enumerate().map(|(index, state)| match state {
            StateRef::Code(code) => Ok(*code),
            StateRef::Text(text) => code_of(ids, text, &path.index(index)),
        }))?;
        form = everything
            .only(&codes)
            .map_err(|error| refused(&path, &error))?;
    }
    form.states()
        .map_err(|error| refused(&top.key("player"), &error))
}

fn code_of(ids: &[String], text: &str, path: &Path) -> Checked<u64> {
    if text.trim() == super::named::NOTHING {
        return Ok(0);
    }
    let names: Vec<String> = text.split('+').map(|it| it.trim().to_owned()).collect();
    let options = option_list(ids, &names, path)?;
    Ok(options.iter().fold(0, |code, option| code | 1 << option))
}

fn pattern(ids: &[String], given: &PatternShape, path: &Path) -> Checked<Pattern> {
    let taken = option_list(ids, &given.taken, &path.key("taken"));
    let left = option_list(ids, &given.left, &path.key("left"));
    let (taken, left) = both(taken, left)?;
    Pattern::new(&taken, &left).map_err(|error| refused(path, &error))
}

/// The options of a list of ids.
pub(super) fn option_list(ids: &[String], given: &[String], path: &Path) -> Checked<Vec<usize>> {
    all(given.iter().enumerate().map(|(index, id)| {
        place_of_option(ids, id).map_err(|unknown| vec![stranger(&path.index(index), unknown)])
    }))
}

/// The state that is named at a path.
pub(super) fn state_at(names: &Names, given: &StateRef, path: &Path) -> Checked<usize> {
    names
        .state(given)
        .map_err(|unknown| vec![stranger(path, unknown)])
}

/// A name that nothing bears, as a fault.
pub(super) fn stranger(path: &Path, unknown: Unknown) -> Fault {
    let text = format!("there is no {} {}", unknown.what, quoted(&unknown.given));
    let fault = Fault::new(Code::UnknownName, path.clone(), text);
    match unknown.nearest {
        Some(nearest) => fault.with_help(format!("did you mean `{nearest}`?")),
        None => fault,
    }
}

/// What the library refused, as a fault.
pub(super) fn refused(path: &Path, error: &StabilityError) -> Vec<Fault> {
    vec![Fault::new(Code::Malformed, path.clone(), error.to_string())]
}

/// Every value, or the faults of all until there are too many to show: each may have taken a search for the
/// name that was meant.
pub(super) fn all<T>(checked: impl Iterator<Item = Checked<T>>) -> Checked<Vec<T>> {
    let (mut values, mut faults) = (Vec::new(), Vec::new());
    for it in checked {
        match it {
            Ok(value) => values.push(value),
            Err(found) => faults.extend(found),
        }
        if faults.len() >= MOST_FAULTS {
            break;
        }
    }
    if faults.is_empty() {
        Ok(values)
    } else {
        Err(faults)
    }
}

/// Both values, or the faults of both.
fn both<A, B>(one: Checked<A>, other: Checked<B>) -> Checked<(A, B)> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (one, other) => Err([one.err(), other.err()]
            .into_iter()
            .flatten()
            .flatten()
            .collect()),
    }
}
