use super::{Model, Steps};

/// Any number of types and any switching, in logarithms throughout: slower, and the definition that
/// the fast loops are held to.
#[derive(Debug)]
pub(super) struct General {
    prior: Vec<f64>,
    /// Log-likelihoods, by symbol and type.
    symbols: Vec<Vec<f64>>,
    /// `switching[to][from]` in logarithms.
    switching: Option<Vec<Vec<f64>>>,
}

#[derive(Debug)]
pub(super) struct State {
    /// Log-weights with a sum of weights of 1.
    logs: Vec<f64>,
    next: Vec<f64>,
    begun: bool,
    log_likelihood: f64,
}

fn logs(row: &[f64]) -> Vec<f64> {
    row.iter().map(|chance| chance.ln()).collect()
}

/// ln Σ exp, exact where one term towers over the rest; −∞ of nothing but −∞.
fn ln_sum(terms: impl Iterator<Item = f64> + Clone) -> f64 {
    let largest = terms.clone().fold(f64::NEG_INFINITY, f64::max);
    if largest == f64::NEG_INFINITY {
        return largest;
    }
    largest + terms.map(|term| (term - largest).exp()).sum::<f64>().ln()
}

fn transposed(rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    (0..rows.len())
        .map(|to| rows.iter().map(|row| row[to].ln()).collect())
        .collect()
}

impl General {
    pub(super) fn new(model: &Model) -> Self {
        Self {
            prior: model.prior_logs.clone(),
            symbols: model.likelihoods.iter().map(|row| logs(row)).collect(),
            switching: model.switching.as_deref().map(transposed),
        }
    }

    /// The log-weights a moment before the next act.
    fn switch(&self, state: &mut State) {
        if let (Some(rows), true) = (&self.switching, state.begun) {
            for (next, row) in state.next.iter_mut().zip(rows) {
                *next = ln_sum(
                    row.iter()
                        .zip(&state.logs)
                        .map(|(chance, log)| chance + log),
                );
            }
            std::mem::swap(&mut state.logs, &mut state.next);
        }
    }
}

impl Steps for General {
    type State = State;

    fn n_types(&self) -> usize {
        self.prior.len()
    }

    fn start(&self) -> State {
        State {
            logs: self.prior.clone(),
            next: vec![0.0; self.prior.len()],
            begun: false,
            log_likelihood: 0.0,
        }
    }

    fn advance(&self, state: &mut State, symbols: &[u8], beliefs: &mut [f64]) {
        let beliefs = beliefs.chunks_exact_mut(self.prior.len());
        for (&symbol, belief) in symbols.iter().zip(beliefs) {
            self.switch(state);
            state.begun = true;
            for (log, seen) in state
                .logs
                .iter_mut()
                .zip(&self.symbols[usize::from(symbol)])
            {
                *log += seen;
            }
            let total = ln_sum(state.logs.iter().copied());
            state.log_likelihood += if total == f64::NEG_INFINITY {
                f64::NAN
            } else {
                total
            };
            for (log, chance) in state.logs.iter_mut().zip(belief) {
                *log -= total;
                *chance = log.exp();
            }
        }
    }

    fn log_likelihood(&self, state: &State) -> f64 {
        state.log_likelihood
    }

    fn write_prior(&self, belief: &mut [f64]) {
        for (chance, log) in belief.iter_mut().zip(&self.prior) {
            *chance = log.exp();
        }
    }
}
