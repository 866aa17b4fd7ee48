use detente_quantity::Probability;

/// How an observer learns of acts: the chance of hearing of an act that was done, and of one that
/// was not. The observer's own eyes, a spy, or a third party with an axe to grind.
///
/// An act of likelihood `L` under a type is reported with chance `tL + f(1 − L)`, with `t` the hit
/// rate and `f` the false alarms. A channel with `t = f` is noise; one with `t < f` lies, and its
/// reports are read inverted.
///
/// ```
/// use detente_quantity::Probability;
/// use detente_reputation::Channel;
/// let chance = |p| Probability::new(p);
/// let liar = Channel { hit: chance(0.1)?, false_alarm: chance(0.9)? };
/// // What the liar says was done was probably not.
/// assert!((liar.reported(chance(0.9)?).get() - 0.18).abs() < 1e-15);
/// assert_eq!(Channel::PERFECT.reported(chance(0.9)?).get(), 0.9);
/// # Ok::<(), detente_quantity::QuantityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Channel {
    /// The chance that an act that was done is reported.
    pub hit: Probability,
    /// The chance that an act that was not done is reported all the same.
    pub false_alarm: Probability,
}

impl Channel {
    /// Every act is seen, and none that was not done.
    pub const PERFECT: Self = Self {
        hit: Probability::ONE,
        false_alarm: Probability::ZERO,
    };

    /// Errors alike both ways: what was done is taken for its contrary with chance `error`, and the
    /// reverse.
    #[must_use]
    pub fn with_error(error: Probability) -> Self {
        Self {
            hit: error.complement(),
            false_alarm: error,
        }
    }

    /// The chance that an act of this likelihood is reported: `tL + f(1 − L)`.
    #[must_use]
    pub fn reported(self, likelihood: Probability) -> Probability {
        let done = self.hit.get() * likelihood.get();
        Probability::saturating(done + self.false_alarm.get() * likelihood.complement().get())
    }
}
