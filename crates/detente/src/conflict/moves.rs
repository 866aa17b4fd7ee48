//! Conflicts whose states are listed, with moves between them.

use detente_stability::{Move, MoveGraph};

use super::{
    compile::{Checked, all, refused, stranger},
    file::Shape,
    named::place_of_state,
};
use crate::decode::{Code, Fault, Ids, Path, quoted};

/// The moves of a conflict whose states are listed.
pub(super) fn graph_of_moves(shape: &Shape, states: &Ids<String>) -> Checked<MoveGraph> {
    let top = Path::root();
    let moves = all(shape
        .players
        .iter()
        .enumerate()
        .map(|(player, (id, given))| {
            let path = top.key("player").key(id).key("moves");
            let texts = given.moves.iter().flatten().enumerate();
            let moves =
                all(texts.map(|(index, text)| moves_of(player, text, states, &path.index(index))));
            moves.map(|moves| moves.concat())
        }))?;
    MoveGraph::new(shape.players.len(), states.len(), &moves.concat())
        .map_err(|error| refused(&top.key("state"), &error))
}

/// The moves that `a -> b` or `a <-> b` says, of as many states in a row as are named.
fn moves_of(player: usize, text: &str, known: &Ids<String>, path: &Path) -> Checked<Vec<Move>> {
    let both_ways = text.contains("<->");
    let sign = if both_ways { "<->" } else { "->" };
    let named: Vec<&str> = text.split(sign).map(str::trim).collect();
    if named.len() < 2 {
        let fault = Fault::new(
            Code::Malformed,
            path.clone(),
            format!("{} is no move", quoted(text)),
        );
        return Err(vec![
            fault.with_label("expected two states with -> or <-> between them"),
        ]);
    }
    let states = all(named
        .iter()
        .map(|id| place_of_state(known, id).map_err(|unknown| vec![stranger(path, unknown)])))?;
    let there = states.windows(2).map(|pair| (pair[0], pair[1]));
    let back = states
        .windows(2)
        .map(|pair| (pair[1], pair[0]))
        .filter(|_| both_ways);
    let pairs: Vec<(usize, usize)> = there.chain(back).collect();
    if let Some((state, _)) = pairs.iter().find(|(from, to)| from == to) {
        let text = format!(
            "a move from {} to itself",
            quoted(known.at(*state).map_or("", |(id, _)| id))
        );
        return Err(vec![
            Fault::new(Code::Malformed, path.clone(), text).with_label("expected two states"),
        ]);
    }
    Ok(pairs
        .into_iter()
        .map(|(from, to)| Move { player, from, to })
        .collect())
}

/// Listed states go with moves, and with nothing that speaks of options.
pub(super) fn check_moves_alone(shape: &Shape) -> Checked<()> {
    let top = Path::root();
    let mut faults = Vec::new();
    let mut refuse = |path: Path| {
        let text = "options, but states are listed by id";
        let fault = Fault::new(Code::Contradiction, path, text).at_key();
        faults.push(fault.with_label("expected moves between the listed states"));
    };
    for (id, player) in shape.players.iter() {
        let path = top.key("player").key(id);
        if player.options.is_some() {
            refuse(path.key("options"));
        }
        if player.prefers.is_some() {
            refuse(path.key("prefers"));
        }
        if player.weights.is_some() {
            refuse(path.key("weights"));
        }
    }
    for (key, given) in [
        ("at_most_one", !shape.at_most_one.is_empty()),
        ("at_least_one", !shape.at_least_one.is_empty()),
        ("infeasible", !shape.infeasible.is_empty()),
        ("merged", !shape.merged.is_empty()),
        ("barred", !shape.barred.is_empty()),
        ("feasible", shape.feasible.is_some()),
    ] {
        if given {
            refuse(top.key(key));
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}
