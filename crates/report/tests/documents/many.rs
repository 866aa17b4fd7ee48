//! A case of very many agreements.

use std::{fmt::Write as _, time::Instant};

use detente::agreements::Cloud;
use detente_report::html;

use super::{Found, markup::parse, small::TRICK};

/// Five issues of ten options, 10⁵ agreements, with everything coded that makes a report long.
fn text() -> String {
    let mut text = "format = 1\n[case]\nid = 'many'\ntitle = 'Many'\ndecided = 2000-06-30\noutcome = 'nonagreement'\n".to_owned();
    for issue in 0..5 {
        let _ = writeln!(text, "[issue.i{issue}]\nname = 'Issue {issue}'");
        for option in 0..10 {
            let _ = writeln!(text, "option.o{option} = 'Option {option}'");
        }
    }
    for (party, other) in [("east", "west"), ("west", "east")] {
        let _ = writeln!(
            text,
            "[party.{party}]\nname = '{party}'\nnonagreement = {{ low = 80, mode = 90, high = 100 }}\n\
             detection = 0.9\ntrue_type = 'keeps'\n\
             prior.{other}.keeps = {{ low = 0.3, mode = 0.5, high = 0.7 }}\n\
             type.keeps.patience = 0.9\ntype.cheats = {{ patience = 0.1, temptation_scale = 3 }}\n\
             home = {{ national_weight = 1, office_stake = {{ low = 0.2, mode = 0.5, high = 0.8 }}, support = 0.5, threat = 0.2, baseline = 0, curve = 'logit' }}\n\
             [party.{party}.payoff]"
        );
        for issue in 0..5 {
            let worth = |option: usize| match party {
                "east" => option * (issue + 2) + option * option % 7,
                _ => (9 - option) * (7 - issue) + option * 3 % 5,
            };
            let options: Vec<String> = (0..10).map(|it| format!("o{it} = {}", worth(it))).collect();
            let _ = writeln!(text, "i{issue} = {{ {} }}", options.join(", "));
        }
        for aspect in ["exposure", "temptation"] {
            let _ = writeln!(text, "[party.{party}.{aspect}]");
            for issue in 0..5 {
                let options: Vec<String> = (0..10).map(|it| format!("o{it} = {it}")).collect();
                let _ = writeln!(text, "i{issue} = {{ {} }}", options.join(", "));
            }
        }
    }
    text + TRICK
}

#[test]
fn a_hundred_thousand_agreements_make_a_small_page() {
    let found = Found::large(&text());
    assert_eq!(found.cloud.agreements, 100_000);
    assert!(matches!(found.cloud.planes[0].cloud, Cloud::Density(_)));
    let findings = found.findings();
    assert!(findings.sensitivity.is_some() && findings.rewrites.is_some());
    let begun = Instant::now();
    let page = html(&findings);
    assert!(begun.elapsed().as_secs_f64() < 1.0);
    assert!(page.len() < 1_500_000, "{} bytes", page.len());
    let elements = parse(&page);
    for figure in [
        "bargaining-1-2",
        "win-sets",
        "tornado",
        "indices",
        "ledger-1",
    ] {
        assert!(
            elements.iter().any(|it| it.get("id") == Some(figure)),
            "{figure}"
        );
    }
}
