//! Sentences about trust, beside the answers they lead to.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod small;

use detente::Assessment;
use detente_report::{TerminalOptions, terminal};
use small::Small;

/// The page as one line, so that a sentence is found wherever it was broken.
fn page(assessment: &Assessment) -> String {
    let page = terminal(assessment, &TerminalOptions::default());
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn says(assessment: &Assessment, sentences: &[&str]) {
    let page = page(assessment);
    for sentence in sentences {
        assert!(page.contains(sentence), "{sentence}: {page}");
    }
}

/// East's deal, with what trust it needs and how it answers set by hand.
fn set(needs: (Option<f64>, Option<f64>), margins: (f64, f64), accepts: bool) -> Assessment {
    let mut assessment = Small::default().assess(0);
    let east = assessment.beliefs.iter_mut();
    let east = east.filter(|series| series.observer == "east");
    for threshold in east.filter_map(|series| series.threshold.as_mut()) {
        (threshold.nation, threshold.leader) = needs;
        for answer in [&mut threshold.warranted, &mut threshold.held] {
            (answer.nation_margin, answer.leader_margin) = margins;
            answer.accepts = accepts;
        }
    }
    assessment
}

#[test]
fn a_leader_who_does_not_turn_on_trust_is_not_measured_by_the_nation() {
    let assessment = set((Some(0.33), None), (1.4, -0.2), false);
    says(
        &assessment,
        &[
            "To accept, the nation needs trust above 0.33; with a home front, the answer of East \
             does not turn on trust alone. At the decision 0.80 was warranted and 0.80 held. known \
             warranted held act",
            "At the decision East would refuse it, on either reading of the evidence.",
        ],
    );
}

#[test]
fn a_leader_with_a_threshold_is_measured_by_it() {
    let assessment = set((Some(0.33), Some(0.9)), (1.4, -0.2), false);
    says(
        &assessment,
        &[
            "the nation needs trust above 0.33; East, with a home front, above 0.90. At the decision \
             0.80 was warranted and 0.80 held, both below what it takes for East to accept.",
            "before 0.80 0.80 below",
        ],
    );
}

#[test]
fn a_nation_with_nothing_to_lose_asks_for_some_trust() {
    let small = Small {
        exposure: "0",
        ..Small::default()
    };
    let assessment = small.assess(0);
    assert!(!page(&assessment).contains("whatever it believes"));
    says(
        &assessment,
        &[
            "The nation accepts at any trust above 0. At the decision 0.80 was warranted and 0.80 held. known",
        ],
    );
}

#[test]
fn numbers_that_tie_at_two_digits_are_told_apart() {
    let assessment = set((Some(0.7981), None), (0.1, 0.1), true);
    says(
        &assessment,
        &[
            "needs trust above 0.7981. At the decision 0.8000 was warranted and 0.8000 held, both \
             above what it takes.",
            "before 0.8000 0.8000 above",
        ],
    );
    let level = set((Some(0.8), None), (0.0, 0.0), false);
    says(
        &level,
        &["needs trust above 0.80. At the decision 0.80 was warranted and 0.80 held, both just at"],
    );
}
