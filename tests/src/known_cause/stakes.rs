//! Payoffs, temptation and the types that would honour (model §1–§2).

use super::{
    dice::Dice,
    plan::{Faith, Plan},
};

/// Beyond a threshold of patience by at least this much.
const PATIENCE_SLACK: f64 = 0.05;
/// The most that one side issue adds to or takes from a payoff, in units of the party.
const SIDE: f64 = 0.03;

/// Options by issue: the first issue's deals come first, then what somebody loses by; the others
/// are side issues.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub(super) deals: usize,
    pub(super) sizes: Vec<usize>,
    /// Who loses by each of the first issue's other options.
    losers: Vec<usize>,
}

impl Shape {
    pub(super) fn new(plan: &Plan, dice: &mut Dice) -> Self {
        let losing = if plan.deals == 0 { 2 } else { 1 } + dice.below(2);
        let mut sizes = vec![plan.deals + losing];
        for _ in 0..dice.below(3) {
            sizes.push(2 + dice.below(2));
        }
        let losers = (0..losing).map(|_| dice.below(plan.roles.len())).collect();
        Self {
            deals: plan.deals,
            sizes,
            losers,
        }
    }
}

/// One party's stakes. What goes by option is of the first issue.
#[derive(Debug, Clone)]
pub(super) struct Stakes {
    /// What its payoffs are measured in.
    pub(super) unit: f64,
    /// d.
    pub(super) nonagreement: f64,
    /// U − d before side issues, by option.
    pub(super) gains: Vec<f64>,
    /// What each option of each side issue adds to U.
    pub(super) sides: Vec<Vec<f64>>,
    /// t, by option.
    pub(super) temptations: Vec<f64>,
    /// Gain from a deal, also where there is none.
    pub(super) typical: f64,
    /// t/(U − d) at deals, before side issues.
    appetite: f64,
}

impl Stakes {
    pub(super) fn new(shape: &Shape, party: usize, dice: &mut Dice) -> Self {
        let unit = dice.pick([0.1, 1.0, 7.0, 50.0]);
        let (typical, appetite) = (unit * dice.between(0.5, 2.0), dice.between(0.3, 1.0));
        let mut gains = Vec::new();
        let mut temptations = Vec::new();
        for _ in 0..shape.deals {
            let gain = typical * dice.between(0.9, 1.1);
            gains.push(gain);
            temptations.push(appetite * gain);
        }
        for &loser in &shape.losers {
            gains.push(if loser == party {
                -unit * dice.between(0.2, 1.0)
            } else {
                typical * dice.between(0.1, 0.8)
            });
            // A loser loses even by cheating, and so refuses whatever it believes.
            temptations.push(0.05 * unit);
        }
        let mut side = |size: usize| {
            (0..size)
                .map(|_| unit * dice.between(-SIDE, SIDE))
                .collect()
        };
        Self {
            unit,
            sides: shape.sizes[1..].iter().map(|&size| side(size)).collect(),
            nonagreement: unit * dice.between(-2.0, 2.0),
            gains,
            temptations,
            typical,
            appetite,
        }
    }

    /// The least and the most that side issues add.
    pub(super) fn side_range(&self) -> (f64, f64) {
        let least = |side: &Vec<f64>| side.iter().copied().fold(f64::INFINITY, f64::min);
        let most = |side: &Vec<f64>| side.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        (
            self.sides.iter().map(least).sum(),
            self.sides.iter().map(most).sum(),
        )
    }

    /// The least and the most gain from any deal.
    pub(super) fn gain_range(&self, deals: usize) -> (f64, f64) {
        let (below, above) = self.side_range();
        let gains = &self.gains[..deals];
        let least = gains.iter().copied().fold(self.typical, f64::min);
        let most = gains.iter().copied().fold(self.typical, f64::max);
        (least + below, most + above)
    }

    /// The payoff normalised to 0–1 over all agreements and nonagreement (model §4).
    pub(super) fn normalised(&self, above_nonagreement: f64) -> f64 {
        let (below, above) = self.side_range();
        let least = self
            .gains
            .iter()
            .map(|gain| gain + below)
            .fold(0.0, f64::min);
        let most = self
            .gains
            .iter()
            .map(|gain| gain + above)
            .fold(0.0, f64::max);
        (above_nonagreement - least) / (most - least)
    }
}

/// A type a party might be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Type {
    pub(super) id: &'static str,
    /// δ.
    pub(super) patience: f64,
    /// What its temptation is multiplied by.
    pub(super) scale: Option<f64>,
}

/// A party's types: `patient` alone honours deals, `hasty` and `greedy` do not.
#[derive(Debug, Clone)]
pub(super) struct Types {
    /// m.
    pub(super) detection: f64,
    pub(super) all: Vec<Type>,
}

impl Types {
    /// M-02 by its threshold: δ* = t/(t + m(U − d)) at the most and at the least that side issues
    /// make of it, with slack to either side.
    pub(super) fn new(stakes: &Stakes, faith: Faith, dice: &mut Dice) -> Self {
        let detection = dice.between(0.5, 1.0);
        let (below, above) = stakes.side_range();
        let lean = 0.9 * stakes.typical;
        let threshold = |side: f64| {
            let tempted = stakes.appetite * lean;
            tempted / (tempted + detection * (lean + side))
        };
        let kept = threshold(below) + PATIENCE_SLACK;
        let broken = threshold(above) - PATIENCE_SLACK;
        let patience = dice.between(kept, kept.max(0.88) + 0.02);
        let patient = Type {
            id: "patient",
            patience,
            scale: None,
        };
        let hasty = Type {
            id: "hasty",
            patience: dice.between(0.02, broken.max(0.04)),
            scale: None,
        };
        // Tempted enough to cheat at the patience of one that is not.
        let needed = (patience + 0.05).min(0.97);
        let enough =
            needed / (1.0 - needed) * detection * (lean + above) / (stakes.appetite * lean);
        let greedy = Type {
            id: "greedy",
            patience,
            scale: Some(enough),
        };
        let all = if faith == Faith::Despairs {
            vec![hasty, greedy]
        } else if dice.chance(0.3) {
            vec![patient, hasty, greedy]
        } else {
            vec![patient, hasty]
        };
        Self { detection, all }
    }
}
