//! Names for ids: parties, leaders, issues, options.

use detente::{
    assessment::{Subject, SubjectParty},
    case::Terms,
};

use crate::{layout::clean, words};

/// More parties than this are counted, not named, where all are meant.
const MOST_NAMED: usize = 6;

/// Looks names up by id; an id that has none stands for itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Names<'s> {
    subject: &'s Subject,
}

impl<'s> Names<'s> {
    pub(crate) fn of(subject: &'s Subject) -> Self {
        Self { subject }
    }

    /// How many parties there are.
    pub(crate) fn parties(&self) -> usize {
        self.subject.parties.len()
    }

    /// How many of them only rank agreements.
    pub(crate) fn ranking_parties(&self) -> usize {
        self.subject.parties.iter().filter(|it| it.ranked).count()
    }

    /// Whether a party only ranks agreements.
    pub(crate) fn ranks(&self, id: &str) -> bool {
        let mut parties = self.subject.parties.iter();
        parties.any(|party| party.id == id && party.ranked)
    }

    pub(crate) fn party(&self, id: &str) -> String {
        let found = self.subject.parties.iter().find(|party| party.id == id);
        found.map_or_else(|| clean(id), |party| clean(&party.name))
    }

    /// A type of a party by its name, or by its id.
    pub(crate) fn kind(&self, party: &str, id: &str) -> String {
        let found = self.subject.parties.iter().find(|it| it.id == party);
        let named = found.and_then(|party| party.types.get(id));
        clean(named.map_or(id, String::as_str))
    }

    /// Parties by name, as a list.
    pub(crate) fn party_list(&self, ids: &[String]) -> String {
        let names: Vec<String> = ids.iter().map(|id| self.party(id)).collect();
        words::list(&names)
    }

    /// Who decided for a party, or the party itself.
    pub(crate) fn decider(&self, id: &str) -> String {
        let found = self.subject.parties.iter().find(|party| party.id == id);
        let leader = found.and_then(|party| party.leader.as_deref());
        leader.map_or_else(|| self.party(id), clean)
    }

    /// Everybody at the table, leaders with their parties; `both` tells whether to say so of two.
    pub(crate) fn everybody(&self, both: bool) -> String {
        let parties = &self.subject.parties;
        if parties.len() > MOST_NAMED {
            return format!("all {} parties", parties.len());
        }
        let list = words::list(&parties.iter().map(person).collect::<Vec<_>>());
        match (parties.len(), both) {
            (2, true) => format!("both {list}"),
            (3.., true) => format!("all of {list}"),
            _ => list,
        }
    }

    /// "either", "some": one of everybody, as a word before "party".
    pub(crate) fn both_or_all(&self) -> &'static str {
        if self.parties() == 2 { "both" } else { "all" }
    }

    /// An agreement as pairs of an issue and the option taken, in the order of the case.
    pub(crate) fn terms(&self, terms: &Terms) -> Vec<(String, String)> {
        let pairs = terms.iter();
        pairs
            .map(|(issue, option)| self.term(issue, option))
            .collect()
    }

    /// An agreement in one line.
    pub(crate) fn terms_line(&self, terms: &Terms) -> String {
        let pairs = self.terms(terms).into_iter();
        let parts: Vec<String> = pairs
            .map(|(issue, option)| format!("{issue}: {option}"))
            .collect();
        parts.join(" · ")
    }

    /// What a number of a schedule of payoffs, exposure or temptation is about, by the last words of its
    /// name; `None` where they are not those of one.
    pub(crate) fn place(&self, words: &[&str]) -> Option<String> {
        match words {
            ["constant"] => Some("any agreement".to_owned()),
            [issue, option] => {
                let (issue, option) = self.term(issue, option);
                Some(format!("“{option}” ({issue})"))
            }
            [meeting] => {
                let pairs = meeting.strip_prefix("interaction(")?.strip_suffix(')')?;
                let options: Option<Vec<String>> = pairs
                    .split(',')
                    .map(|pair| {
                        let (issue, option) = pair.split_once('=')?;
                        Some(format!("“{}”", self.term(issue, option).1))
                    })
                    .collect();
                Some(format!("the joint presence of {}", options?.join(" and ")))
            }
            _ => None,
        }
    }

    /// An issue and one of its options, by name.
    pub(crate) fn term(&self, issue: &str, option: &str) -> (String, String) {
        let found = self.subject.issues.iter().find(|it| it.id == issue);
        let Some(found) = found else {
            return (clean(issue), clean(option));
        };
        let words = found.options.get(option).map_or(option, String::as_str);
        (clean(&found.name), clean(words))
    }
}

/// A leader with the party in brackets, or the party.
fn person(party: &SubjectParty) -> String {
    match &party.leader {
        Some(leader) => format!("{} ({})", clean(leader), clean(&party.name)),
        None => clean(&party.name),
    }
}
