//! What must be coded together, and what cannot be.

use super::Compiler;
use crate::{
    case::{Nonagreement, Party, Preferences},
    decode::{Code, Fault, Path},
};

impl Compiler<'_> {
    /// What must be coded together, and what cannot be.
    pub(super) fn completeness(&mut self, party: &Party, path: &Path) {
        let ranked = matches!(party.payoff, Preferences::Ranking(_));
        if ranked {
            self.only_ranked(party, path);
        }
        // Where the table of types, or of priors, could not be read, none may still be meant.
        if !party.types.is_empty() {
            self.typed(party, path);
        } else if self.nothing_at(&path.key("type")) {
            self.untyped(party, path);
        }
        if !party.prior.is_empty() {
            let because = "a party with a prior weighs trust against it; 0 if it is nil";
            self.require(
                path,
                "exposure",
                party.exposure.is_some() || ranked,
                because,
            );
        } else if party.bias.is_some() && self.nothing_at(&path.key("prior")) {
            let why = "there is no prior for acts to move";
            self.idle(path, "bias", why, "expected a prior about another party");
        }
    }

    /// Whether the text has nothing at the path, or an empty table.
    pub(super) fn nothing_at(&self, path: &Path) -> bool {
        self.written.lacks(path) || self.written.is_whole(path)
    }

    /// A party with types, of which it must be known who would honour.
    fn typed(&mut self, party: &Party, path: &Path) {
        if matches!(party.payoff, Preferences::Ranking(_)) {
            return;
        }
        let because =
            "a party with types may be tempted; a table `constant = 0` says that it is not";
        self.require(path, "temptation", party.temptation.is_some(), because);
        let own = party.types.values().all(|it| it.detection.is_some());
        let because = "the chance per period that its cheating is seen";
        self.require(path, "detection", party.detection.is_some() || own, because);
        let because = "which type it was, as hindsight sees it";
        self.require(path, "true_type", party.true_type.is_some(), because);
    }

    /// A party without types, for which what types need would say nothing.
    fn untyped(&mut self, party: &Party, path: &Path) {
        for (key, present) in [
            ("temptation", party.temptation.is_some()),
            ("detection", party.detection.is_some()),
            ("true_type", party.true_type.is_some()),
        ] {
            if present {
                let expected = "expected types, such as `type.honours`, beside it";
                self.idle(path, key, "the party has no types", expected);
            }
        }
    }

    /// A party whose payoffs are only ranked, for which what needs numbers would say nothing.
    fn only_ranked(&mut self, party: &Party, path: &Path) {
        if matches!(party.nonagreement, Some(Nonagreement::Payoff(_))) {
            let message = "nonagreement is a number, where payoffs are only ranked";
            let label = "expected the agreement that it is as good as, such as `{ as = { … } }`";
            let fault = Fault::new(Code::Contradiction, path.key("nonagreement"), message)
                .with_label(label)
                .with_help("a place in a ranking has no size that a number could be compared with");
            self.faults.push(fault);
        }
        for (key, present) in [
            ("type", !party.types.is_empty()),
            ("exposure", party.exposure.is_some()),
            ("prior", !party.prior.is_empty()),
            ("home", party.home.is_some()),
            ("ratification_floor", party.ratification_floor.is_some()),
        ] {
            if present {
                let why = "its payoffs are only ranked, and this needs numbers";
                self.idle(path, key, why, "expected payoffs by issue beside it");
            }
        }
    }

    /// A key that says nothing without another.
    pub(super) fn idle(&mut self, table: &Path, key: &str, why: &str, expected: &str) {
        let message = format!("`{key}` would say nothing here: {why}");
        let fault = Fault::new(Code::Contradiction, table.key(key), message)
            .at_key()
            .with_label(expected)
            .with_help(format!("code what it needs, or remove `{key}`"));
        self.faults.push(fault);
    }
}
