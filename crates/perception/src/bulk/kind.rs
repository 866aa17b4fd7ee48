use detente_reputation::{Act, Belief, Tone};

use crate::{
    BiasProfile,
    profile::{Bearing, weigh},
};

/// The largest log-likelihood or weighted one that tables are made for: exponentials of it are finite.
const MOST: f64 = 500.0;

/// One kind of act as it will be read, whatever the belief that it meets.
#[derive(Debug, Clone)]
pub(super) struct Kind<const K: usize> {
    /// What it adds to the log-weights, by its bearing on the favoured type, without the need of
    /// reassurance.
    moves: [[f64; K]; 4],
    /// What tells its bearing, by the favoured type.
    sides: [Side<K>; K],
    need: Option<Need<K>>,
}

/// What tells an act's bearing on the favoured type.
#[derive(Debug, Clone, Copy)]
enum Side<const K: usize> {
    /// It is the same on every belief.
    Always(Bearing),
    /// Some rivals gain and others lose.
    Mixed {
        /// `e^gain − 1` by rival, 0 for the favoured type.
        tilts: [f64; K],
        /// `ln|e^gain − 1|`.
        logs: [f64; K],
    },
}

/// The need of reassurance that an act meets.
#[derive(Debug, Clone, Copy)]
struct Need<const K: usize> {
    power: Power,
    /// Whether the act speaks for the type, more than for any other.
    supported: [bool; K],
}

/// The exponent `m`; common ones need no logarithm.
#[derive(Debug, Clone, Copy)]
enum Power {
    One,
    Half,
    Other(f64),
}

impl<const K: usize> Kind<K> {
    /// The act as `profile` reads it; `None` where tables would not be exact: where it rules out a type, or
    /// its numbers are extreme.
    pub(super) fn of(act: &Act, profile: &BiasProfile) -> Option<Self> {
        let level = Belief::from_log_weights(vec![0.0; K]).ok()?;
        let mut perceived = [0.0; K];
        let heard = profile.hear(act, &level, &mut perceived);
        let mut moves = [[0.0; K]; 4];
        for bearing in Bearing::ALL {
            let weight = match heard {
                true => profile.weigh_up(act, bearing, &perceived).mean(),
                false => 0.0,
            };
            moves[bearing as usize] = perceived;
            weigh(weight, &mut moves[bearing as usize]);
            if K == 2 {
                // Of two types only the log-odds matter, and those lose nothing however long the record.
                moves[bearing as usize] = against_last(moves[bearing as usize]);
            }
        }
        let within = |values: &[f64; K]| values.iter().all(|value| value.abs() <= MOST);
        (within(&perceived) && moves.iter().all(within)).then(|| Self {
            moves,
            sides: std::array::from_fn(|leader| Side::of(leader, &perceived, profile, act)),
            need: Need::of(act, &perceived, profile),
        })
    }

    /// What the act adds to these log-weights: in proportion to the numbers, how much of them.
    #[inline]
    pub(super) fn reading(&self, log_weights: &[f64; K], looks: bool) -> (&[f64; K], f64) {
        let (leader, best, second) = lead(log_weights);
        let bearing = match looks {
            false => Bearing::Silent,
            true if best - second < Bearing::LEVEL => Bearing::Level,
            true => self.sides[leader].bearing(log_weights, best),
        };
        let share = match &self.need {
            None => 1.0,
            Some(need) => need.share(log_weights, best),
        };
        (&self.moves[bearing as usize], share)
    }
}

impl<const K: usize> Side<K> {
    fn of(leader: usize, perceived: &[f64; K], profile: &BiasProfile, act: &Act) -> Self {
        let sign = profile.sign(act);
        let gains: [f64; K] = perceived.map(|value| sign * (value - perceived[leader]));
        let some_gain = gains.iter().any(|gain| *gain > 0.0);
        let some_lose = gains.iter().any(|gain| *gain < 0.0);
        let tilts: [f64; K] = gains.map(f64::exp_m1);
        match (some_gain, some_lose) {
            (false, false) => Self::Always(Bearing::Silent),
            (true, false) => Self::Always(Bearing::Contradicts),
            (false, true) => Self::Always(Bearing::Confirms),
            (true, true) => Self::Mixed {
                tilts,
                logs: tilts.map(|tilt| tilt.abs().ln()),
            },
        }
    }

    #[inline]
    fn bearing(&self, log_weights: &[f64; K], best: f64) -> Bearing {
        let (tilts, logs) = match self {
            Self::Always(bearing) => return *bearing,
            Self::Mixed { tilts, logs } => (tilts, logs),
        };
        let (mut up, mut down) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        for ((weight, log), tilt) in log_weights.iter().zip(logs).zip(tilts) {
            let side = if *tilt > 0.0 { &mut up } else { &mut down };
            *side = side.max(weight + log);
        }
        // Neither side has more than K − 2 rivals, so that a side is its largest term times that at most.
        let slack = ((K - 2) as f64).ln();
        if up > down + slack {
            return Bearing::Contradicts;
        }
        if down > up + slack {
            return Bearing::Confirms;
        }
        let terms = log_weights.iter().zip(tilts);
        let net: f64 = terms
            .map(|(weight, tilt)| (weight - best).exp() * tilt)
            .sum();
        if net > 0.0 {
            Bearing::Contradicts
        } else if net < 0.0 {
            Bearing::Confirms
        } else {
            Bearing::Silent
        }
    }
}

impl<const K: usize> Need<K> {
    fn of(act: &Act, perceived: &[f64; K], profile: &BiasProfile) -> Option<Self> {
        let best = perceived.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let supported = perceived.map(|value| value >= best);
        let exponent = profile.need();
        // What speaks for all alike is believed already.
        let meets = exponent > 0.0 && act.tone() == Tone::Cooperative && supported.contains(&false);
        meets.then_some(Self {
            power: Power::of(exponent),
            supported,
        })
    }

    /// `b^m`, with `b` the belief in the types that the act speaks for.
    #[inline]
    fn share(&self, log_weights: &[f64; K], best: f64) -> f64 {
        let (mut supported, mut all) = (0.0, 0.0);
        for (weight, is_supported) in log_weights.iter().zip(self.supported) {
            let behind = weight - best;
            let share = if behind < 0.0 { behind.exp() } else { 1.0 };
            all += share;
            supported += if is_supported { share } else { 0.0 };
        }
        self.power.of_share(supported / all)
    }
}

impl Power {
    fn of(exponent: f64) -> Self {
        if (exponent - 1.0).abs() <= 0.0 {
            Self::One
        } else if (exponent - 0.5).abs() <= 0.0 {
            Self::Half
        } else {
            Self::Other(exponent)
        }
    }

    #[inline]
    fn of_share(self, share: f64) -> f64 {
        match self {
            Self::One => share,
            Self::Half => share.sqrt(),
            Self::Other(exponent) => share.powf(exponent),
        }
    }
}

/// The place of the largest log-weight, and the two largest.
#[inline]
fn lead<const K: usize>(log_weights: &[f64; K]) -> (usize, f64, f64) {
    let (mut place, mut best, mut second) = (0, log_weights[0], f64::NEG_INFINITY);
    for (candidate, &weight) in log_weights.iter().enumerate().skip(1) {
        second = second.max(weight.min(best));
        place = if weight > best { candidate } else { place };
        best = best.max(weight);
    }
    (place, best, second)
}

fn against_last<const K: usize>(values: [f64; K]) -> [f64; K] {
    values.map(|value| value - values[K - 1])
}
