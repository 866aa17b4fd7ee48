//! What is certain of the zone of agreement over the ranges that were coded.

use detente::{
    agreements::{AgreementsReport, Turning},
    payoff::Certainty,
};

use crate::{
    layout::{Page, clean},
    number,
    palette::Role,
};

pub(super) fn write(page: &mut Page, report: &AgreementsReport) {
    let Some(ranges) = &report.ranges else {
        return;
    };
    page.heading("Over the coder's ranges");
    let all = match report.parties.len() {
        2 => "both parties",
        _ => "every party",
    };
    let (role, text) = answer(ranges.certainty, all);
    page.paragraph(role, &text);
    if let Some(turning) = &ranges.turning
        && ranges.certainty == Some(Certainty::Possible)
    {
        page.paragraph(Role::Plain, &turn(turning));
    }
    if let (Some(certain), Some(possible)) = (&ranges.certain, &ranges.possible)
        && ranges.certainty != Some(Certainty::None)
    {
        let text = format!(
            "Agreements that gain for {all} for certain: {certain}; for some payoffs in the ranges and not for others: \
             {possible}."
        );
        page.paragraph(Role::Plain, &text);
    }
    let text = "Each payoff or place in its own range, with and without agreement; found from the ends of the \
                ranges, not by sampling.";
    page.paragraph(Role::Quiet, text);
}

fn answer(certainty: Option<Certainty>, all: &str) -> (Role, String) {
    match certainty {
        Some(Certainty::Certain) => (
            Role::Good,
            format!(
                "Certain: whatever payoffs are in the ranges coded, some agreement gains for {all}."
            ),
        ),
        Some(Certainty::Possible) => (
            Role::Plain,
            format!(
                "Possible, not certain: for some payoffs in the ranges coded an agreement gains for {all}, \
                 for others none does."
            ),
        ),
        Some(Certainty::None) => (
            Role::Bad,
            format!(
                "Certainly not: no agreement gains for {all}, whatever payoffs are in the ranges coded."
            ),
        ),
        None => (
            Role::Plain,
            format!(
                "Whether some agreement gains for {all} throughout the ranges coded took too much to find out."
            ),
        ),
    }
}

/// Where the answer turns.
fn turn(turning: &Turning) -> String {
    let answer = match turning.at_central_values {
        true => "some agreement does",
        false => "none does",
    };
    let party = { turning.party.as_deref() }
        .map(|party| format!(", where {} decides", clean(party)))
        .unwrap_or_default();
    let terms = turning.agreement.iter().flatten().map(|it| clean(it));
    let within = match turning.share < 1.0 {
        true => format!(
            "within {} of the ranges round them",
            number::percent(turning.share)
        ),
        false => "everywhere in the ranges but at their very ends".to_owned(),
    };
    format!(
        "At central values {answer}, and that holds {within}. It turns on: {}{party}.",
        terms.collect::<Vec<_>>().join(" · ")
    )
}
