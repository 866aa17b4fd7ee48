//! Other tools on the same instances, side by side: `cargo xtask bench-peers`. What they need is
//! installed into an environment of its own under `target/`, so that nothing else changes.

use std::{
    collections::BTreeMap,
    env,
    error::Error,
    io::{Write as _, stderr, stdout},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::step::Step;

const OURS: &str = "run --quiet --release --package detente-tests --example peers";

/// The versions whose figures the benches quote.
const PEERS: [&str; 3] = ["negmas==0.16.0", "moocore==0.3.2", "paretoset==1.2.5"];

/// Times the peers, then ourselves, and prints ratios; says so and does nothing where Python or the
/// network is not to be had.
pub(crate) fn run() -> Result<(), Box<dyn Error>> {
    let Some(python) = environment() else {
        return Ok(());
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/bench.py");
    let output = Command::new(python)
        .arg(script)
        .stderr(Stdio::inherit())
        .output()?;
    let theirs = String::from_utf8(output.stdout)?;
    let ours = Step::new("peers", OURS).output()?;
    Ok(stdout().write_all(compared(&theirs, &ours).as_bytes())?)
}

/// The interpreter of an environment that has the peers, made if need be.
fn environment() -> Option<PathBuf> {
    let target =
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    let folder = target.join("peers");
    let python = folder.join("bin/python");
    if !python.exists() && !succeeds(Command::new("python3").args(["-m", "venv"]).arg(&folder)) {
        skip("python3 with its venv module is not to be had");
        return None;
    }
    let pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ];
    for peer in PEERS {
        if !succeeds(Command::new(&python).args(pip).arg(peer)) {
            skip(&format!(
                "{peer} could not be installed: no network, or not for this Python"
            ));
        }
    }
    Some(python)
}

fn succeeds(command: &mut Command) -> bool {
    command.status().is_ok_and(|status| status.success())
}

/// Nothing is passed over in silence.
fn skip(why: &str) {
    // There is nobody to tell where standard error is closed.
    let _ = writeln!(stderr(), "skipped: {why}");
}

/// A table of the peers' CPU seconds over ours: from a list of payoffs as they have it, and issue by
/// issue as they cannot.
fn compared(theirs: &str, ours: &str) -> String {
    let own: BTreeMap<&str, Vec<&str>> = ours
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(job, rest)| (job, rest.split('\t').collect()))
        .collect();
    let mut text =
        "job | peer | their CPU s | our s from the list | ratio | our s by issue | ratio\n"
            .to_owned();
    for line in theirs.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let row = match cells[..] {
            [job, peer, seconds, found] => own
                .get(job)
                .and_then(|own| row(job, peer, seconds, found, own)),
            _ => None,
        };
        text.push_str(&row.unwrap_or_else(|| line.to_owned()));
        text.push('\n');
    }
    text
}

fn row(job: &str, peer: &str, seconds: &str, found: &str, own: &[&str]) -> Option<String> {
    let [listed, unlisted, count] = own else {
        return None;
    };
    let times = |own: &str| Some(seconds.parse::<f64>().ok()? / own.parse::<f64>().ok()?);
    let note = match found == *count {
        true => String::new(),
        false => format!(" | finds {found} vectors, not {count}"),
    };
    let (from_list, by_issue) = (times(listed)?, times(unlisted)?);
    Some(format!(
        "{job} | {peer} | {seconds} | {listed} | {from_list:.1} | {unlisted} | {by_issue:.0}{note}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_stand_beside_the_seconds() {
        let table = compared(
            "a\tx\t2.0\t7\n# a remark\nb\tx\t1.0\t7\n",
            "a\t0.5\t0.1\t7\n",
        );
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines[1], "a | x | 2.0 | 0.5 | 4.0 | 0.1 | 20");
        assert_eq!(lines[2..], ["# a remark", "b\tx\t1.0\t7"]);
        let other = compared("a\tx\t2.0\t8\n", "a\t0.5\t0.1\t7\n");
        assert!(other.ends_with("finds 8 vectors, not 7\n"), "{other}");
    }
}
