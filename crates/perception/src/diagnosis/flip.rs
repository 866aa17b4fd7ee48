use crate::{BiasParameter, BiasProfile, PerceptionError};

/// How many values are tried over the range before halving.
const TRIED: u32 = 400;

/// Two values of a parameter between which the answer turns: the certificate of a flip.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Turning {
    /// The last value tried at which the answer is still that of the profile as given.
    pub holds_at: f64,
    /// The value tried at which it is the opposite; no further from `holds_at` than 10⁻¹² of the
    /// searched range.
    pub turns_at: f64,
}

/// What level of one bias would just have turned an answer.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Flip {
    /// The parameter that was varied.
    pub parameter: BiasParameter,
    /// Its value in the profile as given.
    pub value: f64,
    /// The answer there.
    pub accepts: bool,
    /// Where the answer turns nearest to that value; `None` if it was the same at every value tried.
    pub turning: Option<Turning>,
    /// Everywhere it turns, lowest first: where one bias can be too weak and too strong it turns back.
    pub turnings: Vec<Turning>,
    /// The lowest value searched: that of [`BiasParameter::range`], or the given one if lower.
    pub lowest: f64,
    /// The highest value searched.
    pub highest: f64,
    /// How often the answer was asked for.
    pub evaluations: u32,
}

impl Flip {
    /// The ranges of levels, lowest first, at which the answer is the opposite, as far as was searched.
    #[must_use]
    pub fn turned(&self) -> Vec<[f64; 2]> {
        let mut ranges = Vec::new();
        // Below the first turning that leads back the answer is the opposite all the way down.
        let mut begun = Some(self.lowest);
        for turning in &self.turnings {
            match turning.holds_at < turning.turns_at {
                true => begun = Some(turning.turns_at),
                false => ranges.extend(begun.take().map(|low| [low, turning.turns_at])),
            }
        }
        let is_open = { self.turnings.last() }.is_some_and(|it| it.holds_at < it.turns_at);
        ranges.extend(begun.filter(|_| is_open).map(|low| [low, self.highest]));
        ranges
    }
}

/// The levels of `parameter` that would just flip `accepts`, all else in `profile` as it is: the
/// turnings on a net of 400 steps over the parameter's range from the given value, each closed in on
/// by halving. Two turnings that fall between neighbours of the net are not seen, so a missing
/// `turning` says what was tried and proves nothing more.
///
/// ```
/// use detente_perception::{BiasParameter, BiasParams, BiasProfile, PerceptionError, flip};
/// use detente_quantity::Probability;
/// use detente_reputation::{Act, Belief, Evidence, Tone, posterior};
///
/// // Prior 0.3, three concessions of ratio 2, threshold ½: refused at a quarter of the weight.
/// let prior = Belief::binary(Probability::new(0.3)?)?;
/// let acts = vec![Act::new(Tone::Cooperative, Evidence::ratios(vec![2.0, 1.0])?); 3];
/// let deaf = BiasProfile::new(BiasParams { evidence_weight: 0.25, ..BiasParams::default() })?;
/// let answer = flip(&deaf, BiasParameter::EvidenceWeight, |profile| {
///     let trust = posterior(&prior, &acts, profile)?.probability(0);
///     Ok::<_, PerceptionError>(trust > Probability::HALF)
/// })?;
/// let needed = (7.0_f64 / 3.0).ln() / 8.0_f64.ln(); // 0.4074
/// assert!(!answer.accepts && (answer.turning.unwrap().turns_at - needed).abs() < 1e-9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Those of `accepts`.
pub fn flip<E: From<PerceptionError>>(
    profile: &BiasProfile,
    parameter: BiasParameter,
    mut accepts: impl FnMut(&BiasProfile) -> Result<bool, E>,
) -> Result<Flip, E> {
    let value = parameter.get(profile);
    let (low, high) = parameter.range();
    let (lowest, highest) = (low.min(value), high.max(value));
    let mut evaluations = 0;
    let mut answer_at = |level: f64| {
        evaluations += 1;
        accepts(&parameter.set(profile, level)?)
    };
    let accepts = answer_at(value)?;
    let mut holds = |level: f64| Ok::<_, E>(answer_at(level)? == accepts);
    let mut turnings = Vec::new();
    for between in changes(value, lowest, highest, &mut holds)? {
        turnings.push(halved(between, 1e-12 * (highest - lowest), &mut holds)?);
    }
    let away = |it: &&Turning| (it.turns_at - value).abs();
    let nearest = { turnings.iter() }.min_by(|one, other| away(one).total_cmp(&away(other)));
    Ok(Flip {
        parameter,
        value,
        accepts,
        turning: nearest.copied(),
        turnings,
        lowest,
        highest,
        evaluations,
    })
}

/// Walks from `value` to both ends, step by step, and gives the neighbours between which the answer changes, lowest
/// first.
fn changes<E>(
    value: f64,
    lowest: f64,
    highest: f64,
    holds: &mut impl FnMut(f64) -> Result<bool, E>,
) -> Result<Vec<Turning>, E> {
    let step = (highest - lowest) / f64::from(TRIED);
    let mut found = Vec::new();
    for (end, direction) in [(lowest, -1.0), (highest, 1.0)] {
        let (mut last, mut last_holds) = (value, true);
        for n in 1..=TRIED {
            if (end - last) * direction <= 0.0 {
                break;
            }
            let next = step
                .mul_add(direction * f64::from(n), value)
                .clamp(lowest, highest);
            let next_holds = holds(next)?;
            if next_holds != last_holds {
                let (holds_at, turns_at) = match last_holds {
                    true => (last, next),
                    false => (next, last),
                };
                found.push(Turning { holds_at, turns_at });
            }
            (last, last_holds) = (next, next_holds);
        }
    }
    found.sort_by(|one, other| one.turns_at.total_cmp(&other.turns_at));
    Ok(found)
}

/// Halves the way between a value where the answer holds and one where it does not.
fn halved<E>(
    mut turning: Turning,
    narrow: f64,
    holds: &mut impl FnMut(f64) -> Result<bool, E>,
) -> Result<Turning, E> {
    while (turning.turns_at - turning.holds_at).abs() > narrow {
        let middle = f64::midpoint(turning.holds_at, turning.turns_at);
        if holds(middle)? {
            turning.holds_at = middle;
        } else {
            turning.turns_at = middle;
        }
    }
    Ok(turning)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn turning(parameter: BiasParameter, accepts: impl Fn(f64) -> bool) -> Flip {
        let answer =
            |profile: &BiasProfile| Ok::<_, PerceptionError>(accepts(parameter.get(profile)));
        flip(&BiasProfile::neutral(), parameter, answer).unwrap()
    }

    #[test]
    fn the_nearest_turning_is_found_on_either_side() {
        let found = turning(BiasParameter::EvidenceWeight, |c| !(0.6..=2.5).contains(&c));
        let place = found.turning.unwrap();
        assert!(
            !found.accepts && (place.turns_at - 0.6).abs() < 1e-9,
            "{place:?}"
        );
    }

    #[test]
    fn all_turnings_are_found() {
        // Accepted from 0.6 to 2.5 and above 4, from 1: what is turned lies on both sides and in between.
        let accepts = |c: f64| (0.6..=2.5).contains(&c) || c > 4.0;
        let found = turning(BiasParameter::EvidenceWeight, accepts);
        assert!(found.accepts && found.turnings.len() == 3, "{found:?}");
        let near = |ranges: Vec<[f64; 2]>, expected: &[[f64; 2]]| {
            assert_eq!(ranges.len(), expected.len());
            for (range, expected) in ranges.iter().zip(expected) {
                for (one, other) in range.iter().zip(expected) {
                    assert!((one - other).abs() < 1e-9, "{ranges:?}");
                }
            }
        };
        near(found.turned(), &[[0.0, 0.6], [2.5, 4.0]]);
        let other = turning(BiasParameter::EvidenceWeight, |c| !accepts(c));
        near(other.turned(), &[[0.0, 0.6], [2.5, 4.0]]);
        let refused = turning(BiasParameter::PriorWeight, |d| !(0.5..=3.0).contains(&d));
        near(refused.turned(), &[[0.0, 0.5], [3.0, 5.0]]);
        let always = turning(BiasParameter::Misreading, |_| false);
        near(always.turned(), &[]);
        let far = BiasParameter::EvidenceWeight
            .set(&BiasProfile::neutral(), 2.0)
            .unwrap();
        let within = flip(&far, BiasParameter::EvidenceWeight, |profile| {
            Ok::<_, PerceptionError>(!(0.8412..=1.733).contains(&profile.evidence_weight()))
        });
        near(within.unwrap().turned(), &[[0.8412, 1.733]]);
    }

    #[test]
    fn what_never_turns_is_not_found() {
        let found = turning(BiasParameter::Misreading, |_| true);
        assert_eq!(
            (found.turning, found.lowest, found.highest),
            (None, 0.0, 1.0)
        );
        assert_eq!(found.evaluations, 401);
    }

    #[test]
    fn a_profile_beyond_the_range_is_searched_from_where_it_is() {
        let far = BiasParameter::Need
            .set(&BiasProfile::neutral(), 1e300)
            .unwrap();
        let found = flip(&far, BiasParameter::Need, |profile| {
            Ok::<_, PerceptionError>(profile.need() > 1e299)
        })
        .unwrap();
        let place = found.turning.unwrap();
        assert!(
            place.turns_at <= 1e299 && place.holds_at > 1e299,
            "{place:?}"
        );
    }

    proptest! {
        #[test]
        fn the_certificate_is_one(threshold in -0.2..6.0_f64) {
            let found = turning(BiasParameter::PriorWeight, |d| d > threshold);
            match found.turning {
                Some(place) => {
                    prop_assert_eq!(place.holds_at > threshold, found.accepts);
                    prop_assert_eq!(place.turns_at > threshold, !found.accepts);
                    prop_assert!((place.holds_at - place.turns_at).abs() <= 6e-12);
                }
                None => prop_assert!(!(0.0..5.0).contains(&threshold)),
            }
        }
    }
}
