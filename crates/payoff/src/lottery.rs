use crate::{
    AgreementSpace, Ideal, PayoffError, PayoffMatrix, Scale, SolutionConcept, Utility,
    bargaining::{check_reference, check_weights},
    error::matching,
};

#[cfg(test)]
mod axioms;
mod blocks;
mod chain;
mod columns;
mod conflict;
mod gauss;
mod linear_program;
mod many;
mod oracle;
mod pair;
mod product;
mod record;
#[cfg(test)]
mod tests;

pub use conflict::{Integrative, IssueAlone, Linkage, opposition, shortfall};
pub use record::{Lottery, LotterySolution, Prize};

use blocks::Block;
use chain::{Chain, Place};
use columns::Mixture;
use many::Many;
use oracle::Oracle;
use pair::Pairwise;

/// The lotteries over the agreements of a space, however many there are: what the parties can reach
/// if they may agree on chances, take turns or divide. Payoffs are expected utilities, so what can be
/// reached is the convex hull of the packages' payoffs.
///
/// Nothing is listed. The best package under weights on the parties is found issue by issue, and for
/// two parties the border of the hull is put together from the issues' own (a sum of hulls is the
/// hull of the sum), at most one corner more than there are options: 10²⁵⁰ packages of 250 issues
/// take a fraction of a millisecond. Issues that a forbidden combination or an interaction couples
/// are merged first.
///
/// For two parties solutions are in closed form. For one, three and more they come by column
/// generation, with a [bound](LotterySolution::bound) that no lottery exceeds; its gap is closed to
/// some 10⁻¹¹ of the parties' spans, or said.
///
/// ```
/// use detente_payoff::{AgreementSpace, Lotteries, SolutionConcept, Utility};
///
/// // Camp David, 1978 (Brams & Togman 1996), as in the opening example.
/// let israel = [35.0, 10.0, 20.0, 10.0, 5.0, 20.0];
/// let egypt = [55.0, 5.0, 10.0, 5.0, 20.0, 5.0];
/// let space = AgreementSpace::new(&[2; 6])?;
/// let utilities = [
///     Utility::additive(0.0, israel.iter().map(|&points| vec![points, 0.0]).collect())?,
///     Utility::additive(0.0, egypt.iter().map(|&points| vec![0.0, points]).collect())?,
/// ];
/// let lotteries = Lotteries::new(&space, &utilities, &[0.0, 0.0])?;
/// // With a chance of 1 in 6 of the Sinai, Israel has as much as Egypt: 395/6, as Adjusted Winner.
/// let even = lotteries.solve(SolutionConcept::Egalitarian).expect("a zone of agreement");
/// assert!((even.value - 395.0 / 6.0).abs() < 1e-12);
/// let prizes = &even.lotteries[0].prizes;
/// assert_eq!(prizes.len(), 2);
/// assert!((prizes[1].probability - 5.0 / 6.0).abs() < 1e-12);
/// # Ok::<(), detente_payoff::PayoffError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Lotteries {
    n_issues: usize,
    blocks: Vec<Block>,
    constants: Vec<f64>,
    nonagreement: Vec<f64>,
    /// The efficient border, for two parties.
    chain: Option<Chain>,
}

/// What a concept amounts to once its points are known.
#[derive(Debug)]
enum Target {
    /// The highest product of gains.
    Product,
    /// Leximin of payoffs over `origin` in units of `units`.
    Level { origin: Vec<f64>, units: Vec<f64> },
    /// The highest sum of payoffs over `origin` in units of `units`.
    Sum { origin: Vec<f64>, units: Vec<f64> },
    /// Raiffa's steps.
    Raiffa,
}

impl Lotteries {
    /// The most joint choices that issues which are coupled may have together.
    pub const MAX_JOINT: usize = blocks::MOST_CHOICES;

    /// The lotteries over a space with one utility a party. O(M log M) for M options in all where no
    /// issues are coupled, otherwise in the joint choices.
    ///
    /// # Errors
    /// [`PayoffError::NoParties`]; [`PayoffError::Mismatch`] if a utility does not fit the space;
    /// [`PayoffError::MissingNonagreement`], [`PayoffError::NotFinite`], [`PayoffError::Overflow`];
    /// [`PayoffError::TooManyJoint`] above [`MAX_JOINT`](Self::MAX_JOINT) joint choices of coupled
    /// issues (a utility given as a table couples all); [`PayoffError::NothingFeasible`].
    pub fn new(
        space: &AgreementSpace,
        utilities: &[Utility],
        nonagreement: &[f64],
    ) -> Result<Self, PayoffError> {
        let constants = utilities.iter().map(blocks::constant).collect();
        let blocks = blocks::blocks(space, utilities)?;
        Self::of(space.n_issues(), blocks, constants, nonagreement)
    }

    /// The lotteries over agreements that were listed; a package is its place in the list.
    /// O(n log n).
    ///
    /// # Errors
    /// [`PayoffError::NothingFeasible`] if there are no agreements, [`PayoffError::TooManyOptions`]
    /// above [`AgreementSpace::MAX_OPTIONS`] of them, [`PayoffError::Overflow`].
    pub fn over(matrix: &PayoffMatrix) -> Result<Self, PayoffError> {
        let Ok(len) = u32::try_from(matrix.len()) else {
            return Err(PayoffError::TooManyOptions {
                issue: 0,
                given: matrix.len(),
                limit: AgreementSpace::MAX_OPTIONS,
            });
        };
        if len == 0 {
            return Err(PayoffError::NothingFeasible);
        }
        let payoffs = (0..matrix.len())
            .flat_map(|agreement| matrix.columns().map(move |column| column[agreement]))
            .collect();
        let blocks = vec![Block::listed(payoffs, len)];
        Self::of(
            1,
            blocks,
            vec![0.0; matrix.n_parties()],
            matrix.nonagreement(),
        )
    }

    fn of(
        n_issues: usize,
        blocks: Vec<Block>,
        constants: Vec<f64>,
        nonagreement: &[f64],
    ) -> Result<Self, PayoffError> {
        // An empty matrix checks the parties and what they have without agreement.
        let without = PayoffMatrix::new(constants.len(), Vec::new(), nonagreement)?;
        let lotteries = Self {
            n_issues,
            nonagreement: without.nonagreement().to_vec(),
            chain: match constants[..] {
                [first, second] => Some(Chain::new(&blocks, [first, second])),
                _ => None,
            },
            blocks,
            constants,
        };
        lotteries.bounded()
    }

    /// Accepts the lotteries if no sum of payoffs and no gain can overflow.
    fn bounded(self) -> Result<Self, PayoffError> {
        let n_parties = self.n_parties();
        let mut most: Vec<f64> = self.constants.iter().map(|it| it.abs()).collect();
        for block in &self.blocks {
            let mut largest = vec![0.0_f64; n_parties];
            for payoffs in block.payoffs(n_parties) {
                for (largest, payoff) in largest.iter_mut().zip(payoffs) {
                    *largest = largest.max(payoff.abs());
                }
            }
            most.iter_mut()
                .zip(largest)
                .for_each(|(most, it)| *most += it);
        }
        let nonagreement = self.nonagreement.iter().map(|d| d.abs());
        let sum: f64 = most.iter().copied().chain(nonagreement).sum();
        match (4.0 * sum).is_finite() {
            true => Ok(self),
            false => Err(PayoffError::Overflow {
                quantity: "payoffs over issues and parties",
            }),
        }
    }

    /// How many parties there are; at least one.
    #[must_use]
    pub fn n_parties(&self) -> usize {
        self.nonagreement.len()
    }

    /// What each party gets without agreement.
    #[must_use]
    pub fn nonagreement(&self) -> &[f64] {
        &self.nonagreement
    }

    /// The corners of the efficient border of what two parties can reach, from the best for the
    /// first to the best for the second, both ends included; `None` for other numbers of parties.
    /// Every lottery that no other betters for both lies on a side between two of them.
    #[must_use]
    pub fn corners(&self) -> Option<Vec<[f64; 2]>> {
        self.chain.as_ref().map(Chain::corners)
    }

    /// The package with the highest sum of payoffs times weights, of equal choices on an issue the
    /// first: a corner of what can be reached, and the greatest value of the sum over all
    /// lotteries. O(options · parties).
    ///
    /// # Errors
    /// [`PayoffError::Mismatch`] unless there is one weight a party, [`PayoffError::NotFinite`].
    pub fn best(&self, weights: &[f64]) -> Result<Prize, PayoffError> {
        matching(
            || "list of weights".to_owned(),
            weights.len(),
            self.n_parties(),
        )?;
        for (party, &weight) in weights.iter().enumerate() {
            crate::error::finite(|| format!("weight of party {party}"), weight)?;
        }
        let best = self.oracle().best(weights);
        Ok(Prize {
            package: self.package(&best.choices),
            payoffs: best.payoffs,
            probability: 1.0,
        })
    }

    /// The best each party can expect over the lotteries that `ideal` names; `None` if no lottery
    /// gains for every party.
    #[must_use]
    pub fn ideal_point(&self, ideal: Ideal) -> Option<Vec<f64>> {
        match self.pairwise() {
            Some(pairwise) => pairwise.zone().map(|_| pairwise.ideal(ideal).to_vec()),
            None => Some(Many::new(self.oracle(), &self.nonagreement)?.ideal(ideal)),
        }
    }

    /// What a concept picks among the lotteries from which no party loses, where some lottery gains
    /// for every party; `None` where none does (A-02). O(log M) for two parties, beside O(issues)
    /// for the packages.
    ///
    /// The product of gains over lotteries is never below that over packages, and neither is the
    /// lowest gain or the sum (A-07). A zone of lotteries may be open where that of packages is
    /// empty: two packages that each leave one party short can gain for both by the toss of a coin.
    #[must_use]
    pub fn solve(&self, concept: SolutionConcept) -> Option<LotterySolution> {
        let nonagreement = || self.nonagreement.clone();
        let equal = || vec![1.0; self.n_parties()];
        let along = |ideal: Ideal| {
            let units = minus(&self.ideal_point(ideal)?, &self.nonagreement);
            Some((nonagreement(), units))
        };
        let target = match concept {
            SolutionConcept::Nash => Target::Product,
            SolutionConcept::Egalitarian | SolutionConcept::Proportional => Target::Level {
                origin: nonagreement(),
                units: equal(),
            },
            SolutionConcept::KalaiSmorodinsky(ideal) => {
                let (origin, units) = along(ideal)?;
                Target::Level { origin, units }
            }
            SolutionConcept::GuptaLivne => {
                let (origin, units) = along(Ideal::Rational)?;
                Target::Level { origin, units }
            }
            SolutionConcept::EqualLoss(ideal) => Target::Level {
                origin: self.ideal_point(ideal)?,
                units: equal(),
            },
            SolutionConcept::Utilitarian(Scale::Raw) => Target::Sum {
                origin: vec![0.0; self.n_parties()],
                units: equal(),
            },
            SolutionConcept::Utilitarian(Scale::Normalised(ideal)) => {
                let (origin, units) = along(ideal)?;
                Target::Sum { origin, units }
            }
            SolutionConcept::Raiffa => Target::Raiffa,
        };
        self.pick(concept, &target)
    }

    /// The lottery version of [`proportional`](crate::proportional): gains in the ratio of the
    /// weights, or as nearly as can be.
    ///
    /// # Errors
    /// Those of [`proportional`](crate::proportional).
    pub fn proportional(&self, weights: &[f64]) -> Result<Option<LotterySolution>, PayoffError> {
        check_weights(weights, self.n_parties())?;
        let target = Target::Level {
            origin: self.nonagreement.clone(),
            units: weights.to_vec(),
        };
        Ok(self.pick(SolutionConcept::Proportional, &target))
    }

    /// The lottery version of [`gupta_livne`](crate::gupta_livne): the furthest point on the way
    /// from the reference to the ideal point.
    ///
    /// # Errors
    /// Those of [`gupta_livne`](crate::gupta_livne); the ideal point is that over lotteries.
    pub fn gupta_livne(&self, reference: &[f64]) -> Result<Option<LotterySolution>, PayoffError> {
        let what = || "reference point".to_owned();
        matching(what, reference.len(), self.n_parties())?;
        let Some(ideal) = self.ideal_point(Ideal::Rational) else {
            return Ok(None);
        };
        check_reference(reference, &self.nonagreement, &ideal)?;
        let target = Target::Level {
            origin: reference.to_vec(),
            units: minus(&ideal, reference),
        };
        Ok(self.pick(SolutionConcept::GuptaLivne, &target))
    }

    fn pick(&self, concept: SolutionConcept, target: &Target) -> Option<LotterySolution> {
        if let Some(pairwise) = self.pairwise() {
            let places = pairwise.pick(target, pairwise.zone()?);
            let lotteries: Vec<Lottery> = places
                .into_iter()
                .map(|place| self.at(pairwise.chain, place))
                .collect();
            let value = self.value(target, &lotteries.first()?.payoffs)?;
            return Some(LotterySolution {
                concept,
                value,
                bound: value,
                lotteries,
                rounds: 0,
            });
        }
        let mut many = Many::new(self.oracle(), &self.nonagreement)?;
        let (mixture, _, mut bound) = many.pick(target);
        let rounds = many.rounds();
        let lottery = self.drawn(mixture);
        // Of the lottery as it is returned, without the rare prizes that were left out.
        let value = self.value(target, &lottery.payoffs)?;
        if let Target::Raiffa = target {
            bound = value;
        }
        Some(LotterySolution {
            concept,
            value,
            bound,
            lotteries: vec![lottery],
            rounds,
        })
    }

    /// What the target maximises, at a vector of payoffs.
    fn value(&self, target: &Target, payoffs: &[f64]) -> Option<f64> {
        let level = |origin: &[f64], units: &[f64]| {
            let shares = payoffs.iter().zip(origin).zip(units);
            let shares = shares.map(|((u, o), unit)| (u - o) / unit);
            shares.fold(f64::INFINITY, f64::min)
        };
        Some(match target {
            Target::Product => {
                let gains = payoffs.iter().zip(&self.nonagreement).map(|(u, d)| u - d);
                gains.product::<f64>().min(f64::MAX)
            }
            Target::Level { origin, units } => level(origin, units),
            Target::Sum { origin, units } => {
                let parts = payoffs.iter().zip(origin).zip(units);
                parts.map(|((u, o), unit)| (u - o) / unit).sum()
            }
            Target::Raiffa => {
                let units = minus(&self.ideal_point(Ideal::Rational)?, &self.nonagreement);
                level(&self.nonagreement, &units)
            }
        })
    }

    fn pairwise(&self) -> Option<Pairwise<'_>> {
        let [first, second] = self.nonagreement[..] else {
            return None;
        };
        Some(Pairwise {
            chain: self.chain.as_ref()?,
            nonagreement: [first, second],
        })
    }

    fn oracle(&self) -> Oracle<'_> {
        Oracle {
            blocks: &self.blocks,
            constants: &self.constants,
            rounds: 0,
        }
    }

    /// The options of a package, from the choice of each block.
    fn package(&self, choices: &[usize]) -> Vec<u32> {
        let mut package = vec![0; self.n_issues];
        for (block, &choice) in self.blocks.iter().zip(choices) {
            block.write(choice, &mut package);
        }
        package
    }

    /// The lottery at a place on the border: the package before it and the one after.
    fn at(&self, chain: &Chain, place: Place) -> Lottery {
        let prize = |point: usize, probability: f64| Prize {
            package: self.package(&chain.choices(point)),
            payoffs: chain.points()[point].to_vec(),
            probability,
        };
        let mut prizes = vec![prize(place.point, 1.0 - place.share)];
        if place.share > 0.0 {
            prizes.push(prize(place.point + 1, place.share));
        }
        Lottery {
            payoffs: chain.payoffs(place).to_vec(),
            prizes,
        }
    }

    fn drawn(&self, mixture: Mixture) -> Lottery {
        let payoffs = mixture.payoffs();
        let pairs = mixture.columns.into_iter().zip(mixture.shares);
        let prizes = pairs.map(|(column, probability)| Prize {
            package: self.package(&column.choices),
            payoffs: column.payoffs,
            probability,
        });
        Lottery {
            payoffs,
            prizes: prizes.collect(),
        }
    }
}

/// What the first exceed the second by.
fn minus(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}
