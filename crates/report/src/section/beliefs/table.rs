//! One observer's beliefs about one other party, act by act.

use detente::assessment::{BeliefPoint, BeliefSeries, TypeBelief};

use super::{answer::Needed, sentences::is_banded};
use crate::{
    layout::{Cell, Column, Source, Table, clean},
    number::{self, Digits},
    palette::Role,
};

/// What is told beside the beliefs.
pub(super) struct Told {
    /// The trust that decides, where trust decides.
    pub(super) needed: Option<Needed>,
    /// Whether no act moves trust.
    pub(super) is_flat: bool,
    /// Whether there is room for the band of what was warranted too.
    pub(super) is_roomy: bool,
    /// By point, what hindsight makes of it; empty where that is told elsewhere.
    pub(super) hindsight: Vec<Option<f64>>,
}

pub(super) fn table(series: &BeliefSeries, told: &Told) -> Table {
    let needed = told.needed;
    let trusting = series.threshold.is_some();
    let banded = is_banded(series);
    let digits = needed.map_or(Digits::Two, |it| it.digits);
    let mut columns = vec![
        Column::left("known"),
        Column::right("warranted"),
        Column::right("held"),
    ];
    // Acts say nothing of a trust that no act moves.
    let weighed = !told.is_flat && series.points.iter().any(|it| !weight(it).is_empty());
    if weighed {
        columns.insert(1, Column::right("weight"));
    }
    if banded {
        columns.extend(match told.is_roomy {
            true => vec![Column::left("warranted 90%"), Column::left("held 90%")],
            false => vec![Column::left("90% band")],
        });
    }
    if !told.hindsight.is_empty() {
        columns.push(Column::right("in hindsight"));
    }
    if needed.is_some() {
        columns.push(Column::left("held is"));
    }
    columns.push(Column::wrapped("act"));
    let mut table = Table::new(columns);
    for (nth, point) in series.points.iter().enumerate() {
        let mut row: Vec<Cell> = vec![
            date(point).into(),
            belief(&point.warranted, trusting, digits),
            belief(&point.held, trusting, digits).of(Role::Strong),
        ];
        if weighed {
            let decibels = point.weight.as_ref().and_then(|it| it.decibels);
            let cell = Cell::new(weight(point), Role::Quiet);
            row.insert(1, cell.worth(decibels).in_unit("dB"));
        }
        if banded {
            if told.is_roomy {
                row.push(band(&point.warranted));
            }
            row.push(band(&point.held));
        }
        if let Some(trust) = told.hindsight.get(nth) {
            let shown = trust.map(number::probability).unwrap_or_default();
            row.push(Cell::from(shown).worth(*trust));
        }
        if let Some(needed) = needed {
            let (word, role) = needed.side(point.held.trust.unwrap_or_default());
            row.push(Cell::new(word, role));
        }
        let what = Cell::from(what(point, series, trusting));
        row.push(match &point.act {
            Some(id) => what.sourced(Source::Act(id.clone())),
            None => what,
        });
        table.row(row);
    }
    table
}

fn date(point: &BeliefPoint) -> String {
    point
        .date
        .map_or_else(|| "before".to_owned(), |date| date.to_string())
}

/// What the act weighs for trust.
fn weight(point: &BeliefPoint) -> String {
    let decibels = point.weight.as_ref().and_then(|it| it.decibels);
    decibels.map(number::decibels).unwrap_or_default()
}

/// Trust, or the probabilities of the types where there is nothing to trust anybody with.
fn belief(belief: &TypeBelief, trusting: bool, digits: Digits) -> Cell {
    if trusting {
        let shown = |trust| number::probability_to(trust, digits);
        return Cell::from(belief.trust.map(shown).unwrap_or_default()).worth(belief.trust);
    }
    let types = belief.types.iter().map(|&p| number::probability(p));
    types.collect::<Vec<_>>().join("/").into()
}

/// What holds 90% of the draws.
fn band(belief: &TypeBelief) -> Cell {
    let band = belief.band.as_ref();
    let cell = Cell::new(band.map(number::band).unwrap_or_default(), Role::Quiet);
    cell.between(band.map(|it| [it.low, it.high]))
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
