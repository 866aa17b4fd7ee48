//! How much trust there can be within the ranges of the numbers it rests on.

use super::{
    Ranged,
    record::{Coded, Watch},
};

/// The least, the central and the most likely that an act can be from each type.
pub(super) struct Spread {
    pub(super) low: Vec<f64>,
    pub(super) high: Vec<f64>,
}

/// The likelihoods of an act over the ranges of its numbers. Where the range of `forced` is open, each
/// type has it to itself, so that the spread is then at least as wide as it must be.
pub(super) fn spread(coded: &Coded) -> Spread {
    if let Coded::Retraction(taken) = coded {
        let taken = spread(taken);
        let inverse = |ends: Vec<f64>| ends.into_iter().map(f64::recip).collect();
        return Spread {
            low: inverse(taken.high),
            high: inverse(taken.low),
        };
    }
    let ends = |of: fn(&Ranged) -> f64| match coded {
        Coded::Likelihoods { forced, types } => {
            let situation = of(forced);
            let mixed = types
                .iter()
                .map(|it| situation + (1.0 - situation) * of(it));
            mixed.collect::<Vec<f64>>()
        }
        Coded::Ratios(types) => types.iter().map(of).collect(),
        Coded::Retraction(_) => Vec::new(),
    };
    Spread {
        low: ends(|it| it.low),
        high: ends(|it| it.high),
    }
}

/// The exact least and greatest trust of fixed types after acts whose likelihoods lie in `spreads`, the
/// prior within its own ranges and summing to 1: by type the products of the least (for those trusted)
/// and the greatest (for the others) likelihoods, and the other way about.
#[derive(Debug, Clone)]
pub(super) struct Band<'w> {
    watch: &'w Watch,
    /// Logarithms of the products so far, by type.
    low: Vec<f64>,
    high: Vec<f64>,
}

impl<'w> Band<'w> {
    pub(super) fn before(watch: &'w Watch) -> Self {
        let types = watch.types.len();
        Self {
            watch,
            low: vec![0.0; types],
            high: vec![0.0; types],
        }
    }

    pub(super) fn hear(&mut self, coded: &Coded) {
        // What is taken back leaves nothing of itself, whatever it was within its range.
        let (coded, sign) = match coded {
            Coded::Retraction(taken) => (&**taken, -1.0),
            _ => (coded, 1.0),
        };
        let spread = spread(coded);
        for (sum, likelihood) in self.low.iter_mut().zip(&spread.low) {
            *sum += sign * likelihood.ln();
        }
        for (sum, likelihood) in self.high.iter_mut().zip(&spread.high) {
            *sum += sign * likelihood.ln();
        }
    }

    /// The least and the greatest trust. O(types · log types).
    pub(super) fn trust(&self) -> [f64; 2] {
        let least = self.extreme(&self.low, &self.high, false);
        let most = self.extreme(&self.high, &self.low, true);
        [least, most]
    }

    /// Trust at one end: `ours` the logarithms of the likelihoods of types that are trusted, `theirs` of
    /// the others, and the prior placed so that trust is least or, for `most`, greatest.
    ///
    /// For any mass on the trusted types the posterior odds rise with that mass, so that it is as small
    /// (or great) as the ranges let it be; within each side the mass goes first where it tells most.
    fn extreme(&self, ours: &[f64], theirs: &[f64], most: bool) -> f64 {
        let trusted = &self.watch.trusted.types;
        let side = |wanted: bool| -> Vec<usize> {
            let places = (0..trusted.len()).filter(|&place| trusted[place] == wanted);
            places.collect()
        };
        let (us, them) = (side(true), side(false));
        let prior = &self.watch.prior;
        let sum = |side: &[usize], of: fn(&Ranged) -> f64| -> f64 {
            side.iter().map(|&place| of(&prior[place])).sum()
        };
        let mass = match most {
            false => sum(&us, |it| it.low).max(1.0 - sum(&them, |it| it.high)),
            true => sum(&us, |it| it.high).min(1.0 - sum(&them, |it| it.low)),
        };
        let top = ours.iter().chain(theirs).copied();
        let top = top.fold(f64::NEG_INFINITY, f64::max);
        let weight = |side: &[usize], logs: &[f64], mass: f64, greatest: bool| {
            filled(prior, side, mass, logs, greatest)
                .map(|(place, share)| share * (logs[place] - top).exp())
                .sum::<f64>()
        };
        let for_us = weight(&us, ours, mass, most);
        let for_them = weight(&them, theirs, 1.0 - mass, !most);
        for_us / (for_us + for_them)
    }
}

/// A mass laid out over some types within their ranges: all at their least first, then the rest to
/// those with the smallest logarithms or, for `greatest`, the largest.
fn filled(
    prior: &[Ranged],
    side: &[usize],
    mass: f64,
    logs: &[f64],
    greatest: bool,
) -> impl Iterator<Item = (usize, f64)> {
    let mut order = side.to_vec();
    order.sort_by(|&one, &other| {
        let rising = logs[one].total_cmp(&logs[other]);
        if greatest { rising.reverse() } else { rising }
    });
    let least: f64 = side.iter().map(|&place| prior[place].low).sum();
    let mut left = (mass - least).max(0.0);
    order.into_iter().map(move |place| {
        let range = &prior[place];
        let more = left.min(range.high - range.low);
        left -= more;
        (place, range.low + more)
    })
}
