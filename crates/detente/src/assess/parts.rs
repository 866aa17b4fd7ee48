//! Subject, verdict, funnel, record, readings, errors and proposals of a finished run.

use std::collections::BTreeMap;

use super::{Draw, Run};
use crate::{
    DetenteError, Model,
    assessment::{
        AgreementSet, Band, Barrier, BarrierCheck, BothErrors, FunnelStage, HistoricalRecord,
        NotCoded, ProposalReport, Stage, Subject, SubjectIssue, SubjectParty, TakenOnTrust,
        TwoReadings, Verdict, VerdictReport,
    },
    case::{History, PartyType, Preferences, Terms},
    decode::Ids,
    evaluate::Survey,
};

impl Run<'_> {
    pub(super) fn verdict(&self) -> Result<VerdictReport, DetenteError> {
        let mut chances = BTreeMap::new();
        for verdict in Verdict::ALL {
            let chance = self.chance(|draw| Verdict::of(&draw.survey.survivors) == verdict)?;
            if let Some(chance) = chance {
                chances.insert(verdict, chance);
            }
        }
        Ok(VerdictReport {
            central: Verdict::of(&self.central.survey.survivors),
            probabilities: chances
                .iter()
                .map(|(verdict, it)| (*verdict, it.estimate))
                .collect(),
            chances,
            not_coded: self.not_coded(),
        })
    }

    /// Barriers left open, and for whom.
    fn not_coded(&self) -> Vec<NotCoded> {
        let parties = &self.model.parties;
        let ids = |open: &dyn Fn(usize) -> bool| -> Vec<String> {
            let names = self.model.case.parties.names().enumerate();
            names
                .filter(|(idx, _)| open(*idx))
                .map(|(_, id)| id.to_owned())
                .collect()
        };
        let views = |observer: usize| {
            self.model
                .views
                .iter()
                .filter(move |view| view.observer == observer)
                .count()
        };
        let mut list = Vec::new();
        for barrier in Barrier::ALL {
            let parties = match barrier {
                Barrier::ConflictOfInterest => Vec::new(),
                Barrier::Anarchy => ids(&|idx| parties[idx].types.is_empty()),
                Barrier::PrudentDistrust => ids(&|idx| views(idx) == 0),
                Barrier::DomesticLegitimacy => {
                    ids(&|idx| parties[idx].home.is_none() && parties[idx].floor.is_none())
                }
                Barrier::Misperception => ids(&|idx| parties[idx].bias.is_none()),
            };
            let taken_on_trust = match barrier {
                Barrier::PrudentDistrust => self.taken_on_trust(),
                _ => Vec::new(),
            };
            if !parties.is_empty() || !taken_on_trust.is_empty() {
                let altogether = parties.len() == self.model.parties.len();
                list.push(NotCoded {
                    barrier,
                    parties,
                    altogether,
                    taken_on_trust,
                });
            }
        }
        list
    }

    /// Pairs without a prior, where the first party has a prior about somebody else.
    fn taken_on_trust(&self) -> Vec<TakenOnTrust> {
        let mut pairs = Vec::new();
        let everybody = 0..self.model.parties.len();
        for observer in everybody.clone() {
            let mut known = vec![false; everybody.len()];
            for view in self
                .model
                .views
                .iter()
                .filter(|view| view.observer == observer)
            {
                known[view.about] = true;
            }
            if known.contains(&true) {
                let unknown = everybody.clone().filter(|&it| it != observer && !known[it]);
                pairs.extend(unknown.map(|about| TakenOnTrust {
                    observer: self.model.party_id(observer).to_owned(),
                    about: self.model.party_id(about).to_owned(),
                }));
            }
        }
        pairs
    }

    pub(super) fn funnel(&self) -> Result<Vec<FunnelStage>, DetenteError> {
        let all = self.central.survey.survivors[0];
        Stage::ALL
            .into_iter()
            .enumerate()
            .map(|(idx, set)| {
                let survivors = self.central.survey.survivors[idx];
                let listed = &self.central.stages[idx];
                #[allow(clippy::cast_precision_loss, reason = "far fewer agreements than 2^53")]
                let share = survivors as f64 / all as f64;
                Ok(FunnelStage {
                    barrier: set.barrier(),
                    set,
                    survivors,
                    share,
                    best: self.terms(&self.central.best[idx]),
                    agreements: self.terms(listed),
                    truncated: survivors > self.options.list_limit as u64,
                    nonempty: self.chance(|draw| draw.survey.survivors[idx] > 0)?,
                    over_draws: self.band(|draw| {
                        #[allow(clippy::cast_precision_loss, reason = "as above")]
                        let survivors = draw.survey.survivors[idx] as f64;
                        survivors
                    })?,
                })
            })
            .collect()
    }

    pub(super) fn band(&self, of: impl Fn(&Draw) -> f64) -> Result<Option<Band>, DetenteError> {
        self.tally().band(|draw| Some(of(draw)))
    }

    /// Agreements by name, at most the list limit.
    pub(super) fn terms(&self, agreements: &[usize]) -> Vec<Terms> {
        let listed = agreements.iter().take(self.options.list_limit);
        listed
            .map(|&agreement| self.model.terms(agreement))
            .collect()
    }

    fn set(
        &self,
        agreements: &[usize],
        count: impl Fn(&Survey) -> u64,
    ) -> Result<AgreementSet, DetenteError> {
        let total = count(&self.central.survey);
        let agreements = self.terms(agreements);
        let truncated = (agreements.len() as u64) < total;
        let nonempty = self.chance(|draw| count(&draw.survey) > 0)?;
        Ok(AgreementSet {
            count: total,
            agreements,
            truncated,
            nonempty,
        })
    }

    pub(super) fn record(&self) -> Result<HistoricalRecord, DetenteError> {
        let identity = &self.model.case.identity;
        let history = self.model.history;
        let central = expected(&self.central.survey);
        Ok(HistoricalRecord {
            history,
            agreed: identity.agreed.as_ref().map(|agreed| agreed.value.clone()),
            agreed_barriers: match &self.central.agreed {
                Some(standing) => self.checks(standing.barriers(), |draw| draw.agreed)?,
                None => Vec::new(),
            },
            expected: central,
            agreement_expected: self.chance(|draw| expected(&draw.survey) == History::Agreement)?,
            explains_record: central == history,
            explains: self.chance(|draw| expected(&draw.survey) == history)?,
        })
    }

    pub(super) fn readings(&self) -> Result<TwoReadings, DetenteError> {
        let central = self.central;
        Ok(TwoReadings {
            missed_in_history: self.model.history == History::Nonagreement,
            compatible_preferences: self.set(&central.stages[1], |it| it.survivors[1])?,
            preferred_as_held: self.set(&central.preferred_as_held, |it| it.preferred_as_held)?,
            would_have_preferred: self.set(&central.stages[2], |it| it.survivors[2])?,
        })
    }

    pub(super) fn errors(&self) -> Result<BothErrors, DetenteError> {
        let central = self.central;
        Ok(BothErrors {
            accepted_as_held: self.set(&central.accepted_as_held, |it| it.accepted_as_held)?,
            misplaced_trust: self.set(&central.misplaced_trust, |it| it.misplaced_trust)?,
            accepted_without_warrant: self
                .set(&central.without_warrant, |it| it.without_warrant)?,
        })
    }

    pub(super) fn proposals(&self) -> Result<Vec<ProposalReport>, DetenteError> {
        let proposals = &self.model.case.proposals;
        proposals
            .iter()
            .zip(&self.central.proposals)
            .enumerate()
            .map(|(row, (proposal, standing))| {
                let barriers = match standing {
                    Some(standing) => {
                        self.checks(standing.barriers(), |draw| draw.proposals[row])?
                    }
                    None => Vec::new(),
                };
                let stopped_by = barriers
                    .iter()
                    .find(|check| !check.passes)
                    .map(|check| check.barrier);
                Ok(ProposalReport {
                    id: proposal.id.clone(),
                    name: proposal.name.clone(),
                    date: proposal.date.as_ref().map(|date| date.value),
                    by: proposal.by.as_ref().map(|by| by.value.clone()),
                    terms: proposal.terms.clone(),
                    possible: standing.is_some(),
                    barriers,
                    stopped_by,
                })
            })
            .collect()
    }

    /// Whether an agreement passes each barrier, centrally and over draws, where `passed` gives one bit
    /// a barrier.
    fn checks(
        &self,
        flags: [&[bool]; 5],
        passed: impl Fn(&Draw) -> u8,
    ) -> Result<Vec<BarrierCheck>, DetenteError> {
        Barrier::ALL
            .into_iter()
            .zip(flags)
            .enumerate()
            .map(|(bit, (barrier, flags))| {
                let ids = self.model.case.parties.names().zip(flags);
                let blocked_by: Vec<String> = ids
                    .filter(|(_, passes)| !**passes)
                    .map(|(id, _)| id.to_owned())
                    .collect();
                Ok(BarrierCheck {
                    barrier,
                    passes: blocked_by.is_empty(),
                    blocked_by,
                    chance: self.chance(|draw| passed(draw) >> bit & 1 == 1)?,
                })
            })
            .collect()
    }
}

/// The types that have a name, by id.
pub(crate) fn type_names(types: &Ids<PartyType>) -> BTreeMap<String, String> {
    let named = |(id, kind): (&str, &PartyType)| Some((id.to_owned(), kind.name.clone()?));
    types.iter().filter_map(named).collect()
}

/// What a case is about, by name.
pub(crate) fn subject(model: &Model) -> Subject {
    let case = &model.case;
    let identity = &case.identity;
    Subject {
        id: identity.id.clone(),
        title: identity.title.clone(),
        question: identity.question.clone(),
        summary: identity.summary.clone(),
        decided: model.decided,
        parties: case
            .parties
            .iter()
            .map(|(id, party)| SubjectParty {
                id: id.to_owned(),
                name: party.name.clone(),
                leader: party.leader.as_ref().map(|leader| leader.value.clone()),
                types: type_names(&party.types),
                ranked: matches!(party.payoff, Preferences::Ranking(_)),
            })
            .collect(),
        issues: case
            .issues
            .iter()
            .map(|(id, issue)| SubjectIssue {
                id: id.to_owned(),
                name: issue.name.clone(),
                options: issue.options.clone(),
            })
            .collect(),
    }
}

/// Agreement is expected where every leader accepts something under held beliefs, with its own
/// conduct (model §5).
pub(super) fn expected(survey: &Survey) -> History {
    if survey.accepted_as_held > 0 {
        History::Agreement
    } else {
        History::Nonagreement
    }
}
