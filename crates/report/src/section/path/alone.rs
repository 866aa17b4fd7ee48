//! What each side could have done alone.

use detente::{
    assessment::{Gesture, Gestures, NoSeries, OnTerms, PartySeries, PathReport, SeriesFound},
    quantity::Probability,
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
        let mut legend = "How many more acts, each as telling as one that was made, would carry the other's \
                          trust over what the full agreement asks: fewest first, nothing given in return."
            .to_owned();
        if let Some(terms) = found.series.iter().find_map(|it| it.other_terms.as_ref()) {
            let chance = number::probability(terms.chance.get());
            legend.push_str(&format!(
                " Traded: with chance {chance} each would have been made for the return alone, whoever made it. \
                 Open to be taken back: with chance {chance} one who means to cheat, and would not make it for \
                 good, makes it to undo it later.",
            ));
        }
        page.paragraph(Role::Quiet, &legend);
    }
    if !found.gestures.is_empty() {
        page.heading("Which gestures would be believed");
        for gestures in &found.gestures {
            page.entry(Role::Plain, &gesturing(gestures, names));
        }
        page.paragraph(
            Role::Quiet,
            "A gesture is an agreement of which one side carries out its part alone. What it costs is sunk: it \
             is believed if that is more than trust would win one who means to cheat, and no more than it is \
             worth to one who does not. Tied hands cost nothing as long as the word is kept: a penalty \
             that falls only on breaking the full agreement, as before a public that would not forgive it. \
             Shares are of what the full agreement would bring.",
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
    let mut text = reason(&format!(
        "{}{}.",
        acts(held, series),
        match warranted == held {
            true => "",
            false => ", as they are read there",
        }
    ));
    if warranted != held {
        text.push_str(&format!(" Read as they are: {}.", acts(warranted, series)));
    }
    if let Some(terms) = &series.other_terms {
        text.push_str(&format!(
            " Traded, {}; open to be taken back, {}.",
            takes(terms.traded, series.longest),
            takes(terms.revocable, series.longest)
        ));
    }
    if let Some(breach) = &series.breach {
        let further = match (breach.further, breach.end) {
            (Some(further), _) => format!("would cost up to {} more", number::value(further)),
            (None, SeriesEnd::BudgetSpent) => {
                "would cost what the search had no effort left to find".to_owned()
            }
            (None, _) => "would be past repair".to_owned(),
        };
        let event = clean(&breach.event);
        text.push_str(&format!(
            " Another such as \u{201c}{event}\u{201d} on the way {further}."
        ));
    }
    text
}

/// How many acts it takes on other terms.
fn takes(terms: OnTerms, longest: usize) -> String {
    match (terms.acts, terms.end) {
        (Some(acts), _) => format!("it would take {}", number::count(acts as u64)),
        (None, SeriesEnd::NoneSuffices) => {
            format!(
                "not even {} of them would do",
                number::count(longest as u64)
            )
        }
        (None, _) => "how many is not known".to_owned(),
    }
}

/// A series in words.
fn acts(found: &SeriesFound, series: &PartySeries) -> String {
    let needed = series.needed.map_or(1.0, Probability::get);
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
            let longest = number::count(series.longest as u64);
            match found.trust > found.before {
                true => format!(
                    "no series of up to {longest} acts does: trust rises from {from} to {to} at most, and \
                     {asked} is asked"
                ),
                false => format!(
                    "no series of up to {longest} acts does: none raises trust from {from}, and {asked} is asked"
                ),
            }
        }
        _ => format!("not known: the search ran out of effort at trust {to}"),
    }
}

fn gesturing(gestures: &Gestures, names: &Names<'_>) -> String {
    let who = names.party(&gestures.party);
    let (least, most) = (gestures.costs_at_least, gestures.costs_at_most);
    let tied = match gestures.tied_hands {
        Some(penalty) if penalty > 0.0 => format!(
            " With hands tied by a penalty of {} on a breach that is seen, no trust would be asked.",
            number::percent(penalty)
        ),
        Some(_) => String::new(),
        None => " No penalty would tie its hands, as a breach would not be seen.".to_owned(),
    };
    if most < least {
        return format!(
            "{who}: none, at any cost: trust would win one who means to cheat {}, and one who does not only \
             {}.{tied}",
            number::percent(least),
            number::percent(most),
        );
    }
    format!(
        "{who}: a gesture must cost it from {} to {}; {}.{}{tied}",
        number::percent(least),
        number::percent(most),
        believed(gestures, names),
        unbelieved(gestures),
    )
}

/// Which of the gestures are believed.
fn believed(gestures: &Gestures, names: &Names<'_>) -> String {
    let total = number::count(gestures.count as u64);
    if gestures.believed == 0 {
        return match gestures.count {
            0 => "there is none that costs it anything".to_owned(),
            1 => "the only one there is would not be believed".to_owned(),
            _ => format!("none of {total} would be believed"),
        };
    }
    let separating = gestures
        .listed
        .iter()
        .filter(|it| it.reading == Screening::Separates);
    let named: Vec<String> = separating.take(NAMED).map(|it| named(it, names)).collect();
    format!(
        "{} of {total} would be believed, the cheapest {}",
        number::count(gestures.believed as u64),
        named.join("; "),
    )
}

/// Why the rest are not.
fn unbelieved(gestures: &Gestures) -> String {
    let reasons = [
        (
            gestures.too_cheap,
            "too cheap, as one who means to cheat could afford as much",
        ),
        (
            gestures.too_dear,
            "too dear even for one who keeps its word",
        ),
        (
            gestures.perverse,
            "worth the cost only to one who means to cheat",
        ),
    ];
    let reasons = reasons.into_iter().filter(|(count, _)| 0 < *count);
    let told: Vec<String> = reasons
        .map(|(count, why)| match (count == gestures.count, count) {
            (true, 1) => format!("It is {why}"),
            (true, _) => format!("All are {why}"),
            (false, 1) => format!("1 is {why}"),
            (false, _) => format!("{} are {why}", number::count(count as u64)),
        })
        .collect();
    match told.is_empty() {
        true => String::new(),
        false => format!(" {}.", told.join("; ")),
    }
}

fn named(gesture: &Gesture, names: &Names<'_>) -> String {
    format!(
        "\u{201c}{}\u{201d} ({})",
        names.terms_line(&gesture.terms),
        number::percent(gesture.cost)
    )
}
