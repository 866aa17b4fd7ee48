//! Every verdict, in words, from a case one number away from agreement.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod small;

use detente::{Assessment, assessment::Verdict};
use detente_report::{TerminalOptions, headline, terminal};
use small::{Small, TRICK, from_text};

#[track_caller]
fn says(small: Small, draws: usize, verdict: Verdict, sentence: &str) -> Assessment {
    let assessment = small.assess(draws);
    assert_eq!(assessment.verdict.central, verdict);
    assert_eq!(headline(&assessment), sentence);
    assessment
}

fn page(assessment: &Assessment) -> String {
    terminal(assessment, &TerminalOptions::default())
}

#[test]
fn agreement_within_reach() {
    let small = Small {
        gain: "{ low = -1, mode = 2, high = 4 }",
        ..Small::default()
    };
    let assessment = says(
        small,
        200,
        Verdict::AgreementExpected,
        "It is very likely (probability 0.92 ± 0.02) that on 30 June 2000 an agreement was within \
         reach of East and West; one was made, as the model expects.",
    );
    insta::assert_snapshot!("agreement", page(&assessment));
}

#[test]
fn conflict_of_interest() {
    let small = Small {
        gain: "{ low = -3, mode = -1, high = 1 }",
        outcome: "nonagreement",
        ..Small::default()
    };
    let assessment = says(
        small,
        200,
        Verdict::ConflictOfInterest,
        "It is very likely (probability 0.82 ± 0.03) that on 30 June 2000 no possible agreement was better than none for both East and West, which left no opportunity to miss; none was made, as the model expects.",
    );
    insta::assert_snapshot!("conflict", page(&assessment));
}

#[test]
fn not_self_enforcing() {
    let small = Small {
        west: "cheats",
        gain: "{ low = 1.9, mode = 2, high = 2.1 }",
        outcome: "nonagreement",
        ..Small::default()
    };
    let assessment = says(
        small,
        50,
        Verdict::NotSelfEnforcing,
        "On 30 June 2000, in every draw of the coder's uncertainty, every agreement that was better than none for both East and West would have been broken by one of them; none was made where the model expects one (signed in misplaced trust), so the model does not explain the record.",
    );
    insta::assert_snapshot!("anarchy", page(&assessment));
}

#[test]
fn prudent_distrust() {
    let small = Small {
        prior: "{ low = 0.05, mode = 0.2, high = 0.4 }",
        outcome: "nonagreement",
        ..Small::default()
    };
    let assessment = says(
        small,
        200,
        Verdict::PrudentDistrust,
        "It is almost certain (probability 0.98 ± 0.01) that on 30 June 2000 agreements existed that both East and West preferred to none and would have kept, but on the evidence as it was none was prudent for both to accept; none was made, as the model expects.",
    );
    insta::assert_snapshot!("distrust", page(&assessment));
}

#[test]
fn not_affordable_at_home() {
    let small = Small {
        east: "leader = 'The premier'\nratification_floor = { low = 1, mode = 3, high = 4 }",
        outcome: "nonagreement",
        ..Small::default()
    };
    let assessment = says(
        small,
        200,
        Verdict::Domestic,
        "It is very likely (probability 0.87 ± 0.02) that on 30 June 2000 agreements existed that both The premier (East) and West could prudently have accepted, but none that both could afford at home; none was made, as the model expects.",
    );
    insta::assert_snapshot!("domestic", page(&assessment));
}

#[test]
fn misperception() {
    let small = Small {
        prior: "0.2",
        exposure: "{ low = 0.3, mode = 1, high = 9 }",
        outcome: "nonagreement",
        more: TRICK,
        ..Small::default()
    };
    let text = small.text().replace(
        "[party.west.prior.east]\nkeeps = 0.2",
        "[party.west.prior.east]\nkeeps = 0.95",
    );
    let assessment = from_text(&text, 200);
    assert_eq!(assessment.verdict.central, Verdict::Misperception);
    assert_eq!(
        headline(&assessment),
        "It is likely (probability 0.67 ± 0.03) that on 30 June 2000 an agreement lay open that the evidence warranted for both East and West, but not the evidence as they read it; none was made, as the model expects."
    );
    insta::assert_snapshot!("misperception", page(&assessment));
}

#[test]
fn a_signature_in_misplaced_trust() {
    let small = Small {
        west: "cheats",
        ..Small::default()
    };
    says(
        small,
        0,
        Verdict::NotSelfEnforcing,
        "On 30 June 2000, at the coder's central values, every agreement that was better than none for both East and West would have been broken by one of them; one was made, as the model expects (signed in misplaced trust).",
    );
}

#[test]
fn a_verdict_likelier_than_the_central_one() {
    let small = Small {
        gain: "{ discrete = [{ value = -1, weight = 1 }, { value = 2, weight = 1 }] }",
        ..Small::default()
    };
    let assessment = small.assess(200);
    assert_eq!(
        headline(&assessment),
        "On 30 June 2000, at the coder's central values, no possible agreement was better than none for both East and West, which left no opportunity to miss, but over the coder's uncertainty that has a roughly even chance (probability 0.49 ± 0.04) and it is likelier (0.51) that an agreement was within reach; one was made, so the model does not explain the record."
    );
}

#[test]
fn without_draws_nothing_is_said_of_chances() {
    let assessment = says(
        Small::default(),
        0,
        Verdict::AgreementExpected,
        "On 30 June 2000, at the coder's central values, an agreement was within reach of East and \
         West; one was made, as the model expects.",
    );
    let page = page(&assessment);
    assert!(page.contains("No draws were made"));
    assert!(!page.contains('±') && !page.contains("90%"));
    assert!(!page.contains("chance of any") && !page.contains("The band shows"));
}

#[test]
fn one_draw_is_one() {
    let small = Small {
        gain: "{ low = 1.9, mode = 2, high = 2.1 }",
        ..Small::default()
    };
    assert!(page(&small.assess(1)).contains("Shares of 1 draw of every uncertain number"));
}

#[test]
fn a_case_without_uncertainty_is_exact() {
    let small = Small {
        prior: "0.2",
        outcome: "nonagreement",
        ..Small::default()
    };
    let assessment = small.assess(50);
    assert!(headline(&assessment).starts_with("On 30 June 2000 agreements existed"));
    let page = page(&assessment);
    assert!(page.contains("the answer is exact, given the coding"));
    for word in [
        "±",
        "interval",
        "chance of any",
        "90%",
        "over draws",
        "of the draws",
    ] {
        assert!(!page.contains(word), "{word}: {page}");
    }
}

#[test]
fn draws_that_can_differ_in_true_types_are_shown() {
    let text = Small::default().text();
    let text = text.replace(
        "true_type = 'keeps'\n\n[party.west.payoff]",
        "true_type = { keeps = 0.5, cheats = 0.5 }\n\n[party.west.payoff]",
    );
    let assessment = from_text(&text, 50);
    assert!(!page(&assessment).contains("the answer is exact"));
}

#[test]
fn a_case_without_acts_offers_or_common_ground() {
    let small = Small {
        gain: "-1",
        outcome: "nonagreement",
        ..Small::default()
    };
    let page = page(&small.assess(20));
    assert!(!page.contains("Offers really made"));
    assert!(page.contains("there was none to trust anybody with"));
    assert!(page.contains("0.80/0.20"));
}

#[test]
fn what_a_case_writes_cannot_disturb_the_page() {
    let text = Small::default()
        .text()
        .replace("'A small case'", "\"A \\u001b[31msmall\\ncase 平和\"")
        .replace("name = 'East'", "name = \"Öst\\u202e\"");
    let page = page(&from_text(&text, 10));
    assert!(page.contains("A \u{fffd}[31msmall case 平和"));
    assert!(page.contains("Öst\u{fffd}"));
    assert!(!page.contains('\x1b') && !page.contains('\u{202e}'));
}
