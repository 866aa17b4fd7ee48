use super::{
    Bootstrap, Estimate, Factors, Method, Points,
    evaluation::{Asker, Workload, check_inputs, check_rows, check_size, evaluate_rows},
    order::Order,
    ratio::{Ratios, estimate_ratios},
    row_table::RowTable,
    standard::Standard,
};
use crate::{Response, Sampler, Stream, UncertaintyError};

/// How elementary effects are estimated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MorrisPlan {
    /// The number of trajectories `r`, at least 2; usually 10 to 50.
    pub n_rows: usize,
    /// The number of levels `p` of an input, even, from 2 to 65536; usually 4 to 10.
    pub n_levels: u32,
    /// Where the orders of the factors come from: the stream `sensitivity.morris.orders`.
    pub sampler: Sampler,
    /// How the intervals of `μ*` are made.
    pub bootstrap: Bootstrap,
}

impl MorrisPlan {
    /// `n_rows` trajectories on 8 levels with the usual intervals.
    #[must_use]
    pub fn new(n_rows: usize, sampler: Sampler) -> Self {
        Self {
            n_rows,
            n_levels: 8,
            sampler,
            bootstrap: Bootstrap::new(sampler),
        }
    }
}

/// Elementary effects on all outputs.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Morris {
    /// The number of trajectories.
    pub n_rows: u64,
    /// The number of model evaluations behind all of it.
    pub n_evaluations: u64,
    /// How they were estimated.
    pub method: Method,
    /// For each output the effects of each factor, or `None` if it was the same at all points.
    pub outputs: Vec<Option<Vec<ElementaryEffects>>>,
}

/// The elementary effects of one factor on one output, in the output's units for a move across the
/// whole range of quantiles.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ElementaryEffects {
    /// `μ*`, the mean of the effects' magnitudes (Campolongo, Cariboni and Saltelli 2007).
    pub mean_magnitude: Estimate,
    /// `μ` and `σ`, for a factor of one coordinate; several may move either way at once, so that
    /// their common effect has no sign.
    pub signed: Option<SignedEffects>,
}

/// Mean and spread of a factor's elementary effects (Morris 1991).
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SignedEffects {
    /// `μ`, the mean effect of a rise.
    pub mean: f64,
    /// `σ`, the standard deviation of the effects: large where the factor interacts or acts
    /// non-linearly.
    pub standard_deviation: f64,
}

/// Estimates elementary effects, the cheap screening of many factors: along each of `r` random
/// trajectories every factor moves once, in random order, by half of its range of quantiles.
///
/// Levels are the middles of `p` equally likely parts of an input, `(l + ½)/p`, and a move is of
/// `p/2` levels, upwards from the lower half and downwards from the upper. The first point of a row
/// of `points` says where its trajectory begins: `d` columns for `d` inputs.
///
/// `r(k+1)` evaluations.
///
/// # Errors
/// The model's own at the first point where it has no answer, in the order of trajectories;
/// [`UncertaintyError::WrongCount`] if factors or points do not fit the model;
/// [`UncertaintyError::BadOutput`] for an output that is NaN, infinite or too large;
/// [`UncertaintyError::OutOfRange`] for fewer than 2 trajectories, a number of levels that is odd
/// or out of range, a level of 0 or 1, more than a million resamples, or more than 2²⁸ numbers to
/// keep.
pub fn elementary_effects<M: Response>(
    model: &M,
    factors: &Factors,
    points: &dyn Points,
    plan: &MorrisPlan,
) -> Result<Morris, M::Error> {
    check_inputs(model, factors)?;
    check_plan(plan)?;
    let k = factors.len();
    check_size(&[plan.n_rows, k + 2, model.n_outputs()])?;
    let work = Workload {
        n_rows: plan.n_rows,
        n_columns: factors.n_inputs(),
        points_per_row: k + 1,
    };
    let orders = plan.sampler.stream("sensitivity.morris.orders");
    let values = evaluate_rows(model, points, &work, |asker, row, uniforms| {
        for (coordinate, &uniform) in asker.point.iter_mut().zip(uniforms) {
            *coordinate = middle_of_level(uniform, plan.n_levels);
        }
        asker.ask()?;
        asker.order.draw(&orders, row, k);
        (0..k).try_for_each(|place| move_factor(asker, factors, place))
    })?;
    let trajectories = Trajectories {
        values: &values,
        n_outputs: model.n_outputs(),
        rises: rises(factors, points, plan.n_rows)?,
        orders,
        plan,
    };
    let outputs = (0..model.n_outputs()).map(|output| trajectories.effects(output));
    Ok(Morris {
        n_rows: plan.n_rows as u64,
        n_evaluations: work.n_evaluations(),
        method: Method::MorrisTrajectories,
        outputs: outputs.collect::<Result<_, _>>()?,
    })
}

fn check_plan(plan: &MorrisPlan) -> Result<(), UncertaintyError> {
    check_rows(plan.n_rows)?;
    plan.bootstrap.check(plan.n_rows)?;
    if (2..=65536).contains(&plan.n_levels) && plan.n_levels.is_multiple_of(2) {
        return Ok(());
    }
    Err(UncertaintyError::OutOfRange {
        parameter: "number of levels",
        given: f64::from(plan.n_levels),
        expected: "an even number from 2 to 65536",
    })
}

/// The middle of the one of `n_levels` equal parts of the unit interval that holds `uniform`.
fn middle_of_level(uniform: f64, n_levels: u32) -> f64 {
    let n_levels = f64::from(n_levels);
    ((uniform * n_levels).floor().min(n_levels - 1.0) + 0.5) / n_levels
}

/// Moves the factor whose turn it is and asks the model.
fn move_factor<M: Response>(
    asker: &mut Asker<'_, M>,
    factors: &Factors,
    place: usize,
) -> Result<(), M::Error> {
    for &input in &factors.groups()[asker.order.at(place)] {
        let coordinate = &mut asker.point[input];
        *coordinate += if *coordinate < 0.5 { 0.5 } else { -0.5 };
    }
    asker.ask()
}

/// For each factor of one coordinate, whether it rises in each trajectory.
fn rises(
    factors: &Factors,
    points: &dyn Points,
    n_rows: usize,
) -> Result<Vec<Option<Vec<bool>>>, UncertaintyError> {
    let one_factor = |group: &Vec<usize>| {
        let &[input] = group.as_slice() else {
            return Ok(None);
        };
        let mut column = vec![0.5; n_rows];
        points.fill(input, 0, &mut column)?;
        Ok(Some(column.iter().map(|&uniform| uniform < 0.5).collect()))
    };
    factors.groups().iter().map(one_factor).collect()
}

/// The answers along all trajectories, `[trajectory][place][output]`.
struct Trajectories<'a> {
    values: &'a [f64],
    n_outputs: usize,
    rises: Vec<Option<Vec<bool>>>,
    orders: Stream,
    plan: &'a MorrisPlan,
}

impl Trajectories<'_> {
    fn effects(&self, output: usize) -> Result<Option<Vec<ElementaryEffects>>, UncertaintyError> {
        let values = self.values.iter().skip(output).step_by(self.n_outputs);
        let Some(standard) = Standard::of(&values.copied()) else {
            return Ok(None);
        };
        let k = self.rises.len();
        let changes = self.changes(output, standard);
        let ratios = Ratios {
            numerators: 0..k,
            square: k,
            level: None,
        };
        let magnitudes =
            estimate_ratios(&magnitudes(&changes, k), &[ratios], &self.plan.bootstrap)?;
        let Some(magnitudes) = magnitudes.into_iter().next().flatten() else {
            return Ok(None);
        };
        let one_factor = |(factor, magnitude): (usize, Estimate)| {
            let rises = self.rises[factor].as_ref();
            Ok(ElementaryEffects {
                mean_magnitude: magnitude.scaled(standard.scale)?,
                signed: rises.map(|rises| {
                    let effects = changes.iter().skip(factor).step_by(k).zip(rises);
                    signed(effects, standard.scale)
                }),
            })
        };
        let effects = magnitudes.into_iter().enumerate().map(one_factor);
        effects.collect::<Result<_, _>>().map(Some)
    }

    /// The effect of each factor's move in each trajectory, `[trajectory][factor]`: the change of
    /// the output over half the range, doubled.
    fn changes(&self, output: usize, standard: Standard) -> Vec<f64> {
        let k = self.rises.len();
        let mut changes = vec![0.0; self.plan.n_rows * k];
        let mut order = Order::default();
        let rows = self.values.chunks_exact((k + 1) * self.n_outputs);
        for (row, (path, changes)) in rows.zip(changes.chunks_exact_mut(k)).enumerate() {
            order.draw(&self.orders, row, k);
            let at = |place: usize| standard.apply(path[place * self.n_outputs + output]);
            for place in 0..k {
                changes[order.at(place)] = 2.0 * (at(place + 1) - at(place));
            }
        }
        changes
    }
}

/// The table of magnitudes, with a last column of ones: their ratio is a mean.
fn magnitudes(changes: &[f64], k: usize) -> RowTable {
    let mut table = RowTable::new(changes.len() / k, k + 1);
    for (row, changes) in changes.chunks_exact(k).enumerate() {
        for (factor, change) in changes.iter().enumerate() {
            table.set(row, factor, change.abs());
        }
        table.set(row, k, 1.0);
    }
    table
}

fn signed<'a>(
    effects: impl Iterator<Item = (&'a f64, &'a bool)> + Clone,
    scale: f64,
) -> SignedEffects {
    let effects = effects.map(|(&change, &rise)| if rise { change } else { -change });
    let n = effects.clone().count() as f64;
    let mean = effects.clone().sum::<f64>() / n;
    let squares: f64 = effects
        .map(|effect| (effect - mean) * (effect - mean))
        .sum();
    SignedEffects {
        mean: mean * scale,
        standard_deviation: (squares / (n - 1.0)).sqrt() * scale,
    }
}
