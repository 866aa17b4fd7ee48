//! What is needed to repeat the run.

use detente::{
    Assessment,
    assessment::Reproducibility,
    uncertainty::{Sampling, Stop},
};

use crate::{
    layout::{Cell, Column, Page, Table, clean},
    number,
    palette::Role,
};

pub(super) fn write(page: &mut Page, assessment: &Assessment) {
    let run = &assessment.reproducibility;
    page.heading("To repeat this run");
    let mut table = Table::new([Column::left(""), Column::wrapped("")]);
    let rows = [
        ("version", run.version.to_owned()),
        ("case", clean(&assessment.subject.id)),
        ("case SHA-256", run.case_hash.clone()),
        ("seed", run.seed.to_string()),
        ("draws", draws(run)),
        ("evidence until", number::day(run.until)),
    ];
    for (name, value) in rows {
        table.row([Cell::new(name, Role::Quiet), value.into()]);
    }
    page.table(&table);
}

/// How many draws were made and, unless they are plain, how they were placed.
fn draws(run: &Reproducibility) -> String {
    let count = number::count(run.draws as u64);
    let Some(placement) = &run.placement else {
        return count;
    };
    let way = match placement.sampling {
        Sampling::Plain => "independent",
        Sampling::Latin => "Latin hypercubes",
        Sampling::Sobol => "scrambled Sobol' points",
    };
    let replicates = format!(
        "{count}: {way}, {} replicates of {}",
        number::count(placement.replicates as u64),
        number::count(placement.per_replicate as u64),
    );
    let Some(precision) = &placement.precision else {
        return replicates;
    };
    let stop = match precision.stop {
        Stop::Precise => format!("{} was asked for and is reached", precision.requested),
        Stop::Exhausted => format!(
            "{} was asked for and is not reached with at most {} draws",
            precision.requested,
            number::count(precision.at_most as u64)
        ),
    };
    format!("{replicates}; a standard error of {stop}")
}
