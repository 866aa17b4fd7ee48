//! Every worked case of the model, intermediate values included.

use detente_tests::worked::{Input, differences, run};
use serde_json::Value;

#[test]
fn worked_cases_are_reproduced_to_nine_digits() {
    let document: Value = serde_json::from_str(include_str!("../data/worked-cases.json")).unwrap();
    let cases = document["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 6);
    for case in cases {
        let input: Input = serde_json::from_value(case["input"].clone()).unwrap();
        let computed = run(&input).unwrap();
        let found = differences(&computed, &case["expected"], 1e-9);
        assert!(found.is_empty(), "{}:\n{}", input.name, found.join("\n"));
    }
}
