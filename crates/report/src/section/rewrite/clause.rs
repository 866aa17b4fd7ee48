//! One changed number as a clause after "had".

use detente::{
    assessment::{Changes, Edit},
    input_words,
};

use crate::{
    layout::clean,
    names::Names,
    number::{self, exact, value},
};

/// Puts changed numbers into words.
pub(super) struct Clauses<'r> {
    changes: &'r Changes,
    names: Names<'r>,
}

impl<'r> Clauses<'r> {
    pub(super) fn new(changes: &'r Changes, names: Names<'r>) -> Self {
        Self { changes, names }
    }

    /// The clause of a change, without "had". A number whose name is not known stands under its name.
    pub(super) fn of(&self, edit: &Edit) -> String {
        let words = input_words(&edit.input);
        let told = match words.as_slice() {
            ["party", party, rest @ ..] => self.party(party, rest, edit),
            ["act", id, rest @ ..] => self.act(id, rest, edit),
            _ => None,
        };
        told.unwrap_or_else(|| format!("{} been {}", clean(&edit.input), instead(edit)))
    }

    fn party(&self, party: &str, words: &[&str], edit: &Edit) -> Option<String> {
        let name = self.names.party(party);
        let decider = self.names.decider(party);
        Some(match words {
            ["bias", field @ ..] => bias(&decider, field, edit)?,
            ["prior", about, kind] => format!(
                "{name} at the outset thought {} the chance that {} was {}",
                instead(edit),
                self.names.party(about),
                self.kind(about, kind),
            ),
            ["true_type", kind] => format!(
                "{} been the chance that {name} was {}",
                instead(edit),
                self.kind(party, kind)
            ),
            ["detection"] => format!(
                "a breach by {name} been seen with probability {}",
                instead(edit)
            ),
            ["type", kind, field] => self.conduct(party, kind, field, edit)?,
            ["nonagreement"] => format!("no agreement been worth {} to {name}", instead(edit)),
            ["ratification_floor"] => {
                format!("{name} needed a payoff of {} to ratify", instead(edit))
            }
            ["home", field] => home(&decider, field, edit)?,
            ["payoff", place @ ..] => {
                format!(
                    "{} been worth {} to {name}",
                    self.names.place(place)?,
                    instead(edit)
                )
            }
            ["exposure", place @ ..] => format!(
                "{name}, cheated under {}, stood to lose {}",
                self.names.place(place)?,
                instead(edit)
            ),
            ["temptation", place @ ..] => format!(
                "cheating on {} tempted {name} by {}",
                self.names.place(place)?,
                instead(edit)
            ),
            _ => return None,
        })
    }

    fn conduct(&self, party: &str, kind: &str, field: &str, edit: &Edit) -> Option<String> {
        let name = self.names.party(party);
        let kind = self.kind(party, kind);
        Some(match field {
            "patience" => format!(
                "{name}, if {kind}, counted each next period at {} of the one before",
                instead(edit)
            ),
            "temptation_scale" => {
                format!(
                    "{name}, if {kind}, been tempted {} times as much as coded",
                    instead(edit)
                )
            }
            "temptation_shift" => {
                format!(
                    "{name}, if {kind}, been tempted by a further {}",
                    instead(edit)
                )
            }
            "detection" => format!(
                "a breach by {name}, if {kind}, been seen with probability {}",
                instead(edit)
            ),
            _ => return None,
        })
    }

    fn act(&self, id: &str, words: &[&str], edit: &Edit) -> Option<String> {
        let act = self.changes.acts.get(id)?;
        let event = clean(&act.event);
        let event = event.trim_end_matches('.');
        let actor = self.names.party(&act.actor);
        Some(match words {
            ["forced"] => format!(
                "the chance that the situation alone made {actor} act so (“{event}”) been {}",
                instead(edit)
            ),
            ["likelihood", kind] => format!(
                "the chance of “{event}”, were {actor} {}, been {}",
                self.kind(&act.actor, kind),
                instead(edit)
            ),
            ["likelihood_ratio", kind] => format!(
                "the relative chance of “{event}”, were {actor} {}, been {}",
                self.kind(&act.actor, kind),
                instead(edit)
            ),
            _ => return None,
        })
    }

    /// What a party was, if of this type.
    fn kind(&self, party: &str, id: &str) -> String {
        format!("of the type “{}”", self.names.kind(party, id))
    }
}

/// "0.4 instead of 0.15".
fn instead(edit: &Edit) -> String {
    format!("{} instead of {}", exact(edit.to), value(edit.from))
}

/// "40% of the weight … instead of 15%".
fn share(edit: &Edit, of: &str) -> String {
    format!(
        "{} of {of} instead of {}",
        number::exact_share(edit.to),
        number::share(edit.from)
    )
}

fn bias(decider: &str, field: &[&str], edit: &Edit) -> Option<String> {
    Some(match field {
        ["evidence_weight"] => {
            format!(
                "{decider} given the evidence {}",
                share(edit, "the weight it warranted")
            )
        }
        ["prior_weight"] => format!(
            "{decider} given earlier beliefs {}",
            share(edit, "the weight they were due")
        ),
        ["situational", tone @ ("cooperative" | "hostile")] => format!(
            "{decider} allowed, in {tone} acts of others, for {}",
            share(edit, "what the situation forced")
        ),
        _ => return None,
    })
}

fn home(decider: &str, field: &str, edit: &Edit) -> Option<String> {
    Some(match field {
        "national_weight" => format!("{decider} weighed the nation's payoff by {}", instead(edit)),
        "office_stake" => format!("office been worth {} to {decider}", instead(edit)),
        "support" => format!(
            "a payoff for the nation brought {decider} support at a rate of {}",
            instead(edit)
        ),
        "threat" => format!(
            "a hostile adversary brought {decider} support of {}",
            instead(edit)
        ),
        "baseline" => format!("{decider} started from a support of {}", instead(edit)),
        "audience_hostility" => format!(
            "the audience of {decider} thought {} the chance that the other side was hostile",
            instead(edit)
        ),
        _ => return None,
    })
}
