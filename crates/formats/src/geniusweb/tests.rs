use proptest::prelude::*;

use super::*;
use crate::{Format, strategies, write_negotiation};

/// A profile with what is given in place of its parts.
fn with(utilities: &str, weights: &str, values: &str, bid: &str) -> String {
    format!(
        "{{\"LinearAdditiveUtilitySpace\": {{\n\"issueUtilities\": {{{utilities}}},\n\"issueWeights\": {{{weights}}},\n\
         \"domain\": {{\"name\": \"jobs\", \"issuesValues\": {{{values}}}}},\n\"name\": \"jobs1\",\n\"reservationBid\": {bid}}}}}"
    )
}

const UTILITIES: &str = "\"pay\": {\"DiscreteValueSetUtilities\": {\"valueUtilities\": {\"low\": 0.25, \"high\": 1}}},\n\
    \"hours\": {\"NumberValueSetUtilities\": {\"lowValue\": 20, \"lowUtility\": 0.9, \"highValue\": 40, \"highUtility\": 0.4}}";
const WEIGHTS: &str = "\"pay\": 0.6, \"hours\": 0.4";
const VALUES: &str = "\"pay\": {\"values\": [\"low\", \"high\"]}, \"hours\": {\"range\": {\"low\": 20, \"high\": 45, \"step\": 10}}";

#[track_caller]
fn refused(text: &str, message: &str) {
    let error = read("file", text, &ReadOptions::default())
        .unwrap_err()
        .to_string();
    assert!(error.contains(message), "{error}");
}

#[test]
fn a_reservation_is_what_its_bid_is_worth() {
    let bid = "{\"issuevalues\": {\"hours\": 30.0, \"pay\": \"low\"}}";
    let profile = read(
        "file",
        &with(UTILITIES, WEIGHTS, VALUES, bid),
        &ReadOptions::default(),
    )
    .unwrap();
    assert_eq!(profile.title(), "jobs");
    assert_eq!(profile.issues()[1].options, ["20", "30", "40"]);
    let party = &profile.parties()[0];
    let tables = vec![vec![0.15, 0.6], vec![0.36, 0.26, 0.16]];
    assert_eq!(
        party.scores,
        Scores::Additive {
            constant: 0.0,
            tables
        }
    );
    assert_eq!(
        (party.name.as_str(), party.nonagreement),
        ("jobs1", Some(0.41))
    );
    let none = read(
        "file",
        &with(UTILITIES, WEIGHTS, VALUES, "null"),
        &ReadOptions::default(),
    )
    .unwrap();
    assert_eq!(none.parties()[0].nonagreement, None);
}

#[test]
fn names_that_differ_in_blanks_only_are_one() {
    let utilities = UTILITIES.replace("\"hours\": {", "\"pay \": {");
    refused(
        &with(&utilities, WEIGHTS, VALUES, "null"),
        "line 3, column 1: \"pay\" is there twice",
    );
}

#[test]
fn a_bid_that_names_no_package_is_refused() {
    let bid = |values: &str| {
        with(
            UTILITIES,
            WEIGHTS,
            VALUES,
            &format!("{{\"issuevalues\": {{{values}}}}}"),
        )
    };
    refused(
        &bid("\"hours\": 30"),
        "line 7, column 35: issue \"pay\" is missing; expected every issue",
    );
    refused(
        &bid("\"pay\": \"low\", \"hours\": 35"),
        "line 7, column 59: value \"35\" does not exist; expected one of \"20\", \"30\", \"40\"",
    );
    refused(
        &bid("\"pay\": \"none\", \"hours\": 30"),
        "value \"none\" does not exist",
    );
    refused(
        &bid("\"pay\": \"low\", \"hours\": 30, \"car\": \"yes\""),
        "issue \"car\" does not exist",
    );
    refused(
        &with(UTILITIES, WEIGHTS, VALUES, "\"low\""),
        "found \"low\"; expected a table of issues",
    );
}

#[test]
fn what_is_not_linear_additive_is_refused() {
    refused(
        "{\"DefaultPartialOrdering\": {}}",
        "line 1, column 2: a profile \"DefaultPartialOrdering\" cannot be represented",
    );
    refused(
        "{\"SumOfGroupsUtilitySpace\": {\"domain\": {}}}",
        "cannot be represented",
    );
    let other = "\"pay\": {\"OtherUtilities\": {}}, \"hours\": {}";
    refused(
        &with(other, WEIGHTS, VALUES, "null"),
        "utilities given as \"OtherUtilities\" cannot be represented",
    );
}

#[test]
fn faults_are_placed() {
    refused(
        "{\"LinearAdditiveUtilitySpace\": {}}",
        "line 1, column 32: \"domain\" is missing",
    );
    refused(
        &with(UTILITIES, "\"pay\": 0.6", VALUES, "null"),
        "line 4, column 17: issue \"hours\" is missing",
    );
    refused(
        &with(UTILITIES, "\"pay\": 0.6, \"hours\": 1e999", VALUES, "null"),
        "line 4, column 39: found \"1e999\"",
    );
    refused(
        &with(
            UTILITIES,
            "\"pay\": 0.6, \"hours\": 0.4, \"car\": 1",
            VALUES,
            "null",
        ),
        "issue \"car\" does not exist; expected one of \"pay\", \"hours\"",
    );
    let range = |range: &str| {
        with(
            "",
            "",
            &format!("\"x\": {{\"range\": {{{range}}}}}"),
            "null",
        )
    };
    refused(
        &range("\"low\": 2, \"high\": 1, \"step\": 1"),
        "a range with nothing in it",
    );
    refused(
        &range("\"low\": 0, \"high\": 1, \"step\": 0"),
        "a range with nothing in it",
    );
    refused(
        &range("\"low\": 0, \"high\": 1e300, \"step\": 1"),
        "options number more than 100000",
    );
    refused(&range("\"low\": 0, \"high\": 1"), "\"step\" is missing");
    let text = with(UTILITIES, WEIGHTS, VALUES, "null");
    refused(&text[..text.len() - 40], "found the end of the text");
}

proptest! {
    #[test]
    fn profiles_come_back(negotiation in strategies::additive_negotiation()) {
        for party in negotiation.parties() {
            let party = Party { nonagreement: None, discount: None, ..party.clone() };
            let issues = negotiation.issues().to_vec();
            let one = Negotiation::new("x", issues.clone(), vec![party.clone()]).unwrap();
            // Nonagreement that is worth as much as some agreement.
            let bid = one.utilities().unwrap()[0].at(&vec![0; issues.len()]).unwrap();
            let one = Negotiation::new("x", issues, vec![Party { nonagreement: Some(bid), ..party }]).unwrap();
            if let Ok(text) = write_negotiation(&one, Format::GeniusWeb) {
                let back = read("file", &text, &ReadOptions::default()).unwrap();
                prop_assert_eq!(back, one);
            }
        }
    }

    #[test]
    fn domains_come_back(negotiation in strategies::negotiation()) {
        let domain = Negotiation::new("x", negotiation.issues().to_vec(), vec![]).unwrap();
        let text = write_negotiation(&domain, Format::GeniusWeb).unwrap();
        prop_assert_eq!(read("file", &text, &ReadOptions::default()), Ok(domain));
    }
}
