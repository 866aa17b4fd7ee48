//! How near a closed zone is to open, and what keeps it closed.

use crate::{PayoffError, ZoneKind};

use super::{PackageSpace, ZoneFinding, pareto, weights::explore, zone::PackageZone};

/// The package that comes nearest to gaining for all: the gain of the party that gains least, as a
/// share of what is at stake for it, is as high as it can be.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct NearestMiss {
    /// The options, one for each issue; of several such packages one.
    pub package: Vec<u32>,
    /// What it pays each party.
    pub payoffs: Vec<f64>,
    /// The least of `(U_i − d_i) / (max_i − min_i)`. Negative where somebody loses.
    pub share: f64,
    /// The party that gains least; of several the first.
    pub party: usize,
}

/// What keeps a zone closed, taken one at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Blockers {
    /// The parties without whom the others would have a zone of agreement among them.
    pub parties: Vec<usize>,
    /// The issues, in their blocks, that would leave a zone of agreement if each party could have
    /// what it likes best of them.
    pub issues: Vec<Vec<usize>>,
}

impl PackageZone {
    /// The package nearest to gaining for all, gains in shares of each party's span over all
    /// packages (a party without a span counts with its gain as coded). Where the zone is open it is
    /// the most even gain there is.
    ///
    /// A frontier search ([`PackageSpace::rational_frontier`]) above the best package that a search
    /// over weights comes by. Shares are compared as doubles.
    ///
    /// # Errors
    /// [`PayoffError::TooManyHeld`] beyond [`SearchLimits::points`](super::SearchLimits::points).
    pub fn nearest_miss(&self) -> Result<NearestMiss, PayoffError> {
        let space = &self.space;
        let weak = space.floors(ZoneKind::Weak);
        let tried = explore(space, &weak)
            .tried
            .into_iter()
            .map(|(_, lanes)| lanes);
        let bound = tried
            .map(|lanes| least_share(space, &space.to_payoffs(&lanes)).0)
            .fold(f64::NEG_INFINITY, f64::max);
        let floors: Vec<i128> = (0..space.n_parties())
            .map(|party| floor_at(space, party, bound))
            .collect();
        let frontier = space.frontier_above(&floors)?;
        let shares = frontier
            .vectors()
            .map(|vector| least_share(space, vector))
            .enumerate();
        let best = shares.reduce(|best, other| if other.1.0 > best.1.0 { other } else { best });
        // The package that gave the bound is above the floors, so there is a best.
        let (place, (share, party)) = best.unwrap_or((0, (bound, 0)));
        Ok(NearestMiss {
            package: frontier.packages_at(place).next().unwrap_or_default(),
            payoffs: frontier
                .vector(place)
                .map(<[f64]>::to_vec)
                .unwrap_or_default(),
            share,
            party,
        })
    }

    /// What keeps the zone closed, or would not: [`search`](Self::search) without each party in
    /// turn, and with each block of issues settled as every party likes best. Where the zone is open
    /// all parties and all issues are listed, since none is in the way.
    ///
    /// # Errors
    /// Those of [`search`](Self::search).
    pub fn blockers(&self) -> Result<Blockers, PayoffError> {
        let n_parties = self.space.n_parties();
        let mut blockers = Blockers {
            parties: Vec::new(),
            issues: Vec::new(),
        };
        for party in 0..n_parties {
            let others: Vec<usize> = (0..n_parties).filter(|&other| other != party).collect();
            // Nobody left is nobody against.
            if others.is_empty() || is_open(&self.space.for_parties(&others)?.zone(self.kind()))? {
                blockers.parties.push(party);
            }
        }
        for block in 0..self.space.blocks().len() {
            if is_open(&self.space.wishing(block).zone(self.kind()))? {
                blockers
                    .issues
                    .push(self.space.blocks()[block].issues().to_vec());
            }
        }
        Ok(blockers)
    }

    /// How high one party's nonagreement payoff may be before the zone closes, the others' being
    /// what they are: the most that a package acceptable to the others pays it. `None` if there is
    /// no such package. The strict zone is open below this payoff, the weak one up to and including
    /// it; so the smallest change that opens or closes the zone leads there (for the
    /// Pareto-improving zone, the others none losing, as for the weak one).
    ///
    /// Cost as for [`PackageSpace::rational_frontier`].
    ///
    /// # Errors
    /// [`PayoffError::UnknownParty`]; [`PayoffError::TooManyHeld`] beyond
    /// [`SearchLimits::points`](super::SearchLimits::points).
    pub fn limit(&self, party: usize) -> Result<Option<f64>, PayoffError> {
        let n_parties = self.space.n_parties();
        if party >= n_parties {
            return Err(PayoffError::UnknownParty { party, n_parties });
        }
        let mut floors = self.floors.clone();
        floors[party] = self.space.lane_range(party).0;
        let pareto = pareto::pareto(&self.space, &floors, "the limit of a party")?;
        let most = pareto.lanes.iter().skip(party).step_by(n_parties).max();
        Ok(most.map(|&lane| self.space.scales[party].payoff(lane)))
    }
}

fn is_open(zone: &PackageZone) -> Result<bool, PayoffError> {
    Ok(matches!(zone.search()?, ZoneFinding::Open { .. }))
}

/// The least gain in shares of spans and whose it is.
fn least_share(space: &PackageSpace, payoffs: &[f64]) -> (f64, usize) {
    let share =
        |(party, (payoff, d)): (usize, (&f64, &f64))| ((payoff - d) / span(space, party), party);
    let parties = payoffs
        .iter()
        .zip(space.nonagreement())
        .enumerate()
        .map(share);
    parties
        .reduce(|least, other| if other.0 < least.0 { other } else { least })
        .unwrap_or((0.0, 0))
}

/// The difference between a party's best and worst; 1 if there is none.
fn span(space: &PackageSpace, party: usize) -> f64 {
    space
        .payoff_range(party)
        .map_or(1.0, |(low, high)| if high > low { high - low } else { 1.0 })
}

/// A lane at or a little below a gain of this share.
fn floor_at(space: &PackageSpace, party: usize, share: f64) -> i128 {
    let (low, high) = space.lane_range(party);
    let (d, span) = (space.nonagreement()[party], span(space, party));
    let slack = (d.abs() + span * (1.0 + share.abs())) * 1e-12;
    let payoff = (d + share * span - slack).clamp(f64::MIN, f64::MAX);
    space.scales[party].thresholds(payoff).0.clamp(low, high)
}
