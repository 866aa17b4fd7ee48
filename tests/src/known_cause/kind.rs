use detente::assessment::{Barrier, Verdict};

use Barrier::{Anarchy, DomesticLegitimacy, Misperception, PrudentDistrust};

/// Why no agreement comes in a world, by its construction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// One barrier alone: conflict of interest, or one that can be removed. Anarchy alone keeps
    /// parties from signing only in a game of chicken: each knows that the others would cheat, would
    /// still sign if it were to honour (e < 0), and gains nothing by cheating cheats.
    Only(Barrier),
    /// Two barriers, both of which must fall.
    Both(Barrier, Barrier),
    /// Two barriers, either of which is a way out.
    Either(Barrier, Barrier),
    /// Nothing keeps the parties from signing, but some true type, trusted by all, would cheat.
    BrokenFaith,
    /// An agreement is within reach, and biases and home fronts are not coded.
    Reachable,
    /// An agreement is within reach; every party has a bias and a home front, strong, not binding.
    Decoys,
}

/// What there is to say of a world or an assessment of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attributed {
    /// No agreement was mutually preferred.
    ConflictOfInterest,
    /// An agreement is expected: there is nothing to attribute.
    Agreement,
    /// Inclusion-minimal sets of barriers that must fall together.
    Barriers(Vec<Vec<Barrier>>),
}

impl Kind {
    /// Every kind, in the order of the tables.
    pub const ALL: [Self; 17] = [
        Self::Only(Barrier::ConflictOfInterest),
        Self::Only(Anarchy),
        Self::Only(PrudentDistrust),
        Self::Only(DomesticLegitimacy),
        Self::Only(Misperception),
        Self::BrokenFaith,
        Self::Reachable,
        Self::Decoys,
        Self::Both(Anarchy, PrudentDistrust),
        Self::Both(Anarchy, DomesticLegitimacy),
        Self::Both(Anarchy, Misperception),
        Self::Both(PrudentDistrust, DomesticLegitimacy),
        Self::Both(PrudentDistrust, Misperception),
        Self::Both(DomesticLegitimacy, Misperception),
        Self::Either(PrudentDistrust, DomesticLegitimacy),
        Self::Either(PrudentDistrust, Misperception),
        Self::Either(DomesticLegitimacy, Misperception),
    ];

    /// What it is called in tables.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Only(barrier) => short(barrier).to_owned(),
            Self::Both(first, second) => format!("{} and {}", short(first), short(second)),
            Self::Either(first, second) => format!("{} or {}", short(first), short(second)),
            Self::BrokenFaith => "broken faith".to_owned(),
            Self::Reachable => "within reach".to_owned(),
            Self::Decoys => "strong decoys".to_owned(),
        }
    }

    /// The pair of barriers, if it takes two.
    #[must_use]
    pub fn pair(self) -> Option<[Barrier; 2]> {
        match self {
            Self::Both(first, second) | Self::Either(first, second) => Some([first, second]),
            _ => None,
        }
    }

    /// Whether an agreement is within reach, so that naming any barrier is a false alarm.
    #[must_use]
    pub fn is_reachable(self) -> bool {
        matches!(self, Self::Reachable | Self::Decoys)
    }

    /// The first empty set of the funnel. Of two barriers on one agreement it is the first, of one
    /// agreement each the one on the agreement that gets further.
    #[must_use]
    pub fn verdict(self) -> Verdict {
        let barrier = match self {
            Self::Only(barrier) | Self::Both(barrier, _) | Self::Either(_, barrier) => barrier,
            Self::BrokenFaith => Anarchy,
            Self::Reachable | Self::Decoys => return Verdict::AgreementExpected,
        };
        Verdict::ALL[barrier as usize]
    }

    /// What attribution should say (model §6): the minimal sets, or why there are none.
    #[must_use]
    pub fn truth(self) -> Attributed {
        match self {
            Self::Only(Barrier::ConflictOfInterest) => Attributed::ConflictOfInterest,
            Self::Only(barrier) => Attributed::Barriers(vec![vec![barrier]]),
            Self::Both(first, second) => Attributed::Barriers(vec![vec![first, second]]),
            Self::Either(first, second) => Attributed::Barriers(vec![vec![first], vec![second]]),
            Self::BrokenFaith | Self::Reachable | Self::Decoys => Attributed::Agreement,
        }
    }
}

/// A barrier in one word.
#[must_use]
pub fn short(barrier: Barrier) -> &'static str {
    match barrier {
        Barrier::ConflictOfInterest => "conflict",
        Anarchy => "anarchy",
        PrudentDistrust => "distrust",
        DomesticLegitimacy => "domestic",
        Misperception => "misread",
    }
}
