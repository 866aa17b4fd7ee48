//! The normal form of a game tree.

use detente_reciprocity::{Fraction, NormalForm};

use super::{ExtensiveGame, Move};
use crate::{
    FormatError, Limits, Place, StrategicGame,
    error::{at_most, unsupported},
    number,
};

/// Bits of an exact chance or payoff beyond which it is refused.
const MOST_BITS: u64 = 8_192;

/// Steps that an exact number which is held counts for, so that their limit is one of memory too.
const HELD: usize = 4;

/// A pure strategy: what it does at each of its player's sets; `None` where its own earlier choices keep the
/// set from being reached.
type Plan = Vec<Option<usize>>;

/// An end of the tree, or a node on the way to one, seen from the root.
#[derive(Debug, Clone)]
struct Path {
    chance: Fraction,
    payoffs: Vec<Fraction>,
    /// By player, the sets passed and the actions taken there.
    choices: Vec<Vec<(usize, usize)>>,
}

impl Path {
    /// Steps that a copy of it takes.
    fn size(&self) -> usize {
        let choices: usize = self.choices.iter().map(|it| it.len() + 1).sum();
        let numbers: usize = self.payoffs.iter().map(|it| words(it) + 1).sum();
        choices + numbers + words(&self.chance)
    }
}

impl ExtensiveGame {
    /// The reduced normal form (Kuhn 1953): a player's strategies say what it does wherever its own
    /// earlier choices can bring it, and those that differ only elsewhere are one. Payoffs are expected
    /// ones, computed exactly and rounded once.
    ///
    /// A strategy is called by its actions in the order of the information sets, with `*` for a set that
    /// it never reaches. O(strategies · nodes · depth + Σ profiles · ends reached).
    ///
    /// # Errors
    /// [`FormatError::TooMany`] beyond the limits of strategies, payoffs or steps;
    /// [`FormatError::Unsupported`] where exact chances take more than 8,192 bits;
    /// [`FormatError::Unexpected`] for payoffs beyond what a number can hold.
    pub fn normal_form(&self, limits: &Limits) -> Result<StrategicGame, FormatError> {
        let mut steps = Steps {
            left: limits.steps,
            limit: limits.steps,
        };
        let paths = self.paths(&mut steps)?;
        let n_players = self.players.len();
        let strategies =
            (0..n_players).map(|player| self.strategies(player, &paths, limits, &mut steps));
        let strategies: Vec<Vec<Plan>> = strategies.collect::<Result<_, _>>()?;
        let sizes: Vec<usize> = strategies.iter().map(Vec::len).collect();
        let n_profiles = sizes
            .iter()
            .fold(1_usize, |product, n| product.saturating_mul(*n));
        at_most(
            "payoffs",
            n_profiles.saturating_mul(n_players),
            limits.payoffs,
        )?;
        steps.take(HELD.saturating_mul(n_profiles.saturating_mul(n_players)))?;
        let mut sums = vec![vec![Fraction::zero(); n_profiles]; n_players];
        for (node, path) in self.nodes.iter().zip(&paths) {
            if node.mover == Move::End {
                add(path, &strategies, &mut sums, &mut steps)?;
            }
        }
        let rounded = |sums: &Vec<Fraction>| -> Result<Vec<f64>, FormatError> {
            sums.iter()
                .map(|sum| number::nearest(sum, Place::START))
                .collect()
        };
        let payoffs: Vec<Vec<f64>> = sums.iter().map(rounded).collect::<Result<_, _>>()?;
        for (player, strategies) in strategies.iter().enumerate() {
            steps.take(self.letters(player, strategies))?;
        }
        let names = (0..n_players).map(|player| self.names(player, &strategies[player]));
        let game = StrategicGame::new(
            self.title.clone(),
            self.players.clone(),
            names.collect(),
            NormalForm::new(&sizes, &payoffs)?,
        )?;
        Ok(game.with_comment(&self.comment))
    }

    /// By node, how it is reached and what is paid on the way, itself included.
    fn paths(&self, steps: &mut Steps) -> Result<Vec<Path>, FormatError> {
        let n_players = self.players.len();
        steps.take(HELD.saturating_mul(self.nodes.len().saturating_mul(n_players)))?;
        let root = Path {
            chance: Fraction::from_whole(1),
            payoffs: vec![Fraction::zero(); n_players],
            choices: vec![Vec::new(); n_players],
        };
        let mut paths = vec![root; self.nodes.len()];
        for (at, node) in self.nodes.iter().enumerate() {
            let mut path = paths[at].clone();
            if let Some(outcome) = node.outcome.and_then(|it| self.outcomes.get(it)) {
                for (sum, payoff) in path.payoffs.iter_mut().zip(&outcome.payoffs) {
                    *sum = small(&*sum + payoff, steps)?;
                }
            }
            let size = path.size();
            for (action, child) in node.children.iter().enumerate() {
                steps.take(size)?;
                let mut next = path.clone();
                match node.mover {
                    Move::Chance { event } => {
                        let (_, chance) = &self.events[event].actions[action];
                        next.chance = small(&next.chance * chance, steps)?;
                    }
                    Move::Decision { player, set } => next.choices[player].push((set, action)),
                    Move::End => {}
                }
                paths[*child] = next;
            }
            paths[at] = path;
        }
        Ok(paths)
    }

    /// The strategies of a player: each set that is reached gets every action in turn, in the order
    /// of the sets, and so on with the sets that are reached then.
    fn strategies(
        &self,
        player: usize,
        paths: &[Path],
        limits: &Limits,
        steps: &mut Steps,
    ) -> Result<Vec<Plan>, FormatError> {
        let sets = &self.sets[player];
        let mut open = vec![vec![None; sets.len()]];
        let mut found = Vec::new();
        while let Some(strategy) = open.pop() {
            match self.next_set(player, &strategy, paths, steps)? {
                None => {
                    found.push(strategy);
                    at_most("strategies", found.len(), limits.strategies)?;
                }
                Some(set) => {
                    for action in (0..sets[set].actions.len()).rev() {
                        steps.take(sets.len())?;
                        let mut longer = strategy.clone();
                        longer[set] = Some(action);
                        open.push(longer);
                    }
                    at_most("strategies", open.len(), limits.strategies)?;
                }
            }
        }
        Ok(found)
    }

    /// The first set that a strategy reaches and does not speak of.
    fn next_set(
        &self,
        player: usize,
        strategy: &Plan,
        paths: &[Path],
        steps: &mut Steps,
    ) -> Result<Option<usize>, FormatError> {
        steps.take(1 + self.nodes.len())?;
        let mut first = None;
        for (node, path) in self.nodes.iter().zip(paths) {
            let Move::Decision { player: mover, set } = node.mover else {
                continue;
            };
            let silent = mover == player && strategy[set].is_none();
            if !silent || first.is_some_and(|it| it <= set) {
                continue;
            }
            steps.take(path.choices[player].len())?;
            if reaches(strategy, &path.choices[player]) {
                first = Some(set);
            }
        }
        Ok(first)
    }

    /// How long the names of strategies are at most, all together.
    fn letters(&self, player: usize, strategies: &[Plan]) -> usize {
        let longest = |set: &super::InformationSet| set.actions.iter().map(String::len).max();
        let lengths = self.sets[player]
            .iter()
            .map(|set| longest(set).unwrap_or_default() + 4);
        lengths.sum::<usize>().saturating_mul(strategies.len())
    }

    fn names(&self, player: usize, strategies: &[Plan]) -> Vec<String> {
        let sets = &self.sets[player];
        let action = |(set, action): (usize, &Option<usize>)| match action {
            None => "*".to_owned(),
            Some(action) => match sets[set].actions[*action].as_str() {
                "" => (action + 1).to_string(),
                name => name.to_owned(),
            },
        };
        let name = |strategy: &Plan| match strategy.is_empty() {
            true => "*".to_owned(),
            false => {
                let actions: Vec<String> = strategy.iter().enumerate().map(action).collect();
                actions.join(", ")
            }
        };
        strategies.iter().map(name).collect()
    }
}

/// Whether a strategy takes all of these choices.
fn reaches(strategy: &Plan, choices: &[(usize, usize)]) -> bool {
    choices
        .iter()
        .all(|(set, action)| strategy[*set] == Some(*action))
}

/// Adds what an end pays to every profile that may lead to it.
fn add(
    path: &Path,
    strategies: &[Vec<Plan>],
    sums: &mut [Vec<Fraction>],
    steps: &mut Steps,
) -> Result<(), FormatError> {
    let mut profiles = vec![0];
    for (strategies, choices) in strategies.iter().zip(&path.choices) {
        steps.take(strategies.len() * (1 + choices.len()))?;
        let places = strategies.iter().enumerate();
        let leading = places.filter(|(_, strategy)| reaches(strategy, choices));
        let leading: Vec<usize> = leading.map(|(place, _)| place).collect();
        steps.take(profiles.len().saturating_mul(leading.len()))?;
        let next = |profile: &usize| {
            let first = profile * strategies.len();
            leading.iter().map(move |place| first + place)
        };
        profiles = profiles.iter().flat_map(next).collect();
    }
    for (sums, payoff) in sums.iter_mut().zip(&path.payoffs) {
        let expected = small(&path.chance * payoff, steps)?;
        if expected.is_zero() {
            continue;
        }
        for profile in &profiles {
            sums[*profile] = small(&sums[*profile] + &expected, steps)?;
        }
    }
    Ok(())
}

/// Passes on a fraction that is not too long to compute with, and counts what it cost: as much as ten
/// look-ups, and more by the square of its length, as common divisors are taken out.
fn small(fraction: Fraction, steps: &mut Steps) -> Result<Fraction, FormatError> {
    let words = words(&fraction);
    steps.take(words.saturating_mul(words).saturating_add(10))?;
    match fraction.bits() <= MOST_BITS {
        true => Ok(fraction),
        false => Err(unsupported(
            Place::START,
            format!("a chance or payoff of more than {MOST_BITS} bits"),
            "numbers with fewer digits",
        )),
    }
}

/// How many words of 64 bits a fraction takes.
fn words(fraction: &Fraction) -> usize {
    usize::try_from(fraction.bits() / 64).unwrap_or(usize::MAX)
}

/// The steps that are left.
struct Steps {
    left: usize,
    limit: usize,
}

impl Steps {
    fn take(&mut self, count: usize) -> Result<(), FormatError> {
        let limit = self.limit;
        let left = self.left.checked_sub(count);
        self.left = left.ok_or(FormatError::TooMany {
            what: "steps",
            limit,
        })?;
        Ok(())
    }
}

#[cfg(test)]
#[cfg(feature = "efg")]
mod tests;
