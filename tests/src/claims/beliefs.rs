//! Reputation (R-…): classical models as settings of one engine, witnesses, and the ledger.

use detente::{
    quantity::{Date, Probability},
    reputation::{
        Act, Belief, BetaReputation, Drift, Engine, Evidence, SameDay, Settings, Sighting, Tone,
        Transition,
    },
};
use proptest::prelude::*;

use crate::{
    Claim,
    Kind::{Definition, Regularity, Theorem},
};

mod grades;
mod particles;
mod runs;
mod tracing;
mod types;
mod witnesses;

/// The claims of this chapter.
pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "R-02",
        kind: Definition,
        source: "Jøsang & Haller 2007, Dirichlet reputation systems",
        statement: "Graded acts make a Dirichlet distribution with shares (R+C·a)/(C+ΣR); with two \
                    grades it is the beta reputation.",
        check: grades::dirichlet,
    },
    Claim {
        id: "R-03",
        kind: Definition,
        source: "Teacy, Patel, Jennings & Luck 2006, TRAVOS",
        statement: "Confidence is the mass of the record near its mean; a witness's opinion counts as \
                    far as its kind has proved right, and never for more than it claims.",
        check: witnesses::travos,
    },
    Claim {
        id: "R-04",
        kind: Theorem,
        source: "Jøsang 2001, 2002, 2016, subjective logic",
        statement: "Cumulative fusion adds up acts; discounting by belief is beta discounting, and by \
                    projected probability it is not; neither tells a known liar from silence, which \
                    inference from the liar's reports does.",
        check: witnesses::subjective_logic,
    },
    Claim {
        id: "R-05",
        kind: Theorem,
        source: "Hamilton 1989; hidden Markov models",
        statement: "The filter that carries beliefs by the transition and multiplies by likelihoods is \
                    exact over all paths of types, and later acts never change what it gave earlier.",
        check: types::filter,
    },
    Claim {
        id: "R-06",
        kind: Theorem,
        source: "Adams & MacKay 2007, Bayesian online changepoint detection",
        statement: "Weighing runs by growth and change is exact over all ways of cutting a record \
                    into runs.",
        check: runs::change_points,
    },
    Claim {
        id: "R-07",
        kind: Regularity,
        source: "Gordon, Salmond & Smith 1993, bootstrap filter",
        statement: "A particle filter's error to the exact filter falls as one over the square root \
                    of the number of particles.",
        check: particles::error,
    },
    Claim {
        id: "R-09",
        kind: Theorem,
        source: "Good 1950; Fairfield & Charman 2017; Humphreys & Jacobs 2015",
        statement: "Weights of evidence in decibels add up to the log-odds, and causal types are types \
                    like others: a clue on the path raises, its absence excludes, the path.",
        check: tracing::ledger,
    },
];

fn chance(value: f64) -> Probability {
    Probability::saturating(value)
}

fn refused(error: impl std::error::Error) -> TestCaseError {
    TestCaseError::fail(error.to_string())
}

/// A reference number, or NaN (which is close to nothing) if it could not be computed.
fn number(computed: Result<f64, TestCaseError>) -> f64 {
    computed.unwrap_or(f64::NAN)
}

fn counts(good: f64, bad: f64) -> Result<BetaReputation, TestCaseError> {
    BetaReputation::from_counts(good, bad).map_err(refused)
}

/// The day so many days after the first of the record.
fn day(number: usize) -> Date {
    let first = Date::constant(1955, 5, 1);
    (0..number).fold(first, |day, _| day.tomorrow().unwrap_or(day))
}

/// Acts by types that cooperate with chance 0.9 and 0.4, one a day.
fn record(cooperative: &[bool]) -> Result<Vec<Sighting>, TestCaseError> {
    let act = |good: &bool| {
        let (tone, chances) = if *good {
            (Tone::Cooperative, [0.9, 0.4])
        } else {
            (Tone::Hostile, [0.1, 0.6])
        };
        let chances = chances.map(chance).to_vec();
        Evidence::likelihoods(chances, Probability::ZERO).map(|it| Act::new(tone, it))
    };
    let mut acts = Vec::new();
    let mut date = day(0);
    for good in cooperative {
        acts.push(Sighting::act(date, act(good).map_err(refused)?));
        date = date.tomorrow().map_err(refused)?;
    }
    Ok(acts)
}

/// Two types, as likely as each other, that turn into one another with this chance between acts.
fn switching(by: f64) -> Result<Engine, TestCaseError> {
    let step = Transition::switching(2, chance(by)).map_err(refused)?;
    let settings = Settings {
        drift: Some(Drift::PerReading(step)),
        same_day: SameDay::InOrder,
        ..Settings::default()
    };
    let even = Belief::binary(Probability::HALF).map_err(refused)?;
    Engine::new(even, settings).map_err(refused)
}
