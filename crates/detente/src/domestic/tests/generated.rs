//! Every case that the format allows has its page.

use proptest::prelude::*;

use super::*;
use crate::strategies::uncertain_case;

/// Whether a number that is none, or beyond all, stands anywhere in a record.
fn is_finite(found: &impl std::fmt::Debug) -> bool {
    let text = format!("{found:?}");
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.all(|word| word != "NaN" && word != "inf")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Any case has its page: no panic, no refusal by a home front, every number finite.
    #[test]
    fn every_case_has_its_page(case in uncertain_case()) {
        let model = Model::compile(&case).unwrap();
        let options = Options { draws: 24, ..Options::default() };
        match domestic(&model, &options) {
            Ok(found) => {
                prop_assert!(is_finite(&found), "{:?}", found);
                let text = serde_json::to_string(&found).unwrap();
                prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
            }
            Err(error) => prop_assert!(!matches!(error, DetenteError::Legitimacy { .. }), "{error}"),
        }
        prop_assert!(model.cautions().is_ok());
    }
}
