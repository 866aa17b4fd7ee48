//! Who believed what when, beside the trust that it took.

use detente::{
    Assessment,
    assessment::{BeliefPoint, BeliefSeries, Threshold, TypeBelief},
};

use crate::{
    layout::{Cell, Column, Page, Table, clean},
    names::Names,
    number,
    palette::Role,
};

pub(super) fn write(page: &mut Page, assessment: &Assessment, names: &Names<'_>) {
    let Some(first) = assessment.beliefs.first() else {
        return;
    };
    page.heading("Who believed what when");
    page.paragraph(Role::Quiet, &legend(assessment, first, names));
    if names.parties() > 2 {
        page.paragraph(
            Role::Quiet,
            "What an observer needs is trust in all the others at once, so its trust in each alone \
             must be higher still.",
        );
    }
    for series in &assessment.beliefs {
        one(page, series, names);
    }
}

/// What the figures are.
fn legend(assessment: &Assessment, first: &BeliefSeries, names: &Names<'_>) -> String {
    let Some(threshold) = &first.threshold else {
        return "No agreement was better than none for every party, so there was none to trust \
                anybody with. What is shown is the belief about what the other party is."
            .to_owned();
    };
    let mut stages = assessment.funnel.iter().rev();
    let shown = stages.find_map(|stage| stage.best.first());
    let terms = if shown == Some(&threshold.agreement) {
        ", named above".to_owned()
    } else {
        format!(" ({})", names.terms_line(&threshold.agreement))
    };
    format!(
        "Trust is the probability that the other party keeps the best agreement{terms}. \
         Warranted: on the evidence as it was. Held: on the evidence as it was read; the band \
         holds 90% of the draws of held trust."
    )
}

fn one(page: &mut Page, series: &BeliefSeries, names: &Names<'_>) {
    let (observer, about) = (names.party(&series.observer), names.party(&series.about));
    page.blank();
    page.paragraph(Role::Strong, &format!("{observer} about {about}"));
    let needed = series.threshold.as_ref().and_then(deciding);
    if let Some(threshold) = &series.threshold {
        page.paragraph(
            Role::Plain,
            &needs(threshold, &names.decider(&series.observer)),
        );
        if let Some(last) = series.points.last() {
            page.paragraph(Role::Plain, &at_the_end(last, needed));
        }
        if let Some(note) = flat(series, &about) {
            page.paragraph(Role::Quiet, &note);
        }
    }
    page.table(&table(series, needed));
}

/// The trust that decides: the leader's where one is coded and turns on trust, else the nation's.
/// None where no trust makes a difference.
fn deciding(threshold: &Threshold) -> Option<f64> {
    threshold.leader.or(threshold.nation).filter(|&it| it > 0.0)
}

fn needs(threshold: &Threshold, decider: &str) -> String {
    let nation = match threshold.nation {
        None => "The nation refuses whatever it believes".to_owned(),
        Some(needed) if needed <= 0.0 => "The nation accepts whatever it believes".to_owned(),
        Some(needed) => format!(
            "To accept, the nation needs trust above {}",
            number::probability(needed)
        ),
    };
    match threshold.leader {
        Some(needed) => format!(
            "{nation}; {decider}, with a home front, above {}.",
            number::probability(needed)
        ),
        None => format!("{nation}."),
    }
}

/// Where trust stood when it mattered.
fn at_the_end(last: &BeliefPoint, needed: Option<f64>) -> String {
    let stood = |belief: &TypeBelief| belief.trust.unwrap_or_default();
    let (warranted, held) = (stood(&last.warranted), stood(&last.held));
    let (due, kept) = (number::probability(warranted), number::probability(held));
    let Some(needed) = needed else {
        return format!("At the decision {due} was warranted and {kept} held.");
    };
    let (first, second) = (side(warranted, needed).0, side(held, needed).0);
    if first == second {
        format!("At the decision {due} was warranted and {kept} held, both {first} it.")
    } else {
        format!("At the decision {due} was warranted, {first} it, but {kept} held, {second} it.")
    }
}

/// Why trust does not move where it never does.
fn flat(series: &BeliefSeries, about: &str) -> Option<String> {
    let all = |value: f64| {
        let trusts = series.points.iter();
        let mut trusts = trusts.flat_map(|point| [point.warranted.trust, point.held.trust]);
        trusts.all(|trust| trust == Some(value))
    };
    if all(1.0) {
        Some(format!(
            "At central values every type that {about} might be would keep this agreement, so acts \
             change beliefs about its type but not trust. The band shows draws in which some type \
             would break it."
        ))
    } else if all(0.0) {
        Some(format!(
            "At central values no type that {about} might be would keep this agreement."
        ))
    } else {
        None
    }
}

/// On which side of what is needed.
fn side(trust: f64, needed: f64) -> (&'static str, Role) {
    if trust > needed {
        ("above", Role::Good)
    } else if trust < needed {
        ("below", Role::Bad)
    } else {
        ("just at", Role::Bad)
    }
}

fn table(series: &BeliefSeries, needed: Option<f64>) -> Table {
    let trusting = series.threshold.is_some();
    let banded = series.points.iter().any(|point| point.held.band.is_some());
    let mut columns = vec![
        Column::left("known"),
        Column::right("warranted"),
        Column::right("held"),
    ];
    if banded {
        columns.push(Column::left("90% band"));
    }
    if needed.is_some() {
        columns.push(Column::left("held is"));
    }
    columns.push(Column::wrapped("act"));
    let mut table = Table::new(columns);
    for point in &series.points {
        let mut row: Vec<Cell> = vec![
            date(point).into(),
            belief(&point.warranted, trusting).into(),
            Cell::new(belief(&point.held, trusting), Role::Strong),
        ];
        if banded {
            let band = point.held.band.as_ref().map(number::band);
            row.push(Cell::new(band.unwrap_or_default(), Role::Quiet));
        }
        if let Some(needed) = needed {
            let (word, role) = side(point.held.trust.unwrap_or_default(), needed);
            row.push(Cell::new(word, role));
        }
        row.push(what(point, series, trusting).into());
        table.row(row);
    }
    table
}

fn date(point: &BeliefPoint) -> String {
    point
        .date
        .map_or_else(|| "before".to_owned(), |date| date.to_string())
}

/// Trust, or the probabilities of the types where there is nothing to trust anybody with.
fn belief(belief: &TypeBelief, trusting: bool) -> String {
    if trusting {
        return belief.trust.map(number::probability).unwrap_or_default();
    }
    let types = belief.types.iter().map(|&p| number::probability(p));
    types.collect::<Vec<_>>().join("/")
}

/// What was done; for the prior, what the figures are.
fn what(point: &BeliefPoint, series: &BeliefSeries, trusting: bool) -> String {
    match &point.event {
        Some(event) => clean(event),
        None if trusting => "the prior belief".to_owned(),
        None => format!(
            "the prior belief that it is: {}",
            clean(&series.types.join("/"))
        ),
    }
}
