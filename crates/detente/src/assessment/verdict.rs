use std::collections::BTreeMap;

use detente_uncertainty::{Proportion, Replicates};
use serde::Serialize;

/// What stopped the agreement that came furthest: the first empty set of the funnel (model §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// No agreement was preferred by all to none: there was nothing to miss (hard-core Realism).
    ConflictOfInterest,
    /// No preferred agreement would have been honoured by all (soft-core Realism).
    NotSelfEnforcing,
    /// No such agreement was prudent on the evidence as it was (rational choice).
    PrudentDistrust,
    /// No prudent agreement was affordable for every leader at home (domestic legitimacy).
    Domestic,
    /// No affordable agreement was seen as such on the evidence as it was read (social psychology).
    Misperception,
    /// Some agreement survives every barrier.
    AgreementExpected,
}

impl Verdict {
    /// Every verdict, in the order of the barriers.
    pub const ALL: [Self; 6] = [
        Self::ConflictOfInterest,
        Self::NotSelfEnforcing,
        Self::PrudentDistrust,
        Self::Domestic,
        Self::Misperception,
        Self::AgreementExpected,
    ];

    /// The verdict on counts of agreements: all, then the survivors of each barrier.
    #[must_use]
    pub fn of(survivors: &[u64; 6]) -> Self {
        let empty = survivors[1..].iter().position(|&count| count == 0);
        Self::ALL[empty.unwrap_or(5)]
    }

    /// The barrier it names, if any.
    #[must_use]
    pub fn barrier(self) -> Option<Barrier> {
        Barrier::ALL.get(self as usize).copied()
    }
}

/// One of the five barriers, in the order in which an agreement meets them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Barrier {
    /// Every party must prefer the agreement to none.
    ConflictOfInterest,
    /// Every party's true type must honour it.
    Anarchy,
    /// Every nation must accept it on the evidence as it was.
    PrudentDistrust,
    /// Every leader must afford it.
    DomesticLegitimacy,
    /// Every leader must accept it on the evidence as it was read.
    Misperception,
}

impl Barrier {
    /// The five barriers in order.
    pub const ALL: [Self; 5] = [
        Self::ConflictOfInterest,
        Self::Anarchy,
        Self::PrudentDistrust,
        Self::DomesticLegitimacy,
        Self::Misperception,
    ];

    /// The four that attribution removes, in the order of its shares; conflict of interest is a
    /// gate.
    pub const REMOVABLE: [Self; 4] = [
        Self::Anarchy,
        Self::PrudentDistrust,
        Self::DomesticLegitimacy,
        Self::Misperception,
    ];
}

/// A chance estimated from draws.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Chance {
    /// The share of draws, from 0 to 1.
    pub estimate: f64,
    /// Its standard error: √(p(1 − p)/n) of n independent draws; 0 where all agree. Where draws are
    /// made in replicates (see [`Placement`](super::Placement)), that of the mean of replicates or,
    /// where only some draws count, of their ratio (Cochran 1977, ch. 6); if only one replicate has
    /// draws that count, again as of independent ones.
    pub standard_error: f64,
    /// The 95% interval: Wilson's, which stays informative where all draws agree, or Student's over
    /// replicates that differ.
    pub interval: [f64; 2],
}

impl Chance {
    /// The same chance with the error that replicates show. Where they all agree they show none, and
    /// the interval of as many independent draws, which is wider, stays.
    pub(crate) fn over(self, replicates: &Replicates) -> Self {
        let standard_error = replicates.standard_error;
        let interval = match standard_error > 0.0 {
            true => [replicates.low.max(0.0), replicates.high.min(1.0)],
            false => self.interval,
        };
        Self {
            standard_error,
            interval,
            ..self
        }
    }
}

impl From<Proportion> for Chance {
    fn from(proportion: Proportion) -> Self {
        let interval = proportion.wilson_interval();
        Self {
            estimate: proportion.estimate().get(),
            standard_error: proportion.standard_error(),
            interval: [interval.low(), interval.high()],
        }
    }
}

/// A barrier that the case leaves open for a party, and that therefore removes nobody there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotCoded {
    /// The barrier.
    pub barrier: Barrier,
    /// The parties it is not coded for, by id: all of them where the barrier is absent altogether.
    pub parties: Vec<String>,
    /// Whether no party codes it.
    pub altogether: bool,
    /// Prudent distrust alone: pairs of parties of which the first says nothing of its belief in the
    /// second, and so is taken to trust it fully, though it says what it believes of others.
    pub taken_on_trust: Vec<TakenOnTrust>,
}

/// One party's belief in another that the case leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TakenOnTrust {
    /// Who is taken to trust, by id.
    pub observer: String,
    /// Whom, by id.
    pub about: String,
}

/// The verdict at central values and over draws.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VerdictReport {
    /// At central values.
    pub central: Verdict,
    /// The share of draws with each verdict, every verdict listed; empty without draws.
    pub probabilities: BTreeMap<Verdict, f64>,
    /// The same with standard errors and intervals.
    pub chances: BTreeMap<Verdict, Chance>,
    /// Barriers that are not coded, and for whom.
    pub not_coded: Vec<NotCoded>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verdict_is_the_first_empty_set() {
        assert_eq!(
            Verdict::of(&[6, 0, 0, 0, 0, 0]),
            Verdict::ConflictOfInterest
        );
        assert_eq!(Verdict::of(&[6, 5, 0, 0, 0, 0]), Verdict::NotSelfEnforcing);
        assert_eq!(Verdict::of(&[6, 5, 4, 3, 2, 0]), Verdict::Misperception);
        assert_eq!(Verdict::of(&[6, 5, 4, 3, 2, 1]), Verdict::AgreementExpected);
    }

    #[test]
    fn every_verdict_but_agreement_names_its_barrier() {
        let barriers: Vec<Barrier> = Verdict::ALL.iter().filter_map(|it| it.barrier()).collect();
        assert_eq!(barriers, Barrier::ALL);
        assert_eq!(Verdict::AgreementExpected.barrier(), None);
    }
}
