//! Acts, biases and the priors from which they lead to the trust a world needs (model §3).

use super::{
    dice::Dice,
    plan::{Faith, Plan},
    stakes::Types,
};

/// An act of one party, known to all others in time.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    pub(super) cooperative: bool,
    pub(super) forced: f64,
    /// By type.
    pub(super) likelihood: Vec<f64>,
}

/// How an observer reads.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub(super) cooperative: f64,
    pub(super) hostile: f64,
    pub(super) bad_faith: bool,
    pub(super) prior_weight: f64,
    pub(super) evidence_weight: f64,
}

impl Reading {
    /// Bayes.
    pub(super) const PLAIN: Self = Self {
        cooperative: 1.0,
        hostile: 1.0,
        bad_faith: false,
        prior_weight: 1.0,
        evidence_weight: 1.0,
    };

    /// Blind to cooperation: it is a ploy, or was forced, or counts for little.
    fn blind(dice: &mut Dice) -> Self {
        let (forced, weight) = (dice.between(4.5, 6.0), dice.between(0.02, 0.12));
        dice.pick([
            Self {
                bad_faith: true,
                ..Self::PLAIN
            },
            Self {
                cooperative: forced,
                ..Self::PLAIN
            },
            Self {
                evidence_weight: weight,
                ..Self::PLAIN
            },
        ])
    }

    /// Any bias, strong enough to matter elsewhere.
    fn any(dice: &mut Dice) -> Self {
        let forgetful = dice.between(0.7, 0.9);
        let hasty = dice.between(1.3, 1.8);
        let blind = Self::blind(dice);
        dice.pick([
            blind,
            Self {
                hostile: 0.25,
                ..blind
            },
            Self {
                cooperative: 2.0,
                hostile: 0.5,
                ..Self::PLAIN
            },
            Self {
                prior_weight: forgetful,
                ..Self::PLAIN
            },
            Self {
                evidence_weight: hasty,
                ..Self::PLAIN
            },
        ])
    }

    fn likelihood(&self, act: &Shown) -> Vec<f64> {
        if self.bad_faith && act.cooperative {
            return vec![1.0; act.likelihood.len()];
        }
        let weight = if act.cooperative {
            self.cooperative
        } else {
            self.hostile
        };
        let forced = (weight * act.forced).min(1.0);
        act.likelihood
            .iter()
            .map(|q| forced + (1.0 - forced) * q)
            .collect()
    }

    /// M-05: the belief in the first type after the acts.
    fn belief(&self, prior: &[f64], acts: &[Shown]) -> f64 {
        let mut belief = prior.to_vec();
        for act in acts {
            for (chance, likelihood) in belief.iter_mut().zip(self.likelihood(act)) {
                *chance = chance.powf(self.prior_weight) * likelihood.powf(self.evidence_weight);
            }
            let total: f64 = belief.iter().sum();
            belief.iter_mut().for_each(|chance| *chance /= total);
        }
        belief[0]
    }
}

/// Acts of a party, the oldest first.
pub(super) fn acts(types: &Types, is_misread: bool, dice: &mut Dice) -> Vec<Shown> {
    let many = if is_misread { 4 } else { 1 + dice.below(2) };
    let mut shown = Vec::with_capacity(many);
    for _ in 0..many {
        let cooperative = is_misread || dice.chance(0.5);
        let (mut keeps, mut breaks, forced) = if is_misread {
            (
                dice.between(0.85, 0.95),
                dice.between(0.1, 0.2),
                dice.between(0.25, 0.32),
            )
        } else {
            (
                dice.between(0.6, 0.9),
                dice.between(0.2, 0.5),
                dice.between(0.0, 0.4),
            )
        };
        if !cooperative {
            (keeps, breaks) = (breaks, keeps);
        }
        let of = |id: &str| if id == "patient" { keeps } else { breaks };
        shown.push(Shown {
            cooperative,
            forced,
            likelihood: types.all.iter().map(|it| of(it.id)).collect(),
        });
    }
    shown
}

/// What an observer believes before the acts, how it reads them and the trust it comes to.
#[derive(Debug, Clone)]
pub(super) struct Beliefs {
    pub(super) reading: Option<Reading>,
    /// By party, by type; nothing about itself.
    pub(super) priors: Vec<Vec<f64>>,
    /// h on the evidence as it was.
    pub(super) warranted: f64,
    /// h on the evidence as it is read.
    pub(super) held: f64,
}

/// Whether biases are coded where they do not matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decoys {
    /// Nowhere.
    Never,
    /// Here and there.
    Some,
    /// Everywhere.
    Always,
}

impl Decoys {
    pub(super) fn here(self, dice: &mut Dice) -> bool {
        match self {
            Self::Never => false,
            Self::Some => dice.chance(0.5),
            Self::Always => true,
        }
    }
}

/// Solves for the priors that lead an observer to the trust that its role asks for.
pub(super) fn beliefs(
    plan: &Plan,
    observer: usize,
    (types, acts): (&[Types], &[Vec<Shown>]),
    decoys: Decoys,
    dice: &mut Dice,
) -> Beliefs {
    let faith = plan.roles[observer].faith;
    let reading = match faith {
        Faith::Misreads | Faith::Misled | Faith::HalfMisled => Some(Reading::blind(dice)),
        Faith::Wavers | Faith::Torn => None,
        _ => decoys.here(dice).then(|| Reading::any(dice)),
    };
    let reads = reading.unwrap_or(Reading::PLAIN);
    let (mut warranted, mut held) = (1.0, 1.0);
    let mut priors = Vec::with_capacity(types.len());
    for (about, (types, acts)) in types.iter().zip(acts).enumerate() {
        if about == observer {
            priors.push(Vec::new());
            continue;
        }
        let rest = dice.between(0.3, 0.7);
        let prior = |first: f64| prior(first, types.all.len(), rest);
        let both = |first: f64| {
            let prior = prior(first);
            (
                Reading::PLAIN.belief(&prior, acts),
                reads.belief(&prior, acts),
            )
        };
        let faith = if about == plan.focus(observer) || faith == Faith::Despairs {
            faith
        } else {
            Faith::Trusts
        };
        let first = solve(faith, both, dice);
        let (as_it_was, as_read) = both(first);
        if faith == Faith::Despairs {
            (warranted, held) = (0.0, 0.0);
        } else {
            warranted *= as_it_was;
            held *= as_read;
        }
        priors.push(prior(first));
    }
    Beliefs {
        reading,
        priors,
        warranted,
        held,
    }
}

fn prior(first: f64, types: usize, rest: f64) -> Vec<f64> {
    let mut prior = vec![first, 1.0 - first];
    if types == 3 {
        prior = vec![first, rest * (1.0 - first), (1.0 - rest) * (1.0 - first)];
    }
    prior
}

/// The prior chance of the first type at which beliefs in it are where the role wants them; both
/// rise with it.
fn solve(faith: Faith, both: impl Fn(f64) -> (f64, f64), dice: &mut Dice) -> f64 {
    let logit = |chance: f64| (chance / (1.0 - chance)).ln();
    let (low, target, middle) = (
        |(warranted, held): (f64, f64)| warranted.min(held),
        dice.between(0.0, 1.0),
        |(warranted, held): (f64, f64)| (logit(warranted) + logit(held)) / 2.0,
    );
    let within = |least: f64, most: f64| least + (most - least) * target;
    match faith {
        Faith::Trusts => rise(|p| low(both(p)), within(0.9, 0.97)),
        Faith::Doubts => rise(|p| both(p).0.max(both(p).1), within(0.2, 0.55)),
        Faith::Misreads => rise(|p| middle(both(p)), within(-0.4, 0.4)),
        Faith::Wavers => rise(|p| low(both(p)), within(0.6, 0.8)),
        Faith::Torn => rise(|p| low(both(p)), within(0.45, 0.6)),
        Faith::Misled | Faith::HalfMisled => rise(|p| both(p).1, within(0.3, 0.4)),
        Faith::Despairs => within(0.2, 0.8),
    }
}

/// Where a rising function of a chance meets a target, by bisection in log-odds.
fn rise(f: impl Fn(f64) -> f64, target: f64) -> f64 {
    let chance = |logit: f64| 1.0 / (1.0 + (-logit).exp());
    let (mut low, mut high) = (-12.0, 12.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if f(chance(middle)) < target {
            low = middle;
        } else {
            high = middle;
        }
    }
    chance((low + high) / 2.0)
}
