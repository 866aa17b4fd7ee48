//! What every target does: its parser reads what the fuzzer makes, after the beginning of its format.

#[allow(dead_code, reason = "only the plain driver damages samples")]
#[path = "../../examples/fuzz/parsers.rs"]
mod parsers;

use parsers::PARSERS;

/// Has the parser of this name read a text.
pub fn thrown_at(name: &str, bytes: &[u8]) {
    for parser in PARSERS.iter().filter(|it| it.name == name) {
        let text = [parser.begins.as_bytes(), bytes].concat();
        let _ = (parser.tried)(&text);
    }
}
