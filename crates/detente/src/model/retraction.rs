//! Acts that take back what an earlier act showed, as when a report turns out to be false.

use super::{ActModel, Compiler};
use crate::{
    case::Act,
    decode::{Code, Fault, Path, nearest, quoted},
};

impl<'c> Compiler<'c> {
    /// The place of the act that is taken back.
    pub(super) fn retracted(&mut self, act: &Act, taken: &str, path: &Path) -> Option<usize> {
        let place = path.key("retracts");
        let acts = &self.case.acts;
        let Some(found) = acts.iter().position(|it| it.id == taken) else {
            let others = acts.iter().map(|it| it.id.as_str());
            let near = nearest(taken, others.filter(|id| *id != act.id));
            let message = format!("there is no act {}", quoted(taken));
            let fault = Fault::new(Code::UnknownName, place, message)
                .with_label("expected the id of an earlier act of the same party");
            let hint = near.map(|near| format!("did you mean {}?", quoted(near)));
            self.faults.push(match hint {
                Some(hint) => fault.with_help(hint),
                None => fault,
            });
            return None;
        };
        if let Some(message) = refusal(act, &acts[found]) {
            let fault = Fault::new(Code::Contradiction, place, message)
                .with_label("expected the id of an earlier act of the same party");
            self.faults.push(fault);
            return None;
        }
        for (key, given) in [
            ("likelihood", act.likelihood.is_some()),
            ("likelihood_ratio", act.likelihood_ratio.is_some()),
            ("forced", act.forced.is_some()),
            ("cost", act.cost.is_some()),
            ("tone", act.tone.is_some()),
        ] {
            if given {
                let message = format!("`{key}` beside `retracts`, which says what is taken back");
                self.excluded(&path.key(key), message, "remove one of the two");
            }
        }
        Some(found)
    }

    /// Nobody can take one act back twice.
    fn taken_once(&mut self, row: usize, taken: &str, acts: &[Option<ActModel>]) {
        let case = self.case;
        let known = |place: usize| acts.get(place).and_then(Option::as_ref).map(|it| &it.known);
        let mut earlier =
            (0..row).filter(|&place| case.acts[place].retracts.as_deref() == Some(taken));
        let again = earlier.any(|place| {
            let both = known(place).zip(known(row));
            both.is_some_and(|(one, other)| one.keys().any(|party| other.contains_key(party)))
        });
        if again {
            let path = Path::root().key("act").index(row).key("retracts");
            let message = format!("{} is taken back already", quoted(taken));
            let fault = Fault::new(Code::Contradiction, path, message)
                .with_label("expected an act that no other takes back");
            self.faults.push(fault);
        }
    }

    /// What is taken back must have been known to those who learn that it was not so.
    pub(super) fn check_retractions(&mut self, acts: &[Option<ActModel>]) {
        let case = self.case;
        for (row, act) in case.acts.iter().enumerate() {
            let Some((model, taken)) = acts[row].as_ref().zip(act.retracts.as_deref()) else {
                continue;
            };
            let place = case.acts.iter().position(|it| it.id == taken);
            let Some(original) = place.and_then(|place| acts[place].as_ref()) else {
                continue;
            };
            self.taken_once(row, taken, acts);
            let unknown = model.known.iter().find(|(observer, day)| {
                original
                    .known
                    .get(*observer)
                    .is_none_or(|known| known > *day)
            });
            if let Some((&observer, day)) = unknown {
                let names = case.parties.names();
                let observer = names.clone().nth(observer).unwrap_or_default();
                let message = format!(
                    "{} learns on {day} that {} was not so, but had not come to know of it",
                    quoted(observer),
                    quoted(taken)
                );
                let path = Path::root().key("act").index(row).key("retracts");
                let fault = Fault::new(Code::Contradiction, path, message)
                    .with_label("expected an act that all who see this one had seen")
                    .with_help("correct the days, or say in `seen_by` who saw which act");
                self.faults.push(fault);
            }
        }
    }
}

/// Why an act cannot take another back.
fn refusal(act: &Act, taken: &Act) -> Option<String> {
    let name = quoted(&taken.id);
    if taken.id == act.id {
        return Some(format!("the act {name} takes itself back"));
    }
    if taken.retracts.is_some() {
        return Some(format!(
            "{name} takes another act back and shows nothing of its own"
        ));
    }
    if taken.actor != act.actor {
        return Some(format!(
            "{name} is an act of {}, not of {}",
            quoted(&taken.actor),
            quoted(&act.actor)
        ));
    }
    let days = [&taken.date, &act.date].map(|it| it.as_ref().map(|it| it.value));
    matches!(days, [Some(earlier), Some(later)] if earlier > later)
        .then(|| format!("{name} was done later"))
}
