//! A path rung by rung: what is exposed, what is believed, when to stop, and both errors.

use detente::{
    Partners,
    assessment::{AgreedPath, PathReport, RungBelief, RungSide},
};

use crate::{
    layout::{Cell, Column, Page, Table},
    names::Names,
    number,
    palette::Role,
};

/// What the columns mean.
pub(super) fn legend(whither: Whither) -> String {
    let whole = whither.name();
    format!(
        "Gains and what is exposed are shares of what {whole} would bring the side over none. Trust: the \
         chance, as it believes, that the other keeps the step; asks: the trust above which it accepts. Then \
         its trust that {whole} would be kept, once the step was seen to be kept, or broken."
    )
}

/// What a ladder leads to.
#[derive(Clone, Copy)]
pub(super) enum Whither {
    /// The agreement that was to be reached.
    Full,
    /// The best that can be, where that one cannot.
    Lesser,
}

impl Whither {
    /// The agreement that every share and every belief on the ladder is about.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Full => "the full agreement",
            Self::Lesser => "the lesser agreement reached here",
        }
    }
}

/// The rungs in order.
pub(super) fn write(page: &mut Page, path: &AgreedPath, whither: Whither, names: &Names<'_>) {
    for (place, rung) in (1..).zip(&path.rungs) {
        page.blank();
        let share = match rung.share < 1.0 {
            true => format!(" (at {} of the stakes)", number::percent(rung.share)),
            false => String::new(),
        };
        let full = match rung.full && path.rungs.len() > 1 {
            true => format!(" — {}", whither.name()),
            false => String::new(),
        };
        let terms = names.terms_line(&rung.terms);
        page.paragraph(Role::Strong, &format!("{place}. {terms}{share}{full}"));
        page.table(&sides(&rung.sides, names, page.is_narrow()));
        if let Some(silent) = silent(&rung.sides, names).filter(|_| !rung.full) {
            page.entry(Role::Quiet, &silent);
        }
    }
}

/// Which kept steps show nothing.
fn silent(sides: &[RungSide], names: &Names<'_>) -> Option<String> {
    let beliefs = sides.iter().flat_map(|side| &side.beliefs);
    let mut about: Vec<String> = beliefs
        .filter(|belief| !belief.telling)
        .map(|belief| names.party(&belief.about))
        .collect();
    about.dedup();
    (!about.is_empty()).then(|| {
        format!(
            "That it is kept shows nothing of {}: one that means to cheat later may keep it too.",
            crate::words::list(&about)
        )
    })
}

/// How the sides stand at a rung.
pub(super) fn sides(sides: &[RungSide], names: &Names<'_>, narrow: bool) -> Table {
    let mut columns = vec![
        Column::left(""),
        Column::right("gains"),
        Column::right("exposed"),
        Column::right("trust"),
        Column::right("asks"),
        Column::right("if kept"),
    ];
    if !narrow {
        columns.push(Column::right("if broken"));
    }
    let mut table = Table::new(columns);
    for side in sides {
        let mut beliefs = side.beliefs.iter().map(Some).collect::<Vec<_>>();
        if beliefs.is_empty() {
            beliefs.push(None);
        }
        for (place, belief) in beliefs.into_iter().enumerate() {
            table.row(row(side, belief, place == 0, (names, narrow)));
        }
    }
    table
}

fn row(
    side: &RungSide,
    belief: Option<&RungBelief>,
    first: bool,
    (names, narrow): (&Names<'_>, bool),
) -> Vec<Cell> {
    let several = side.beliefs.len() > 1;
    let who = match (first, several, belief) {
        (true, false, _) | (true, true, None) => names.party(&side.party),
        (true, true, Some(belief)) => {
            format!(
                "{} of {}",
                names.party(&side.party),
                names.party(&belief.about)
            )
        }
        (false, _, belief) => {
            let about = belief.map_or_else(String::new, |it| names.party(&it.about));
            format!("  of {about}")
        }
    };
    let once = |text: String| Cell::from(if first { text } else { String::new() });
    let accepts = if side.margin > 0.0 {
        Role::Good
    } else {
        Role::Bad
    };
    let trust = match first {
        true => Cell::new(number::probability(side.trust), accepts),
        false => Cell::from(""),
    };
    let needed = side
        .trust_needed
        .map_or_else(|| "never".to_owned(), number::probability);
    let mut cells = vec![
        Cell::new(who, Role::Strong),
        once(number::percent(side.gain)),
        once(number::percent(side.exposure)),
        trust,
        once(needed),
        belief
            .map_or_else(String::new, |it| number::probability(it.if_kept))
            .into(),
    ];
    if !narrow {
        let broken = belief.and_then(|it| it.if_broken);
        cells.push(
            broken
                .map_or_else(|| "\u{2013}".to_owned(), number::probability)
                .into(),
        );
    }
    cells
}

/// The stop rule and both errors.
pub(super) fn write_errors(
    page: &mut Page,
    path: &AgreedPath,
    found: &PathReport,
    names: &Names<'_>,
) {
    page.heading("When to stop, and both errors");
    page.entry(
        Role::Plain,
        "Stop rule, at every step: once the other is seen to break it, nothing further is agreed.",
    );
    page.entry(Role::Plain, &misplaced(path, found.asked.partners, names));
    page.entry(Role::Plain, &abandoned(path, found, names));
}

/// The chance of being cheated at each step, and what is then lost.
fn misplaced(path: &AgreedPath, partners: Partners, names: &Names<'_>) -> String {
    let each = path.rungs.first().map_or(&[][..], |rung| &rung.sides);
    let sides = each.iter().map(|side| {
        let own = path.rungs.iter().flat_map(|rung| &rung.sides);
        let own = own.filter(|it| it.party == side.party);
        let chances: Vec<String> = own
            .map(|it| {
                format!(
                    "{} (loses {})",
                    number::probability(it.broken),
                    number::percent(it.exposure)
                )
            })
            .collect();
        format!("{}: {}", names.party(&side.party), chances.join(", "))
    });
    let sides: Vec<String> = sides.collect();
    let chance = match partners {
        Partners::Strategic => "the chance at each step at most, for such a one may wait",
        Partners::AtFaceValue => "the chance at each step",
    };
    format!(
        "Trusting one that cheats: {chance}, as each side then believes. {}.",
        sides.join("; ")
    )
}

/// The chance of giving up one that keeps every step.
fn abandoned(path: &AgreedPath, found: &PathReport, names: &Names<'_>) -> String {
    let misread = found.asked.misread.get();
    let start = match misread > 0.0 {
        true => format!(
            "Giving up one that keeps its word: {}, where a step that was kept is taken for broken with \
             chance {}.",
            number::probability(path.abandons),
            number::probability(misread),
        ),
        false => {
            "Giving up one that keeps its word: never, as long as no step that was kept is taken \
             for broken (`--misread` asks what if)."
                .to_owned()
        }
    };
    let last = path.rungs.last().map_or(&[][..], |rung| &rung.sides);
    let bounds: Vec<String> = last
        .iter()
        .filter_map(|side| {
            let most = side.abandons_at_most?.get();
            Some(format!(
                "{} {}",
                names.party(&side.party),
                number::probability(most)
            ))
        })
        .collect();
    match bounds.is_empty() {
        true => start,
        false => format!(
            "{start} Whatever is misread, the chance of ever trusting such a one too little again for \
             the full agreement is at most: {}.",
            bounds.join(", ")
        ),
    }
}

pub(super) fn steps(count: usize) -> String {
    match count {
        1 => "one step".to_owned(),
        _ => number::count_of(count as u64, "step"),
    }
}
