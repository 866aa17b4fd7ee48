//! The table of right and wrong attributions, in plain text for a referee and as JSON.

use std::io::{self, Write};

use detente::uncertainty::Proportion;
use serde_json::{Value, json};

use super::{
    Attributed, Kind, Method, short,
    tally::{Outcome, Settings, TOLERANCE, share},
};

/// What can be attributed, by the columns of a table.
pub const COLUMNS: [&str; 7] = [
    "conflict",
    "anarchy",
    "distrust",
    "domestic",
    "misread",
    "agreement",
    "several",
];

const LEGEND: &str = "\
Known causes: what an assessment says of worlds that were built to have one cause

Each world is built from the model's formulas: 2 or 3 parties, 1 to 3 issues, each threshold passed or
missed by at least 0.15 of a unit of payoff (deals are worth 0.5 to 2), 0.08 in trust, 0.05 in the
discount factor, 0.05 of a leader's weight on the nation. No world is left out for what an assessment
says of it. A coder then writes each number as a range (low, mode, high) whose mode misses the truth by
error x half-width x a standard normal. At error 0 modes are true; at 1 the truth lies outside one range
in three. Half-widths: payoffs 0.08 units, side issues 0.02, floors 0.05; chances 0.05; discount factors
0.04; exposure, temptation and home fronts 10%; biases 20%.

Rows: why no agreement comes, by construction.
  conflict      every agreement leaves some party worse off than none
  anarchy       all would cheat, and know it; each would sign if it were to honour (a game of chicken)
  distrust      all would honour; on the evidence as it was, some party may not believe it
  domestic      the nations gain; a home front or a ratification floor forbids it
  misread       on the evidence as it was all accept; as some party reads it, it refuses
  broken faith  some party would cheat, trusted by all: they sign (verdict: anarchy; shares: nothing
                kept them from signing, so agreement is right)
  within reach  nothing stands in the way; no bias and no home front is coded
  strong decoys nothing stands in the way; every party has a strong bias and a home front
Columns: what is attributed; 'several' is more than one barrier, more than one way out, or none alone.
Right: the share attributed to its cause, with the 95% interval of Wilson (1927).
";

const PAIRS: &str = "\
Two barriers: 'A and B' must both fall, 'A or B' is a way out each
  verdict      names the one of the two that stops the agreement that comes furthest
  likeliest    the same of the likeliest verdict over draws
  two largest  the two largest mean shares are the pair's
  halves       mean shares over draws are 1/2 each, to within 0.1
  sets         the minimal sets at central values are the pair, or its two barriers
  necessary    necessity over draws is above one half for neither of 'A and B', for each of 'A or B'
  respons.     the two are the most responsible at central values, alike
  margins      the first mean margin not above 0 is at the one that stops the agreement that comes furthest
  shares       mean of the two barriers' mean shares over worlds, in order
";

/// One error of coding and what came of it.
#[derive(Debug, Clone)]
pub struct Block {
    /// ε.
    pub epsilon: f64,
    /// One outcome a world.
    pub outcomes: Vec<Outcome>,
}

impl Block {
    fn of(&self, keep: impl Fn(Kind) -> bool) -> impl Iterator<Item = &Outcome> {
        self.outcomes
            .iter()
            .filter(move |outcome| keep(outcome.kind))
    }

    /// The share of worlds with one cause that a method attributes to it.
    #[must_use]
    pub fn right(&self, method: Method) -> Option<Proportion> {
        let single = |kind| matches!(kind, Kind::Only(_));
        share(self.of(single), |outcome| outcome.is_right(method))
    }

    /// The share of worlds with an agreement within reach for which a method names a barrier.
    #[must_use]
    pub fn false_alarms(&self, method: Method) -> Option<Proportion> {
        share(self.of(Kind::is_reachable), |outcome| {
            !outcome.is_right(method)
        })
    }

    /// How often worlds of a kind are attributed to each of [`COLUMNS`].
    fn counts(&self, kind: Kind, method: Method) -> [u64; 7] {
        let mut counts = [0; 7];
        for outcome in self.of(|it| it == kind) {
            counts[column(&outcome.attributed[method as usize])] += 1;
        }
        counts
    }

    fn pair_mean(&self, kind: Kind) -> Option<[f64; 2]> {
        let shares: Vec<[f64; 2]> = self.of(|it| it == kind).filter_map(|it| it.mean).collect();
        let mean = |place: usize| {
            shares.iter().map(|share| share[place]).sum::<f64>() / shares.len() as f64
        };
        (!shares.is_empty()).then(|| [mean(0), mean(1)])
    }
}

fn column(attributed: &Attributed) -> usize {
    match attributed {
        Attributed::ConflictOfInterest => 0,
        Attributed::Agreement => 5,
        Attributed::Barriers(sets) => match sets.as_slice() {
            [set] if set.len() == 1 => {
                let name = short(set[0]);
                COLUMNS.iter().position(|it| *it == name).unwrap_or(6)
            }
            _ => 6,
        },
    }
}

fn singles() -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter().filter(|kind| kind.pair().is_none())
}

fn pairs() -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter().filter(|kind| kind.pair().is_some())
}

/// Prints every table.
///
/// # Errors
/// As writing does.
pub fn text(settings: Settings, blocks: &[Block], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{LEGEND}")?;
    writeln!(
        out,
        "{} worlds at each error, {} draws each, seed {}\n",
        settings.cases, settings.draws, settings.seed
    )?;
    summary(blocks, out)?;
    for method in Method::ALL {
        for block in blocks {
            confusion(block, method, out)?;
        }
    }
    writeln!(out, "{PAIRS}")?;
    blocks
        .iter()
        .try_for_each(|block| overdetermined(block, out))
}

fn summary(blocks: &[Block], out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "In short                                   error  one cause, attributed to it   false alarms"
    )?;
    for method in Method::ALL {
        for block in blocks {
            writeln!(
                out,
                "  {:<40} {:>5}  {:<30} {}",
                method.name(),
                block.epsilon,
                percent(block.right(method)),
                percent(block.false_alarms(method))
            )?;
        }
    }
    writeln!(out)
}

fn confusion(block: &Block, method: Method, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "By the {}, error {}", method.name(), block.epsilon)?;
    write!(out, "  {:<14}", "")?;
    for name in COLUMNS {
        write!(out, "{name:>10}")?;
    }
    writeln!(out, "   right")?;
    for kind in singles() {
        write!(out, "  {:<14}", kind.name())?;
        for count in block.counts(kind, method) {
            write!(out, "{count:>10}")?;
        }
        let right = share(block.of(|it| it == kind), |it| it.is_right(method));
        writeln!(out, "   {}", percent(right))?;
    }
    writeln!(out)
}

fn overdetermined(block: &Block, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "Two barriers, error {}", block.epsilon)?;
    writeln!(
        out,
        "  {:<24}{:>7}{:>9}{:>11}{:>13}{:>8}{:>7}{:>11}{:>10}{:>9}   shares",
        "",
        "worlds",
        "verdict",
        "likeliest",
        "two largest",
        "halves",
        "sets",
        "necessary",
        "respons.",
        "margins"
    )?;
    for kind in pairs() {
        let of = |holds: &dyn Fn(&Outcome) -> bool| -> String {
            let proportion = share(block.of(|it| it == kind), holds);
            proportion.map_or_else(|| "-".to_owned(), |it| hundredths(it.estimate().get()))
        };
        let right = |method: Method| of(&|outcome| outcome.is_right(method));
        let shares = block.pair_mean(kind).map_or_else(
            || "-".to_owned(),
            |[first, second]| format!("{first:.2} {second:.2}"),
        );
        writeln!(
            out,
            "  {:<24}{:>7}{:>9}{:>11}{:>13}{:>8}{:>7}{:>11}{:>10}{:>9}   {shares}",
            kind.name(),
            block.of(|it| it == kind).count(),
            right(Method::CentralVerdict),
            right(Method::LikeliestVerdict),
            right(Method::LargestShare),
            of(&Outcome::is_halved),
            right(Method::MinimalSets),
            right(Method::Necessity),
            right(Method::Responsibility),
            right(Method::Margins),
        )?;
    }
    writeln!(out)
}

fn hundredths(share: f64) -> String {
    format!("{:.0}%", 100.0 * share)
}

/// A share with its interval: `97.0% [94.1, 98.5]`.
fn percent(share: Option<Proportion>) -> String {
    share.map_or_else(
        || "-".to_owned(),
        |share| {
            let interval = share.wilson_interval();
            format!(
                "{:>5.1}% [{:.1}, {:.1}]",
                100.0 * share.estimate().get(),
                100.0 * interval.low(),
                100.0 * interval.high()
            )
        },
    )
}

/// The same as data.
#[must_use]
pub fn json(settings: Settings, blocks: &[Block]) -> Value {
    json!({
        "cases": settings.cases,
        "draws": settings.draws,
        "seed": settings.seed,
        "tolerance": TOLERANCE,
        "columns": COLUMNS,
        "errors": blocks.iter().map(block_json).collect::<Vec<Value>>(),
    })
}

fn block_json(block: &Block) -> Value {
    let methods = Method::ALL.map(|method| {
        let kind = |kind: Kind| {
            let right = share(block.of(|it| it == kind), |it| it.is_right(method));
            json!({
                "cause": kind.name(),
                "counts": block.counts(kind, method),
                "right": proportion(right),
            })
        };
        json!({
            "method": method.name(),
            "one_cause_right": proportion(block.right(method)),
            "false_alarms": proportion(block.false_alarms(method)),
            "causes": Kind::ALL.map(kind),
        })
    });
    let pairs: Vec<Value> = pairs()
        .map(|kind| {
            json!({
                "cause": kind.name(),
                "halves": proportion(share(block.of(|it| it == kind), Outcome::is_halved)),
                "shares": block.pair_mean(kind),
            })
        })
        .collect();
    json!({ "error": block.epsilon, "methods": methods, "pairs": pairs })
}

fn proportion(share: Option<Proportion>) -> Value {
    share.map_or(Value::Null, |share| {
        let interval = share.wilson_interval();
        json!({
            "estimate": share.estimate().get(),
            "n": share.n(),
            "interval": [interval.low(), interval.high()],
        })
    })
}
