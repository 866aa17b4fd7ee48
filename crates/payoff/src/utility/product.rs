//! Sums over every agreement of a product of issues, where nothing is forbidden and no two options meet:
//! no agreement has to be looked up.

/// The constant and the numbers of every choice among the leading issues, the first one slowest, each
/// summed in the order of issues. O(choices).
pub(super) fn sums(constant: f64, tables: &[Vec<f64>]) -> Vec<f64> {
    tables.iter().fold(vec![constant], |sums, table| {
        let next = sums
            .iter()
            .flat_map(|sum| table.iter().map(move |it| sum + it));
        next.collect()
    })
}

/// Fills a piece that begins at place `first` of the list of agreements: the sum of the leading issues and
/// the number of the last one, whose options follow one another. O(piece).
pub(super) fn fill(heads: &[f64], last: &[f64], first: usize, out: &mut [f64]) {
    let (head, option) = (first / last.len(), first % last.len());
    let (begun, rest) = out.split_at_mut((last.len() - option).min(out.len()));
    run(heads[head], &last[option..], begun);
    for (&head, run_of) in heads[head + 1..].iter().zip(rest.chunks_mut(last.len())) {
        run(head, last, run_of);
    }
}

/// The sums of one head with the options of the last issue.
fn run(head: f64, options: &[f64], out: &mut [f64]) {
    for (slot, number) in out.iter_mut().zip(options) {
        // A sum of −0 is 0, as everywhere.
        *slot = head + number + 0.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_may_begin_and_end_anywhere() {
        let heads = sums(0.5, &[vec![0.0, 100.0], vec![0.0, 10.0]]);
        assert_eq!(heads, [0.5, 10.5, 100.5, 110.5]);
        let last = [1.0, 2.0, 3.0];
        let mut whole = [0.0; 12];
        fill(&heads, &last, 0, &mut whole);
        assert_eq!(whole[..4], [1.5, 2.5, 3.5, 11.5]);
        assert_eq!(whole[11], 113.5);
        for first in 0..12 {
            for end in first..=12 {
                let mut piece = vec![0.0; end - first];
                fill(&heads, &last, first, &mut piece);
                assert_eq!(piece, whole[first..end], "{first}..{end}");
            }
        }
    }
}
