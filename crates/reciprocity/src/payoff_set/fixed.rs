use super::{
    better::clipped,
    certificate::{Placed, Sustained, contains},
    plane::{Point, edges, turn},
    stage::{ExactPoint, Stage},
    structure::{least_promise, mixed},
};
use crate::Fraction;

/// Twice an area of the unit square by which a point lies inside for certain.
const INSIDE: f64 = 1e-9;

/// Whether a set, by its corners, generates nothing that it does not hold, B(W) ⊆ W, without rounding.
/// Cells besides those given must be such as nothing in W enforces. O(cells · corners²).
pub(super) fn is_fixed(
    stage: &Stage,
    delta: &Fraction,
    corners: &[Sustained],
    cells: &[usize],
) -> bool {
    let exact: Vec<ExactPoint> = corners.iter().map(|it| it.at.clone()).collect();
    let set: Vec<Placed> = exact.iter().map(|it| Placed::of(stage, it)).collect();
    let near: Vec<Point> = exact.iter().map(|it| stage.scaled(it)).collect();
    let threat = [0, 1].map(|side: usize| exact.iter().map(|it| &it[side]).min());
    let [Some(row), Some(column)] = threat else {
        return true;
    };
    let threat = [row, column];
    let today = 1.0 - delta.to_f64();
    let holds = |cell: usize| {
        let least = |side: usize| least_promise(stage, delta, cell, side, threat[side]);
        let (Some(row), Some(column)) = (least(0), least(1)) else {
            // At δ = 0 only what is best today is done.
            return !stage.is_static(cell) || contains(&set, &Placed::of(stage, &stage.paid(cell)));
        };
        let promised = clipped(&clipped(&exact, 0, &row), 1, &column);
        let paid = stage.paid(cell);
        let worths = promised.iter().map(|promise| mixed(delta, &paid, promise));
        { worths }.all(|it| contains(&set, &Placed::of(stage, &it)))
    };
    cells
        .iter()
        .all(|&cell| is_well_inside(&near, stage.cells[cell].paid, today) || holds(cell))
}

/// Whether a cell with any promise in a polygon is worth a point well inside it: most cells of a large
/// game are of this kind.
fn is_well_inside(corners: &[Point], paid: Point, today: f64) -> bool {
    let worth = |promise: &Point| {
        [0, 1].map(|side: usize| promise[side] + today * (paid[side] - promise[side]))
    };
    let inside =
        |point: Point| edges(corners).all(|(here, there)| turn(here, there, point) > INSIDE);
    corners.len() > 2 && corners.iter().all(|it| inside(worth(it)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Bimatrix,
        payoff_set::certificate::{Candidate, certify},
    };

    #[test]
    fn what_sustains_itself_may_generate_more() {
        let dilemma = Bimatrix::new(&[[3.0, 0.0], [5.0, 1.0]], &[[3.0, 5.0], [0.0, 1.0]]).unwrap();
        let stage = Stage::of(&dilemma);
        let whole = |x: u32, y: u32| [x, y].map(|it| Fraction::whole(it.into()));
        let fixed = |delta: (u32, u32), corners: &[((u32, u32), usize)]| {
            let delta = Fraction::new(delta.0.into(), delta.1.into());
            let at =
                |&((x, y), cell): &((u32, u32), usize)| (stage.units(&whole(x, y)), vec![cell]);
            let candidates: Vec<Candidate> = corners.iter().map(at).collect();
            let sustained = certify(&stage, &delta, candidates).unwrap();
            is_fixed(&stage, &delta, &sustained, &[0, 1, 2, 3])
        };
        let (both, row, column, none) = (0, 1, 2, 3);
        // Nonagreement alone, and taking turns as far as that goes at 3/10.
        assert!(fixed((3, 10), &[((1, 1), none)]));
        assert!(fixed(
            (3, 10),
            &[((1, 1), none), ((4, 1), column), ((1, 4), row)]
        ));
        // At 1/2 both may keep to it for ever. (3, 3) after one is cheated is (3/2, 4): outside.
        assert!(!fixed((1, 2), &[((1, 1), none), ((3, 3), both)]));
    }
}
