//! The words for verdicts and barriers. Each term of art stands beside a plain phrase.

use detente::assessment::{Barrier, Verdict};

/// The barrier's name in the field.
pub(crate) fn barrier(barrier: Barrier) -> &'static str {
    match barrier {
        Barrier::ConflictOfInterest => "conflict of interest",
        Barrier::Anarchy => "anarchy",
        Barrier::PrudentDistrust => "prudent distrust",
        Barrier::DomesticLegitimacy => "domestic legitimacy",
        Barrier::Misperception => "misperception",
    }
}

/// The barrier's number, counted from 1 in the order in which an agreement meets them.
pub(crate) fn number(barrier: Barrier) -> usize {
    barrier as usize + 1
}

/// What the barrier asks of an agreement.
pub(crate) fn question(barrier: Barrier) -> &'static str {
    match barrier {
        Barrier::ConflictOfInterest => "Is it better than no agreement for every party?",
        Barrier::Anarchy => "Would every party keep it, with nobody above them to enforce it?",
        Barrier::PrudentDistrust => "Could every nation trust it, on the evidence as it was?",
        Barrier::DomesticLegitimacy => "Could every leader afford it at home?",
        Barrier::Misperception => "Would every leader accept it, on the evidence as it was read?",
    }
}

/// What the barrier is, in a few plain words.
pub(crate) fn plainly(barrier: Barrier) -> &'static str {
    match barrier {
        Barrier::ConflictOfInterest => "nothing was better than none for all",
        Barrier::Anarchy => "someone would have broken it",
        Barrier::PrudentDistrust => "the evidence did not warrant the trust it took",
        Barrier::DomesticLegitimacy => "a leader could not afford it at home",
        Barrier::Misperception => "the evidence was misread",
    }
}

/// The verdict in a few words, plain ones first.
pub(crate) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::ConflictOfInterest => "Nothing to miss (conflict of interest)",
        Verdict::NotSelfEnforcing => "None would have been kept (anarchy)",
        Verdict::PrudentDistrust => "None was prudent to trust (prudent distrust)",
        Verdict::Domestic => "None was affordable at home (domestic legitimacy)",
        Verdict::Misperception => "Evidence misread (misperception)",
        Verdict::AgreementExpected => "An agreement passes all five barriers",
    }
}

/// The verdict as what may be likelier than another, after "that".
pub(crate) fn gist(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::ConflictOfInterest => "no agreement was better than none for all",
        Verdict::NotSelfEnforcing => "none that all preferred would have been kept",
        Verdict::PrudentDistrust => "none was prudent to trust on the evidence",
        Verdict::Domestic => "none could be afforded at home",
        Verdict::Misperception => "the evidence was misread",
        Verdict::AgreementExpected => "an agreement was within reach",
    }
}

/// "a", "a and b", "a, b and c".
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_english() {
        let items = |n: usize| {
            ["a", "b", "c"][..n]
                .iter()
                .map(|&it| it.to_owned())
                .collect()
        };
        for (n, text) in [(0, ""), (1, "a"), (2, "a and b"), (3, "a, b and c")] {
            let items: Vec<String> = items(n);
            assert_eq!(list(&items), text);
        }
    }

    #[test]
    fn barriers_count_from_one() {
        assert_eq!(Barrier::ALL.map(number), [1, 2, 3, 4, 5]);
    }
}
