use serde::Serialize;

use super::words;

/// What a number of a case is about, what was believed before what was wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// Priors, biases, and how hostile the audience at home thinks the adversary.
    Beliefs,
    /// What acts say of who did them: likelihoods, and how far the situation forced them.
    Evidence,
    /// What a leader has at stake at home, and the floor of ratification.
    HomeFront,
    /// Patience, detection, and how a type's temptation differs.
    Conduct,
    /// Payoffs, nonagreement, temptation and exposure.
    Interests,
    /// Which type a party was: a fact of the world.
    TrueType,
}

impl Aspect {
    /// Every aspect, in order.
    pub const ALL: [Self; 6] = [
        Self::Beliefs,
        Self::Evidence,
        Self::HomeFront,
        Self::Conduct,
        Self::Interests,
        Self::TrueType,
    ];

    /// The word for it, as results name it: `home_front`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Beliefs => "beliefs",
            Self::Evidence => "evidence",
            Self::HomeFront => "home_front",
            Self::Conduct => "conduct",
            Self::Interests => "interests",
            Self::TrueType => "true_type",
        }
    }

    /// What an input is about, by its name.
    ///
    /// ```
    /// use detente::Aspect;
    /// assert_eq!(Aspect::of("party.us.bias.evidence_weight"), Aspect::Beliefs);
    /// assert_eq!(Aspect::of("party.us.payoff.inf.keep"), Aspect::Interests);
    /// ```
    #[must_use]
    pub fn of(name: &str) -> Self {
        let words = words(name);
        let word = |place: usize| words.get(place).copied();
        if word(0) == Some("act") {
            return Self::Evidence;
        }
        match (word(2).unwrap_or_default(), word(3)) {
            ("prior" | "bias", _) | ("home", Some("audience_hostility")) => Self::Beliefs,
            ("home" | "ratification_floor", _) => Self::HomeFront,
            ("type" | "detection", _) => Self::Conduct,
            ("true_type", _) => Self::TrueType,
            _ => Self::Interests,
        }
    }
}
