//! Games in extensive form: `EFG 2 R "title" {players} "comment"` and then nodes in prefix order. What
//! describes an information set, a move of chance or an outcome stands where it first comes.

use std::collections::BTreeMap;

use detente_reciprocity::Fraction;

use super::{Token, Tokens, label, labels, prologue};
use crate::{
    ChanceEvent, ExtensiveGame, FormatError, InformationSet, Limits, Move, Outcome, TreeNode,
    error::{at_most, missing, quoted, unexpected},
    number,
};

/// Bits of a sum of chances beyond which it is no longer worked out.
const MOST_BITS: u64 = 8_192;

pub(crate) fn read(text: &str, limits: &Limits) -> Result<ExtensiveGame, FormatError> {
    let mut tokens = Tokens::new(text, limits);
    let (title, players) = prologue(&mut tokens, "EFG", "2")?;
    let comment = tokens.label_if_any()?.unwrap_or_default();
    let mut reading = Reading::new(&mut tokens, players.len());
    let nodes = reading.tree(limits)?;
    let (sets, events, outcomes) = (reading.sets, reading.events, reading.outcomes);
    tokens.end()?;
    Ok(ExtensiveGame {
        title,
        comment,
        players,
        sets: sets.into_iter().map(|it| it.found).collect(),
        events: events.found,
        outcomes: outcomes.found,
        nodes,
    })
}

/// Things by the numbers that the file gives them, in the order in which they first come.
struct Numbered<T> {
    places: BTreeMap<usize, usize>,
    found: Vec<T>,
}

impl<T> Numbered<T> {
    const fn new() -> Self {
        Self {
            places: BTreeMap::new(),
            found: Vec::new(),
        }
    }
}

struct Reading<'r, 't> {
    tokens: &'r mut Tokens<'t>,
    n_players: usize,
    sets: Vec<Numbered<InformationSet>>,
    events: Numbered<ChanceEvent>,
    outcomes: Numbered<Outcome>,
}

impl<'r, 't> Reading<'r, 't> {
    fn new(tokens: &'r mut Tokens<'t>, n_players: usize) -> Self {
        Self {
            tokens,
            n_players,
            sets: (0..n_players).map(|_| Numbered::new()).collect(),
            events: Numbered::new(),
            outcomes: Numbered::new(),
        }
    }

    /// The nodes of the tree. What is open waits in a list, not on the stack.
    fn tree(&mut self, limits: &Limits) -> Result<Vec<TreeNode>, FormatError> {
        let mut nodes: Vec<TreeNode> = Vec::new();
        // Nodes with moves that are still to come, and how many.
        let mut open: Vec<(usize, usize)> = Vec::new();
        loop {
            at_most("levels of the tree", open.len(), limits.depth)?;
            let place = nodes.len();
            let (node, n_actions) = self.node(open.len())?;
            nodes.push(node);
            if let Some((parent, left)) = open.last_mut() {
                nodes[*parent].children.push(place);
                *left -= 1;
            }
            if n_actions > 0 {
                open.push((place, n_actions));
            }
            while open.last().is_some_and(|(_, left)| *left == 0) {
                open.pop();
            }
            if open.is_empty() {
                return Ok(nodes);
            }
        }
    }

    /// The next node, and how many moves lead on from it.
    fn node(&mut self, n_open: usize) -> Result<(TreeNode, usize), FormatError> {
        let at = self.tokens.place();
        if self.tokens.peek()?.is_none() {
            let expected = match n_open {
                0 => "a node: c, p or t".to_owned(),
                _ => format!("more nodes: {n_open} have moves that lead nowhere yet"),
            };
            return Err(self.tokens.unexpected(at, None, &expected));
        }
        let (at, kind) = self.tokens.word("a node: c, p or t")?;
        let name = self.tokens.text("the node's name in double quotes")?;
        let (mover, n_actions) = match kind {
            "c" => self.chance()?,
            "p" => self.decision()?,
            "t" => (Move::End, 0),
            _ => {
                let place = self.tokens.line(at);
                return Err(unexpected(place, quoted(kind), "a node: c, p or t"));
            }
        };
        let node = TreeNode {
            name,
            mover,
            outcome: self.outcome()?,
            children: Vec::new(),
        };
        Ok((node, n_actions))
    }

    fn chance(&mut self) -> Result<(Move, usize), FormatError> {
        let at = self.tokens.place();
        let number = self
            .tokens
            .whole(1, "the number of the move of chance, from 1")?;
        let described = self.described(|tokens| {
            let name = tokens.text("an action's name in double quotes, or a closing brace")?;
            let at = tokens.place();
            let chance = tokens.number("the chance of the action", number::exact)?;
            match chance < Fraction::zero() {
                true => Err(unexpected(
                    tokens.line(at),
                    chance.to_string(),
                    "a chance of 0 or more",
                )),
                false => Ok((name, chance)),
            }
        })?;
        let described = described.map(|(name, actions)| ChanceEvent { name, actions });
        if let Some(event) = &described {
            self.check_chances(event, at)?;
        }
        let event = settled(&mut self.events, number, described, self.tokens, at)?;
        Ok((
            Move::Chance { event },
            self.events.found[event].actions.len(),
        ))
    }

    fn check_chances(&self, event: &ChanceEvent, at: usize) -> Result<(), FormatError> {
        let mut sum = Fraction::zero();
        for (_, chance) in &event.actions {
            sum = &sum + chance;
            if sum.bits() > MOST_BITS {
                break;
            }
        }
        if sum == Fraction::from_whole(1) {
            return Ok(());
        }
        let given = match sum.bits() < 64 {
            true => format!("chances that add up to {sum}"),
            false => "chances that do not add up to 1".to_owned(),
        };
        let expected = "1; a third is written 1/3";
        Err(unexpected(self.tokens.line(at), given, expected))
    }

    fn decision(&mut self) -> Result<(Move, usize), FormatError> {
        let at = self.tokens.place();
        let player = self.tokens.whole(1, "the number of the player, from 1")? - 1;
        if player >= self.n_players {
            let expected = format!("a player's number up to {}", self.n_players);
            let given = quoted(&(player + 1).to_string());
            return Err(unexpected(self.tokens.line(at), given, expected));
        }
        let at = self.tokens.place();
        let number = self
            .tokens
            .whole(1, "the number of the information set, from 1")?;
        let described = self.described(|tokens| {
            tokens.text("an action's name in double quotes, or a closing brace")
        })?;
        let described = described.map(|(name, actions)| InformationSet { name, actions });
        let set = settled(&mut self.sets[player], number, described, self.tokens, at)?;
        let n_actions = self.sets[player].found[set].actions.len();
        Ok((Move::Decision { player, set }, n_actions))
    }

    /// The name and the actions of a set or a move of chance, where they are given.
    fn described<A>(
        &mut self,
        action: impl Fn(&mut Tokens<'t>) -> Result<A, FormatError>,
    ) -> Result<Option<(String, Vec<A>)>, FormatError> {
        let name = self.tokens.label_if_any()?;
        if self.tokens.peek()? != Some(Token::Open) {
            return Ok(None);
        }
        let at = self.tokens.place();
        self.tokens.open("the actions in braces")?;
        let mut actions = Vec::new();
        while !self.tokens.closes()? {
            actions.push(action(self.tokens)?);
        }
        match actions.is_empty() {
            true => Err(missing(self.tokens.line(at), "an action", "at least one")),
            false => Ok(Some((name.unwrap_or_default(), actions))),
        }
    }

    fn outcome(&mut self) -> Result<Option<usize>, FormatError> {
        let at = self.tokens.place();
        let number = self
            .tokens
            .whole(0, "the number of the outcome, 0 for none")?;
        let name = self.tokens.label_if_any()?;
        let paid = self.tokens.peek()? == Some(Token::Open);
        let described = match paid {
            false => None,
            true => {
                self.tokens.open("payoffs in braces")?;
                let n_players = self.n_players;
                let payoffs = (0..n_players).map(|_| {
                    self.tokens
                        .number("a payoff for each player", number::exact)
                });
                let payoffs: Vec<Fraction> = payoffs.collect::<Result<_, _>>()?;
                let at = self.tokens.place();
                if !self.tokens.closes()? {
                    let next = self.tokens.peek()?;
                    let expected = "a closing brace after a payoff for each player";
                    return Err(self.tokens.unexpected(at, next.as_ref(), expected));
                }
                let name = name.clone().unwrap_or_default();
                Some(Outcome { name, payoffs })
            }
        };
        match (number, &described) {
            (0, None) => Ok(None),
            (0, Some(_)) => {
                let place = self.tokens.line(at);
                Err(unexpected(
                    place,
                    "payoffs of outcome 0, which is none",
                    "another number",
                ))
            }
            (_, None) if name.as_ref().is_some_and(|it| !it.is_empty()) => {
                let place = self.tokens.line(at);
                Err(missing(
                    place,
                    "the list of payoffs",
                    "one in braces after the outcome's name",
                ))
            }
            _ => settled(&mut self.outcomes, number, described, self.tokens, at).map(Some),
        }
    }
}

/// The place of the thing with a number, which is described here, or was, or both alike.
fn settled<T: PartialEq>(
    things: &mut Numbered<T>,
    number: usize,
    described: Option<T>,
    tokens: &Tokens<'_>,
    at: usize,
) -> Result<usize, FormatError> {
    match (things.places.get(&number), described) {
        (Some(place), None) => Ok(*place),
        (Some(place), Some(again)) if things.found[*place] == again => Ok(*place),
        (Some(_), Some(_)) => {
            let given = format!("another description of number {number}");
            Err(unexpected(
                tokens.line(at),
                given,
                "the one it has already, or none",
            ))
        }
        (None, Some(first)) => {
            things.places.insert(number, things.found.len());
            things.found.push(first);
            Ok(things.found.len() - 1)
        }
        (None, None) => {
            let what = format!("the description of number {number}");
            Err(missing(
                tokens.line(at),
                what,
                "it where the number first comes",
            ))
        }
    }
}

/// Writes a game tree, everything numbered in the order in which it first comes.
pub(crate) fn write(game: &ExtensiveGame) -> String {
    let mut text = format!(
        "EFG 2 R {} {}\n{}\n\n",
        label(&game.title),
        labels(&game.players),
        label(&game.comment)
    );
    for node in &game.nodes {
        let mover = match node.mover {
            Move::Chance { event } => {
                let it = &game.events[event];
                let actions = it
                    .actions
                    .iter()
                    .map(|(name, chance)| format!("{} {chance}", label(name)));
                let actions: Vec<String> = actions.collect();
                format!(
                    "c {} {} {} {{ {} }}",
                    label(&node.name),
                    event + 1,
                    label(&it.name),
                    actions.join(" ")
                )
            }
            Move::Decision { player, set } => {
                let it = &game.sets[player][set];
                let (name, actions) = (label(&it.name), labels(&it.actions));
                format!(
                    "p {} {} {} {name} {actions}",
                    label(&node.name),
                    player + 1,
                    set + 1
                )
            }
            Move::End => format!("t {}", label(&node.name)),
        };
        text.push_str(&mover);
        match node.outcome {
            None => text.push_str(" 0\n"),
            Some(outcome) => {
                let it = &game.outcomes[outcome];
                let payoffs: Vec<String> = it.payoffs.iter().map(ToString::to_string).collect();
                text.push_str(&format!(
                    " {} {} {{ {} }}\n",
                    outcome + 1,
                    label(&it.name),
                    payoffs.join(", ")
                ));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(text: &str, message: &str) {
        let error = read(text, &Limits::default()).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }

    const HEAD: &str = "EFG 2 R \"t\" { \"a\" \"b\" }\n";

    #[track_caller]
    fn refused_body(body: &str, message: &str) {
        refused(&format!("{HEAD}{body}"), message);
    }

    #[test]
    fn what_is_described_once_holds_for_all_its_nodes() {
        let text = format!(
            "{HEAD}\"a comment\" c \"root\" 7 \"\" {{ \"l\" .5 \"r\" 1/2 }} 0\n\
             p \"\" 1 3 \"know\" {{ \"u\" \"d\" }} 0 t \"\" 9 \"x\" {{ 1, -2 }} t \"\" 0\n\
             p \"\" 1 3 \"know\" 0 t \"\" 9 t \"\" 9 \"x\" {{ 1 -2.0 }}"
        );
        let game = read(&text, &Limits::default()).unwrap();
        assert_eq!(game.nodes().len(), 7);
        assert_eq!(game.information_sets(0).map(<[_]>::len), Some(1));
        assert_eq!(game.events()[0].actions[0].1, game.events()[0].actions[1].1);
        assert_eq!(game.outcomes().len(), 1);
        let outcomes: Vec<_> = game.nodes().iter().map(|it| it.outcome).collect();
        assert_eq!(
            outcomes,
            [None, None, Some(0), None, None, Some(0), Some(0)]
        );
    }

    #[test]
    fn faults_are_placed() {
        refused("EFG 1 R", "line 1, column 5: found \"1\"; expected 2");
        refused_body(
            "",
            "line 2, column 1: found the end of the text; expected a node",
        );
        refused_body(
            "x \"\" 0",
            "line 2, column 1: found \"x\"; expected a node: c, p or t",
        );
        refused_body(
            "t 0",
            "line 2, column 3: found \"0\"; expected the node's name",
        );
        refused_body(
            "t \"\" -1",
            "line 2, column 6: found \"-1\"; expected the number of the outcome",
        );
        refused_body(
            "t \"\" 1",
            "line 2, column 6: the description of number 1 is missing",
        );
        refused_body(
            "t \"\" 1 \"x\"",
            "line 2, column 6: the list of payoffs is missing",
        );
        refused_body(
            "t \"\" 0 \"\" { 1 1 }",
            "payoffs of outcome 0, which is none",
        );
        refused_body(
            "t \"\" 1 \"\" { 1 }",
            "found a closing brace; expected a payoff for each player",
        );
        refused_body(
            "t \"\" 1 \"\" { 1 1 1 }",
            "found \"1\"; expected a closing brace",
        );
        refused_body(
            "t \"\" 1 \"\" { 1 1e999 }",
            "line 2, column 15: found \"1e999\"",
        );
        refused_body(
            "t \"\" 0 t \"\" 0",
            "line 2, column 8: found \"t\"; expected the end of the text",
        );
        refused_body(
            "p \"\" 3 1 \"\" { \"u\" } 0",
            "line 2, column 6: found \"3\"; expected a player's number up to 2",
        );
        refused_body(
            "p \"\" 1 1 \"\" { } 0",
            "line 2, column 13: an action is missing",
        );
        refused_body(
            "p \"\" 1 1 0",
            "line 2, column 8: the description of number 1 is missing",
        );
        refused_body(
            "p \"\" 1 1 \"\" { \"u\" } 0",
            "expected more nodes: 1 have moves that lead nowhere yet",
        );
        refused_body(
            "p \"\" 1 1 \"\" { \"u\" } 0 p \"\" 1 1 \"\" { \"d\" } 0",
            "line 2, column 30: found another description of number 1",
        );
        refused_body(
            "c \"\" 1 \"\" { \"l\" 1/3 \"r\" 1/3 } 0",
            "found chances that add up to 2/3; expected 1",
        );
        refused_body(
            "c \"\" 1 \"\" { \"l\" -1 \"r\" 2 } 0",
            "line 2, column 17: found -1; expected a chance of 0 or more",
        );
        let deep = format!("{HEAD}{}", "p \"\" 1 1 \"\" { \"u\" } 0 ".repeat(100_000));
        refused(&deep, "levels of the tree number more than 128");
    }
}
