//! Texts that begin like JSON of GeniusWeb.
#![no_main]

use detente_formats::{Document, Limits, ReadOptions, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = [b"{\"LinearAdditiveUtilitySpace\":".as_slice(), bytes].concat();
    let read = read(
        "fuzz",
        &text,
        &ReadOptions {
            real_options: Some(5),
            ..ReadOptions::default()
        },
    );
    if let Ok(Document::Tree(tree)) = read {
        let _ = tree.normal_form(&Limits {
            steps: 100_000,
            ..Limits::default()
        });
    }
});
