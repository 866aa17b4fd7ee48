use crate::{
    Response, UncertaintyError,
    flip::{Effort, FlipSearch},
};

/// The largest number of points that a search may ask for.
pub(super) const MAX_POINTS: usize = 1_000_000;
/// The largest number of coordinates: a search holds some points for each of them.
pub(super) const MAX_COORDINATES: usize = 2000;
/// The largest magnitude of `z`: `Φ(8)` is still apart from 1.
const LIMIT: f64 = 8.0;

/// Refuses a search that does not fit the model or is out of range.
pub(super) fn check<R: Response>(model: &R, search: &FlipSearch) -> Result<(), UncertaintyError> {
    let n = model.n_inputs();
    counted("coordinates of a search", n, 0, MAX_COORDINATES)?;
    same_length("base point of a search", search.base.len(), n)?;
    same_length("free coordinates of a search", search.free.len(), n)?;
    check_output(model, search.output)?;
    check_effort(&search.effort)?;
    let far = |z: &f64| z.is_nan() || z.abs() > LIMIT;
    if let Some(position) = search.base.iter().position(far) {
        return Err(UncertaintyError::BadElement {
            list: "base point of a search",
            position,
            given: search.base[position],
            expected: "a number from -8 to 8",
        });
    }
    in_range(
        "clearance",
        search.clearance,
        search.clearance >= 0.0 && search.clearance.is_finite(),
        "a finite number from 0",
    )
}

pub(super) fn check_effort(effort: &Effort) -> Result<(), UncertaintyError> {
    in_range(
        "reach of a search",
        effort.reach,
        effort.reach > 0.0 && effort.reach <= LIMIT,
        "a number above 0, at most 8",
    )?;
    counted("budget of a search", effort.budget, 1, MAX_POINTS)?;
    counted(
        "starting points of a search",
        effort.start_points,
        0,
        MAX_POINTS,
    )
}

pub(super) fn counted(
    list: &'static str,
    given: usize,
    low: usize,
    high: usize,
) -> Result<(), UncertaintyError> {
    if (low..=high).contains(&given) {
        return Ok(());
    }
    Err(UncertaintyError::BadCount {
        list,
        given,
        low,
        high,
    })
}

pub(super) fn check_output<R: Response>(model: &R, output: usize) -> Result<(), UncertaintyError> {
    if output < model.n_outputs() {
        return Ok(());
    }
    Err(UncertaintyError::NoSuchNumber {
        list: "output of a search",
        given: output,
        n: model.n_outputs(),
    })
}

pub(super) fn same_length(
    list: &'static str,
    given: usize,
    expected: usize,
) -> Result<(), UncertaintyError> {
    counted(list, given, expected, expected)
}

pub(super) fn in_range(
    parameter: &'static str,
    given: f64,
    within: bool,
    expected: &'static str,
) -> Result<(), UncertaintyError> {
    if within {
        return Ok(());
    }
    Err(UncertaintyError::OutOfRange {
        parameter,
        given,
        expected,
    })
}
