//! The bargaining set: what every agreement is worth to two parties, what both prefer to none, and how
//! far it is known. With more parties there is a plane for each pair.

mod frame;
mod marks;
mod plot;

use detente::agreements::{Cloud, PayoffCloud, PayoffMark, PayoffPlane};

use super::Figure;
use crate::{
    layout::{Cell, Column, Table, clean},
    number,
    palette::Role,
};
use marks::{Mark, marks};
use plot::Plot;

pub(crate) fn bargaining(cloud: &PayoffCloud) -> Vec<Figure> {
    let finite = cloud
        .marked
        .iter()
        .flat_map(|it| &it.payoffs)
        .all(|it| it.is_finite());
    let planes = cloud.planes.iter().filter(|_| finite);
    planes.filter_map(|plane| figure(cloud, plane)).collect()
}

fn figure(cloud: &PayoffCloud, plane: &PayoffPlane) -> Option<Figure> {
    let [across, up] = plane.parties;
    let names = [cloud.parties.get(across)?, cloud.parties.get(up)?].map(|it| clean(it));
    let marks = marks(cloud, plane.parties);
    let name = format!("bargaining-{}-{}", across + 1, up + 1);
    let title = match cloud.parties.len() {
        2 => "The bargaining set".to_owned(),
        _ => format!("The bargaining set of {} and {}", names[0], names[1]),
    };
    let finding = finding(cloud, plane, &names);
    let figure = Figure::new(name, title, finding, |width| {
        Plot::new(cloud, plane, width).draw(&marks, &names)
    });
    let figure = figure.with(table(cloud, &marks));
    Some(match cloud.planes.len() {
        0 | 1 => figure,
        _ => figure.paneled(),
    })
}

fn finding(cloud: &PayoffCloud, plane: &PayoffPlane, names: &[String; 2]) -> String {
    let [one, other] = names;
    let all = number::count_of(cloud.agreements as u64, "agreement");
    let Some(without) = cloud.marked.first() else {
        return format!("{all}.");
    };
    let [d, e] = plane
        .parties
        .map(|party| without.payoffs.get(party).copied().unwrap_or_default());
    let better = |point: &&[f64; 2]| point[0] > d && point[1] > e;
    let whom = if cloud.parties.len() == 2 {
        "both"
    } else {
        "these two"
    };
    let gain = match &plane.cloud {
        Cloud::Points(points) => {
            let inside = points.iter().filter(better).count() as u64;
            let all = number::count_of(points.len() as u64, "different outcome");
            let are = if inside == 1 { "lies" } else { "lie" };
            format!(
                "of {all}, {} {are} where {whom} gain over nonagreement",
                number::count(inside)
            )
        }
        Cloud::Density(_) => format!("the shaded corner is where {whom} gain over nonagreement"),
    };
    let offers = cloud
        .marked
        .iter()
        .filter(|it| matches!(it.mark, PayoffMark::Tabled(_)));
    let offers = match offers.count() {
        0 => String::new(),
        some => format!(
            "; {} marked that {} on the table",
            number::count_of(some as u64, "outcome"),
            if some == 1 { "was" } else { "were" }
        ),
    };
    format!("{all} between {one} and {other}: {gain}{offers}.")
}

fn table(cloud: &PayoffCloud, marks: &[Mark]) -> Table {
    let mut table = Table::new([
        Column::left("outcome"),
        Column::left("party"),
        Column::right("payoff"),
        Column::right("SD"),
        Column::right("gain"),
    ]);
    let without = cloud.marked.first();
    for mark in marks {
        for (party, name) in cloud.parties.iter().enumerate() {
            let payoff = mark.payoffs.get(party).copied().unwrap_or_default();
            let least = without
                .and_then(|it| it.payoffs.get(party))
                .copied()
                .unwrap_or_default();
            let spread = mark
                .spread
                .as_ref()
                .and_then(|it| it.covariance.get(party)?.get(party));
            let deviation = spread.map(|it| it.sqrt());
            table.row([
                Cell::new(mark.text.as_str(), Role::leading(party)),
                clean(name).into(),
                Cell::from(number::payoff(payoff)).worth(payoff),
                Cell::from(deviation.map(number::payoff).unwrap_or_default()).worth(deviation),
                Cell::from(number::payoff(payoff - least)).worth(payoff - least),
            ]);
        }
    }
    table
}
