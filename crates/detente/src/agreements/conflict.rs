//! What kind of conflict it is, and how good terms were that were really on the table.

use detente_payoff::{Lotteries, PackageSpace, issue_values, opposition, shortfall};

use super::{
    ConflictReport, LinkageReport, MissReport, Negotiation, ProposalReport, Tabled,
    found::Efficient, listing::Listing, sums::within,
};
use crate::DetenteError;

/// The most combinations of options that are listed to look for chains of improvements.
const LISTED: u128 = 1 << 16;

impl Negotiation {
    /// What sizes tell about the conflict; nothing where payoffs are rankings.
    pub(super) fn conflict(
        &self,
        efficient: Option<&Efficient>,
    ) -> Result<ConflictReport, DetenteError> {
        if self.ranked {
            return Ok(ConflictReport::default());
        }
        let lotteries = self.lotteries()?;
        let whole = efficient.filter(|it| !it.rational_only);
        let ranges = lotteries.payoff_ranges();
        let values = self.utilities.iter().map(issue_values);
        Ok(ConflictReport {
            opposition: whole.and_then(|it| opposition(&it.vectors, &ranges)),
            integrative: Some(lotteries.integrative_potential()),
            linkage: Some(self.linkage(&lotteries)?),
            issue_values: values.collect::<Result<_, _>>().unwrap_or_default(),
            nearest_miss: None,
            proposals: Vec::new(),
        })
    }

    fn linkage(&self, lotteries: &Lotteries) -> Result<LinkageReport, DetenteError> {
        let found = lotteries.linkage()?;
        let name = |&issue: &usize| self.issues.get(issue).map(|it| it.name.clone());
        let stuck = found
            .stuck()
            .map(|issues| issues.iter().filter_map(name).collect());
        Ok(LinkageReport {
            stuck: stuck.collect(),
            separate: found.separate,
            together: found.together,
            gain: found.gain,
        })
    }

    /// The agreements as a list, if there are few enough to look for chains among them.
    pub(super) fn short_list(&self) -> Result<Option<Listing>, DetenteError> {
        let few = self.space.combinations().is_some_and(|it| it <= LISTED);
        let wanted = few && !self.tabled.is_empty();
        wanted.then(|| Listing::of(self)).transpose()
    }

    /// How good terms were that were on the table.
    pub(super) fn proposal(
        &self,
        tabled: &Tabled,
        payoffs: Vec<f64>,
        efficient: Option<&Efficient>,
        list: Option<&Listing>,
    ) -> Result<ProposalReport, DetenteError> {
        let ranges = self.lotteries()?.payoff_ranges();
        let whole = efficient.filter(|it| !it.rational_only && !self.ranked);
        let parties = self.parties.iter().zip(&payoffs).zip(&self.nonagreement);
        let blocked = parties.filter(|((_, u), d)| u <= d);
        let chain = list.and_then(|list| list.chain(&tabled.package));
        Ok(ProposalReport {
            name: tabled.name.clone(),
            blocked_by: blocked.map(|((party, _), _)| party.clone()).collect(),
            shortfall: whole.and_then(|it| shortfall(&payoffs, &it.vectors, &ranges)),
            improvements: list.and_then(|list| list.improvements(&tabled.package)),
            issues_at_once: chain.as_ref().map(|(_, issues)| *issues),
            chain: chain.map(|(steps, _)| {
                let terms = steps.iter().map(|package| self.terms(package));
                terms.collect()
            }),
            payoffs,
        })
    }

    /// A package in words.
    pub(super) fn terms(&self, package: &[u32]) -> Vec<String> {
        let issues = self.issues.iter().zip(package);
        issues
            .map(|(issue, &option)| {
                issue
                    .options
                    .get(option as usize)
                    .cloned()
                    .unwrap_or_default()
            })
            .collect()
    }

    /// Where a closed zone comes nearest to open, and what keeps it closed.
    pub(super) fn nearest_miss(
        &self,
        space: &PackageSpace,
    ) -> Result<Option<MissReport>, DetenteError> {
        let zone = space.zone(detente_payoff::ZoneKind::Strict);
        let Some(miss) = within(zone.nearest_miss())? else {
            return Ok(None);
        };
        let blockers = within(zone.blockers())?;
        let party = |party: usize| self.parties.get(party).cloned().unwrap_or_default();
        let issue = |issue: &usize| self.issues.get(*issue).map(|it| it.name.clone());
        let limits = (0..self.parties.len()).map(|party| Ok(within(zone.limit(party))?.flatten()));
        Ok(Some(MissReport {
            terms: self.terms(&miss.package),
            payoffs: miss.payoffs,
            share: miss.share,
            party: party(miss.party),
            limits: limits.collect::<Result<_, DetenteError>>()?,
            parties: { blockers.iter() }
                .flat_map(|it| it.parties.iter().map(|it| party(*it)))
                .collect(),
            issues: { blockers.iter() }
                .flat_map(|it| it.issues.iter().flatten().filter_map(issue))
                .collect(),
        }))
    }
}
