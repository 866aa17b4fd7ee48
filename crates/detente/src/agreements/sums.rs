//! The efficient agreements and the zone of agreement of additive payoffs, issue by issue: nothing
//! is listed, so there may be any number of agreements.

use detente_payoff::{PackageFrontier, PackageSpace, PayoffError, SearchLimits, Utility, ZoneKind};

use super::{
    Count, NO_FRONTIER, Negotiation,
    found::{Efficient, Found},
};
use crate::DetenteError;

/// What the command may hold in memory, some hundreds of megabytes for few parties, and what it may
/// do: a few seconds for each search.
const LIMITS: SearchLimits = SearchLimits {
    merged: 1 << 20,
    points: 1 << 22,
    sums: 1 << 21,
    merges: 1 << 25,
};

/// What is found issue by issue.
#[derive(Debug)]
pub(super) struct Sums {
    space: PackageSpace,
    frontier: Option<PackageFrontier>,
    rational_only: bool,
    notes: Vec<String>,
}

/// The space of a negotiation; `None` for payoffs that do not add up issue by issue.
pub(super) fn space_of(negotiation: &Negotiation) -> Result<Option<PackageSpace>, DetenteError> {
    let utilities: &[Utility] = &negotiation.utilities;
    let (issues, without) = (&negotiation.space, &negotiation.nonagreement);
    match PackageSpace::with_limits(issues, utilities, without, LIMITS) {
        Err(PayoffError::NotAdditive { .. }) => Ok(None),
        other => Ok(Some(other?)),
    }
}

impl Sums {
    /// The whole frontier, or failing that its part in the zone, or failing that none.
    pub(super) fn of(space: PackageSpace) -> Result<Self, DetenteError> {
        let (mut frontier, mut rational_only) = (within(space.frontier())?, false);
        let mut notes = Vec::new();
        if frontier.is_none() {
            frontier = within(space.rational_frontier())?;
            rational_only = true;
            notes.push(match frontier {
                Some(_) => "The efficient agreements are too many to find; only those from which \
                            no party loses are given."
                    .to_owned(),
                None => NO_FRONTIER.to_owned(),
            });
        }
        Ok(Self {
            space,
            frontier,
            rational_only,
            notes,
        })
    }

    pub(super) fn found(&self) -> Result<Found, DetenteError> {
        let count = |kind| within(self.space.zone(kind).count());
        let strict = count(ZoneKind::Strict)?;
        // What holds the strict zone takes no less to count.
        let [weak, pareto_improving] = match strict {
            Some(_) => [count(ZoneKind::Weak)?, count(ZoneKind::ParetoImproving)?],
            None => [None, None],
        };
        let counted = |count: Option<_>| count.map(|it| Count(format!("{it}")));
        let mut notes = self.notes.clone();
        if strict.is_none() {
            notes.push("The agreements in the zone are too many to count.".to_owned());
        }
        Ok(Found {
            agreements: self.space.n_packages().to_string(),
            share: strict.as_ref().map(|it| self.space.share_of(it)),
            strict: counted(strict),
            weak: counted(weak),
            pareto_improving: counted(pareto_improving),
            efficient: self
                .frontier
                .as_ref()
                .map(|it| self.efficient(it))
                .transpose()?,
            notes,
        })
    }

    fn efficient(&self, frontier: &PackageFrontier) -> Result<Efficient, DetenteError> {
        let counts = (0..frontier.len()).filter_map(|place| frontier.n_packages_at(place));
        Ok(Efficient {
            vectors: frontier.to_matrix()?,
            counts: counts.map(|it| Count(it.to_string())).collect(),
            packages: Count(frontier.n_packages().to_string()),
            rational_only: self.rational_only,
        })
    }

    /// What a package gives each party, if it is feasible.
    pub(super) fn payoffs(&self, package: &[u32]) -> Option<Vec<f64>> {
        self.space.payoffs(package)
    }

    /// The first packages of a vector of the frontier.
    pub(super) fn packages_at(&self, place: usize, most: usize) -> Vec<Vec<u32>> {
        let packages = self.frontier.iter().flat_map(|it| it.packages_at(place));
        packages.take(most).collect()
    }

    pub(super) fn space(&self) -> &PackageSpace {
        &self.space
    }
}

/// What was found within the limits; `None` where they were reached.
pub(super) fn within<T>(found: Result<T, PayoffError>) -> Result<Option<T>, DetenteError> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(PayoffError::TooManyHeld { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
