//! The payoffs of every agreement, as a picture of the bargaining set takes them: two parties at a time,
//! thinned to a density where they are very many, and the ones that stand out with their uncertainty.

mod hull;

use detente_payoff::{Frontier, Ideal, PayoffMatrix, SolutionConcept, Utility, frontier, solve};
use serde::Serialize;

use super::{Negotiation, negotiation::without};
use crate::{DetenteError, Model, Options, assess::each_draw};
use hull::hull;

/// More distinct points than this are counted in the cells of a grid.
const MOST_POINTS: usize = 1_500;

/// Cells of a grid, across and up.
const CELLS: usize = 48;

/// More points of the frontier than this are thinned.
const MOST_EFFICIENT: usize = 1_000;

/// Concepts whose picks are marked.
const MARKED: [SolutionConcept; 3] = [
    SolutionConcept::Nash,
    SolutionConcept::KalaiSmorodinsky(Ideal::Rational),
    SolutionConcept::Egalitarian,
];

/// The payoffs of all agreements of a case at central values, and how far those that stand out are
/// known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PayoffCloud {
    /// The parties by name, whose order payoffs follow everywhere.
    pub parties: Vec<String>,
    /// How many agreements there are.
    pub agreements: usize,
    /// Whether some party only ranks agreements, so that distances mean nothing.
    pub ranked: bool,
    /// Whether each of the parties only ranks agreements.
    pub ranks: Vec<bool>,
    /// Every pair of parties, at most as many as were asked for.
    pub planes: Vec<PayoffPlane>,
    /// Efficient payoffs, from the first party's best to its worst, thinned where they are very many.
    pub frontier: Vec<Vec<f64>>,
    /// Nonagreement, then solutions, then what was proposed and agreed.
    pub marked: Vec<MarkedPayoffs>,
    /// The draws on which spreads rest.
    pub draws: usize,
}

/// The agreements in the plane of two parties.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PayoffPlane {
    /// The parties across and up, by position.
    pub parties: [usize; 2],
    /// The agreements.
    pub cloud: Cloud,
    /// Corners of what lotteries over agreements reach, anticlockwise; empty where a party only ranks.
    pub hull: Vec<[f64; 2]>,
}

/// Points, or how many there are where.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cloud {
    /// Distinct points in order.
    Points(Vec<[f64; 2]>),
    /// Agreements by cell.
    Density(Density),
}

/// Agreements counted in the cells of a grid.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Density {
    /// The least and the most payoff across.
    pub across: [f64; 2],
    /// The least and the most payoff up.
    pub up: [f64; 2],
    /// Cells across; as many up.
    pub cells: usize,
    /// Counts, from the cell of the least payoffs, first across, then up.
    pub counts: Vec<u32>,
}

/// Payoffs that stand out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MarkedPayoffs {
    /// Why they do.
    pub mark: PayoffMark,
    /// By party, at central values.
    pub payoffs: Vec<f64>,
    /// How far they are known; absent without draws and where a party only ranks.
    pub spread: Option<PayoffSpread>,
}

/// Why payoffs stand out.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PayoffMark {
    /// What parties have without agreement.
    Nonagreement,
    /// What a concept picks, the first where several tie, by the concept's name.
    Solution(String),
    /// What was really on the table, or agreed, by name.
    Tabled(String),
}

/// How payoffs vary over the coder's uncertainty.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PayoffSpread {
    /// Mean by party.
    pub mean: Vec<f64>,
    /// Covariances, by party and party.
    pub covariance: Vec<Vec<f64>>,
}

/// The payoffs of all agreements of a case, with at most `planes` pairs of parties.
///
/// ```
/// use detente::{Case, Model, Options, agreements::payoff_cloud, library};
///
/// let case = library::case("reykjavik-1986")?;
/// let model = Model::compile(&case)?;
/// let cloud = payoff_cloud(&model, &Options { draws: 50, ..Options::default() }, 6)?;
/// assert_eq!((cloud.agreements, cloud.planes.len()), (5, 1));
/// assert!(cloud.marked[0].spread.is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Cost: O(agreements × (parties + log agreements) × planes + draws × options).
///
/// # Errors
/// [`DetenteError`] if payoffs could add up to more than 4e307, or a sample falls outside its
/// field's range.
pub fn payoff_cloud(
    model: &Model,
    options: &Options,
    planes: usize,
) -> Result<PayoffCloud, DetenteError> {
    let negotiation = Negotiation::of_case(model)?;
    let matrix = PayoffMatrix::tabulate(
        model.agreements(),
        &negotiation.utilities,
        &negotiation.nonagreement,
    )?;
    let n = negotiation.parties.len();
    let pairs = (0..n).flat_map(|across| (across + 1..n).map(move |up| [across, up]));
    let plane = |pair| plane(&matrix, pair, negotiation.ranked);
    let efficient = frontier(&matrix);
    let mut marked = marked(model, &negotiation, &matrix);
    if !negotiation.ranked {
        spreads(model, options, &mut marked)?;
    }
    Ok(PayoffCloud {
        agreements: matrix.len(),
        ranked: negotiation.ranked,
        ranks: { model.parties.iter() }
            .map(|party| party.payoff.is_ranking())
            .collect(),
        planes: pairs.take(planes).map(plane).collect(),
        frontier: thinned(&efficient),
        marked: marked.into_iter().map(|(_, it)| it).collect(),
        draws: options.draws,
        parties: negotiation.parties,
    })
}

fn plane(matrix: &PayoffMatrix, parties: [usize; 2], ranked: bool) -> PayoffPlane {
    let [across, up] = parties.map(|party| matrix.party(party).unwrap_or_default());
    let mut points: Vec<[f64; 2]> = across.iter().zip(up).map(|(&x, &y)| [x, y]).collect();
    let order = |a: &[f64; 2], b: &[f64; 2]| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1]));
    points.sort_unstable_by(order);
    points.dedup();
    let hull = if ranked { Vec::new() } else { hull(&points) };
    let cloud = match points.len() > MOST_POINTS {
        true => Cloud::Density(density(across, up)),
        false => Cloud::Points(points),
    };
    PayoffPlane {
        parties,
        cloud,
        hull,
    }
}

fn density(across: &[f64], up: &[f64]) -> Density {
    let range = |numbers: &[f64]| {
        let low = numbers.iter().copied().fold(f64::INFINITY, f64::min);
        let high = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        [low, high]
    };
    let (wide, high) = (range(across), range(up));
    let mut counts = vec![0_u32; CELLS * CELLS];
    for (x, y) in across.iter().zip(up) {
        let count = &mut counts[cell(*y, high) * CELLS + cell(*x, wide)];
        *count = count.saturating_add(1);
    }
    Density {
        across: wide,
        up: high,
        cells: CELLS,
        counts,
    }
}

/// The cell of a number within a range.
fn cell(number: f64, [low, high]: [f64; 2]) -> usize {
    // Halves, so that the widest range there is does not overflow.
    let share = (number / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share from 0 to 1 of a few cells; one that is no number is 0"
    )]
    let cell = (share * CELLS as f64) as usize;
    cell.min(CELLS - 1)
}

/// Every so many, and the last.
fn thinned(efficient: &Frontier) -> Vec<Vec<f64>> {
    let step = efficient.len().div_ceil(MOST_EFFICIENT).max(1);
    let last = efficient.len().saturating_sub(1);
    let vectors = efficient.iter().enumerate();
    let kept = vectors.filter(|(nth, _)| nth % step == 0 || *nth == last);
    kept.map(|(_, (vector, _))| vector.to_vec()).collect()
}

/// What stands out, each with its package; nonagreement has none.
fn marked(
    model: &Model,
    negotiation: &Negotiation,
    matrix: &PayoffMatrix,
) -> Vec<(Option<Vec<u32>>, MarkedPayoffs)> {
    let bare = |mark, payoffs| MarkedPayoffs {
        mark,
        payoffs,
        spread: None,
    };
    let without = bare(PayoffMark::Nonagreement, negotiation.nonagreement.clone());
    let mut list = vec![(None, without)];
    let concepts = MARKED.into_iter().filter(|_| !negotiation.ranked);
    for concept in concepts {
        let place = solve(matrix, concept).and_then(|it| it.agreements.first().copied());
        let Some(place) = place else { continue };
        let package = model.agreements().get(place).map(<[u32]>::to_vec);
        let payoffs = matrix.vector(place).unwrap_or_default();
        list.push((
            package,
            bare(PayoffMark::Solution(concept.to_string()), payoffs),
        ));
    }
    for tabled in &negotiation.tabled {
        let place = model.agreements().position(&tabled.package);
        if let Some(payoffs) = place.and_then(|it| matrix.vector(it)) {
            let mark = PayoffMark::Tabled(tabled.name.clone());
            list.push((Some(tabled.package.clone()), bare(mark, payoffs)));
        }
    }
    list
}

/// Fills in how far the payoffs of each are known, over the draws of a run.
fn spreads(
    model: &Model,
    options: &Options,
    marked: &mut [(Option<Vec<u32>>, MarkedPayoffs)],
) -> Result<(), DetenteError> {
    let n = model.parties.len();
    let mut draws: Vec<Vec<f64>> = vec![Vec::new(); marked.len()];
    each_draw(model, options, |values| {
        let parties = model.parties.iter();
        let utilities: Vec<Utility> = parties
            .map(|party| party.payoff.utility(values))
            .collect::<Result<_, _>>()?;
        for ((package, _), payoffs) in marked.iter().zip(&mut draws) {
            for (party, utility) in model.parties.iter().zip(&utilities) {
                payoffs.push(match package {
                    Some(package) => utility.at(package)?,
                    None => without(party, utility, model, values)?,
                });
            }
        }
        Ok(())
    })?;
    for ((_, marked), payoffs) in marked.iter_mut().zip(&draws) {
        marked.spread = spread(payoffs, n);
    }
    Ok(())
}

/// Means and covariances of vectors of `n` numbers one after the other; `None` of fewer than two, or
/// where they are more than a number can hold.
fn spread(payoffs: &[f64], n: usize) -> Option<PayoffSpread> {
    let vectors = payoffs.chunks_exact(n.max(1));
    let count = vectors.len() as f64;
    if vectors.len() < 2 {
        return None;
    }
    let mean: Vec<f64> = (0..n)
        .map(|party| vectors.clone().map(|it| it[party] / count).sum())
        .collect();
    let covariance = |one: usize, other: usize| -> f64 {
        let product = |it: &[f64]| (it[one] - mean[one]) * (it[other] - mean[other]);
        vectors.clone().map(product).sum::<f64>() / (count - 1.0)
    };
    let covariance: Vec<Vec<f64>> = (0..n)
        .map(|one| (0..n).map(|other| covariance(one, other)).collect())
        .collect();
    let mut all = mean.iter().chain(covariance.iter().flatten());
    all.all(|it| it.is_finite())
        .then_some(PayoffSpread { mean, covariance })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_hold_the_ends_of_a_range() {
        assert_eq!(cell(0.0, [0.0, 1.0]), 0);
        assert_eq!(cell(1.0, [0.0, 1.0]), CELLS - 1);
        assert_eq!(cell(f64::MAX, [f64::MIN, f64::MAX]), CELLS - 1);
        assert_eq!(cell(3.0, [3.0, 3.0]), 0);
    }

    #[test]
    fn a_density_loses_no_agreement() {
        let across: Vec<f64> = (0..1000).map(|it| f64::from(it % 37)).collect();
        let up: Vec<f64> = (0..1000).map(|it| f64::from(it % 11)).collect();
        let counts = density(&across, &up).counts;
        assert_eq!(counts.iter().sum::<u32>(), 1000);
    }

    #[test]
    fn spreads_are_means_and_covariances() {
        // (0, 0), (2, 2), (4, 1): means 2 and 1, variances 4 and 1, covariance (−2·−1 + 0 + 2·0)/2.
        let found = spread(&[0.0, 0.0, 2.0, 2.0, 4.0, 1.0], 2).unwrap();
        assert_eq!(found.mean, [2.0, 1.0]);
        assert_eq!(found.covariance, [[4.0, 1.0], [1.0, 1.0]]);
        assert_eq!(spread(&[1.0, 1.0], 2), None);
        assert_eq!(spread(&[f64::MAX, 0.0, f64::MIN, 0.0], 2), None);
    }
}
