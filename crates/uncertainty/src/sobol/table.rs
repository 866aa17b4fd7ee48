//! The direction numbers of Joe and Kuo (2008), read from their file when the crate is compiled.

/// Dimensions of the table: the first, which needs no polynomial, and one for each of the 1110
/// primitive polynomials over GF(2) of degree 1 to 13.
pub(crate) const DIMENSIONS: usize = 1111;

const MAX_DEGREE: usize = 13;

/// One line of the file: a primitive polynomial and the numbers its recurrence starts with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) degree: u8,
    /// The coefficients between the leading and the last one, the highest power first.
    pub(crate) inner: u16,
    /// Odd, the `i`-th (from 0) below `2^(i+1)`; 0 from `degree` on.
    pub(crate) initial: [u16; MAX_DEGREE],
}

/// Dimensions 2, 3, … of the file.
pub(crate) static TABLE: [Entry; DIMENSIONS - 1] =
    parse(include_bytes!("../../data/sobol-directions.txt"));

/// Compilation fails on a file of another shape.
const fn parse(file: &[u8]) -> [Entry; DIMENSIONS - 1] {
    let none = Entry {
        degree: 0,
        inner: 0,
        initial: [0; MAX_DEGREE],
    };
    let mut table = [none; DIMENSIONS - 1];
    let mut at = after_line(file, 0);
    let mut line = 0;
    while line < table.len() {
        let (dimension, after) = number(file, at);
        assert!(dimension as usize == line + 2, "a dimension out of order");
        let (degree, after) = number(file, after);
        let (inner, mut after) = number(file, after);
        table[line].degree = degree as u8;
        table[line].inner = inner;
        let mut place = 0;
        while place < degree as usize {
            (table[line].initial[place], after) = number(file, after);
            place += 1;
        }
        at = after;
        line += 1;
    }
    assert!(at == file.len(), "more lines than dimensions");
    table
}

/// Where the next line starts.
const fn after_line(file: &[u8], mut at: usize) -> usize {
    while file[at] != b'\n' {
        at += 1;
    }
    at + 1
}

/// The decimal number that starts at `at`, and where the one after it starts.
const fn number(file: &[u8], mut at: usize) -> (u16, usize) {
    let mut value = 0;
    while file[at].is_ascii_digit() {
        value = value * 10 + (file[at] - b'0') as u16;
        at += 1;
    }
    assert!(file[at] == b' ' || file[at] == b'\n', "not a number");
    (value, at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The polynomial as a binary number.
    fn polynomial(entry: &Entry) -> u32 {
        1 << entry.degree | u32::from(entry.inner) << 1 | 1
    }

    /// Whether `x` has order `2^degree − 1` modulo the polynomial, by multiplying it out.
    fn is_primitive(polynomial: u32, degree: u8) -> bool {
        let mut power = 1_u32;
        for exponent in 1..1_u32 << degree {
            power <<= 1;
            if power >> degree == 1 {
                power ^= polynomial;
            }
            if power == 1 {
                return exponent == (1 << degree) - 1;
            }
        }
        false
    }

    #[test]
    fn the_table_holds_every_primitive_polynomial_of_its_degrees_once() {
        let found: Vec<u32> = TABLE.iter().map(polynomial).collect();
        let all = (1..=13_u8).flat_map(|degree| {
            (1_u32 << degree..2 << degree)
                .filter(move |&polynomial| is_primitive(polynomial, degree))
        });
        assert_eq!(found, all.collect::<Vec<_>>());
    }

    #[test]
    fn initial_numbers_are_odd_and_small() {
        for (line, entry) in TABLE.iter().enumerate() {
            let (used, unused) = entry.initial.split_at(usize::from(entry.degree));
            assert!(unused.iter().all(|&m| m == 0));
            for (place, &m) in used.iter().enumerate() {
                assert!(m % 2 == 1 && m < 2 << place, "line {line}: {m}");
            }
        }
    }
}
