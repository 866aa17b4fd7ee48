//! Which states are preferred to nonagreement, and which are efficient.

use detente_payoff::ZoneKind;

use crate::{Conflict, Preference, StabilityError, bits};

/// The states that all parties prefer to one that stands for nonagreement, by what is known of their
/// rankings.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct RankedZone {
    /// What is asked of every party.
    pub kind: ZoneKind,
    /// The states that are in the zone under every ranking that agrees with what is known, in order.
    pub certain: Vec<usize>,
    /// Those that are in it under some such rankings only.
    pub possible: Vec<usize>,
}

impl Conflict {
    /// The zone of agreement where preferences are only ranked: the states that are better for the
    /// parties than `nonagreement` is. An opportunity was certainly missed where some state is
    /// certainly in the zone and no agreement came; there was none where the zone is empty of
    /// possible states too.
    ///
    /// Whether a coalition could *move* to such a state is another question, and one that asks less:
    /// see [`coalition_improvements`](Self::coalition_improvements).
    ///
    /// O(players · states).
    ///
    /// # Errors
    /// [`StabilityError::Unknown`] for a state that there is not.
    pub fn ranked_zone(
        &self,
        nonagreement: usize,
        kind: ZoneKind,
    ) -> Result<RankedZone, StabilityError> {
        self.check_state(nonagreement)?;
        let others = || (0..self.n_states()).filter(|state| *state != nonagreement);
        let certain: Vec<usize> = others()
            .filter(|state| self.surely_better(*state, nonagreement, kind))
            .collect();
        let possible = others()
            .filter(|state| certain.binary_search(state).is_err())
            .filter(|state| self.possibly_better(*state, nonagreement, kind))
            .collect();
        Ok(RankedZone {
            kind,
            certain,
            possible,
        })
    }

    fn surely_better(&self, state: usize, without: usize, kind: ZoneKind) -> bool {
        let no_worse = |it: &Preference| it.at_least(state, without);
        let better = |it: &Preference| it.prefers(state, without);
        let all = self.preferences().iter();
        match kind {
            ZoneKind::Strict => all.clone().all(better),
            ZoneKind::Weak => all.clone().all(no_worse),
            ZoneKind::ParetoImproving => all.clone().all(no_worse) && all.clone().any(better),
        }
    }

    /// Rankings of different parties are known apart, so what may be so for each may be so for all.
    fn possibly_better(&self, state: usize, without: usize, kind: ZoneKind) -> bool {
        let no_worse = |it: &Preference| !it.prefers(without, state);
        let better = |it: &Preference| !it.at_least(without, state);
        let all = self.preferences().iter();
        match kind {
            ZoneKind::Strict => all.clone().all(better),
            ZoneKind::Weak => all.clone().all(no_worse),
            ZoneKind::ParetoImproving => all.clone().all(no_worse) && all.clone().any(better),
        }
    }

    /// The states that are efficient by what is known: no other is known to be worse for nobody and
    /// better for somebody. In order. O(players · states² / 64).
    #[must_use]
    pub fn efficient(&self) -> Vec<usize> {
        let n_states = self.n_states();
        let upper: Vec<_> = { self.preferences().iter() }
            .map(|it| it.known_lower().transposed())
            .collect();
        let everywhere = |rows: &mut dyn Iterator<Item = &[u64]>| {
            rows.fold(vec![u64::MAX; n_states.div_ceil(64)], |mut all, row| {
                all.iter_mut().zip(row).for_each(|(all, word)| *all &= word);
                all
            })
        };
        (0..n_states)
            .filter(|state| {
                let no_worse = everywhere(&mut upper.iter().map(|it| it.row(*state)));
                let lower = self.preferences().iter().map(Preference::known_lower);
                let no_better = everywhere(&mut lower.map(|it| it.row(*state)));
                bits::is_subset(&no_worse, &no_better)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Comparison, MoveGraph};

    #[test]
    fn zones_and_efficiency_follow_what_is_known() {
        use Comparison::{Better, Equal};
        let graph = MoveGraph::new(2, 4, &[]).unwrap();
        let ranked = Preference::ranking(4, &[[3].as_slice(), &[1, 2], &[0]]).unwrap();
        let partly = Preference::partial(4, &[Better(1, 0), Equal(2, 0)]).unwrap();
        let conflict = Conflict::new(graph, vec![ranked, partly]).unwrap();
        let zone = |kind| conflict.ranked_zone(0, kind).unwrap();
        let strict = zone(ZoneKind::Strict);
        assert_eq!((strict.certain, strict.possible), (vec![1], vec![3]));
        for kind in [ZoneKind::ParetoImproving, ZoneKind::Weak] {
            let zone = zone(kind);
            assert_eq!((zone.certain, zone.possible), (vec![1, 2], vec![3]));
        }
        assert!(conflict.ranked_zone(4, ZoneKind::Weak).is_err());
        // State 2 is bettered by 1, which is no worse for the first and better for the second.
        assert_eq!(conflict.efficient(), [1, 3]);
    }
}
