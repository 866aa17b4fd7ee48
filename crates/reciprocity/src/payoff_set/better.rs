use super::{PayoffSet, plane::edges, stage::ExactPoint};
use crate::Fraction;

impl PayoffSet {
    /// The pair of payoffs of the inner set that gives both the same part, as large as can be, of the
    /// most that each could gain over the payoffs given (Kalai and Smorodinsky 1975). `None` if no pair
    /// is better for both. Without rounding, O(corners).
    #[must_use]
    pub fn better_for_both(&self, than: &[Fraction; 2]) -> Option<[Fraction; 2]> {
        let better = self.at_least(than);
        let gain = |point: &ExactPoint, side: usize| point[side].minus(&than[side]);
        let most = [0, 1].map(|side: usize| better.iter().map(|it| gain(it, side)).max());
        let [Some(row), Some(column)] = most else {
            return None;
        };
        let most = [row, column];
        let share = |point: &ExactPoint, side: usize| gain(point, side).per(&most[side]);
        let lead = |point: &ExactPoint| Some(share(point, 0)?.minus(&share(point, 1)?));
        let level = edges(&better).filter_map(|(here, there)| {
            let (from, to) = (lead(&here)?, lead(&there)?);
            let way = from.per(&from.minus(&to))?;
            let on_it = !way.is_negative() && !Fraction::whole(1.into()).minus(&way).is_negative();
            on_it.then(|| between(&here, &there, &way))
        });
        let lesser = |point: &ExactPoint| Some(share(point, 0)?.min(share(point, 1)?));
        let all: Vec<ExactPoint> = level.chain(better.iter().cloned()).collect();
        let best = all.into_iter().max_by_key(lesser)?;
        lesser(&best)
            .is_some_and(|it| !it.is_zero())
            .then_some(best)
    }

    /// Whether some pair of equilibrium payoffs is at least as good for both as the one given: the
    /// same payoffs along whatever path, or better ones. `None` where that lies between what is proved
    /// and what is ruled out. O(corners).
    #[must_use]
    pub fn gives_at_least(&self, payoffs: &[Fraction; 2]) -> Option<bool> {
        if !self.at_least(payoffs).is_empty() {
            return Some(true);
        }
        if self.gap.is_infinite() {
            return None;
        }
        let gap = Fraction::binary(self.gap);
        let nearly = payoffs.each_ref().map(|it| it.minus(&gap));
        self.at_least(&nearly).is_empty().then_some(false)
    }

    /// The corners of the part of the inner set in which both get at least this.
    fn at_least(&self, least: &[Fraction; 2]) -> Vec<ExactPoint> {
        let half = clipped(&self.inner, 0, &least[0]);
        clipped(&half, 1, &least[1])
    }
}

/// A part of the way from one point to another.
fn between(here: &ExactPoint, there: &ExactPoint, way: &Fraction) -> ExactPoint {
    [0, 1].map(|axis: usize| here[axis].plus(&way.times(&there[axis].minus(&here[axis]))))
}

/// The part of a convex set, by its corners, in which a coordinate is at least `bound` (Sutherland
/// and Hodgman 1974).
pub(super) fn clipped(set: &[ExactPoint], side: usize, bound: &Fraction) -> Vec<ExactPoint> {
    let mut kept = Vec::new();
    for (here, there) in edges(set) {
        let (above, onward) = (here[side] >= *bound, there[side] >= *bound);
        if above != onward {
            let run = there[side].minus(&here[side]);
            let way = bound.minus(&here[side]).per(&run);
            let cut = way.map(|way| between(&here, &there, &way));
            if above {
                kept.push(here);
            }
            kept.extend(cut);
        } else if above {
            kept.push(here);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Bimatrix, payoff_set::equilibrium_payoffs_at};

    fn fraction(text: &str) -> Fraction {
        text.parse().unwrap()
    }

    fn both(text: &str) -> [Fraction; 2] {
        [fraction(text), fraction(text)]
    }

    #[test]
    fn taking_turns_beats_nonagreement_where_honouring_cannot_be_kept_up() {
        let dilemma = Bimatrix::new(&[[3.0, 0.0], [5.0, 1.0]], &[[3.0, 5.0], [0.0, 1.0]]).unwrap();
        let set = equilibrium_payoffs_at(&dilemma, &fraction("0.3")).unwrap();
        assert_eq!(set.gives_at_least(&both("3")), Some(false));
        assert_eq!(set.gives_at_least(&both("5/2")), Some(true));
        assert_eq!(set.better_for_both(&both("1")), Some(both("5/2")));
        assert_eq!(set.better_for_both(&both("5/2")), None);
        let patient = equilibrium_payoffs_at(&dilemma, &fraction("0.5")).unwrap();
        assert_eq!(patient.better_for_both(&both("1")), Some(both("3")));
        let impatient = equilibrium_payoffs_at(&dilemma, &fraction("0.2")).unwrap();
        assert_eq!(impatient.better_for_both(&both("1")), None);
        assert_eq!(impatient.gives_at_least(&both("1")), Some(true));
    }
}
