use std::collections::BTreeSet;

use super::{exact_game::ExactGame, limits::Limits, undominated::Undominated};
use crate::{
    Bimatrix, Equilibrium, MixedStrategy, ReciprocityError,
    exact::{Entry, Stopped, Vertices, enumerate, exactly},
    stage::{bits::Bits, subsets::maximal_subsets},
};

/// All equilibria of a two-player game.
///
/// Every equilibrium is a mixture of extreme ones: the set is a union of finitely many convex
/// polytopes, the maximal Nash subsets, each the product of a polytope of the row's strategies and
/// one of the column's; where they meet they form connected components (Winkels 1979; Jansen 1981;
/// Avis, Rosenberg, Savani and von Stengel 2010). In a nondegenerate game every component is one
/// extreme equilibrium, and their number is odd.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct EquilibriumSet {
    /// The extreme equilibria, in the order of the row's strategies, then the column's.
    pub extreme: Vec<Equilibrium>,
    /// The connected components, in the order of their first extreme equilibrium.
    pub components: Vec<EquilibriumComponent>,
    /// How many vertices the row's and the column's polytope of best replies have, the origin
    /// included, in the game without strictly dominated actions: what was searched.
    pub n_vertices: [usize; 2],
}

/// A connected component of the equilibria of a game.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct EquilibriumComponent {
    /// Its extreme equilibria, as places in [`EquilibriumSet::extreme`].
    pub extreme: Vec<usize>,
    /// The maximal Nash subsets of which it is the union.
    pub subsets: Vec<NashSubset>,
}

/// A maximal Nash subset: any mixture of `rows` with any mixture of `columns` is an equilibrium.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct NashSubset {
    /// The vertices of the polytope of the row's strategies.
    pub rows: Vec<MixedStrategy>,
    /// The vertices of the polytope of the column's strategies.
    pub columns: Vec<MixedStrategy>,
}

impl EquilibriumComponent {
    /// Whether the component is a single equilibrium.
    #[must_use]
    pub fn is_isolated(&self) -> bool {
        self.extreme.len() == 1
    }
}

/// The most labels, that is actions of both players, of a game whose equilibria can be listed.
const MOST_LABELS: usize = 128;

/// All equilibria of a two-player game, exactly: the vertices of both polytopes of best replies
/// are enumerated and paired where every action is unplayed or a best reply (Mangasarian 1964; von
/// Stengel 2002). Degenerate games are no exception: ties are broken by a symbolic perturbation
/// during the walk and taken back afterwards, and what is more than a point comes as components.
/// Actions that are strictly dominated by another, at once or once others are, are struck out before.
///
/// O(bases · cells) pivots of what is left, where the bases grow exponentially with the smaller number of
/// actions.
///
/// ```
/// use detente_reciprocity::{Bimatrix, Limits, all_equilibria};
/// // Battle of the sexes: two equilibria in pure strategies and one in mixed ones.
/// let game = Bimatrix::new(&[[2.0, 0.0], [0.0, 1.0]], &[[1.0, 0.0], [0.0, 2.0]])?;
/// let found = all_equilibria(&game, Limits::default())?;
/// let rows: Vec<String> = found.extreme.iter().map(|it| it.row.to_string()).collect();
/// assert_eq!(rows, ["(1, 0)", "(2/3, 1/3)", "(0, 1)"]);
///
/// // A row that is indifferent makes a line of equilibria: one component, not isolated.
/// let game = Bimatrix::new(&[[1.0, 1.0], [1.0, 1.0]], &[[1.0, 0.0], [1.0, 0.0]])?;
/// let found = all_equilibria(&game, Limits::default())?;
/// assert_eq!((found.components.len(), found.extreme.len()), (1, 2));
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
///
/// # Errors
/// [`ReciprocityError::TooMany`] for more than 128 actions, both players' together, that are not struck
/// out, or where `limits` do not suffice.
pub fn all_equilibria(game: &Bimatrix, limits: Limits) -> Result<EquilibriumSet, ReciprocityError> {
    let left = Undominated::of(game);
    let reduced = left.game(game)?;
    let n_labels = reduced.n_rows().saturating_add(reduced.n_columns());
    if n_labels > MOST_LABELS {
        return Err(ReciprocityError::TooMany {
            what: "actions",
            given: n_labels,
            limit: MOST_LABELS,
        });
    }
    let exact = ExactGame::of(&reduced);
    let (pairs, n_vertices) = exactly(
        || paired::<i64>(&exact, n_labels, limits.bases),
        || paired::<num_bigint::BigInt>(&exact, n_labels, limits.bases),
    )
    .map_err(|stopped| stopped.error("bases", limits.bases))?;
    let pairs: Pairs = { pairs.into_iter() }
        .map(|pair| left.in_whole(game, pair))
        .collect();
    let components = maximal_subsets(&pairs, limits.subsets)?;
    let exact = ExactGame::of(game);
    let extreme = pairs
        .into_iter()
        .map(|(row, column)| Equilibrium::at(&exact, row, column))
        .collect();
    Ok(EquilibriumSet {
        extreme,
        components,
        n_vertices,
    })
}

/// Strategies that are best replies to each other, in order.
type Pairs = Vec<(MixedStrategy, MixedStrategy)>;

/// The vertices of both polytopes that together have every label, in order.
fn paired<E: Entry>(
    game: &ExactGame,
    n_labels: usize,
    most: usize,
) -> Result<(Pairs, [usize; 2]), Stopped> {
    let (row_labels, column_labels) = (game.row_labels(), game.column_labels());
    let rows = game.row_polytope::<E>().ok_or(Stopped::Overflow)?;
    let rows = enumerate(rows, &row_labels, most)?;
    let columns = game.column_polytope::<E>().ok_or(Stopped::Overflow)?;
    let columns = enumerate(columns, &column_labels, most)?;
    let having = vertices_by_label(&columns, n_labels);
    let mut pairs = BTreeSet::new();
    // The origins come first, have all of their own labels, and are nobody's strategies.
    for (at, &tight) in rows.tight.iter().enumerate().skip(1) {
        let missing = (0..n_labels).filter(|label| tight >> label & 1 == 0);
        let partners = missing.fold(Bits::all(columns.tight.len()), |partners, label| {
            partners.intersection(&having[label])
        });
        for partner in partners.iter().filter(|&partner| partner > 0) {
            let row = strategy(&rows, at, row_labels.len())?;
            pairs.insert((row, strategy(&columns, partner, column_labels.len())?));
        }
    }
    Ok((
        pairs.into_iter().collect(),
        [rows.tight.len(), columns.tight.len()],
    ))
}

/// For each label, the vertices that have it.
fn vertices_by_label<E>(vertices: &Vertices<E>, n_labels: usize) -> Vec<Bits> {
    let mut having = vec![Bits::none(vertices.tight.len()); n_labels];
    for (at, &tight) in vertices.tight.iter().enumerate() {
        for (label, having) in having.iter_mut().enumerate() {
            if tight >> label & 1 == 1 {
                having.insert(at);
            }
        }
    }
    having
}

fn strategy<E: Entry>(
    vertices: &Vertices<E>,
    at: usize,
    n_actions: usize,
) -> Result<MixedStrategy, Stopped> {
    let entries = &vertices.coordinates[at * n_actions..(at + 1) * n_actions];
    MixedStrategy::of_entries(entries).map_err(|_| Stopped::Overflow)
}

#[cfg(test)]
mod tests {
    use proptest::{collection, prelude::*};

    use super::*;
    use crate::regrets;

    fn all(game: &Bimatrix) -> EquilibriumSet {
        all_equilibria(game, Limits::default()).unwrap()
    }

    #[test]
    fn ties_everywhere_are_one_component() {
        let game = Bimatrix::from_flat(6, 5, vec![1.0; 30], vec![-0.5; 30]).unwrap();
        let found = all(&game);
        assert_eq!((found.extreme.len(), found.components.len()), (30, 1));
        let subset = &found.components[0].subsets[0];
        assert_eq!((subset.rows.len(), subset.columns.len()), (6, 5));
        let alone = all(&Bimatrix::zero_sum(&[[f64::MAX]]).unwrap());
        assert_eq!(alone.extreme[0].payoffs[0].to_f64(), f64::MAX);
    }

    #[test]
    fn subsets_may_share_a_strategy() {
        // The row's second action pays the same as its first only against the column's first.
        let game = Bimatrix::new(&[[1.0, 1.0], [1.0, 0.0]], &[[1.0, 1.0], [1.0, 0.0]]).unwrap();
        let found = all(&game);
        assert_eq!((found.extreme.len(), found.components.len()), (3, 1));
        assert_eq!(found.components[0].subsets.len(), 2);
    }

    #[test]
    fn what_would_be_too_much_is_refused() {
        let message =
            |game: &Bimatrix, limits| all_equilibria(game, limits).unwrap_err().to_string();
        let wide = Bimatrix::from_flat(1, 128, vec![0.0; 128], vec![0.0; 128]).unwrap();
        let limits = Limits::default();
        assert_eq!(
            message(&wide, limits),
            "actions number 129 or more; expected at most 128"
        );
        let game = Bimatrix::zero_sum(&[[1.0, -1.0], [-1.0, 1.0]]).unwrap();
        let few = Limits { bases: 2, ..limits };
        assert_eq!(
            message(&game, few),
            "bases number 3 or more; expected at most 2"
        );
        let none = Limits {
            subsets: 0,
            ..limits
        };
        assert_eq!(
            message(&game, none),
            "maximal Nash subsets number 1 or more; expected at most 0"
        );
    }

    proptest! {
        #[test]
        fn payoffs_of_any_size_have_exact_equilibria(
            payoffs in collection::vec(any::<f64>().prop_filter("finite", |it| it.is_finite()), 18),
        ) {
            let (row, column) = payoffs.split_at(9);
            let game = Bimatrix::from_flat(3, 3, row.to_vec(), column.to_vec()).unwrap();
            let found = all(&game);
            prop_assert!(!found.extreme.is_empty());
            for equilibrium in &found.extreme {
                let regrets = regrets(&game, &equilibrium.row, &equilibrium.column).unwrap();
                prop_assert!(regrets.iter().all(crate::Fraction::is_zero));
            }
        }
    }
}
