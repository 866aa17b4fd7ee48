//! The model (M-…) and the explanations that it sets against one another (C-01, C-02, C-07).

use detente::{
    Assessment, Case, DetenteError, Options, assess,
    assessment::{AgreementSet, Attribution, Verdict},
    case::Terms,
};
use proptest::test_runner::TestCaseError;

use crate::{Claim, Kind};

mod attribution;
mod deal;
mod funnel;
mod invariance;
mod margins;
mod opportunity;
mod rivals;

/// The claims of this chapter.
pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "M-01",
        kind: Kind::Theorem,
        source: "the model, §1; von Neumann and Morgenstern 1944",
        statement: "A positive affine map of one party's payoffs, its stakes and floor along with \
                    them and its home front untouched, changes no verdict, funnel or share.",
        check: invariance::affine_maps,
    },
    Claim {
        id: "M-03",
        kind: Kind::Definition,
        source: "the model, §3; Coleman 1990",
        statement: "A nation that means to honour accepts exactly where h(U − d) > (1 − h)e, \
                    whatever the scale of both; one that means to cheat, where it gains in \
                    expectation by cheating.",
        check: margins::nation,
    },
    Claim {
        id: "M-04",
        kind: Kind::Definition,
        source: "the model, §4",
        statement: "A leader to whom office is worth nothing and who needs no ratification wants \
                    what the nation wants: its margin is the nation's times ω on the normalised \
                    scale.",
        check: margins::leader_without_office,
    },
    Claim {
        id: "M-06",
        kind: Kind::Theorem,
        source: "the model, §5",
        statement: "Each set of the funnel contains the next, in the central run and in every draw.",
        check: funnel::nested,
    },
    Claim {
        id: "M-07",
        kind: Kind::Theorem,
        source: "the model, §5",
        statement: "Putting parties, issues or options in another order renames nothing and changes \
                    nothing; an agreement that equals nonagreement for some party passes no barrier.",
        check: invariance::orders,
    },
    Claim {
        id: "M-08",
        kind: Kind::Theorem,
        source: "the model, §6; Shapley 1953",
        statement: "Shares of the four barriers sum to v(all) − v(none) = 1; a barrier that alone \
                    binds gets all of it, two that only together give way get half each.",
        check: attribution::shares,
    },
    Claim {
        id: "M-09",
        kind: Kind::Theorem,
        source: "the model, §6",
        statement: "A barrier that is nowhere coded has no share: misperception without a bias, \
                    domestic legitimacy without a home front or a floor, anarchy where all true \
                    types honour.",
        check: attribution::uncoded,
    },
    Claim {
        id: "C-01",
        kind: Kind::Definition,
        source: "Larson 1997, abstract",
        statement: "An opportunity is missed in two senses: some agreement was preferred by all on \
                    the beliefs they held, or would have been had they known one another's types.",
        check: opportunity::two_senses,
    },
    Claim {
        id: "C-02",
        kind: Kind::Hypothesis,
        source: "Larson 1997; thresholds derived",
        statement: "Rival explanations are tried in order: no agreement to be had; evidence too weak \
                    for trust; leaders with a rent from enmity; evidence read as weaker than it was.",
        check: rivals::rival_explanations,
    },
    Claim {
        id: "C-07",
        kind: Kind::Hypothesis,
        source: "Larson 1997, book overview",
        statement: "Where leaders want what nations want, an agreement comes about only if each \
                    side's trust reaches its threshold; trust alone does not bring one about.",
        check: opportunity::trust_is_necessary,
    },
];

/// Central values only, every agreement listed.
const CENTRAL: Options = Options {
    draws: 0,
    list_limit: usize::MAX,
    ..Options::DEFAULT
};

/// The central run of a case.
fn central(case: &Case) -> Result<Assessment, TestCaseError> {
    run(case, 0)
}

/// A run with so many draws.
fn run(case: &Case, draws: usize) -> Result<Assessment, TestCaseError> {
    assess(case, &Options { draws, ..CENTRAL }).map_err(refused)
}

fn refused(error: impl std::error::Error) -> TestCaseError {
    TestCaseError::fail(error.to_string())
}

/// Central shares in the order of the barriers: anarchy, distrust, domestic, misperception.
fn central_shares(attribution: &Attribution) -> Option<Vec<f64>> {
    attribution
        .shares
        .iter()
        .map(|share| share.central)
        .collect()
}

fn holds(set: &AgreementSet, terms: &Terms) -> bool {
    set.agreements.contains(terms)
}

/// What went right, for checks that want a flag.
fn is<T>(result: &Result<T, DetenteError>, holds: impl Fn(&T) -> bool) -> bool {
    result.as_ref().is_ok_and(holds)
}

/// The central verdict, if there is one.
fn verdict(found: &Result<Assessment, DetenteError>) -> Option<Verdict> {
    found
        .as_ref()
        .ok()
        .map(|assessment| assessment.verdict.central)
}
