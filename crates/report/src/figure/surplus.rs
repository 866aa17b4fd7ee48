//! What each of several parties gains at the outcomes that stand out: a strip of bars for each party.

use detente::agreements::{MarkedPayoffs, PayoffCloud, PayoffMark};

use super::{
    Figure,
    canvas::{Anchor, BOLD, Canvas},
    label,
    scale::Scale,
};
use crate::{
    layout::{Cell, Column, Table, clean},
    number,
    palette::Role,
    words,
};

const ROW: f64 = 22.0;

/// Outcomes drawn; the table has all.
const DRAWN: usize = 8;

/// `None` for two parties, whose plane shows it, and where payoffs are only ranks.
pub(crate) fn surplus(cloud: &PayoffCloud) -> Option<Figure> {
    let (without, marked) = cloud.marked.split_first()?;
    if cloud.parties.len() < 3 || cloud.ranked || marked.is_empty() {
        return None;
    }
    let gains = |it: &MarkedPayoffs| -> Vec<f64> {
        let pairs = it.payoffs.iter().zip(&without.payoffs);
        pairs.map(|(u, d)| u - d).collect()
    };
    let outcomes = distinct(marked.iter().map(|it| (name(&it.mark), gains(it))));
    if outcomes
        .iter()
        .flat_map(|(_, gains)| gains)
        .any(|it| !it.is_finite())
    {
        return None;
    }
    let all = outcomes
        .iter()
        .filter(|(_, gains)| gains.iter().all(|it| *it > 0.0));
    let better = all.count();
    let finding = format!(
        "Of {} that stand out, {} {} every party better off than nonagreement.",
        number::count_of(outcomes.len() as u64, "outcome"),
        number::count(better as u64),
        if better == 1 { "leaves" } else { "leave" }
    );
    let title = "What each party gains over nonagreement";
    let figure = Figure::new("surplus", title, finding, |width| {
        draw(cloud, &outcomes, width)
    });
    Some(figure.with(table(cloud, &outcomes)))
}

/// Outcomes that gain every party the same stand under all their names.
fn distinct(outcomes: impl Iterator<Item = (String, Vec<f64>)>) -> Vec<(String, Vec<f64>)> {
    let mut groups: Vec<(Vec<String>, Vec<f64>)> = Vec::new();
    for (name, gains) in outcomes {
        match groups.iter_mut().find(|(_, it)| *it == gains) {
            Some((names, _)) => names.push(name),
            None => groups.push((vec![name], gains)),
        }
    }
    let named = groups.into_iter();
    named
        .map(|(names, gains)| (words::list(&names), gains))
        .collect()
}

fn name(mark: &PayoffMark) -> String {
    match mark {
        PayoffMark::Nonagreement => "no agreement".to_owned(),
        PayoffMark::Solution(name) | PayoffMark::Tabled(name) => clean(name),
    }
}

fn table(cloud: &PayoffCloud, outcomes: &[(String, Vec<f64>)]) -> Table {
    let mut table = Table::new([
        Column::left("outcome"),
        Column::left("party"),
        Column::right("gain"),
    ]);
    for (outcome, gains) in outcomes {
        for (place, (party, gain)) in cloud.parties.iter().zip(gains).enumerate() {
            table.row([
                Cell::new(outcome.as_str(), Role::leading(place)),
                clean(party).into(),
                Cell::from(number::payoff(*gain)).worth(*gain),
            ]);
        }
    }
    table
}

fn draw(cloud: &PayoffCloud, outcomes: &[(String, Vec<f64>)], width: f64) -> Canvas {
    let mut canvas = Canvas::new(width);
    let names = width * 0.36;
    let mut y = 0.0;
    for (outcome, gains) in outcomes.iter().take(DRAWN) {
        let title = label::fit(outcome, width, BOLD);
        canvas.text([0.0, y + 14.0], Anchor::Start, "bold", &title);
        y += 22.0;
        for (place, (party, gain)) in cloud.parties.iter().zip(gains).enumerate() {
            // Each party by its own scale, as payoffs of different parties do not compare.
            let own = outcomes
                .iter()
                .filter_map(|(_, gains)| gains.get(place).copied());
            let scale = Scale::over(own.chain([0.0]), [names + 44.0, width - 44.0]);
            let party = label::fit(&clean(party), names - 8.0, 12.0);
            canvas.text([0.0, y + 12.0], Anchor::Start, "small", &party);
            let (zero, at) = (scale.at(0.0), scale.at(*gain));
            let class = if *gain > 0.0 { "a-full" } else { "b-full" };
            canvas.rect(
                class,
                [zero.min(at), y + 2.0],
                [(at - zero).abs(), 12.0],
                "",
            );
            canvas.line("rule thin", [zero, y - 1.0], [zero, y + 17.0]);
            let (x, anchor) = match *gain < 0.0 {
                true => (at - 6.0, Anchor::End),
                false => (at + 6.0, Anchor::Start),
            };
            canvas.text([x, y + 12.0], anchor, "small", &number::payoff(*gain));
            y += ROW;
        }
        y += 8.0;
    }
    canvas.text(
        [0.0, y + 10.0],
        Anchor::Start,
        "quiet small",
        "each party on its own scale",
    );
    canvas
}
