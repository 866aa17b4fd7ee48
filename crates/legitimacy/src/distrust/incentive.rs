//! What a leader gains by raising an audience's fear: rent from the enemy, less the surplus that
//! fear destroys.

use super::Promoter;

/// A surplus that there is to share on some occasion, and how likely the occasion is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occasion {
    pub(super) chance: f64,
    pub(super) surplus: f64,
}

/// G(b) = Ωℓb − α Σ_k w_k·min(A·S_k, Ωμb), for ℓ ≥ 0: convex, piecewise linear, 0 at 0.
/// At most two occasions: the other side is alarmed or calm.
#[derive(Debug, Clone, Copy)]
pub(super) struct Incentive {
    /// Ωℓ.
    rent: f64,
    /// Ωμ.
    pull: f64,
    /// α.
    share: f64,
    /// ωL.
    toll: f64,
    /// w_k and A·S_k, the smaller surplus first.
    occasions: [Occasion; 2],
}

impl Incentive {
    /// Occasions are given by their surplus in shares of the good; negative ones count as 0.
    pub(super) fn new(promoter: &Promoter, share: f64, occasions: [Occasion; 2]) -> Self {
        let worth = |it: Occasion| Occasion {
            surplus: promoter.weight() * it.surplus.max(0.0),
            ..it
        };
        let [first, second] = occasions.map(worth);
        Self {
            rent: promoter.office() * promoter.params().leader.params().threat,
            pull: promoter.office() * promoter.pull(),
            share,
            toll: promoter.toll(),
            occasions: if first.surplus <= second.surplus {
                [first, second]
            } else {
                [second, first]
            },
        }
    }

    /// One occasion only.
    pub(super) fn alone(promoter: &Promoter, share: f64, surplus: f64) -> Self {
        let never = Occasion {
            chance: 0.0,
            surplus,
        };
        let always = Occasion {
            chance: 1.0,
            surplus,
        };
        Self::new(promoter, share, [always, never])
    }

    /// G(b): what belief `b` rather than 0 brings a leader who knows the adversary to be benign.
    pub(super) fn benign_gain(&self, b: f64) -> f64 {
        self.gain(b, 0.0)
    }

    /// The same for a leader who knows it to be hostile, to whom ωL of the surplus is lost.
    pub(super) fn hostile_gain(&self, b: f64) -> f64 {
        self.gain(b, self.toll)
    }

    fn gain(&self, b: f64, toll: f64) -> f64 {
        let destroyed: f64 = self
            .occasions
            .iter()
            .map(|it| it.chance * (it.surplus - toll).max(0.0).min(self.pull * b))
            .sum();
        self.rent * b - self.share * destroyed
    }

    /// How large the terms of G are, for telling rounding from loss.
    pub(super) fn size(&self) -> f64 {
        self.rent + self.pull
    }

    /// b̂, the belief above 0 at which G reaches `cost`; `None` if it does so nowhere below 1.
    /// Exact: the first linear piece on which it does.
    pub(super) fn threshold(&self, cost: f64) -> Option<f64> {
        if self.benign_gain(1.0) <= cost {
            return None;
        }
        let [small, large] = self.occasions;
        // Both occasions open, then the larger, then none.
        let pieces = [
            (small.chance + large.chance, 0.0, small.surplus),
            (large.chance, small.chance * small.surplus, large.surplus),
        ];
        for (open, destroyed, until) in pieces {
            let slope = self.rent - self.share * open * self.pull;
            let root = (cost + self.share * destroyed) / slope;
            if slope > 0.0 && self.pull * root <= until {
                return Some(root.min(1.0));
            }
        }
        let destroyed = small.chance * small.surplus + large.chance * large.surplus;
        Some(((cost + self.share * destroyed) / self.rent).min(1.0))
    }
}
