use std::{cmp::Ordering, collections::HashSet};

use super::{Entry, Stopped, Tableau};

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
/// they stand for. Labels lie below 128. O(bases · (variables · constraints)); memory for bases
/// and vertices only, as steps are taken back by pivoting back.
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
    let mut seen_tight = HashSet::new();
    found.add(&tableau, variables, &mut seen_tight)?;
    let mut column = 0;
    loop {
        if column < tableau.nonbasic().len() {
            match walk.unseen(&tableau, column) {
                None => column += 1,
                Some(_) if walk.seen.len() > most => return Err(Stopped::TooMany),
                Some(row) => {
                    tableau.pivot(row, column).ok_or(Stopped::Overflow)?;
                    found.add(&tableau, variables, &mut seen_tight)?;
                    walk.path.push((row, column));
                    column = 0;
                }
            }
        } else if let Some((row, last)) = walk.path.pop() {
            tableau.pivot(row, last).ok_or(Stopped::Overflow)?;
            column = last + 1;
        } else {
            return Ok(found);
        }
    }
}

/// Where a walk over bases stands and where it has been.
struct Walk {
    seen: HashSet<u128>,
    path: Vec<(usize, usize)>,
}

impl Walk {
    fn new<E: Entry>(tableau: &Tableau<E>) -> Self {
        Self {
            seen: HashSet::from([set(tableau.basic())]),
            path: Vec::new(),
        }
    }

    /// The row that leaves for a column, if that leads to a basis that has not been seen; it is
    /// then marked as seen.
    fn unseen<E: Entry>(&mut self, tableau: &Tableau<E>, column: usize) -> Option<usize> {
        let row = tableau.leaving(column)?;
        let exchanged = [tableau.basic()[row], tableau.nonbasic()[column]];
        let next = set(tableau.basic()) ^ set(&exchanged);
        self.seen.insert(next).then_some(row)
    }
}

impl<E: Entry> Vertices<E> {
    /// Keeps the vertex at which a tableau stands, unless it is kept already.
    fn add(
        &mut self,
        tableau: &Tableau<E>,
        variables: &[usize],
        seen: &mut HashSet<u128>,
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

fn set(labels: &[usize]) -> u128 {
    labels.iter().fold(0, |set, label| set | 1 << label)
}
