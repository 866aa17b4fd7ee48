//! What each type would do at every step, and what the path is worth to each side.

use detente::assessment::{AgreedPath, PathWorth, RungSide, StepConduct};

use super::ladder::Whither;
use crate::{
    layout::{Cell, Column, Page, Table},
    names::Names,
    number,
    palette::Role,
    words,
};

pub(super) fn write(page: &mut Page, path: &AgreedPath, whither: Whither, names: &Names<'_>) {
    if path.worth.is_empty() {
        return;
    }
    page.heading("What each would do, and what it is worth");
    let sides = path.rungs.first().map_or(&[][..], |rung| &rung.sides);
    for (place, side) in sides.iter().enumerate() {
        if let Some(text) = conduct(path, (place, side), names) {
            page.entry(Role::Plain, &text);
        }
    }
    page.table(&worth(&path.worth, names));
    page.paragraph(Role::Quiet, &legend(whither));
}

/// What each type of a side would do, in a sentence.
fn conduct(
    path: &AgreedPath,
    (place, side): (usize, &RungSide),
    names: &Names<'_>,
) -> Option<String> {
    let told = side.types.iter().enumerate().map(|(kind, it)| {
        let steps = path.rungs.iter().zip(1..).filter_map(|(rung, step)| {
            let does = rung.sides.get(place)?.types.get(kind)?.does;
            Some((step, does))
        });
        let name = names.kind(&side.party, &it.kind);
        format!(
            "if \u{201c}{name}\u{201d}, {}",
            throughout(&steps.collect::<Vec<_>>())
        )
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| format!("{}: {}.", names.party(&side.party), told.join("; ")))
}

/// What is done at which steps.
fn throughout(steps: &[(usize, StepConduct)]) -> String {
    let mut runs: Vec<(StepConduct, usize, usize)> = Vec::new();
    for &(step, does) in steps {
        match runs.last_mut() {
            Some((done, _, last)) if *done == does => *last = step,
            _ => runs.push((does, step, step)),
        }
    }
    let whole = runs.len() == 1;
    let told: Vec<String> = runs
        .into_iter()
        .map(|(does, first, last)| {
            let at = match (whole, first == last) {
                (true, true) => "the step".to_owned(),
                (true, false) => "every step".to_owned(),
                (false, true) => format!("step {first}"),
                (false, false) => format!("steps {first} to {last}"),
            };
            match does {
                StepConduct::Keeps => format!("it keeps {at}"),
                StepConduct::Breaks => format!("it breaks {at}"),
                StepConduct::Either => format!("it may keep or break {at}"),
            }
        })
        .collect();
    words::list(&told)
}

fn worth(sides: &[PathWorth], names: &Names<'_>) -> Table {
    let mut table = Table::new([
        Column::left(""),
        Column::right("from step"),
        Column::right("if all kept"),
        Column::right("at worst"),
    ]);
    for side in sides {
        for (step, from) in (1..).zip(&side.from) {
            let who = match step {
                1 => names.party(&side.party),
                _ => String::new(),
            };
            table.row([
                Cell::new(who, Role::Strong),
                number::count(step).into(),
                number::percent(from.if_kept).into(),
                number::percent(from.at_worst).into(),
            ]);
        }
    }
    table
}

fn legend(whither: Whither) -> String {
    let whole = whither.name();
    format!(
        "What the side still has to come from a step on, over none: if all keep that step and all after it, the \
         last for ever; and at worst, on average, if another is of the kind that harms it most and does the worst \
         that such a one would do by the above, until it is seen to. 100% is {whole} in force at once and kept for \
         ever; later periods weigh less, by the side's own patience."
    )
}
