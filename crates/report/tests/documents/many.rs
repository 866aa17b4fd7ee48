//! A case of very many agreements.

use std::{fmt::Write as _, time::Instant};

use detente::{
    Case, Model, Options,
    agreements::{Cloud, payoff_cloud},
    assess_model,
    decode::Source,
};
use detente_report::{Findings, html};

use super::markup::parse;

/// Five issues of ten options: 10⁵ agreements.
fn text() -> String {
    let mut text = "format = 1\n[case]\nid = 'many'\ntitle = 'Many'\ndecided = 2000-06-30\noutcome = 'nonagreement'\n".to_owned();
    for issue in 0..5 {
        let _ = writeln!(text, "[issue.i{issue}]\nname = 'Issue {issue}'");
        for option in 0..10 {
            let _ = writeln!(text, "option.o{option} = 'Option {option}'");
        }
    }
    for party in ["east", "west"] {
        let _ = writeln!(
            text,
            "[party.{party}]\nname = '{party}'\nnonagreement = 90\n[party.{party}.payoff]"
        );
        for issue in 0..5 {
            let worth = |option: usize| match party {
                "east" => option * (issue + 2) + option * option % 7,
                _ => (9 - option) * (7 - issue) + option * 3 % 5,
            };
            let options: Vec<String> = (0..10).map(|it| format!("o{it} = {}", worth(it))).collect();
            let _ = writeln!(text, "i{issue} = {{ {} }}", options.join(", "));
        }
    }
    text
}

#[test]
fn a_hundred_thousand_agreements_make_a_small_page() {
    let case =
        Case::read(&Source::new("many.toml", text().as_str())).unwrap_or_else(|it| panic!("{it}"));
    let model = Model::compile(&case).unwrap();
    let options = Options {
        draws: 0,
        ..Options::default()
    };
    let assessment = assess_model(&model, &options, |_| {}).unwrap();
    let cloud = payoff_cloud(&model, &options, 6).unwrap();
    assert_eq!(cloud.agreements, 100_000);
    assert!(matches!(cloud.planes[0].cloud, Cloud::Density(_)));
    let findings = Findings {
        cloud: Some(&cloud),
        ..Findings::of(&assessment)
    };
    let begun = Instant::now();
    let page = html(&findings);
    assert!(begun.elapsed().as_secs_f64() < 1.0);
    assert!(page.len() < 1_500_000, "{} bytes", page.len());
    let _ = parse(&page);
}
