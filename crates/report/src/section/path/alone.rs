//! What each side could have done alone.

use detente::{
    assessment::{Gesture, Gestures, NoSeries, PartySeries, PathReport, SeriesFound},
    reassurance::{Screening, SeriesEnd},
};

use crate::{
    layout::{Page, clean},
    names::Names,
    number::{self, Digits},
    palette::Role,
};

/// Gestures that are named.
const NAMED: usize = 3;

pub(super) fn write(page: &mut Page, found: &PathReport, names: &Names<'_>) {
    if !found.series.is_empty() {
        page.heading("By concessions of one side");
        for series in &found.series {
            page.entry(Role::Plain, &conceding(series, names));
        }
        page.paragraph(
            Role::Quiet,
            "How many more acts, each as telling as one that was made, would carry the other's trust over \
             what the full agreement asks: fewest first, nothing given in return.",
        );
    }
    if !found.gestures.is_empty() {
        page.heading("Which gestures would be believed");
        for gestures in &found.gestures {
            page.entry(Role::Plain, &gesturing(gestures, names));
        }
        page.paragraph(
            Role::Quiet,
            "A gesture is an agreement of which one side carries out its part alone. It is believed if it \
             costs more than trust would win one who means to cheat, and no more than it is worth to one \
             who does not.",
        );
    }
}

fn conceding(series: &PartySeries, names: &Names<'_>) -> String {
    let sender = names.party(&series.sender);
    let receiver = names.party(&series.receiver);
    let reason = |text: &str| format!("{sender} to convince {receiver}: {text}");
    match series.unanswered {
        Some(NoSeries::NoFriendlyAct) => {
            return reason("no friendly act is on record to measure concessions by.");
        }
        Some(NoSeries::NotOneTrustworthyType) => {
            return reason("not counted, as not just one of its types would keep the agreement.");
        }
        Some(_) => return reason("no trust in it would be enough."),
        None => {}
    }
    let (Some(needed), Some(warranted), Some(held)) =
        (series.needed, &series.warranted, &series.held)
    else {
        return reason("not counted.");
    };
    let needed = needed.get();
    let asked = number::probability(needed);
    if held.steps.is_empty() && held.end == SeriesEnd::Found {
        let trust = number::probability(held.trust.get());
        return reason(&format!(
            "none is needed: trust stands at {trust}, asked is more than {asked}."
        ));
    }
    let same = warranted == held;
    let mut text = reason(&format!(
        "{}{}.",
        acts(held, needed),
        if same { "" } else { ", as it reads them" }
    ));
    if !same {
        text.push_str(&format!(" Read as they are: {}.", acts(warranted, needed)));
    }
    if let Some(breach) = &series.breach {
        let further = match breach.further {
            Some(further) => format!("cost up to {} more", number::value(further)),
            None => "be past repair".to_owned(),
        };
        let event = clean(&breach.event);
        text.push_str(&format!(
            " Another such as \u{201c}{event}\u{201d} on the way would {further}."
        ));
    }
    text
}

/// A series in words.
fn acts(found: &SeriesFound, needed: f64) -> String {
    let digits = Digits::telling(needed, [found.before.get(), found.trust.get()]);
    let shown = |chance: f64| number::probability_to(chance, digits);
    let (from, to) = (shown(found.before.get()), shown(found.trust.get()));
    let asked = shown(needed);
    match (found.end, found.steps.first()) {
        (SeriesEnd::Found, None) => format!("none needed at trust {from}, above {asked}"),
        (SeriesEnd::Found, Some(first)) => {
            let alike = found.steps.iter().all(|step| step.act == first.act);
            let such = match alike {
                true => format!("such as \u{201c}{}\u{201d}", clean(&first.event)),
                false => format!("beginning with \u{201c}{}\u{201d}", clean(&first.event)),
            };
            let count = number::count_of(found.steps.len() as u64, "more act");
            format!("{count} {such} would raise trust from {from} to {to}, above the {asked} asked")
        }
        (SeriesEnd::NoneSuffices, _) => {
            format!("no series does: trust rises from {from} to {to} at most, and {asked} is asked")
        }
        _ => format!("not known: the search ran out of effort at trust {to}"),
    }
}

fn gesturing(gestures: &Gestures, names: &Names<'_>) -> String {
    let who = names.party(&gestures.party);
    let share = |cost: f64| number::percent(cost);
    if gestures.costs_at_most < gestures.costs_at_least {
        return format!(
            "{who}: none, at any cost: trust would win one who means to cheat {} of what the full agreement \
             brings, and one who does not only {}.",
            share(gestures.costs_at_least),
            share(gestures.costs_at_most),
        );
    }
    let band = format!(
        "must cost it from {} to {} of what the full agreement brings",
        share(gestures.costs_at_least),
        share(gestures.costs_at_most),
    );
    let total = number::count(gestures.count as u64);
    if gestures.believed == 0 {
        let dearest = gestures
            .listed
            .iter()
            .filter(|it| it.reading == Screening::TooCheap);
        let dearest = dearest.map(|it| it.cost).fold(0.0, f64::max);
        let why = match gestures
            .listed
            .iter()
            .any(|it| it.reading == Screening::TooCheap)
        {
            true => format!(
                "the rest are read as cheap, for one who means to cheat could afford them too (up to {} \
                 among those listed)",
                share(dearest)
            ),
            false => "the rest cost more than trust is worth".to_owned(),
        };
        return format!("{who}: a gesture {band}; none of {total} is believed: {why}.");
    }
    let believed = gestures
        .listed
        .iter()
        .filter(|it| it.reading == Screening::Separates);
    let named: Vec<String> = believed.take(NAMED).map(|it| named(it, names)).collect();
    let rest = match gestures.believed == gestures.count {
        true => "",
        false => " The rest would be read as cheap or cost more than trust is worth.",
    };
    format!(
        "{who}: a gesture {band}; {} of {total} would be believed, the cheapest {}.{rest}",
        number::count(gestures.believed as u64),
        named.join("; "),
    )
}

fn named(gesture: &Gesture, names: &Names<'_>) -> String {
    format!(
        "\u{201c}{}\u{201d} ({})",
        names.terms_line(&gesture.terms),
        number::percent(gesture.cost)
    )
}
