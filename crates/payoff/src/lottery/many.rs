//! Solutions of any number of parties, by column generation.

use super::{
    Target,
    columns::{CLOSED, Kind, Mixture, Outcome, Program, Row, level_up},
    gauss,
    oracle::Oracle,
    product,
};
use crate::Ideal;

/// Steps of Raiffa's after which the way that is left is taken at once.
const MOST_STEPS: usize = 400;

/// Packages that are drawn more rarely are what is left of rounding, and not drawn at all.
const LEAST: f64 = 1e-7;

/// The parties' problem and what was met of it so far.
pub(super) struct Many<'a> {
    oracle: Oracle<'a>,
    nonagreement: &'a [f64],
    /// Each party's best payoff less its worst; 1 where nothing matters to it.
    spans: Vec<f64>,
    best: Vec<f64>,
    /// A lottery from which every party gains.
    start: Mixture,
}

impl<'a> Many<'a> {
    /// `None` unless some lottery gains for every party by more than rounding.
    pub(super) fn new(mut oracle: Oracle<'a>, nonagreement: &'a [f64]) -> Option<Self> {
        let n_parties = nonagreement.len();
        let (mut spans, mut best) = (Vec::new(), Vec::new());
        for party in 0..n_parties {
            let weights: Vec<f64> = (0..n_parties)
                .map(|other| if other == party { -1.0 } else { 0.0 })
                .collect();
            let highest = oracle.best_for(party).payoffs[party];
            let lowest = oracle.best(&weights).payoffs[party];
            spans.push(if highest > lowest {
                highest - lowest
            } else {
                1.0
            });
            best.push(highest);
        }
        let rows = rows(nonagreement, &spans, Kind::Level);
        let even: Vec<f64> = spans.iter().map(|span| 1.0 / span).collect();
        let mut start = Mixture::certain(oracle.best(&even));
        let outcome = level_up(&mut oracle, &mut start, rows);
        (outcome.value > CLOSED).then_some(Self {
            oracle,
            nonagreement,
            spans,
            best,
            start,
        })
    }

    pub(super) fn rounds(&self) -> usize {
        self.oracle.rounds
    }

    pub(super) fn ideal(&mut self, ideal: Ideal) -> Vec<f64> {
        match ideal {
            Ideal::Global => self.best.clone(),
            Ideal::Rational => {
                let floor = self.nonagreement.to_vec();
                let start = self.start.clone();
                self.corners(&floor, &start).0
            }
        }
    }

    /// The lottery that the target picks, with its value and bound.
    pub(super) fn pick(&mut self, target: &Target) -> (Mixture, f64, f64) {
        let mut mixture = self.start.clone();
        let outcome = match target {
            Target::Product => self.product(&mut mixture),
            Target::Level { origin, units } => self.level(origin, units, &mut mixture),
            Target::Sum { origin, units } => self.sum(origin, units, &mut mixture),
            Target::Raiffa => self.raiffa(&mut mixture),
        };
        self.thin(&mut mixture);
        (mixture, outcome.value, outcome.bound)
    }

    fn product(&mut self, mixture: &mut Mixture) -> Outcome {
        let found = product::maximise(&mut self.oracle, mixture, self.nonagreement, &self.spans);
        let scale: f64 = self.spans.iter().map(|span| span.ln()).sum();
        Outcome {
            value: (found.value + scale).exp().min(f64::MAX),
            bound: (found.bound + scale).exp().min(f64::MAX),
            prices: found.prices,
        }
    }

    fn level(&mut self, origin: &[f64], units: &[f64], mixture: &mut Mixture) -> Outcome {
        // In units in which no party's span is more than 1.
        let over = self.spans.iter().zip(units).map(|(span, unit)| span / unit);
        let scale = over.fold(0.0, f64::max);
        let units: Vec<f64> = units.iter().map(|unit| unit * scale).collect();
        let mut rows = rows(origin, &units, Kind::Level);
        if origin != self.nonagreement {
            rows.extend(self::rows(self.nonagreement, &self.spans, Kind::Floor));
        }
        let found = level_up(&mut self.oracle, mixture, rows);
        scaled(found, scale, 0.0)
    }

    fn sum(&mut self, origin: &[f64], units: &[f64], mixture: &mut Mixture) -> Outcome {
        let over = self.spans.iter().zip(units).map(|(span, unit)| span / unit);
        let scale = over.fold(0.0, f64::max);
        let program = Program {
            weights: units.iter().map(|unit| 1.0 / (unit * scale)).collect(),
            rows: rows(self.nonagreement, &self.spans, Kind::Floor),
        };
        let found = program.solve(&mut self.oracle, mixture);
        let nought: f64 = origin.iter().zip(units).map(|(o, unit)| o / unit).sum();
        scaled(found, scale, -nought)
    }

    /// Steps towards the mean of the lotteries that are best for one party and no worse than the
    /// last step for the others.
    fn raiffa(&mut self, mixture: &mut Mixture) -> Outcome {
        let mut step = self.nonagreement.to_vec();
        let mut ideal = step.clone();
        for _ in 0..MOST_STEPS {
            let (corners, mean) = self.corners(&step, mixture);
            ideal = corners;
            let ways = ideal.iter().zip(&step).zip(&self.spans);
            let way = ways
                .map(|((best, d), span)| (best - d) / span)
                .fold(0.0, f64::max);
            if way <= 1e-9 {
                break;
            }
            let n_parties = step.len() as f64;
            let pairs = step.iter().zip(&ideal);
            step = pairs
                .map(|(d, best)| d + (best - d).max(0.0) / n_parties)
                .collect();
            *mixture = mean;
        }
        let pairs = ideal.iter().zip(&step).zip(&self.spans);
        let units: Vec<f64> = pairs
            .map(|((best, d), span)| (best - d).max(1e-9 * span))
            .collect();
        self.level(&step, &units, mixture)
    }

    /// The best payoff of each party over the lotteries that give nobody less than the floor, and
    /// the even mixture of those lotteries.
    fn corners(&mut self, floor: &[f64], start: &Mixture) -> (Vec<f64>, Mixture) {
        let n_parties = floor.len();
        let (mut ideal, mut mean) = (Vec::with_capacity(n_parties), start.clone());
        mean.shares.fill(0.0);
        for party in 0..n_parties {
            let mut weights = vec![0.0; n_parties];
            weights[party] = 1.0 / self.spans[party];
            let rows = rows(floor, &self.spans, Kind::Floor);
            let program = Program { weights, rows };
            let mut corner = start.clone();
            program.solve(&mut self.oracle, &mut corner);
            ideal.push(corner.payoffs()[party]);
            for (column, share) in corner.columns.into_iter().zip(corner.shares) {
                if share > 0.0 {
                    add(&mut mean, column, share / n_parties as f64);
                }
            }
        }
        let kept = mean
            .columns
            .into_iter()
            .zip(mean.shares)
            .filter(|(_, share)| *share > 0.0);
        let (columns, shares) = kept.unzip();
        (ideal, Mixture { columns, shares })
    }

    /// Leaves at most one package more than parties (Carathéodory 1907).
    fn thin(&self, mixture: &mut Mixture) {
        let pairs = mixture.columns.drain(..).zip(mixture.shares.drain(..));
        let (columns, shares): (Vec<_>, Vec<_>) = pairs.filter(|(_, share)| *share > 1e-14).unzip();
        *mixture = Mixture { columns, shares };
        while mixture.columns.len() > self.spans.len() + 1 {
            let column = |party: usize| {
                let span = self.spans[party];
                let origin = self.nonagreement[party];
                let payoffs = mixture.columns.iter().map(move |it| it.payoffs[party]);
                payoffs.map(|u| (u - origin) / span).collect()
            };
            let mut rows: Vec<Vec<f64>> = (0..self.spans.len()).map(column).collect();
            rows.push(vec![1.0; mixture.columns.len()]);
            let Some(numbers) = gauss::dependence(rows) else {
                break;
            };
            drop_one(mixture, &numbers);
        }
        let pairs = mixture.columns.drain(..).zip(mixture.shares.drain(..));
        let (columns, shares): (Vec<_>, Vec<_>) = pairs.filter(|(_, share)| *share > LEAST).unzip();
        *mixture = Mixture { columns, shares };
        let sum: f64 = mixture.shares.iter().sum();
        mixture.shares.iter_mut().for_each(|share| *share /= sum);
    }
}

/// Moves the shares along numbers that change nothing until one of them is 0, and drops it.
fn drop_one(mixture: &mut Mixture, numbers: &[f64]) {
    let sign = if numbers.iter().any(|it| *it > 0.0) {
        1.0
    } else {
        -1.0
    };
    let limit = |place: &usize| mixture.shares[*place] / (sign * numbers[*place]);
    let falling = (0..numbers.len()).filter(|&place| sign * numbers[place] > 0.0);
    let Some(first) = { falling }.min_by(|a, b| limit(a).total_cmp(&limit(b))) else {
        return;
    };
    let length = limit(&first);
    for (share, number) in mixture.shares.iter_mut().zip(numbers) {
        *share = (*share - length * sign * number).max(0.0);
    }
    mixture.columns.remove(first);
    mixture.shares.remove(first);
}

fn add(mixture: &mut Mixture, column: super::oracle::Column, share: f64) {
    let met = mixture
        .columns
        .iter()
        .position(|it| it.choices == column.choices);
    match met {
        Some(place) => mixture.shares[place] += share,
        None => {
            mixture.columns.push(column);
            mixture.shares.push(share);
        }
    }
}

fn rows(origin: &[f64], units: &[f64], kind: Kind) -> Vec<Row> {
    let pairs = origin.iter().zip(units).enumerate();
    pairs
        .map(|(party, (&origin, &unit))| Row {
            party,
            origin,
            unit,
            kind,
        })
        .collect()
}

fn scaled(outcome: Outcome, scale: f64, plus: f64) -> Outcome {
    Outcome {
        value: outcome.value.mul_add(scale, plus),
        bound: outcome.bound.mul_add(scale, plus),
        prices: outcome.prices,
    }
}
