//! Sentences about shares, from assessments altered to call for them, and pages with parts missing.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod small;

use detente::{
    Assessment,
    assessment::{Barrier, Chance, Verdict},
};
use detente_report::{TerminalOptions, headline, terminal};
use small::{Small, TRICK, from_text};

/// A case of warranted distrust, which has shares at central values.
fn distrust() -> Assessment {
    let small = Small {
        prior: "0.2",
        gain: "{ low = 1.9, mode = 2, high = 2.1 }",
        outcome: "nonagreement",
        ..Small::default()
    };
    small.assess(20)
}

/// The page as one line, so that a sentence is found wherever it was broken.
fn page(assessment: &Assessment) -> String {
    let page = terminal(assessment, &TerminalOptions::default());
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Sets the share at central values of the barrier.
fn give(assessment: &mut Assessment, barrier: Barrier, share: f64) {
    let shares = &mut assessment.attribution.as_mut().unwrap().shares;
    let found = shares.iter_mut().find(|it| it.barrier == barrier).unwrap();
    found.central = Some(share);
    found.range = Some([share.min(0.0), share.max(0.0)]);
}

#[test]
fn a_negative_share_is_shown_and_explained() {
    let mut assessment = distrust();
    assert!(!page(&assessment).contains("negative"));
    give(&mut assessment, Barrier::Misperception, -0.25);
    let page = page(&assessment);
    assert!(page.contains("−0.25 −0.25 to 0.00"), "{page}");
    assert!(page.contains("A negative share is no slip"), "{page}");
}

#[test]
fn a_verdict_and_a_largest_share_that_differ_are_told_apart_in_one_sentence() {
    let mut assessment = distrust();
    assert!(page(&assessment).contains("Every way of judging names prudent distrust."));
    give(&mut assessment, Barrier::PrudentDistrust, 0.4);
    give(&mut assessment, Barrier::Anarchy, 0.6);
    let said = page(&assessment);
    assert!(
        said.contains("The ways of judging disagree: the verdict at central values, ")
            && said.contains("; the largest share at central values names anarchy."),
        "{said}"
    );
    // Equal shares are no difference.
    give(&mut assessment, Barrier::PrudentDistrust, 0.5);
    give(&mut assessment, Barrier::Anarchy, 0.5);
    let said = page(&assessment);
    assert!(
        said.contains(
            "As far as they name one, the ways of judging agree on prudent distrust: the verdict"
        ) && said
            .contains("the largest share at central values names anarchy and prudent distrust"),
        "{said}"
    );
}

#[test]
fn an_overdetermined_failure_is_called_so() {
    let mut assessment = distrust();
    let attribution = assessment.attribution.as_mut().unwrap();
    attribution.minimal_sets = vec![vec![Barrier::PrudentDistrust, Barrier::Misperception]];
    for cause in &mut attribution.causes {
        cause.necessary = cause.necessary.map(|_| chance(0.0));
        cause.responsibility = Some(match cause.barrier {
            Barrier::PrudentDistrust | Barrier::Misperception => 0.5,
            _ => 0.0,
        });
    }
    let said = page(&assessment);
    assert!(said.contains("; necessity names none; "), "{said}");
    assert!(said.contains("the failure was overdetermined"), "{said}");
    assert!(
        said.contains("No barrier was necessary for the failure"),
        "{said}"
    );
}

/// A chance that all draws agree on.
fn chance(estimate: f64) -> Chance {
    Chance {
        estimate,
        standard_error: 0.0,
        interval: [0.0, 1.0],
    }
}

#[test]
fn minimal_sets_are_ways_out() {
    let mut assessment = distrust();
    let attribution = assessment.attribution.as_mut().unwrap();
    attribution.minimal_sets = vec![
        vec![Barrier::PrudentDistrust],
        vec![Barrier::Anarchy, Barrier::Misperception],
    ];
    assert!(
        page(&assessment).contains(
            "any of these: prudent distrust alone; or anarchy and misperception together."
        )
    );
}

#[test]
fn evidence_cut_short_is_said_at_once() {
    let mut assessment = distrust();
    assert!(!page(&assessment).contains("left out throughout"));
    assessment.reproducibility.until = "1999-12-31".parse().unwrap();
    assert!(
        page(&assessment).contains("known after 31 December 1999 is left out throughout: 0 acts.")
    );
}

#[test]
fn acts_after_the_decision_are_told_of_without_being_asked() {
    let small = Small {
        more: TRICK,
        ..Small::default()
    };
    assert!(!page(&small.assess(0)).contains("left out"));
    let mistyped = small
        .text()
        .replace("decided = 2000-06-30", "decided = 1990-06-30");
    assert!(page(&from_text(&mistyped, 0)).contains(
        "Every act that the case codes (1 act) became known after 30 June 1990 (the decision) and \
         is left out throughout: if that is not meant, check the dates."
    ));
}

#[test]
fn missing_parts_leave_a_page_all_the_same() {
    for verdict in Verdict::ALL {
        let mut assessment = distrust();
        assessment.verdict.central = verdict;
        assessment.verdict.chances.clear();
        assessment.verdict.probabilities.clear();
        assessment.funnel.clear();
        assessment.subject.parties.clear();
        assessment.subject.issues.clear();
        for series in &mut assessment.beliefs {
            series.points.clear();
        }
        let attribution = assessment.attribution.as_mut().unwrap();
        attribution.shares.clear();
        attribution.conflict_of_interest = None;
        assert!(headline(&assessment).starts_with("On 30 June 2000, "));
        assert!(page(&assessment).contains("To repeat this run"));
    }
}

#[test]
fn an_absurd_width_is_borne() {
    for width in [0, 1, 40, 10_000] {
        let options = TerminalOptions {
            width,
            colour: true,
        };
        assert!(terminal(&distrust(), &options).ends_with('\n'));
    }
}
