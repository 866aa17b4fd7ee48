//! Throws damaged files at every parser: `cargo run --release -p detente-cli --example fuzz -- [COUNT] [SEED] [PARSER…]`.
//!
//! Each parser, or each that is named, gets COUNT texts (a million without a number), made of its sample files by a
//! seeded generator. A panic is caught, and the text that made it printed; so are the counts, the slowest text and
//! the time it took. What is read is also turned into payoffs, or a normal form, and written in every format. Ends with
//! code 1 after a panic.
#![allow(clippy::print_stdout, reason = "a program that tells what it did")]

mod damage;
mod parsers;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    process::ExitCode,
    time::{Duration, Instant},
};

use damage::{Numbers, damaged};
use parsers::{PARSERS, Parser};

fn main() -> ExitCode {
    let mut asked = std::env::args().skip(1);
    let mut number = |otherwise| {
        asked
            .next()
            .and_then(|it| it.parse().ok())
            .unwrap_or(otherwise)
    };
    let (count, seed) = (number(1_000_000), number(1));
    let named: Vec<String> = asked.collect();
    std::panic::set_hook(Box::new(|_| {}));
    let parsers = PARSERS.iter();
    let parsers = parsers.filter(|it| named.is_empty() || named.iter().any(|name| name == it.name));
    let panics: u64 = parsers.map(|parser| thrown_at(parser, count, seed)).sum();
    println!("{panics} panics");
    ExitCode::from(u8::from(panics > 0))
}

/// Throws so many texts at a parser; how many made it panic.
fn thrown_at(parser: &Parser, count: u64, seed: u64) -> u64 {
    let mut numbers = Numbers(seed);
    let (mut read, mut panics) = (0_u64, 0_u64);
    let mut slowest = (Duration::ZERO, 0);
    for place in 0..count {
        let mut text = damaged(parser.seeds, &mut numbers);
        // Every other text begins as its format does, however damaged the rest is.
        if place % 2 == 1 && !text.starts_with(parser.begins.as_bytes()) {
            drop(text.splice(0..0, parser.begins.bytes()));
        }
        let start = Instant::now();
        match catch_unwind(AssertUnwindSafe(|| (parser.tried)(&text))) {
            Ok(done) => read += u64::from(done),
            Err(_) => {
                panics += 1;
                println!(
                    "{}: panic at {:?}",
                    parser.name,
                    String::from_utf8_lossy(&text)
                );
            }
        }
        slowest = slowest.max((start.elapsed(), text.len()));
    }
    let (took, length) = slowest;
    println!(
        "{}: {count} texts, {read} read, slowest {took:?} ({length} bytes)",
        parser.name
    );
    panics
}
