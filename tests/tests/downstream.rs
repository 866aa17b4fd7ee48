//! The README's property, as it stands there: a claim tried on generated cases.

use detente::{prelude::*, strategies};
use proptest::prelude::*;

proptest! {
    /// Whoever reads the evidence as it was cannot be stopped by misreading it.
    #[test]
    fn without_bias_nothing_is_missed_by_misperception(mut case in strategies::case()) {
        for party in case.parties.values_mut() {
            party.bias = None;
        }
        let assessment = assess(&case, &Options { draws: 0, ..Options::default() })?;
        prop_assert_ne!(assessment.verdict.central, Verdict::Misperception);
    }
}
