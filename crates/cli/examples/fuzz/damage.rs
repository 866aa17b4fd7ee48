//! Damaged texts, made of sound ones by a seeded generator.

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
pub(crate) struct Numbers(pub(crate) u64);

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

/// A text made of these: bytes turned over, pieces cut out, doubled, moved between texts, numbers and words put in
/// that readers stumble on, ends cut off.
pub(crate) fn damaged(seeds: &[&str], numbers: &mut Numbers) -> Vec<u8> {
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
