//! Reputation as strategy, and what distrust costs the trustworthy (C-29, C-31, C-35, C-61…C-64),
//! and trust passed on.

use crate::{
    Claim,
    Kind::{Definition, Theorem},
};

mod strategy;
mod traps;

/// The claims of this chapter.
pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C-29",
        kind: Theorem,
        source: "Kreps & Wilson 1982, Journal of Economic Theory 27(2)",
        statement: "With k probes left challengers come below a belief of b^k; a weak incumbent \
                    resists just often enough to lift it to b^(k−1), so that a small chance of \
                    strength deters all but the last few.",
        check: strategy::chain_store,
    },
    Claim {
        id: "C-31",
        kind: Theorem,
        source: "shadow of the future; derived",
        statement: "Where betrayal ends the relationship and comes at once, trust pays iff its odds \
                    exceed (1 − δ) L/G.",
        check: strategy::shadow,
    },
    Claim {
        id: "C-35",
        kind: Theorem,
        source: "Sobel 1985, Review of Economic Studies 52(4)",
        statement: "An enemy keeps faith while it builds a reputation and betrays where the stake \
                    times T − R exceeds what the reputation is worth tomorrow.",
        check: strategy::cashing_in,
    },
    Claim {
        id: "C-61",
        kind: Theorem,
        source: "Ville 1939; derived",
        statement: "A trustworthy party is ever distrusted by a myopic Bayesian with chance at most \
                    (1 − p₀)/p₀ · L/G, and an untrustworthy one almost surely.",
        check: traps::bound,
    },
    Claim {
        id: "C-62",
        kind: Theorem,
        source: "gambler's ruin; derived",
        statement: "Where types mirror each other the chance is ((1 − θ)/θ)^k, k the net betrayals \
                    that end trust.",
        check: traps::gamblers_ruin,
    },
    Claim {
        id: "C-63",
        kind: Theorem,
        source: "Rothschild 1974; Easley & Kiefer 1988",
        statement: "Patience lowers the belief at which an optimal experimenter stops, but a \
                    trustworthy party is still given up for good with positive chance.",
        check: traps::experimenting,
    },
    Claim {
        id: "C-64",
        kind: Theorem,
        source: "Denrell & March 2001; Denrell 2024",
        statement: "Whoever goes on only while the estimate is good underestimates on average (by \
                    φ(0)/2 of a standard normal looked at twice at most); a Bayesian's belief stays \
                    right on average.",
        check: traps::hot_stove,
    },
    Claim {
        id: "R-08",
        kind: Definition,
        source: "Kamvar, Schlosser & Garcia-Molina 2003, EigenTrust",
        statement: "Global trust is the fixed point of passing trust on in proportion to one's own, \
                    with a share kept for those trusted beforehand.",
        check: traps::eigen_trust_reference,
    },
];
