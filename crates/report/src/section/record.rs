//! What the model expects beside what happened.

use detente::{
    Assessment,
    assessment::FunnelStage,
    case::{History, Terms},
};

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
        let terms = names.terms_line(agreed);
        page.paragraph(Role::Plain, &format!("What was agreed: {terms}."));
        if let Some(fate) = fate(&assessment.funnel, agreed) {
            page.paragraph(Role::Plain, &fate);
        }
    }
}

fn over_draws(assessment: &Assessment) -> String {
    let record = &assessment.record;
    match (&record.agreement_expected, &record.explains) {
        (Some(expected), Some(explains)) => format!(
            " Over draws it expects an agreement in {} and explains the record in {}.",
            number::chance(expected),
            number::chance(explains)
        ),
        _ => String::new(),
    }
}

/// How far the agreement that was made gets through the funnel; nothing where the lists are cut.
fn fate(funnel: &[FunnelStage], agreed: &Terms) -> Option<String> {
    if funnel.iter().any(|stage| stage.truncated) {
        return None;
    }
    let mut stopped = funnel
        .iter()
        .filter(|stage| !stage.agreements.contains(agreed));
    Some(match stopped.next() {
        None => "At central values these terms pass all five barriers.".to_owned(),
        Some(stage) => {
            let barrier = stage.barrier?;
            format!(
                "At central values these terms are stopped by {} ({}).",
                words::barrier(barrier),
                words::plainly(barrier)
            )
        }
    })
}
