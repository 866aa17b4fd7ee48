//! Which barriers kept an agreement away.

use detente::{
    Assessment,
    assessment::{Attribution, Barrier, BarrierCause, BarrierShare, Chance, Verdict},
};

use super::judges;
use crate::{
    estimate::Estimate,
    figure,
    layout::{Cell, Column, Page, Table, bar},
    number,
    palette::Role,
    words,
};

pub(super) fn write(page: &mut Page, assessment: &Assessment) {
    page.heading("Why");
    let Some(attribution) = &assessment.attribution else {
        nothing(page, assessment);
        return;
    };
    page.paragraph(Role::Plain, &scope(assessment, attribution));
    page.blank();
    let table = table(assessment, attribution, page.bar_cells());
    page.drawn(&table, || figure::causes(attribution));
    page.paragraph(
        Role::Quiet,
        "A share is what a barrier's fall adds to the chance of agreement, averaged over every \
         order in which the four could fall (Shapley value).",
    );
    if attribution.shares.iter().any(is_negative) {
        page.paragraph(
            Role::Quiet,
            "A negative share is no slip: with that barrier gone, agreement is less likely, as \
             where a leader wants what the nation should refuse.",
        );
    }
    minimal_sets(page, &attribution.minimal_sets);
    if let Some(sentence) = necessary(&attribution.causes) {
        page.paragraph(Role::Plain, &sentence);
    }
    if let Some(sentence) = standpoint(assessment.verdict.central) {
        page.paragraph(Role::Plain, sentence);
    }
    // The finding and the first reason; `why` gives them all.
    let judged = judges::sentences(assessment, attribution);
    let judged = judged.into_iter().take(2).collect::<Vec<_>>().join(" ");
    if !judged.is_empty() {
        page.paragraph(Role::Plain, &judged);
    }
    gate(page, attribution.conflict_of_interest.as_ref());
}

/// Nothing was missed in any run: says why.
pub(super) fn nothing(page: &mut Page, assessment: &Assessment) {
    let chance = assessment.verdict.chances.get(&Verdict::ConflictOfInterest);
    let text = if assessment.verdict.central == Verdict::ConflictOfInterest {
        "Interests conflicted, so nothing was missed and there is nothing to share out among the \
         other barriers."
    } else {
        "The model expects an agreement to be signed, so there is no failure to share out among \
         the barriers."
    };
    page.paragraph(Role::Plain, text);
    gate(page, chance);
}

/// Of which runs the shares speak.
pub(super) fn scope(assessment: &Assessment, attribution: &Attribution) -> String {
    let opportunities = "an agreement was better than none for every party and yet the model \
                         expects none to be signed";
    let counted = attribution.counted.as_ref().map(number::chance);
    if attribution.central.is_some() {
        let draws = counted.map(|it| format!(", and in {it} of the draws,"));
        return format!(
            "At central values{} {opportunities}.",
            draws.unwrap_or_default()
        );
    }
    let reason = if assessment.verdict.central == Verdict::ConflictOfInterest {
        "interests conflict"
    } else {
        "the model expects an agreement to be signed"
    };
    format!(
        "At central values there is nothing to share out: {reason}. The shares speak of the {} of \
         draws in which {opportunities}.",
        counted.unwrap_or_default()
    )
}

fn table(assessment: &Assessment, attribution: &Attribution, cells: usize) -> Table {
    let central = attribution.central.is_some();
    let sampled = attribution.mean.is_some();
    let mut columns = vec![Column::left(""), Column::left("barrier")];
    if central {
        columns.extend([Column::right("share"), Column::left("least–most")]);
    }
    if sampled {
        columns.push(Column::left("over draws"));
    }
    columns.push(Column::left(""));
    let mut table = Table::new(columns);
    for share in &attribution.shares {
        let mut row: Vec<Cell> = vec![
            words::number_cell(share.barrier),
            name(assessment, share.barrier),
        ];
        if central {
            let central = share.central.map(number::signed).unwrap_or_default();
            row.push(Cell::from(central).worth(share.central));
            let ends = share.range.map(range).unwrap_or_default();
            row.push(Cell::from(ends).between(share.range));
        }
        if sampled {
            let ends = share.mean.zip(share.standard_error);
            let ends = ends.map(|(mean, error)| [mean - 2.0 * error, mean + 2.0 * error]);
            row.push(Cell::from(mean(share)).worth(share.mean).between(ends));
        }
        let length = leading(share).unwrap_or_default();
        row.push(Cell::new(bar(length, cells), Role::Bar));
        table.row(row);
    }
    table
}

/// The barrier, strong where it is coded.
fn name(assessment: &Assessment, barrier: Barrier) -> Cell {
    let name = words::barrier(barrier);
    if words::is_coded(assessment, barrier) {
        Cell::new(name, Role::Strong)
    } else {
        Cell::new(format!("{name} (not coded)"), Role::Quiet)
    }
}

/// The share at central values where there is one, otherwise the mean over draws.
fn leading(share: &BarrierShare) -> Option<f64> {
    share.central.or(share.mean)
}

pub(super) fn range([least, most]: [f64; 2]) -> String {
    format!("{} to {}", number::signed(least), number::signed(most))
}

fn mean(share: &BarrierShare) -> String {
    let error = share.standard_error.map(number::error).unwrap_or_default();
    share
        .mean
        .map(|mean| format!("{}{error}", number::signed(mean)))
        .unwrap_or_default()
}

pub(super) fn is_negative(share: &BarrierShare) -> bool {
    let least = share.range.map(|[least, _]| least);
    let shown = [share.central, share.mean, least];
    shown.into_iter().flatten().any(|it| it <= -0.005)
}

/// A set of barriers that must fall.
pub(super) fn together(set: &[Barrier]) -> String {
    let names: Vec<String> = set
        .iter()
        .map(|&it| words::barrier(it).to_owned())
        .collect();
    match names.as_slice() {
        [one] => format!("{one} alone"),
        _ => format!("{} together", words::list(&names)),
    }
}

/// The least that had to fall.
fn minimal_sets(page: &mut Page, sets: &[Vec<Barrier>]) {
    let sets: Vec<String> = sets.iter().map(|set| together(set)).collect();
    let text = match sets.as_slice() {
        [] => return,
        [one] => format!("The least that had to fall for an agreement: {one}."),
        several => format!(
            "The least that had to fall for an agreement, any of these: {}.",
            several.join("; or ")
        ),
    };
    page.paragraph(Role::Plain, &text);
}

/// Of which runs the verdict and the rest speak, where these differ.
pub(super) fn standpoint(verdict: Verdict) -> Option<&'static str> {
    match verdict {
        Verdict::AgreementExpected => Some(
            "The verdict speaks of central values, where an agreement passes every barrier; the \
             shares speak of draws in which none is expected.",
        ),
        Verdict::ConflictOfInterest => Some(
            "The verdict speaks of central values, where interests conflict; the shares speak of \
             draws in which they do not and yet no agreement is expected.",
        ),
        _ => None,
    }
}

/// Whose fall alone would have brought an agreement, and in how many of the draws that fail.
fn necessary(causes: &[BarrierCause]) -> Option<String> {
    let causes = causes.iter();
    let mut list: Vec<(Barrier, Chance)> = causes
        .filter_map(|it| Some((it.barrier, it.necessary?)))
        .collect();
    if list.is_empty() {
        return None;
    }
    list.retain(|(_, chance)| chance.estimate > 0.0);
    // The sort is stable, so that ties keep the order of the barriers.
    list.sort_by(|one, other| other.1.estimate.total_cmp(&one.1.estimate));
    let parts: Vec<String> = list
        .iter()
        .map(|(barrier, chance)| {
            format!("{} in {}", words::barrier(*barrier), number::chance(chance))
        })
        .collect();
    Some(match parts.is_empty() {
        true => "No barrier was necessary for the failure: in no draw that fails does the fall of \
                 one alone bring an agreement."
            .to_owned(),
        false => format!(
            "Necessary for the failure, so that its fall alone brings an agreement, in these shares \
             of the draws that fail: {}.",
            words::list(&parts)
        ),
    })
}

/// The chance that nothing could have been missed.
pub(super) fn gate(page: &mut Page, chance: Option<&Chance>) {
    let Some(chance) = chance else { return };
    page.paragraph(
        Role::Plain,
        &format!(
            "The gate: that interests conflicted outright, so that nothing could be missed, {}: \
             {}.",
            Estimate::of(chance.estimate).predicate(),
            number::interval(chance)
        ),
    );
}
