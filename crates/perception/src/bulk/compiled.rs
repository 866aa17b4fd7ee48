use detente_reputation::{Act, Belief};

use super::kind::Kind;
use crate::BiasProfile;

/// How many series are read side by side, so that one waits for its exponentials while another moves on.
const LANES: usize = 4;

/// How many acts are read between two times at which the largest log-weight is brought back to 0: few
/// enough to lose nothing to rounding.
const STRETCH: usize = 32;

/// A table of readings for so many types.
#[derive(Debug, Clone)]
pub(super) struct Compiled<const K: usize> {
    prior: [f64; K],
    prior_weight: f64,
    /// Whether a reading depends on who leads.
    looks: bool,
    kinds: Vec<Kind<K>>,
}

/// A series on its way.
#[derive(Clone, Copy)]
struct Lane<'a, const K: usize> {
    log_weights: [f64; K],
    acts: &'a [u8],
    series: usize,
}

impl<const K: usize> Compiled<K> {
    /// `None` where tables would not be exact.
    pub(super) fn of(prior: &Belief, kinds: &[Act], profile: &BiasProfile) -> Option<Self> {
        let weights: [f64; K] = prior.log_weights().try_into().ok()?;
        let possible = weights.iter().all(|weight| weight.is_finite());
        // Beyond 1 log-weights grow without bound.
        if !possible || profile.prior_weight() > 1.0 {
            return None;
        }
        Some(Self {
            prior: weights,
            prior_weight: profile.prior_weight(),
            looks: profile.looks(),
            kinds: { kinds.iter() }
                .map(|act| Kind::of(act, profile))
                .collect::<Option<_>>()?,
        })
    }

    /// Writes the log-weights after each act.
    pub(super) fn each(&self, acts: &[u8], out: &mut [f64]) {
        let mut log_weights = self.start();
        for (acts, rows) in acts.chunks(STRETCH).zip(out.chunks_mut(STRETCH * K)) {
            for (&act, row) in acts.iter().zip(rows.chunks_exact_mut(K)) {
                self.step(&mut log_weights, act);
                row.copy_from_slice(&levelled(log_weights));
            }
            self.level(&mut log_weights);
        }
    }

    /// Writes the log-weights after the last act.
    pub(super) fn last(&self, acts: &[u8], out: &mut [f64]) {
        let mut log_weights = self.start();
        self.advance(&mut log_weights, acts);
        out.copy_from_slice(&levelled(log_weights));
    }

    /// Writes the log-weights after the last act of each series; the ends have been checked.
    pub(super) fn last_of_many(&self, acts: &[u8], ends: &[usize], out: &mut [f64]) {
        let mut start = 0;
        let mut waiting = ends.iter().enumerate().map(|(series, &end)| {
            let acts = acts.get(start..end).unwrap_or_default();
            start = end;
            Lane {
                log_weights: self.start(),
                acts,
                series,
            }
        });
        let mut lanes: Vec<Lane<'_, K>> = waiting.by_ref().take(LANES).collect();
        while let Ok(abreast) = <&mut [Lane<'_, K>; LANES]>::try_from(lanes.as_mut_slice()) {
            self.abreast(abreast);
            lanes.retain(|lane| {
                if lane.acts.is_empty() {
                    write(lane, out);
                }
                !lane.acts.is_empty()
            });
            lanes.extend(waiting.by_ref().take(LANES - lanes.len()));
        }
        for mut lane in lanes {
            self.advance(&mut lane.log_weights, lane.acts);
            write(&lane, out);
        }
    }

    /// Reads all lanes as far as the shortest goes.
    fn abreast(&self, lanes: &mut [Lane<'_, K>; LANES]) {
        let length = lanes.iter().map(|lane| lane.acts.len()).min();
        let (mut at, end) = (0, length.unwrap_or_default());
        while at < end {
            let next = end.min(at + STRETCH);
            let read = lanes.map(|lane| &lane.acts[at..next]);
            for step in 0..next - at {
                for (lane, acts) in lanes.iter_mut().zip(read) {
                    self.step(&mut lane.log_weights, acts[step]);
                }
            }
            for lane in lanes.iter_mut() {
                self.level(&mut lane.log_weights);
            }
            at = next;
        }
        for lane in lanes {
            lane.acts = &lane.acts[end..];
        }
    }

    fn advance(&self, log_weights: &mut [f64; K], acts: &[u8]) {
        for acts in acts.chunks(STRETCH) {
            for &act in acts {
                self.step(log_weights, act);
            }
            self.level(log_weights);
        }
    }

    #[inline]
    fn step(&self, log_weights: &mut [f64; K], act: u8) {
        // Acts have been checked to be of a kind there is.
        let Some(kind) = self.kinds.get(usize::from(act)) else {
            return;
        };
        let (moves, share) = kind.reading(log_weights, self.looks);
        for (weight, moved) in log_weights.iter_mut().zip(moves) {
            *weight = self.prior_weight * *weight + share * moved;
        }
    }

    fn start(&self) -> [f64; K] {
        match K {
            2 => self.prior.map(|weight| weight - self.prior[K - 1]),
            _ => self.prior,
        }
    }

    /// Of two types the log-odds are kept, which are best left alone.
    fn level(&self, log_weights: &mut [f64; K]) {
        if K != 2 {
            *log_weights = levelled(*log_weights);
        }
    }
}

fn levelled<const K: usize>(log_weights: [f64; K]) -> [f64; K] {
    let best = log_weights
        .iter()
        .copied()
        .fold(f64::NEG_INFINITY, f64::max);
    log_weights.map(|weight| weight - best)
}

fn write<const K: usize>(lane: &Lane<'_, K>, out: &mut [f64]) {
    if let Some(row) = out.chunks_exact_mut(K).nth(lane.series) {
        row.copy_from_slice(&levelled(lane.log_weights));
    }
}
