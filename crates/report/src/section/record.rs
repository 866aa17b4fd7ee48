//! What the model expects beside what happened.

use detente::{Assessment, assessment::BarrierCheck, case::History};

use crate::{layout::Page, names::Names, number, palette::Role, words};

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
        let (terms, fate) = (names.terms_line(agreed), fate(&record.agreed_barriers));
        page.paragraph(Role::Plain, &format!("The terms agreed ({terms}){fate}."));
    }
}

fn over_draws(assessment: &Assessment) -> String {
    let record = &assessment.record;
    match (&record.agreement_expected, &record.explains) {
        (Some(expected), Some(explains)) => format!(
            " It expects an agreement in {} of the draws and explains the record in {}.",
            number::chance(expected),
            number::chance(explains)
        ),
        _ => String::new(),
    }
}

/// How far the agreement that was made gets through the funnel.
fn fate(barriers: &[BarrierCheck]) -> String {
    let stopped = barriers.iter().find(|check| !check.passes);
    match stopped.map(|check| check.barrier) {
        None => " pass all five barriers at central values".to_owned(),
        Some(barrier) => format!(
            " are stopped at central values by {}, {}",
            words::number(barrier),
            words::barrier(barrier)
        ),
    }
}
