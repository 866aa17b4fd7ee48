use detente_quantity::Probability;

use super::{
    Factors, Method, Points,
    evaluation::{Workload, check_inputs, check_size, evaluate_rows},
};
use crate::{Response, UncertaintyError};

/// How the bars of a tornado diagram are made.
#[derive(Debug, Clone, PartialEq)]
pub struct TornadoPlan {
    /// Where all other factors stay: a point of the open unit cube.
    pub base: Vec<f64>,
    /// The quantile to which a factor is lowered, by default 0.05.
    pub low: Probability,
    /// The quantile to which a factor is raised, by default 0.95.
    pub high: Probability,
}

impl TornadoPlan {
    /// Every factor from its 5 % to its 95 % quantile, the others at their medians.
    #[must_use]
    pub fn new(n_inputs: usize) -> Self {
        Self {
            base: vec![0.5; n_inputs],
            low: Probability::saturating(0.05),
            high: Probability::saturating(0.95),
        }
    }
}

/// The bars of a tornado diagram for all outputs.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Tornado {
    /// The number of model evaluations behind all of it.
    pub n_evaluations: u64,
    /// How they were made.
    pub method: Method,
    /// The bars of each output.
    pub outputs: Vec<OutputBars>,
}

/// The bars of one output.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct OutputBars {
    /// The output with all factors at the base.
    pub base: f64,
    /// One bar a factor, the widest first; bars of equal width in the order of the factors.
    pub bars: Vec<Bar>,
}

/// What one factor does to an output while the others stay.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Bar {
    /// The number of the factor.
    pub factor: usize,
    /// The output with the factor at its low quantile; it may be the larger of the two.
    pub at_low: f64,
    /// The output with the factor at its high quantile.
    pub at_high: f64,
    /// The width of the bar: the range of both outputs and the one at the base.
    pub swing: f64,
}

/// Moves one factor at a time, all its coordinates together, to its low and its high quantile. It
/// shows directions, not shares: interactions, and what the factor does in between, stay unseen.
///
/// `2k + 1` evaluations.
///
/// # Errors
/// The model's own at the first point where it has no answer: the base, then each factor low and
/// high; [`UncertaintyError::WrongCount`] if factors or base do not fit the model;
/// [`UncertaintyError::BadElement`] for a base outside the open unit cube;
/// [`UncertaintyError::OutOfRange`] for a quantile that is not strictly between 0 and 1, or a
/// high one not above the low one; [`UncertaintyError::BadOutput`] for an output that is NaN,
/// infinite or too large.
///
/// ```
/// use detente_uncertainty::{problems::Additive, sensitivity::*};
///
/// let margin = Additive::margin()?;
/// let tornado = tornado(&margin, &Factors::single(2)?, &TornadoPlan::new(2))?;
/// let bars = &tornado.outputs[0].bars;
/// // The resistance swings the margin by 2 · 1.645 · 1, the load by 2 · 1.645 · 0.8.
/// assert_eq!((bars[0].factor, bars[1].factor), (0, 1));
/// assert!((bars[0].swing - 3.29).abs() < 1e-3 && (bars[1].swing - 2.632).abs() < 1e-3);
/// assert!(bars[0].at_low < bars[0].at_high && bars[1].at_low > bars[1].at_high);
/// # Ok::<(), detente_uncertainty::UncertaintyError>(())
/// ```
pub fn tornado<M: Response>(
    model: &M,
    factors: &Factors,
    plan: &TornadoPlan,
) -> Result<Tornado, M::Error> {
    check_inputs(model, factors)?;
    check_plan(factors, plan)?;
    let (k, n_outputs) = (factors.len(), model.n_outputs());
    let work = Workload {
        n_rows: 2 * k + 1,
        n_columns: 0,
        points_per_row: 1,
    };
    check_size(&[work.n_rows, n_outputs])?;
    let quantiles = [plan.low.get(), plan.high.get()];
    let values = evaluate_rows(model, &NoPoints, &work, |asker, row, _| {
        asker.point.copy_from_slice(&plan.base);
        if let Some(moved) = row.checked_sub(1) {
            for &input in &factors.groups()[moved / 2] {
                asker.point[input] = quantiles[moved % 2];
            }
        }
        asker.ask()
    })?;
    Ok(Tornado {
        n_evaluations: work.n_evaluations(),
        method: Method::OneAtATime,
        outputs: (0..n_outputs)
            .map(|output| {
                let values = values.iter().skip(output).step_by(n_outputs);
                bars_of(&values.copied().collect::<Vec<_>>())
            })
            .collect(),
    })
}

/// A table without columns, for a method that draws nothing.
struct NoPoints;

impl Points for NoPoints {
    fn n_columns(&self) -> usize {
        0
    }

    fn fill(&self, _: usize, _: usize, _: &mut [f64]) -> Result<(), UncertaintyError> {
        Ok(())
    }
}

/// The bars of one output from its values at the base and with each factor low and high.
fn bars_of(values: &[f64]) -> OutputBars {
    let base = values[0];
    let moved = values[1..].chunks_exact(2).enumerate();
    let mut bars: Vec<Bar> = moved
        .map(|(factor, ends)| Bar {
            factor,
            at_low: ends[0],
            at_high: ends[1],
            swing: base.max(ends[0]).max(ends[1]) - base.min(ends[0]).min(ends[1]),
        })
        .collect();
    // A stable sort keeps equal bars in the order of the factors.
    bars.sort_by(|first, second| second.swing.total_cmp(&first.swing));
    OutputBars { base, bars }
}

fn check_plan(factors: &Factors, plan: &TornadoPlan) -> Result<(), UncertaintyError> {
    if plan.base.len() != factors.n_inputs() {
        return Err(UncertaintyError::WrongCount {
            what: "coordinates of the base",
            given: plan.base.len(),
            expected: factors.n_inputs(),
        });
    }
    let inside = |&coordinate: &f64| 0.0 < coordinate && coordinate < 1.0;
    if let Some(position) = plan.base.iter().position(|coordinate| !inside(coordinate)) {
        return Err(UncertaintyError::BadElement {
            list: "base",
            position,
            given: plan.base[position],
            expected: "a number strictly between 0 and 1",
        });
    }
    let (low, high) = (plan.low.get(), plan.high.get());
    let refuse = |parameter, given, expected| {
        Err(UncertaintyError::OutOfRange {
            parameter,
            given,
            expected,
        })
    };
    if low <= 0.0 {
        return refuse("low quantile", low, "above 0");
    }
    if high <= low || high >= 1.0 {
        return refuse("high quantile", high, "above the low one and below 1");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problems::{GFunction, Ishigami};

    #[test]
    fn a_factor_that_only_raises_the_output_has_a_bar() {
        // At the base sin² x₂ is 0; both quantiles raise it by 7 sin²(0.9π).
        let plan = TornadoPlan::new(3);
        let factors = Factors::single(3).unwrap();
        let tornado = tornado(&Ishigami::usual(), &factors, &plan).unwrap();
        let output = &tornado.outputs[0];
        let raised = 7.0 * (0.9 * std::f64::consts::PI).sin().powi(2);
        let second = output.bars.iter().find(|bar| bar.factor == 1).unwrap();
        assert!((second.swing - raised).abs() < 1e-12 && second.at_low > output.base);
        assert_eq!(tornado.n_evaluations, 7);
        // The third does nothing while the first is at its median.
        assert_eq!((output.bars[2].factor, output.bars[2].swing), (2, 0.0));
    }

    #[test]
    fn factors_move_together() {
        let model = GFunction::new(vec![0.0, 0.0, 0.0]).unwrap();
        let factors = Factors::new(3, vec![vec![1], vec![0, 2]]).unwrap();
        let plan = TornadoPlan {
            base: vec![0.75, 0.75, 0.75],
            ..TornadoPlan::new(3)
        };
        let bars = tornado(&model, &factors, &plan)
            .unwrap()
            .outputs
            .remove(0)
            .bars;
        assert_eq!(bars[0].factor, 1);
        assert!((bars[0].at_low - 1.8 * 1.8).abs() < 1e-12, "{bars:?}");
        assert!((bars[1].at_low - 1.8).abs() < 1e-12, "{bars:?}");
    }

    #[test]
    fn bad_plans_are_refused() {
        let (model, factors) = (Ishigami::usual(), Factors::single(3).unwrap());
        let usual = TornadoPlan::new(3);
        for bad in [
            TornadoPlan::new(2),
            TornadoPlan {
                base: vec![0.5, f64::NAN, 0.5],
                ..usual.clone()
            },
            TornadoPlan {
                base: vec![0.5, 0.5, 1.0],
                ..usual.clone()
            },
            TornadoPlan {
                low: Probability::ZERO,
                ..usual.clone()
            },
            TornadoPlan {
                high: Probability::ONE,
                ..usual.clone()
            },
            TornadoPlan {
                high: usual.low,
                ..usual.clone()
            },
        ] {
            assert!(tornado(&model, &factors, &bad).is_err(), "{bad:?}");
        }
        assert!(tornado(&model, &Factors::single(2).unwrap(), &usual).is_err());
    }
}
