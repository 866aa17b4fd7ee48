use super::{
    Bootstrap, Estimate, Factors, Method, Points,
    evaluation::{Workload, check_inputs, check_rows, check_size, evaluate_rows},
    order::Order,
    ratio::{Ratios, estimate_ratios},
    row_table::RowTable,
    standard::Standard,
};
use crate::{Response, Sampler, Stream, UncertaintyError};

/// How Shapley effects are estimated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShapleyPlan {
    /// The number of chains `N`, at least 2.
    pub n_rows: usize,
    /// Where the orders of the factors come from: the stream `sensitivity.shapley.orders`.
    pub sampler: Sampler,
    /// How intervals are made.
    pub bootstrap: Bootstrap,
}

impl ShapleyPlan {
    /// `n_rows` chains with the usual intervals.
    #[must_use]
    pub fn new(n_rows: usize, sampler: Sampler) -> Self {
        Self {
            n_rows,
            sampler,
            bootstrap: Bootstrap::new(sampler),
        }
    }
}

/// Shapley effects of all outputs.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ShapleyEffects {
    /// The number of chains.
    pub n_rows: u64,
    /// The number of model evaluations behind all of it.
    pub n_evaluations: u64,
    /// How they were estimated.
    pub method: Method,
    /// For each output its effects, or `None` if it was the same at both ends of all chains.
    pub outputs: Vec<Option<OutputEffects>>,
}

/// Shapley effects of one output: the variance shared out among the factors.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct OutputEffects {
    /// The variance that is shared out, estimated without bias.
    pub variance: f64,
    /// The share of each factor; they add up to 1.
    pub effects: Vec<Estimate>,
}

/// Estimates the Shapley effects of a model whose factors are independent (Owen 2014), by chains
/// from one random point to another that replace one factor after the other in random order (Goda
/// 2021, "A simple algorithm for global sensitivity analysis with Shapley effects").
///
/// If replacing factor `i` takes the output from `y` to `y'` in a chain that began at `y₀`, the
/// chain's term is `(y₀ − (y + y')/2)(y − y')`. Its mean is the factor's effect without bias; the
/// terms of a chain add up to `(y₀ − y_k)²/2`, and those of all chains to the variance by which
/// the effects are divided. The points need `2d` columns for `d` inputs.
///
/// `N(k+1)` evaluations; `O(resamples × N × k)` for the intervals, which resample chains.
///
/// # Errors
/// The model's own at the first point where it has no answer, in the order of chains;
/// [`UncertaintyError::WrongCount`] if factors or points do not fit the model;
/// [`UncertaintyError::BadOutput`] for an output that is NaN, infinite or too large;
/// [`UncertaintyError::OutOfRange`] for fewer than 2 chains, a level of 0 or 1, more than a
/// million resamples, or more than 2²⁸ numbers to keep.
pub fn shapley_effects<M: Response>(
    model: &M,
    factors: &Factors,
    points: &dyn Points,
    plan: &ShapleyPlan,
) -> Result<ShapleyEffects, M::Error> {
    check_inputs(model, factors)?;
    check_rows(plan.n_rows)?;
    plan.bootstrap.check(plan.n_rows)?;
    let (k, n_inputs) = (factors.len(), factors.n_inputs());
    // Kept are the answers of a chain and, beside its terms, what it shares out.
    check_size(&[plan.n_rows, k + 2, model.n_outputs()])?;
    let work = Workload {
        n_rows: plan.n_rows,
        n_columns: 2 * n_inputs,
        points_per_row: k + 1,
    };
    let orders = plan.sampler.stream("sensitivity.shapley.orders");
    let values = evaluate_rows(model, points, &work, |asker, row, uniforms| {
        let (from, to) = uniforms.split_at(n_inputs);
        asker.point.copy_from_slice(from);
        asker.ask()?;
        asker.order.draw(&orders, row, k);
        for place in 0..k {
            factors.copy(asker.order.at(place), to, &mut asker.point);
            asker.ask()?;
        }
        Ok(())
    })?;
    let chains = Chains {
        values: &values,
        n_outputs: model.n_outputs(),
        n_factors: k,
        n_rows: plan.n_rows,
        orders,
    };
    Ok(ShapleyEffects {
        n_rows: plan.n_rows as u64,
        n_evaluations: work.n_evaluations(),
        method: Method::PermutationChains,
        outputs: chains.effects(&plan.bootstrap)?,
    })
}

/// The answers along all chains, `[chain][place][output]`.
struct Chains<'a> {
    values: &'a [f64],
    n_outputs: usize,
    n_factors: usize,
    n_rows: usize,
    orders: Stream,
}

impl Chains<'_> {
    fn effects(
        &self,
        bootstrap: &Bootstrap,
    ) -> Result<Vec<Option<OutputEffects>>, UncertaintyError> {
        let one_output = |output| {
            let values = self.values.iter().skip(output).step_by(self.n_outputs);
            let Some(standard) = Standard::of(&values.copied()) else {
                return Ok(None);
            };
            let table = self.table(output, standard);
            let ratios = Ratios {
                numerators: 0..self.n_factors,
                square: self.n_factors,
                level: None,
            };
            let shared: f64 = table.column(self.n_factors).sum::<f64>() / self.n_rows as f64;
            let estimates = estimate_ratios(&table, &[ratios], bootstrap)?
                .pop()
                .flatten();
            Ok(estimates.map(|effects| OutputEffects {
                variance: shared * standard.scale * standard.scale,
                effects,
            }))
        };
        (0..self.n_outputs).map(one_output).collect()
    }

    /// The term of every factor in every chain, and in the last column what they add up to.
    fn table(&self, output: usize, standard: Standard) -> RowTable {
        let k = self.n_factors;
        let mut table = RowTable::new(self.n_rows, k + 1);
        let mut order = Order::default();
        for (row, chain) in self
            .values
            .chunks_exact((k + 1) * self.n_outputs)
            .enumerate()
        {
            let at = |place: usize| standard.apply(chain[place * self.n_outputs + output]);
            let (start, mut before, mut shared) = (at(0), at(0), 0.0);
            order.draw(&self.orders, row, k);
            for place in 0..k {
                let after = at(place + 1);
                let term = (start - 0.5 * (before + after)) * (before - after);
                table.set(row, order.at(place), term);
                shared += term;
                before = after;
            }
            table.set(row, k, shared);
        }
        table
    }
}
