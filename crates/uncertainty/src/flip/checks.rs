use crate::{
    Response, UncertaintyError,
    flip::{Effort, FlipSearch},
};

/// The largest magnitude of `z`: `Φ(8)` is still apart from 1.
const LIMIT: f64 = 8.0;

/// Refuses a search that does not fit the model or is out of range.
pub(super) fn check<R: Response>(model: &R, search: &FlipSearch) -> Result<(), UncertaintyError> {
    let n = model.n_inputs();
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
    at_least_one("budget of a search", effort.budget)
}

pub(super) fn at_least_one(list: &'static str, given: usize) -> Result<(), UncertaintyError> {
    if given > 0 {
        return Ok(());
    }
    Err(UncertaintyError::BadCount {
        list,
        given,
        low: 1,
        high: usize::MAX,
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
    if given == expected {
        return Ok(());
    }
    Err(UncertaintyError::BadCount {
        list,
        given,
        low: expected,
        high: expected,
    })
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
