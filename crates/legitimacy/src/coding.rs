use detente_quantity::{Interval, Probability};

use crate::{
    LegitimacyError,
    error::{finite, overflow},
    normal::distribution,
};

/// A range for one number of a home front, with the observations and the rule it came from.
///
/// No accepted measure of these numbers exists. The rules below are *hypotheses*: they order cases
/// as the literature does and keep to magnitudes it has observed, but their constants are
/// conventions. Report results over the whole range, beside the threshold at which the answer
/// turns.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CodedRange {
    /// The number that is coded, in words and with its letter.
    pub parameter: String,
    /// The range.
    pub range: Interval,
    /// What was observed: the name of the column and its value, in the order of the rule.
    pub observed: Vec<(String, String)>,
    /// The rule, with its constants.
    pub rule: String,
    /// What speaks for it.
    pub source: String,
}

/// How a regime claims legitimacy: country-year scores of V-Dem, on its measurement model's scale,
/// which is centred on 0 with most of the world between −3 and 3.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LegitimationScores {
    /// `v2exl_legitideol`: to what extent it promotes an ideology.
    pub ideology: f64,
    /// `v2exl_legitideolcr_0`: the part of coders who called the ideology nationalist.
    pub nationalist: Probability,
    /// `v2exl_legitperf`: to what extent it points to its performance.
    pub performance: f64,
    /// `v2exl_legitratio`: to what extent it points to law and procedure.
    pub procedure: f64,
}

/// What became of leaders of this kind after office (Archigos, `posttenurefate`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum PostTenureFate {
    /// Unharmed.
    Unharmed,
    /// Exile.
    Exile,
    /// Imprisonment.
    Prison,
    /// Death.
    Death,
    /// Not known, or none yet.
    Unknown,
}

/// How leaders of this kind left office (Archigos, `exit`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum OfficeExit {
    /// By the rules.
    Regular,
    /// Against them, from within.
    Irregular,
    /// By a foreign power.
    Foreign,
    /// By death or illness, not known, or not yet.
    Other,
}

/// The rise in approval after the attacks of 2001, the largest on record (Hetherington and Nelson
/// 2003): no enemy has been worth more.
const LARGEST_RALLY: f64 = 0.35;

/// Leaders' mean tenure in years, over 3,409 spells of Archigos to 2015.
const MEAN_TENURE: f64 = 4.25;

/// ℓ, the support that a hostile adversary brings, from how a regime claims legitimacy: from 0 to
/// 0.35 · nationalist · Φ(ideology) · (1 − ¼[Φ(performance) + Φ(procedure)]). The low end is 0
/// because the mean rally is small and not significant (Baker and Oneal 2001).
///
/// Never below 0, though ℓ may be: how a regime claims legitimacy tells what an enemy is worth to
/// it, and no indicator tells a leader elected to make peace (claim D-43). Code that by hand.
///
/// ```
/// use detente_legitimacy::{LegitimationScores, threat_range};
/// use detente_quantity::Probability;
/// let coded = threat_range(LegitimationScores {
///     ideology: 0.0, nationalist: Probability::ONE, performance: 0.0, procedure: 0.0,
/// })?;
/// assert_eq!(coded.range.low(), 0.0);
/// assert!((coded.range.high() - 0.35 * 0.5 * 0.75).abs() < 1e-12);
/// # Ok::<(), detente_legitimacy::LegitimacyError>(())
/// ```
///
/// # Errors
/// [`LegitimacyError::OutOfRange`] if a score is not finite.
pub fn threat_range(scores: LegitimationScores) -> Result<CodedRange, LegitimacyError> {
    let level = |name, score| finite(name, score).map(distribution);
    let ideology = level("legitimation by ideology", scores.ideology)?;
    let performance = level("legitimation by performance", scores.performance)?;
    let procedure = level("legitimation by procedure", scores.procedure)?;
    let nationalist = scores.nationalist.get();
    let other_claims = 1.0 - (performance + procedure) / 4.0;
    coded(
        "threat legitimation ℓ",
        (0.0, LARGEST_RALLY * nationalist * ideology * other_claims),
        &[
            ("v2exl_legitideol", scores.ideology.to_string()),
            ("v2exl_legitideolcr_0", scores.nationalist.to_string()),
            ("v2exl_legitperf", scores.performance.to_string()),
            ("v2exl_legitratio", scores.procedure.to_string()),
        ],
        "0 to 0.35 · nationalist · Φ(ideology) · (1 − ¼[Φ(performance) + Φ(procedure)])",
        "hypothesis after Kennan 1946; magnitudes Hetherington and Nelson 2003, Baker and Oneal 2001",
    )
}

/// Ω, what office is worth against the nation's whole range of payoffs (ω = 1), from what became of
/// leaders of this kind and how many years they stay on average, `mean_tenure`:
///
/// | after office | from | to |
/// |---|---|---|
/// | unharmed | 0.1 | 1 |
/// | exile | 0.5 | 2 |
/// | prison | 1 | 4 |
/// | death | 2 | 8 |
/// | unknown, regular exit | 0.1 | 2 |
/// | unknown, irregular or foreign | 0.5 | 8 |
/// | neither known | 0.1 | 8 |
///
/// both ends times mean tenure over 4.25 years, but no less than ¼ and no more than 4 times.
///
/// # Errors
/// [`LegitimacyError::OutOfRange`] unless `mean_tenure` is finite and above 0.
pub fn office_stake_range(
    fate: PostTenureFate,
    exit: OfficeExit,
    mean_tenure: f64,
) -> Result<CodedRange, LegitimacyError> {
    let expected = "a finite number of years above 0";
    let legal = mean_tenure.is_finite() && mean_tenure > 0.0;
    crate::error::require(legal, "mean tenure", mean_tenure, expected)?;
    let (low, high) = match (fate, exit) {
        (PostTenureFate::Unharmed, _) => (0.1, 1.0),
        (PostTenureFate::Exile, _) => (0.5, 2.0),
        (PostTenureFate::Prison, _) => (1.0, 4.0),
        (PostTenureFate::Death, _) => (2.0, 8.0),
        (PostTenureFate::Unknown, OfficeExit::Regular) => (0.1, 2.0),
        (PostTenureFate::Unknown, OfficeExit::Irregular | OfficeExit::Foreign) => (0.5, 8.0),
        (PostTenureFate::Unknown, OfficeExit::Other) => (0.1, 8.0),
    };
    let scale = (mean_tenure / MEAN_TENURE).clamp(0.25, 4.0);
    coded(
        "office stake Ω",
        (low * scale, high * scale),
        &[
            ("posttenurefate", format!("{fate:?}").to_lowercase()),
            ("exit", format!("{exit:?}").to_lowercase()),
            ("mean tenure in years", mean_tenure.to_string()),
        ],
        "by fate after office (unharmed 0.1–1, exile 0.5–2, prison 1–4, death 2–8; unknown by exit: \
         regular 0.1–2, irregular or foreign 0.5–8, else 0.1–8), times mean tenure/4.25 within ¼ to 4",
        "hypothesis after Debs and Goemans 2010, Chiozza and Goemans 2011; mean tenure of Archigos",
    )
}

/// c, what an untrue message costs a leader (ω = 1), from the freedom of the media, 0 to 1: from
/// 0.02 + 0.18·freedom to 0.1 + 0.9·freedom. Free media expose; a free marketplace of ideas may
/// still fail to, hence the width.
///
/// # Errors
/// None today: the ends are in order at every freedom.
pub fn message_cost_range(media_freedom: Probability) -> Result<CodedRange, LegitimacyError> {
    let freedom = media_freedom.get();
    coded(
        "cost of an untrue message c",
        (0.02 + 0.18 * freedom, 0.1 + 0.9 * freedom),
        &[("media freedom", media_freedom.to_string())],
        "0.02 + 0.18·freedom to 0.1 + 0.9·freedom",
        "hypothesis after Kaufmann 2004, Thrall and Cramer 2009",
    )
}

/// η, the credulous share of an audience, from how little false information its government spreads
/// at home (V-Dem `v2smgovdom`, higher is less, on the measurement model's scale): from 0, for no
/// audience can be taken to be credulous, to Φ(−score).
///
/// # Errors
/// [`LegitimacyError::OutOfRange`] if the score is not finite.
pub fn credulous_range(truthfulness: f64) -> Result<CodedRange, LegitimacyError> {
    finite("government's truthfulness at home", truthfulness)?;
    coded(
        "credulous share η",
        (0.0, distribution(-truthfulness)),
        &[("v2smgovdom", truthfulness.to_string())],
        "0 to Φ(−score)",
        "hypothesis after Kartik, Ottaviani and Squintani 2007",
    )
}

/// κ, support per unit of the nation's payoff, from the winning coalition's size on a scale of 0 to
/// 1 (the W of Bueno de Mesquita and Smith): from 0.25·W to 0.1 + 0.9·W. The smaller the coalition,
/// the less of its support is bought with public goods (claim D-45).
///
/// # Errors
/// None today: the ends are in order at every size.
pub fn support_range(coalition: Probability) -> Result<CodedRange, LegitimacyError> {
    let size = coalition.get();
    coded(
        "support per unit of payoff κ",
        (0.25 * size, 0.1 + 0.9 * size),
        &[("winning coalition", coalition.to_string())],
        "0.25·W to 0.1 + 0.9·W",
        "hypothesis after Bueno de Mesquita, Smith, Siverson and Morrow 2003",
    )
}

fn coded(
    parameter: &str,
    (low, high): (f64, f64),
    observed: &[(&str, String)],
    rule: &str,
    source: &str,
) -> Result<CodedRange, LegitimacyError> {
    let range = Interval::new(low, high).map_err(|_| overflow("coded range", &[]))?;
    let named = |(name, value): &(&str, String)| ((*name).to_owned(), value.clone());
    Ok(CodedRange {
        parameter: parameter.to_owned(),
        range,
        observed: observed.iter().map(named).collect(),
        rule: rule.to_owned(),
        source: source.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use detente_quantity::strategies::probability;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_table_of_office_stakes() {
        let ends = |fate, exit, tenure| {
            let range = office_stake_range(fate, exit, tenure).unwrap().range;
            (range.low(), range.high())
        };
        let (death, prison) = (PostTenureFate::Death, PostTenureFate::Prison);
        assert_eq!(ends(death, OfficeExit::Irregular, 4.25), (2.0, 8.0));
        assert_eq!(ends(prison, OfficeExit::Regular, 8.5), (2.0, 8.0));
        assert_eq!(
            ends(PostTenureFate::Unharmed, OfficeExit::Other, 1e300),
            (0.4, 4.0)
        );
        let unknown = |exit| ends(PostTenureFate::Unknown, exit, 4.25);
        assert_eq!(unknown(OfficeExit::Regular), (0.1, 2.0));
        assert_eq!(unknown(OfficeExit::Foreign), (0.5, 8.0));
        assert_eq!(unknown(OfficeExit::Other), (0.1, 8.0));
        let error = office_stake_range(death, OfficeExit::Other, 0.0).unwrap_err();
        assert_eq!(
            error.to_string(),
            "mean tenure is 0; expected a finite number of years above 0"
        );
    }

    #[test]
    fn what_was_observed_is_kept() {
        let coded = credulous_range(-1.0).unwrap();
        assert_eq!(coded.observed, [("v2smgovdom".to_owned(), "-1".to_owned())]);
        assert!((coded.range.high() - 0.841_344_746).abs() < 1e-9);
        assert!(credulous_range(f64::NAN).is_err());
        let scores = LegitimationScores {
            ideology: f64::INFINITY,
            nationalist: Probability::ONE,
            performance: 0.0,
            procedure: 0.0,
        };
        let error = threat_range(scores).unwrap_err().to_string();
        assert_eq!(
            error,
            "legitimation by ideology is inf; expected a finite number"
        );
    }

    proptest! {
        /// More nationalist ideology, or fewer other claims, never lowers what an enemy is worth; no
        /// enemy is worth more than the largest rally.
        #[test]
        fn enemies_are_worth_more_to_nationalists(
            ideology in -5.0..5.0_f64, nationalist in probability(), performance in -5.0..5.0_f64,
            procedure in -5.0..5.0_f64, step in 0.0..2.0_f64,
        ) {
            let scores = LegitimationScores { ideology, nationalist, performance, procedure };
            let high = |scores| threat_range(scores).unwrap().range.high();
            let here = high(scores);
            prop_assert!((0.0..=LARGEST_RALLY).contains(&here));
            let ideological = LegitimationScores { ideology: ideology + step, ..scores };
            let nationalist = LegitimationScores { nationalist: Probability::ONE, ..scores };
            let successful = LegitimationScores { performance: performance + step, ..scores };
            let lawful = LegitimationScores { procedure: procedure + step, ..scores };
            for more in [ideological, nationalist] {
                prop_assert!(high(more) >= here - 1e-12);
            }
            for other_claims in [successful, lawful] {
                prop_assert!(high(other_claims) <= here + 1e-12);
            }
        }

        #[test]
        fn ranges_rise_with_what_is_observed(one in probability(), other in probability()) {
            let (less, more) = if one <= other { (one, other) } else { (other, one) };
            for range in [message_cost_range, support_range] {
                let (low, high) = (range(less).unwrap().range, range(more).unwrap().range);
                prop_assert!(low.low() <= high.low() && low.high() <= high.high());
                prop_assert!(low.low() >= 0.0);
            }
        }
    }
}
