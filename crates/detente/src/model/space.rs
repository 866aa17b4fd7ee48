//! What could be agreed, as flat lists.

use detente_payoff::{AgreementSpace, Agreements, PayoffError};

use super::{
    Compiler,
    names::{Declared, listed},
};
use crate::{
    case::{Issue, Terms},
    decode::{Code, Fault, Path},
};

/// Whether a key means something of its own in tables by issue, option or type, or around the terms
/// that were agreed, and so cannot be the id of one.
pub(super) fn is_reserved(kind: &str, id: &str) -> bool {
    let own: &[&str] = match kind {
        "issue" => &["constant", "interaction", "ranking", "value"],
        "type" => &["dogmatic"],
        _ => &[],
    };
    own.contains(&id) || ["source", "note", "confidence", "coder"].contains(&id)
}

/// Payoffs, over agreements and parties, beyond which tables would not fit in an ordinary memory:
/// some two gigabytes for each worker.
const MOST_PAYOFFS: u128 = 50_000_000;

impl Compiler<'_> {
    /// Lists the possible agreements; `None` where faults leave nothing to list.
    pub(super) fn agreements(&mut self) -> Option<Agreements> {
        let (case, path) = (self.case, Path::root().key("issue"));
        for (id, issue) in case.issues.iter() {
            self.reserved("issue", id, &path.key(id));
            self.options(id, issue, &path.key(id));
        }
        if case.issues.is_empty() && self.written.is_whole(&path) {
            let message = "there is nothing to agree on: no issue is declared";
            let fault = Fault::new(Code::MissingKey, path.clone(), message)
                .with_label("needs at least one issue")
                .with_help("an issue stands under a header of its own, such as `[issue.arms]`");
            self.faults.push(fault);
        }
        let sound = self.written.is_whole(&path) && self.written.has_all_of(&path);
        let sizes: Vec<usize> = case
            .issues
            .values()
            .map(|issue| issue.options.len())
            .collect();
        if sizes.is_empty() || sizes.contains(&0) || !sound {
            self.forbidden(None);
            return None;
        }
        match AgreementSpace::new(&sizes) {
            Ok(space) => self.enumerate(space),
            Err(error) => {
                self.faults.push(too_large(error.to_string()));
                None
            }
        }
    }

    fn options(&mut self, id: &str, issue: &Issue, path: &Path) {
        let table = path.key("option");
        for option in issue.options.names() {
            self.reserved("option", option, &table.key(option));
        }
        if issue.options.is_empty() && self.written.is_whole(&table) {
            let message = format!("issue `{id}` has no options");
            let fault = Fault::new(Code::MissingKey, table, message)
                .with_label("needs each option's id and its description");
            self.faults
                .push(fault.with_help("write `option.none = \"None\"`, one line for each option"));
        }
    }

    /// Refuses ids that tables by issue, option or type could not tell from keys of their own.
    pub(super) fn reserved(&mut self, kind: &str, id: &str, path: &Path) {
        if is_reserved(kind, id) {
            let message = format!("the {kind} id `{id}` means something else in tables by {kind}");
            let fault = Fault::new(Code::Malformed, path.clone(), message)
                .at_key()
                .with_label("expected another id");
            self.faults
                .push(fault.with_help(format!("write, say, `{kind}-{id}`")));
        }
    }

    /// The space without its forbidden combinations, as a list.
    fn enumerate(&mut self, space: AgreementSpace) -> Option<Agreements> {
        let space = self.forbidden(Some(space))?;
        let parties = self.case.parties.len().max(1) as u128;
        let most = MOST_PAYOFFS / parties;
        if space
            .combinations()
            .is_none_or(|combinations| combinations > most)
        {
            let given = space.combinations();
            let given = given.map_or("more than 2^128".to_owned(), |it| it.to_string());
            let message = format!(
                "{given} combinations of options for {parties} parties; expected at most {most}"
            );
            self.faults.push(too_large(message));
            return None;
        }
        match space.enumerate() {
            Ok(agreements) => Some(agreements),
            Err(PayoffError::NothingFeasible) => {
                let message = "every agreement is forbidden";
                let fault = Fault::new(Code::Contradiction, Path::root().key("forbidden"), message)
                    .with_label("expected combinations that leave at least one agreement")
                    .with_help("remove one of them, or name an option of another issue in it");
                self.faults.push(fault);
                None
            }
            Err(error) => {
                self.faults.push(too_large(error.to_string()));
                None
            }
        }
    }

    /// Checks the forbidden combinations and takes them out of the space, if there is one; `None`
    /// if one of them could not be read.
    fn forbidden(&mut self, mut space: Option<AgreementSpace>) -> Option<AgreementSpace> {
        let (case, path) = (self.case, Path::root().key("forbidden"));
        for (row, forbidden) in case.forbidden.iter().enumerate() {
            let path = path.index(row).key("when");
            let pairs = self.partial(&forbidden.when, &path);
            if forbidden.when.is_empty() && self.written.is_whole(&path) {
                let message = "a forbidden combination names no option, and so forbids nothing";
                let fault = Fault::new(Code::MissingKey, path.clone(), message);
                self.faults
                    .push(fault.with_label("needs one option for each issue concerned"));
            }
            if pairs.is_empty() || pairs.len() < forbidden.when.len() {
                space = None;
            }
            space = space.and_then(|space| match space.forbidding(&pairs) {
                Ok(space) => Some(space),
                Err(error) => {
                    let fault = Fault::new(Code::Contradiction, path, error.to_string());
                    self.faults
                        .push(fault.with_label("expected one option for each issue concerned"));
                    None
                }
            });
        }
        space.filter(|_| self.written.is_whole(&path))
    }

    /// The (issue, option) pairs that terms name; unknown names are faults.
    pub(super) fn partial(&mut self, terms: &Terms, path: &Path) -> Vec<(usize, usize)> {
        let issues = Declared::<Issue>::issues(self.case);
        let absent = self.absent(terms, &issues, path);
        let mut pairs = Vec::new();
        for (id, option) in terms.iter() {
            let place = path.key(id);
            let found = self.case.issues.index_of(id).zip(self.case.issues.get(id));
            let Some((position, issue)) = found else {
                let fault = self.unknown(id, &issues, &place, &absent);
                self.faults.extend(fault.map(Fault::at_key));
                continue;
            };
            let options = Declared::<String>::options(id, issue);
            if let Some(option) = self.resolve(option, &options, &place) {
                pairs.push((position, option));
            }
        }
        pairs
    }

    /// The options of a whole agreement, one for every issue; a missing issue is a fault, unless an
    /// unknown one stands for it.
    pub(super) fn whole(&mut self, terms: &Terms, path: &Path) -> Option<Vec<u32>> {
        let pairs = self.partial(terms, path);
        let mut options = vec![None; self.case.issues.len()];
        for (issue, option) in pairs {
            options[issue] = u32::try_from(option).ok();
        }
        let issues = Declared::<Issue>::issues(self.case);
        let open = self.absent(terms, &issues, path);
        let strangers = terms
            .names()
            .filter(|name| !self.case.issues.contains(name))
            .count();
        if strangers < open.len() {
            let message = format!("the terms leave {} open", listed(&open));
            let fault = Fault::new(Code::MissingKey, path.clone(), message);
            self.faults
                .push(fault.with_label("needs one option for every issue"));
        }
        options.into_iter().collect()
    }
}

/// The fault of a space with more agreements than can be listed.
fn too_large(message: String) -> Fault {
    Fault::new(Code::OutOfRange, Path::root().key("issue"), message)
        .with_label("expected fewer issues, or fewer options")
        .with_help("join issues that are settled together, and drop options that nobody wants")
}
