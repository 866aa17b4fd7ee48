//! What is certain of the zone of agreement over the ranges that were coded.

use detente::{
    agreements::{AgreementsReport, RangesReport},
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
    let (role, text) = match ranges.certainty {
        Certainty::Certain => (
            Role::Good,
            format!(
                "Certain: whatever payoffs are in the ranges coded, some agreement gains for {all}."
            ),
        ),
        Certainty::Possible => (
            Role::Plain,
            format!(
                "Possible, not certain: for some payoffs in the ranges coded an agreement gains for {all}, \
                 for others none does."
            ),
        ),
        Certainty::None => (
            Role::Bad,
            format!(
                "Certainly not: no agreement gains for {all}, whatever payoffs are in the ranges coded."
            ),
        ),
    };
    page.paragraph(role, &text);
    if ranges.certainty == Certainty::Possible {
        page.paragraph(Role::Plain, &turning(ranges));
    }
    if ranges.certainty != Certainty::None {
        let text = format!(
            "Gain for {all} for certain: {}; possibly: {}.",
            ranges.certain, ranges.possible
        );
        page.paragraph(Role::Plain, &text);
    }
    let text = "Each payoff in its own range, with and without agreement; found from the ends of the ranges, \
                not by sampling.";
    page.paragraph(Role::Quiet, text);
}

/// Where the answer turns.
fn turning(ranges: &RangesReport) -> String {
    let answer = match ranges.at_central_values {
        true => "yes",
        false => "no",
    };
    let party = { ranges.party.as_deref() }
        .map(|party| format!(", where {} decides", clean(party)))
        .unwrap_or_default();
    let terms = { ranges.turns_on.as_ref() }
        .map(|terms| {
            terms
                .iter()
                .map(|it| clean(it))
                .collect::<Vec<_>>()
                .join(" · ")
        })
        .unwrap_or_default();
    format!(
        "At central values the answer is {answer}, and it stays so within {} of the ranges round them. It turns \
         on: {terms}{party}.",
        number::percent(ranges.share)
    )
}
