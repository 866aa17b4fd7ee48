//! All that can be sustained at one patience.

use detente::{
    game::{GameReport, SomePath},
    reciprocity::payoff_set::{PayoffSet, SetKind, Stop},
};

use super::LISTED;
use crate::{
    layout::{Page, clean},
    number,
    palette::Role,
};

pub(super) fn write(page: &mut Page, report: &GameReport, set: &PayoffSet) {
    page.heading(&format!("What can be sustained at δ = {}", set.delta));
    let corners = corners(set);
    let text = match set.kind {
        SetKind::Empty if set.outer.is_empty() => {
            "Nothing, unless players mix: there is no equilibrium in pure strategies.".to_owned()
        }
        SetKind::Empty => "Nothing that could be proved.".to_owned(),
        SetKind::Point => format!("One pair of payoffs: {corners}."),
        SetKind::Segment => format!("The payoffs between {corners}."),
        SetKind::Polygon => format!("The payoffs within the corners {corners}."),
    };
    page.paragraph(Role::Plain, &text);
    if let Some(path) = &report.some_path {
        path_to_agreement(page, report, path);
    }
    page.paragraph(Role::Quiet, &certificate(set));
}

/// The corners, exactly where that is short.
fn corners(set: &PayoffSet) -> String {
    let shown = |at: usize| {
        let exact = set.inner[at].each_ref().map(ToString::to_string);
        let short = set.solved && exact.iter().all(|it| it.len() <= 7);
        let near = set.vertices[at].map(number::value);
        let [row, column] = if short { exact } else { near };
        format!("({row}, {column})")
    };
    let mut list: Vec<String> = (0..set.inner.len().min(LISTED)).map(shown).collect();
    if set.inner.len() > LISTED {
        let rest = (set.inner.len() - LISTED) as u64;
        list.push(format!("{} more in --json", number::count(rest)));
    }
    list.join(if list.len() == 2 { " and " } else { " · " })
}

/// Whether anything is to be had that the first actions of both for ever do not give.
fn path_to_agreement(page: &mut Page, report: &GameReport, path: &SomePath) {
    let stationary = report
        .at_delta
        .as_ref()
        .and_then(|it| it.mutual_cooperation);
    let (role, text) = match (stationary, path.agreement, path.gain) {
        (Some(true), ..) => return,
        (_, Some(true), _) => (
            Role::Good,
            "The first actions of both for ever cannot be kept up, but some other path gives both \
             as much."
                .to_owned(),
        ),
        (_, Some(false), Some(true)) => (
            Role::Plain,
            format!(
                "No path gives both what their first actions do, but some give both more than their \
                 second ones{}.",
                example(path)
            ),
        ),
        (_, Some(false), Some(false)) => (
            Role::Bad,
            "No path at all gives both more than their second actions do.".to_owned(),
        ),
        (_, Some(false), None) => (
            Role::Bad,
            "No path at all gives both what their first actions do.".to_owned(),
        ),
        (_, None, _) => (
            Role::Plain,
            "Whether some path gives both what their first actions do could not be settled."
                .to_owned(),
        ),
    };
    page.paragraph(role, &text);
}

fn example(path: &SomePath) -> String {
    let Some([row, column]) = path.payoffs else {
        return String::new();
    };
    let starts: Vec<String> = { path.start.iter() }
        .map(|it| {
            let [row, column] = it.actions.each_ref().map(|action| clean(action));
            format!(
                "{row} against {column} ({})",
                number::percent(it.probability)
            )
        })
        .collect();
    let how = match starts.as_slice() {
        [] => String::new(),
        [only] => format!(", beginning with {}", only.trim_end_matches(" (100%)")),
        several => format!(
            ", a public coin choosing who begins: {}",
            several.join(" or ")
        ),
    };
    format!(": ({}, {}){how}", number::value(row), number::value(column))
}

fn certificate(set: &PayoffSet) -> String {
    let how = "Pure strategies and a public coin, subgame-perfect, every act being seen.";
    let near = match (set.solved, set.stop) {
        (true, _) if set.gap <= 0.0 || set.stop == Stop::Empty => "Proved exactly.".to_owned(),
        _ if set.gap.is_infinite() => "What lies beyond could not be ruled out.".to_owned(),
        _ => format!(
            "Proved; what lies further out than {:.0e} is ruled out.",
            set.gap
        ),
    };
    format!("{how} {near}")
}
