//! What each observer believed of each other party, and the acts it came to know.

use detente_quantity::Date;

use super::{ActModel, Compiler, chances::Chances, names::Declared};
use crate::{
    case::{Party, Prior},
    decode::{Code, Fault, Path, one_of, quoted},
};

/// One observer's view of one other party.
#[derive(Debug, Clone)]
pub(crate) struct View {
    pub(crate) observer: usize,
    pub(crate) about: usize,
    pub(crate) prior: Chances,
    pub(crate) dogmatic: bool,
    /// The acts it saw, in the order in which they became known to it.
    pub(crate) sightings: Vec<Sighting>,
}

/// An act as one observer came to know it.
#[derive(Debug, Clone)]
pub(crate) struct Sighting {
    /// Position in the list of acts.
    pub(crate) act: usize,
    /// When the observer came to know of it.
    pub(crate) known: Date,
}

impl<'c> Compiler<'c> {
    /// Each observer's view of each party that it has a prior about.
    pub(super) fn views(&mut self, acts: &[Option<ActModel>]) -> Vec<View> {
        let case = self.case;
        let mut views = Vec::new();
        for (observer, (observer_id, party)) in case.parties.iter().enumerate() {
            // In the order of names, so that a product of trusts rounds alike in any file.
            let mut priors: Vec<(&str, &Prior)> = party.prior.iter().collect();
            priors.sort_by_key(|(about_id, _)| *about_id);
            for (about_id, prior) in priors {
                let path = Path::root()
                    .key("party")
                    .key(observer_id)
                    .key("prior")
                    .key(about_id);
                let Some((about, about_party)) = self.other(observer_id, about_id, &path) else {
                    continue;
                };
                let chances = self.prior((observer_id, party), (about_id, about_party), prior);
                if let Some(prior_chances) = chances {
                    let sightings = self.sightings(acts, observer, about);
                    let dogmatic = prior.dogmatic;
                    views.push(View {
                        observer,
                        about,
                        prior: prior_chances,
                        dogmatic,
                        sightings,
                    });
                }
            }
        }
        views
    }

    fn other(&mut self, observer: &str, about: &str, path: &Path) -> Option<(usize, &'c Party)> {
        let parties = &self.case.parties;
        if observer == about {
            let message = format!("a prior of {} about itself", quoted(observer));
            let others: Vec<&str> = parties.names().filter(|name| *name != observer).collect();
            let fault = Fault::new(Code::Contradiction, path.clone(), message)
                .at_key()
                .with_label(one_of(&others))
                .with_help("a party knows its own type; a prior is about another party's");
            self.faults.push(fault);
            return None;
        }
        let Some(found) = parties.index_of(about) else {
            let fault = self.unknown(about, &Declared::<Party>::parties(self.case), path, &[]);
            self.faults.extend(fault.map(Fault::at_key));
            return None;
        };
        Some((found, parties.get(about)?))
    }

    /// The acts of `about` that `observer` came to know, in the order in which it did; acts that
    /// became known on one day are read in the order of their dates and then of their ids, so that
    /// the order of the file changes nothing.
    fn sightings(&self, acts: &[Option<ActModel>], observer: usize, about: usize) -> Vec<Sighting> {
        let mut sightings: Vec<Sighting> = acts
            .iter()
            .enumerate()
            .filter_map(|(act, model)| {
                let model = model.as_ref().filter(|model| model.actor == about)?;
                let known = *model.known.get(&observer)?;
                Some(Sighting { act, known })
            })
            .collect();
        sightings.sort_by_key(|sighting| {
            let date = acts[sighting.act].as_ref().map(|model| model.date);
            (
                sighting.known,
                date,
                self.case.acts[sighting.act].id.as_str(),
            )
        });
        sightings
    }
}
