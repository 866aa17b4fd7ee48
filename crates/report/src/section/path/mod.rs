//! The path to an agreement, rung by rung: a page of its own.

mod alone;
mod answer;
mod ladder;
mod worth;

use detente::{
    Partners,
    assessment::{AgreedPath, PathReport},
    reassurance::Criterion,
};

pub(crate) use answer::in_short;

use answer::answer;
use ladder::Whither;

use crate::{
    figure,
    layout::{Cell, Column, Page, Table},
    names::Names,
    number,
    palette::Role,
    words,
};

/// Other paths that are listed.
const OTHERS: usize = 8;

pub(crate) fn write(page: &mut Page, found: &PathReport) {
    let names = Names::of(&found.subject);
    page.lead(Role::Answer, &answer(found, &names));
    rest(page, found, &names);
}

/// The path as a part of the report of a case: the answer, the ladder drawn, and what both rest on.
pub(in crate::section) fn write_part(page: &mut Page, found: &PathReport) {
    let names = Names::of(&found.subject);
    page.heading("The path");
    let answer = answer(found, &names);
    // The answer itself; why, and what came nearest, is for those who read on.
    let (first, more) = answer.split_once(". ").unwrap_or((&answer, ""));
    let stop = if more.is_empty() { "" } else { "." };
    page.paragraph(Role::Strong, &format!("{first}{stop}"));
    if !more.is_empty() {
        page.paragraph(Role::Plain, more);
    }
    page.figure(|| figure::ladder(found, &names));
    rest(page, found, &names);
}

fn rest(page: &mut Page, found: &PathReport, names: &Names<'_>) {
    if let Some(target) = &found.target {
        page.heading("The full agreement");
        page.paragraph(Role::Strong, &names.terms_line(&target.terms));
        page.table(&ladder::sides(&target.sides, names, page.is_narrow()));
        page.paragraph(Role::Quiet, &ladder::legend(Whither::Full));
    }
    if let Some(path) = &found.path {
        page.heading("The ladder");
        ladder::write(page, path, Whither::Full, names);
        worth::write(page, path, Whither::Full, names);
        ladder::write_errors(page, path, found, names);
        others(page, found, path);
    }
    if let Some(path) = &found.short_of {
        page.heading("How far a ladder leads");
        ladder::write(page, path, Whither::Lesser, names);
        page.paragraph(Role::Quiet, &ladder::legend(Whither::Lesser));
        worth::write(page, path, Whither::Lesser, names);
    }
    alone::write(page, found, names);
    if found.target.is_some() {
        page.heading("What was searched");
        page.paragraph(Role::Quiet, &searched(found));
    }
}

/// What other paths cost, where there are any.
fn others(page: &mut Page, found: &PathReport, best: &AgreedPath) {
    let rest = || found.alternatives.iter().filter(|it| *it != best);
    if rest().next().is_none() {
        return;
    }
    page.heading("Other ladders");
    let mut table = Table::new([
        Column::left(""),
        Column::right("steps"),
        Column::right("exposed"),
        Column::right("expected loss"),
    ]);
    for (name, path) in
        std::iter::once(("this one", best)).chain(rest().map(|it| ("", it)).take(OTHERS))
    {
        table.row([
            Cell::from(name),
            number::count(path.rungs.len() as u64).into(),
            number::percent(path.exposure).into(),
            number::percent(path.expected_loss).into(),
        ]);
    }
    page.table(&table);
    let shown = rest().take(OTHERS).count() + usize::from(found.alternatives.contains(best));
    let more = match found.alternatives_found.saturating_sub(shown) {
        0 => String::new(),
        unshown => format!(
            " {} more that were found are not shown here; `--json` lists the first {}.",
            number::count(unshown as u64),
            number::count(found.alternatives.len() as u64),
        ),
    };
    let all = match found.alternatives_complete {
        true => {
            "Any other than those found is worse than one of them in something and better in nothing"
        }
        false => "The search ran out of effort: there may be more",
    };
    page.paragraph(
        Role::Quiet,
        &format!(
            "{all}.{more} Exposed: the most that either side risks before the full agreement; expected loss: \
             what is lost if the other cheats at every step until it is seen to; both in shares of what the full \
             agreement would bring. The one \
             shown is the least {}.",
            order(found.asked.order),
        ),
    );
}

fn order(order: [Criterion; 4]) -> String {
    let words = order.map(|criterion| match criterion {
        Criterion::Exposure => "exposed",
        Criterion::ExpectedLoss => "costly if the other cheats",
        Criterion::Rungs => "in steps",
        Criterion::Time => "in time",
    });
    words.join(", then ")
}

/// What the answer rests on.
fn searched(found: &PathReport) -> String {
    let work = &found.work;
    let count = |n: usize, thing: &str| number::count_of(n as u64, thing);
    let pruned = match work.more_trust_is_better {
        true => "another holds at least as much trust",
        false => "another is the same",
    };
    let partners = match found.asked.partners {
        Partners::Strategic => {
            "Those that would break the full agreement are taken to play along wherever that may pay \
             them later; what a kept step shows is then sure, and may be more."
        }
        Partners::AtFaceValue => {
            "Those that would break an agreement are taken to break it at once, though it might pay \
             them to play along."
        }
    };
    let outdone = number::count(work.best.outdone as u64);
    let waiting = match work.best.waiting {
        0 => String::new(),
        more => format!(
            "; {} met and not searched, as the effort ran out",
            number::count(more as u64)
        ),
    };
    format!(
        "{} that {} no party to more than the full one does; {} followed, {} passed over because {pruned} \
         at no more risk, {outdone} because a \
         way found already is no worse{waiting}. {partners} At central values, on what was known by {}.",
        words::capitalised(&count(work.rungs, "agreement")),
        if work.rungs == 1 { "exposes" } else { "expose" },
        count(work.best.followed, "state of belief")
            .replace("state of beliefs", "states of belief"),
        number::count(work.best.pruned as u64),
        number::day(found.asked.until),
    )
}
