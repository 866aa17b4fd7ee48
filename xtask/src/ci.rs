//! Continuous integration: every check of a change, in order.

use std::{
    error::Error,
    fs,
    io::{Write as _, stderr},
    path::Path,
    time::Instant,
};

use crate::step::Step;

/// Runs every step, says how long each took, and stops at the first that fails.
pub(crate) fn run() -> Result<(), Box<dyn Error>> {
    let steps = steps(&libraries()?);
    let count = steps.len();
    let started = Instant::now();
    let mut times = Vec::new();
    for (idx, step) in steps.into_iter().enumerate() {
        let number = idx + 1;
        say(&format!(
            "\n==> {number}/{count} {}: {}",
            step.name,
            step.command()
        ))?;
        let begun = Instant::now();
        // Nothing is built twice in one run, so records for rebuilding are a waste.
        let step = step.set("CARGO_INCREMENTAL", "0");
        let done = step.run();
        let seconds = begun.elapsed().as_secs_f64();
        if let Err(error) = done {
            return Err(format!(
                "\nci stopped at step {number} of {count} after {seconds:.1} s: {error}"
            )
            .into());
        }
        say(&format!("{} passed in {seconds:.1} s", step.name))?;
        times.push((step.name, seconds));
    }
    say("\nevery step passed:")?;
    for (name, seconds) in times {
        say(&format!("{seconds:>8.1} s  {name}"))?;
    }
    say(&format!(
        "{:>8.1} s  in all",
        started.elapsed().as_secs_f64()
    ))
}

fn steps(libraries: &[String]) -> Vec<Step> {
    let lints = "clippy --workspace --all-targets --all-features -- -D warnings";
    let mut steps = vec![
        Step::new("format", "fmt --all --check"),
        Step::new("lints", lints),
        // Unit tests, claims, reference numbers, the rules of the house and every doc-test.
        Step::new("tests", "test --workspace"),
        Step::new("documentation", "doc --workspace --no-deps --all-features")
            .set("RUSTDOCFLAGS", "-D warnings"),
        Step::new("benches", "bench --workspace --all-features --no-run"),
        Step::new("first command", "run --release -- assess reykjavik-1986"),
        Step::new("the README's picture of it", "xtask picture --check"),
    ];
    // Built together, crates lend one another their features; alone, each must declare its own.
    for name in libraries {
        for what in [
            "--lib --no-default-features",
            "--lib --all-features",
            "--tests --no-default-features",
        ] {
            let alone = format!("clippy --package {name} {what} -- -D warnings");
            steps.push(Step::new(format!("{name} alone, {what}"), &alone));
        }
    }
    steps
}

/// Names of the libraries under `crates/`, in order.
fn libraries() -> Result<Vec<String>, Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let mut names = Vec::new();
    for entry in fs::read_dir(root)? {
        let folder = entry?.path();
        if !folder.join("src/lib.rs").exists() {
            continue;
        }
        let manifest = fs::read_to_string(folder.join("Cargo.toml"))?;
        let name = manifest
            .lines()
            .find_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
            .ok_or_else(|| format!("no name in the manifest of {}", folder.display()))?;
        names.push(name.to_owned());
    }
    names.sort();
    Ok(names)
}

fn say(line: &str) -> Result<(), Box<dyn Error>> {
    Ok(writeln!(stderr(), "{line}")?)
}
