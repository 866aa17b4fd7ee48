use std::fmt;

use super::order::{Order, is_strict, order_of, strict_refinements};
use crate::{Bimatrix, GameKind, ImplementationGame, ReciprocityError};

/// The class of a 2 × 2 game: the order of each player's payoffs, whatever its rows and columns are
/// called. There are 144 classes without ties and 1,413 with them; with the players exchanged
/// counted once, 78 and 726 (Rapoport and Guyer 1966; Guyer and Hamburger 1968; Robinson and
/// Goforth 2005).
///
/// A class is drawn in one way: the row player's best payoff in the right column, the column
/// player's in the upper row; where ties leave a choice, the way whose ranks read highest. In a
/// strict class, up and right are then what each is better off the other doing, and the game is
/// named after the row player's and the column player's kind (Bruns 2015).
///
/// ```
/// use detente_reciprocity::{Bimatrix, Dominance, GameClass, OutcomeFamily};
///
/// let game = Bimatrix::new(&[[9.0, 1.0], [10.0, 3.0]], &[[9.0, 10.0], [1.0, 3.0]])?;
/// let class = GameClass::of(&game)?;
/// assert_eq!(class.to_string(), "prisoner's dilemma");
/// assert_eq!(class.code().as_deref(), Some("PdPd"));
/// assert_eq!(class.family(), Some(OutcomeFamily::Tragic));
/// assert_eq!(class.dominance(), [Dominance::Strict, Dominance::Strict]);
/// assert!(class.has_inferior_equilibrium());
///
/// // Against chicken, the dilemma is a called bluff.
/// let game = Bimatrix::new(&[[3.0, 1.0], [4.0, 2.0]], &[[3.0, 4.0], [2.0, 1.0]])?;
/// assert_eq!(GameClass::of(&game)?.alias(), Some("called bluff"));
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(from = "Ranks", into = "Ranks"))]
pub struct GameClass {
    row: Order,
    column: Order,
}

/// Whether an action is at least as good as the other whatever the other player does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Dominance {
    /// One action is better whatever the other does.
    Strict,
    /// One action is never worse and sometimes better.
    Weak,
    /// Neither, or both are always as good.
    None,
}

impl GameClass {
    /// The class of a game.
    ///
    /// # Errors
    /// [`ReciprocityError::Mismatch`] if the players do not have two actions each.
    pub fn of(game: &Bimatrix) -> Result<Self, ReciprocityError> {
        let [row, column] = two_by_two(game)?;
        Ok(Self::of_orders(order_of(row), order_of(column)))
    }

    /// The class whose payoffs have these orders, drawn in whatever way.
    pub(super) fn of_orders(row: Order, column: Order) -> Self {
        let drawn = [[0, 1, 2, 3], [1, 0, 3, 2], [2, 3, 0, 1], [3, 2, 1, 0]].map(|cells| {
            let (row, column) = (cells.map(|cell| row[cell]), cells.map(|cell| column[cell]));
            let best_right = row[1].max(row[3]) >= row[0].max(row[2]);
            let best_up = column[0].max(column[1]) >= column[2].max(column[3]);
            (best_right && best_up, Self { row, column })
        });
        drawn.into_iter().max().unwrap_or(drawn[0]).1
    }

    /// The ranks of the row player's payoffs, 1 the least: upper left, upper right, lower left,
    /// lower right.
    #[must_use]
    pub const fn row_ranks(self) -> [u8; 4] {
        self.row
    }

    /// The ranks of the column player's payoffs in the same cells.
    #[must_use]
    pub const fn column_ranks(self) -> [u8; 4] {
        self.column
    }

    /// Whether neither player is indifferent between any two outcomes.
    #[must_use]
    pub fn is_strict(self) -> bool {
        is_strict(self.row) && is_strict(self.column)
    }

    /// The kinds of game that a strict class is to the row and to the column; `None` with ties.
    #[must_use]
    pub fn kinds(self) -> Option<[GameKind; 2]> {
        // Up is to honour for the row, right for the column.
        let kind = |t: u8, r: u8, p: u8, s: u8| GameKind::of_payoffs([t, r, p, s]);
        let ([own_s, own_r, own_p, own_t], [t, r, p, s]) = (self.row, self.column);
        self.is_strict()
            .then(|| [kind(own_t, own_r, own_p, own_s), kind(t, r, p, s)])
    }

    /// The name of a strict class in four letters, two for each player's kind; `None` with ties.
    #[must_use]
    pub fn code(self) -> Option<String> {
        self.kinds()
            .map(|[row, column]| format!("{}{}", row.code(), column.code()))
    }

    /// The name of its own under which a class with two kinds is known, if there is one.
    #[must_use]
    pub fn alias(self) -> Option<&'static str> {
        use GameKind::{Chicken, Deadlock, PrisonersDilemma};
        match self.kinds()? {
            [PrisonersDilemma, Chicken] | [Chicken, PrisonersDilemma] => Some("called bluff"),
            [Deadlock, Chicken] | [Chicken, Deadlock] => Some("bully"),
            _ => None,
        }
    }

    /// The class with the players exchanged.
    #[must_use]
    pub fn mirrored(self) -> Self {
        let turned = |ranks: Order| [ranks[0], ranks[2], ranks[1], ranks[3]];
        Self::of_orders(turned(self.column), turned(self.row))
    }

    /// Whether the players exchanged are in the same situation.
    #[must_use]
    pub fn is_symmetric(self) -> bool {
        self == self.mirrored()
    }

    /// The ranks of both players' payoffs at each equilibrium in pure strategies, as drawn. Ties do
    /// not break an equilibrium.
    pub fn equilibria(self) -> impl Iterator<Item = (u8, u8)> {
        let stable = move |cell: &usize| {
            let (other_row, other_column) = (cell ^ 2, cell ^ 1);
            self.row[*cell] >= self.row[other_row]
                && self.column[*cell] >= self.column[other_column]
        };
        (0..4)
            .filter(stable)
            .map(move |cell| (self.row[cell], self.column[cell]))
    }

    /// Whether the row and the column have a dominant action.
    #[must_use]
    pub fn dominance(self) -> [Dominance; 2] {
        let ([a, b, c, d], [e, f, g, h]) = (self.row, self.column);
        [dominance([(a, c), (b, d)]), dominance([(e, f), (g, h)])]
    }

    /// Whether some outcome is best for both.
    #[must_use]
    pub fn is_win_win(self) -> bool {
        let best = |ranks: Order| ranks.into_iter().max();
        let of_both = Some((best(self.row), best(self.column)));
        self.outcomes()
            .any(|(row, column)| Some((Some(row), Some(column))) == of_both)
    }

    /// Whether some equilibrium in pure strategies is Pareto-inferior: another outcome is better
    /// for one player and worse for neither.
    #[must_use]
    pub fn has_inferior_equilibrium(self) -> bool {
        self.equilibria().any(|outcome| self.is_inferior(outcome))
    }

    /// Whether there is one equilibrium in pure strategies only, and it is Pareto-inferior: of the
    /// strict classes, the prisoner's dilemma and six more.
    #[must_use]
    pub fn is_trap(self) -> bool {
        let mut equilibria = self.equilibria();
        match (equilibria.next(), equilibria.next()) {
            (Some(only), None) => self.is_inferior(only),
            _ => false,
        }
    }

    /// Whether what one player prefers the other does not, throughout: the ranks add up to the same
    /// sum everywhere.
    #[must_use]
    pub fn is_pure_conflict(self) -> bool {
        let mut sums = self.outcomes().map(|(row, column)| row + column);
        let first = sums.next();
        sums.all(|sum| Some(sum) == first)
    }

    /// The strict classes that this one may be once all ties are broken; itself without ties.
    #[must_use]
    pub fn refinements(self) -> std::collections::BTreeSet<Self> {
        let rows: Vec<Order> = strict_refinements(self.row).collect();
        strict_refinements(self.column)
            .flat_map(|column| rows.iter().map(move |&row| Self::of_orders(row, column)))
            .collect()
    }

    /// The ranks of both players' payoffs in each cell.
    pub(super) fn outcomes(self) -> impl Iterator<Item = (u8, u8)> {
        self.row.into_iter().zip(self.column)
    }

    fn is_inferior(self, (row, column): (u8, u8)) -> bool {
        self.outcomes()
            .any(|other| other.0 >= row && other.1 >= column && other != (row, column))
    }
}

/// Whether the first or the second of two actions dominates, given what they pay against each
/// action of the other.
fn dominance(against: [(u8, u8); 2]) -> Dominance {
    let turned = against.map(|(first, second)| (second, first));
    let strict = |pairs: [(u8, u8); 2]| pairs.iter().all(|(own, other)| own > other);
    let weak = |pairs: [(u8, u8); 2]| pairs.iter().all(|(own, other)| own >= other);
    if strict(against) || strict(turned) {
        Dominance::Strict
    } else if weak(against) != weak(turned) {
        Dominance::Weak
    } else {
        Dominance::None
    }
}

/// The payoffs of a game with two actions a side: upper left, upper right, lower left, lower right.
pub(super) fn two_by_two(game: &Bimatrix) -> Result<[[f64; 4]; 2], ReciprocityError> {
    let sizes = [(game.n_rows(), "row"), (game.n_columns(), "column")];
    for (given, player) in sizes {
        if given != 2 {
            return Err(ReciprocityError::Mismatch {
                what: format!("list of the {player} player's actions"),
                given,
                expected: 2,
            });
        }
    }
    let cells = |payoffs: &[f64]| <[f64; 4]>::try_from(payoffs).unwrap_or_default();
    Ok([cells(game.row_payoffs()), cells(game.column_payoffs())])
}

impl From<&ImplementationGame> for GameClass {
    fn from(game: &ImplementationGame) -> Self {
        let (row, column) = (game.row, game.column);
        Self::of_orders(
            order_of([row.s(), row.r(), row.p(), row.t()]),
            order_of([column.t(), column.r(), column.p(), column.s()]),
        )
    }
}

impl fmt::Display for GameClass {
    /// The name of a strict class; the ranks of one with ties.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kinds() {
            Some([row, column]) if row == column => write!(f, "{row}"),
            Some([row, column]) => write!(f, "{row} × {column}"),
            None => {
                let cells: Vec<String> = self
                    .outcomes()
                    .map(|(row, column)| format!("{row},{column}"))
                    .collect();
                write!(
                    f,
                    "{} | {} / {} | {}",
                    cells[0], cells[1], cells[2], cells[3]
                )
            }
        }
    }
}

/// The shape of a class in a file; ranks drawn in another way are the same class.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
struct Ranks {
    row: [u8; 4],
    column: [u8; 4],
}

#[cfg(feature = "serde")]
impl From<Ranks> for GameClass {
    fn from(ranks: Ranks) -> Self {
        let order = |ranks: [u8; 4]| order_of(ranks.map(f64::from));
        Self::of_orders(order(ranks.row), order(ranks.column))
    }
}

#[cfg(feature = "serde")]
impl From<GameClass> for Ranks {
    fn from(class: GameClass) -> Self {
        Self {
            row: class.row,
            column: class.column,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{strategies, taxonomy::order::all_orders};
    use proptest::prelude::*;

    pub(in crate::taxonomy) fn all_classes() -> BTreeSet<GameClass> {
        all_orders()
            .flat_map(|row| all_orders().map(move |column| GameClass::of_orders(row, column)))
            .collect()
    }

    #[test]
    fn there_are_as_many_classes_as_counted() {
        let all = all_classes();
        let up_to_exchange = |classes: &mut dyn Iterator<Item = &GameClass>| {
            classes
                .map(|class| class.mirrored().min(*class))
                .collect::<BTreeSet<_>>()
                .len()
        };
        assert_eq!((all.len(), up_to_exchange(&mut all.iter())), (1413, 726));
        let strict: Vec<_> = all.iter().filter(|class| class.is_strict()).collect();
        assert_eq!(strict.len(), 144);
        assert_eq!(up_to_exchange(&mut strict.iter().copied()), 78);
        assert_eq!(
            strict.iter().filter(|class| class.is_symmetric()).count(),
            12
        );
    }

    #[test]
    fn every_strict_class_has_a_code_of_its_own() {
        let all = all_classes();
        let strict = || all.iter().filter(|class| class.is_strict());
        let codes: BTreeSet<String> = strict().filter_map(|class| class.code()).collect();
        assert_eq!(codes.len(), 144);
        assert!(
            strict()
                .flat_map(|class| class.kinds().unwrap())
                .all(|kind| kind < GameKind::Other)
        );
        assert!(
            all.iter()
                .all(|class| class.is_strict() || class.code().is_none())
        );
    }

    #[test]
    fn a_class_with_ties_shows_its_ranks() {
        let class = GameClass::of(&Bimatrix::zero_sum(&[[0.0, 0.0], [0.0, 1.0]]).unwrap()).unwrap();
        assert_eq!(class.to_string(), "1,2 | 2,1 / 1,2 | 1,2");
        assert_eq!(class.dominance(), [Dominance::Weak, Dominance::Weak]);
        let wide = Bimatrix::new(&[[1.0, 2.0]], &[[1.0, 2.0]]).unwrap();
        assert!(GameClass::of(&wide).is_err());
    }

    #[cfg(feature = "serde")]
    #[test]
    fn ranks_drawn_in_another_way_are_the_same_class() {
        let text = r#"{"row":[1,3,2,4],"column":[4,3,2,1]}"#;
        let class: GameClass = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&class).unwrap(), text);
        let turned = r#"{"row":[20,40,10,30],"column":[2,1,4,3]}"#;
        assert_eq!(serde_json::from_str::<GameClass>(turned).unwrap(), class);
    }

    proptest! {
        #[test]
        fn names_of_rows_and_columns_do_not_matter(game in strategies::game()) {
            let class = GameClass::from(&game);
            let matrix = Bimatrix::from(&game);
            prop_assert_eq!(GameClass::of(&matrix).unwrap(), class);
            let turned = |payoffs: &[f64]| [2, 3, 0, 1].map(|cell: usize| payoffs[cell]).to_vec();
            let rows = (turned(matrix.row_payoffs()), turned(matrix.column_payoffs()));
            let other = Bimatrix::from_flat(2, 2, rows.0, rows.1).unwrap();
            prop_assert_eq!(GameClass::of(&other).unwrap(), class);
            prop_assert_eq!(GameClass::of(&matrix.mirrored()).unwrap(), class.mirrored());
            prop_assert_eq!(class.equilibria().count(), game.pure_equilibria().count());
        }

        #[test]
        fn what_all_refinements_share_the_class_may_have(game in strategies::game()) {
            let class = GameClass::from(&game);
            let refinements = class.refinements();
            prop_assert!(refinements.iter().all(|finer| finer.is_strict()));
            prop_assert_eq!(class.is_strict(), refinements == BTreeSet::from([class]));
        }
    }
}
