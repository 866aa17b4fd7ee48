//! Three parties and more: packages are brought in as they are needed (column generation, Dantzig
//! & Wolfe 1960; Gilmore & Gomory 1961). A small linear program over the packages met so far yields
//! prices on the parties' payoffs; the best package at those prices either betters the program or
//! proves how little is left to better.

use super::{
    linear_program::maximise,
    oracle::{Column, Oracle, dot},
};

/// Gaps below this, where payoffs are measured in a party's span, count as closed.
pub(super) const CLOSED: f64 = 1e-11;

/// Prices below this, out of 1, do not prove that a party's level is bound.
const PRICED: f64 = 1e-7;

/// Rounds after which a program is left with the gap it has.
const MOST_ROUNDS: usize = 5_000;

/// A party's payoff over an origin in some unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) party: usize,
    pub(super) origin: f64,
    pub(super) unit: f64,
    pub(super) kind: Kind,
}

/// What is asked of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The lowest of these rows is raised.
    Level,
    /// Not below 0.
    Floor,
}

impl Row {
    fn of(&self, payoffs: &[f64]) -> f64 {
        (payoffs[self.party] - self.origin) / self.unit
    }
}

/// The packages met so far and the lottery over them.
#[derive(Debug, Clone)]
pub(super) struct Mixture {
    pub(super) columns: Vec<Column>,
    pub(super) shares: Vec<f64>,
}

impl Mixture {
    pub(super) fn certain(column: Column) -> Self {
        Self {
            columns: vec![column],
            shares: vec![1.0],
        }
    }

    pub(super) fn payoffs(&self) -> Vec<f64> {
        let n_parties = self.columns.first().map_or(0, |it| it.payoffs.len());
        let mut payoffs = vec![0.0; n_parties];
        for (column, share) in self.columns.iter().zip(&self.shares) {
            for (sum, payoff) in payoffs.iter_mut().zip(&column.payoffs) {
                *sum += share * payoff;
            }
        }
        payoffs
    }

    /// Adds a package that was not met before with no share; its place, and whether it is new.
    pub(super) fn meet(&mut self, column: Column) -> (usize, bool) {
        let mut met = self.columns.iter();
        if let Some(place) = met.position(|it| it.choices == column.choices) {
            return (place, false);
        }
        self.columns.push(column);
        self.shares.push(0.0);
        (self.columns.len() - 1, true)
    }
}

/// A program: the most of `Σ weights · payoffs + level`, where the level is the lowest of the level
/// rows (0 if there are none) and no floor row is below 0.
#[derive(Debug, Clone)]
pub(super) struct Program {
    pub(super) weights: Vec<f64>,
    pub(super) rows: Vec<Row>,
}

/// What a program came to.
#[derive(Debug, Clone)]
pub(super) struct Outcome {
    /// The value at the mixture found.
    pub(super) value: f64,
    /// No lottery has more.
    pub(super) bound: f64,
    /// The price of each row.
    pub(super) prices: Vec<f64>,
}

impl Program {
    /// The objective at a vector of payoffs.
    fn value(&self, payoffs: &[f64]) -> f64 {
        let levels = self.rows.iter().filter(|row| row.kind == Kind::Level);
        let level = levels.map(|row| row.of(payoffs)).reduce(f64::min);
        dot(&self.weights, payoffs) + level.unwrap_or(0.0)
    }

    /// Solves the program from a mixture that meets its floors, and leaves the mixture that is
    /// best. Rounds · O(choices · parties + pivots · rows · packages met).
    pub(super) fn solve(&self, oracle: &mut Oracle<'_>, mixture: &mut Mixture) -> Outcome {
        let known = self.value(&mixture.payoffs());
        let mut outcome = Outcome {
            value: known,
            bound: f64::INFINITY,
            prices: vec![0.0; self.rows.len()],
        };
        for _ in 0..MOST_ROUNDS {
            let (shares, prices) = self.master(&mixture.columns, outcome.value);
            let best = oracle.best(&self.at_prices(&prices));
            let bound = self.bound(&best.payoffs, &prices);
            if bound < outcome.bound {
                outcome.bound = bound;
                outcome.prices = prices;
            }
            self.accept(mixture, shares, &mut outcome);
            if outcome.bound - outcome.value <= CLOSED || !mixture.meet(best).1 {
                break;
            }
        }
        outcome
    }

    /// Takes the shares that the program proposes where they better the value and meet the floors.
    fn accept(&self, mixture: &mut Mixture, shares: Vec<f64>, outcome: &mut Outcome) {
        let sum: f64 = shares.iter().sum();
        if sum <= 0.5 {
            return;
        }
        let shares = shares.into_iter().map(|share| share / sum).collect();
        let old = std::mem::replace(&mut mixture.shares, shares);
        let payoffs = mixture.payoffs();
        let floors = self.rows.iter().filter(|row| row.kind == Kind::Floor);
        let stands = { floors }.all(|row| row.of(&payoffs) >= -CLOSED);
        let value = self.value(&payoffs);
        if stands && value >= outcome.value {
            outcome.value = value;
        } else {
            mixture.shares = old;
        }
    }

    /// The program over the packages met so far: shares and prices. The objective is moved so that
    /// the value known counts 1, and every row has 0 on its right side, since shares sum to 1; so
    /// nothing at all is a point to start from.
    fn master(&self, columns: &[Column], known: f64) -> (Vec<f64>, Vec<f64>) {
        let levels = self.rows.iter().any(|row| row.kind == Kind::Level);
        let shift = 1.0 - known;
        let mut objective: Vec<f64> = columns
            .iter()
            .map(|column| dot(&self.weights, &column.payoffs) + if levels { 0.0 } else { shift })
            .collect();
        objective.push(if levels { 1.0 } else { 0.0 });
        let left = |row: &Row| -> Vec<f64> {
            let moved = |column: &Column| match row.kind {
                Kind::Level => -(row.of(&column.payoffs) + shift),
                Kind::Floor => -row.of(&column.payoffs),
            };
            let own = if row.kind == Kind::Level { 1.0 } else { 0.0 };
            columns.iter().map(moved).chain([own]).collect()
        };
        let mut rows: Vec<Vec<f64>> = self.rows.iter().map(left).collect();
        rows.push([vec![1.0; columns.len()], vec![0.0]].concat());
        let mut right = vec![0.0; self.rows.len()];
        right.push(1.0);
        let mut optimum = maximise(&objective, &rows, &right);
        optimum.primal.pop();
        optimum.prices.pop();
        (optimum.primal, self.normalised(optimum.prices))
    }

    /// Prices on levels that sum to 1, as they must to prove a bound.
    fn normalised(&self, mut prices: Vec<f64>) -> Vec<f64> {
        let levels = || {
            let rows = self.rows.iter().enumerate();
            rows.filter(|(_, row)| row.kind == Kind::Level)
                .map(|(place, _)| place)
        };
        let n_levels = levels().count();
        let sum: f64 = levels().map(|place| prices[place]).sum();
        for place in levels() {
            prices[place] = if sum > 0.0 {
                prices[place] / sum
            } else {
                1.0 / n_levels as f64
            };
        }
        prices
    }

    /// The weights on payoffs that prices amount to.
    fn at_prices(&self, prices: &[f64]) -> Vec<f64> {
        let mut weights = self.weights.clone();
        for (row, price) in self.rows.iter().zip(prices) {
            weights[row.party] += price / row.unit;
        }
        weights
    }

    /// What the best package at these prices proves: no lottery has more than it is worth.
    fn bound(&self, best: &[f64], prices: &[f64]) -> f64 {
        let priced = self.rows.iter().zip(prices);
        dot(&self.weights, best) + priced.map(|(row, price)| price * row.of(best)).sum::<f64>()
    }
}

/// Raises the lowest row as far as can be, then the second lowest, and so on (leximin), from a
/// mixture that meets the floors. What is returned is the outcome for the lowest.
pub(super) fn level_up(
    oracle: &mut Oracle<'_>,
    mixture: &mut Mixture,
    mut rows: Vec<Row>,
) -> Outcome {
    let weights = vec![0.0; oracle.n_parties()];
    let mut lowest = None;
    loop {
        let program = Program {
            weights: weights.clone(),
            rows: rows.clone(),
        };
        let outcome = program.solve(oracle, mixture);
        bind(&mut rows, &outcome);
        let first = lowest.get_or_insert(outcome);
        if rows.iter().all(|row| row.kind == Kind::Floor) {
            return first.clone();
        }
    }
}

/// Turns the level rows that prices prove to be bound into floors; at least the one of the highest
/// price.
fn bind(rows: &mut [Row], outcome: &Outcome) {
    let is_level = |row: &Row| row.kind == Kind::Level;
    let priced = rows
        .iter()
        .zip(&outcome.prices)
        .filter(|(row, _)| is_level(row));
    let highest = priced.map(|(_, price)| *price).fold(0.0, f64::max);
    for (row, &price) in rows.iter_mut().zip(&outcome.prices) {
        if is_level(row) && price >= highest.min(PRICED) {
            row.origin += row.unit * (outcome.value - CLOSED);
            row.kind = Kind::Floor;
        }
    }
}
