//! Labels: how wide text is, text cut to fit, and labels that keep off one another.

use unicode_width::UnicodeWidthStr;

use crate::layout::wrap;

/// The width of a letter in shares of the size of its font: more than most letters take, since no font
/// is known.
const LETTER: f64 = 0.56;

/// About how wide a text is.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    text.width() as f64 * size * LETTER
}

/// The text, or as much of it as fits with an ellipsis.
pub(crate) fn fit(text: &str, room: f64, size: f64) -> String {
    match width(text, size) <= room {
        true => text.to_owned(),
        false => cut(text, room, size),
    }
}

/// As much of the text as fits with an ellipsis, and the ellipsis.
pub(crate) fn cut(text: &str, room: f64, size: f64) -> String {
    let text = text.trim_end_matches('…');
    let (mut kept, mut taken) = (String::new(), width("…", size));
    let mut letter = [0; 4];
    for c in text.chars() {
        taken += width(c.encode_utf8(&mut letter), size);
        if taken > room {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

/// The text in lines that fit, broken between words.
pub(crate) fn lines(text: &str, room: f64, size: f64) -> Vec<String> {
    let letters = (room / (size * LETTER)).floor().max(1.0);
    wrap(text, letters as usize)
}

/// The text in at most `most` lines that fit, the last one cut with an ellipsis where there is more.
pub(crate) fn block(text: &str, room: f64, size: f64, most: usize) -> Vec<String> {
    let mut all = lines(text, room, size);
    if all.len() > most {
        let rest = all.split_off(most.saturating_sub(1)).join(" ");
        all.push(fit(&rest, room, size));
    }
    all
}

/// Places near `wanted` that stand at least `gap` apart within `[least, most]`, in the order given; where
/// there is too little room they stand closer, evenly. O(n log n).
pub(crate) fn spread(wanted: &[f64], gap: f64, [least, most]: [f64; 2]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    let room = (most - least) / wanted.len().saturating_sub(1).max(1) as f64;
    let gap = gap.min(room);
    let mut places = wanted.to_vec();
    let mut floor = least;
    for &idx in &order {
        places[idx] = places[idx].clamp(least, most).max(floor);
        floor = places[idx] + gap;
    }
    let mut ceiling = most;
    for &idx in order.iter().rev() {
        places[idx] = places[idx].min(ceiling);
        ceiling = places[idx] - gap;
    }
    places
}

/// A box on the page: its left, top, right and bottom.
pub(crate) type Area = [f64; 4];

/// By how much two boxes overlap.
pub(crate) fn overlap(one: &Area, other: &Area) -> f64 {
    let across = one[2].min(other[2]) - one[0].max(other[0]);
    let down = one[3].min(other[3]) - one[1].max(other[1]);
    across.max(0.0) * down.max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_cut() {
        assert_eq!(fit("short", 100.0, 10.0), "short");
        assert_eq!(fit("a rather long label", 56.0, 10.0), "a rather…");
        assert_eq!(fit("平和平和", 35.0, 10.0), "平和…");
        assert_eq!(fit("x", 0.0, 10.0), "…");
    }

    #[test]
    fn a_block_keeps_whole_words_and_cuts_its_last_line() {
        let of = |most| block("one two three four five", 57.0, 10.0, most);
        assert_eq!(of(9), ["one two", "three four", "five"]);
        assert_eq!(of(2), ["one two", "three fou…"]);
        assert_eq!(of(1), ["one two t…"]);
    }

    #[test]
    fn labels_stand_apart() {
        assert_eq!(
            spread(&[10.0, 11.0, 50.0], 10.0, [0.0, 100.0]),
            [10.0, 20.0, 50.0]
        );
        assert_eq!(spread(&[99.0, 98.0], 10.0, [0.0, 100.0]), [100.0, 90.0]);
        assert_eq!(
            spread(&[5.0, 5.0, 5.0], 10.0, [0.0, 10.0]),
            [0.0, 5.0, 10.0]
        );
        assert_eq!(spread(&[], 10.0, [0.0, 1.0]), [0.0; 0]);
    }

    #[test]
    fn boxes_overlap_or_not() {
        assert_eq!(overlap(&[0.0, 0.0, 2.0, 2.0], &[1.0, 1.0, 3.0, 3.0]), 1.0);
        assert_eq!(overlap(&[0.0, 0.0, 1.0, 1.0], &[2.0, 0.0, 3.0, 1.0]), 0.0);
    }
}
