//! How much trust there can be within the ranges of the numbers it rests on.

use super::{
    Ranged,
    record::{Coded, Watch},
};

/// How likely an act can be from each type at the two ends of what it can show: where it speaks least
/// for the types that are trusted, and where it speaks most for them.
pub(super) struct Spread {
    pub(super) least: Vec<f64>,
    pub(super) most: Vec<f64>,
}

/// The likelihoods of an act at the ends of the ranges of its numbers. With two types the situation is
/// one and the same for both, at the end that tells most; with more, each side has its own, so that the
/// ends are then outer bounds where `forced` has a range.
pub(super) fn spread(coded: &Coded, trusted: &[bool]) -> Spread {
    match coded {
        Coded::Retraction(taken) => {
            let taken = spread(taken, trusted);
            let inverse = |ends: Vec<f64>| ends.into_iter().map(f64::recip).collect();
            Spread {
                least: inverse(taken.most),
                most: inverse(taken.least),
            }
        }
        Coded::Ratios(types) => {
            let end = |most: bool| {
                types
                    .iter()
                    .zip(trusted)
                    .map(move |(it, &ours)| it.end(ours == most))
            };
            Spread {
                least: end(false).collect(),
                most: end(true).collect(),
            }
        }
        Coded::Likelihoods { forced, types, .. } => Spread {
            least: situated(*forced, types, trusted, false),
            most: situated(*forced, types, trusted, true),
        },
    }
}

/// `s + (1 − s) q` by type, each `q` at its end and `s` where it helps that end.
fn situated(forced: Ranged, types: &[Ranged], trusted: &[bool], most: bool) -> Vec<f64> {
    let chances: Vec<f64> = { types.iter().zip(trusted) }
        .map(|(it, &ours)| it.end(ours == most))
        .collect();
    let mixed = |situation: f64, chance: f64| situation + (1.0 - situation) * chance;
    if let ([one, other], [first, second]) = (chances.as_slice(), trusted)
        && first != second
    {
        let (ours, theirs) = if *first {
            (*one, *other)
        } else {
            (*other, *one)
        };
        // The ratio of the two moves one way as the situation grows: towards 1.
        let situation = forced.end((ours < theirs) == most);
        return chances
            .iter()
            .map(|&chance| mixed(situation, chance))
            .collect();
    }
    let sides = chances.iter().zip(trusted);
    let situation = |ours: bool| forced.end(ours == most);
    sides
        .map(|(&chance, &ours)| mixed(situation(ours), chance))
        .collect()
}

/// The least and greatest trust of fixed types after acts, exact but where `forced` has a range and there are more than two types (there they are outer
/// bounds): the likelihoods lie between the ends of their [`Spread`], the
/// prior within its own ranges and summing to 1: by type the products of the least (for those trusted)
/// and the greatest (for the others) likelihoods, and the other way about.
#[derive(Debug, Clone)]
pub(super) struct Band<'w> {
    watch: &'w Watch,
    /// Logarithms of the products so far, by type.
    least: Vec<f64>,
    most: Vec<f64>,
}

impl<'w> Band<'w> {
    pub(super) fn before(watch: &'w Watch) -> Self {
        let types = watch.types.len();
        Self {
            watch,
            least: vec![0.0; types],
            most: vec![0.0; types],
        }
    }

    pub(super) fn hear(&mut self, coded: &Coded) {
        // What is taken back leaves nothing of itself, whatever it was within its range.
        let (coded, sign) = match coded {
            Coded::Retraction(taken) => (&**taken, -1.0),
            _ => (coded, 1.0),
        };
        let spread = spread(coded, &self.watch.trusted.types);
        for (sums, ends) in [
            (&mut self.least, spread.least),
            (&mut self.most, spread.most),
        ] {
            for (sum, likelihood) in sums.iter_mut().zip(ends) {
                *sum += sign * likelihood.ln();
            }
        }
    }

    /// The least and the greatest trust. O(types · log types).
    pub(super) fn trust(&self) -> [f64; 2] {
        [
            self.extreme(&self.least, false),
            self.extreme(&self.most, true),
        ]
    }

    /// Trust at one end: `logs` the logarithms of the likelihoods there, and the prior placed so that trust is least or, for `most`, greatest.
    ///
    /// For any mass on the trusted types the posterior odds rise with that mass, so that it is as small
    /// (or great) as the ranges let it be; within each side the mass goes first where it tells most.
    fn extreme(&self, logs: &[f64], most: bool) -> f64 {
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
        let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weight = |side: &[usize], mass: f64, greatest: bool| {
            filled(prior, side, mass, logs, greatest)
                .map(|(place, share)| share * (logs[place] - top).exp())
                .sum::<f64>()
        };
        let for_us = weight(&us, mass, most);
        let for_them = weight(&them, 1.0 - mass, !most);
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
