//! Distances between distributions.

use detente::assessment::{Distance, MarginDrivers, Sensitivity};

use super::{LISTED, name, run, title};
use crate::{
    layout::{Cell, Column, Page, Table},
    number,
    palette::Role,
};

pub(super) fn write(page: &mut Page, sensitivity: &Sensitivity, margin: &MarginDrivers) {
    let Some(distances) = &margin.distances else {
        return;
    };
    let noise = &distances.noise;
    let heard = |it: &&Distance| it.index.median > noise.median || it.index.max > noise.max;
    let loud: Vec<&Distance> = distances.of.iter().filter(heard).collect();
    let answer = match loud.first() {
        Some(first) => format!(
            "The distribution of the margin moves most with {}; of {}, {} move it more than chance \
             does.",
            name(sensitivity.by, &first.name),
            number::count_of(distances.of.len() as u64, "number"),
            number::count(loud.len() as u64),
        ),
        None => "No number moves the distribution of the margin more than chance does.".to_owned(),
    };
    page.lead(Role::Answer, &answer);
    page.heading("What moves the answer");
    let mut table = Table::new([
        Column::right("median"),
        Column::right("mean"),
        Column::right("largest"),
        Column::wrapped(title(sensitivity.by)),
    ]);
    let digits = |x: f64| format!("{x:.3}");
    for it in loud.iter().take(LISTED) {
        table.row([
            digits(it.index.median).into(),
            digits(it.index.mean).into(),
            digits(it.index.max).into(),
            Cell::new(name(sensitivity.by, &it.name), Role::Strong),
        ]);
    }
    table.row([
        digits(noise.median).into(),
        digits(noise.mean).into(),
        digits(noise.max).into(),
        Cell::new("chance alone", Role::Quiet),
    ]);
    page.table(&table);
    let text = format!(
        "How far the distribution of the margin moves, from 0 to 1, where a number is held in one \
         tenth of its distribution after another (Pianosi and Wagener 2018). {}",
        run(sensitivity)
    );
    page.paragraph(Role::Quiet, &text);
}
