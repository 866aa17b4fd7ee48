//! Runs worked cases from a JSON file and prints every intermediate value:
//! `cargo run --release -p detente-tests --example worked_cases -- FILE.json`.
//!
//! The file holds one input, or `{"cases": [{"input": …, "expected": …}, …]}`. Where an expected
//! answer is given, differences beyond 10⁻⁹ are listed and the exit code is 1.

use std::{env, error::Error, fs, process::ExitCode};

use detente_tests::worked::{Input, differences, run};
use serde_json::{Value, json};

fn main() -> ExitCode {
    match answer() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            #[allow(clippy::print_stderr, reason = "the error is what there is to say")]
            {
                eprintln!("error: {error}");
            }
            ExitCode::FAILURE
        }
    }
}

/// Prints every answer; whether all agree with what was expected.
fn answer() -> Result<bool, Box<dyn Error>> {
    let path = env::args()
        .nth(1)
        .ok_or("expected the path of a JSON file")?;
    let document: Value = serde_json::from_str(&fs::read_to_string(path)?)?;
    let cases = match document.get("cases").and_then(Value::as_array) {
        Some(cases) => cases.clone(),
        None => vec![json!({ "input": document.get("input").unwrap_or(&document) })],
    };
    let mut answers = Vec::new();
    let mut agree = true;
    for case in &cases {
        let input = case.get("input").unwrap_or(case);
        let input: Input = serde_json::from_value(input.clone())?;
        let computed = run(&input)?;
        let mut answer = json!({ "name": input.name, "computed": computed });
        if let Some(expected) = case.get("expected") {
            let found = differences(&answer["computed"], expected, 1e-9);
            agree &= found.is_empty();
            answer["differences"] = json!(found);
        }
        answers.push(answer);
    }
    #[allow(clippy::print_stdout, reason = "printing is what this program is for")]
    {
        println!("{}", serde_json::to_string_pretty(&answers)?);
    }
    Ok(agree)
}
