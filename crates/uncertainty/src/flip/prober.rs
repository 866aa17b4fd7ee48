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

/// What is asked of the model, and how often it may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question {
    pub(super) output: usize,
    pub(super) clearance: f64,
    pub(super) budget: usize,
}

impl FlipSearch {
    pub(super) const fn question(&self) -> Question {
        Question {
            output: self.output,
            clearance: self.clearance,
            budget: self.effort.budget,
        }
    }

    /// Writes the point of the unit cube to which a step leads.
    pub(super) fn place(&self, step: &[f64], point: &mut [f64]) {
        for ((u, &base), &step) in point.iter_mut().zip(&self.base).zip(step) {
            *u = normal::unit(self.moved(base, step));
        }
    }

    /// Where a step leads in the standard normal space.
    pub(super) fn z_of(&self, step: &[f64]) -> Vec<f64> {
        let pairs = self.base.iter().zip(step);
        pairs.map(|(&base, &step)| self.moved(base, step)).collect()
    }

    /// How far each coordinate may go down and up from the base.
    pub(super) fn room(&self) -> (Vec<f64>, Vec<f64>) {
        let reach = self.effort.reach;
        let ends = self.base.iter().zip(&self.free);
        ends.map(|(&base, &free)| match free {
            true => ((-reach).min(base) - base, reach.max(base) - base),
            false => (0.0, 0.0),
        })
        .unzip()
    }

    /// Where a coordinate comes to rest: rounding must not carry it out of reach.
    fn moved(&self, base: f64, step: f64) -> f64 {
        let reach = self.effort.reach;
        (base + step).clamp(base.min(-reach), base.max(reach))
    }
}

/// Writes the point of the unit cube to which a step leads.
pub(super) type Place<'a> = &'a (dyn Fn(&[f64], &mut [f64]) + Sync);

/// Asks the model at steps from the base, and counts.
///
/// What it answers is *progress*: how far the margin is on the other side, so that a step flips
/// the verdict exactly if its progress is 0 or more, whichever side the base is on.
pub(super) struct Prober<'a, R: Response> {
    model: &'a R,
    place: Place<'a>,
    question: Question,
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
    /// Asks at the base, from which a step of `n_steps` zeros leads nowhere.
    pub(super) fn new(
        model: &'a R,
        place: Place<'a>,
        n_steps: usize,
        question: Question,
    ) -> Result<Self, R::Error> {
        let mut prober = Self {
            model,
            place,
            question,
            margin_before: 0.0,
            evaluations: 1,
            short: false,
            desk: desk(model),
        };
        let nowhere = vec![0.0; n_steps];
        prober.margin_before = ask(model, place, question.output, &mut prober.desk, &nowhere)?;
        Ok(prober)
    }

    pub(super) const fn margin_before(&self) -> f64 {
        self.margin_before
    }

    pub(super) const fn evaluations(&self) -> usize {
        self.evaluations
    }

    /// How many more points may be asked.
    pub(super) const fn left(&self) -> usize {
        self.question.budget.saturating_sub(self.evaluations)
    }

    /// Whether a point had to be left out because the budget was spent.
    pub(super) const fn ran_short(&self) -> bool {
        self.short
    }

    /// The progress at the base, below 0.
    pub(super) fn start(&self) -> f64 {
        self.progress(self.margin_before)
    }

    /// The progress at a step; `None` if the budget is spent.
    pub(super) fn one(&mut self, step: &[f64]) -> Result<Option<f64>, R::Error> {
        if self.left() == 0 {
            self.short = true;
            return Ok(None);
        }
        self.evaluations += 1;
        let (model, output) = (self.model, self.question.output);
        let margin = ask(model, self.place, output, &mut self.desk, step)?;
        Ok(Some(self.progress(margin)))
    }

    /// The progress at each step, on all cores; at fewer if the budget ends before.
    pub(super) fn many(&mut self, steps: &[Vec<f64>]) -> Result<Vec<f64>, R::Error> {
        let (model, place, output) = (self.model, self.place, self.question.output);
        let n = steps.len().min(self.left());
        self.short |= n < steps.len();
        self.evaluations += n;
        let margins = map_draws(
            n,
            || desk(model),
            |desk, number| ask(model, place, output, desk, &steps[number]),
        )?;
        let progress = |margin| self.progress(margin);
        Ok(margins.into_iter().map(progress).collect())
    }

    /// The margin at a step that has been evaluated before, asked again so that it is exact.
    pub(super) fn confirm(&mut self, step: &[f64]) -> Result<f64, R::Error> {
        ask(
            self.model,
            self.place,
            self.question.output,
            &mut self.desk,
            step,
        )
    }

    fn progress(&self, margin: f64) -> f64 {
        if self.margin_before > 0.0 {
            -margin - self.question.clearance
        } else {
            // A margin of 0 is not positive, whatever the clearance.
            margin - self.question.clearance.max(f64::MIN_POSITIVE)
        }
    }
}

fn desk<R: Response>(model: &R) -> Desk<R::Scratch> {
    Desk {
        scratch: model.scratch(),
        point: vec![0.5; model.n_inputs()],
        outputs: vec![0.0; model.n_outputs()],
    }
}

/// The margin at a step from the base.
fn ask<R: Response>(
    model: &R,
    place: Place<'_>,
    output: usize,
    desk: &mut Desk<R::Scratch>,
    step: &[f64],
) -> Result<f64, R::Error> {
    place(step, &mut desk.point);
    model.evaluate(&mut desk.scratch, &desk.point, &mut desk.outputs)?;
    let margin = desk.outputs[output];
    if margin.is_nan() {
        return Err(UncertaintyError::OutputIsNan {
            output,
            n_inputs: desk.point.len(),
        }
        .into());
    }
    Ok(margin)
}
