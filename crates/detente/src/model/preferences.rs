//! Payoffs, exposure and temptation as slots in the list of inputs.

use std::collections::BTreeMap;

use detente_payoff::{Agreements, Interaction, PayoffError, Utility};

use super::{
    Compiler,
    inputs::{Bounds, Field, Slot},
    names::Declared,
};
use crate::{
    case::{self, ByIssue, Issue, Nonagreement, OptionTable, Preferences, Provenance, Terms},
    decode::{Code, Fault, Path},
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
            Self::ByIssue { .. } => self.utility(values)?.tabulate(agreements, out)?,
        }
        Ok(())
    }

    /// Whether only the order of its numbers means anything.
    pub(crate) fn is_ranking(&self) -> bool {
        matches!(self, Self::Ranks(_))
    }

    /// The numbers that it is made of.
    pub(crate) fn slots(&self) -> Vec<Slot> {
        match self {
            Self::Ranks(_) => Vec::new(),
            Self::ByIssue {
                constant,
                tables,
                interactions,
            } => { [*constant].into_iter() }
                .chain(tables.concat())
                .chain(interactions.iter().map(|it| it.slot))
                .collect(),
        }
    }

    /// Whether a number is part of what a package is paid.
    pub(crate) fn is_paid_at(&self, number: Slot, package: &[u32]) -> bool {
        let Self::ByIssue {
            constant,
            tables,
            interactions,
        } = self
        else {
            return false;
        };
        let takes = |(issue, option): (usize, usize)| {
            package
                .get(issue)
                .is_some_and(|taken| *taken as usize == option)
        };
        let table = tables.iter().enumerate().any(|(issue, table)| {
            table
                .iter()
                .enumerate()
                .any(|(option, slot)| *slot == number && takes((issue, option)))
        });
        let meeting = interactions
            .iter()
            .any(|it| it.slot == number && takes(it.first) && takes(it.second));
        *constant == number || table || meeting
    }

    /// The schedule in one draw, agreement by agreement or issue by issue as it was coded.
    pub(crate) fn utility(&self, values: &[f64]) -> Result<Utility, PayoffError> {
        let (constant, tables, interactions) = match self {
            Self::Ranks(ranks) => return Utility::table(ranks.clone()),
            Self::ByIssue {
                constant,
                tables,
                interactions,
            } => (constant, tables, interactions),
        };
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
        Ok(utility)
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
                let issues = Declared::<Issue>::issues(self.case);
                self.check_keys(&numbers.issues, &issues, &path);
                self.schedule(numbers, &path)
            }
        }
    }

    /// A schedule by issue; issues left out count 0.
    pub(super) fn by_issue(&mut self, numbers: &ByIssue, path: &Path) -> Option<Schedule> {
        let issues = Declared::<Issue>::issues(self.case);
        for id in numbers.issues.names() {
            if !self.case.issues.contains(id) {
                let fault = self.unknown(id, &issues, &path.key(id), &[]);
                self.faults.extend(fault.map(Fault::at_key));
            }
        }
        self.schedule(numbers, path)
    }

    fn schedule(&mut self, numbers: &ByIssue, path: &Path) -> Option<Schedule> {
        let case = self.case;
        let name = path.to_string();
        let constant = match &numbers.constant {
            Some(number) => {
                let path = path.key("constant");
                self.number(number, &path, &numbers.provenance, Bounds::Any)
            }
            None => self.inputs.constant(format!("{name}.constant"), 0.0),
        };
        // Every table is looked through, so that a fault in one hides none in the next.
        let mut tables = Vec::with_capacity(case.issues.len());
        for (id, issue) in case.issues.iter() {
            tables.push(match numbers.issues.get(id) {
                Some(table) => {
                    self.option_table(table, (id, issue), &path.key(id), &numbers.provenance)
                }
                None => {
                    let options = issue.options.names();
                    let zero = |option| {
                        let name = path.key(id).key(option).to_string();
                        self.inputs.constant(name, 0.0)
                    };
                    Some(options.map(zero).collect())
                }
            });
        }
        let interactions = self.interactions(numbers, path);
        Some(Schedule::ByIssue {
            constant,
            tables: tables.into_iter().collect::<Option<_>>()?,
            interactions: interactions?,
        })
    }

    fn option_table(
        &mut self,
        table: &OptionTable,
        (id, issue): (&str, &Issue),
        path: &Path,
        around: &Provenance,
    ) -> Option<Vec<Slot>> {
        let options = Declared::<String>::options(id, issue);
        self.check_keys(&table.values, &options, path);
        let around = table.provenance.within(around);
        let mut slots = Vec::with_capacity(issue.options.len());
        for option in issue.options.names() {
            let field = Field {
                name: path.key(option).to_string(),
                path: path.key(option),
                around: &around,
            };
            let number = table.values.get(option);
            slots.push(number.map(|it| self.inputs.add(field, it, Bounds::Any, &mut self.faults)));
        }
        slots.into_iter().collect()
    }

    fn interactions(&mut self, numbers: &ByIssue, path: &Path) -> Option<Vec<Meeting>> {
        let mut list = Vec::with_capacity(numbers.interactions.len());
        let mut seen = BTreeMap::new();
        for (row, interaction) in numbers.interactions.iter().enumerate() {
            let path = path.key("interaction").index(row);
            if let Some(first) = seen.insert(met(&interaction.when), row) {
                let message = format!("these two options meet in interaction[{first}] already");
                let fault = Fault::new(Code::Duplicate, path.key("when"), message)
                    .with_label("expected them once; add the two numbers up");
                self.faults.push(fault);
            }
            list.push(self.interaction(interaction, &numbers.provenance, &path));
        }
        list.into_iter().collect()
    }

    fn interaction(
        &mut self,
        interaction: &case::Interaction,
        around: &Provenance,
        path: &Path,
    ) -> Option<Meeting> {
        let when = &interaction.when;
        let place = path.key("when");
        let pairs = self.partial(when, &place);
        if when.len() != 2 && self.written.is_whole(&place) {
            let message = format!(
                "an interaction joins two issues, and {} named",
                are(when.len())
            );
            let fault = Fault::new(Code::Contradiction, place, message)
                .with_label("expected one option for each of exactly two issues");
            self.faults.push(fault);
        }
        let &[first, second] = pairs.as_slice() else {
            return None;
        };
        let around = interaction.provenance.within(around);
        let field = Field {
            name: format!("{}({})", path_of_table(path), met(when)),
            path: path.key("add"),
            around: &around,
        };
        let number = &interaction.add;
        let slot = self
            .inputs
            .add(field, number, Bounds::Any, &mut self.faults);
        Some(Meeting {
            first,
            second,
            slot,
        })
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
                let slot = self.number(number, &path, around, Bounds::Any);
                Some(Disagreement::Payoff(slot))
            }
            Nonagreement::State { r#as, .. } => {
                let path = path.key("as");
                let options = self.whole(r#as, &path)?;
                let position = self.agreements?.position(&options);
                if position.is_none() {
                    let message = "nonagreement is an agreement that is forbidden";
                    let fault = self.impossible(message, path);
                    self.faults.push(fault);
                }
                position.map(Disagreement::State)
            }
        }
    }
}

/// The options that meet, in an order of their own.
fn met(when: &Terms) -> String {
    let mut met: Vec<String> = when
        .iter()
        .map(|(issue, option)| format!("{issue}={option}"))
        .collect();
    met.sort();
    met.join(",")
}

/// How many are, in words.
fn are(count: usize) -> String {
    match count {
        0 => "none is".to_owned(),
        1 => "one is".to_owned(),
        _ => format!("{count} are"),
    }
}

/// The path of the table that an interaction stands in, without its place in the list.
fn path_of_table(path: &Path) -> String {
    let text = path.to_string();
    text.rsplit_once('[')
        .map_or(text.clone(), |(table, _)| table.to_owned())
}
