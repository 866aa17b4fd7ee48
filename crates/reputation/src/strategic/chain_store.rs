use detente_quantity::Probability;

use crate::ReputationError;

/// The most probes a [`ChainStore`] is asked about.
pub const MOST_PROBES: u32 = 1_000_000;

/// What a [`ChainStore`] is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ChainStoreParams {
    /// N, how many challengers come one after another; 1 to [`MOST_PROBES`].
    pub probes: u32,
    /// p₀, the chance that the incumbent is strong: one that always resists.
    pub strong: Probability,
    /// b, what an unresisted challenge wins its challenger; a resisted one wins `b − 1`, none at all
    /// wins 0. Between 0 and 1, ends excluded.
    pub prize: f64,
    /// a, what an unchallenged period is worth to a weak incumbent, to whom giving way is worth 0
    /// and resisting −1. Above 1.
    pub peace: f64,
}

/// A reputation for resisting: one incumbent, weak or strong, meets N challengers in turn, each of
/// whom saw all that went before (Kreps & Wilson 1982; claim C-29). The sequential equilibrium, with
/// k probes left and belief p in strength:
///
/// - a challenger comes if `p < b^k`, stays out if `p > b^k`, and at `p = b^k` comes with chance
///   `1 − 1/a`;
/// - a weak incumbent that is challenged resists surely if `p ≥ b^(k−1)` and k > 1, never at k = 1, and
///   otherwise with chance `(1 − b^(k−1)) p / ((1 − p) b^(k−1))`;
/// - resistance lifts the belief to `max(b^(k−1), p)`; giving way ends it, at 0.
///
/// A small chance of strength so deters all but the last few challengers.
///
/// ```
/// use detente_quantity::Probability;
/// use detente_reputation::strategic::{ChainStore, ChainStoreParams};
///
/// let game = ChainStore::new(ChainStoreParams {
///     probes: 10,
///     strong: Probability::new(0.05)?,
///     prize: 0.6,
///     peace: 2.0,
/// })?;
/// assert_eq!(game.first_probe(), Some(5)); // five challengers stay out
/// let probe = game.path()[5];
/// assert!((probe.weak_resists.get() - 0.3535).abs() < 1e-4);
/// assert!((probe.after_resistance.get() - 0.1296).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChainStore {
    params: ChainStoreParams,
}

/// What a challenged incumbent does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Response {
    /// It fights, as a strong one always does.
    Resists,
    /// It gives way.
    GivesWay,
}

/// One step of the path of play on which every challenge so far was resisted.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Probe {
    /// How many probes are left, this one included.
    pub left: u32,
    /// The belief in strength before it.
    pub belief: Probability,
    /// The chance that the challenger comes.
    pub enters: Probability,
    /// The chance that a weak incumbent resists if it does.
    pub weak_resists: Probability,
    /// The belief in strength after resistance.
    pub after_resistance: Probability,
}

impl ChainStore {
    /// Checks the parameters.
    ///
    /// # Errors
    /// [`ReputationError::OutOfRange`] naming the first that is outside its range.
    pub fn new(params: ChainStoreParams) -> Result<Self, ReputationError> {
        let refuse = |quantity, given, expected| {
            Err(ReputationError::OutOfRange {
                quantity,
                given,
                expected,
            })
        };
        if !(1..=MOST_PROBES).contains(&params.probes) {
            let expected = "a number from 1 to 1000000";
            return refuse("number of probes", f64::from(params.probes), expected);
        }
        if !(params.prize > 0.0 && params.prize < 1.0) {
            let expected = "a number between 0 and 1, ends excluded";
            return refuse("prize of a challenge", params.prize, expected);
        }
        if !(params.peace > 1.0 && params.peace.is_finite()) {
            return refuse("worth of peace", params.peace, "a finite number above 1");
        }
        Ok(Self { params })
    }

    /// The parameters.
    #[must_use]
    pub const fn params(&self) -> &ChainStoreParams {
        &self.params
    }

    /// The belief at which a challenger with `left` probes to go, its own included, is indifferent:
    /// `b^left`; 1 with none left.
    #[must_use]
    pub fn cutoff(&self, left: u32) -> Probability {
        Probability::saturating(self.params.prize.powf(f64::from(left)))
    }

    /// The chance that a challenger comes, with `left` probes to go and this belief in strength.
    #[must_use]
    pub fn enters(&self, left: u32, belief: Probability) -> Probability {
        let cutoff = self.cutoff(left);
        if belief < cutoff || belief == Probability::ZERO {
            Probability::ONE
        } else if belief > cutoff {
            Probability::ZERO
        } else {
            Probability::saturating(1.0 - 1.0 / self.params.peace)
        }
    }

    /// The chance that a weak incumbent resists a challenge, with `left` probes to go, this one
    /// included, and this belief in its strength.
    #[must_use]
    pub fn weak_resists(&self, left: u32, belief: Probability) -> Probability {
        let next = self.cutoff(left.saturating_sub(1));
        if left <= 1 || belief == Probability::ZERO {
            Probability::ZERO
        } else if belief >= next {
            Probability::ONE
        } else {
            let odds = belief.get() / belief.complement().get();
            Probability::saturating(odds * (next.complement().get() / next.get()))
        }
    }

    /// The belief in strength after a challenge was met so.
    #[must_use]
    pub fn posterior(&self, left: u32, belief: Probability, response: Response) -> Probability {
        match response {
            Response::GivesWay => Probability::ZERO,
            Response::Resists if belief == Probability::ZERO => Probability::ZERO,
            Response::Resists => {
                let next = self.cutoff(left.saturating_sub(1));
                if belief < next { next } else { belief }
            }
        }
    }

    /// What the game is worth to a weak incumbent with `left` probes to go and this belief in its
    /// strength: `a` for each probe before the first that will come, and 1 more where that challenger
    /// is indifferent.
    #[must_use]
    pub fn weak_value(&self, left: u32, belief: Probability) -> f64 {
        if belief == Probability::ZERO {
            return 0.0;
        }
        let first = self.first_at(left, belief);
        let indifferent = first > 0 && belief == self.cutoff(first);
        f64::from(left - first) * self.params.peace + f64::from(u8::from(indifferent))
    }

    /// How many probes are left when the first challenger may come; `None` if none ever does.
    #[must_use]
    pub fn first_probe(&self) -> Option<u32> {
        match self.first_at(self.params.probes, self.params.strong) {
            0 => None,
            left => Some(left),
        }
    }

    /// The path of play as long as every challenge is resisted and every indifferent challenger
    /// comes, from the first probe to the last. O(probes).
    #[must_use]
    pub fn path(&self) -> Vec<Probe> {
        let mut belief = self.params.strong;
        (1..=self.params.probes)
            .rev()
            .map(|left| {
                let probe = Probe {
                    left,
                    belief,
                    enters: self.enters(left, belief),
                    weak_resists: self.weak_resists(left, belief),
                    after_resistance: self.posterior(left, belief, Response::Resists),
                };
                if probe.enters > Probability::ZERO {
                    belief = probe.after_resistance;
                }
                probe
            })
            .collect()
    }

    /// The largest number of probes, up to `left`, at which a challenger comes with some chance at
    /// this belief; 0 if there is none. Cutoffs fall with the probes left, so that it is found by
    /// halving.
    fn first_at(&self, left: u32, belief: Probability) -> u32 {
        let (mut comes, mut stays_out) = (0, left.saturating_add(1));
        while stays_out - comes > 1 {
            let middle = comes + (stays_out - comes) / 2;
            if self.enters(middle, belief) > Probability::ZERO {
                comes = middle;
            } else {
                stays_out = middle;
            }
        }
        comes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn game(probes: u32, strong: f64, prize: f64) -> Result<ChainStore, ReputationError> {
        ChainStore::new(ChainStoreParams {
            probes,
            strong: Probability::new(strong).unwrap(),
            prize,
            peace: 2.0,
        })
    }

    #[test]
    fn bad_games_are_named() {
        let message = |game: Result<ChainStore, ReputationError>| game.unwrap_err().to_string();
        assert!(message(game(0, 0.1, 0.5)).starts_with("number of probes is 0"));
        assert!(message(game(u32::MAX, 0.1, 0.5)).starts_with("number of probes is"));
        for prize in [0.0, 1.0, f64::NAN] {
            assert!(message(game(3, 0.1, prize)).starts_with("prize of a challenge"));
        }
        let params = *game(3, 0.1, 0.5).unwrap().params();
        for peace in [1.0, f64::INFINITY, f64::NAN] {
            let refused = ChainStore::new(ChainStoreParams { peace, ..params });
            assert!(message(refused).starts_with("worth of peace"));
        }
    }

    #[test]
    fn a_challenger_that_is_indifferent_comes_by_chance() {
        // At b = ½ and p₀ = ¼ the challenger with two probes left is indifferent.
        let game = game(4, 0.25, 0.5).unwrap();
        assert_eq!(game.first_probe(), Some(2));
        let path = game.path();
        assert_eq!(
            path.iter().map(|probe| probe.left).collect::<Vec<_>>(),
            [4, 3, 2, 1]
        );
        let enters: Vec<f64> = path.iter().map(|probe| probe.enters.get()).collect();
        assert_eq!(enters, [0.0, 0.0, 0.5, 0.5]);
        approx::assert_relative_eq!(path[2].weak_resists.get(), 1.0 / 3.0, epsilon = 1e-15);
        assert_eq!(
            (path[3].belief.get(), path[3].weak_resists.get()),
            (0.5, 0.0)
        );
        assert_eq!(game.weak_value(4, Probability::new(0.25).unwrap()), 5.0);
    }

    #[test]
    fn the_weak_are_challenged_and_the_strong_are_not() {
        let weak = game(1000, 0.0, 0.6).unwrap();
        assert_eq!(weak.first_probe(), Some(1000));
        assert!(
            weak.path()
                .iter()
                .all(|probe| probe.weak_resists == Probability::ZERO)
        );
        let strong = game(MOST_PROBES, 1.0, 0.6).unwrap();
        assert_eq!(strong.first_probe(), None);
        assert_eq!(strong.path().len(), 1_000_000);
        assert_eq!(strong.weak_value(3, Probability::ONE), 6.0);
        // The faintest chance of strength deters the first of a million.
        assert!(game(MOST_PROBES, 1e-300, 0.6).unwrap().first_probe() < Some(2000));
    }
}
