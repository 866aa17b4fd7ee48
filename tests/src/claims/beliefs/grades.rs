//! Graded acts: R-02.

use detente::reputation::{Dirichlet, strategies as reputation};
use proptest::prelude::*;

use super::{chance, number, refused};
use crate::Trial;

/// Ten acts of each grade in turn, each after the earlier ones have faded.
fn tens(grades: &[usize], retained: f64) -> Result<Dirichlet, TestCaseError> {
    let unknown = Dirichlet::uniform(5, 2.0).map_err(refused)?;
    let acts = grades.iter().flat_map(|grade| [*grade; 10]);
    Ok(acts.fold(unknown, |it, grade| {
        it.faded(chance(retained)).observed(grade)
    }))
}

pub(super) fn dirichlet(trial: &mut Trial) {
    let example = Dirichlet::uniform(5, 2.0)
        .and_then(|it| it.and_counts(&[0.0, 0.0, 1.0, 3.0, 6.0]))
        .map(|it| it.point_score());
    trial.close(
        "the paper's grades",
        number(example.map_err(refused)),
        0.8125,
        1e-12,
    );
    let score = |grades: &[usize]| number(tens(grades, 0.9).map(|it| it.point_score()));
    trial.close("ten middling acts", score(&[2]), 0.5, 1e-12);
    trial.close("and ten of the best", score(&[2, 4]), 0.801_979, 5e-7);
    let best = tens(&[4; 100], 0.9).map(|it| it.shares()[4]);
    trial.close("only the best for ever", number(best), 0.866_667, 5e-7);
    trial.for_all(
        "two grades are a beta reputation",
        1000,
        (reputation::beta_reputation(), 0.0..=1.0_f64),
        |(beta, retained)| {
            let two = Dirichlet::uniform(2, 2.0)
                .and_then(|it| it.and_counts(&[beta.bad(), beta.good()]))
                .map_err(refused)?;
            let (faded, two) = (beta.faded(chance(retained)), two.faded(chance(retained)));
            prop_assert!((two.point_score() - faded.mean().get()).abs() < 1e-14);
            Ok(())
        },
    );
}
