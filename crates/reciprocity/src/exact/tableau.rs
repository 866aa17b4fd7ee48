use std::{cmp::Ordering, rc::Rc};

use num_bigint::BigInt;

use super::Entry;

/// The tableau of the inequalities M v ≤ 1, v ≥ 0 in whole numbers: each variable, slacks included,
/// has a label, and each row says what its basic variable is worth. Entries are the fractions
/// `entry / scale`, where `scale` is the last pivot, and pivoting leaves them whole (Edmonds 1967;
/// Bareiss 1968).
///
/// A right-hand side of 1 + ε^k in row k breaks ties between rows, so that no path of pivots
/// cycles (Dantzig, Orden and Wolfe 1955). ε stays implicit: its coefficients are the columns of
/// the first slacks.
#[derive(Debug, Clone)]
pub(crate) struct Tableau<E> {
    /// One line a constraint, perhaps an objective below, each with its right-hand side at the end.
    entries: Vec<E>,
    width: usize,
    scale: E,
    basic: Vec<usize>,
    nonbasic: Vec<usize>,
    slacks: Rc<[usize]>,
}

impl<E: Entry> Tableau<E> {
    /// `matrix` holds the constraints line by line; `basic` labels their slacks, `nonbasic` the
    /// variables. `None` where 1 cannot be held, which is never.
    pub(crate) fn new(matrix: &[E], basic: Vec<usize>, nonbasic: Vec<usize>) -> Option<Self> {
        let one = E::held(&BigInt::from(1))?;
        let width = nonbasic.len() + 1;
        let mut entries = Vec::with_capacity(basic.len() * width);
        for line in matrix.chunks(width - 1) {
            entries.extend_from_slice(line);
            entries.push(one.clone());
        }
        Some(Self {
            entries,
            width,
            scale: one,
            slacks: basic.as_slice().into(),
            basic,
            nonbasic,
        })
    }

    /// Adds an objective, the sum of the variables, as a line below the constraints.
    pub(crate) fn maximising_the_sum(mut self) -> Option<Self> {
        let (minus_one, zero) = (E::held(&BigInt::from(-1))?, E::held(&BigInt::ZERO)?);
        self.entries.extend(vec![minus_one; self.width - 1]);
        self.entries.push(zero);
        Some(self)
    }

    pub(crate) fn basic(&self) -> &[usize] {
        &self.basic
    }

    pub(crate) fn nonbasic(&self) -> &[usize] {
        &self.nonbasic
    }

    /// How many numbers it holds; never none.
    pub(crate) fn n_entries(&self) -> usize {
        self.entries.len().max(1)
    }

    fn entry(&self, row: usize, column: usize) -> &E {
        &self.entries[row * self.width + column]
    }

    /// What the basic variable of a row is worth, times `scale`.
    pub(crate) fn value(&self, row: usize) -> &E {
        self.entry(row, self.width - 1)
    }

    /// A positive multiple of the vertex at which the tableau stands, in the order of the labels of
    /// its variables, which are consecutive.
    pub(crate) fn vertex(&self, variables: &[usize]) -> Option<Vec<E>> {
        let mut vertex = vec![E::held(&BigInt::ZERO)?; variables.len()];
        let first = variables.first().copied().unwrap_or(0);
        for (row, label) in self.basic.iter().enumerate() {
            let place = label.checked_sub(first).and_then(|at| vertex.get_mut(at));
            if let Some(place) = place {
                *place = self.value(row).clone();
            }
        }
        Some(vertex)
    }

    /// The objective's line without its right-hand side; empty if there is none.
    pub(crate) fn objective(&self) -> &[E] {
        let below = self
            .entries
            .get(self.basic.len() * self.width..)
            .unwrap_or_default();
        below.split_last().map_or(&[], |(_, line)| line)
    }

    /// The objective's coefficients of the first slacks, whose labels are those from 0.
    pub(crate) fn duals(&self, n_slacks: usize) -> Option<Vec<E>> {
        let mut duals = vec![E::held(&BigInt::ZERO)?; n_slacks];
        for (label, cost) in self.nonbasic.iter().zip(self.objective()) {
            if let Some(place) = duals.get_mut(*label) {
                *place = cost.clone();
            }
        }
        Some(duals)
    }

    /// The row that leaves when a column enters: the first to reach zero, ties broken by ε. `None`
    /// if the variable can grow for ever.
    pub(crate) fn leaving(&self, column: usize) -> Option<usize> {
        let (mut least, mut second, mut at) = (f64::INFINITY, f64::INFINITY, None);
        for (row, line) in self.constraints().enumerate() {
            let ratio = E::ratio(&line[self.width - 1], &line[column]);
            second = second.min(ratio.max(least));
            at = if ratio < least { Some(row) } else { at };
            least = least.min(ratio);
        }
        // Ratios are off by a few parts in 2⁵³; farther apart than that, they tell.
        if second > least * (1.0 + 16.0 * f64::EPSILON) {
            at
        } else {
            self.leaving_exactly(column)
        }
    }

    fn leaving_exactly(&self, column: usize) -> Option<usize> {
        let mut best: Option<(usize, &E, &E)> = None;
        for (row, line) in self.constraints().enumerate() {
            let (entry, value) = (&line[column], &line[self.width - 1]);
            if entry.sign() != Ordering::Greater {
                continue;
            }
            let sooner =
                best.is_none_or(|(best, best_entry, best_value)| {
                    match E::compare_products(value, best_entry, best_value, entry) {
                        Ordering::Less => true,
                        Ordering::Equal => self.comes_before(row, best, column),
                        Ordering::Greater => false,
                    }
                });
            if sooner {
                best = Some((row, entry, value));
            }
        }
        best.map(|(row, ..)| row)
    }

    /// The lines of the constraints, each with its right-hand side at the end.
    fn constraints(&self) -> impl Iterator<Item = &[E]> {
        self.entries.chunks_exact(self.width).take(self.basic.len())
    }

    /// Whether ε lets the first of two rows reach zero before the second.
    fn comes_before(&self, first: usize, second: usize, column: usize) -> bool {
        let by_slack = |label: usize| self.compare_slack(label, first, second, column);
        let mut orders = self.slacks.iter().map(|&label| by_slack(label));
        orders.find(|order| order.is_ne()) == Some(Ordering::Less)
    }

    /// Compares the coefficients of one ε, those of a first slack, in two rows' ratios.
    fn compare_slack(&self, label: usize, first: usize, second: usize, column: usize) -> Ordering {
        if let Some(at) = self.nonbasic.iter().position(|&it| it == label) {
            let (own, other) = (self.entry(first, column), self.entry(second, column));
            return E::compare_products(self.entry(first, at), other, self.entry(second, at), own);
        }
        // A basic slack stands with `scale` in its own row and with nothing in the others.
        let stands_in = |row: usize| self.basic.get(row) == Some(&label);
        stands_in(first).cmp(&stands_in(second))
    }

    /// Exchanges the basic variable of a row with the variable of a column, whose entry there is
    /// positive. `None` where an entry cannot be held; the tableau is then of no more use.
    /// O(entries).
    pub(crate) fn pivot(&mut self, row: usize, column: usize) -> Option<()> {
        let (width, divisor) = (self.width, self.scale.divisor());
        let (above, rest) = self.entries.split_at_mut(row * width);
        let (pivot_line, below) = rest.split_at_mut(width);
        let pivot = pivot_line[column].clone();
        for line in above.chunks_mut(width).chain(below.chunks_mut(width)) {
            let factor = line[column].clone();
            E::cross_line(line, &pivot, &factor, pivot_line, &divisor)?;
            line[column] = factor.negated()?;
        }
        pivot_line[column] = std::mem::replace(&mut self.scale, pivot);
        std::mem::swap(&mut self.basic[row], &mut self.nonbasic[column]);
        Some(())
    }
}
