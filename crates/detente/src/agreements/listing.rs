//! The efficient agreements and the zone of agreement by listing every agreement.

use detente_payoff::{
    Agreements, Frontier, PayoffMatrix, Utility, ZoneKind, frontier, improvements, improving_chain,
    zone_count,
};

use super::{
    Count, Negotiation,
    found::{Efficient, Found},
};
use crate::DetenteError;

/// What listing every agreement finds.
#[derive(Debug)]
pub(super) struct Listing {
    agreements: Agreements,
    matrix: PayoffMatrix,
    frontier: Frontier,
}

impl Listing {
    /// O(agreements · (parties + issues)).
    pub(super) fn of(negotiation: &Negotiation) -> Result<Self, DetenteError> {
        let agreements = negotiation.space.enumerate()?;
        let utilities: &[Utility] = &negotiation.utilities;
        let matrix = PayoffMatrix::tabulate(&agreements, utilities, &negotiation.nonagreement)?;
        let frontier = frontier(&matrix);
        Ok(Self {
            agreements,
            matrix,
            frontier,
        })
    }

    pub(super) fn found(&self) -> Result<Found, DetenteError> {
        let count = |kind| Some(Count::from(zone_count(&self.matrix, kind) as u64));
        let vectors: Vec<&[f64]> = self.frontier.iter().map(|(vector, _)| vector).collect();
        let counts = self
            .frontier
            .iter()
            .map(|(_, packages)| packages.len() as u64);
        Ok(Found {
            agreements: self.agreements.len().to_string(),
            strict: count(ZoneKind::Strict),
            weak: count(ZoneKind::Weak),
            pareto_improving: count(ZoneKind::ParetoImproving),
            share: Some(
                zone_count(&self.matrix, ZoneKind::Strict) as f64 / self.agreements.len() as f64,
            ),
            efficient: Some(Efficient {
                vectors: PayoffMatrix::from_vectors(&vectors, self.matrix.nonagreement())?,
                counts: counts.map(Count::from).collect(),
                packages: Count::from(self.frontier.n_packages() as u64),
                rational_only: false,
            }),
            notes: Vec::new(),
        })
    }

    /// What a package gives each party, if it is feasible.
    pub(super) fn payoffs(&self, package: &[u32]) -> Option<Vec<f64>> {
        self.matrix.vector(self.agreements.position(package)?)
    }

    /// How many agreements are better than a package for some party and worse for none.
    pub(super) fn improvements(&self, package: &[u32]) -> Option<usize> {
        let place = self.agreements.position(package)?;
        Some(improvements(&self.matrix, place).len())
    }

    /// The packages on the shortest way from one to the frontier by which nobody loses, and how
    /// many issues are reopened at once.
    pub(super) fn chain(&self, package: &[u32]) -> Option<(Vec<Vec<u32>>, usize)> {
        let place = self.agreements.position(package)?;
        let chain = improving_chain(&self.matrix, &self.agreements, place)?;
        let package = |&it: &usize| self.agreements.get(it).map(<[u32]>::to_vec);
        let steps = chain.steps.iter().filter_map(package).collect();
        Some((steps, chain.issues_at_once))
    }

    /// The first packages of a vector of the frontier.
    pub(super) fn packages_at(&self, place: usize, most: usize) -> Vec<Vec<u32>> {
        let packages = self.frontier.packages_at(place).unwrap_or_default().iter();
        let package = |&it: &usize| self.agreements.get(it).map(<[u32]>::to_vec);
        packages.take(most).filter_map(package).collect()
    }
}
