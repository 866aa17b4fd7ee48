//! Payoffs, exposure and temptation as slots in the list of inputs.

use detente_payoff::{Agreements, Interaction, PayoffError, Utility};

use super::{
    Compiler,
    inputs::{Bounds, Field, Slot},
    names::{missing, unknown},
    space::{partial, whole},
};
use crate::{
    case::{ByIssue, Case, Nonagreement, OptionTable, Preferences, Provenance, Ranking},
    decode::{Code, Fault, Ids, Path},
};

/// A number for every agreement.
#[derive(Debug, Clone)]
pub(crate) enum Schedule {
    /// By issue: a constant, a slot for every option of every issue, and interactions.
    ByIssue {
        constant: Slot,
        tables: Vec<Vec<Slot>>,
        interactions: Vec<Meeting>,
    },
    /// By agreement: ranks, best highest.
    Ranks(Vec<f64>),
}

/// What is added where two options, each an (issue, option) pair, meet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Meeting {
    first: (usize, usize),
    second: (usize, usize),
    slot: Slot,
}

impl Schedule {
    /// Writes the number of every agreement in one draw.
    ///
    /// Cost: O(agreements × issues).
    pub(crate) fn tabulate(
        &self,
        values: &[f64],
        agreements: &Agreements,
        out: &mut Vec<f64>,
    ) -> Result<(), PayoffError> {
        out.resize(agreements.len(), 0.0);
        match self {
            Self::Ranks(ranks) => out.copy_from_slice(ranks),
            Self::ByIssue {
                constant,
                tables,
                interactions,
            } => {
                let tables = tables
                    .iter()
                    .map(|table| table.iter().map(|slot| slot.of(values)).collect())
                    .collect();
                let mut utility = Utility::additive(constant.of(values), tables)?;
                for meeting in interactions {
                    let Meeting {
                        first,
                        second,
                        slot,
                    } = *meeting;
                    let value = slot.of(values);
                    utility = utility.with_interaction(Interaction {
                        first,
                        second,
                        value,
                    })?;
                }
                utility.tabulate(agreements, out)?;
            }
        }
        Ok(())
    }
}

/// What a party has if nothing is agreed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Disagreement {
    /// A payoff.
    Payoff(Slot),
    /// The payoff of one of the agreements, by position.
    State(usize),
}

impl Compiler<'_> {
    /// A party's payoff schedule; every issue and option must be listed.
    pub(super) fn payoff(&mut self, party: &str, preferences: &Preferences) -> Option<Schedule> {
        let path = Path::root().key("party").key(party).key("payoff");
        match preferences {
            Preferences::Ranking(ranking) => self.ranking(ranking, &path),
            Preferences::Numbers(numbers) => {
                missing(
                    "issue",
                    &numbers.issues,
                    &self.case.issues,
                    &path,
                    &mut self.faults,
                );
                self.by_issue(numbers, &path)
            }
        }
    }

    /// A schedule by issue; issues left out count 0.
    pub(super) fn by_issue(&mut self, numbers: &ByIssue, path: &Path) -> Option<Schedule> {
        let case = self.case;
        let name = path.to_string();
        let constant = match &numbers.constant {
            Some(number) => {
                let field = Field {
                    name: format!("{name}.constant"),
                    path: path.key("constant"),
                    around: &numbers.provenance,
                };
                self.inputs
                    .add(field, number, Bounds::Any, &mut self.faults)
            }
            None => self.inputs.constant(format!("{name}.constant"), 0.0),
        };
        for (issue, _) in numbers.issues.iter() {
            if case.issues.get(issue).is_none() {
                let fault = unknown("issue", issue, &case.issues, path.key(issue)).at_key();
                self.faults.push(fault);
            }
        }
        let mut tables = Vec::with_capacity(case.issues.len());
        for (id, issue) in case.issues.iter() {
            tables.push(match numbers.issues.get(id) {
                Some(table) => {
                    self.options(table, &issue.options, &path.key(id), &numbers.provenance)?
                }
                None => issue
                    .options
                    .names()
                    .map(|option| self.inputs.constant(format!("{name}.{id}.{option}"), 0.0))
                    .collect(),
            });
        }
        let interactions = self.interactions(numbers, path)?;
        Some(Schedule::ByIssue {
            constant,
            tables,
            interactions,
        })
    }

    fn options(
        &mut self,
        table: &OptionTable,
        options: &Ids<String>,
        path: &Path,
        around: &Provenance,
    ) -> Option<Vec<Slot>> {
        for (option, _) in table.values.iter() {
            if options.get(option).is_none() {
                self.faults
                    .push(unknown("option", option, options, path.key(option)).at_key());
            }
        }
        missing("option", &table.values, options, path, &mut self.faults);
        let around = table.provenance.within(around);
        options
            .names()
            .map(|option| {
                let number = table.values.get(option)?;
                let field = Field {
                    name: format!("{path}.{option}"),
                    path: path.key(option),
                    around: &around,
                };
                Some(
                    self.inputs
                        .add(field, number, Bounds::Any, &mut self.faults),
                )
            })
            .collect()
    }

    fn interactions(&mut self, numbers: &ByIssue, path: &Path) -> Option<Vec<Meeting>> {
        let mut list = Vec::new();
        for (row, interaction) in numbers.interactions.iter().enumerate() {
            let path = path.key("interaction").index(row);
            let pairs = partial(
                self.case,
                &interaction.when,
                &path.key("when"),
                &mut self.faults,
            );
            let &[first, second] = pairs.as_slice() else {
                if interaction.when.len() != 2 {
                    let message = format!(
                        "an interaction joins options of exactly two issues; {} named",
                        interaction.when.len()
                    );
                    self.faults
                        .push(Fault::new(Code::Contradiction, path.key("when"), message));
                }
                return None;
            };
            let mut met: Vec<String> = interaction
                .when
                .iter()
                .map(|(issue, option)| format!("{issue}={option}"))
                .collect();
            met.sort();
            let around = interaction.provenance.within(&numbers.provenance);
            let field = Field {
                name: format!("{}({})", path_of_table(&path), met.join(",")),
                path: path.key("add"),
                around: &around,
            };
            let slot = self
                .inputs
                .add(field, &interaction.add, Bounds::Any, &mut self.faults);
            list.push(Meeting {
                first,
                second,
                slot,
            });
        }
        Some(list)
    }

    fn ranking(&mut self, ranking: &Ranking, path: &Path) -> Option<Schedule> {
        let agreements = self.agreements?;
        let path = path.key("ranking");
        let mut ranks = vec![None; agreements.len()];
        for (row, tied) in ranking.ranks.iter().enumerate() {
            for terms in tied {
                let place = path.index(row);
                let options = whole(self.case, terms, &place, &mut self.faults)?;
                let Some(position) = agreements.position(&options) else {
                    let message = "an agreement that is forbidden is ranked".to_owned();
                    self.faults
                        .push(Fault::new(Code::Contradiction, place, message));
                    continue;
                };
                let worse = ranking.ranks.len() - 1 - row;
                #[allow(
                    clippy::cast_precision_loss,
                    reason = "a ranking a person wrote is short"
                )]
                if ranks[position].replace(worse as f64).is_some() {
                    let message = "an agreement is ranked twice".to_owned();
                    self.faults
                        .push(Fault::new(Code::Duplicate, place, message));
                }
            }
        }
        let unranked = ranks.iter().position(Option::is_none);
        if let Some(agreement) = unranked.and_then(|position| agreements.get(position)) {
            let message = format!(
                "the agreement {} is not ranked",
                describe(self.case, agreement)
            );
            self.faults
                .push(Fault::new(Code::MissingKey, path, message));
        }
        ranks
            .into_iter()
            .collect::<Option<_>>()
            .map(Schedule::Ranks)
    }

    /// What a party has if nothing is agreed.
    pub(super) fn nonagreement(
        &mut self,
        party: &str,
        nonagreement: Option<&Nonagreement>,
        around: &Provenance,
    ) -> Option<Disagreement> {
        let path = Path::root().key("party").key(party).key("nonagreement");
        match nonagreement? {
            Nonagreement::Payoff(number) => {
                let field = Field {
                    name: path.to_string(),
                    path,
                    around,
                };
                Some(Disagreement::Payoff(self.inputs.add(
                    field,
                    number,
                    Bounds::Any,
                    &mut self.faults,
                )))
            }
            Nonagreement::State { r#as, .. } => {
                let path = path.key("as");
                let options = whole(self.case, r#as, &path, &mut self.faults)?;
                let position = self.agreements?.position(&options);
                if position.is_none() {
                    let message = "nonagreement is an agreement that is forbidden".to_owned();
                    self.faults
                        .push(Fault::new(Code::Contradiction, path, message));
                }
                position.map(Disagreement::State)
            }
        }
    }
}

/// The path of the table that an interaction stands in, without its place in the list.
fn path_of_table(path: &Path) -> String {
    let text = path.to_string();
    text.rsplit_once('[')
        .map_or(text.clone(), |(table, _)| table.to_owned())
}

/// An agreement in words of the case: `issue = option, …`.
fn describe(case: &Case, agreement: &[u32]) -> String {
    case.issues
        .iter()
        .zip(agreement)
        .map(|((id, issue), &option)| {
            let name = issue.options.names().nth(option as usize).unwrap_or("?");
            format!("{id} = {name}")
        })
        .collect::<Vec<_>>()
        .join(", ")
}
