//! Throws damaged files at every parser: `cargo run --release -p detente-formats --example fuzz -- [COUNT] [SEED]`.
//!
//! Each parser gets COUNT texts (a million without a number), made of its sample files by a seeded
//! generator: bytes turned over, pieces cut out, doubled, moved between files, numbers and words put in that
//! readers stumble on, ends cut off. A panic is caught, and the text that made it printed; so are the
//! counts, the slowest text and the time it took. What is read is also turned into payoffs, or a
//! normal form, and written in every format. Ends with code 1 after a panic.
#![allow(clippy::print_stdout, reason = "a program that tells what it did")]

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    process::ExitCode,
    time::{Duration, Instant},
};

use detente_formats::{
    Document, Format, Limits, ReadOptions, assemble, read, write_game, write_negotiation,
    write_tree,
};

/// The parsers and what their texts are made of.
const SEEDS: [(Format, &[&str]); 7] = [
    (
        Format::Nfg,
        &[
            include_str!("../../../tests/data/formats/arms.nfg"),
            include_str!("../../../tests/data/formats/arms-outcomes.nfg"),
        ],
    ),
    (
        Format::Efg,
        &[
            include_str!("../../../tests/data/formats/bluff.efg"),
            "EFG 2 R \"x\" { \"a\" } p \"\" 1 1 \"\" { \"l\" \"r\" } 1 \"t\" { -1/3 } t \"\" 2 \"\" { .5 } p \"\" 1 1 0 t \"\" 0 t \"\" 0",
        ],
    ),
    (
        Format::Genius,
        &[
            include_str!("../../../tests/data/formats/genius/border.xml"),
            include_str!("../../../tests/data/formats/genius/north.xml"),
            "<utility_space><objective name=\"x\"><issue index=\"1\" name=\"n\" type=\"integer\" lowerbound=\"0\" upperbound=\"9\"><evaluator slope=\"0.1\" offset=\"0\"/></issue><issue index=\"2\" name=\"r\" type=\"real\"><range lowerbound=\"0\" upperbound=\"1\"/><evaluator ftype=\"triangular\" parameter0=\"0\" parameter1=\"1\" parameter2=\".5\"/></issue><weight index=\"1\" value=\".5\"/><weight index=\"2\" value=\".5\"/></objective></utility_space>",
        ],
    ),
    (
        Format::GeniusWeb,
        &[
            include_str!("../../../tests/data/formats/geniusweb/north.json"),
            "{\"name\":\"d\",\"issuesValues\":{\"a\":{\"values\":[\"x\\u00e9\",\"y\"]},\"n\":{\"range\":{\"low\":0,\"high\":9,\"step\":0.3}}}}",
        ],
    ),
    (
        Format::Negmas,
        &[
            include_str!("../../../tests/data/formats/negmas/domain.yml"),
            include_str!("../../../tests/data/formats/negmas/north.yml"),
            include_str!("../../../tests/data/formats/negmas/south.yml"),
            "type: MappingUtilityFunction\ndefault: 0\nmapping:\n  ? [A, shared, none]\n  : 1\n  ? - B\n    - shared\n    - none\n  : 2\n",
            "type: AffineUtilityFunction\nweights: [1, 2, 3]\nbias: -.5\nreserved_value: -.inf\n",
        ],
    ),
    (
        Format::Sheet,
        &[include_str!("../../../tests/data/formats/border.csv")],
    ),
    (
        Format::Json,
        &[
            "{\"detente\":\"negotiation\",\"version\":1,\"title\":\"t\",\"issues\":[{\"name\":\"i\",\"options\":[\"a\",\"b\"]}],\"parties\":[{\"name\":\"p\",\"tables\":[[1,2]],\"constant\":3},{\"name\":\"q\",\"table\":[1,2],\"nonagreement\":0.5}]}",
            "{\"detente\":\"game\",\"version\":1,\"players\":[\"a\",\"b\"],\"actions\":[[\"x\"],[\"y\",\"z\"]],\"payoffs\":[[1,2],[3,4]]}",
        ],
    ),
];

/// What readers stumble on.
const WORDS: [&str; 48] = [
    "1e999",
    "-1e400",
    "1e-400",
    "NaN",
    "inf",
    "-.inf",
    "0",
    "-0",
    "1/0",
    "1/3",
    "99999999999999999999",
    "-1",
    "2147483647",
    "4294967296",
    "18446744073709551616",
    "0.1",
    "1e300",
    "\"",
    "\\",
    "'",
    "{",
    "}",
    "[",
    "]",
    "<",
    ">",
    "</",
    "&lt;",
    "&a;",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "<![CDATA[",
    "<!--",
    "- ",
    "? ",
    ": ",
    "&a ",
    "*a",
    "!!str ",
    "|\n",
    "---\n",
    "%TAG ! x\n",
    "\t",
    "\r\n",
    "\u{feff}",
    "\u{0}",
    "nonagreement,,",
    "\u{e9}",
    ",",
];

/// Pseudo-random numbers (Steele, Lea and Flood 2014, SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % limit).unwrap_or(0)
    }

    /// A piece of a text, its ends in order.
    fn piece(&mut self, length: usize) -> std::ops::Range<usize> {
        let (from, to) = (self.below(length + 1), self.below(length + 1));
        let longest = 1 + self.below(64);
        let (from, to) = (from.min(to), from.max(to));
        from..to.min(from + longest)
    }
}

fn damaged(seeds: &[&str], numbers: &mut Numbers) -> Vec<u8> {
    let mut text = seeds[numbers.below(seeds.len())].as_bytes().to_vec();
    for _ in 0..1 + numbers.below(6) {
        let at = numbers.below(text.len() + 1);
        match numbers.below(8) {
            0 if at < text.len() => text[at] ^= 1 << numbers.below(8),
            1 => drop(text.drain(numbers.piece(text.len()))),
            2 => {
                let piece = text[numbers.piece(text.len())].to_vec();
                let times = 1 + numbers.below(40);
                drop(text.splice(at..at, piece.repeat(times)));
            }
            3 => {
                let other = seeds[numbers.below(seeds.len())].as_bytes();
                let piece = other[numbers.piece(other.len())].to_vec();
                drop(text.splice(at..at, piece));
            }
            4 => text.truncate(at),
            5 => {
                let piece = numbers.piece(text.len());
                let word = WORDS[numbers.below(WORDS.len())];
                drop(text.splice(piece, word.bytes()));
            }
            6 => number_replaced(&mut text, at, numbers),
            _ => {
                let word = WORDS[numbers.below(WORDS.len())];
                drop(text.splice(at..at, word.bytes()));
            }
        }
    }
    text
}

/// The next number after a place, changed for a word.
fn number_replaced(text: &mut Vec<u8>, at: usize, numbers: &mut Numbers) {
    let digit = |byte: &u8| byte.is_ascii_digit() || *byte == b'.';
    let Some(from) = text[at..].iter().position(digit).map(|it| it + at) else {
        return;
    };
    let length = text[from..].iter().take_while(|byte| digit(byte)).count();
    let word = WORDS[numbers.below(17)];
    drop(text.splice(from..from + length, word.bytes()));
}

/// Reads a text and does with it what a program would; whether it was read.
fn tried(bytes: &[u8], options: &ReadOptions) -> bool {
    let Ok(document) = read("fuzz", bytes, options) else {
        return false;
    };
    match document {
        Document::Game(game) => {
            let _ = (
                write_game(&game, Format::Nfg),
                write_game(&game, Format::Json),
                game.bimatrix(),
            );
        }
        Document::Tree(tree) => {
            let limits = Limits {
                steps: 100_000,
                ..options.limits
            };
            let _ = (write_tree(&tree, Format::Efg), tree.normal_form(&limits));
        }
        Document::Negotiation(negotiation) => {
            for format in Format::ALL {
                let _ = write_negotiation(&negotiation, format);
            }
            let _ = (
                negotiation.utilities(),
                negotiation.nonagreement(),
                negotiation.clone().join(&negotiation),
            );
        }
        valuation => {
            let domain = read(
                "domain",
                include_bytes!("../../../tests/data/formats/negmas/domain.yml"),
                options,
            );
            let _ = assemble(domain.ok().into_iter().chain([valuation]), options);
        }
    }
    true
}

fn main() -> ExitCode {
    let mut asked = std::env::args().skip(1).map(|it| it.parse::<u64>());
    let count = asked.next().and_then(Result::ok).unwrap_or(1_000_000);
    let seed = asked.next().and_then(Result::ok).unwrap_or(1);
    std::panic::set_hook(Box::new(|_| {}));
    let options = ReadOptions {
        limits: Limits {
            options: 2_000,
            payoffs: 20_000,
            ..Limits::default()
        },
        real_options: Some(5),
    };
    let mut panics = 0_u64;
    for (format, seeds) in SEEDS {
        let mut numbers = Numbers(seed);
        let (mut read, mut slowest) = (0_u64, (Duration::ZERO, Vec::new()));
        for _ in 0..count {
            let text = damaged(seeds, &mut numbers);
            let start = Instant::now();
            match catch_unwind(AssertUnwindSafe(|| tried(&text, &options))) {
                Ok(done) => read += u64::from(done),
                Err(_) => {
                    panics += 1;
                    println!(
                        "{}: panic at {:?}",
                        format.word(),
                        String::from_utf8_lossy(&text)
                    );
                }
            }
            let took = start.elapsed();
            if took > slowest.0 {
                slowest = (took, text);
            }
        }
        let (took, text) = slowest;
        println!(
            "{}: {count} texts, {read} read, slowest {took:?} ({} bytes)",
            format.word(),
            text.len()
        );
    }
    println!("{panics} panics");
    ExitCode::from(u8::from(panics > 0))
}
