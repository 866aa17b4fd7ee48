use super::{
    Bootstrap, Estimate, Factors, Method, Orders, Points, SobolPlan, SobolShape,
    evaluation::{Workload, check_inputs, evaluate_rows},
    ratio::{Ratios, estimate_ratios},
    row_table::RowTable,
    sobol_rows::{pairs, write_columns},
    standard::Standard,
};
use crate::{Response, UncertaintyError, error::all_moderate};

/// Sobol indices of all outputs.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SobolIndices {
    /// The number of rows `N`.
    pub n_rows: u64,
    /// The number of model evaluations behind all of it.
    pub n_evaluations: u64,
    /// How they were estimated.
    pub method: Method,
    /// For each output its indices, or `None` if it was the same at all points.
    pub outputs: Vec<Option<OutputIndices>>,
}

/// Sobol indices of one output (Sobol 1993, Homma and Saltelli 1996): shares of its variance.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct OutputIndices {
    /// The output's mean over the points `A` and `B`.
    pub mean: f64,
    /// The output's variance over the same points.
    pub variance: f64,
    /// `Sᵢ = Var E[Y|Xᵢ] / Var Y` for each factor: what would go if it were known.
    pub first: Vec<Estimate>,
    /// `Tᵢ = E Var[Y|X₋ᵢ] / Var Y` for each factor: what would stay if all others were known.
    pub total: Vec<Estimate>,
    /// For each pair its interaction, if asked for.
    pub pairs: Vec<PairIndex>,
}

/// The second-order index of a pair, `Sᵢⱼ = Var E[Y|Xᵢ,Xⱼ] / Var Y − Sᵢ − Sⱼ`.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PairIndex {
    /// The two factors, the smaller number first.
    pub factors: (usize, usize),
    /// What they do to the variance only together.
    pub index: Estimate,
}

/// Estimates the Sobol indices of a model whose factors are independent.
///
/// `V Sᵢ = mean f_B (f_ABi − f_A)` (Saltelli et al. 2010), `V Tᵢ = mean (f_A − f_ABi)² / 2`
/// (Jansen 1999), `V (Sᵢ + Sⱼ + Sᵢⱼ) = mean f_BAi f_ABj − mean f_A f_B` (Saltelli 2002), with
/// outputs centred at their mean. With pairs, the first two are averaged over both roles of `A`
/// and `B`. The points need `2d` columns for `d` inputs.
///
/// `N(k+2)` evaluations, with pairs `N(2k+2)`; `O(resamples × N × indices)` for the intervals.
///
/// # Errors
/// The model's own at the first point where it has no answer, in the order of rows; that of
/// [`indices_from`]; [`UncertaintyError::WrongCount`] if factors or points do not fit the model;
/// [`UncertaintyError::BadOutput`] for an output that is NaN, infinite or too large.
pub fn sobol_indices<M: Response>(
    model: &M,
    factors: &Factors,
    points: &dyn Points,
    plan: &SobolPlan,
) -> Result<SobolIndices, M::Error> {
    check_inputs(model, factors)?;
    let shape = SobolShape {
        n_rows: plan.n_rows,
        n_factors: factors.len(),
        n_outputs: model.n_outputs(),
        orders: plan.orders,
    };
    shape.check()?;
    plan.bootstrap.check(plan.n_rows)?;
    let n_inputs = factors.n_inputs();
    let work = Workload {
        n_rows: plan.n_rows,
        n_columns: 2 * n_inputs,
        points_per_row: shape.points_per_row(),
    };
    let n_sides = match plan.orders {
        Orders::FirstAndTotal => 1,
        Orders::WithPairs => 2,
    };
    let values = evaluate_rows(model, points, &work, |asker, _, uniforms| {
        let (a, b) = uniforms.split_at(n_inputs);
        for point in [a, b] {
            asker.point.copy_from_slice(point);
            asker.ask()?;
        }
        for (base, other) in [(a, b), (b, a)].into_iter().take(n_sides) {
            asker.point.copy_from_slice(base);
            for factor in 0..factors.len() {
                factors.copy(factor, other, &mut asker.point);
                asker.ask()?;
                factors.copy(factor, base, &mut asker.point);
            }
        }
        Ok(())
    })?;
    Ok(indices_from(&shape, &values, &plan.bootstrap)?)
}

/// Estimates Sobol indices from outputs that are already there, in the order
/// `[row][point][output]` with the points of [`SobolShape`].
///
/// # Errors
/// [`UncertaintyError::WrongCount`] if the list is not as long as the shape says,
/// [`UncertaintyError::BadElement`] for a number that is NaN, infinite or too large,
/// [`UncertaintyError::OutOfRange`] for fewer than 2 rows, no factors, a level of 0 or 1, more
/// than a million resamples, or more than 2²⁸ numbers to keep.
pub fn indices_from(
    shape: &SobolShape,
    values: &[f64],
    bootstrap: &Bootstrap,
) -> Result<SobolIndices, UncertaintyError> {
    shape.check()?;
    bootstrap.check(shape.n_rows)?;
    let n_evaluations = shape.n_rows * shape.points_per_row();
    if values.len() != n_evaluations * shape.n_outputs {
        return Err(UncertaintyError::WrongCount {
            what: "outputs",
            given: values.len(),
            expected: n_evaluations * shape.n_outputs,
        });
    }
    all_moderate("outputs", values)?;
    Ok(SobolIndices {
        n_rows: shape.n_rows as u64,
        n_evaluations: n_evaluations as u64,
        method: Method::SaltelliJansen,
        outputs: outputs_from(shape, values, bootstrap)?,
    })
}

fn outputs_from(
    shape: &SobolShape,
    values: &[f64],
    bootstrap: &Bootstrap,
) -> Result<Vec<Option<OutputIndices>>, UncertaintyError> {
    let standards = standards(shape, values);
    let n_varying = standards.iter().flatten().count();
    let mut table = RowTable::new(shape.n_rows, n_varying * n_columns(shape));
    let mut ratios = Vec::with_capacity(n_varying);
    for (output, standard) in standards.iter().enumerate() {
        if let &Some(standard) = standard {
            let start = ratios.len() * n_columns(shape);
            let chosen = (output, standard);
            ratios.push(write_columns(shape, values, chosen, &mut table, start));
        }
    }
    let estimates = estimate_ratios(&table, &ratios, bootstrap)?;
    let variance = |ratios: &Ratios| table.column(ratios.square).sum::<f64>() / shape.n_rows as f64;
    // One entry for each output that varies, in order.
    let mut varying = estimates.into_iter().zip(ratios.iter().map(variance));
    let one_output = |standard: Option<Standard>| {
        let standard = standard?;
        let (estimates, variance) = varying.next()?;
        let variance = variance * standard.scale * standard.scale;
        Some(indices_of(shape, standard.mean, variance, estimates?))
    };
    Ok(standards.into_iter().map(one_output).collect())
}

/// The scale of each output, from its values at `A` and `B`, the first two points of a row.
fn standards(shape: &SobolShape, values: &[f64]) -> Vec<Option<Standard>> {
    let n_outputs = shape.n_outputs;
    let row_length = shape.points_per_row() * n_outputs;
    let of_output = |output: usize| {
        let rows = values.chunks_exact(row_length);
        Standard::of(&rows.flat_map(|row| [row[output], row[n_outputs + output]]))
    };
    (0..n_outputs).map(of_output).collect()
}

/// The columns of one output: its indices, second moment and level.
fn n_columns(shape: &SobolShape) -> usize {
    let n_pairs = match shape.orders {
        Orders::FirstAndTotal => 0,
        Orders::WithPairs => pairs(shape.n_factors).count(),
    };
    2 * shape.n_factors + n_pairs + 2
}

/// Sorts the estimates of one output into their places.
fn indices_of(
    shape: &SobolShape,
    mean: f64,
    variance: f64,
    mut first: Vec<Estimate>,
) -> OutputIndices {
    let mut total = first.split_off(shape.n_factors);
    let second = total.split_off(shape.n_factors);
    let pairs = pairs(shape.n_factors).zip(second);
    OutputIndices {
        mean,
        variance,
        first,
        total,
        pairs: pairs
            .map(|(factors, index)| PairIndex { factors, index })
            .collect(),
    }
}
