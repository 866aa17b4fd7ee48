//! How an observer answers the best agreement, and which level of its biases would have turned the answer.

use detente_perception::{Mechanism, PerceptionError, flip, possible_beliefs};
use detente_reputation::{Act, Reader, Seen as What, Warranted};

use super::{
    Added, AnswerReport, BeliefOptions, FlipRow, LedgerRow, Misread,
    ledger::is_plain,
    record::{Question, Watch},
    view::{Reading, trust},
};
use crate::DetenteError;

/// The most readings of acts that the search for a turning may take.
const MOST_WORK: usize = 20_000_000;
/// How often a search asks for an answer, with two turnings closed in on.
const ASKED: usize = 500;
/// The share of the ways of misreading that lie beyond either end of what is shown.
const TAIL: f64 = 0.05;

/// What each mechanism added over all acts.
pub(super) fn added(ledger: &[LedgerRow]) -> Option<Vec<Added>> {
    let mut sums: Vec<Added> = Vec::new();
    for row in ledger {
        for added in row.read.as_ref()?.added.as_ref()? {
            match sums.iter_mut().find(|it| it.mechanism == added.mechanism) {
                Some(sum) => sum.decibels += added.decibels,
                None => sums.push(added.clone()),
            }
        }
    }
    // What earlier bias carried on is no mechanism and comes last.
    let place = |it: &Added| {
        Mechanism::ALL
            .iter()
            .position(|one| one.name() == it.mechanism)
    };
    sums.sort_by_key(|it| place(it).unwrap_or(usize::MAX));
    Some(sums)
}

/// An observer that was asked, and all that it knows of the others.
pub(super) struct Observer<'r> {
    /// The records of all parties that it watches, with how many of the acts it had come to know.
    pub(super) watched: Vec<(Reading<'r>, usize)>,
}

impl Observer<'_> {
    /// Trust in all others at once, as `reader` reads what they did.
    fn trust<R: Reader>(&self, reader: &R) -> Result<f64, DetenteError> {
        let mut product = 1.0;
        for (reading, known) in &self.watched {
            let timeline = reading.timeline(*known, reader)?;
            let last = timeline.readings().last().map(|it| it.filtered.belief());
            let belief = last.unwrap_or_else(|| reading.engine.prior());
            let honours = reading
                .watch()
                .asked
                .as_ref()
                .map(|it| it.honours.as_slice());
            let honours = honours.unwrap_or_default();
            let honours = |place: usize| honours.get(place).copied().unwrap_or_default();
            product *= belief.probability_that(honours).get();
        }
        Ok(product)
    }

    /// Its answer, where it has a bias and was asked.
    pub(super) fn answer(&self, watch: &Watch) -> Result<Option<AnswerReport>, DetenteError> {
        let (Some(question), Some(bias)) = (&watch.asked, &watch.bias) else {
            return Ok(None);
        };
        let accepts = |trust: f64| accepts(watch, question, trust);
        let acts: usize = self.watched.iter().map(|(_, known)| known).sum();
        let readings = watch.coded.len().saturating_mul(ASKED).saturating_mul(acts);
        let flips = watch.coded.iter().map(|&parameter| {
            let found = flip(bias, parameter, |profile| {
                Ok::<_, Refused>(accepts(self.trust(profile)?)?)
            })?;
            Ok(FlipRow {
                parameter: parameter.name(),
                value: found.value,
                turns_at: found.turning.map(|it| it.turns_at),
                turned: found.turned(),
                lowest: found.lowest,
                highest: found.highest,
            })
        });
        let flips = match readings <= MOST_WORK {
            true => Some(
                flips
                    .collect::<Result<_, Refused>>()
                    .map_err(|it| it.named(watch))?,
            ),
            false => None,
        };
        Ok(Some(AnswerReport {
            warranted: accepts(self.trust(&Warranted)?)?,
            held: accepts(self.trust(bias)?)?,
            flips,
        }))
    }
}

fn accepts(watch: &Watch, question: &Question, trust: f64) -> Result<bool, DetenteError> {
    let answer = question.decision.accepts(trust);
    answer.map_err(|source| DetenteError::Legitimacy {
        party: watch.observer.id.clone(),
        source,
    })
}

/// Why a level of a bias could not be tried.
enum Refused {
    Run(DetenteError),
    Level(PerceptionError),
}

impl From<DetenteError> for Refused {
    fn from(source: DetenteError) -> Self {
        Self::Run(source)
    }
}

impl From<PerceptionError> for Refused {
    fn from(source: PerceptionError) -> Self {
        Self::Level(source)
    }
}

impl Refused {
    fn named(self, watch: &Watch) -> DetenteError {
        match self {
            Self::Run(source) => source,
            Self::Level(source) => DetenteError::Perception {
                party: watch.observer.id.clone(),
                source,
            },
        }
    }
}

/// Where trust may have ended, over the ways of misreading the record.
pub(super) fn misread(
    watch: &Watch,
    reading: &Reading<'_>,
    options: &BeliefOptions,
    known: usize,
    is_alone: bool,
) -> Result<Option<Misread>, DetenteError> {
    let bias = watch
        .bias
        .as_ref()
        .filter(|it| it.uses(Mechanism::Expectation));
    let Some(bias) = bias.filter(|_| is_plain(options)) else {
        return Ok(None);
    };
    let acts: Vec<&Act> = { reading.acts.iter().take(known) }
        .filter_map(|it| match &it.seen {
            What::Act(act) => Some(act),
            What::Symbol(_) => None,
        })
        .collect();
    let possible = match possible_beliefs(reading.engine.prior(), acts, bias) {
        Ok(possible) => possible,
        Err(PerceptionError::TooMany { .. }) => return Ok(None),
        Err(source) => return Err(Refused::Level(source).named(watch)),
    };
    let mut ends: Vec<(f64, f64)> = { possible.iter() }
        .map(|it| (trust(watch, &it.belief), it.probability.get()))
        .collect();
    ends.sort_by(|one, other| one.0.total_cmp(&other.0));
    let question = watch.asked.as_ref().filter(|_| is_alone);
    let mut chance = question.map(|_| 0.0);
    for (it, question) in possible.iter().zip(std::iter::repeat(question)) {
        let Some(question) = question else { break };
        let honours = |place: usize| question.honours.get(place).copied().unwrap_or_default();
        let held = it.belief.probability_that(honours).get();
        if accepts(watch, question, held)? {
            chance = chance.map(|sum| sum + it.probability.get());
        }
    }
    Ok(Some(Misread {
        low: quantile(&ends, TAIL),
        high: quantile(&ends, 1.0 - TAIL),
        accepts: chance.map(|sum| sum.min(1.0)),
    }))
}

/// The least value at or below which this share of the probability lies.
fn quantile(ends: &[(f64, f64)], share: f64) -> f64 {
    let mut below = 0.0;
    for (value, probability) in ends {
        below += probability;
        if below >= share - 1e-12 {
            return *value;
        }
    }
    ends.last().map_or(f64::NAN, |end| end.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_the_first_value_that_holds_the_share() {
        let ends = [(0.1, 0.05), (0.4, 0.5), (0.8, 0.45)];
        assert!((quantile(&ends, 0.05) - 0.1).abs() < 1e-15);
        assert!((quantile(&ends, 0.06) - 0.4).abs() < 1e-15);
        assert!((quantile(&ends, 0.95) - 0.8).abs() < 1e-15);
    }
}
