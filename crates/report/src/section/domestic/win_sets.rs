//! Which agreements nation, leader and audience would have, in the report of a case.

use detente::assessment::Domestic;

use super::{answer, is_silent};
use crate::{figure, layout::Page, names::Names, palette::Role};

pub(in crate::section) fn write(page: &mut Page, found: &Domestic) {
    page.heading("What each leader could afford at home");
    if found.fronts.iter().all(is_silent) {
        page.paragraph(
            Role::Quiet,
            "No politics at home are coded, so each leader is taken to want what the nation wants. To see \
             what leaders could afford, code a home front (`[party.ID.home]`, see `detente init`) or a \
             `ratification_floor` for those whose politics at home mattered.",
        );
        return;
    }
    let names = Names::of(&found.subject);
    let finding = answer(found);
    page.figure(|| figure::win_sets(found, &names, &finding));
    page.paragraph(
        Role::Quiet,
        "A win-set is what an actor would have rather than no agreement: the nation by its gain, the leader \
         by what he or she would sign and could have ratified, the audience by whether signing makes \
         survival in office likelier. At central values, on the evidence as it was.",
    );
}
