//! Games in extensive form: who moves when, knowing what.

mod reduced;

use detente_reciprocity::Fraction;

/// A game in extensive form: a tree in which chance and players move in turn, players without telling
/// apart the nodes of one information set. Payoffs met on the way add up.
///
/// Read from the text of an `.efg` file; [`ExtensiveGame::normal_form`] makes a game in normal form of
/// it.
///
/// ```
/// use detente_formats::{Document, Limits, ReadOptions, read};
///
/// // South may demand; only then north yields or fights.
/// let text = br#"EFG 2 R "a demand" { "north" "south" }
///     p "" 2 1 "" { "demand" "wait" } 0
///     p "" 1 1 "" { "yield" "fight" } 0
///     t "" 1 "yielded" { 0, 2 }
///     t "" 2 "war" { -1, -1 }
///     t "" 3 "peace" { 1, 1 }"#;
/// let Document::Tree(tree) = read("file", text, &ReadOptions::default())? else { panic!() };
/// let game = tree.normal_form(&Limits::default())?;
/// assert_eq!(game.actions()[0], ["yield", "fight"]);
/// assert_eq!(game.payoffs().pure_equilibria(), [[0, 0], [1, 1]]);
/// # Ok::<(), detente_formats::FormatError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ExtensiveGame {
    pub(crate) title: String,
    pub(crate) comment: String,
    pub(crate) players: Vec<String>,
    /// By player.
    pub(crate) sets: Vec<Vec<InformationSet>>,
    pub(crate) events: Vec<ChanceEvent>,
    pub(crate) outcomes: Vec<Outcome>,
    /// In prefix order: a node before its children, and these in the order of the actions. Never empty.
    pub(crate) nodes: Vec<TreeNode>,
}

/// What a player knows when it moves, and what it can do then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InformationSet {
    /// What the set is called, if anything.
    pub name: String,
    /// The names of the actions; at least one.
    pub actions: Vec<String>,
}

/// A move of chance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChanceEvent {
    /// What the event is called, if anything.
    pub name: String,
    /// What may come, with exact chances that add up to 1; at least one.
    pub actions: Vec<(String, Fraction)>,
}

/// Payoffs to all players, exactly as they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What the outcome is called, if anything.
    pub name: String,
    /// One payoff for each player.
    pub payoffs: Vec<Fraction>,
}

/// Whose move it is at a node. Players, sets and events are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// That of chance.
    Chance {
        /// The event.
        event: usize,
    },
    /// A player's.
    Decision {
        /// The player.
        player: usize,
        /// The player's information set.
        set: usize,
    },
    /// Nobody's: the game is over.
    End,
}

/// A node of a game tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeNode {
    /// What the node is called, if anything.
    pub name: String,
    /// Whose move it is.
    pub mover: Move,
    /// The outcome met here, if there is one.
    pub outcome: Option<usize>,
    /// The nodes that the moves lead to, by their places in [`ExtensiveGame::nodes`].
    pub children: Vec<usize>,
}

impl ExtensiveGame {
    /// What the game is called.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What the file says about the game besides; empty where it says nothing.
    #[must_use]
    pub fn comment(&self) -> &str {
        &self.comment
    }

    /// The players' names; at least one.
    #[must_use]
    pub fn players(&self) -> &[String] {
        &self.players
    }

    /// The nodes, each before those that follow it; at least one.
    #[must_use]
    pub fn nodes(&self) -> &[TreeNode] {
        &self.nodes
    }

    /// A player's information sets in the order in which they first come; `None` for a player the game
    /// does not have.
    #[must_use]
    pub fn information_sets(&self, player: usize) -> Option<&[InformationSet]> {
        self.sets.get(player).map(Vec::as_slice)
    }

    /// The moves of chance in the order in which they first come.
    #[must_use]
    pub fn events(&self) -> &[ChanceEvent] {
        &self.events
    }

    /// The outcomes in the order in which they first come.
    #[must_use]
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }
}
