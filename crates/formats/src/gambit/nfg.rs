//! Games in normal form: `NFG 1 R "title" {players} {actions} "comment"` and then payoffs, profile by
//! profile with the first player's action changing fastest; or outcomes and, by profile, their
//! numbers, 0 for nothing to anybody.

use detente_reciprocity::{Fraction, NormalForm};

use super::{Token, Tokens, label, labels, prologue};
use crate::{
    FormatError, Limits, StrategicGame,
    error::{at_most, quoted, unexpected},
    number,
};

pub(crate) fn read(text: &str, limits: &Limits) -> Result<StrategicGame, FormatError> {
    let mut tokens = Tokens::new(text, limits);
    let (title, players) = prologue(&mut tokens, "NFG", "1")?;
    let actions = actions(&mut tokens, players.len(), limits)?;
    let sizes: Vec<usize> = actions.iter().map(Vec::len).collect();
    let n_profiles = sizes
        .iter()
        .fold(1_usize, |product, n| product.saturating_mul(*n));
    at_most(
        "payoffs",
        n_profiles.saturating_mul(players.len()),
        limits.payoffs,
    )?;
    let comment = tokens.label_if_any()?.unwrap_or_default();
    let mut lists = match tokens.peek()? {
        Some(Token::Open) => by_outcome(&mut tokens, players.len(), n_profiles)?,
        _ => by_payoff(&mut tokens, players.len(), n_profiles)?,
    };
    tokens.end()?;
    for payoffs in &mut lists {
        *payoffs = turned(payoffs, &sizes);
    }
    let payoffs = NormalForm::new(&sizes, &lists)?;
    Ok(StrategicGame::new(title, players, actions, payoffs)?.with_comment(&comment))
}

/// The actions by name, or how many each player has.
fn actions(
    tokens: &mut Tokens<'_>,
    n_players: usize,
    limits: &Limits,
) -> Result<Vec<Vec<String>>, FormatError> {
    let expected = "the actions of each player, by name or by number, in braces";
    let at = tokens.place();
    tokens.open(expected)?;
    let mut actions = Vec::new();
    while !tokens.closes()? {
        let count = match tokens.peek()? {
            Some(Token::Open) => {
                tokens.next()?;
                let mut names = Vec::new();
                while !tokens.closes()? {
                    names.push(tokens.text("an action's name in double quotes")?);
                }
                actions.push(names);
                continue;
            }
            _ => tokens.whole(1, "a number of actions, at least 1")?,
        };
        at_most("actions", count, limits.payoffs)?;
        actions.push((1..=count).map(|number| number.to_string()).collect());
        at_most(
            "actions",
            actions.iter().map(Vec::len).sum(),
            limits.payoffs,
        )?;
    }
    match actions.len() == n_players {
        true => Ok(actions),
        false => {
            let given = format!("actions of {} players", actions.len());
            Err(unexpected(tokens.line(at), given, n_players.to_string()))
        }
    }
}

/// By player, payoffs in the order of the file.
fn by_payoff(
    tokens: &mut Tokens<'_>,
    n_players: usize,
    n_profiles: usize,
) -> Result<Vec<Vec<f64>>, FormatError> {
    let mut lists = vec![Vec::new(); n_players];
    let count = n_profiles * n_players;
    for place in 0..count {
        if tokens.peek()?.is_none() {
            let at = tokens.place();
            let expected = format!("{count} payoffs, of which {place} are there");
            return Err(tokens.unexpected(at, None, &expected));
        }
        let payoff = tokens.number("a payoff", number::double)?;
        lists[place % n_players].push(payoff);
    }
    Ok(lists)
}

/// The same where the file numbers outcomes.
fn by_outcome(
    tokens: &mut Tokens<'_>,
    n_players: usize,
    n_profiles: usize,
) -> Result<Vec<Vec<f64>>, FormatError> {
    let mut outcomes: Vec<Vec<f64>> = vec![vec![0.0; n_players]];
    tokens.open("outcomes in braces")?;
    while !tokens.closes()? {
        tokens.open("an outcome in braces, or a closing brace")?;
        tokens.text("the outcome's name in double quotes")?;
        let payoffs =
            (0..n_players).map(|_| tokens.number("a payoff for each player", number::double));
        outcomes.push(payoffs.collect::<Result<_, _>>()?);
        let at = tokens.place();
        if !tokens.closes()? {
            let next = tokens.peek()?;
            return Err(tokens.unexpected(
                at,
                next.as_ref(),
                "a closing brace after a payoff for each player",
            ));
        }
    }
    let mut lists = vec![Vec::new(); n_players];
    for place in 0..n_profiles {
        let at = tokens.place();
        if tokens.peek()?.is_none() {
            let expected =
                format!("the outcomes of {n_profiles} profiles, of which {place} are there");
            return Err(tokens.unexpected(at, None, &expected));
        }
        let number = tokens.whole(0, "an outcome's number, 0 for none")?;
        let outcome = outcomes.get(number).ok_or_else(|| {
            let expected = format!("an outcome's number up to {}", outcomes.len() - 1);
            unexpected(tokens.line(at), quoted(&number.to_string()), expected)
        })?;
        for (list, payoff) in lists.iter_mut().zip(outcome) {
            list.push(*payoff);
        }
    }
    Ok(lists)
}

/// Payoffs with the last player's action changing fastest, of payoffs with the first one's.
fn turned(payoffs: &[f64], sizes: &[usize]) -> Vec<f64> {
    let turned = Profiles::new(sizes).map(|place| payoffs.get(place).copied().unwrap_or_default());
    turned.collect()
}

/// Places in the order of the file of profiles in the order of [`NormalForm`].
struct Profiles<'s> {
    sizes: &'s [usize],
    actions: Option<Vec<usize>>,
}

impl<'s> Profiles<'s> {
    fn new(sizes: &'s [usize]) -> Self {
        let empty = sizes.contains(&0);
        Self {
            sizes,
            actions: (!empty).then(|| vec![0; sizes.len()]),
        }
    }
}

impl Iterator for Profiles<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let actions = self.actions.as_mut()?;
        let pairs = actions.iter().zip(self.sizes).rev();
        let place = pairs.fold(0, |place, (action, size)| place * size + action);
        let mut player = self.sizes.len();
        loop {
            let Some(previous) = player.checked_sub(1) else {
                self.actions = None;
                break;
            };
            player = previous;
            actions[player] += 1;
            if actions[player] < self.sizes[player] {
                break;
            }
            actions[player] = 0;
        }
        Some(place)
    }
}

pub(crate) fn write(game: &StrategicGame) -> String {
    let mut text = format!(
        "NFG 1 R {} {}\n\n{{\n",
        label(game.title()),
        labels(game.players())
    );
    for names in game.actions() {
        text.push_str(&labels(names));
        text.push('\n');
    }
    text.push_str(&format!("}}\n{}\n\n", label(game.comment())));
    let payoffs = game.payoffs();
    let n_players = payoffs.n_players();
    let mut rows = vec![String::new(); payoffs.n_profiles()];
    for (profile, place) in Profiles::new(payoffs.n_actions()).enumerate() {
        let of = |player: usize| payoffs.payoffs(player).and_then(|it| it.get(profile));
        let row: Vec<String> = (0..n_players)
            .filter_map(of)
            .map(|it| payoff(*it))
            .collect();
        rows[place] = row.join(" ");
    }
    for row in rows {
        text.push_str(&row);
        text.push('\n');
    }
    text
}

/// A payoff as people write it: a third is `1/3`.
fn payoff(number: f64) -> String {
    let exact = Fraction::read(number);
    exact.map_or_else(|| number::shown(number), |it| number::written(&it))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    #[track_caller]
    fn refused(text: &str, message: &str) {
        let error = read(text, &Limits::default()).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }

    /// Selten (1975), figure 2, in the two ways of the format's documentation: the first player has three
    /// actions.
    const BY_PAYOFF: &str =
        "NFG 1 R \"Selten\" { \"Player 1\" \"Player 2\" } { 3 2 }\n\n1 1 0 2 0 2 1 1 0 3 2 0";
    const BY_OUTCOME: &str = "NFG 1 R \"Selten\" { \"Player 1\" \"Player 2\" }\n{ { \"1\" \"2\" \"3\" } { \"1\" \"2\" } }\n\
        \"\"\n{ { \"\" 1, 1 } { \"\" 0, 2 } { \"\" 0, 2 } { \"\" 1, 1 } { \"\" 0, 3 } { \"\" 2, 0 } }\n1 2 3 4 5 6\n";

    #[test]
    fn the_first_players_action_changes_fastest() {
        let game = read(BY_PAYOFF, &Limits::default()).unwrap();
        let payoffs = game.bimatrix().unwrap();
        assert_eq!((payoffs.n_rows(), payoffs.n_columns()), (3, 2));
        let cells = [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1)];
        let found = cells.map(|(i, j)| payoffs.payoffs(i, j).unwrap());
        assert_eq!(
            found,
            [
                (1.0, 1.0),
                (0.0, 2.0),
                (0.0, 2.0),
                (1.0, 1.0),
                (0.0, 3.0),
                (2.0, 0.0)
            ]
        );
        assert_eq!(read(BY_OUTCOME, &Limits::default()), Ok(game));
    }

    #[test]
    fn quotients_labels_and_the_null_outcome_are_read() {
        let text = "NFG 1 D \"a \\\"b\\\"\"{\"x\"}{ { \"up\" \"\" } } { { \"o\" 1/3 } } 1 0";
        let game = read(text, &Limits::default()).unwrap();
        assert_eq!(game.title(), "a \"b\"");
        assert_eq!(game.payoffs().payoffs(0), Some(&[1.0 / 3.0, 0.0][..]));
        assert_eq!(game.actions(), [["up", ""]]);
    }

    #[test]
    fn faults_are_placed() {
        refused("NFG 2 R", "line 1, column 5: found \"2\"; expected 1");
        refused("NFG 1 X", "found \"X\"; expected R");
        refused("NFG 1 R \"t", "column 9: found a label without an end");
        refused("NFG 1 R \"t\" { }", "at least one player");
        refused(
            "NFG 1 R \"t\" { \"a\" \"b\" } { 2 }\n1 1",
            "found actions of 1 players; expected 2",
        );
        refused(
            "NFG 1 R \"t\" { \"a\" } { 0 }",
            "found \"0\"; expected a number of actions",
        );
        refused("NFG 1 R \"t\" { \"a\" } { -1 }", "found \"-1\"");
        refused(
            "NFG 1 R \"t\" { \"a\" } { 2 }\n1 x",
            "line 2, column 3: found \"x\"",
        );
        refused(
            "NFG 1 R \"t\" { \"a\" } { 2 }\n1 1e999",
            "line 2, column 3: found \"1e999\"",
        );
        refused(
            "NFG 1 R \"t\" { \"a\" } { 2 }\n1",
            "expected 2 payoffs, of which 1 are there",
        );
        refused(
            "NFG 1 R \"t\" { \"a\" } { 2 }\n1 2 3",
            "line 2, column 5: found \"3\"; expected the end",
        );
        refused(
            "NFG 1 R \"t\" { \"a\" } { {} } \"\"",
            "list of player 0's actions is empty",
        );
        refused(
            "NFG 1 R \"t\" { \"a\" } { 2 } { { \"\" 1 2 } } 1 1",
            "found \"2\"; expected a closing brace",
        );
        refused(
            "NFG 1 R \"t\" { \"a\" } { 2 } { { \"\" 1 } } 1 2",
            "found \"2\"; expected an outcome's number up to 1",
        );
        refused(
            "NFG 1 R \"t\" { \"a\" } { 99999999999999999999 }",
            "expected a number of actions",
        );
        refused(
            "NFG 1 R \"t\" { \"a\" \"b\" } { 1000000000 1000000000 } 1",
            "number more than 2000000",
        );
    }

    proptest! {
        #[test]
        fn games_come_back(game in strategies::game()) {
            prop_assert_eq!(read(&write(&game), &Limits::default()), Ok(game));
        }
    }
}
