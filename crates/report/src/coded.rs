//! The numbers of a case in words, as figures and tables name them.

use std::collections::BTreeMap;

use detente::{Assessment, input_words};

use crate::{layout::clean, names::Names};

/// Puts the names of numbers into words: a phrase that can stand in a sentence, for every name that a case
/// gives to a number.
#[derive(Debug, Clone)]
pub(crate) struct Coded<'a> {
    names: Names<'a>,
    /// By id of an act that some observer knew: who did it, and what was done.
    acts: BTreeMap<&'a str, (&'a str, &'a str)>,
}

impl<'a> Coded<'a> {
    pub(crate) fn of(assessment: &'a Assessment) -> Self {
        let mut acts = BTreeMap::new();
        for series in &assessment.beliefs {
            for point in &series.points {
                if let (Some(id), Some(event)) = (&point.act, &point.event) {
                    acts.insert(id.as_str(), (series.about.as_str(), event.as_str()));
                }
            }
        }
        Self {
            names: Names::of(&assessment.subject),
            acts,
        }
    }

    /// What a number is; numbers that are judged together, joined by `+` in their name, one after the
    /// other. A name that is not known stands as it is. O(letters).
    pub(crate) fn phrase(&self, name: &str) -> String {
        let parts = name.split(" + ").map(|name| self.one(name));
        parts.collect::<Vec<_>>().join(" + ")
    }

    /// A type of the party that a number is about, by its name.
    pub(crate) fn kind(&self, number: &str, kind: &str) -> String {
        match input_words(number).as_slice() {
            ["party", party, ..] => format!("“{}”", self.names.kind(party, kind)),
            _ => clean(kind),
        }
    }

    fn one(&self, name: &str) -> String {
        let words = input_words(name);
        let told = match words.as_slice() {
            ["party", party, rest @ ..] => self.party(party, rest),
            ["act", id, rest @ ..] => self.act(id, rest),
            _ => None,
        };
        told.unwrap_or_else(|| clean(name))
    }

    fn party(&self, party: &str, words: &[&str]) -> Option<String> {
        let name = self.names.party(party);
        let decider = self.names.decider(party);
        let place = |words: &[&str]| self.names.place(words);
        Some(match words {
            ["bias", field @ ..] => bias(&decider, field)?,
            ["prior", about, kind] => format!(
                "first belief of {name} that {} is “{}”",
                self.names.party(about),
                self.names.kind(about, kind)
            ),
            ["true_type"] => format!("which type {name} really was"),
            ["true_type", kind] => {
                format!(
                    "chance that {name} really was “{}”",
                    self.names.kind(party, kind)
                )
            }
            ["detection"] => format!("chance that a breach by {name} is seen"),
            ["type", kind, field] => self.conduct(party, kind, field)?,
            ["nonagreement"] => format!("worth of no agreement to {name}"),
            ["ratification_floor"] => format!("least payoff that {name} would ratify"),
            ["home", "messages", ..] => return None,
            ["home", field] => home(&decider, field)?,
            ["payoff", rest @ ..] => format!("worth to {name} of {}", place(rest)?),
            ["exposure", rest @ ..] => format!("loss of {name} if cheated under {}", place(rest)?),
            ["temptation", rest @ ..] => {
                format!("temptation of {name} to cheat on {}", place(rest)?)
            }
            _ => return None,
        })
    }

    fn conduct(&self, party: &str, kind: &str, field: &str) -> Option<String> {
        let name = self.names.party(party);
        let what = match field {
            "patience" => format!("patience of {name}"),
            "temptation_scale" => format!("factor on the temptation of {name}"),
            "temptation_shift" => format!("further temptation of {name}"),
            "detection" => format!("chance that a breach by {name} is seen"),
            _ => return None,
        };
        Some(format!("{what}, if “{}”", self.names.kind(party, kind)))
    }

    fn act(&self, id: &str, words: &[&str]) -> Option<String> {
        let (actor, event) = self.acts.get(id)?;
        let event = clean(event);
        let event = event.trim_end_matches('.');
        let kind = |kind: &str| {
            let name = self.names.party(actor);
            format!("if {name} is “{}”", self.names.kind(actor, kind))
        };
        Some(match words {
            ["forced"] => format!("how far the situation forced “{event}”"),
            ["likelihood", of] => format!("chance of “{event}”, {}", kind(of)),
            ["likelihood_ratio", of] => format!("relative chance of “{event}”, {}", kind(of)),
            _ => return None,
        })
    }
}

fn bias(decider: &str, field: &[&str]) -> Option<String> {
    Some(match field {
        ["evidence_weight"] => format!("weight {decider} gave the evidence"),
        ["prior_weight"] => format!("weight {decider} gave earlier beliefs"),
        ["situational", tone] => {
            format!("how far {decider} allowed for the situation in {tone} acts")
        }
        _ => return None,
    })
}

fn home(decider: &str, field: &str) -> Option<String> {
    let what = match field {
        "national_weight" => "weight of the nation's payoff",
        "office_stake" => "worth of office",
        "support" => "support that a payoff brings",
        "threat" => "support that an enemy brings",
        "baseline" => "support to begin with",
        "audience_hostility" => "hostility of the other side as the audience sees it",
        _ => return None,
    };
    Some(format!("{what}, for {decider}"))
}
