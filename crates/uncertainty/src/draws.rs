/// Draws between two reports of progress, and between two looks for a failure.
const ROUND: usize = 2048;

/// `f(scratch, 0), …, f(scratch, n_draws − 1)` in order, computed on all cores with the feature
/// `parallel`.
///
/// Each worker makes its own scratch space with `make_scratch` and may reuse it for many draws;
/// the result is the same for any number of threads as long as `f` leaves nothing in the scratch
/// that a later draw reads.
///
/// # Errors
/// The error of the *first* draw that fails, whichever thread meets which failure first.
///
/// ```
/// use detente_uncertainty::{Sampler, map_draws};
///
/// let stream = Sampler::new(1997).stream("x");
/// let squares = map_draws(5000, Vec::new, |scratch: &mut Vec<f64>, draw| {
///     scratch.clear();
///     scratch.push(stream.uniform(draw as u64));
///     Ok::<f64, std::convert::Infallible>(scratch[0] * scratch[0])
/// }).unwrap();
/// assert!((squares.iter().sum::<f64>() / 5000.0 - 1.0 / 3.0).abs() < 0.02);
/// ```
pub fn map_draws<S, T: Send, E: Send>(
    n_draws: usize,
    make_scratch: impl Fn() -> S + Sync,
    f: impl Fn(&mut S, usize) -> Result<T, E> + Sync,
) -> Result<Vec<T>, E> {
    map_draws_reporting(n_draws, make_scratch, f, |_| {})
}

/// As [`map_draws`], calling `progress` with the number of draws done every couple of thousand
/// draws, from the calling thread and in rising order; the last call says `n_draws`.
///
/// # Errors
/// The error of the first draw that fails; the draws after its round are not computed.
pub fn map_draws_reporting<S, T: Send, E: Send>(
    n_draws: usize,
    make_scratch: impl Fn() -> S + Sync,
    f: impl Fn(&mut S, usize) -> Result<T, E> + Sync,
    mut progress: impl FnMut(usize),
) -> Result<Vec<T>, E> {
    let mut values = Vec::new();
    let mut done = 0;
    while done < n_draws {
        let end = done + ROUND.min(n_draws - done);
        for value in one_round(done..end, &make_scratch, &f) {
            values.push(value?);
        }
        done = end;
        progress(done);
    }
    Ok(values)
}

#[cfg(feature = "parallel")]
fn one_round<S, R: Send>(
    draws: std::ops::Range<usize>,
    make_scratch: &(impl Fn() -> S + Sync),
    f: &(impl Fn(&mut S, usize) -> R + Sync),
) -> Vec<R> {
    use rayon::prelude::*;
    draws.into_par_iter().map_init(make_scratch, f).collect()
}

#[cfg(not(feature = "parallel"))]
fn one_round<S, R>(
    draws: std::ops::Range<usize>,
    make_scratch: &impl Fn() -> S,
    f: &impl Fn(&mut S, usize) -> R,
) -> Vec<R> {
    let mut scratch = make_scratch();
    draws.map(|draw| f(&mut scratch, draw)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares(n_draws: usize) -> Result<Vec<usize>, usize> {
        map_draws(n_draws, || (), |(), draw| Ok(draw * draw))
    }

    #[test]
    fn results_keep_the_order_of_the_draws() {
        for n_draws in [0, 1, ROUND - 1, ROUND, ROUND + 1, 5 * ROUND + 7] {
            let expected: Vec<usize> = (0..n_draws).map(|draw| draw * draw).collect();
            assert_eq!(squares(n_draws), Ok(expected));
        }
    }

    #[test]
    fn the_first_failure_is_the_one_reported() {
        for first in [0, 17, ROUND, 3 * ROUND + 1] {
            let fails_from = |(): &mut (), draw| if draw < first { Ok(()) } else { Err(draw) };
            assert_eq!(map_draws(10 * ROUND, || (), fails_from), Err(first));
        }
    }

    #[test]
    fn progress_rises_to_the_end() {
        let mut seen = Vec::new();
        let mapped: Result<Vec<()>, ()> =
            map_draws_reporting(2 * ROUND + 5, || (), |(), _| Ok(()), |done| seen.push(done));
        assert_eq!(mapped.map(|values| values.len()), Ok(2 * ROUND + 5));
        assert_eq!(seen, [ROUND, 2 * ROUND, 2 * ROUND + 5]);
    }

    #[cfg(feature = "parallel")]
    #[test]
    fn the_number_of_threads_does_not_matter() {
        let stream = crate::Sampler::new(3).stream("threads");
        let run = |n_threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(n_threads)
                .build()
                .unwrap();
            let draw = |(): &mut (), draw| match stream.uniform(draw as u64) {
                u if u < 0.9999 => Ok(u.to_bits()),
                _ => Err(draw),
            };
            pool.install(|| {
                (
                    map_draws(3000, || (), draw),
                    map_draws(100_000, || (), draw),
                )
            })
        };
        let alone = run(1);
        assert!(alone.1.is_err());
        for n_threads in [2, 3, 8] {
            assert_eq!(run(n_threads), alone, "{n_threads}");
        }
    }
}
