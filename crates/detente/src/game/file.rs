use detente_quantity::{DiscountFactor, Probability};
use detente_reciprocity::Bimatrix;

use serde_json::{Value as Json, json};

use crate::decode::{At, Code, Decode, Fault, Faults, Fields, Path, Record, Schemas, Value};

/// The most outcomes of a game in a file.
const MOST_CELLS: usize = 10_000;

/// A two-player game as a file holds it: `row = [[…], …]` and `col = [[…], …]`, both with a list for
/// each action of the row player, in which each action of the column player has a payoff. The
/// first action of each is to cooperate, where the game has such an action.
#[derive(Debug, Clone, PartialEq)]
pub struct GameFile {
    /// What the game is called.
    pub title: Option<String>,
    /// The names of the row and the column player.
    pub players: Option<[String; 2]>,
    /// The names of the row's and the column's actions, as many as the game has.
    pub actions: [Option<Vec<String>>; 2],
    /// The payoffs, at most 10,000 outcomes.
    pub payoffs: Bimatrix,
    /// δ, the patience of the row and of the column.
    pub delta: Option<[DiscountFactor; 2]>,
    /// m, the chance a period that the cheating of the row and of the column is detected; only of a
    /// 2 × 2 game.
    pub detection: Option<[Probability; 2]>,
    /// L, how many periods longer than one the answer to detected cheating takes; only of a 2 × 2
    /// game.
    pub delay: Option<u32>,
}

impl Record for GameFile {
    const NAME: &'static str = "game";
    const ABOUT: &'static str = "A game of two players by their payoffs.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        let title = fields.optional("title", "what the game is called");
        let players = fields.optional("players", "the names of the row and the column player");
        let row = fields.required::<Matrix>("row", "the row player's payoffs, a list an action");
        let col = fields.required::<Matrix>("col", "the column player's payoffs, of that shape");
        let row_actions = fields.optional("row_actions", "the names of the row's actions");
        let col_actions = fields.optional("col_actions", "the names of the column's actions");
        let delta = fields.optional("delta", "the discount factor of both, or of each");
        let detection = fields.optional(
            "detection",
            "the chance that cheating is detected, or each's",
        );
        let delay = fields.optional("delay", "periods that the answer to cheating takes longer");
        let payoffs = payoffs(fields, row.as_deref(), col.as_deref());
        let delta = delta.and_then(|it| delta_of(fields, it));
        let detection = detection.and_then(|it| detection_of(fields, it, payoffs.as_ref()));
        let delay = delay.and_then(|it| delay_of(fields, it, payoffs.as_ref()));
        let players = players.and_then(|it| named(fields, "players", it, Some(2)));
        let sizes = payoffs.as_ref().map(|it| (it.n_rows(), it.n_columns()));
        let row_size = sizes.map(|it| it.0);
        let rows = row_actions.and_then(|it| named(fields, "row_actions", it, row_size));
        let col_size = sizes.map(|it| it.1);
        let columns = col_actions.and_then(|it| named(fields, "col_actions", it, col_size));
        Some(Self {
            title: title?,
            players: players?.and_then(|names| <[String; 2]>::try_from(names).ok()),
            actions: [rows?, columns?],
            payoffs: payoffs?,
            delta: delta?,
            detection: detection?,
            delay: delay?,
        })
    }
}

type Matrix = Vec<Vec<f64>>;

/// The game of two matrices of one shape; what is wrong with their shape is recorded.
fn payoffs(
    fields: &mut Fields<'_>,
    row: Option<&[Vec<f64>]>,
    col: Option<&[Vec<f64>]>,
) -> Option<Bimatrix> {
    let (row, col) = (row?, col?);
    let n_columns = row.first().map_or(0, Vec::len);
    let top = fields.path().clone();
    let mut sound = true;
    let mut refuse = |path: Path, message: String, expected: String| {
        sound = false;
        fields.fault(Fault::new(Code::Malformed, path, message).with_label(expected));
    };
    if n_columns == 0 {
        refuse(
            top.key("row"),
            "a game without actions".to_owned(),
            "expected at least one action of each player, such as [[3, 0], [5, 1]]".to_owned(),
        );
    } else if row.len().saturating_mul(n_columns) > MOST_CELLS {
        refuse(
            top.key("row"),
            format!("{} × {n_columns} outcomes", row.len()),
            format!("expected at most {MOST_CELLS} outcomes"),
        );
    } else {
        if col.len() != row.len() {
            refuse(
                top.key("col"),
                format!("{}, but `row` has {}", lists(col.len()), row.len()),
                format!(
                    "expected {}, one for each action of the row",
                    lists(row.len())
                ),
            );
        }
        for (key, matrix) in [("row", row), ("col", col)] {
            let odd = matrix.iter().enumerate();
            for (place, line) in odd.filter(|(_, line)| line.len() != n_columns) {
                refuse(
                    top.key(key).index(place),
                    format!("{}, but `row[0]` has {n_columns}", numbers(line.len())),
                    format!(
                        "expected {}, one for each action of the column",
                        numbers(n_columns)
                    ),
                );
            }
        }
    }
    if !sound {
        return None;
    }
    let game = Bimatrix::new(row, col);
    if let Err(error) = &game {
        fields.fault(Fault::new(Code::Malformed, top, error.to_string()));
    }
    game.ok()
}

fn lists(count: usize) -> String {
    format!("{count} {}", if count == 1 { "list" } else { "lists" })
}

fn numbers(count: usize) -> String {
    format!("{count} {}", if count == 1 { "payoff" } else { "payoffs" })
}

/// A number for both players, or a list of one for each.
#[derive(Clone, Copy)]
struct ForEach([f64; 2]);

impl Decode for ForEach {
    fn schema(schemas: &mut Schemas) -> Json {
        let number = f64::schema(schemas);
        json!({ "anyOf": [
            number.clone(),
            { "type": "array", "items": number, "minItems": 2, "maxItems": 2 },
        ] })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        if !matches!(at.node.value, Value::Array(_)) {
            return f64::decode(at, faults).map(|it| Self([it; 2]));
        }
        let given = Vec::<f64>::decode(at, faults)?;
        let count = given.len();
        let pair = given.try_into().ok();
        if pair.is_none() {
            let fault = at.fault(Code::Malformed, format!("{count} given"));
            faults.push(
                fault.with_label("expected one number for both, or the row's and the column's"),
            );
        }
        pair.map(Self)
    }
}

fn delta_of(
    fields: &mut Fields<'_>,
    given: Option<ForEach>,
) -> Option<Option<[DiscountFactor; 2]>> {
    let Some(ForEach(given)) = given else {
        return Some(None);
    };
    let mut refuse = |given: f64| {
        let message = format!("{given} is no discount factor");
        let fault = Fault::new(Code::OutOfRange, fields.path().key("delta"), message);
        fields.fault(fault.with_label("expected a number from 0 and below 1"));
    };
    both(given, |it| DiscountFactor::new(it).ok(), &mut refuse).map(Some)
}

/// Both numbers as what they are to be; the first that cannot be is refused.
fn both<T>(
    given: [f64; 2],
    read: impl Fn(f64) -> Option<T>,
    refuse: &mut impl FnMut(f64),
) -> Option<[T; 2]> {
    let mut one = |it: f64| {
        let found = read(it);
        if found.is_none() {
            refuse(it);
        }
        found
    };
    Some([one(given[0])?, one(given[1])?])
}

fn detection_of(
    fields: &mut Fields<'_>,
    given: Option<ForEach>,
    game: Option<&Bimatrix>,
) -> Option<Option<[Probability; 2]>> {
    let Some(ForEach(given)) = given else {
        return Some(None);
    };
    let mut refuse = |given: f64| {
        let message = format!("{given} is no probability");
        let fault = Fault::new(Code::OutOfRange, fields.path().key("detection"), message);
        fields.fault(fault.with_label("expected a number from 0 to 1"));
    };
    let detection = both(given, |it| Probability::new(it).ok(), &mut refuse)?;
    only_of_two(fields, ("detection", "a chance of detection"), game);
    Some(Some(detection))
}

fn delay_of(
    fields: &mut Fields<'_>,
    given: Option<u32>,
    game: Option<&Bimatrix>,
) -> Option<Option<u32>> {
    if given.is_some() {
        only_of_two(fields, ("delay", "a delay"), game);
    }
    Some(given)
}

/// Records what is said of honouring and cheating in a game that has more to do.
fn only_of_two(fields: &mut Fields<'_>, (key, what): (&str, &str), game: Option<&Bimatrix>) {
    if game.is_some_and(|it| (it.n_rows(), it.n_columns()) != (2, 2)) {
        let message = format!("{what}, but more to do than honour or cheat");
        let fault = Fault::new(Code::Contradiction, fields.path().key(key), message);
        fields.fault(fault.with_label("expected only where each player has two actions"));
    }
}

/// Names, as many as there are things to name.
fn named(
    fields: &mut Fields<'_>,
    key: &str,
    names: Option<Vec<String>>,
    expected: Option<usize>,
) -> Option<Option<Vec<String>>> {
    if let (Some(names), Some(expected)) = (&names, expected)
        && names.len() != expected
    {
        let message = format!("{} given in `{key}`", names.len());
        let fault = Fault::new(Code::Malformed, fields.path().key(key), message);
        fields.fault(fault.with_label(format!("expected {expected}")));
        return None;
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::{Source, read};

    #[track_caller]
    fn refused(text: &str, codes: &[Code], about: &str) {
        let faults = read::<GameFile>(&Source::new("game.toml", text)).unwrap_err();
        let found: Vec<Code> = faults.iter().map(|fault| fault.code).collect();
        assert_eq!(found, codes, "{faults:?}");
        let text = format!("{faults:?}");
        assert!(text.contains(about), "{text}");
    }

    #[test]
    fn every_fault_of_a_game_is_told_at_once() {
        refused(
            "row = []\ncol = []\n",
            &[Code::Malformed],
            "without actions",
        );
        refused(
            "row = [[]]\ncol = [[]]\n",
            &[Code::Malformed],
            "without actions",
        );
        refused(
            "row = [[1, 2], [3]]\ncol = [[1], [2, 3], [4, 5]]\n",
            &[Code::Malformed, Code::Malformed, Code::Malformed],
            "3 lists, but `row` has 2",
        );
        refused(
            "row = [[1, nan]]\ncol = [['2', 3]]\n",
            &[Code::OutOfRange, Code::WrongType],
            "write `2`, without quotes",
        );
        refused(
            "row = [[1]]\ncol = [[1]]\ndetla = 0.5\n",
            &[Code::UnknownKey],
            "did you mean `delta`?",
        );
        refused(
            "row = [[1]]\ncol = [[1]]\ndelta = 1\ndetection = 2\nplayers = ['a']\n",
            &[Code::OutOfRange, Code::OutOfRange, Code::Malformed],
            "below 1",
        );
        refused(
            "row = [[1]]\ncol = [[1]]\nrow_actions = ['a', 'b']\ndetection = 1\n",
            &[Code::Malformed, Code::Contradiction],
            "2 given in `row_actions`",
        );
        refused(
            "row = [[1]]\ncol = [[1]]\ndelta = [0.5]\n",
            &[Code::Malformed],
            "1 given",
        );
        refused(
            "row = [[1, 2], [3, 4]]\ncol = [[1, 2], [3, 4]]\ndelta = [0.5, 1]\ndetection = [-1, 0]\n",
            &[Code::OutOfRange, Code::OutOfRange],
            "-1 is no probability",
        );
        refused(
            "row = [[1]]\ncol = [[1]]\ndelay = 2\n",
            &[Code::Contradiction],
            "a delay, but more to do",
        );
        let line = vec!["1"; MOST_CELLS + 1].join(",");
        refused(
            &format!("row = [[{line}]]\ncol = [[{line}]]\n"),
            &[Code::Malformed],
            "at most 10000 outcomes",
        );
    }
}
