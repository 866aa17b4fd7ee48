use crate::{
    Bimatrix, ReciprocityError,
    error::{finite, matching},
};

/// A game of any number of players in normal form: each has a finite list of actions, and every
/// profile of actions pays each a finite number.
///
/// Payoffs are kept flat, player by player, profiles in order with the last player's action
/// varying fastest. Players and actions are counted from 0.
///
/// ```
/// use detente_reciprocity::NormalForm;
///
/// // Three states may each guard a treaty (action 1) at a cost of 1; two guards keep it, worth 3.
/// let payoffs: Vec<Vec<f64>> = (0..3_usize)
///     .map(|player| {
///         let pays = |profile: usize| {
///             let guards = |who: usize| f64::from(u8::from(profile & (4 >> who) != 0));
///             let kept = guards(0) + guards(1) + guards(2) >= 2.0;
///             if kept { 3.0 - guards(player) } else { -guards(player) }
///         };
///         (0..8).map(pays).collect()
///     })
///     .collect();
/// let game = NormalForm::new(&[2, 2, 2], &payoffs)?;
/// assert_eq!(game.payoff(0, &[0, 1, 1]), Some(3.0));
/// // Nobody guards, or exactly two do.
/// let equilibria = game.pure_equilibria();
/// assert_eq!(equilibria, [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]);
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Shape", into = "Shape"))]
pub struct NormalForm {
    n_actions: Vec<usize>,
    payoffs: Vec<Vec<f64>>,
}

impl NormalForm {
    /// `n_actions` says how many actions each player has; `payoffs` holds one list a player, one
    /// payoff a profile. Negative zero is stored as zero. O(players · profiles).
    ///
    /// # Errors
    /// [`ReciprocityError::Empty`] without players or where a player has no action,
    /// [`ReciprocityError::Mismatch`] for lists of the wrong length, [`ReciprocityError::NotFinite`]
    /// naming player and profile.
    pub fn new<P: AsRef<[f64]>>(
        n_actions: &[usize],
        payoffs: &[P],
    ) -> Result<Self, ReciprocityError> {
        check_actions(n_actions)?;
        matching(
            || "list of payoffs by player".to_owned(),
            payoffs.len(),
            n_actions.len(),
        )?;
        let n_profiles = n_actions
            .iter()
            .fold(1, |product: usize, &n| product.saturating_mul(n));
        let checked = |(player, payoffs): (usize, &P)| {
            let payoffs = payoffs.as_ref();
            matching(
                || format!("list of player {player}'s payoffs"),
                payoffs.len(),
                n_profiles,
            )?;
            let payoffs = payoffs.iter().enumerate().map(|(profile, &payoff)| {
                finite(
                    || format!("payoff of player {player} at profile {profile}"),
                    payoff,
                )
            });
            payoffs.collect()
        };
        Ok(Self {
            n_actions: n_actions.to_vec(),
            payoffs: payoffs
                .iter()
                .enumerate()
                .map(checked)
                .collect::<Result<_, _>>()?,
        })
    }

    /// How many players there are.
    #[must_use]
    pub fn n_players(&self) -> usize {
        self.n_actions.len()
    }

    /// How many actions each player has.
    #[must_use]
    pub fn n_actions(&self) -> &[usize] {
        &self.n_actions
    }

    /// How many profiles there are.
    #[must_use]
    pub fn n_profiles(&self) -> usize {
        self.n_actions.iter().product()
    }

    /// A player's payoffs, profile by profile, the last player's action varying fastest; `None`
    /// for a player the game does not have.
    #[must_use]
    pub fn payoffs(&self, player: usize) -> Option<&[f64]> {
        self.payoffs.get(player).map(Vec::as_slice)
    }

    /// What a profile, one action a player, pays a player; `None` outside the game. O(players).
    #[must_use]
    pub fn payoff(&self, player: usize, profile: &[usize]) -> Option<f64> {
        self.payoffs(player)?.get(self.place(profile)?).copied()
    }

    /// Where a profile stands in the lists of payoffs; `None` outside the game. O(players).
    #[must_use]
    pub fn place(&self, profile: &[usize]) -> Option<usize> {
        if profile.len() != self.n_players() {
            return None;
        }
        let pairs = self.n_actions.iter().zip(profile);
        pairs
            .into_iter()
            .try_fold(0, |place, (&n_actions, &action)| {
                (action < n_actions).then_some(place * n_actions + action)
            })
    }

    /// The profile at a place of the lists of payoffs; `None` outside the game. O(players).
    #[must_use]
    pub fn profile(&self, place: usize) -> Option<Vec<usize>> {
        if place >= self.n_profiles() {
            return None;
        }
        let mut rest = place;
        let mut actions: Vec<usize> = self
            .n_actions
            .iter()
            .rev()
            .map(|&n_actions| {
                let action = rest % n_actions;
                rest /= n_actions;
                action
            })
            .collect();
        actions.reverse();
        Some(actions)
    }

    /// How far apart profiles stand that differ by one in `player`'s action.
    pub(super) fn stride(&self, player: usize) -> usize {
        self.n_actions.iter().skip(player + 1).product()
    }
}

fn check_actions(n_actions: &[usize]) -> Result<(), ReciprocityError> {
    if n_actions.is_empty() {
        return Err(ReciprocityError::Empty {
            what: "list of players".to_owned(),
            member: "player",
        });
    }
    match n_actions.iter().position(|&n| n == 0) {
        None => Ok(()),
        Some(player) => Err(ReciprocityError::Empty {
            what: format!("list of player {player}'s actions"),
            member: "action",
        }),
    }
}

impl From<&Bimatrix> for NormalForm {
    fn from(game: &Bimatrix) -> Self {
        Self {
            n_actions: vec![game.n_rows(), game.n_columns()],
            payoffs: vec![game.row_payoffs().to_vec(), game.column_payoffs().to_vec()],
        }
    }
}

impl TryFrom<&NormalForm> for Bimatrix {
    type Error = ReciprocityError;

    /// Refuses games that do not have two players.
    fn try_from(game: &NormalForm) -> Result<Self, ReciprocityError> {
        match (game.n_actions(), game.payoffs.as_slice()) {
            ([n_rows, n_columns], [row, column]) => {
                Self::from_flat(*n_rows, *n_columns, row.clone(), column.clone())
            }
            _ => Err(ReciprocityError::Mismatch {
                what: "list of players of a two-player game".to_owned(),
                given: game.n_players(),
                expected: 2,
            }),
        }
    }
}

/// The shape of a game in a file.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
struct Shape {
    n_actions: Vec<usize>,
    payoffs: Vec<Vec<f64>>,
}

#[cfg(feature = "serde")]
impl TryFrom<Shape> for NormalForm {
    type Error = ReciprocityError;

    fn try_from(shape: Shape) -> Result<Self, ReciprocityError> {
        Self::new(&shape.n_actions, &shape.payoffs)
    }
}

#[cfg(feature = "serde")]
impl From<NormalForm> for Shape {
    fn from(game: NormalForm) -> Self {
        Self {
            n_actions: game.n_actions,
            payoffs: game.payoffs,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(n_actions: &[usize], payoffs: &[Vec<f64>], message: &str) {
        let error = NormalForm::new(n_actions, payoffs).unwrap_err();
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn malformed_games_are_refused_by_name() {
        refused(
            &[],
            &[],
            "list of players is empty; expected at least one player",
        );
        refused(
            &[2, 0],
            &[vec![], vec![]],
            "list of player 1's actions is empty; expected at least one action",
        );
        refused(
            &[1],
            &[],
            "list of payoffs by player has 0 entries; expected 1",
        );
        refused(
            &[2],
            &[vec![1.0]],
            "list of player 0's payoffs has 1 entries; expected 2",
        );
        refused(
            &[1],
            &[vec![f64::INFINITY]],
            "payoff of player 0 at profile 0 is inf; expected a finite number",
        );
        assert!(NormalForm::new(&[usize::MAX, usize::MAX], &[vec![], vec![]]).is_err());
    }

    #[test]
    fn places_and_profiles_are_each_others_inverse() {
        let list: Vec<f64> = (0..24_u8).map(f64::from).collect();
        let game = NormalForm::new(&[2, 3, 4], &[&list, &list, &list]).unwrap();
        for place in 0..24 {
            let profile = game.profile(place).unwrap();
            assert_eq!(game.place(&profile), Some(place));
            assert_eq!(game.payoff(1, &profile), list.get(place).copied());
        }
        assert_eq!(game.profile(24), None);
        assert_eq!(game.place(&[0, 3, 0]), None);
        assert_eq!(game.place(&[0, 0]), None);
        assert_eq!(game.payoff(3, &[0, 0, 0]), None);
    }

    #[test]
    fn a_game_of_two_is_a_bimatrix() {
        let bimatrix = Bimatrix::new(&[[1.0, 2.0, 3.0]], &[[4.0, 5.0, 6.0]]).unwrap();
        let game = NormalForm::from(&bimatrix);
        assert_eq!(game.payoff(1, &[0, 2]), Some(6.0));
        assert_eq!(Bimatrix::try_from(&game).unwrap(), bimatrix);
        let alone = NormalForm::new(&[2], &[[1.0, 2.0]]).unwrap();
        assert!(Bimatrix::try_from(&alone).is_err());
    }
}
