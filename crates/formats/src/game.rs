use detente_reciprocity::{Bimatrix, NormalForm};

use crate::{FormatError, error::inconsistent, text};

/// A game in normal form with the names of players and actions.
///
/// ```
/// use detente_formats::StrategicGame;
/// use detente_reciprocity::NormalForm;
///
/// let payoffs = NormalForm::new(&[2, 2], &[[3.0, 0.0, 5.0, 1.0], [3.0, 5.0, 0.0, 1.0]])?;
/// let names = |names: [&str; 2]| names.map(str::to_owned).to_vec();
/// let game = StrategicGame::new(
///     "arms",
///     names(["north", "south"]),
///     vec![names(["disarm", "arm"]), names(["disarm", "arm"])],
///     payoffs,
/// )?;
/// assert_eq!(game.bimatrix()?.payoffs(1, 0), Some((5.0, 0.0)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct StrategicGame {
    title: String,
    comment: String,
    players: Vec<String>,
    actions: Vec<Vec<String>>,
    payoffs: NormalForm,
}

impl StrategicGame {
    /// The game with these names, brought on one line each. Names may be empty or alike, as some
    /// tools write them.
    ///
    /// # Errors
    /// [`FormatError::Inconsistent`] unless there is a name for each player and each action.
    pub fn new(
        title: impl Into<String>,
        players: Vec<String>,
        actions: Vec<Vec<String>>,
        payoffs: NormalForm,
    ) -> Result<Self, FormatError> {
        let sizes: Vec<usize> = actions.iter().map(Vec::len).collect();
        if players.len() != payoffs.n_players() {
            return Err(inconsistent(
                format!("{} players are named", players.len()),
                payoffs.n_players().to_string(),
            ));
        }
        if sizes != payoffs.n_actions() {
            return Err(inconsistent(
                format!("the players have {sizes:?} named actions"),
                format!("{:?}", payoffs.n_actions()),
            ));
        }
        let named = |names: Vec<String>| names.iter().map(|it| text::name(it)).collect();
        Ok(Self {
            title: text::name(&title.into()),
            comment: String::new(),
            players: named(players),
            actions: actions.into_iter().map(named).collect(),
            payoffs,
        })
    }

    /// The same game with what is said about it besides, brought on one line.
    #[must_use]
    pub fn with_comment(self, comment: &str) -> Self {
        let comment = text::name(comment);
        Self { comment, ..self }
    }

    /// What is said about the game besides; empty where nothing is.
    #[must_use]
    pub fn comment(&self) -> &str {
        &self.comment
    }

    /// What the game is called.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The players' names; at least one.
    #[must_use]
    pub fn players(&self) -> &[String] {
        &self.players
    }

    /// By player, the names of its actions.
    #[must_use]
    pub fn actions(&self) -> &[Vec<String>] {
        &self.actions
    }

    /// The payoffs.
    #[must_use]
    pub const fn payoffs(&self) -> &NormalForm {
        &self.payoffs
    }

    /// The payoffs of a game of two.
    ///
    /// # Errors
    /// [`FormatError::Game`] unless it has two players.
    pub fn bimatrix(&self) -> Result<Bimatrix, FormatError> {
        Ok(Bimatrix::try_from(&self.payoffs)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_player_and_action_has_a_name() {
        let payoffs = NormalForm::new(&[1, 2], &[[1.0, 2.0], [3.0, 4.0]]).unwrap();
        let names = |count: usize| vec![String::new(); count];
        let with = |players, actions| StrategicGame::new("x", players, actions, payoffs.clone());
        assert!(with(names(2), vec![names(1), names(2)]).is_ok());
        let error = with(names(1), vec![names(1), names(2)]).unwrap_err();
        assert_eq!(error.to_string(), "1 players are named; expected 2");
        let error = with(names(2), vec![names(1), names(1)]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the players have [1, 1] named actions; expected [1, 2]"
        );
        assert!(with(names(2), vec![names(1)]).is_err());
    }
}
