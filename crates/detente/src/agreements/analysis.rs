use detente_payoff::{
    Ideal, Lotteries, LotterySolution, PackageSpace, PayoffError, Scale, SolutionConcept,
    ZoneFinding, ZoneKind, solve, zone_count,
};

use super::{
    AgreementsReport, ConflictReport, Count, FrontierReport, Listed, LotteryPick, LotteryVectors,
    Negotiation, Pick, PrizeReport, SCHEMA, SolutionVectors, ZoneReport,
    found::{Efficient, Found},
    listing::Listing,
    sums::{Sums, space_of, within},
};
use crate::DetenteError;

/// How much of what is found is written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgreementsOptions {
    /// How many payoff vectors of the frontier are listed with their agreements.
    pub listed: usize,
    /// How many agreements are listed for each payoff vector.
    pub ties: usize,
}

impl Default for AgreementsOptions {
    /// A thousand vectors, ten agreements each.
    fn default() -> Self {
        Self {
            listed: 1_000,
            ties: 10,
        }
    }
}

/// Finds which agreements there are and which stand out. Payoffs that are short decimals add up as
/// on paper ([`DecimalScale`](detente_payoff::DecimalScale)): 0.1 + 0.2 is no more than 0.3. A party's
/// payoffs are compared with its own only, so whether it gains does not hang on how another's are written.
/// What counts as a gain is what [`assess`](crate::assess) counts: the payoff of
/// [`Utility::tabulate`](detente_payoff::Utility::tabulate) above the nonagreement payoff.
///
/// ```
/// use detente::{
///     agreements::{AgreementsOptions, NamedIssue, Negotiation, NegotiationParts, agreements},
///     payoff::Utility,
/// };
///
/// let issue = |name: &str, options: [&str; 2]| NamedIssue {
///     name: name.to_owned(),
///     options: options.map(str::to_owned).to_vec(),
/// };
/// let negotiation = Negotiation::of_parts(NegotiationParts {
///     title: "Border and water".to_owned(),
///     parties: vec!["north".to_owned(), "south".to_owned()],
///     issues: vec![issue("border", ["line A", "line B"]), issue("water", ["shared", "divided"])],
///     utilities: vec![
///         Utility::additive(0.0, vec![vec![10.0, 4.0], vec![3.0, 1.0]])?,
///         Utility::additive(0.0, vec![vec![2.0, 9.0], vec![3.0, 2.0]])?,
///     ],
///     nonagreement: vec![6.0, 6.0],
///     ranked: vec![false; 2],
///     corners: None,
///     notes: Vec::new(),
/// })?;
/// let report = agreements(&negotiation, &AgreementsOptions::default())?;
/// assert_eq!(report.agreements, "4");
/// assert_eq!(report.zone.strict.map(|count| count.to_string()).as_deref(), Some("1"));
/// assert_eq!(report.solutions.nash, [[7.0, 12.0]]);
/// # Ok::<(), detente::DetenteError>(())
/// ```
///
/// # Errors
/// [`DetenteError::Payoff`] if payoffs could add up to more than 4e307, or if nothing is
/// feasible.
pub fn agreements(
    negotiation: &Negotiation,
    options: &AgreementsOptions,
) -> Result<AgreementsReport, DetenteError> {
    let mut report = match negotiation.in_whole_numbers()? {
        None => analyse(negotiation, options)?,
        Some((scale, whole)) => {
            let mut report = analyse(&whole, options)?;
            report.write_as_coded(scale);
            report
        }
    };
    report.ranges = negotiation.ranges_report()?;
    Ok(report)
}

/// Whether some agreement gains for all, and how many do; `None` where that took too much to find out.
pub(super) fn strict_zone(
    negotiation: &Negotiation,
) -> Result<(Option<bool>, Option<Count>), DetenteError> {
    let whole = negotiation.in_whole_numbers()?.map(|(_, whole)| whole);
    let source = Source::of(whole.as_ref().unwrap_or(negotiation))?;
    let found = source.found()?;
    Ok((source.is_open(&found)?, found.strict))
}

fn analyse(
    negotiation: &Negotiation,
    options: &AgreementsOptions,
) -> Result<AgreementsReport, DetenteError> {
    let source = Source::of(negotiation)?;
    let mut found = source.found()?;
    let mut notes = negotiation.notes.clone();
    notes.append(&mut found.notes);
    let analysis = Analysis {
        negotiation,
        options,
        found,
        source,
    };
    let (mut solutions, mut lottery) = (SolutionVectors::default(), LotteryVectors::default());
    let (mut picks, mut drawn) = (Vec::new(), Vec::new());
    if negotiation.ranked {
        notes.push(RANKED.to_owned());
        if negotiation.places.contains(&true) {
            notes.push(PLACES.to_owned());
        }
    } else {
        (solutions, picks) = analysis.solutions();
        if negotiation.gains_by_lottery()? {
            (lottery, drawn) = analysis.lotteries(&negotiation.lotteries()?);
        }
    }
    let zone = analysis.zone(lottery.nash.is_some())?;
    let conflict = analysis.conflict(zone.exists)?;
    Ok(AgreementsReport {
        schema: SCHEMA,
        title: negotiation.title.clone(),
        parties: negotiation.parties.clone(),
        places: negotiation.places.clone(),
        issues: negotiation.issues.clone(),
        nonagreement: negotiation.nonagreement.clone(),
        agreements: analysis.found.agreements.clone(),
        zone,
        ranges: None,
        frontier: analysis
            .found
            .efficient
            .as_ref()
            .map(|it| analysis.frontier(it)),
        solutions,
        picks,
        lottery,
        lotteries: drawn,
        conflict,
        notes,
    })
}

/// Why there are no solutions.
const RANKED: &str = "Some payoffs are rankings, which have an order and no size: sums, products and \
                      chances of them mean nothing, so no solution is given.";

/// What the numbers of a ranking are.
const PLACES: &str = "Their numbers are places, 1 the best: a lower number is better.";

struct Analysis<'a> {
    negotiation: &'a Negotiation,
    options: &'a AgreementsOptions,
    found: Found,
    source: Source,
}

/// How agreements are found: issue by issue where payoffs add up so, or else from a list of all.
enum Source {
    Sums(Sums),
    Listing {
        list: Listing,
        /// The same issue by issue, with sums that may differ in the last bit.
        space: Option<PackageSpace>,
    },
}

/// The most combinations of options that are listed because sums over issues would be rounded elsewhere.
const LISTED: u128 = 1 << 20;

impl Source {
    fn of(negotiation: &Negotiation) -> Result<Self, DetenteError> {
        let few = negotiation
            .space
            .combinations()
            .is_some_and(|it| it <= LISTED);
        let space = space_of(negotiation)?;
        match space {
            // Payoffs in which doubles cannot be added up exactly are rounded as an assessment rounds them.
            Some(space) if space.pays_as_listed() || !few => Ok(Self::Sums(Sums::of(space)?)),
            space => Ok(Self::Listing {
                list: Listing::of(negotiation)?,
                space,
            }),
        }
    }

    fn found(&self) -> Result<Found, DetenteError> {
        match self {
            Self::Sums(sums) => sums.found(),
            Self::Listing { list, .. } => list.found(),
        }
    }

    fn packages_at(&self, place: usize, most: usize) -> Vec<Vec<u32>> {
        match self {
            Self::Sums(sums) => sums.packages_at(place, most),
            Self::Listing { list, .. } => list.packages_at(place, most),
        }
    }

    /// Whether some agreement gains for all; `None` where that took too much to find out.
    fn is_open(&self, found: &Found) -> Result<Option<bool>, DetenteError> {
        match (&found.efficient, self) {
            (Some(efficient), _) => Ok(Some(zone_count(&efficient.vectors, ZoneKind::Strict) > 0)),
            (None, Self::Sums(sums)) => {
                let found = within(sums.space().zone(ZoneKind::Strict).search())?;
                Ok(found.map(|found| matches!(found, ZoneFinding::Open { .. })))
            }
            (None, Self::Listing { .. }) => Ok(None),
        }
    }

    fn payoffs(&self, package: &[u32]) -> Option<Vec<f64>> {
        match self {
            Self::Sums(sums) => sums.payoffs(package),
            Self::Listing { list, .. } => list.payoffs(package),
        }
    }

    /// The packages issue by issue, of a zone that is closed there too.
    fn closed_space(&self) -> Result<Option<&PackageSpace>, DetenteError> {
        let space = match self {
            Self::Sums(sums) => return Ok(Some(sums.space())),
            Self::Listing { space, .. } => space.as_ref(),
        };
        let Some(space) = space else { return Ok(None) };
        let found = within(space.zone(ZoneKind::Strict).search())?;
        Ok(matches!(found, Some(ZoneFinding::Closed(_))).then_some(space))
    }
}

impl Analysis<'_> {
    fn zone(&self, by_lottery: bool) -> Result<ZoneReport, DetenteError> {
        let found = &self.found;
        let exists = self.source.is_open(found)?;
        Ok(ZoneReport {
            exists,
            strict: found.strict.clone(),
            weak: found.weak.clone(),
            pareto_improving: found.pareto_improving.clone(),
            share: found.share,
            // An agreement for certain is a lottery too, also where sizes differ too much to draw between.
            by_lottery: by_lottery || exists == Some(true),
        })
    }

    fn frontier(&self, efficient: &Efficient) -> FrontierReport {
        let vectors = &efficient.vectors;
        let places = 0..vectors.len();
        let listed = places.clone().take(self.options.listed);
        FrontierReport {
            vectors: Count::from(vectors.len() as u64),
            packages: efficient.packages.clone(),
            in_zone: Count::from(zone_count(vectors, ZoneKind::Weak) as u64),
            rational_only: efficient.rational_only,
            points: places.filter_map(|it| vectors.vector(it)).collect(),
            listed: listed.map(|it| self.listed(efficient, it)).collect(),
        }
    }

    fn listed(&self, efficient: &Efficient, place: usize) -> Listed {
        let packages = self.source.packages_at(place, self.options.ties);
        Listed {
            payoffs: efficient.vectors.vector(place).unwrap_or_default(),
            packages: efficient.counts[place].clone(),
            terms: packages
                .iter()
                .map(|package| self.negotiation.terms(package))
                .collect(),
        }
    }

    /// What the concepts pick: every maximiser is efficient, so the frontier is enough to ask.
    fn solutions(&self) -> (SolutionVectors, Vec<Pick>) {
        let mut vectors = SolutionVectors::default();
        let mut picks = Vec::new();
        let Some(efficient) = &self.found.efficient else {
            return (vectors, picks);
        };
        // What is best over all agreements is not known from those in the zone.
        let known = |concept: &SolutionConcept| !(efficient.rational_only && is_global(*concept));
        for concept in SolutionConcept::ALL.into_iter().filter(known) {
            let Some(solution) = solve(&efficient.vectors, concept) else {
                continue;
            };
            let payoffs = solution.vectors(&efficient.vectors);
            match concept {
                SolutionConcept::Nash => vectors.nash = payoffs,
                SolutionConcept::KalaiSmorodinsky(Ideal::Rational) => {
                    vectors.kalai_smorodinsky = payoffs;
                }
                SolutionConcept::KalaiSmorodinsky(Ideal::Global) => {
                    vectors.kalai_smorodinsky_global = payoffs;
                }
                SolutionConcept::Egalitarian => vectors.egalitarian = payoffs,
                SolutionConcept::Utilitarian(Scale::Raw) => vectors.utilitarian = payoffs,
                _ => {}
            }
            picks.push(Pick {
                concept,
                name: concept.to_string(),
                definition: concept.definition(),
                source: concept.source(),
                value: solution.value,
                vectors: solution
                    .agreements
                    .iter()
                    .map(|&it| self.listed(efficient, it))
                    .collect(),
            });
        }
        (vectors, picks)
    }

    fn lotteries(&self, lotteries: &Lotteries) -> (LotteryVectors, Vec<LotteryPick>) {
        let mut vectors = LotteryVectors::default();
        let mut picks = Vec::new();
        for concept in SolutionConcept::ALL {
            let Some(solution) = lotteries.solve(concept) else {
                continue;
            };
            let Some(pick) = self.drawn(&solution) else {
                continue;
            };
            let payoffs = Some(pick.payoffs.clone());
            match concept {
                SolutionConcept::Nash => vectors.nash = payoffs,
                SolutionConcept::Egalitarian => vectors.egalitarian = payoffs,
                SolutionConcept::KalaiSmorodinsky(Ideal::Rational) => {
                    vectors.kalai_smorodinsky = payoffs;
                }
                _ => {}
            }
            picks.push(pick);
        }
        (vectors, picks)
    }

    fn drawn(&self, solution: &LotterySolution) -> Option<LotteryPick> {
        let lottery = solution.lotteries.first()?;
        let prizes = lottery.prizes.iter().map(|prize| PrizeReport {
            probability: prize.probability,
            payoffs: prize.payoffs.clone(),
            terms: self.negotiation.terms(&prize.package),
        });
        Some(LotteryPick {
            concept: solution.concept,
            name: solution.concept.to_string(),
            value: solution.value,
            gap: solution.gap(),
            payoffs: lottery.payoffs.clone(),
            prizes: prizes.collect(),
        })
    }

    fn conflict(&self, zone: Option<bool>) -> Result<ConflictReport, DetenteError> {
        let efficient = self.found.efficient.as_ref();
        let mut report = self.negotiation.conflict(efficient)?;
        if zone == Some(false)
            && !self.negotiation.ranked
            && let Some(space) = self.source.closed_space()?
        {
            report.nearest_miss = self.negotiation.nearest_miss(space)?;
        }
        let list = self.negotiation.short_list()?;
        for tabled in &self.negotiation.tabled {
            let payoffs = self.payoffs(&tabled.package)?;
            let proposal = self
                .negotiation
                .proposal(tabled, payoffs, efficient, list.as_ref())?;
            report.proposals.push(proposal);
        }
        Ok(report)
    }

    /// What a package gives each party.
    fn payoffs(&self, package: &[u32]) -> Result<Vec<f64>, DetenteError> {
        self.source.payoffs(package).ok_or_else(|| {
            PayoffError::Mismatch {
                what: "package".to_owned(),
                given: package.len(),
                expected: self.negotiation.issues.len(),
            }
            .into()
        })
    }
}

/// Whether a concept asks for the best over all agreements.
fn is_global(concept: SolutionConcept) -> bool {
    matches!(
        concept,
        SolutionConcept::KalaiSmorodinsky(Ideal::Global)
            | SolutionConcept::EqualLoss(Ideal::Global)
            | SolutionConcept::Utilitarian(Scale::Normalised(Ideal::Global))
    )
}
