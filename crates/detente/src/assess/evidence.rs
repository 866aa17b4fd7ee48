//! What the case rests on: sources, judgements, and acts that came too late.

use super::Run;
use crate::{
    assessment::{CodedNumber, Evidence, LeftOut},
    model::Input,
};

impl Run<'_> {
    pub(super) fn evidence(&self) -> Evidence {
        let case = &self.model.case;
        let coded: Vec<&Input> = self
            .model
            .inputs
            .iter()
            .filter(|input| input.coded)
            .collect();
        let sourced = |input: &Input| !input.provenance.source.is_empty();
        let judged = |input: &Input| !sourced(input) && input.provenance.note.is_some();
        let bare = |input: &Input| !sourced(input) && !judged(input);
        Evidence {
            numbers: coded.len(),
            uncertain: coded.iter().filter(|input| !input.value.is_exact()).count(),
            sourced: coded.iter().filter(|input| sourced(input)).count(),
            judged: coded.iter().filter(|input| judged(input)).count(),
            unsourced: coded
                .iter()
                .filter(|input| bare(input))
                .map(|input| input.name.clone())
                .collect(),
            coded: coded.iter().map(|input| number(input)).collect(),
            sources: case
                .sources
                .iter()
                .map(|(key, source)| (key.to_owned(), source.clone()))
                .collect(),
            left_out: self.left_out(),
        }
    }

    fn left_out(&self) -> Vec<LeftOut> {
        let views = self.model.views.iter();
        views
            .flat_map(|view| {
                let late = view
                    .sightings
                    .iter()
                    .filter(|sighting| sighting.known > self.until);
                late.map(|sighting| LeftOut {
                    act: self.model.case.acts[sighting.act].id.clone(),
                    observer: self.model.party_id(view.observer).to_owned(),
                    known: sighting.known,
                })
            })
            .collect()
    }
}

fn number(input: &Input) -> CodedNumber {
    let (low, high) = input.value.support();
    let bounded = |end: f64| end.is_finite().then_some(end);
    CodedNumber {
        name: input.name.clone(),
        central: input.value.central(),
        range: [bounded(low), bounded(high)],
        provenance: input.provenance.clone(),
    }
}
