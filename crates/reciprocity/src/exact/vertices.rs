use std::{cmp::Ordering, collections::HashSet};

use super::{Entry, Stopped, Tableau, mask::MaskHash};

/// Sets of labels that have been met.
type Masks = HashSet<u128, MaskHash>;

/// How many entries of tableaux on the path walked are kept, so that steps are taken back without
/// pivoting.
const KEPT: usize = 1 << 20;

/// The vertices of a polytope M v ≤ 1, v ≥ 0: which inequalities are tight at each, as a set of
/// labels, and where it lies.
#[derive(Debug)]
pub(crate) struct Vertices<E> {
    /// The labels of the inequalities that are tight, one set a vertex, all different.
    pub(crate) tight: Vec<u128>,
    /// A positive multiple of each vertex's coordinates, vertex by vertex.
    pub(crate) coordinates: Vec<E>,
}

/// Visits every basis of the perturbed polytope, whose graph is connected, and keeps the vertices
/// they stand for. Labels lie below 128. O(bases · variables · constraints); memory for bases,
/// vertices and a fixed number of tableaux, as the steps of a longer path are taken back by
/// pivoting back.
pub(crate) fn enumerate<E: Entry>(
    mut tableau: Tableau<E>,
    variables: &[usize],
    most: usize,
) -> Result<Vertices<E>, Stopped> {
    let mut walk = Walk::new(&tableau);
    let mut found = Vertices {
        tight: Vec::new(),
        coordinates: Vec::new(),
    };
    let mut seen_tight = Masks::default();
    found.add(&tableau, variables, &mut seen_tight)?;
    let most_kept = KEPT / tableau.n_entries();
    let mut column = 0;
    loop {
        if column < tableau.nonbasic().len() {
            match walk.unseen(&tableau, column) {
                None => column += 1,
                Some(_) if walk.seen.len() > most => return Err(Stopped::TooMany),
                Some(row) => {
                    let before = (walk.path.len() < most_kept).then(|| tableau.clone());
                    walk.basis ^= exchange(&tableau, row, column);
                    tableau.pivot(row, column).ok_or(Stopped::Overflow)?;
                    found.add(&tableau, variables, &mut seen_tight)?;
                    walk.path.push(Step {
                        row,
                        column,
                        before,
                    });
                    column = 0;
                }
            }
        } else if let Some(step) = walk.path.pop() {
            walk.basis ^= exchange(&tableau, step.row, step.column);
            match step.before {
                Some(before) => tableau = before,
                None => tableau
                    .pivot(step.row, step.column)
                    .ok_or(Stopped::Overflow)?,
            }
            column = step.column + 1;
        } else {
            return Ok(found);
        }
    }
}

/// One pivot of a walk, and perhaps the tableau before it.
struct Step<E> {
    row: usize,
    column: usize,
    before: Option<Tableau<E>>,
}

/// Where a walk over bases stands and where it has been.
struct Walk<E> {
    /// The labels of the basis at which it stands.
    basis: u128,
    seen: Masks,
    path: Vec<Step<E>>,
}

impl<E: Entry> Walk<E> {
    fn new(tableau: &Tableau<E>) -> Self {
        let basis = set(tableau.basic());
        Self {
            basis,
            seen: Masks::from_iter([basis]),
            path: Vec::new(),
        }
    }

    /// The row that leaves for a column, if that leads to a basis that has not been seen; it is
    /// then marked as seen.
    fn unseen(&mut self, tableau: &Tableau<E>, column: usize) -> Option<usize> {
        let row = tableau.leaving(column)?;
        let exchanged = exchange(tableau, row, column);
        self.seen.insert(self.basis ^ exchanged).then_some(row)
    }
}

impl<E: Entry> Vertices<E> {
    /// Keeps the vertex at which a tableau stands, unless it is kept already.
    fn add(
        &mut self,
        tableau: &Tableau<E>,
        variables: &[usize],
        seen: &mut Masks,
    ) -> Result<(), Stopped> {
        let at_zero = |row: &usize| tableau.value(*row).sign() == Ordering::Equal;
        let degenerate = (0..tableau.basic().len()).filter(at_zero);
        let tight = degenerate.fold(set(tableau.nonbasic()), |tight, row| {
            tight | set(&[tableau.basic()[row]])
        });
        if !seen.insert(tight) {
            return Ok(());
        }
        self.tight.push(tight);
        let vertex = tableau.vertex(variables).ok_or(Stopped::Overflow)?;
        self.coordinates.extend(vertex);
        Ok(())
    }
}

/// The two labels that change places when a row leaves for a column.
fn exchange<E: Entry>(tableau: &Tableau<E>, row: usize, column: usize) -> u128 {
    1 << tableau.basic()[row] | 1 << tableau.nonbasic()[column]
}

fn set(labels: &[usize]) -> u128 {
    labels.iter().fold(0, |set, label| set | 1 << label)
}
