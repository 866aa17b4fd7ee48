//! Bulk loops over agreements, split across cores with the feature `parallel`. Every piece of
//! work depends on its range alone and results are joined in order, so the number of threads
//! changes nothing.

use std::ops::Range;

#[cfg(feature = "parallel")]
use rayon::prelude::*;

/// Agreements in one piece of work: large enough to hide the cost of a task, small enough to stay
/// in a core's cache.
const GRAIN: usize = 1 << 15;

/// The pieces of `0..len`, in order.
fn pieces(len: usize) -> Vec<Range<usize>> {
    (0..len)
        .step_by(GRAIN)
        .map(|first| first..len.min(first + GRAIN))
        .collect()
}

/// Runs `work` on the pieces of `0..len` and gives the results in order.
#[cfg(feature = "parallel")]
pub(crate) fn map_pieces<T: Send>(
    len: usize,
    work: impl Fn(Range<usize>) -> T + Send + Sync,
) -> Vec<T> {
    if len <= GRAIN {
        return pieces(len).into_iter().map(work).collect();
    }
    pieces(len).into_par_iter().map(work).collect()
}

/// Runs `work` on the pieces of `0..len` and gives the results in order.
#[cfg(not(feature = "parallel"))]
pub(crate) fn map_pieces<T>(len: usize, work: impl Fn(Range<usize>) -> T) -> Vec<T> {
    pieces(len).into_iter().map(work).collect()
}

/// Lets `work(first, piece)` fill the pieces of `out`, where `first` is the piece's place in `out`.
#[cfg(feature = "parallel")]
pub(crate) fn fill(out: &mut [f64], work: impl Fn(usize, &mut [f64]) + Send + Sync) {
    if out.len() <= GRAIN {
        return work(0, out);
    }
    out.par_chunks_mut(GRAIN)
        .enumerate()
        .for_each(|(piece, out)| work(piece * GRAIN, out));
}

/// Lets `work(first, piece)` fill the pieces of `out`, where `first` is the piece's place in `out`.
#[cfg(not(feature = "parallel"))]
pub(crate) fn fill(out: &mut [f64], work: impl Fn(usize, &mut [f64])) {
    for (piece, out) in out.chunks_mut(GRAIN).enumerate() {
        work(piece * GRAIN, out);
    }
}

/// Runs both and gives both results.
#[cfg(feature = "parallel")]
pub(crate) fn join<A: Send, B: Send>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    rayon::join(one, other)
}

/// Runs both and gives both results.
#[cfg(not(feature = "parallel"))]
pub(crate) fn join<A, B>(one: impl FnOnce() -> A, other: impl FnOnce() -> B) -> (A, B) {
    (one(), other())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_cover_everything_once_and_in_order() {
        for len in [0, 1, GRAIN - 1, GRAIN, GRAIN + 1, 3 * GRAIN + 5] {
            let covered: Vec<usize> = map_pieces(len, |range| range)
                .into_iter()
                .flatten()
                .collect();
            assert!(covered.iter().copied().eq(0..len), "{len}");
            let mut out = vec![0.0; len];
            fill(&mut out, |first, piece| {
                for (offset, slot) in piece.iter_mut().enumerate() {
                    *slot += (first + offset) as f64;
                }
            });
            assert!(out.iter().enumerate().all(|(i, &x)| x == i as f64), "{len}");
        }
    }
}
