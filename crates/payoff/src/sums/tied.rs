//! The packages that pay one vector, one after the other.

use super::{frontier::PackageFrontier, merge::Origin};

/// Every package that pays one vector of a [`PackageFrontier`]: an iterator that holds one package
/// at a time, since there may be more than could be listed.
#[derive(Debug, Clone)]
pub struct TiedPackages<'f> {
    frontier: &'f PackageFrontier,
    /// The ways still to be taken, by step from the last; empty when all are exhausted.
    ways: Vec<&'f [Origin]>,
}

impl<'f> TiedPackages<'f> {
    pub(super) fn new(frontier: &'f PackageFrontier, place: usize) -> Self {
        let mut tied = Self {
            frontier,
            ways: Vec::new(),
        };
        if place < frontier.len() {
            tied.descend(place);
        }
        tied
    }

    /// Follows the first way down from a vector of the step reached so far.
    fn descend(&mut self, mut place: usize) {
        let steps = &self.frontier.pareto.steps;
        for step in steps[..steps.len() - self.ways.len()].iter().rev() {
            let ways = step.links.of(place);
            place = ways[0].from as usize;
            self.ways.push(ways);
        }
    }

    /// Takes the next way at the earliest step that has one.
    fn advance(&mut self) {
        while let Some(ways) = self.ways.pop() {
            if let [_, rest @ ..] = ways
                && let [next, ..] = rest
            {
                self.ways.push(rest);
                self.descend(next.from as usize);
                return;
            }
        }
    }
}

impl Iterator for TiedPackages<'_> {
    type Item = Vec<u32>;

    fn next(&mut self) -> Option<Vec<u32>> {
        if self.ways.is_empty() {
            return None;
        }
        let steps = &self.frontier.pareto.steps;
        let mut choice = vec![0; steps.len()];
        for (step, ways) in steps.iter().rev().zip(&self.ways) {
            choice[step.block] = step.options[ways[0].shift as usize];
        }
        self.advance();
        Some(self.frontier.space.package(&choice))
    }
}
