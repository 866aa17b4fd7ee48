use std::fmt;

use detente_quantity::Stakes;

/// The kind of game that carrying out an agreement is when both parties have the same stakes, by
/// the order of temptation `t`, reward `r`, punishment `p` and sucker's payoff `s`.
///
/// The twelve names are those of the symmetric strict ordinal 2×2 games (Rapoport and Guyer 1966;
/// Robinson and Goforth 2005; names after Bruns 2015). They cover the twelve orders in which `t`
/// or `r` comes first; the other twelve are the same games with honouring and cheating exchanged,
/// and are [`Other`](Self::Other). [`GameFamily`](crate::GameFamily) is the coarser question of
/// what each party has reason to do, and covers all orders.
///
/// ```
/// use detente_quantity::Stakes;
/// use detente_reciprocity::GameKind;
/// assert_eq!(GameKind::of(&Stakes::new(3.0, 4.0, 2.0, 1.0)?), GameKind::StagHunt);
/// assert_eq!(GameKind::of(&Stakes::new(4.0, 3.0, 1.0, 2.0)?), GameKind::Chicken);
/// # Ok::<(), detente_quantity::QuantityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum GameKind {
    /// `t > r > p > s`: each would rather cheat, both would rather that neither did.
    PrisonersDilemma,
    /// `t > r > s > p`: mutual cheating is the worst of all.
    Chicken,
    /// `t > s > r > p`, also battle of the sexes: better to differ, best to be the one who cheats.
    Leader,
    /// `t > s > p > r`: better to differ; honouring together is the worst of all.
    Hero,
    /// `t > p > s > r`.
    Compromise,
    /// `t > p > r > s`: both prefer no agreement to this one.
    Deadlock,
    /// `r > t > p > s`: honouring together is best, honouring alone is worst.
    StagHunt,
    /// `r > p > t > s`: as the stag hunt, but cheating alone is no better than no agreement.
    Assurance,
    /// `r > p > s > t`: better to do the same as the other.
    Coordination,
    /// `r > s > p > t`.
    Peace,
    /// `r > s > t > p`.
    Harmony,
    /// `r > t > s > p`, also no conflict.
    Concord,
    /// A strict order in which `p` or `s` comes first: one of the games above with honouring and
    /// cheating exchanged (`r` with `p`, `t` with `s`).
    Other,
    /// At least two of the four payoffs are equal.
    Tied,
}

impl GameKind {
    /// Every kind, in the order of the declaration.
    pub const ALL: [Self; 14] = [
        Self::PrisonersDilemma,
        Self::Chicken,
        Self::Leader,
        Self::Hero,
        Self::Compromise,
        Self::Deadlock,
        Self::StagHunt,
        Self::Assurance,
        Self::Coordination,
        Self::Peace,
        Self::Harmony,
        Self::Concord,
        Self::Other,
        Self::Tied,
    ];

    /// The kind of game with these stakes on both sides. Comparisons are exact: payoffs that
    /// differ in the last bit are not tied.
    #[must_use]
    pub fn of(stakes: &Stakes) -> Self {
        Self::of_payoffs([stakes.t(), stakes.r(), stakes.p(), stakes.s()])
    }

    /// The same of four payoffs, or their ranks, in the order t, r, p, s.
    pub(crate) fn of_payoffs<N: PartialOrd + Copy>([t, r, p, s]: [N; 4]) -> Self {
        let descending = |order: [N; 4]| order.is_sorted_by(|higher, lower| higher > lower);
        match () {
            () if [(t, r), (t, p), (t, s), (r, p), (r, s), (p, s)]
                .iter()
                .any(|(a, b)| a == b) =>
            {
                Self::Tied
            }
            () if descending([t, r, p, s]) => Self::PrisonersDilemma,
            () if descending([t, r, s, p]) => Self::Chicken,
            () if descending([t, s, r, p]) => Self::Leader,
            () if descending([t, s, p, r]) => Self::Hero,
            () if descending([t, p, s, r]) => Self::Compromise,
            () if descending([t, p, r, s]) => Self::Deadlock,
            () if descending([r, t, p, s]) => Self::StagHunt,
            () if descending([r, p, t, s]) => Self::Assurance,
            () if descending([r, p, s, t]) => Self::Coordination,
            () if descending([r, s, p, t]) => Self::Peace,
            () if descending([r, s, t, p]) => Self::Harmony,
            () if descending([r, t, s, p]) => Self::Concord,
            () => Self::Other,
        }
    }

    /// The two letters that stand for the kind in the names of classes (Bruns 2015).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PrisonersDilemma => "Pd",
            Self::Chicken => "Ch",
            Self::Leader => "Ba",
            Self::Hero => "Hr",
            Self::Compromise => "Cm",
            Self::Deadlock => "Dl",
            Self::StagHunt => "Sh",
            Self::Assurance => "As",
            Self::Coordination => "Co",
            Self::Peace => "Pc",
            Self::Harmony => "Ha",
            Self::Concord => "Nc",
            Self::Other => "??",
            Self::Tied => "==",
        }
    }

    /// The name in words, as it stands in a sentence.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PrisonersDilemma => "prisoner's dilemma",
            Self::Chicken => "chicken",
            Self::Leader => "leader",
            Self::Hero => "hero",
            Self::Compromise => "compromise",
            Self::Deadlock => "deadlock",
            Self::StagHunt => "stag hunt",
            Self::Assurance => "assurance",
            Self::Coordination => "coordination",
            Self::Peace => "peace",
            Self::Harmony => "harmony",
            Self::Concord => "concord",
            Self::Other => "unnamed",
            Self::Tied => "tied",
        }
    }
}

impl fmt::Display for GameKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All 256 ways of giving the four payoffs the values 1 to 4.
    fn all_orders() -> impl Iterator<Item = Stakes> {
        (0..256_u16).map(|code| {
            let digit = |place: u32| f64::from(code / 4_u16.pow(place) % 4 + 1);
            Stakes::new(digit(0), digit(1), digit(2), digit(3)).unwrap()
        })
    }

    fn count(kind: GameKind) -> usize {
        all_orders()
            .filter(|stakes| GameKind::of(stakes) == kind)
            .count()
    }

    #[test]
    fn every_strict_order_has_one_name() {
        for kind in GameKind::ALL {
            let expected = match kind {
                GameKind::Other => 12,
                GameKind::Tied => 256 - 24,
                _ => 1,
            };
            assert_eq!(count(kind), expected, "{kind}");
        }
    }

    #[test]
    fn exchanging_honour_and_cheating_maps_the_named_onto_the_others() {
        for stakes in all_orders() {
            let (t, r, p, s) = (stakes.t(), stakes.r(), stakes.p(), stakes.s());
            let exchanged = GameKind::of(&Stakes::new(s, p, r, t).unwrap());
            match GameKind::of(&stakes) {
                GameKind::Tied => assert_eq!(exchanged, GameKind::Tied),
                GameKind::Other => assert!(exchanged < GameKind::Other),
                _ => assert_eq!(exchanged, GameKind::Other),
            }
        }
    }

    #[test]
    fn zero_of_either_sign_is_the_same_payoff() {
        assert_eq!(
            GameKind::of(&Stakes::new(0.0, -0.0, 1.0, 2.0).unwrap()),
            GameKind::Tied
        );
    }
}
