//! Solving with `I − P` for a substochastic matrix without a single subtraction: state reduction
//! (Grassmann, Taksar and Heyman 1985; Sheskin 1985). What leaves a state is summed from what goes
//! elsewhere and what is lost, never taken as one minus what stays, so every share is accurate
//! relative to itself however slowly the chain mixes.

use crate::ReciprocityError;

/// A square matrix of chances of moving inside a class of states, reduced from the last state to
/// the first. O(n³) time, O(n²) memory.
pub(super) struct Reduced {
    n: usize,
    /// Row-major. Below the diagonal, the chances of moving when the state is eliminated; above
    /// it, those into the state, already divided by what leaves it.
    moves: Vec<f64>,
    /// What leaves each state when it is eliminated.
    leaves: Vec<f64>,
}

/// One by one, so many times fewer moves take as long as all together.
const SPARSE: usize = 4;

const LOST: ReciprocityError = ReciprocityError::Underflow {
    what: "the way out of a class of states",
};

impl Reduced {
    /// Reduces the chances of moving `moves` (row-major, `n` × `n`, the diagonal unread), where
    /// `lost` is what leaves the class altogether from each state. Consumes what it is given.
    /// Where nothing is lost anywhere the class is closed, and the first state leaves to nowhere.
    pub(super) fn new(mut moves: Vec<f64>, mut lost: Vec<f64>) -> Result<Self, ReciprocityError> {
        let n = lost.len();
        let mut leaves = vec![0.0; n];
        let mut reached: Vec<usize> = Vec::with_capacity(n);
        for k in (0..n).rev() {
            let (above, rest) = moves.split_at_mut(k * n);
            let out = &rest[..k];
            // Where a state leads to few others, only these are passed on.
            reached.clear();
            reached.extend((0..k).filter(|&to| out[to] > 0.0));
            let few = reached.len() * SPARSE < k;
            let total = lost[k] + out.iter().sum::<f64>();
            leaves[k] = total;
            // Only the last state left may stay for ever.
            let usable = total > 0.0 && total.is_finite();
            if !usable && k > 0 {
                return Err(LOST);
            }
            for (i, row) in above.chunks_exact_mut(n).enumerate() {
                let into = row[k] / total;
                row[k] = into;
                if into > 0.0 {
                    lost[i] += into * lost[k];
                    if few {
                        for &to in &reached {
                            row[to] += into * out[to];
                        }
                    } else {
                        for (through, onward) in row.iter_mut().zip(out) {
                            *through += into * onward;
                        }
                    }
                }
            }
        }
        Ok(Self { n, moves, leaves })
    }

    /// The expected number of visits to each state when it is entered at `entered`:
    /// `x (I − P) = entered`.
    pub(super) fn visits(&self, entered: &[f64]) -> Vec<f64> {
        let mut visits = entered.to_vec();
        for j in (0..self.n).rev() {
            visits[j] /= self.leaves[j];
            let (before, from) = visits.split_at_mut(j);
            let row = &self.moves[j * self.n..];
            for (to, chance) in before.iter_mut().zip(row) {
                *to += from[0] * chance;
            }
        }
        self.spread(&mut visits);
        visits
    }

    /// The share of time in each state of a class that is never left.
    pub(super) fn stationary(&self) -> Vec<f64> {
        let mut shares = vec![0.0; self.n];
        if let Some(first) = shares.first_mut() {
            *first = 1.0;
        }
        self.spread(&mut shares);
        let total: f64 = shares.iter().sum();
        for share in &mut shares {
            *share /= total;
        }
        shares
    }

    fn spread(&self, visits: &mut [f64]) {
        for i in 0..self.n {
            let (done, after) = visits.split_at_mut(i + 1);
            let row = &self.moves[i * self.n + i + 1..(i + 1) * self.n];
            for (to, chance) in after.iter_mut().zip(row) {
                *to += done[i] * chance;
            }
        }
    }

    /// The solution of `(I − P) w = gained`.
    pub(super) fn values(&self, gained: &[f64]) -> Vec<f64> {
        let n = self.n;
        let mut values = gained.to_vec();
        for i in (0..n).rev() {
            let (before, from) = values.split_at_mut(i);
            for (j, to) in before.iter_mut().enumerate() {
                *to += self.moves[j * n + i] * from[0];
            }
        }
        for k in 0..n {
            let (before, from) = values.split_at_mut(k);
            let onward: f64 = before
                .iter()
                .zip(&self.moves[k * n..])
                .map(|(w, m)| w * m)
                .sum();
            from[0] = (from[0] + onward) / self.leaves[k];
        }
        values
    }
}
