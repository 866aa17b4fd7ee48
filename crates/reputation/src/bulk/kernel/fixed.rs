use super::{Model, Steps, array};
use crate::bulk::scaled::{self, RULED_OUT, power_of_two, split};

/// Types that never change: each weight is a product of likelihoods, held as mantissa and exponent
/// so that no amount of evidence is forgotten.
#[derive(Debug)]
pub(super) struct Fixed<const K: usize> {
    prior: Weights<K>,
    symbols: Vec<Weights<K>>,
}

/// One number a type, `mantissas[k] · 2^exponents[k]`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weights<const K: usize> {
    mantissas: [f64; K],
    exponents: [i64; K],
}

/// Mantissas of likelihoods lie below 2, so this many of them multiply to less than 2²⁵⁶.
const BLOCK: usize = 256;

impl<const K: usize> Weights<K> {
    fn new(values: [f64; K]) -> Self {
        let parts = values.map(split);
        Self {
            mantissas: parts.map(|(mantissa, _)| mantissa),
            exponents: parts.map(|(_, exponent)| exponent),
        }
    }

    /// From logarithms, which may lie far below the smallest `f64`.
    fn from_logs(logs: &[f64]) -> Self {
        let mut weights = Self::new([0.0; K]);
        for (k, log) in logs.iter().enumerate().take(K) {
            if log.is_finite() {
                let exponent = (log / std::f64::consts::LN_2).floor().clamp(-1e15, 1e15);
                let (mantissa, carry) = split((log - exponent * std::f64::consts::LN_2).exp());
                weights.mantissas[k] = mantissa;
                let exponent = exponent as i64;
                weights.exponents[k] = exponent + carry;
            }
        }
        weights
    }

    fn multiply(&mut self, other: &Self) {
        for k in 0..K {
            self.mantissas[k] *= other.mantissas[k];
            self.exponents[k] += other.exponents[k];
        }
    }

    fn normalise(&mut self) {
        for k in 0..K {
            let (mantissa, exponent) = split(self.mantissas[k]);
            self.mantissas[k] = mantissa;
            // What is ruled out starts each block from the same exponent, so that none overflows.
            self.exponents[k] = (self.exponents[k] + exponent).max(RULED_OUT);
        }
    }

    fn largest_exponent(&self) -> i64 {
        self.exponents.iter().fold(RULED_OUT, |a, &b| a.max(b))
    }

    /// The weights over `2^largest`, and their sum.
    fn relative(&self, largest: i64) -> ([f64; K], f64) {
        let mut values = self.mantissas;
        for (value, exponent) in values.iter_mut().zip(self.exponents) {
            *value *= power_of_two(exponent - largest);
        }
        let sum = values.iter().sum();
        (values, sum)
    }

    fn ln_sum(&self) -> f64 {
        let largest = self.largest_exponent();
        scaled::ln(self.relative(largest).1, largest)
    }
}

impl<const K: usize> Fixed<K> {
    pub(super) fn new(model: &Model) -> Self {
        let symbols = model.likelihoods.iter();
        Self {
            prior: Weights::from_logs(&model.prior_logs),
            symbols: symbols.map(|row| Weights::new(array(row))).collect(),
        }
    }
}

impl<const K: usize> Steps for Fixed<K> {
    type State = Weights<K>;

    fn n_types(&self) -> usize {
        K
    }

    fn start(&self) -> Weights<K> {
        self.prior
    }

    fn advance(&self, state: &mut Weights<K>, symbols: &[u8], beliefs: &mut [f64]) {
        let beliefs = beliefs.as_chunks_mut::<K>().0;
        for (symbols, beliefs) in symbols.chunks(BLOCK).zip(beliefs.chunks_mut(BLOCK)) {
            let mut weights = *state;
            for (&symbol, belief) in symbols.iter().zip(beliefs) {
                weights.multiply(&self.symbols[usize::from(symbol)]);
                let (values, sum) = weights.relative(weights.largest_exponent());
                *belief = values.map(|value| value / sum);
            }
            weights.normalise();
            *state = weights;
        }
    }

    fn log_likelihood(&self, state: &Weights<K>) -> f64 {
        let log = state.ln_sum() - self.prior.ln_sum();
        // Nothing left of any weight: the series is impossible.
        if log.is_finite() { log } else { f64::NAN }
    }

    fn write_prior(&self, belief: &mut [f64]) {
        let (values, sum) = self.prior.relative(self.prior.largest_exponent());
        belief.copy_from_slice(&values.map(|value| value / sum));
    }
}
