use super::{Model, Steps, array};
use crate::bulk::scaled::{self, split};

/// Types that may each become any other between acts. The weights after an act are the weights
/// before times one small matrix a symbol, normalised once in a few acts: what each act waits for
/// is a multiplication and an addition, not a division.
#[derive(Debug)]
pub(super) struct Mixing<const K: usize> {
    prior: [f64; K],
    symbols: Vec<Symbol<K>>,
}

/// What a symbol does to the weights, over `2^exponent`.
#[derive(Debug)]
struct Symbol<const K: usize> {
    /// Likelihoods, for the first act: types switch between acts.
    likelihood: [f64; K],
    /// `step[to][from]`: switch, then weigh.
    step: [[f64; K]; K],
    exponent: i64,
}

/// How many acts pass between two normalisations.
const BLOCK: usize = 8;

#[derive(Debug)]
pub(super) struct State<const K: usize> {
    weights: [f64; K],
    begun: bool,
    /// The likelihood so far, `mantissa · 2^exponent`.
    mantissa: f64,
    exponent: i64,
}

impl<const K: usize> Mixing<K> {
    pub(super) fn new(model: &Model, switching: &[Vec<f64>]) -> Self {
        let symbol = |row: &Vec<f64>| {
            let largest = row.iter().copied().fold(0.0, f64::max);
            let (mantissa, exponent) = split(largest);
            // A symbol that no type shows keeps its zeros.
            let unit = if largest > 0.0 {
                largest / mantissa
            } else {
                1.0
            };
            let likelihood = array::<K>(row).map(|chance| chance / unit);
            let mut step = [[0.0; K]; K];
            for (to, row) in step.iter_mut().enumerate() {
                for (from, entry) in row.iter_mut().enumerate() {
                    *entry = switching[from][to] * likelihood[to];
                }
            }
            Symbol {
                likelihood,
                step,
                exponent: if largest > 0.0 { exponent } else { 0 },
            }
        };
        Self {
            prior: array(&model.prior),
            symbols: model.likelihoods.iter().map(symbol).collect(),
        }
    }
}

fn sum<const K: usize>(weights: &[f64; K]) -> f64 {
    weights.iter().sum()
}

fn product<const K: usize>(step: &[[f64; K]; K], weights: &[f64; K]) -> [f64; K] {
    step.map(|row| {
        row.iter()
            .zip(weights)
            .map(|(entry, weight)| entry * weight)
            .sum()
    })
}

impl<const K: usize> State<K> {
    /// Brings the weights back to a sum of 1 and notes the factor.
    fn normalise(&mut self) {
        let total = sum(&self.weights);
        self.weights = self.weights.map(|weight| weight / total);
        let (mantissa, exponent) = split(self.mantissa * total);
        self.mantissa = if total > 0.0 { mantissa } else { f64::NAN };
        self.exponent += exponent;
    }
}

impl<const K: usize> Steps for Mixing<K> {
    type State = State<K>;

    fn n_types(&self) -> usize {
        K
    }

    fn start(&self) -> State<K> {
        State {
            weights: self.prior,
            begun: false,
            mantissa: 1.0,
            exponent: 0,
        }
    }

    fn advance(&self, state: &mut State<K>, mut symbols: &[u8], beliefs: &mut [f64]) {
        let mut beliefs = beliefs.as_chunks_mut::<K>().0;
        if !state.begun
            && let (Some(&first), Some(belief)) =
                (symbols.split_off_first(), beliefs.split_off_first_mut())
        {
            let symbol = &self.symbols[usize::from(first)];
            for (weight, likelihood) in state.weights.iter_mut().zip(symbol.likelihood) {
                *weight *= likelihood;
            }
            state.begun = true;
            state.exponent += symbol.exponent;
            state.normalise();
            *belief = state.weights;
        }
        for (symbols, beliefs) in symbols.chunks(BLOCK).zip(beliefs.chunks_mut(BLOCK)) {
            let mut weights = state.weights;
            for (&symbol, belief) in symbols.iter().zip(beliefs) {
                let symbol = &self.symbols[usize::from(symbol)];
                weights = product(&symbol.step, &weights);
                state.exponent += symbol.exponent;
                let total = sum(&weights);
                *belief = weights.map(|weight| weight / total);
            }
            state.weights = weights;
            state.normalise();
        }
    }

    fn log_likelihood(&self, state: &State<K>) -> f64 {
        scaled::ln(state.mantissa, state.exponent)
    }

    fn write_prior(&self, belief: &mut [f64]) {
        belief.copy_from_slice(&self.prior);
    }
}
