//! The words for verdicts and barriers. Each term of art stands beside a plain phrase.

use detente::{
    Aspect, Assessment,
    assessment::{Barrier, Verdict},
    game::{JudgedAgreement, WouldCheat},
};

use crate::layout::{Cell, clean};

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

/// The same in a table.
pub(crate) fn number_cell(barrier: Barrier) -> Cell {
    Cell::from(number(barrier).to_string()).worth(number(barrier) as f64)
}

/// Whether the case codes the barrier for any party.
pub(crate) fn is_coded(assessment: &Assessment, barrier: Barrier) -> bool {
    let list = &assessment.verdict.not_coded;
    !list.iter().any(|it| it.altogether && it.barrier == barrier)
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

/// What it means to be stopped by the barrier, said of parties; no verb of it knows their number.
pub(crate) fn stopped(barrier: Barrier) -> &'static str {
    match barrier {
        Barrier::ConflictOfInterest => "did not prefer it to no agreement",
        Barrier::Anarchy => "would have broken it",
        Barrier::PrudentDistrust => "could not prudently accept it on the evidence as it was",
        Barrier::DomesticLegitimacy => "could not afford it at home",
        Barrier::Misperception => "would have refused it on the evidence as it was read",
    }
}

/// The verdict in a few words: plain ones, with the term of art in brackets.
pub(crate) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::ConflictOfInterest => "nothing to miss (conflict of interest)",
        Verdict::NotSelfEnforcing => "none would be kept (anarchy)",
        Verdict::PrudentDistrust => "none prudent (prudent distrust)",
        Verdict::Domestic => "none affordable (domestic legitimacy)",
        Verdict::Misperception => "evidence misread (misperception)",
        Verdict::AgreementExpected => "an agreement passes all five",
    }
}

/// The verdict as what may be likelier than another, after "that".
pub(crate) fn gist(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::ConflictOfInterest => "no agreement was better than none for all",
        Verdict::NotSelfEnforcing => "no agreement they preferred would have been kept",
        Verdict::PrudentDistrust => "no agreement was prudent on the evidence",
        Verdict::Domestic => "no agreement could be afforded at home",
        Verdict::Misperception => "the evidence was misread",
        Verdict::AgreementExpected => "an agreement was within reach",
    }
}

/// What numbers are about.
pub(crate) fn aspect(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Beliefs => "beliefs",
        Aspect::Evidence => "what acts tell",
        Aspect::HomeFront => "the home front",
        Aspect::Conduct => "patience, detection and conduct by type",
        Aspect::Interests => "payoffs, exposure and temptation",
        Aspect::TrueType => "which type a party really was",
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

/// "a", "a or b", "a, b or c".
pub(crate) fn either(items: &[String]) -> String {
    match items {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => list(items),
    }
}

/// Who would cheat first, and all that are as near: "A and B", "A (type wavers)".
pub(crate) fn first_to_cheat(first: &WouldCheat) -> String {
    let named = |party: &str, kind: &Option<String>| match kind {
        Some(kind) => format!("{} (type {})", clean(party), clean(kind)),
        None => clean(party),
    };
    let others = first.as_near.iter().map(|it| named(&it.party, &it.kind));
    let all: Vec<String> = std::iter::once(named(&first.party, &first.kind))
        .chain(others)
        .collect();
    list(&all)
}

/// That the answer to cheating would not be carried out, and by whom; `None` where it would.
pub(crate) fn taken_on_trust(agreement: &JudgedAgreement) -> Option<String> {
    let who: Vec<String> = agreement
        .taken_on_trust
        .iter()
        .map(|it| clean(it))
        .collect();
    (!who.is_empty()).then(|| {
        format!(
            "That cheating would be answered by nonagreement for ever is taken on trust: {} would \
             rather honour while cheated than carry it out.",
            list(&who)
        )
    })
}

/// The same text, its first letter a capital.
pub(crate) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters.by_ref()).collect()
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
