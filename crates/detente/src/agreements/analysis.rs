use detente_payoff::{
    Ideal, Lotteries, LotterySolution, PayoffError, Scale, SolutionConcept, ZoneKind, solve,
    zone_count,
};

use super::{
    AgreementsReport, ConflictReport, Count, FrontierReport, Listed, LotteryPick, LotteryVectors,
    Negotiation, Pick, PrizeReport, ProposalReport, SCHEMA, SolutionVectors, ZoneReport,
    found::Found, listing::Listing,
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

/// Finds which agreements there are and which stand out.
///
/// ```
/// use detente::agreements::{AgreementsOptions, Negotiation, ScoreSheet, agreements};
///
/// let text = "issue,option,north,south\n\
///             border,line A,10,2\nborder,line B,4,9\n\
///             water,shared,3,3\nwater,divided,1,2\n\
///             nonagreement,,6,6\n";
/// let sheet = ScoreSheet::read(text.as_bytes())?;
/// let negotiation = Negotiation::of_sheet("Border and water", &sheet)?;
/// let report = agreements(&negotiation, &AgreementsOptions::default())?;
/// assert_eq!(report.agreements, "4");
/// assert_eq!(report.zone.strict.map(|count| count.to_string()).as_deref(), Some("1"));
/// assert_eq!(report.solutions.nash, [[7.0, 12.0]]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`DetenteError::Payoff`] if payoffs add up to more than a number can hold, or if nothing is
/// feasible.
pub fn agreements(
    negotiation: &Negotiation,
    options: &AgreementsOptions,
) -> Result<AgreementsReport, DetenteError> {
    let listing = Listing::of(negotiation)?;
    let analysis = Analysis {
        negotiation,
        options,
        found: listing.found()?,
        listing,
    };
    let mut notes = Vec::new();
    let (mut solutions, mut lottery) = (SolutionVectors::default(), LotteryVectors::default());
    let (mut picks, mut drawn) = (Vec::new(), Vec::new());
    if negotiation.ranked {
        notes.push(RANKED.to_owned());
    } else {
        (solutions, picks) = analysis.solutions();
        (lottery, drawn) = analysis.lotteries(&negotiation.lotteries()?);
    }
    Ok(AgreementsReport {
        schema: SCHEMA,
        title: negotiation.title.clone(),
        parties: negotiation.parties.clone(),
        issues: negotiation.issues.clone(),
        nonagreement: negotiation.nonagreement.clone(),
        agreements: analysis.found.agreements.clone(),
        zone: analysis.zone(lottery.nash.is_some()),
        frontier: Some(analysis.frontier()),
        solutions,
        picks,
        lottery,
        lotteries: drawn,
        conflict: analysis.conflict()?,
        notes,
    })
}

/// Why there are no solutions.
const RANKED: &str = "Some payoffs are rankings, which have an order and no size: sums, products and \
                      chances of them mean nothing, so no solution is given.";

struct Analysis<'a> {
    negotiation: &'a Negotiation,
    options: &'a AgreementsOptions,
    found: Found,
    listing: Listing,
}

impl Analysis<'_> {
    fn zone(&self, by_lottery: bool) -> ZoneReport {
        let found = &self.found;
        ZoneReport {
            exists: zone_count(&found.efficient, ZoneKind::Strict) > 0,
            strict: found.strict.clone(),
            weak: found.weak.clone(),
            pareto_improving: found.pareto_improving.clone(),
            share: found.share,
            by_lottery,
        }
    }

    fn frontier(&self) -> FrontierReport {
        let efficient = &self.found.efficient;
        let places = 0..efficient.len();
        FrontierReport {
            vectors: Count::from(efficient.len() as u64),
            packages: self.found.packages.clone(),
            in_zone: Count::from(zone_count(efficient, ZoneKind::Weak) as u64),
            points: places
                .clone()
                .filter_map(|it| efficient.vector(it))
                .collect(),
            listed: places
                .take(self.options.listed)
                .map(|it| self.listed(it))
                .collect(),
        }
    }

    fn listed(&self, place: usize) -> Listed {
        let packages = self.listing.packages_at(place, self.options.ties);
        Listed {
            payoffs: self.found.efficient.vector(place).unwrap_or_default(),
            packages: self.found.counts[place].clone(),
            terms: packages.iter().map(|package| self.terms(package)).collect(),
        }
    }

    /// A package in words.
    fn terms(&self, package: &[u32]) -> Vec<String> {
        let issues = self.negotiation.issues.iter().zip(package);
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

    /// What the concepts pick: every maximiser is efficient, so the frontier is enough to ask.
    fn solutions(&self) -> (SolutionVectors, Vec<Pick>) {
        let mut vectors = SolutionVectors::default();
        let mut picks = Vec::new();
        for concept in SolutionConcept::ALL {
            let Some(solution) = solve(&self.found.efficient, concept) else {
                continue;
            };
            let payoffs = solution.vectors(&self.found.efficient);
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
                    .map(|&it| self.listed(it))
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
            terms: self.terms(&prize.package),
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

    fn conflict(&self) -> Result<ConflictReport, DetenteError> {
        let tabled = self.negotiation.tabled.iter();
        let proposals = tabled.map(|tabled| {
            let payoffs = self.payoffs(&tabled.package)?;
            let parties = self.negotiation.parties.iter().zip(&payoffs);
            let blocked = parties.zip(&self.negotiation.nonagreement);
            let blocked_by = blocked
                .filter(|((_, u), d)| u <= d)
                .map(|((party, _), _)| party.clone())
                .collect();
            Ok(ProposalReport {
                name: tabled.name.clone(),
                payoffs,
                blocked_by,
            })
        });
        Ok(ConflictReport {
            proposals: proposals.collect::<Result<_, DetenteError>>()?,
        })
    }

    /// What a package gives each party.
    fn payoffs(&self, package: &[u32]) -> Result<Vec<f64>, DetenteError> {
        self.listing.payoffs(package).ok_or_else(|| {
            PayoffError::Mismatch {
                what: "package".to_owned(),
                given: package.len(),
                expected: self.negotiation.issues.len(),
            }
            .into()
        })
    }
}
