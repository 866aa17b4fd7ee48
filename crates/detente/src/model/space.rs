//! What could be agreed, as flat lists.

use detente_payoff::{AgreementSpace, Agreements};

use super::names::{resolve, unknown};
use crate::{
    case::{Case, Terms},
    decode::{Code, Fault, Faults, Path},
};

/// Lists the possible agreements; `None` where faults leave nothing to list.
pub(super) fn agreements(case: &Case, faults: &mut Faults) -> Option<Agreements> {
    let root = Path::root();
    let sizes: Vec<usize> = case
        .issues
        .iter()
        .map(|(_, issue)| issue.options.len())
        .collect();
    for (id, issue) in case.issues.iter() {
        if issue.options.is_empty() {
            let path = root.key("issue").key(id).key("option");
            faults.push(Fault::new(
                Code::MissingKey,
                path,
                format!("issue {id:?} has no options"),
            ));
        }
    }
    if sizes.is_empty() {
        let message = "there is nothing to agree on: no issue is declared".to_owned();
        faults.push(Fault::new(Code::MissingKey, root.key("issue"), message));
    }
    if sizes.is_empty() || sizes.contains(&0) {
        return None;
    }
    let mut space = match AgreementSpace::new(&sizes) {
        Ok(space) => space,
        Err(error) => {
            faults.push(Fault::new(
                Code::OutOfRange,
                root.key("issue"),
                error.to_string(),
            ));
            return None;
        }
    };
    for (row, forbidden) in case.forbidden.iter().enumerate() {
        let path = root.key("forbidden").index(row).key("when");
        let pairs = partial(case, &forbidden.when, &path, faults);
        if pairs.is_empty() {
            if forbidden.when.is_empty() {
                let message = "a forbidden combination names no option, and so forbids nothing";
                faults.push(Fault::new(Code::MissingKey, path, message.to_owned()));
            }
            continue;
        }
        space = match space.forbidding(&pairs) {
            Ok(space) => space,
            Err(error) => {
                faults.push(Fault::new(Code::Contradiction, path, error.to_string()));
                return None;
            }
        };
    }
    match space.enumerate() {
        Ok(agreements) => Some(agreements),
        Err(error) => {
            let place = if case.forbidden.is_empty() {
                "issue"
            } else {
                "forbidden"
            };
            faults.push(Fault::new(
                Code::Contradiction,
                root.key(place),
                error.to_string(),
            ));
            None
        }
    }
}

/// The (issue, option) pairs that terms name; unknown names are faults.
pub(super) fn partial(
    case: &Case,
    terms: &Terms,
    path: &Path,
    faults: &mut Faults,
) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (issue, option) in terms.iter() {
        let Some(issue_idx) = case.issues.index_of(issue) else {
            faults.push(unknown("issue", issue, &case.issues, path.key(issue)).at_key());
            continue;
        };
        let Some(declared) = case.issues.get(issue) else {
            continue;
        };
        let place = path.key(issue);
        let kind = format!("option of {issue}");
        if let Some(option) = resolve(&kind, option, &declared.options, &place, faults) {
            pairs.push((issue_idx, option));
        }
    }
    pairs
}

/// The options of a whole agreement, one for every issue; a missing issue is a fault.
pub(super) fn whole(
    case: &Case,
    terms: &Terms,
    path: &Path,
    faults: &mut Faults,
) -> Option<Vec<u32>> {
    let pairs = partial(case, terms, path, faults);
    let mut options = vec![None; case.issues.len()];
    for (issue, option) in pairs {
        options[issue] = u32::try_from(option).ok();
    }
    let named_all = terms.len() >= case.issues.len();
    for (id, _) in case.issues.iter() {
        if terms.get(id).is_none() && !named_all {
            let message =
                format!("terms leave issue {id:?} open; expected one option for every issue");
            faults.push(Fault::new(Code::MissingKey, path.key(id), message));
        }
    }
    options.into_iter().collect()
}
