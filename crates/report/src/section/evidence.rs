//! What the answer rests on.

use detente::{Assessment, assessment::LeftOut};

use crate::{
    layout::{Page, clean},
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
    if !evidence.unsourced.is_empty() {
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
    page.blank();
    for (_, source) in &evidence.sources {
        let url = source
            .url
            .as_deref()
            .map(|url| format!(" <{}>", clean(url)));
        let text = format!("· {}{}", clean(&source.cite), url.unwrap_or_default());
        page.entry(Role::Quiet, &text);
    }
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
