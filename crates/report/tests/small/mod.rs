//! Small cases, one number away from one another.
#![allow(dead_code, reason = "each test binary uses a part")]

use detente::{Assessment, Case, Options, assess, decode::Source};

/// A deal between East and West that both want, would keep and trust each other with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Small {
    /// What history shows.
    pub(crate) outcome: &'static str,
    /// East's payoff from the deal, as the case writes numbers.
    pub(crate) gain: &'static str,
    /// Loss of either if cheated.
    pub(crate) exposure: &'static str,
    /// What West really is.
    pub(crate) west: &'static str,
    /// Each side's prior that the other keeps its word.
    pub(crate) prior: &'static str,
    /// More keys of East, such as a floor.
    pub(crate) east: &'static str,
    /// More tables, such as biases and acts.
    pub(crate) more: &'static str,
}

impl Default for Small {
    fn default() -> Self {
        Self {
            outcome: "agreement",
            gain: "2",
            exposure: "1",
            west: "keeps",
            prior: "0.8",
            east: "",
            more: "",
        }
    }
}

impl Small {
    /// The case file.
    #[must_use]
    pub(crate) fn text(&self) -> String {
        let Self { outcome, more, .. } = self;
        format!(
            "format = 1
[case]
id = 'small'
title = 'A small case'
decided = 2000-06-30
outcome = '{outcome}'
[issue.deal]
name = 'The deal'
option.no = 'No deal'
option.yes = 'A deal'
{}{}{more}",
            self.party("east", "East", "west", self.gain, "keeps", self.east),
            self.party("west", "West", "east", "2", self.west, ""),
        )
    }

    fn party(
        &self,
        id: &str,
        name: &str,
        other: &str,
        gain: &str,
        truly: &str,
        keys: &str,
    ) -> String {
        let Self {
            exposure, prior, ..
        } = self;
        format!(
            "[party.{id}]
name = '{name}'
nonagreement = 0
detection = 0.9
true_type = '{truly}'
{keys}
[party.{id}.payoff]
deal = {{ no = 0, yes = {gain} }}
[party.{id}.exposure]
deal = {{ no = 0, yes = {exposure} }}
[party.{id}.temptation]
deal = {{ no = 0, yes = 1 }}
[party.{id}.type.keeps]
patience = 0.9
[party.{id}.type.cheats]
patience = 0.1
temptation_scale = 3
[party.{id}.prior.{other}]
keeps = {prior}
"
        )
    }

    /// The assessment, with a fixed seed.
    #[must_use]
    pub(crate) fn assess(&self, draws: usize) -> Assessment {
        from_text(&self.text(), draws)
    }
}

/// The assessment of a case file, with a fixed seed.
#[must_use]
#[track_caller]
pub(crate) fn from_text(text: &str, draws: usize) -> Assessment {
    let case = Case::read(&Source::new("small.toml", text)).unwrap_or_else(|it| panic!("{it}"));
    let options = Options {
        draws,
        seed: 7,
        ..Options::default()
    };
    assess(&case, &options).unwrap()
}

/// Three parties, each with a belief about each other.
#[must_use]
pub(crate) fn three() -> String {
    let mut text = "format = 1
[case]
id = 'three'
title = 'Three at a table'
decided = 2000-06-30
outcome = 'nonagreement'
[issue.deal]
name = 'The deal'
option.no = 'No deal'
option.yes = 'A deal'
"
    .to_owned();
    let ids = ["north", "south", "east"];
    for id in ids {
        text += &format!(
            "[party.{id}]
name = '{id}'
nonagreement = 0
detection = 0.9
true_type = 'keeps'
payoff.deal = {{ no = 0, yes = 2 }}
exposure.deal = {{ no = 0, yes = {{ low = 1, mode = 3, high = 5 }} }}
temptation.deal = {{ no = 0, yes = 1 }}
type.keeps.patience = 0.9
type.cheats = {{ patience = 0.1, temptation_scale = 3 }}
"
        );
        for other in ids.iter().filter(|other| **other != id) {
            text += &format!("prior.{other}.keeps = 0.7\n");
        }
    }
    text
}

/// An act of West that warrants trust, and an East that takes every act for a trick.
pub(crate) const TRICK: &str = "
[party.east.bias]
bad_faith = true
[[act]]
id = 'opening'
date = 2000-01-02
actor = 'west'
tone = 'cooperative'
event = 'West opens its archives'
forced = 0
likelihood = { keeps = 0.9, cheats = 0.1 }
";
