//! Continuous integration: every check of a change, in order.

use std::{
    env,
    error::Error,
    io::{Write as _, stderr},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use detente_tests::workspace::Workspace;

/// One call of cargo.
struct Step {
    name: String,
    arguments: Vec<String>,
    /// Environment variables set for this step alone.
    variables: &'static [(&'static str, &'static str)],
}

/// Runs every step and says how long each took.
pub(crate) fn run() -> Result<(), Box<dyn Error>> {
    let steps = steps(&Workspace::read()?);
    let started = Instant::now();
    let mut times = Vec::new();
    for (idx, step) in steps.iter().enumerate() {
        say(&format!(
            "\n==> {}/{} {}: cargo {}",
            idx + 1,
            steps.len(),
            step.name,
            step.arguments.join(" ")
        ))?;
        times.push((step.name.as_str(), step.run()?));
    }
    say("\nall steps passed:")?;
    for (name, time) in times {
        say(&format!("{:>8.1} s  {name}", time.as_secs_f64()))?;
    }
    say(&format!(
        "{:>8.1} s  in all",
        started.elapsed().as_secs_f64()
    ))
}

/// The rules of the house alone.
pub(crate) fn tidy() -> Result<(), Box<dyn Error>> {
    Step::new("tidy", "test --package detente-tests --test tidy").run()?;
    Ok(())
}

fn steps(workspace: &Workspace) -> Vec<Step> {
    let mut steps = vec![
        Step::new("format", "fmt --all --check"),
        Step::new(
            "lints",
            "clippy --workspace --all-targets --all-features -- -D warnings",
        ),
        // Unit tests, claims, reference numbers, the rules of the house and every doc-test.
        Step::new("tests", "test --workspace"),
        Step {
            variables: &[("RUSTDOCFLAGS", "-D warnings")],
            ..Step::new("documentation", "doc --workspace --no-deps --all-features")
        },
        Step::new("benches", "bench --workspace --no-run"),
        Step::new("first command", "run --release -- assess reykjavik-1986"),
    ];
    // Built together, crates lend one another their features; alone, each must declare its own.
    for library in workspace.libraries() {
        let name = &library.name;
        steps.push(Step::new(
            format!("{name} alone, no features"),
            &format!("clippy --package {name} --lib --no-default-features -- -D warnings"),
        ));
        steps.push(Step::new(
            format!("{name} alone, all features"),
            &format!("clippy --package {name} --lib --all-features -- -D warnings"),
        ));
    }
    steps
}

impl Step {
    fn new(name: impl Into<String>, arguments: &str) -> Self {
        Self {
            name: name.into(),
            arguments: arguments.split_whitespace().map(str::to_owned).collect(),
            variables: &[],
        }
    }

    /// Runs the step with its output in plain sight; answers with the time it took.
    fn run(&self) -> Result<Duration, Box<dyn Error>> {
        let started = Instant::now();
        let status = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(&self.arguments)
            .envs(self.variables.iter().copied())
            // Nothing is built twice in one run, so records for rebuilding are a waste.
            .env("CARGO_INCREMENTAL", "0")
            .stdin(Stdio::null())
            .status()?;
        let time = started.elapsed();
        if status.success() {
            say(&format!(
                "{}: passed in {:.1} s",
                self.name,
                time.as_secs_f64()
            ))?;
            Ok(time)
        } else {
            Err(format!(
                "\nci stopped: {} failed ({status}) after {:.1} s; to see it again:\n  cargo {}",
                self.name,
                time.as_secs_f64(),
                self.arguments.join(" ")
            )
            .into())
        }
    }
}

fn say(line: &str) -> Result<(), Box<dyn Error>> {
    Ok(writeln!(stderr(), "{line}")?)
}
