use proptest::prelude::*;

use super::*;
use crate::{
    Format, FormatError, Negotiation, Party, Scores, assemble, strategies, write_negotiation,
};

const DOMAIN: &str = "name: Trade\ntype: negmas.outcomes.outcome_space.DiscreteCartesianOutcomeSpace\nissues:\n\
    - name: quantity\n  type: ContiguousIssue\n  values: [1, 3]\n\
    - name: delivery\n  type: CategoricalIssue\n  values:\n  - yes\n  - no\n";

const BUYER: &str = "name: buyer\ntype: LinearAdditiveUtilityFunction\nreserved_value: 0.1\nweights: [0.3, 0.7]\nvalues:\n\
    - type: AffineFun\n  slope: 0.1\n  bias: 0.7\n\
    - type: TableFun\n  mapping:\n    yes: 1.0\n    no: 0.1\n";

fn scenario(domain: &str, functions: &[&str]) -> Result<Negotiation, FormatError> {
    let options = ReadOptions::default();
    let mut documents = vec![read("domain", domain, &options)?];
    for text in functions {
        documents.push(read("party", text, &options)?);
    }
    assemble(documents, &options)
}

#[track_caller]
fn refused(function: &str, message: &str) {
    let error = scenario(DOMAIN, &[function]).unwrap_err().to_string();
    assert!(error.contains(message), "{error}");
}

#[test]
fn a_scenario_is_put_together_from_its_texts() {
    let found = scenario(DOMAIN, &[BUYER, BUYER]).unwrap();
    assert_eq!(found.title(), "Trade");
    assert_eq!(found.issues()[0].options, ["1", "2", "3"]);
    let tables = vec![vec![0.24, 0.27, 0.3], vec![0.7, 0.07]];
    assert_eq!(
        found.parties()[0].scores,
        Scores::Additive {
            constant: 0.0,
            tables
        }
    );
    assert_eq!(found.parties()[1].name, "buyer 2");
    assert_eq!(found.nonagreement(), Ok(vec![0.1, 0.1]));
}

#[test]
fn functions_over_numbers_and_tables_over_outcomes_are_read() {
    let mapping = "type: MappingUtilityFunction\nreserved_value: -.inf\ndefault: 0.5\nmapping:\n  ? [1, yes]\n  : 1\n  ? - 3\n    - no\n  : 2\n";
    let found = scenario(DOMAIN, &[mapping]).unwrap();
    assert_eq!(
        found.parties()[0].scores,
        Scores::Table(vec![1.0, 0.5, 0.5, 0.5, 0.5, 2.0])
    );
    assert_eq!(found.parties()[0].nonagreement, None);
    let constant = scenario(DOMAIN, &["type: ConstUtilityFunction\nvalue: 3\n"]).unwrap();
    let zeros = vec![vec![0.0; 3], vec![0.0; 2]];
    assert_eq!(
        constant.parties()[0].scores,
        Scores::Additive {
            constant: 3.0,
            tables: zeros
        }
    );
    let prices = "issues:\n- {name: price, type: DiscreteCardinalIssue, values: [100, 110.5]}\n- {name: n, values: 2}\n";
    let affine = "type: AffineUtilityFunction\nweights: {price: -0.1, n: 2}\nbias: 20\n";
    let found = scenario(prices, &[affine]).unwrap();
    let tables = vec![vec![-10.0, -11.05], vec![0.0, 2.0]];
    assert_eq!(
        found.parties()[0].scores,
        Scores::Additive {
            constant: 20.0,
            tables
        }
    );
    let simple = "weights: [1, 1]\nvalues:\n- {type: IdentityFun}\n- {type: ConstFun, bias: 0.5}\n";
    let found = scenario(prices, &[simple]).unwrap();
    let tables = vec![vec![100.0, 110.5], vec![0.5, 0.5]];
    assert_eq!(
        found.parties()[0].scores,
        Scores::Additive {
            constant: 0.0,
            tables
        }
    );
}

#[test]
fn what_cannot_be_represented_is_said() {
    refused(
        "type: HyperRectangleUtilityFunction\n",
        "line 1, column 1: a utility function of type \"HyperRectangleUtilityFunction\"",
    );
    refused(
        &BUYER.replace("AffineFun", "QuadraticFun"),
        "line 6, column 3: a value function of type \"QuadraticFun\"",
    );
    refused(
        &BUYER
            .replace("AffineFun\n  slope: 0.1\n  bias: 0.7", "IdentityFun")
            .replacen(
                "- type: TableFun\n  mapping:\n    yes: 1.0\n    no: 0.1\n",
                "- type: IdentityFun\n",
                1,
            ),
        "a function of numbers for the option \"yes\"",
    );
    let real = DOMAIN.replace("ContiguousIssue", "ContinuousIssue");
    let error = scenario(&real, &[BUYER]).unwrap_err().to_string();
    assert!(
        error.contains("line 6, column 11: an issue that may be settled at any real number"),
        "{error}"
    );
    let five = ReadOptions {
        real_options: Some(5),
        ..ReadOptions::default()
    };
    let Ok(Document::Negotiation(found)) = read("d", &real, &five) else {
        panic!("five options stand for the issue");
    };
    assert_eq!(found.issues()[0].options, ["1", "1.5", "2", "2.5", "3"]);
}

#[test]
fn faults_are_placed() {
    refused(
        &BUYER.replace("no: 0.1", "never: 0.1"),
        "line 12, column 5: value \"never\" does not exist; expected one of \"yes\", \"no\"",
    );
    refused(
        &BUYER.replace("    no: 0.1\n", ""),
        "the worth of \"no\" is missing",
    );
    refused(
        &BUYER.replace("[0.3, 0.7]", "[0.3]"),
        "line 4, column 10: found a list of 1; expected 2, one for each issue",
    );
    refused(
        &BUYER.replace("0.3, 0.7", "0.3, 1e999"),
        "line 4, column 16: found \"1e999\"",
    );
    refused(&BUYER.replace("  slope: 0.1\n", ""), "\"slope\" is missing");
    refused("reserved_value: 1\n", "\"type\" is missing");
    let mapping =
        |entry: &str| format!("type: MappingUtilityFunction\nmapping:\n  ? {entry}\n  : 1\n");
    refused(
        &mapping("[1]"),
        "line 3, column 5: found an outcome of 1 values; expected 2",
    );
    refused(&mapping("[1, yes]"), "the payoff of an outcome is missing");
    let wide = DOMAIN.replace("[1, 3]", "[0, 2147483647]");
    let error = scenario(&wide, &[BUYER]).unwrap_err().to_string();
    assert!(error.contains("options number more than 100000"), "{error}");
    assert!(
        scenario(DOMAIN, &[])
            .unwrap_err()
            .to_string()
            .contains("a party is described in none of the texts")
    );
    let alone = assemble(
        [read("party", BUYER, &ReadOptions::default()).unwrap()],
        &ReadOptions::default(),
    );
    assert!(
        alone
            .unwrap_err()
            .to_string()
            .contains("the issues are named in none of the texts")
    );
}

proptest! {
    #[test]
    fn scenarios_come_back(negotiation in strategies::negotiation()) {
        let title = "any scenario";
        let issues = negotiation.issues().to_vec();
        let parties = negotiation.parties().iter().map(|it| Party { discount: None, ..it.clone() });
        let parties: Vec<Party> = parties.collect();
        let whole = Negotiation::new(title, issues.clone(), parties.clone()).unwrap();
        let of = |parties: Vec<Party>| Negotiation::new(title, issues.clone(), parties).unwrap();
        let domain = write_negotiation(&of(Vec::new()), Format::Negmas).unwrap();
        let functions = parties.into_iter().map(|it| write_negotiation(&of(vec![it]), Format::Negmas).unwrap());
        let functions: Vec<String> = functions.collect();
        let functions: Vec<&str> = functions.iter().map(String::as_str).collect();
        match scenario(&domain, &functions) {
            Ok(back) => prop_assert_eq!(back, whole),
            Err(error) => prop_assert!(functions.is_empty(), "{}", error),
        }
    }
}
