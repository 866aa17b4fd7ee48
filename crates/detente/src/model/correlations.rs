//! Numbers that go together: names resolved, pairs checked against one another.

use std::collections::{BTreeMap, BTreeSet};

use detente_uncertainty::{RankCorrelations, UncertaintyError};

use super::{
    Compiler,
    names::{HINTS, listed},
};
use crate::{
    case::Correlation,
    decode::{Code, Fault, Path, Segment, nearest, quoted},
};

/// Uncertain numbers that go together, some pair naming each of them.
#[derive(Debug, Clone)]
pub(crate) struct Correlations {
    /// Positions of the inputs, in the order of their names.
    pub(crate) inputs: Vec<usize>,
    /// Their correlations, by place in that list, so that no order of the file matters.
    pub(crate) ranks: RankCorrelations,
}

impl Correlations {
    /// The same among the inputs that `keep` names, by position; `None` where no pair is left.
    ///
    /// Cost: O(n + k³) for groups of k.
    pub(crate) fn among(
        &self,
        keep: impl Fn(usize) -> bool,
    ) -> Result<Option<Self>, UncertaintyError> {
        let kept: Vec<usize> = (0..self.inputs.len())
            .filter(|&place| keep(self.inputs[place]))
            .collect();
        let place = |old: usize| kept.binary_search(&old).ok();
        let pairs: Vec<(usize, usize, f64)> = self
            .ranks
            .pairs()
            .iter()
            .filter_map(|&(one, other, rank)| Some((place(one)?, place(other)?, rank)))
            .collect();
        if pairs.is_empty() {
            return Ok(None);
        }
        Ok(Some(Self {
            inputs: kept.iter().map(|&place| self.inputs[place]).collect(),
            ranks: RankCorrelations::new(kept.len(), &pairs)?,
        }))
    }
}

/// A pair of which both names and the rank are sound.
struct Pair {
    row: usize,
    inputs: [usize; 2],
    rank: f64,
}

impl Compiler<'_> {
    /// The correlations of the case; `None` where it has none, or only faulty ones. Every number of
    /// the case must be known by now.
    pub(super) fn correlations(&mut self) -> Option<Correlations> {
        let case = self.case;
        let numbers = self.numbers();
        let hidden = self.hidden();
        let mut pairs: Vec<Pair> = Vec::with_capacity(case.correlations.len());
        let mut seen: BTreeMap<[usize; 2], usize> = BTreeMap::new();
        for (row, correlation) in case.correlations.iter().enumerate() {
            let path = Path::root().key("correlation").index(row);
            let rank = self.rank(correlation, &path);
            let found = self.pair(correlation, &numbers, &hidden, &path);
            let Some((rank, mut inputs)) = rank.zip(found) else {
                continue;
            };
            inputs.sort_unstable();
            if let Some(first) = seen.insert(inputs, row) {
                self.pair_twice(correlation, first, &path);
                continue;
            }
            pairs.push(Pair { row, inputs, rank });
        }
        if pairs.is_empty() || pairs.len() < case.correlations.len() {
            return None;
        }
        self.together(&pairs)
    }

    /// Every number by its name: its position, and whether it is uncertain.
    fn numbers(&self) -> BTreeMap<String, (usize, bool)> {
        let inputs = self.inputs.all().iter().enumerate();
        inputs
            .map(|(idx, input)| (input.name.clone(), (idx, !input.value.is_exact())))
            .collect()
    }

    /// Tables that have faults: a number that is missing there may be missing because of one.
    fn hidden(&self) -> BTreeSet<Path> {
        let tables = self.faults.iter().map(|fault| table(fault.path.segments()));
        tables.flatten().collect()
    }

    fn rank(&mut self, correlation: &Correlation, path: &Path) -> Option<f64> {
        let rank = correlation.rank;
        if -1.0 < rank && rank < 1.0 {
            return Some(rank);
        }
        let expected = "expected a number strictly between -1 and 1";
        let message = format!("{expected}, found {rank}");
        let fault = Fault::new(Code::OutOfRange, path.key("rank"), message).with_label(expected);
        let help = match rank.abs() {
            1.0..=1.0 => {
                "numbers that always move as one are written with a rank close to it, such as 0.99"
            }
            _ => "a rank correlation of 0.5 is strong, 0.9 is very strong",
        };
        self.faults.push(fault.with_help(help));
        None
    }

    fn pair(
        &mut self,
        correlation: &Correlation,
        numbers: &BTreeMap<String, (usize, bool)>,
        hidden: &BTreeSet<Path>,
        path: &Path,
    ) -> Option<[usize; 2]> {
        let path = path.key("between");
        let [first, second] = &correlation.between;
        let found = [(0, first), (1, second)].map(|(place, name)| {
            let path = path.index(place);
            match numbers.get(name) {
                Some(&(idx, true)) => Some(idx),
                Some(&(_, false)) => {
                    self.faults.push(exact(name, path));
                    None
                }
                None => {
                    let fault = self.unknown_number(name, numbers, hidden, path);
                    self.faults.extend(fault);
                    None
                }
            }
        });
        if first == second {
            let message = format!("{} is paired with itself", quoted(first));
            let fault = Fault::new(Code::Contradiction, path.index(1), message);
            self.faults
                .push(fault.with_label("expected another number"));
            return None;
        }
        Some([found[0]?, found[1]?])
    }

    /// The fault of a name that no number bears; none where a fault may be why.
    fn unknown_number(
        &self,
        given: &str,
        numbers: &BTreeMap<String, (usize, bool)>,
        hidden: &BTreeSet<Path>,
        path: Path,
    ) -> Option<Fault> {
        let words = given.split('.').map(|word| Segment::Key(word.to_owned()));
        let stands_in = table(&words.collect::<Vec<_>>());
        if stands_in.is_some_and(|table| hidden.contains(&table) || !self.written.is_whole(&table))
        {
            return None;
        }
        let message = format!("unknown number {}", quoted(given));
        let fault = Fault::new(Code::UnknownName, path, message)
            .with_label("expected the name of an uncertain number");
        let party = given.strip_suffix(".true_type").is_some();
        if party {
            return Some(fault.with_help(
                "which type a party was is no number and has no rank; the probability of a type may have one",
            ));
        }
        let near = || {
            let uncertain = numbers.iter().filter(|(_, (_, uncertain))| *uncertain);
            nearest(given, uncertain.map(|(name, _)| name.as_str()))
        };
        let near = if self.faults.len() < HINTS {
            near()
        } else {
            None
        };
        Some(
            fault.with_help(match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`detente sensitivity` prints the names of uncertain numbers, such as \
                     `party.west.payoff.arms.half`"
                    .to_owned(),
            }),
        )
    }

    fn pair_twice(&mut self, correlation: &Correlation, first: usize, path: &Path) {
        let place = Path::root().key("correlation").index(first);
        let label = match self.written.line(&place.key("between")) {
            Some(line) => format!("given in line {line} already"),
            None => format!("given by {place} already"),
        };
        let [one, other] = &correlation.between;
        let message = format!("{} and {} are paired twice", quoted(one), quoted(other));
        let fault = Fault::new(Code::Duplicate, path.key("between"), message);
        self.faults
            .push(fault.with_label(label).with_help("keep one of them"));
    }

    /// All pairs at once, unless they contradict each other.
    fn together(&mut self, pairs: &[Pair]) -> Option<Correlations> {
        let mut inputs: Vec<usize> = pairs.iter().flat_map(|pair| pair.inputs).collect();
        inputs.sort_unstable_by(|&left, &right| self.name(left).cmp(self.name(right)));
        inputs.dedup();
        let places: BTreeMap<usize, usize> = inputs.iter().copied().zip(0..).collect();
        let place = |input: usize| places.get(&input).copied().unwrap_or_default();
        let triple = |pair: &Pair| (place(pair.inputs[0]), place(pair.inputs[1]), pair.rank);
        let triples: Vec<(usize, usize, f64)> = pairs.iter().map(triple).collect();
        match RankCorrelations::new(inputs.len(), &triples) {
            Ok(ranks) => Some(Correlations { inputs, ranks }),
            Err(error) => {
                let fault = self.impossible_ranks(&error, &inputs, pairs, &triples);
                self.faults.push(fault);
                None
            }
        }
    }

    /// The fault of correlations that cannot hold together, at the last of them.
    fn impossible_ranks(
        &self,
        error: &UncertaintyError,
        inputs: &[usize],
        pairs: &[Pair],
        triples: &[(usize, usize, f64)],
    ) -> Fault {
        let UncertaintyError::NotPositiveDefinite { pairs: group, .. } = error else {
            let path = Path::root().key("correlation");
            return Fault::new(Code::OutOfRange, path, error.to_string());
        };
        let last = triples.iter().rposition(|triple| group.contains(triple));
        let row = last.map_or(0, |last| pairs[last].row);
        let members: BTreeSet<usize> = group
            .iter()
            .flat_map(|&(one, other, _)| [one, other])
            .collect();
        let names: Vec<&str> = members
            .iter()
            .map(|&place| self.name(inputs[place]))
            .collect();
        let message = format!(
            "the rank correlations between {} contradict each other",
            listed(&names)
        );
        let path = Path::root().key("correlation").index(row).key("rank");
        Fault::new(Code::Contradiction, path, message)
            .with_label("expected correlations that can hold together")
            .with_help(
                "a pair that is not given counts as 0: where two numbers both go with a third, give \
                 their own correlation too",
            )
    }

    fn name(&self, input: usize) -> &str {
        let inputs = self.inputs.all();
        inputs.get(input).map_or("", |input| &input.name)
    }
}

/// The fault of a number that has no spread.
fn exact(name: &str, path: Path) -> Fault {
    let message = format!("{} is exact", quoted(name));
    Fault::new(Code::Contradiction, path, message)
        .with_label("expected an uncertain number: what does not vary goes with nothing")
        .with_help("code the number as low, mode and high, or remove the correlation")
}

/// The table that a number or fault belongs to: a party's, or the list of acts.
fn table(segments: &[Segment]) -> Option<Path> {
    match segments {
        [Segment::Key(act), ..] if act == "act" => Some(Path::root().key("act")),
        [Segment::Key(party), Segment::Key(id), ..] if party == "party" => {
            Some(Path::root().key("party").key(id))
        }
        _ => None,
    }
}
