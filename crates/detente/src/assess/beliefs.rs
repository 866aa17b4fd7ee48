//! Beliefs over time, beside the trust that acceptance asks for.

use super::{Run, draws};
use detente_legitimacy::LegitimacyError;

use crate::{
    DetenteError,
    assessment::{Answer, Band, BeliefPoint, BeliefSeries, Threshold, TypeBelief},
    beliefs::{BeliefOptions, BeliefRecord, ViewReport, beliefs},
    evaluate::{Lens, Rule, Sight, ViewWorld},
};

impl Run<'_> {
    pub(super) fn beliefs(&self) -> Result<Vec<BeliefSeries>, DetenteError> {
        let reference = self.central.reference(self.model);
        let world = &self.central.world;
        let central = match reference {
            Some(agreement) => Some(draws::trust(world, agreement)?),
            None => None,
        };
        let asked = self.central.asked(self.model)?;
        let honours = asked.map(|it| it.honours);
        // What became known too late changes nothing in an assessment.
        let record = BeliefRecord::honouring(self.model, honours.as_deref())?.cut(self.until);
        let options = BeliefOptions {
            until: Some(self.until),
            ..BeliefOptions::default()
        };
        let ledgers = beliefs(&record, &options)?.views;
        let mut first = 0;
        let mut list = Vec::with_capacity(world.views.len());
        for (idx, view) in world.views.iter().enumerate() {
            let points = view.beliefs(Lens::Warranted).len();
            let belief = |lens: Lens, point: usize| {
                let offset = if lens == Lens::Warranted { 0 } else { points };
                let place = first + offset + point;
                let trust = central
                    .as_ref()
                    .and_then(|series| series.get(place))
                    .copied();
                let band = if trust.is_some() {
                    self.trust_band(place)?
                } else {
                    None
                };
                let types = view.beliefs(lens)[point].clone();
                Ok::<TypeBelief, DetenteError>(TypeBelief { types, trust, band })
            };
            let mut series = Vec::with_capacity(points);
            for point in 0..points {
                let warranted = belief(Lens::Warranted, point)?;
                let held = belief(Lens::Held, point)?;
                series.push(self.point(idx, point, (warranted, held), ledgers.get(idx)));
            }
            first += 2 * points;
            list.push(self.series(view, series, reference, ledgers.get(idx))?);
        }
        Ok(list)
    }

    fn trust_band(&self, place: usize) -> Result<Option<Band>, DetenteError> {
        self.band(|draw| draw.trust.get(place).copied().unwrap_or_default())
    }

    fn point(
        &self,
        view: usize,
        point: usize,
        (warranted, held): (TypeBelief, TypeBelief),
        ledger: Option<&ViewReport>,
    ) -> BeliefPoint {
        let sightings = &self.model.views[view].sightings;
        let idx = point.checked_sub(1);
        let sighting = idx.and_then(|idx| sightings.get(idx));
        let weight = ledger.zip(idx).and_then(|(it, idx)| it.ledger.get(idx));
        let day = ledger.zip(sighting).and_then(|(it, sighting)| {
            let mut days = it.days.iter();
            days.find(|day| day.date == sighting.known)
        });
        let act = sighting.map(|sighting| &self.model.case.acts[sighting.act]);
        BeliefPoint {
            date: sighting.map(|sighting| sighting.known),
            act: act.map(|act| act.id.clone()),
            event: act.map(|act| act.event.clone()),
            warranted,
            held,
            weight: weight.cloned(),
            smoothed: day.cloned(),
        }
    }

    fn series(
        &self,
        view: &ViewWorld,
        points: Vec<BeliefPoint>,
        reference: Option<usize>,
        ledger: Option<&ViewReport>,
    ) -> Result<BeliefSeries, DetenteError> {
        let name = |party: usize| self.model.party_id(party).to_owned();
        let about = name(view.about);
        let types = self
            .model
            .case
            .parties
            .get(&about)
            .map(|party| &party.types);
        Ok(BeliefSeries {
            observer: name(view.observer),
            types: types
                .map(|types| types.names().map(str::to_owned).collect())
                .unwrap_or_default(),
            about,
            points,
            trusted: ledger.map(|it| it.trusted.clone()).unwrap_or_default(),
            threshold: match reference {
                Some(agreement) => Some(self.threshold(view.observer, agreement)?),
                None => None,
            },
        })
    }

    /// The trust at which an observer is indifferent to an agreement, with its own conduct.
    fn threshold(&self, observer: usize, agreement: usize) -> Result<Threshold, DetenteError> {
        let party = &self.central.world.parties[observer];
        let mut sight = Sight::default();
        self.central.world.look(agreement, &mut sight)?;
        let conduct = party.conduct(agreement, sight.truly[observer])?;
        let named = |source: LegitimacyError| self.model.legitimacy(observer, source);
        let nation = party.nations_threshold(conduct);
        let leader = party.leaders_threshold(conduct).map_err(named)?;
        let answer = |trust: f64| -> Result<Answer, LegitimacyError> {
            Ok(Answer {
                trust,
                nation_margin: party.margin(Rule::Nation, conduct, trust)?,
                leader_margin: party.margin(Rule::Leader, conduct, trust)?,
                accepts: party.accepts(Rule::Leader, agreement, conduct, trust)?,
            })
        };
        Ok(Threshold {
            agreement: self.model.terms(agreement),
            nation,
            leader,
            warranted: answer(sight.warranted[observer]).map_err(named)?,
            held: answer(sight.held[observer]).map_err(named)?,
        })
    }
}
