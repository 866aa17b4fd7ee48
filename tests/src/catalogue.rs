//! The catalogue of claims, tried on every core.

use std::{
    panic::resume_unwind,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use crate::{Claim, Outcome, claims};

/// Every claim tried, in the order of the catalogue.
///
/// # Panics
/// If a claim's check panics, which is a defect of the check.
#[must_use]
pub fn outcomes() -> Vec<Outcome> {
    let all = claims::all();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((idx, claim)) = take(&all, &next) {
            done.push((idx, claim.run()));
        }
        done
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let mut outcomes: Vec<(usize, Outcome)> = thread::scope(|scope| {
        let running: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        running
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    outcomes.sort_by_key(|(idx, _)| *idx);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

/// The next claim that nobody has taken.
fn take<'c>(all: &'c [Claim], next: &AtomicUsize) -> Option<(usize, &'c Claim)> {
    let idx = next.fetch_add(1, Ordering::Relaxed);
    all.get(idx).map(|claim| (idx, claim))
}

/// A count with its thousands apart: 12 345 678.
#[must_use]
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        for (count, expected) in [
            (0, "0"),
            (999, "999"),
            (1000, "1 000"),
            (12_345_678, "12 345 678"),
        ] {
            assert_eq!(grouped(count), expected);
        }
    }
}
