use crate::SolutionConcept;

/// A package that a lottery may draw.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Prize {
    /// One option for each issue; the place in the list where agreements were given as a list.
    pub package: Vec<u32>,
    /// What the package gives each party.
    pub payoffs: Vec<f64>,
    /// The probability of drawing it.
    pub probability: f64,
}

/// A draw among packages: what the parties agree to where they agree to let chance decide, or
/// divide what can be divided.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Lottery {
    /// What each party expects.
    pub payoffs: Vec<f64>,
    /// The packages drawn from, at most one more than parties; probabilities are positive and sum to
    /// 1 up to rounding.
    pub prizes: Vec<Prize>,
}

/// What a concept picks among the lotteries over agreements.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct LotterySolution {
    /// The concept that picked.
    pub concept: SolutionConcept,
    /// What the concept maximises, as [`Solution::value`](crate::Solution::value) has it, at the
    /// lotteries found. Raiffa's steps maximise nothing: for them, the lowest gain as a share of the
    /// gain at the rational ideal.
    pub value: f64,
    /// No lottery exceeds this: proved by weights on the parties under which every package was
    /// looked at, issue by issue. Equal to `value` for two parties, where there is a closed form,
    /// and for Raiffa.
    pub bound: f64,
    /// The lottery that was picked; two where the sum is highest along a whole side of the
    /// frontier, whose ends they are.
    pub lotteries: Vec<Lottery>,
    /// How often every package was looked at, issue by issue; 0 for a closed form.
    pub rounds: usize,
}

impl LotterySolution {
    /// By how much the value could at most be bettered: never below 0.
    #[must_use]
    pub fn gap(&self) -> f64 {
        (self.bound - self.value).max(0.0)
    }
}
