//! Tries every claim of theory and prints the catalogue, as a table or with `--json`:
//! `cargo run -p detente-tests --example claims`, or `cargo xtask claims`.
//!
//! The exit code is 1 if any claim fails.

use std::{
    env,
    error::Error,
    io::{self, BufWriter, Write, stdout},
};

use detente_tests::{Kind, Outcome, Verdict, catalogue};
use serde_json::{Value, json};

/// Columns of the printed catalogue.
const WIDTH: usize = 100;
/// What stands under a claim is set in this far.
const INDENT: usize = 8;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let as_table = match arguments.as_slice() {
        [] => true,
        [flag] if flag == "--json" => false,
        _ => return Err(format!("expected nothing or --json, found {arguments:?}").into()),
    };
    let outcomes = catalogue::outcomes();
    let mut out = BufWriter::new(stdout().lock());
    if as_table {
        table(&outcomes, &mut out)?;
    } else {
        writeln!(out, "{:#}", as_json(&outcomes))?;
    }
    out.flush()?;
    match count(&outcomes, Verdict::Fails) {
        0 => Ok(()),
        failed => Err(format!("{failed} of {} claims fail", outcomes.len()).into()),
    }
}

fn table(outcomes: &[Outcome], out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "{:<7} {:<11} {:<18} {:>6} {:>11}  source",
        "id", "kind", "verdict", "checks", "cases"
    )?;
    writeln!(out, "{}", "─".repeat(WIDTH))?;
    for outcome in outcomes {
        let claim = outcome.claim;
        writeln!(
            out,
            "{:<7} {:<11} {:<18} {:>6} {:>11}  {}",
            claim.id,
            kind(claim.kind),
            verdict(outcome.verdict),
            outcome.checks.len(),
            catalogue::grouped(outcome.cases),
            claim.source
        )?;
        paragraph(claim.statement, "", out)?;
        paragraph(&outcome.checks.join("; "), "tests: ", out)?;
        for failure in &outcome.failures {
            paragraph(failure, "FAILED: ", out)?;
        }
        writeln!(out)?;
    }
    let checks: usize = outcomes.iter().map(|outcome| outcome.checks.len()).sum();
    let tried: u64 = outcomes.iter().map(|outcome| outcome.cases).sum();
    writeln!(
        out,
        "{} claims: {} hold, {} refuted as stated, {} fail; {checks} tests on {} cases",
        outcomes.len(),
        count(outcomes, Verdict::Holds),
        count(outcomes, Verdict::RefutedAsStated),
        count(outcomes, Verdict::Fails),
        catalogue::grouped(tried)
    )
}

/// Writes `text` in lines of at most [`WIDTH`] columns, set in, with `label` before the first.
fn paragraph(text: &str, label: &str, out: &mut impl Write) -> io::Result<()> {
    let mut line = label.to_owned();
    for word in text.split_whitespace() {
        let blank = line.is_empty() || line.ends_with(' ');
        if !blank && INDENT + line.chars().count() + 1 + word.chars().count() > WIDTH {
            writeln!(out, "{:INDENT$}{line}", "")?;
            line.clear();
        } else if !blank {
            line.push(' ');
        }
        line.push_str(word);
    }
    writeln!(out, "{:INDENT$}{line}", "")
}

fn as_json(outcomes: &[Outcome]) -> Value {
    let claims: Vec<Value> = outcomes
        .iter()
        .map(|outcome| {
            json!({
                "id": outcome.claim.id,
                "kind": kind(outcome.claim.kind),
                "statement": outcome.claim.statement,
                "source": outcome.claim.source,
                "tests": outcome.checks,
                "cases": outcome.cases,
                "verdict": verdict(outcome.verdict),
                "failures": outcome.failures,
            })
        })
        .collect();
    json!({
        "claims": claims,
        "totals": {
            "claims": outcomes.len(),
            "holds": count(outcomes, Verdict::Holds),
            "refuted_as_stated": count(outcomes, Verdict::RefutedAsStated),
            "fails": count(outcomes, Verdict::Fails),
            "tests": outcomes.iter().map(|outcome| outcome.checks.len()).sum::<usize>(),
            "cases": outcomes.iter().map(|outcome| outcome.cases).sum::<u64>(),
        },
    })
}

fn count(outcomes: &[Outcome], verdict: Verdict) -> usize {
    outcomes
        .iter()
        .filter(|outcome| outcome.verdict == verdict)
        .count()
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Definition => "definition",
        Kind::Theorem => "theorem",
        Kind::Regularity => "regularity",
        Kind::Hypothesis => "hypothesis",
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Holds => "holds",
        Verdict::RefutedAsStated => "refuted as stated",
        Verdict::Fails => "FAILS",
    }
}
