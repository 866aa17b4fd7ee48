//! How a concept orders agreements: roughly by a score, then exactly.

use std::cmp::Ordering;

use super::{highest, ideal_point};
use crate::{Ideal, PayoffMatrix, Scale, SolutionConcept, exact::Exact};

/// How far a sum or product of a few rounded numbers can be off, relatively, with room to spare.
const ROUNDING: f64 = 1e-13;

/// How agreements are ordered by a concept: roughly, by a score, and exactly.
pub(super) enum Aim {
    /// By the product of gains; scored by its logarithm.
    Product,
    /// By the leximin of `(U_i − origin_i) / unit_i`; scored by the lowest.
    Leximin {
        origin: Vec<f64>,
        units: Vec<f64>,
        exact: Ways,
    },
    /// By the sum of payoffs; scored by the same.
    Sum,
    /// By the sum of gains as shares of `units`; `exact` are the shares' common denominator over
    /// each unit.
    ShareSum { units: Vec<f64>, exact: Vec<Exact> },
}

/// Where the ways that are levelled up begin and how long they are, exactly: both times `scale`.
pub(super) struct Ways {
    pub(super) scale: Exact,
    pub(super) origins: Vec<Exact>,
    pub(super) units: Vec<Exact>,
}

impl Ways {
    fn new(origin: &[f64], units: Vec<Exact>) -> Self {
        Self {
            scale: Exact::ONE,
            origins: origin.iter().map(|&o| Exact::Double(o)).collect(),
            units,
        }
    }
}

/// A concept on its matrix.
pub(super) struct Rule<'a> {
    matrix: &'a PayoffMatrix,
    aim: Aim,
}

impl Aim {
    /// Leximin of the way from one point to another; units of less than nothing count as one.
    pub(super) fn along(origin: &[f64], ideal: &[f64]) -> Self {
        let (units, exact) = differences(ideal, origin);
        Self::Leximin {
            origin: origin.to_vec(),
            units,
            exact: Ways::new(origin, exact),
        }
    }

    /// Leximin of payoffs over `origin` in units of `units`, which are positive.
    pub(super) fn level(origin: &[f64], units: &[f64]) -> Self {
        Self::Leximin {
            origin: origin.to_vec(),
            units: units.to_vec(),
            exact: Ways::new(origin, units.iter().map(|&it| Exact::Double(it)).collect()),
        }
    }

    /// How a concept that needs nothing but the matrix orders its agreements.
    fn of(matrix: &PayoffMatrix, concept: SolutionConcept) -> Option<Self> {
        let nonagreement = matrix.nonagreement();
        let equal = vec![1.0; matrix.n_parties()];
        Some(match concept {
            SolutionConcept::Nash => Self::Product,
            SolutionConcept::Egalitarian | SolutionConcept::Proportional => {
                Self::level(nonagreement, &equal)
            }
            SolutionConcept::GuptaLivne => {
                Self::along(nonagreement, &ideal_point(matrix, Ideal::Rational)?)
            }
            SolutionConcept::KalaiSmorodinsky(ideal) => {
                Self::along(nonagreement, &ideal_point(matrix, ideal)?)
            }
            SolutionConcept::EqualLoss(ideal) => Self::level(&ideal_point(matrix, ideal)?, &equal),
            SolutionConcept::Utilitarian(Scale::Raw) => Self::Sum,
            SolutionConcept::Utilitarian(Scale::Normalised(ideal)) => {
                let (units, exact) = differences(&ideal_point(matrix, ideal)?, nonagreement);
                let exact = cofactors(&exact);
                Self::ShareSum { units, exact }
            }
            SolutionConcept::Raiffa => return None,
        })
    }
}

impl<'a> Rule<'a> {
    /// The rule of a concept that needs nothing but the matrix and takes no steps.
    pub(super) fn new(matrix: &'a PayoffMatrix, concept: SolutionConcept) -> Option<Self> {
        Some(Self::by(matrix, Aim::of(matrix, concept)?))
    }

    pub(super) fn by(matrix: &'a PayoffMatrix, aim: Aim) -> Self {
        Self { matrix, aim }
    }

    /// The gains, rounded, with each party's place.
    fn gains(&self, agreement: usize) -> impl Iterator<Item = f64> {
        let payoffs = self.matrix.columns().map(move |column| column[agreement]);
        payoffs.zip(self.matrix.nonagreement()).map(|(u, d)| u - d)
    }

    /// What is maximised first, in `f64`.
    pub(super) fn score(&self, agreement: usize) -> f64 {
        match &self.aim {
            Aim::Product => self.gains(agreement).map(f64::ln).sum(),
            Aim::Leximin { origin, units, .. } => {
                let payoffs = self.matrix.columns().map(|column| column[agreement]);
                let shares = payoffs
                    .zip(origin)
                    .zip(units)
                    .map(|((u, o), unit)| (u - o) / unit);
                shares.fold(f64::INFINITY, f64::min)
            }
            Aim::Sum => self.matrix.columns().map(|column| column[agreement]).sum(),
            Aim::ShareSum { units, .. } => self
                .gains(agreement)
                .zip(units)
                .map(|(gain, unit)| gain / unit)
                .sum(),
        }
    }

    /// How far below the best score an agreement may be and still be the best in truth.
    pub(super) fn slack(&self, best: f64) -> f64 {
        let n_parties = self.matrix.n_parties() as f64;
        match &self.aim {
            // No logarithm of a gain exceeds 745 in magnitude.
            Aim::Product => 745.0 * n_parties * n_parties * ROUNDING,
            Aim::Leximin { .. } => best.abs() * ROUNDING + f64::MIN_POSITIVE,
            Aim::Sum => {
                let most = |column: &[f64]| highest(column.iter().map(|payoff| payoff.abs()));
                n_parties * ROUNDING * self.matrix.columns().map(most).sum::<f64>()
            }
            Aim::ShareSum { .. } => n_parties * (best * ROUNDING + f64::MIN_POSITIVE),
        }
    }

    /// The contenders that none beats, compared without rounding, in order.
    pub(super) fn best(&self, contenders: impl Iterator<Item = usize>) -> Vec<usize> {
        let mut best: Vec<usize> = Vec::new();
        let mut standing: Option<Vec<Ratio<'_>>> = None;
        for agreement in contenders {
            let merit = self.merit(agreement);
            match standing.as_ref().map(|standing| compare(&merit, standing)) {
                Some(Ordering::Less) => continue,
                Some(Ordering::Equal) => {}
                None | Some(Ordering::Greater) => {
                    best.clear();
                    standing = Some(merit);
                }
            }
            best.push(agreement);
        }
        best
    }

    /// What is maximised lexicographically, exactly.
    fn merit(&self, agreement: usize) -> Vec<Ratio<'_>> {
        match &self.aim {
            Aim::Product => {
                let product = self
                    .exact_gains(agreement)
                    .fold(Exact::ONE, |p, gain| p.times(&gain));
                vec![Ratio::whole(product)]
            }
            Aim::Leximin { exact, .. } => {
                let payoffs = self.matrix.columns().map(|column| column[agreement]);
                let over = payoffs
                    .zip(&exact.origins)
                    .map(|(u, origin)| Exact::Double(u).times(&exact.scale).minus(origin));
                let mut shares: Vec<Ratio<'_>> = over
                    .zip(&exact.units)
                    .map(|(over, under)| Ratio { over, under })
                    .collect();
                shares.sort_by(Ratio::compare);
                shares
            }
            Aim::Sum => {
                let payoffs = self
                    .matrix
                    .columns()
                    .map(|column| Exact::Double(column[agreement]));
                vec![Ratio::whole(
                    payoffs.fold(Exact::ZERO, |sum, u| sum.plus(&u)),
                )]
            }
            Aim::ShareSum { exact, .. } => {
                let parts = self.exact_gains(agreement).zip(exact);
                let sum = parts.fold(Exact::ZERO, |sum, (gain, rest)| sum.plus(&gain.times(rest)));
                vec![Ratio::whole(sum)]
            }
        }
    }

    fn exact_gains(&self, agreement: usize) -> impl Iterator<Item = Exact> {
        let payoffs = self.matrix.columns().map(move |column| column[agreement]);
        payoffs
            .zip(self.matrix.nonagreement())
            .map(|(u, &d)| Exact::difference(u, d))
    }

    /// The optimum as reported.
    pub(super) fn value(&self, agreement: usize) -> f64 {
        match self.aim {
            Aim::Product => self.gains(agreement).product::<f64>().min(f64::MAX),
            _ => self.score(agreement),
        }
    }
}

/// A quotient of exact numbers with a positive divisor.
struct Ratio<'a> {
    over: Exact,
    under: &'a Exact,
}

impl Ratio<'_> {
    const fn whole(over: Exact) -> Self {
        const ONE: &Exact = &Exact::ONE;
        Self { over, under: ONE }
    }

    fn compare(&self, other: &Self) -> Ordering {
        if std::ptr::eq(self.under, other.under) {
            return self.over.compare(&other.over);
        }
        self.over
            .times(other.under)
            .compare(&other.over.times(self.under))
    }
}

/// Lexicographic order of merits of equal length.
fn compare(a: &[Ratio<'_>], b: &[Ratio<'_>]) -> Ordering {
    let orders = a.iter().zip(b).map(|(a, b)| a.compare(b));
    orders
        .into_iter()
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// By how much the first numbers exceed the second, rounded and exactly; one where they do not.
fn differences(high: &[f64], low: &[f64]) -> (Vec<f64>, Vec<Exact>) {
    let pairs = || high.iter().zip(low);
    let rounded = |(high, low): (&f64, &f64)| if high > low { high - low } else { 1.0 };
    let exact = |(high, low): (&f64, &f64)| match high > low {
        true => Exact::difference(*high, *low),
        false => Exact::ONE,
    };
    (pairs().map(rounded).collect(), pairs().map(exact).collect())
}

/// For each number, the product of all the others.
fn cofactors(numbers: &[Exact]) -> Vec<Exact> {
    (0..numbers.len())
        .map(|left_out| {
            let others = numbers
                .iter()
                .enumerate()
                .filter(|(place, _)| *place != left_out);
            others.fold(Exact::ONE, |product, (_, number)| product.times(number))
        })
        .collect()
}
