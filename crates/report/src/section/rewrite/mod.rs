//! What would have changed the answer: a page of its own.

mod clause;
mod distance;

use detente::assessment::{Changes, Measure, Rewrite, Rewrites, Verdict, Within};

use crate::{
    coded::Coded,
    figure,
    layout::{Cell, Column, Page, Table},
    names::Names,
    number,
    palette::Role,
    words,
};
use clause::Clauses;
pub(super) use distance::all_at_once;

/// Changes told in a sentence; the smaller ones are counted.
const TOLD: usize = 4;

pub(crate) fn write(page: &mut Page, found: &Rewrites) {
    let names = Names::of(&found.subject);
    page.lead(Role::Answer, &answer(found, &names));
    if !found.changes.rewrites.is_empty() {
        page.heading("What would have changed the answer");
        for rewrite in &found.changes.rewrites {
            page.entry(
                Role::Plain,
                &format!(
                    "{}: {}",
                    among(&rewrite.within, &names),
                    sentence(&found.changes, rewrite, &names)
                ),
            );
        }
        page.heading("Side by side");
        page.table(&table(found, &names));
        page.paragraph(
            Role::Quiet,
            "Distance is in standard deviations of the coder's own uncertainty, on the side of the \
             central value where the change lies: of one number, or the root of the sum of squares \
             of several. The case was run again with the values of each change; `--json` lists them all.",
        );
    }
    write_reach(page, found, &names);
}

/// The changes as cards of a document: each a sentence and how far its numbers move.
pub(super) fn write_cards(page: &mut Page, found: &Rewrites, coded: &Coded<'_>) {
    let names = Names::of(&found.subject);
    page.paragraph(Role::Strong, &now(found));
    let card = |page: &mut Page, nth: usize, rewrite: &Rewrite| {
        let said = sentence(&found.changes, rewrite, &names);
        page.figure(|| Some(figure::rewrite(nth, rewrite, &said, coded)));
    };
    let fewest = fewest(&found.changes);
    if let Some(rewrite) = fewest {
        card(page, 0, rewrite);
    }
    let others = found
        .changes
        .rewrites
        .iter()
        .filter(|it| Some(*it) != fewest);
    for (nth, rewrite) in others.enumerate() {
        page.heading(&words::capitalised(&among(&rewrite.within, &names)));
        card(page, nth + 1, rewrite);
    }
    let mut said = found.clone();
    for it in &mut said.reliability.importance {
        it.input = coded.phrase(&it.input);
    }
    write_reach(page, &said, &names);
}

/// Where nothing was found, and how far the answer is from turning when everything moves.
fn write_reach(page: &mut Page, found: &Rewrites, names: &Names<'_>) {
    if let Some(text) = fruitless(found, names) {
        page.paragraph(Role::Plain, &text);
    }
    distance::write(page, found);
    page.paragraph(
        Role::Quiet,
        &format!(
            "{} evaluations of the case, seed {}. A search may miss a smaller change; it cannot \
             show one that does not turn the answer.",
            number::count(found.evaluations),
            found.reproducibility.seed,
        ),
    );
}

/// The smallest change of the fewest numbers, or that there is none.
fn answer(found: &Rewrites, names: &Names<'_>) -> String {
    let now = now(found);
    match fewest(&found.changes) {
        Some(rewrite) => format!("{now} {}", sentence(&found.changes, rewrite, names)),
        None => now,
    }
}

/// What the answer is, and whether a change was found that turns it.
fn now(found: &Rewrites) -> String {
    let now = match found.verdict {
        Verdict::AgreementExpected => "At central values an agreement passes every barrier",
        _ => "At central values no agreement passes every barrier",
    };
    match found.changes.rewrites.is_empty() {
        false => format!("{now}."),
        true => {
            format!("{now}, and no change was found among the uncertain numbers that turns this.")
        }
    }
}

/// The change of the fewest numbers, and of those the shortest.
pub(super) fn fewest(changes: &Changes) -> Option<&Rewrite> {
    let rewrites = changes.rewrites.iter();
    rewrites.min_by(|left, right| Measure::Fewest.compare(left, right))
}

/// A rewrite in one sentence.
pub(super) fn sentence(changes: &Changes, rewrite: &Rewrite, names: &Names<'_>) -> String {
    let clauses = Clauses::new(changes, *names);
    let mut parts: Vec<String> = rewrite
        .edits
        .iter()
        .take(TOLD)
        .map(|edit| clauses.of(edit))
        .collect();
    if let Some(more) = rewrite
        .edits
        .len()
        .checked_sub(TOLD)
        .filter(|more| *more > 0)
    {
        parts.push(format!(
            "{} changed by less",
            number::count_of(more as u64, "other number")
        ));
    }
    format!(
        "Had {}, {}.",
        words::list(&parts),
        consequence(rewrite, names)
    )
}

fn consequence(rewrite: &Rewrite, names: &Names<'_>) -> String {
    match rewrite.verdict {
        Verdict::AgreementExpected => format!(
            "an agreement would have passed every barrier ({})",
            names.terms_line(&rewrite.terms)
        ),
        Verdict::ConflictOfInterest => {
            "no agreement would have been better than none for every party".to_owned()
        }
        Verdict::NotSelfEnforcing => {
            "no agreement that every party preferred would have been kept".to_owned()
        }
        Verdict::PrudentDistrust => {
            "no agreement would have been prudent on the evidence as it was".to_owned()
        }
        Verdict::Domestic => "no prudent agreement would have been affordable at home".to_owned(),
        Verdict::Misperception => {
            "every agreement would have been refused by somebody, on the evidence as it was read"
                .to_owned()
        }
    }
}

fn among(within: &Within, names: &Names<'_>) -> String {
    let place = place(within, names);
    match within {
        Within::Anything(_) => place,
        Within::Aspect(_) | Within::Party(_) => format!("{place} alone"),
    }
}

fn place(within: &Within, names: &Names<'_>) -> String {
    match within {
        Within::Aspect(aspect) => words::capitalised(words::aspect(*aspect)),
        Within::Party(id) => format!("On the side of {}", names.party(id)),
        Within::Anything(Measure::Fewest) => "The fewest numbers".to_owned(),
        Within::Anything(Measure::Sum) => "The least change in sum".to_owned(),
        Within::Anything(Measure::Likeliest) => "The likeliest change".to_owned(),
    }
}

fn table(found: &Rewrites, names: &Names<'_>) -> Table {
    let mut table = Table::new([
        Column::right("distance"),
        Column::right("numbers"),
        Column::wrapped("among"),
        Column::wrapped("then"),
    ]);
    for rewrite in &found.changes.rewrites {
        table.row([
            number::signed(rewrite.length).into(),
            rewrite.edits.len().to_string().into(),
            Cell::new(place(&rewrite.within, names), Role::Strong),
            words::verdict(rewrite.verdict).into(),
        ]);
    }
    table
}

/// Where nothing was found.
fn fruitless(found: &Rewrites, names: &Names<'_>) -> Option<String> {
    let places: Vec<String> = found
        .changes
        .fruitless
        .iter()
        .filter_map(|within| match within {
            Within::Aspect(aspect) => Some(words::aspect(*aspect).to_owned()),
            Within::Party(id) => Some(format!("the side of {}", names.party(id))),
            Within::Anything(_) => None,
        })
        .collect();
    (!places.is_empty()).then(|| {
        format!(
            "No change of {} alone was found within reach of the coder's ranges that turns the answer.",
            words::either(&places)
        )
    })
}
