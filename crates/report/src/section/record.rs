//! What the model expects beside what happened.

use detente::{
    Assessment,
    assessment::{BarrierCheck, Chance, Verdict},
    case::History,
};

use crate::{
    estimate::Estimate,
    layout::Page,
    names::Names,
    number::{self, Digits},
    palette::Role,
    words,
};

pub(super) fn write(page: &mut Page, assessment: &Assessment, names: &Names<'_>) {
    let record = &assessment.record;
    page.heading("Does the model explain the record?");
    let history = match record.history {
        History::Agreement => "an agreement",
        History::Nonagreement => "no agreement",
    };
    let expected = match record.expected {
        History::Agreement => "one to be signed",
        History::Nonagreement => "none to be signed",
    };
    let answer = if record.explains_record {
        "so the model explains the record"
    } else {
        "so the model does not explain the record"
    };
    page.paragraph(
        Role::Plain,
        &format!(
            "History shows {history}; at central values the model expects {expected}, {answer}.{}",
            over_draws(assessment)
        ),
    );
    if !record.explains_record {
        page.paragraph(
            Role::Plain,
            "Nothing has been adjusted to make it fit: either the coding is wrong somewhere or \
             something that mattered is not in the model.",
        );
    }
    if let Some(agreed) = &record.agreed {
        let terms = names.terms_line(agreed);
        let fate = fate(&record.agreed_barriers, names);
        page.paragraph(
            Role::Plain,
            &format!("The agreement made ({terms}) {fate}."),
        );
    }
}

fn over_draws(assessment: &Assessment) -> String {
    let record = &assessment.record;
    match (&record.agreement_expected, &record.explains) {
        (Some(expected), Some(explains)) => format!(
            " Over draws, that it expects an agreement {}, and that it explains the record {}.{}",
            said(expected),
            said(explains),
            signed_nonetheless(assessment, expected.estimate)
        ),
        _ => String::new(),
    }
}

/// A chance over draws, in words and figures.
fn said(chance: &Chance) -> String {
    let word = Estimate::of(chance.estimate).predicate();
    format!("{word} ({})", number::chance(chance))
}

/// Why an agreement is expected in more draws than one passes every barrier, where it is.
fn signed_nonetheless(assessment: &Assessment, expected: f64) -> String {
    let passing = assessment.verdict.chances.get(&Verdict::AgreementExpected);
    let passing = passing.map_or(0.0, |chance| chance.estimate);
    if expected <= passing {
        return String::new();
    }
    let digits = Digits::telling(expected, [passing]);
    format!(
        " An agreement is expected in more draws than the {} in which one passes all five barriers, \
         since one can be signed that fails an earlier barrier.",
        number::probability_to(passing, digits)
    )
}

/// How far the agreement that was made gets through the funnel, and who stops it.
fn fate(barriers: &[BarrierCheck], names: &Names<'_>) -> String {
    let stopped = barriers.iter().find(|check| !check.passes);
    match stopped {
        None => "passes all five barriers at central values".to_owned(),
        Some(check) => format!(
            "is stopped at central values by {}, {}: {} {}",
            words::number(check.barrier),
            words::barrier(check.barrier),
            names.party_list(&check.blocked_by),
            words::stopped(check.barrier)
        ),
    }
}
