use std::{collections::BTreeSet, fmt};

use super::class::GameClass;

/// What a strict 2 × 2 game comes to: its pure equilibria by the ranks of what they pay, 4 the best
/// (after Robinson and Goforth 2005; Bruns 2015). The eight families part the 144 classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum OutcomeFamily {
    /// An outcome is best for both, and an equilibrium: 36 classes.
    WinWin,
    /// One equilibrium, best for one and second-best for the other: 36 classes.
    Biased,
    /// One equilibrium, second-best for both: 12 classes.
    SecondBest,
    /// One equilibrium, best for one and third for the other: 18 classes.
    Unfair,
    /// One equilibrium, second-best for one and third for the other: 12 classes.
    Inferior,
    /// One equilibrium, third for both: 3 classes, the prisoner's dilemma among them.
    Tragic,
    /// Two equilibria, neither best for both: 9 classes, chicken among them.
    TwoEquilibria,
    /// No equilibrium in pure strategies: 18 classes.
    Cyclic,
}

impl OutcomeFamily {
    /// The name in words, as it stands in a sentence.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::WinWin => "win-win",
            Self::Biased => "biased",
            Self::SecondBest => "second-best",
            Self::Unfair => "unfair",
            Self::Inferior => "inferior",
            Self::Tragic => "tragic",
            Self::TwoEquilibria => "two equilibria, neither best for both",
            Self::Cyclic => "cyclic",
        }
    }
}

impl fmt::Display for OutcomeFamily {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl GameClass {
    /// The family of a class; with ties, that of all strict classes it may be once they are broken,
    /// and `None` if those are of several families.
    #[must_use]
    pub fn family(self) -> Option<OutcomeFamily> {
        if self.is_strict() {
            return Some(family_of_strict(self));
        }
        let families = self.families();
        families.first().copied().filter(|_| families.len() == 1)
    }

    /// The families that a class may be of once all ties are broken.
    #[must_use]
    pub fn families(self) -> BTreeSet<OutcomeFamily> {
        self.refinements()
            .into_iter()
            .map(family_of_strict)
            .collect()
    }
}

fn family_of_strict(class: GameClass) -> OutcomeFamily {
    let mut equilibria = class.equilibria();
    match (equilibria.next(), equilibria.next()) {
        _ if class.is_win_win() => OutcomeFamily::WinWin,
        (None, _) => OutcomeFamily::Cyclic,
        (_, Some(_)) => OutcomeFamily::TwoEquilibria,
        (Some((row, column)), None) => match (row.max(column), row.min(column)) {
            (4, 3) => OutcomeFamily::Biased,
            (4, _) => OutcomeFamily::Unfair,
            (3, 3) => OutcomeFamily::SecondBest,
            (3, _) => OutcomeFamily::Inferior,
            _ => OutcomeFamily::Tragic,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{OutcomeFamily::*, *};
    use crate::taxonomy::class::tests::all_classes;

    #[test]
    fn families_part_the_strict_classes() {
        let all = all_classes();
        let count = |family: OutcomeFamily| {
            let strict = all.iter().filter(|class| class.is_strict());
            strict
                .filter(|class| class.family() == Some(family))
                .count()
        };
        let sizes = [
            WinWin,
            Biased,
            SecondBest,
            Unfair,
            Inferior,
            Tragic,
            TwoEquilibria,
            Cyclic,
        ];
        assert_eq!(sizes.map(count), [36, 36, 12, 18, 12, 3, 9, 18]);
    }

    #[test]
    fn a_tie_that_does_not_matter_leaves_the_family() {
        let all = all_classes();
        let tied = all.iter().filter(|class| !class.is_strict());
        for class in tied {
            let families = class.families();
            assert_eq!(class.family().is_some(), families.len() == 1, "{class}");
            assert!(!families.is_empty());
        }
    }
}
