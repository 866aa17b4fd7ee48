//! Which type an observer favours, and what an act says of it.

use detente_reputation::Belief;

/// How an act bears on the type that the observer holds most probable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bearing {
    /// It raises that type's probability.
    Confirms,
    /// It lowers it.
    Contradicts,
    /// It leaves it as it is.
    Silent,
    /// No type leads.
    Level,
}

impl Bearing {
    /// Every way, each at the place of its number.
    pub(crate) const ALL: [Self; 4] =
        [Self::Confirms, Self::Contradicts, Self::Silent, Self::Level];

    /// How close the two leading types must be, in log-odds, to count as level: rounding must not
    /// decide what an observer expects.
    pub(crate) const LEVEL: f64 = 1e-9;

    /// The bearing of an act with these log-likelihoods times `sign` on `belief`. O(types), and
    /// without an exponential where the act favours the leader over all others or none.
    pub(crate) fn of(belief: &Belief, log_likelihood: &[f64], sign: f64) -> Self {
        let Some(leader) = leader(belief.log_weights()) else {
            return Self::Level;
        };
        let own = log_likelihood[leader];
        let rivals = || {
            let places = belief.log_weights().iter().zip(log_likelihood).enumerate();
            places
                .filter(move |(place, (weight, _))| {
                    *place != leader && **weight != f64::NEG_INFINITY
                })
                .map(move |(_, (&weight, &value))| (weight, sign * (value - own)))
        };
        let (mut some_gain, mut some_lose) = (false, false);
        for (_, gain) in rivals() {
            some_gain |= gain > 0.0;
            some_lose |= gain < 0.0;
        }
        // Where they differ, the leader gains iff its likelihood exceeds the mean over its rivals.
        let net = match (some_gain, some_lose) {
            (true, true) => rivals().map(|(weight, gain)| tilt(weight, gain)).sum(),
            (true, false) => 1.0,
            (false, true) => -1.0,
            (false, false) => 0.0,
        };
        if net > 0.0 {
            Self::Contradicts
        } else if net < 0.0 {
            Self::Confirms
        } else {
            Self::Silent
        }
    }
}

/// `e^w·(e^g − 1)`, where a rival too improbable for `f64` may still be carried by its gain.
fn tilt(weight: f64, gain: f64) -> f64 {
    let share = weight.exp();
    if share > 0.0 {
        share * gain.exp_m1()
    } else {
        (weight + gain).exp()
    }
}

/// The place of the most probable type, if it leads.
fn leader(log_weights: &[f64]) -> Option<usize> {
    let (mut place, mut best, mut second) = (0, f64::NEG_INFINITY, f64::NEG_INFINITY);
    for (candidate, &weight) in log_weights.iter().enumerate() {
        if weight > best {
            (place, second, best) = (candidate, best, weight);
        } else if weight > second {
            second = weight;
        }
    }
    (best - second >= Bearing::LEVEL).then_some(place)
}

#[cfg(test)]
mod tests {
    use detente_reputation::strategies as reputation;
    use proptest::prelude::*;

    use super::*;

    const OUT: f64 = f64::NEG_INFINITY;

    #[track_caller]
    fn check(weights: &[f64], read: &[f64], expected: Bearing) {
        let belief = Belief::from_log_weights(weights.to_vec()).unwrap();
        assert_eq!(Bearing::of(&belief, read, 1.0), expected);
    }

    #[test]
    fn two_types_bear_as_the_signal_points() {
        check(&[1.0, 0.0], &[-1.0, -2.0], Bearing::Confirms);
        check(&[1.0, 0.0], &[-2.0, -1.0], Bearing::Contradicts);
        check(&[1.0, 0.0], &[-1.0, -1.0], Bearing::Silent);
        check(&[1.0, 0.0], &[OUT, -1.0], Bearing::Contradicts);
        check(&[1.0, 0.0], &[-1.0, OUT], Bearing::Confirms);
        check(&[1.0, 0.0], &[OUT, OUT], Bearing::Silent);
        check(&[1.0, 1.0 + 1e-12], &[0.0, -1.0], Bearing::Level);
        check(&[0.0, OUT], &[0.0, 5.0], Bearing::Silent);
        check(&[0.0], &[0.0], Bearing::Silent);
    }

    proptest! {
        #[test]
        fn it_is_what_bayes_would_do_to_the_leader(
            belief in reputation::belief(4), read in proptest::collection::vec(-3.0..3.0_f64, 4),
            retracting in any::<bool>(),
        ) {
            let sign = if retracting { -1.0 } else { 1.0 };
            let Some(leader) = leader(belief.log_weights()) else { return Ok(()) };
            let moved = belief.log_weights().iter().zip(&read).map(|(w, l)| w + sign * l);
            let after = Belief::from_log_weights(moved.collect()).unwrap();
            let change = after.log_odds(leader).unwrap().get() - belief.log_odds(leader).unwrap().get();
            prop_assume!(change.abs() > 1e-9);
            let expected = if change > 0.0 { Bearing::Confirms } else { Bearing::Contradicts };
            prop_assert_eq!(Bearing::of(&belief, &read, sign), expected);
        }
    }
}
