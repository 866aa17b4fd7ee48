use detente_quantity::{Interval, Probability};

use crate::{
    LegitimacyError,
    error::{computed, finite, require},
};

/// Whom a leader answers to (Baliga, Lucca and Sjöström 2011).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Regime {
    /// Nobody: office is safe whatever the leader does.
    Dictatorship,
    /// Hawks: a leader who meets a hawk as a dove is removed.
    LimitedDemocracy,
    /// The median citizen: besides, a leader who meets a dove as a hawk is removed.
    FullDemocracy,
}

/// Two leaders who may each arm, before the game is checked by [`RegimeGame::new`].
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RegimeParams {
    /// Whom the first leader answers to.
    pub first: Regime,
    /// Whom the second answers to.
    pub second: Regime,
    /// g: what a hawk gains against a dove.
    pub advantage: f64,
    /// d: what a hawk saves against a hawk.
    pub defence: f64,
    /// Ω: what office is worth; 0 or more.
    pub office_stake: f64,
    /// Each leader's cost of being a hawk, known to that leader only, is even on this range; wider
    /// than a point.
    pub costs: Interval,
}

/// Hawks by fear: each is one if its own cost is at most what being one brings (claim D-17; cutoff
/// reconstructed after Baliga, Lucca and Sjöström 2011),
///
/// **cost ≤ g(1 − x) + dx + xΩ·\[limited or full\] − (1 − x)Ω·\[full\]**,
///
/// x the chance that the other is a hawk. At any x limited democracies are weakly the most
/// aggressive; full ones pass dictatorships exactly where x > ½.
///
/// ```
/// use detente_legitimacy::{Regime, RegimeGame, RegimeParams};
/// use detente_quantity::Interval;
/// # let costs = Interval::new(0.0, 1.2)?;
/// let between = |regime| RegimeGame::new(RegimeParams {
///     first: regime, second: regime, advantage: 0.3, defence: 0.6, office_stake: 0.4, costs,
/// });
/// let limited = between(Regime::LimitedDemocracy)?.equilibria();
/// assert!((limited.found[0].first.get() - 0.6).abs() < 1e-12);
/// let full = between(Regime::FullDemocracy)?.equilibria();
/// assert_eq!(full.found[0].first.get(), 0.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(try_from = "RegimeParams", into = "RegimeParams")
)]
pub struct RegimeGame(RegimeParams);

/// One equilibrium: how likely each leader is to be a hawk.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct HawkChances {
    /// The first leader's chance.
    pub first: Probability,
    /// The second leader's.
    pub second: Probability,
}

/// All equilibria in cutoffs.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RegimeEquilibria {
    /// In rising order of the first leader's chance; at least one.
    pub found: Vec<HawkChances>,
    /// Whether everything between two of them is an equilibrium too, which only coincidence of the
    /// parameters brings about; then the ends are listed.
    pub continuum: bool,
}

/// Rounding, relative to the numbers that were added up.
const ROUNDING: f64 = 1e-12;

impl Regime {
    /// The most that being a hawk may cost a leader who is one, if the other is a hawk with chance
    /// `other`.
    ///
    /// # Errors
    /// [`LegitimacyError::Overflow`], also where a parameter is not finite.
    pub fn cutoff(self, params: &RegimeParams, other: Probability) -> Result<f64, LegitimacyError> {
        let (constant, slope) = self.line(params);
        computed("cutoff", constant + slope * other.get(), &named(params))
    }

    /// The cutoff as constant and slope in the other's chance.
    fn line(self, params: &RegimeParams) -> (f64, f64) {
        let (g, d, office) = (params.advantage, params.defence, params.office_stake);
        match self {
            Self::Dictatorship => (g, d - g),
            Self::LimitedDemocracy => (g, d - g + office),
            Self::FullDemocracy => (g - office, d - g + 2.0 * office),
        }
    }
}

/// The parameters by name.
fn named(params: &RegimeParams) -> [(&'static str, f64); 5] {
    [
        ("hawk's gain against a dove", params.advantage),
        ("hawk's gain against a hawk", params.defence),
        ("office stake", params.office_stake),
        ("least cost", params.costs.low()),
        ("greatest cost", params.costs.high()),
    ]
}

impl RegimeGame {
    /// Checks the numbers.
    ///
    /// # Errors
    /// [`LegitimacyError::OutOfRange`] naming the one that is out of range;
    /// [`LegitimacyError::Overflow`].
    pub fn new(params: RegimeParams) -> Result<Self, LegitimacyError> {
        finite("hawk's gain against a dove", params.advantage)?;
        finite("hawk's gain against a hawk", params.defence)?;
        let office = params.office_stake;
        let legal = office.is_finite() && office >= 0.0;
        require(legal, "office stake", office, "a finite number, 0 or more")?;
        let width = params.costs.width();
        computed("width of the range of costs", width, &named(&params))?;
        let expected = "a finite number above 0";
        let legal = width.is_finite() && width > 0.0;
        require(legal, "width of the range of costs", width, expected)?;
        let game = Self(params);
        let (first, second) = (game.reply(params.first), game.reply(params.second));
        let size = first.rounding() * second.rounding() / ROUNDING / ROUNDING;
        computed(
            "cutoffs in units of the range of costs",
            size,
            &named(&params),
        )?;
        Ok(game)
    }

    /// What was checked.
    #[must_use]
    pub const fn params(&self) -> &RegimeParams {
        &self.0
    }

    /// All equilibria in cutoffs, exactly: both replies are straight lines cut off at 0 and 1, so
    /// in equilibrium one of the chances is 0 or 1 or both lines meet. O(1).
    #[must_use]
    pub fn equilibria(&self) -> RegimeEquilibria {
        let (first, second) = (self.reply(self.0.first), self.reply(self.0.second));
        let mut found: Vec<(f64, f64)> = Vec::new();
        for end in [0.0, 1.0] {
            found.push((end, second.at(end)));
            found.push((first.at(end), end));
        }
        found.retain(|&(x, y)| first.gives(x, y) && second.gives(y, x));
        let (meeting, parallel) = first.meets(second);
        found.extend(meeting);
        found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        found.dedup_by(|a, b| (a.0 - b.0).abs() <= ROUNDING && (a.1 - b.1).abs() <= ROUNDING);
        RegimeEquilibria {
            continuum: parallel && found.len() > 1,
            found: found
                .into_iter()
                .map(|(x, y)| HawkChances {
                    first: Probability::saturating(x),
                    second: Probability::saturating(y),
                })
                .collect(),
        }
    }

    fn reply(&self, regime: Regime) -> Reply {
        let ((constant, slope), costs) = (regime.line(&self.0), self.0.costs);
        Reply {
            constant: (constant - costs.low()) / costs.width(),
            slope: slope / costs.width(),
        }
    }
}

/// A leader's chance of being a hawk, as a straight line in the other's that is cut off at 0 and 1.
#[derive(Debug, Clone, Copy)]
struct Reply {
    constant: f64,
    slope: f64,
}

impl Reply {
    fn line(self, other: f64) -> f64 {
        self.constant + self.slope * other
    }

    fn at(self, other: f64) -> f64 {
        self.line(other).clamp(0.0, 1.0)
    }

    /// How far rounding may carry the line.
    fn rounding(self) -> f64 {
        ROUNDING * (1.0 + self.constant.abs() + self.slope.abs())
    }

    /// Whether `own` is the reply to `other`, but for rounding.
    fn gives(self, own: f64, other: f64) -> bool {
        let (line, rounding) = (self.line(other), self.rounding());
        (own <= 0.0 && line <= rounding)
            || (own >= 1.0 && line >= 1.0 - rounding)
            || (line - own).abs() <= rounding
    }

    /// Where this reply x = a + by and the other y = c + dx meet with both between 0 and 1, and
    /// whether they are the same line instead.
    fn meets(self, other: Self) -> (Option<(f64, f64)>, bool) {
        let (a, b) = (self.constant, self.slope);
        let (c, d) = (other.constant, other.slope);
        let distance = 1.0 - b * d;
        if distance.abs() <= ROUNDING {
            return (None, (a + b * c).abs() <= ROUNDING);
        }
        let (x, y) = ((a + b * c) / distance, (c + d * a) / distance);
        let inside = |chance: f64| (0.0..=1.0).contains(&chance);
        ((inside(x) && inside(y)).then_some((x, y)), false)
    }
}

impl TryFrom<RegimeParams> for RegimeGame {
    type Error = LegitimacyError;

    fn try_from(params: RegimeParams) -> Result<Self, LegitimacyError> {
        Self::new(params)
    }
}

impl From<RegimeGame> for RegimeParams {
    fn from(game: RegimeGame) -> RegimeParams {
        game.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn game(first: Regime, second: Regime, numbers: [f64; 5]) -> RegimeGame {
        let [advantage, defence, office_stake, low, width] = numbers;
        RegimeGame::new(RegimeParams {
            first,
            second,
            advantage,
            defence,
            office_stake,
            costs: Interval::new(low, low + width).unwrap(),
        })
        .unwrap()
    }

    #[test]
    fn what_is_out_of_range_is_named() {
        let params = RegimeParams {
            costs: Interval::new(1.0, 1.0).unwrap(),
            ..*game(
                Regime::Dictatorship,
                Regime::Dictatorship,
                [0.3, 0.6, 0.4, 0.0, 1.2],
            )
            .params()
        };
        assert_eq!(
            RegimeGame::new(params).unwrap_err().to_string(),
            "width of the range of costs is 0; expected a finite number above 0"
        );
        let wide = RegimeParams {
            advantage: f64::MAX,
            costs: Interval::new(0.0, f64::MIN_POSITIVE).unwrap(),
            ..params
        };
        assert!(RegimeGame::new(wide).is_err());
    }

    #[test]
    fn a_continuum_is_told_by_its_ends() {
        // Both replies are the other's chance itself: g = 0, d = width.
        let found = game(
            Regime::Dictatorship,
            Regime::Dictatorship,
            [0.0, 1.0, 0.0, 0.0, 1.0],
        );
        let found = found.equilibria();
        assert!(found.continuum);
        let ends: Vec<f64> = found.found.iter().map(|it| it.first.get()).collect();
        assert_eq!(ends, [0.0, 1.0]);
    }

    fn regime() -> impl Strategy<Value = Regime> {
        prop::sample::select(vec![
            Regime::Dictatorship,
            Regime::LimitedDemocracy,
            Regime::FullDemocracy,
        ])
    }

    proptest! {
        /// Crossings of the reply to the reply, by a scan.
        #[test]
        fn a_scan_finds_no_others(
            first in regime(), second in regime(), g in -0.5..1.0_f64, d in -0.5..1.0_f64,
            office in 0.0..1.0_f64, low in -0.3..0.3_f64, width in 0.2..2.0_f64,
        ) {
            let model = game(first, second, [g, d, office, low, width]);
            let chance = |regime: Regime, other: f64| {
                let cutoff = regime.cutoff(model.params(), Probability::saturating(other)).unwrap();
                ((cutoff - low) / width).clamp(0.0, 1.0)
            };
            let excess = |x: f64| chance(first, chance(second, x)) - x;
            let found = model.equilibria();
            prop_assert!(!found.found.is_empty());
            for it in &found.found {
                prop_assert!(excess(it.first.get()).abs() < 1e-9);
                prop_assert!((chance(second, it.first.get()) - it.second.get()).abs() < 1e-9);
            }
            let n = 997;
            let crossings = (0..n)
                .map(|k| (f64::from(k) / f64::from(n), f64::from(k + 1) / f64::from(n)))
                .filter(|&(a, b)| excess(a) * excess(b) < 0.0);
            for (a, b) in crossings {
                prop_assert!(found.found.iter().any(|it| (a..=b).contains(&it.first.get())));
            }
        }
    }
}
