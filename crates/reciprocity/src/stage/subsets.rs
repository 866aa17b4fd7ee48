//! Extreme equilibria gathered into maximal Nash subsets and components.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    bits::Bits,
    equilibria::{EquilibriumComponent, NashSubset},
};
use crate::{MixedStrategy, ReciprocityError};

/// The components of the graph whose edges are the extreme equilibria, and within each the sets of
/// row strategies and column strategies that all fit each other and to which no other can be added:
/// those are the maximal Nash subsets (Winkels 1979). `pairs` are in order and all different.
pub(super) fn maximal_subsets(
    pairs: &[(MixedStrategy, MixedStrategy)],
    most: usize,
) -> Result<Vec<EquilibriumComponent>, ReciprocityError> {
    let rows: Vec<&MixedStrategy> = distinct(pairs.iter().map(|(row, _)| row));
    let columns: Vec<&MixedStrategy> = distinct(pairs.iter().map(|(_, column)| column));
    let mut partners = vec![Bits::none(columns.len()); rows.len()];
    let mut edges = Vec::with_capacity(pairs.len());
    for (row, column) in pairs {
        let edge = (place(&rows, row), place(&columns, column));
        partners[edge.0].insert(edge.1);
        edges.push(edge);
    }
    let first_edge = components(&edges, rows.len(), columns.len());
    let mut subsets: BTreeMap<usize, Vec<NashSubset>> = BTreeMap::new();
    for shared in closed_sets(&partners, most)? {
        let fitting = (0..rows.len()).filter(|&row| partners[row].includes(&shared));
        let fitting: Vec<usize> = fitting.collect();
        let edge = (fitting[0], shared.iter().next().unwrap_or(0));
        let at = edges.binary_search(&edge).map_or(0, |at| first_edge[at]);
        subsets.entry(at).or_default().push(NashSubset {
            rows: fitting.into_iter().map(|row| rows[row].clone()).collect(),
            columns: shared
                .iter()
                .map(|column| columns[column].clone())
                .collect(),
        });
    }
    let of_component = |(first, mut subsets): (usize, Vec<NashSubset>)| {
        subsets.sort_by(|a, b| (&a.rows, &a.columns).cmp(&(&b.rows, &b.columns)));
        let own = (0..edges.len()).filter(|&edge| first_edge[edge] == first);
        EquilibriumComponent {
            extreme: own.collect(),
            subsets,
        }
    };
    Ok(subsets.into_iter().map(of_component).collect())
}

fn distinct<'s>(strategies: impl Iterator<Item = &'s MixedStrategy>) -> Vec<&'s MixedStrategy> {
    strategies.collect::<BTreeSet<_>>().into_iter().collect()
}

fn place(strategies: &[&MixedStrategy], strategy: &MixedStrategy) -> usize {
    strategies.binary_search(&strategy).unwrap_or(0)
}

/// The intersections of the partners of any rows, but for the empty one: each is what all rows that
/// fit it have in common.
fn closed_sets(partners: &[Bits], most: usize) -> Result<BTreeSet<Bits>, ReciprocityError> {
    let mut closed: BTreeSet<Bits> = BTreeSet::new();
    for own in partners {
        let shared = closed.iter().map(|known| known.clone().intersection(own));
        let mut new: Vec<Bits> = shared.filter(|shared| !shared.is_empty()).collect();
        new.push(own.clone());
        closed.extend(new);
        if closed.len() > most {
            return Err(ReciprocityError::TooMany {
                what: "maximal Nash subsets",
                given: closed.len(),
                limit: most,
            });
        }
    }
    Ok(closed)
}

/// For each edge, the first edge of its component.
fn components(edges: &[(usize, usize)], n_rows: usize, n_columns: usize) -> Vec<usize> {
    let mut first_of_row = vec![usize::MAX; n_rows];
    let mut first_of_column = vec![usize::MAX; n_columns];
    let mut first: Vec<usize> = (0..edges.len()).collect();
    let mut settled = false;
    while !settled {
        settled = true;
        for (edge, &(row, column)) in edges.iter().enumerate() {
            let least = first[edge]
                .min(first_of_row[row])
                .min(first_of_column[column]);
            let before = (first[edge], first_of_row[row], first_of_column[column]);
            settled &= before == (least, least, least);
            (first[edge], first_of_row[row], first_of_column[column]) = (least, least, least);
        }
    }
    first
}
