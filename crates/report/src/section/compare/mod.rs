//! Cases side by side: a page of its own.

mod differences;
mod sentences;
mod side_by_side;

use detente::assessment::Comparison;

use crate::{
    layout::{Page, clean},
    number,
    palette::Role,
};

pub(crate) fn write(page: &mut Page, comparison: &Comparison) {
    page.lead(Role::Answer, &sentences::answer(comparison));
    side_by_side::write(page, &comparison.codings);
    // Two that do not differ have been told of already.
    let differences = comparison.differences.iter();
    for difference in differences.filter(|it| comparison.codings.len() > 2 || !it.is_none()) {
        differences::write(page, comparison, difference);
    }
    run(page, comparison);
}

/// The letter by which a coding is called on the page.
fn letter(place: usize) -> String {
    const LETTERS: [char; 26] = [
        'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R',
        'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z',
    ];
    let letter = LETTERS[place % LETTERS.len()];
    match place / LETTERS.len() {
        0 => letter.to_string(),
        round => format!("{letter}{round}"),
    }
}

fn run(page: &mut Page, comparison: &Comparison) {
    let Some(coding) = comparison.codings.first() else {
        return;
    };
    let run = &coding.reproducibility;
    page.blank();
    let text = format!(
        "{}, seed {}, each on the same random numbers. {}",
        number::count_of(run.draws as u64, "draw"),
        run.seed,
        names(comparison)
    );
    page.paragraph(Role::Quiet, text.trim_end());
}

/// What each letter was given as, where that is not the case's id.
fn names(comparison: &Comparison) -> String {
    let codings = comparison.codings.iter().enumerate();
    let told = codings.filter(|(_, it)| it.name != it.case);
    let told: Vec<String> = told
        .map(|(place, it)| format!("{} is {}.", letter(place), clean(&it.name)))
        .collect();
    told.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_do_not_run_out() {
        assert_eq!([0, 25, 26, 53].map(letter), ["A", "Z", "A1", "B2"]);
    }
}
