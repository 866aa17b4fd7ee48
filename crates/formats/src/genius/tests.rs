use proptest::prelude::*;

use super::*;
use crate::{Format, Limits, strategies, write_negotiation};

#[track_caller]
fn refused(text: &str, message: &str) {
    let error = read("file", text, &ReadOptions::default())
        .unwrap_err()
        .to_string();
    assert!(error.contains(message), "{error}");
}

fn tables(negotiation: &Negotiation) -> &[Vec<f64>] {
    match &negotiation.parties()[0].scores {
        Scores::Additive { tables, .. } => tables,
        Scores::Table(_) => &[],
    }
}

/// A profile with one issue, and what else stands in it.
fn with(issue: &str, rest: &str) -> String {
    format!(
        "<utility_space>\n<objective name=\"root\">\n{issue}\n<weight index=\"1\" value=\"0.3\"/></objective>{rest}</utility_space>"
    )
}

#[test]
fn evaluations_are_shares_of_the_best_and_weighed_exactly() {
    let issue = "<issue index=\"1\" name=\"maker\"><item value=\"a\" evaluation=\"320\"/><item value=\"b\" evaluation=\"80\"> </item></issue>";
    let text = with(
        issue,
        "<reservation value=\".25\"/><discount_factor value=\"0.50\"/>",
    );
    let profile = read("buyer", &text, &ReadOptions::default()).unwrap();
    // 0.3 · 80/320 is 0.075, to the last digit.
    assert_eq!(tables(&profile), [[0.3, 0.075]]);
    let party = &profile.parties()[0];
    assert_eq!(
        (party.name.as_str(), party.nonagreement, party.discount),
        ("buyer", Some(0.25), Some(0.5))
    );
    assert_eq!(profile.title(), "buyer");
}

#[test]
fn issues_of_one_number_are_refused() {
    let issue = |name: &str| {
        format!("<issue index=\"1\" name=\"{name}\"><item value=\"a\" evaluation=\"1\"/></issue>")
    };
    let two = format!("{}\n{}", issue("x"), issue("y"));
    refused(
        &with(&two, ""),
        "line 4, column 1: an issue with index 1 is there twice",
    );
}

#[test]
fn integer_issues_are_listed() {
    let issue = "<issue index=\"1\" name=\"speed\" type=\"integer\" lowerbound=\"-1\" upperbound=\"2\"><evaluator ftype=\"linear\" slope=\"0.5\" offset=\"0.1\"/></issue>";
    let profile = read("p", &with(issue, ""), &ReadOptions::default()).unwrap();
    assert_eq!(profile.issues()[0].options, ["-1", "0", "1", "2"]);
    // 0.1, 0.6, and no more than 1.
    assert_eq!(tables(&profile), [[0.03, 0.18, 0.3, 0.3]]);
    assert_eq!(profile.parties()[0].nonagreement, None);
}

#[test]
fn real_issues_are_listed_on_request() {
    let issue = |evaluator: &str| {
        format!(
            "<issue index=\"1\" name=\"price\" etype=\"real\"><range lowerbound=\"0\" upperbound=\"1\"/><evaluator {evaluator}/></issue>"
        )
    };
    let linear = with(
        &issue("ftype=\"linear\" parameter0=\"0.1\" parameter1=\"0.2\""),
        "",
    );
    refused(
        &linear,
        "line 3, column 1: an issue that may be settled at any real number",
    );
    let options = ReadOptions {
        real_options: Some(3),
        ..ReadOptions::default()
    };
    let profile = read("p", &linear, &options).unwrap();
    assert_eq!(profile.issues()[0].options, ["0", "0.5", "1"]);
    assert_eq!(tables(&profile), [[0.03, 0.06, 0.09]]);
    let peak = with(
        &issue("ftype=\"triangular\" parameter0=\"0\" parameter1=\"1\" parameter2=\"0.5\""),
        "",
    );
    let profile = read("p", &peak, &options).unwrap();
    assert_eq!(tables(&profile), [[0.0, 0.3, 0.0]]);
    let flat = with(&issue("ftype=\"constant\" parameter0=\"0.5\""), "");
    assert_eq!(
        tables(&read("p", &flat, &options).unwrap()),
        [[0.15, 0.15, 0.15]]
    );
    let other = with(&issue("ftype=\"faratin\""), "");
    let error = read("p", &other, &options).unwrap_err().to_string();
    assert!(
        error.contains("an evaluator of type \"faratin\" cannot be represented"),
        "{error}"
    );
    let one = ReadOptions {
        real_options: Some(1),
        ..options
    };
    assert!(read("p", &flat, &one).is_err());
}

#[test]
fn a_domain_has_no_party() {
    let text = "<negotiation_template><utility_space><objective name=\"pets\"><issue index=\"1\" name=\"i\"><item value=\"a\"/></issue></objective></utility_space></negotiation_template>";
    let domain = read("d", text, &ReadOptions::default()).unwrap();
    assert_eq!((domain.title(), domain.parties().len()), ("pets", 0));
}

#[test]
fn faults_are_placed() {
    refused(
        "<a/>",
        "line 1, column 1: found an element \"a\"; expected utility_space",
    );
    refused(
        "<utility_space>\n</utility_space>",
        "an element objective is missing",
    );
    refused("<utility_space><objective>\n", "what XML does not allow");
    refused(
        &with("<issue name=\"i\"/>", ""),
        "line 3, column 1: an element item is missing",
    );
    refused(
        &with(
            "<issue index=\"2\" name=\"i\"><item value=\"a\" evaluation=\"1\"/></issue>",
            "",
        ),
        "the weight of issue 2 is missing",
    );
    refused(
        &with(
            "<issue index=\"1\" name=\"i\"><item value=\"a\"/></issue>",
            "",
        ),
        "line 3, column 27: the attribute evaluation is missing",
    );
    refused(
        &with(
            "<issue index=\"1\" name=\"i\"><item value=\"a\" evaluation=\"1e999\"/></issue>",
            "",
        ),
        "line 3, column 55: found \"1e999\"",
    );
    refused(
        &with(
            "<issue index=\"1\" name=\"i\"><item value=\"a\" evaluation=\"1\"/></issue>",
            "<reservation value=\"x\"/>",
        ),
        "found \"x\"; expected a finite number",
    );
    refused(
        &with("<issue index=\"1\" name=\"i\" type=\"text\"/>", ""),
        "an issue of type \"text\"",
    );
    refused(
        &with(
            "<issue index=\"1\" name=\"i\" type=\"integer\" lowerbound=\"5\" upperbound=\"1\"/>",
            "",
        ),
        "below the lower bound",
    );
    refused(
        &with(
            "<issue index=\"1\" name=\"i\" type=\"integer\" lowerbound=\"0\" upperbound=\"2147483647\"/>",
            "",
        ),
        "options number more than 100000",
    );
    refused(
        "<utility_space type=\"nonlinear\"/>",
        "a utility over several issues at once",
    );
    refused(
        "<utility_space><ufun/></utility_space>",
        "a utility over several issues at once",
    );
    refused(
        "<utility_space><objective><objective/></objective></utility_space>",
        "an objective within an objective",
    );
}

#[test]
fn entity_bombs_and_deep_nesting_are_refused() {
    let bomb = "<!DOCTYPE b [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>\n<utility_space>&b;</utility_space>";
    refused(
        bomb,
        "line 1, column 1: a document type cannot be represented",
    );
    refused(
        "<utility_space>&lol;</utility_space>",
        "what XML does not allow",
    );
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    refused(&deep, "levels of nesting number more than 128");
    let few = ReadOptions {
        limits: Limits {
            nodes: 3,
            ..Limits::default()
        },
        ..ReadOptions::default()
    };
    let wide = read("p", "<a><b/><b/><b/><b/></a>", &few);
    assert!(matches!(
        wide,
        Err(FormatError::TooMany {
            what: "elements",
            ..
        })
    ));
}

#[test]
fn what_would_cost_the_square_of_its_length_is_refused() {
    let attributes: String = (0..1_000_000).map(|i| format!(" a{i}=\"\"")).collect();
    refused(
        &format!("<utility_space{attributes}/>"),
        "attributes of an element number more than 64",
    );
    let nested: String = (0..60_000)
        .map(|i| format!("<a xmlns:x{i}=\"u{i}\">"))
        .collect();
    refused(
        &nested,
        "line 1, column 4: a namespace cannot be represented",
    );
    refused(
        "<!-- a=\"<\" xmlns --><?x y=?><a/>",
        "found an element \"a\"",
    );
    refused("<!-- without end", "what XML does not allow");
}

proptest! {
    #[test]
    fn profiles_come_back(negotiation in strategies::additive_negotiation()) {
        for party in negotiation.parties() {
            let issues = negotiation.issues().to_vec();
            let one = Negotiation::new(negotiation.title(), issues, vec![party.clone()]).unwrap();
            let text = write_negotiation(&one, Format::Genius).unwrap();
            let back = read(&party.name, &text, &ReadOptions::default()).unwrap();
            prop_assert_eq!(back.parties(), one.parties());
            prop_assert_eq!(back.issues(), one.issues());
        }
    }

    #[test]
    fn domains_come_back(negotiation in strategies::negotiation()) {
        let domain = Negotiation::new("some domain", negotiation.issues().to_vec(), vec![]).unwrap();
        let text = write_negotiation(&domain, Format::Genius).unwrap();
        prop_assert_eq!(read("some domain", &text, &ReadOptions::default()), Ok(domain));
    }
}
