//! Shares, necessity, sufficiency, responsibility and ways out, one row a barrier.

use detente::{
    Assessment,
    assessment::{Attribution, Barrier, BarrierCause, BarrierShare, Chance},
};

use super::super::attribution::{is_negative, range, together};
use crate::{
    layout::{Cell, Column, Page, Table},
    number,
    palette::Role,
    words,
};

/// What is known of one barrier.
struct Row<'a> {
    share: &'a BarrierShare,
    cause: Option<&'a BarrierCause>,
    /// Letters of the ways out that it belongs to.
    ways: String,
}

/// One column: its title, and its cell where it has something to say.
struct Measure {
    title: &'static str,
    cell: fn(&Row<'_>) -> Option<String>,
}

const SHARES: [Measure; 3] = [
    Measure {
        title: "share",
        cell: |row| row.share.central.map(number::signed),
    },
    Measure {
        title: "least–most",
        cell: |row| row.share.range.map(range),
    },
    Measure {
        title: "over draws",
        cell: |row| row.share.mean.map(number::signed),
    },
];

const CAUSES: [Measure; 6] = [
    Measure {
        title: "needed",
        cell: |row| chance(row.cause?.necessary),
    },
    Measure {
        title: "enough",
        cell: |row| chance(row.cause?.sufficient),
    },
    Measure {
        title: "both",
        cell: |row| chance(row.cause?.both),
    },
    Measure {
        title: "alone",
        cell: |row| chance(row.cause?.alone),
    },
    Measure {
        title: "resp.",
        cell: |row| row.cause?.responsibility.map(number::signed),
    },
    Measure {
        title: "ways",
        cell: |row| (!row.ways.is_empty()).then(|| row.ways.clone()),
    },
];

fn chance(chance: Option<Chance>) -> Option<String> {
    chance.map(|it| number::probability(it.estimate))
}

pub(super) fn write(page: &mut Page, assessment: &Assessment, attribution: &Attribution) {
    let rows = rows(attribution);
    let [shares, causes] = [&SHARES[..], &CAUSES[..]].map(|list| {
        let said = |it: &&Measure| rows.iter().any(|row| (it.cell)(row).is_some());
        list.iter().filter(said).collect::<Vec<_>>()
    });
    if page.is_wide() {
        page.table(&table(assessment, &rows, &[shares, causes].concat()));
    } else {
        page.table(&table(assessment, &rows, &shares));
        if !causes.is_empty() {
            page.blank();
            page.table(&table(assessment, &rows, &causes));
        }
    }
    legend(page, attribution);
    ways_out(page, &attribution.minimal_sets);
}

fn rows(attribution: &Attribution) -> Vec<Row<'_>> {
    let sets = &attribution.minimal_sets;
    let ways = |barrier: Barrier| -> String {
        let letters = sets.iter().zip('A'..);
        letters
            .filter(|(set, _)| set.contains(&barrier))
            .map(|(_, letter)| letter)
            .collect()
    };
    let shares = attribution.shares.iter();
    shares
        .map(|share| Row {
            share,
            cause: attribution
                .causes
                .iter()
                .find(|it| it.barrier == share.barrier),
            ways: ways(share.barrier),
        })
        .collect()
}

fn table(assessment: &Assessment, rows: &[Row<'_>], measures: &[&Measure]) -> Table {
    let mut columns = vec![Column::left(""), Column::left("barrier")];
    columns.extend(measures.iter().map(|it| Column::right(it.title)));
    let mut table = Table::new(columns);
    for row in rows {
        let barrier = row.share.barrier;
        let role = match words::is_coded(assessment, barrier) {
            true => Role::Strong,
            false => Role::Quiet,
        };
        let mut cells: Vec<Cell> = vec![
            words::number(barrier).to_string().into(),
            Cell::new(words::barrier(barrier), role),
        ];
        let said = measures
            .iter()
            .map(|it| Cell::from((it.cell)(row).unwrap_or_default()));
        cells.extend(said);
        table.row(cells);
    }
    table
}

/// What the columns mean.
fn legend(page: &mut Page, attribution: &Attribution) {
    page.paragraph(
        Role::Quiet,
        "share: what a barrier's fall adds to the chance of agreement, averaged over every order \
         in which the four could fall (Shapley value).",
    );
    if attribution.causes.iter().any(|it| it.both.is_some()) {
        page.paragraph(
            Role::Quiet,
            "needed: of the draws that fail, those that would not without it (probability of \
             necessity). enough: of the draws that do not fail without it, those that do with it \
             (sufficiency). both: those in which it makes the difference (necessity and sufficiency; \
             Tian and Pearl 2000). alone: those in which it is enough with all others gone. All four \
             are of the draws in which something is better than none for all, but for those in which \
             an agreement would be signed only to be broken; shares over draws are of those of them \
             that fail.",
        );
    }
    if attribution
        .causes
        .iter()
        .any(|it| it.responsibility.is_some())
    {
        page.paragraph(
            Role::Quiet,
            "resp.: degree of responsibility at central values, 1 over the least number of barriers \
             whose fall, its own last, brings an agreement (Chockler and Halpern 2004).",
        );
    }
    if attribution.shares.iter().any(is_negative) {
        page.paragraph(
            Role::Quiet,
            "A negative share is no slip: with that barrier gone, agreement is less often reached.",
        );
    }
}

/// The minimal sets by their letters.
fn ways_out(page: &mut Page, sets: &[Vec<Barrier>]) {
    if sets.is_empty() {
        return;
    }
    let ways = sets.iter().zip('A'..);
    let ways: Vec<String> = ways
        .map(|(set, letter)| format!("{letter}, {}", together(set)))
        .collect();
    page.paragraph(
        Role::Plain,
        &format!(
            "Ways out at central values, the least that had to fall: {}. Each is an actual cause of \
             the failure (Halpern 2015): change all of it and nothing less, and an agreement comes.",
            ways.join("; ")
        ),
    );
}
