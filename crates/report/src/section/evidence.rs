//! What the answer rests on.

use std::collections::BTreeMap;

use detente::{
    Assessment,
    assessment::{CodedNumber, Evidence, LeftOut},
    case::Source,
};

use crate::{
    document::number_row,
    layout::{Cell, Column, Page, Table, clean},
    names::Names,
    number,
    palette::Role,
};

/// More names than this are counted.
const MOST_LISTED: usize = 20;

pub(super) fn write(page: &mut Page, assessment: &Assessment, names: &Names<'_>) {
    let evidence = &assessment.evidence;
    page.heading("What it rests on");
    page.paragraph(Role::Plain, &numbers(assessment));
    if !evidence.unsourced.is_empty() && !page.is_document() {
        let shown = evidence.unsourced.iter().take(MOST_LISTED);
        let shown: Vec<String> = shown.map(|name| clean(name)).collect();
        let rest = evidence.unsourced.len().saturating_sub(MOST_LISTED);
        let rest = match rest {
            0 => String::new(),
            more => format!(" and {} more", number::count(more as u64)),
        };
        page.entry(
            Role::Bad,
            &format!("Without source or reason: {}{rest}.", shown.join(", ")),
        );
    }
    left_out(page, &evidence.left_out, names);
    if evidence.sources.is_empty() {
        page.paragraph(Role::Plain, "The case names no source.");
        return;
    }
    if page.is_document() {
        return;
    }
    page.blank();
    for (_, source) in &evidence.sources {
        page.entry(Role::Quiet, &format!("· {}", cited(source)));
    }
}

/// Every number of the case with what it rests on, and every source, each on a row of its own that
/// links lead to: for a document.
pub(super) fn write_numbers(page: &mut Page, evidence: &Evidence) {
    if evidence.coded.is_empty() {
        return;
    }
    if !evidence.unsourced.is_empty() {
        page.heading("Numbers without source or reason");
        let mut table = Table::new([Column::left("number")]);
        for name in &evidence.unsourced {
            table.row([Cell::new(clean(name), Role::Plain)]);
        }
        page.table(&table);
    }
    page.heading("Every number, and where it comes from");
    let mut table = Table::new([
        Column::left("number"),
        Column::right("value"),
        Column::left("range"),
        Column::left("source"),
        Column::wrapped("reason"),
    ]);
    let sources: BTreeMap<&str, usize> = { evidence.sources.iter().enumerate() }
        .map(|(idx, (key, _))| (key.as_str(), idx))
        .collect();
    for (idx, coded) in evidence.coded.iter().enumerate() {
        let name = Cell::new(clean(&coded.name), Role::Plain).anchored(number_row(idx));
        let given = &coded.provenance;
        let links = given.source.iter().filter_map(|key| {
            let row = sources.get(key.as_str())?;
            Some((clean(key), source_row(*row)))
        });
        let note = given.note.as_deref().map(clean).unwrap_or_default();
        let bare = given.source.is_empty() && note.is_empty();
        table.row([
            name,
            number::value(coded.central).into(),
            range(coded).into(),
            Cell::linked(links.collect()),
            match bare {
                true => Cell::new("neither source nor reason", Role::Bad),
                false => note.into(),
            },
        ]);
    }
    page.table(&table);
    if evidence.sources.is_empty() {
        return;
    }
    page.heading("Sources");
    let mut table = Table::new([Column::left("key"), Column::wrapped("source")]);
    for (idx, (key, source)) in evidence.sources.iter().enumerate() {
        let key = Cell::new(clean(key), Role::Plain).anchored(source_row(idx));
        table.row([key, cited(source).into()]);
    }
    page.table(&table);
}

/// The name of the row of a source.
fn source_row(idx: usize) -> String {
    format!("source-{}", idx + 1)
}

/// The ends of what a number can be; nothing where it is exact.
fn range(coded: &CodedNumber) -> String {
    let [low, high] = coded.range;
    if low.is_some() && low == high {
        return String::new();
    }
    let end = |end: Option<f64>| end.map_or_else(|| "…".to_owned(), number::value);
    format!("{} to {}", end(low), end(high))
}

/// A source with its address, as text.
fn cited(source: &Source) -> String {
    let url = source.url.as_deref();
    let url = url.map(|url| format!(" <{}>", clean(url)));
    format!("{}{}", clean(&source.cite), url.unwrap_or_default())
}

fn numbers(assessment: &Assessment) -> String {
    let evidence = &assessment.evidence;
    if evidence.numbers == 0 {
        return "The case writes down no number: preferences are rankings.".to_owned();
    }
    format!(
        "{}: {} with a source, {} by the coder's judgement with a reason, {} with neither. {}.",
        number::count_of(evidence.numbers as u64, "number"),
        number::count(evidence.sourced as u64),
        number::count(evidence.judged as u64),
        number::count(evidence.unsourced.len() as u64),
        number::count_of(evidence.sources.len() as u64, "source")
    )
}

/// Acts that came too late for some observer.
fn left_out(page: &mut Page, acts: &[LeftOut], names: &Names<'_>) {
    if acts.is_empty() {
        return;
    }
    let shown = acts.iter().take(MOST_LISTED).map(|it| {
        format!(
            "{} ({}, {})",
            clean(&it.act),
            names.party(&it.observer),
            it.known
        )
    });
    let shown: Vec<String> = shown.collect();
    let rest = match acts.len().saturating_sub(MOST_LISTED) {
        0 => String::new(),
        more => format!(" and {} more", number::count(more as u64)),
    };
    page.entry(
        Role::Plain,
        &format!(
            "Left out because they became known too late (act, observer, day): {}{rest}.",
            shown.join(", ")
        ),
    );
}
