use crate::{
    Response, UncertaintyError,
    draws::map_draws,
    flip::{FlipMethod, FlipSearch, normal},
};

/// A step from the base that flips, as evaluated.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) step: Vec<f64>,
    pub(super) progress: f64,
    pub(super) method: FlipMethod,
}

/// Asks the model at steps from the base, and counts.
///
/// What it answers is *progress*: how far the margin is on the other side, so that a step flips
/// the verdict exactly if its progress is 0 or more, whichever side the base is on.
pub(super) struct Prober<'a, R: Response> {
    model: &'a R,
    search: &'a FlipSearch,
    margin_before: f64,
    evaluations: usize,
    short: bool,
    desk: Desk<R::Scratch>,
}

/// What one thread needs to ask the model.
struct Desk<S> {
    scratch: S,
    point: Vec<f64>,
    outputs: Vec<f64>,
}

impl<'a, R: Response> Prober<'a, R> {
    /// Asks at the base; the search has been checked.
    pub(super) fn new(model: &'a R, search: &'a FlipSearch) -> Result<Self, R::Error> {
        let mut prober = Self {
            model,
            search,
            margin_before: 0.0,
            evaluations: 1,
            short: false,
            desk: desk(model),
        };
        let nowhere = vec![0.0; search.base.len()];
        prober.margin_before = ask(model, search, &mut prober.desk, &nowhere)?;
        Ok(prober)
    }

    pub(super) fn base(&self) -> &[f64] {
        &self.search.base
    }

    pub(super) const fn margin_before(&self) -> f64 {
        self.margin_before
    }

    pub(super) const fn evaluations(&self) -> usize {
        self.evaluations
    }

    /// How many more points may be asked.
    pub(super) const fn left(&self) -> usize {
        self.search.effort.budget.saturating_sub(self.evaluations)
    }

    /// Whether a point had to be left out because the budget was spent.
    pub(super) const fn ran_short(&self) -> bool {
        self.short
    }

    /// The progress at the base, below 0.
    pub(super) fn start(&self) -> f64 {
        self.progress(self.margin_before)
    }

    /// How far each coordinate may go down and up from the base: none of them less than 0.
    pub(super) fn room(&self) -> (Vec<f64>, Vec<f64>) {
        let reach = self.search.effort.reach;
        let ends = self.search.base.iter().zip(&self.search.free);
        ends.map(|(&base, &free)| match free {
            true => ((-reach).min(base) - base, reach.max(base) - base),
            false => (0.0, 0.0),
        })
        .unzip()
    }

    pub(super) fn z_of(&self, step: &[f64]) -> Vec<f64> {
        let (base, reach) = (&self.search.base, self.search.effort.reach);
        base.iter()
            .zip(step)
            .map(|(&base, &step)| moved(base, step, reach))
            .collect()
    }

    /// The progress at a step; `None` if the budget is spent.
    pub(super) fn one(&mut self, step: &[f64]) -> Result<Option<f64>, R::Error> {
        if self.left() == 0 {
            self.short = true;
            return Ok(None);
        }
        self.evaluations += 1;
        let margin = ask(self.model, self.search, &mut self.desk, step)?;
        Ok(Some(self.progress(margin)))
    }

    /// The progress at each step, on all cores; at fewer if the budget ends before.
    pub(super) fn many(&mut self, steps: &[Vec<f64>]) -> Result<Vec<f64>, R::Error> {
        let (model, search) = (self.model, self.search);
        let n = steps.len().min(self.left());
        self.short |= n < steps.len();
        self.evaluations += n;
        let margins = map_draws(
            n,
            || desk(model),
            |desk, number| ask(model, search, desk, &steps[number]),
        )?;
        Ok(margins
            .into_iter()
            .map(|margin| self.progress(margin))
            .collect())
    }

    /// The margin that goes with a progress.
    pub(super) fn margin(&self, progress: f64) -> f64 {
        if self.margin_before > 0.0 {
            -progress - self.search.clearance
        } else {
            progress + self.beyond()
        }
    }

    fn progress(&self, margin: f64) -> f64 {
        if self.margin_before > 0.0 {
            -margin - self.search.clearance
        } else {
            margin - self.beyond()
        }
    }

    /// What a margin must reach to be positive and clear of 0.
    const fn beyond(&self) -> f64 {
        self.search.clearance.max(f64::MIN_POSITIVE)
    }
}

/// Where a coordinate comes to rest: rounding must not carry it out of reach.
fn moved(base: f64, step: f64, reach: f64) -> f64 {
    (base + step).clamp(base.min(-reach), base.max(reach))
}

fn desk<R: Response>(model: &R) -> Desk<R::Scratch> {
    Desk {
        scratch: model.scratch(),
        point: vec![0.0; model.n_inputs()],
        outputs: vec![0.0; model.n_outputs()],
    }
}

/// The margin at a step from the base.
fn ask<R: Response>(
    model: &R,
    search: &FlipSearch,
    desk: &mut Desk<R::Scratch>,
    step: &[f64],
) -> Result<f64, R::Error> {
    for ((u, &base), &step) in desk.point.iter_mut().zip(&search.base).zip(step) {
        *u = normal::unit(moved(base, step, search.effort.reach));
    }
    model.evaluate(&mut desk.scratch, &desk.point, &mut desk.outputs)?;
    let margin = desk.outputs[search.output];
    if margin.is_nan() {
        return Err(UncertaintyError::OutputIsNan {
            output: search.output,
            n_inputs: desk.point.len(),
        }
        .into());
    }
    Ok(margin)
}
