//! What to code.

use detente::assessment::HomeFront;

use crate::{
    layout::{Cell, Column, Page, Table, clean},
    palette::Role,
};

/// What a home front is coded by, as in the case file.
const KEYS: [(&str, &str); 7] = [
    (
        "national_weight",
        "weight of the nation's payoff, above 0; 1 will do",
    ),
    (
        "office_stake",
        "what staying in office is worth, against the nation's span of payoffs",
    ),
    (
        "support",
        "support that a unit of the nation's payoff brings",
    ),
    (
        "threat",
        "support that a hostile adversary brings, below 0 if it costs some",
    ),
    (
        "baseline",
        "support before anything else; 0 on a curve is an even chance",
    ),
    (
        "curve",
        "how support turns into survival: logit, probit, cauchy or linear",
    ),
    (
        "audience_hostility",
        "chance the audience gives a hostile adversary; may be left out",
    ),
];

/// What to write into the case.
pub(super) fn write(page: &mut Page, coded: &[&HomeFront], uncoded: &[&HomeFront]) {
    if let Some(silent) = coded
        .iter()
        .find(|it| it.messages.is_none() && it.nearest.is_some())
    {
        page.paragraph(
            Role::Quiet,
            &format!(
                "How often a leader would cry wolf is told where its messages are coded, on the \
                 linear curve: [party.{}.home.messages] with cost, credulous_share and \
                 bargaining_share; see `detente init`.",
                clean(&silent.party)
            ),
        );
    }
    if uncoded.is_empty() {
        return;
    }
    let Some(front) = uncoded.iter().find(|it| !it.is_ranked) else {
        let text = "A party whose payoffs are only ranked can have no home front: what office is \
                    worth is weighed against payoffs in numbers.";
        page.paragraph(Role::Quiet, text);
        return;
    };
    if !coded.is_empty() {
        let text = "A party without a home front can have one too: see `detente init`.";
        page.paragraph(Role::Quiet, text);
        return;
    }
    page.heading("What to code");
    let table_name = format!("[party.{}.home]", clean(&front.party));
    page.paragraph(
        Role::Plain,
        &format!("For each leader whose politics at home mattered, a table such as {table_name}:"),
    );
    let mut table = Table::new([Column::left(""), Column::wrapped("")]);
    for (key, meaning) in KEYS {
        table.row([Cell::new(key, Role::Strong), Cell::from(meaning.to_owned())]);
    }
    page.table(&table);
    page.paragraph(
        Role::Quiet,
        "`ratification_floor` in the party's own table is the least payoff its legislature ratifies. \
         `detente init` writes an example. Guesses will do: this page then tells at which values the \
         answer turns.",
    );
}
