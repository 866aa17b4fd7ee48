//! What players who may pay each other can sustain.

use detente::{
    game::{GameReport, TransfersReport},
    reciprocity::CriticalPatience,
};

use crate::{
    layout::{Page, clean},
    number,
    palette::Role,
};

pub(super) fn write(page: &mut Page, report: &GameReport, found: &TransfersReport) {
    page.heading("If the players may pay each other");
    let text = match found.bound {
        CriticalPatience::Always => "Mutual cooperation can be sustained at any δ.".to_owned(),
        CriticalPatience::AtLeast(least) => format!(
            "Mutual cooperation can be sustained from δ = {}.",
            number::value(least.get())
        ),
        CriticalPatience::AtMost(_) | CriticalPatience::Never => {
            "Mutual cooperation can be sustained at no δ.".to_owned()
        }
    };
    page.paragraph(Role::Plain, &text);
    if let Some(at) = &found.at_delta {
        let [row, column] = report.players.each_ref().map(|it| clean(it));
        let [least_row, least_column] = at.punishments.map(number::value);
        let text = format!(
            "Here they can get {} together, divided in any way that leaves {row} {least_row} and \
             {column} {least_column}.",
            number::value(at.joint_payoff)
        );
        page.paragraph(Role::Plain, &text);
    }
    page.paragraph(
        Role::Quiet,
        "Payments before and after acting, payoffs being amounts of one currency; every act being seen.",
    );
}
