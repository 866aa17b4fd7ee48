//! Elementary effects.

use detente::assessment::{MarginDrivers, Screened, Sensitivity};

use super::{LISTED, name, run, title};
use crate::{
    layout::{Cell, Column, Page, Table},
    number,
    palette::Role,
};

pub(super) fn write(page: &mut Page, sensitivity: &Sensitivity, margin: &MarginDrivers) {
    let by = sensitivity.by;
    let all = &margin.screened;
    let idle = all.iter().filter(|it| it.magnitude.is_nil()).count() as u64;
    page.lead(Role::Answer, &answer(sensitivity, all, idle));
    page.heading("What moves the answer");
    let mut table = Table::new([
        Column::right("effect"),
        Column::left("95% interval"),
        Column::right("of a rise"),
        Column::right("spread"),
        Column::wrapped(title(by)),
    ]);
    let shown = |x: Option<f64>| x.map(number::signed).unwrap_or_default();
    for it in all.iter().take(LISTED) {
        table.row([
            it.magnitude.to_string().into(),
            number::span(&it.magnitude).into(),
            shown(it.mean).into(),
            shown(it.deviation).into(),
            Cell::new(name(by, &it.name), Role::Strong),
        ]);
    }
    page.table(&table);
    let text = format!(
        "Effect: how far the margin moves, either way, for a move across the whole range, in shares \
         of a party's span of payoffs (Morris 1991). A spread as large as the effect means that it \
         depends on the other numbers, or bends. {}",
        run(sensitivity)
    );
    page.paragraph(Role::Quiet, &text);
}

fn answer(sensitivity: &Sensitivity, all: &[Screened], idle: u64) -> String {
    let most = all.first().map(|it| name(sensitivity.by, &it.name));
    let idle = match idle {
        0 => "every one does something".to_owned(),
        _ => format!(
            "{} cannot be told from nothing by these draws",
            number::count(idle)
        ),
    };
    format!(
        "The margin of the best agreement moves furthest with {}; of {}, {idle}.",
        most.unwrap_or_default(),
        number::count_of(all.len() as u64, "factor"),
    )
}
