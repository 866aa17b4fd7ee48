//! Reassurance (C-…): signals, ladders, concessions: how trust could have been built.

use detente::{
    quantity::{DiscountFactor, Probability},
    reassurance::{Patience, Rung},
};
use proptest::prelude::TestCaseError;

use crate::{
    Claim,
    Kind::{Hypothesis, Theorem},
};

mod grit;
mod ladders;
mod played_out;
mod remedies;
mod signals;
mod strangers;

/// The claims of this chapter.
pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C-06",
        kind: Hypothesis,
        source: "Larson 1997, Political Psychology 18(3), on remedies",
        statement: "Where trust is too low for an agreement at once, steps that test good faith at \
                    limited cost, or unilateral concessions within a consistent policy, can build \
                    it; concessions that are traded or taken back cannot. Graduated initiatives are both.",
        check: remedies::remedies,
    },
    Claim {
        id: "C-22",
        kind: Theorem,
        source: "Kydd 2000, International Organization 54(2), p. 332",
        statement: "In the trust game a party moves first with cooperation iff its trust exceeds \
                    S/(R+S), whether it is nice, and would return it, or mean, and would exploit it.",
        check: signals::trust_game,
    },
    Claim {
        id: "C-23",
        kind: Theorem,
        source: "Kydd 2000, p. 354; derived again",
        statement: "A first step is taken by nice senders only iff it is above \
                    T_M/(T_M − pR_M + (1−p)S_M), so that the mean do not mimic it, and below \
                    R_N/((1−p)(R_N+S_N)), so that the nice can afford it.",
        check: signals::separating_band,
    },
    Claim {
        id: "C-24",
        kind: Theorem,
        source: "Kydd 2000, p. 338",
        statement: "Some first step separates iff trust lies below S_M/(R_M+S_M) and above \
                    (S_N/R_N − S_M/T_M)/((R_N+S_N)/R_N − (R_M+S_M)/T_M).",
        check: signals::belief_range,
    },
    Claim {
        id: "C-25",
        kind: Theorem,
        source: "Kydd 2000, p. 339, and its converse",
        statement: "Reassurance is possible at some trust iff S_N/(R_N+S_N) < S_M/(R_M+S_M).",
        check: signals::feasibility,
    },
    Claim {
        id: "C-26",
        kind: Theorem,
        source: "Kydd 2000, p. 340",
        statement: "More fear makes the reassuring first step smaller: both bounds rise with trust, \
                    the upper reaching 1 at p*_N and the lower at p*_M.",
        check: signals::comparative_statics,
    },
    Claim {
        id: "C-30",
        kind: Theorem,
        source: "n-step ladder against a strategic mimic; derived, after Kreps & Wilson 1982",
        statement: "With n equal games of trust to come, each worth waiting for, trust starts above \
                    p̄ⁿ; a mimic honours so that an honoured step carries trust to p̄ⁿ⁻¹, and is \
                    trusted on with chance α_k(T−R)/(δα_{k+1}T).",
        check: ladders::n_steps,
    },
    Claim {
        id: "C-32",
        kind: Theorem,
        source: "limited-cost test; derived",
        statement: "A separating test is accepted up to δpG/((1−δ)[(1−p)L−pG]), and separates from \
                    δ_U T/(T−R): a test too cheap is mimicked.",
        check: ladders::limited_cost,
    },
    Claim {
        id: "C-33",
        kind: Theorem,
        source: "two-sided starting small; derived, after Watson 2002",
        statement: "Starting at level pδ_L T/[p(T−R)+(1−p)S] and going on in full, the impatient \
                    betray at once and the patient cooperate, at every trust above 0.",
        check: ladders::starting_small,
    },
    Claim {
        id: "C-34",
        kind: Theorem,
        source: "Ghosh & Ray 1996, Review of Economic Studies; a linear version, derived",
        statement: "Among strangers free to leave, cooperation after a testing phase cannot last \
                    without myopic types, and can with enough of them, for they make new \
                    relationships costly.",
        check: ladders::testing_phase,
    },
    Claim {
        id: "C-36",
        kind: Theorem,
        source: "Fearon 1997, Journal of Conflict Resolution 41(1); corollaries for reassurance, derived",
        statement: "A sunk cost alike for all separates iff T_U ≤ m ≤ R_T, never where exploiters gain \
                    more; hands tied by a ≥ T − R need no trust; a concession must cost the \
                    untrustworthy in particular.",
        check: signals::commitment,
    },
];

fn chance(value: f64) -> Probability {
    Probability::saturating(value)
}

fn refused(error: impl std::error::Error) -> TestCaseError {
    TestCaseError::fail(error.to_string())
}

/// G = 1, L = 2, R = 1, T = 3: the agreement of the notes' examples.
const EXAMPLE: Rung = Rung {
    gain: 1.0,
    loss: 2.0,
    reward: 1.0,
    temptation: 3.0,
};

fn patience(truster: f64, untrustworthy: f64) -> Result<Patience, TestCaseError> {
    Ok(Patience {
        truster: DiscountFactor::new(truster)?,
        untrustworthy: DiscountFactor::new(untrustworthy)?,
    })
}
