//! Two halves of a piece of work, on two cores where there are two.

/// Runs both and gives both results.
#[cfg(feature = "parallel")]
pub(super) fn join<A: Send, B: Send>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    rayon::join(one, other)
}

/// Runs both and gives both results.
#[cfg(not(feature = "parallel"))]
pub(super) fn join<A, B>(one: impl FnOnce() -> A, other: impl FnOnce() -> B) -> (A, B) {
    (one(), other())
}
