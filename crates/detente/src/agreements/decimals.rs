//! Payoffs coded as decimal fractions: analysed as whole numbers, written as they were coded.

use detente_payoff::{DecimalScale, PayoffError, Scale, SolutionConcept};

use super::{AgreementsReport, Listed, Negotiation};

impl Negotiation {
    /// The same with payoffs in whole numbers of one unit, where they all are short decimals and not whole
    /// yet: so that products and sums over parties, which solutions compare, tie as on paper. Who gains
    /// is the same without.
    pub(super) fn in_whole_numbers(&self) -> Result<Option<(DecimalScale, Self)>, PayoffError> {
        let scale = DecimalScale::of_all(&self.utilities, &self.nonagreement);
        let Some(scale) = scale.filter(|it| !it.is_one()) else {
            return Ok(None);
        };
        let utilities = self.utilities.iter().map(|it| scale.utility(it));
        let nonagreement = self.nonagreement.iter().map(|it| scale.whole(*it));
        let whole = Self {
            utilities: utilities.collect::<Result<_, _>>()?,
            nonagreement: nonagreement.collect(),
            ..self.clone()
        };
        Ok(Some((scale, whole)))
    }

    /// Whether some lottery over agreements gains for every party. Each party's payoffs are read in units of
    /// its own, whatever another's are like, since gains are gains in any unit.
    pub(super) fn gains_by_lottery(&self) -> Result<bool, PayoffError> {
        let mut own = self.clone();
        for (utility, without) in own.utilities.iter_mut().zip(&mut own.nonagreement) {
            let all = (std::slice::from_ref(&*utility), [*without]);
            if let Some(scale) = DecimalScale::of_all(all.0, &all.1) {
                (*utility, *without) = (scale.utility(utility)?, scale.whole(*without));
            }
        }
        Ok(own.lotteries()?.solve(SolutionConcept::Nash).is_some())
    }
}

impl AgreementsReport {
    /// Writes what was found in whole numbers as payoffs were coded. Shares stay as they are.
    pub(super) fn write_as_coded(&mut self, scale: DecimalScale) {
        let n_parties = self.parties.len();
        let vector = |payoffs: &mut Vec<f64>| {
            for payoff in payoffs {
                *payoff = scale.coded(*payoff, 1);
            }
        };
        let listed = |it: &mut Listed| vector(&mut it.payoffs);
        let value = |concept, value| scale.coded(value, degree(concept, n_parties));
        vector(&mut self.nonagreement);
        if let Some(frontier) = &mut self.frontier {
            frontier.points.iter_mut().for_each(vector);
            frontier.listed.iter_mut().for_each(listed);
        }
        let solutions = &mut self.solutions;
        for vectors in [
            &mut solutions.nash,
            &mut solutions.kalai_smorodinsky,
            &mut solutions.kalai_smorodinsky_global,
            &mut solutions.egalitarian,
            &mut solutions.utilitarian,
        ] {
            vectors.iter_mut().for_each(vector);
        }
        for pick in &mut self.picks {
            pick.value = value(pick.concept, pick.value);
            pick.vectors.iter_mut().for_each(listed);
        }
        let drawn = &mut self.lottery;
        for payoffs in [
            &mut drawn.nash,
            &mut drawn.egalitarian,
            &mut drawn.kalai_smorodinsky,
        ] {
            payoffs.iter_mut().for_each(vector);
        }
        for pick in &mut self.lotteries {
            pick.value = value(pick.concept, pick.value);
            pick.gap = value(pick.concept, pick.gap);
            vector(&mut pick.payoffs);
            let prizes = pick.prizes.iter_mut();
            prizes.for_each(|prize| vector(&mut prize.payoffs));
        }
        let conflict = &mut self.conflict;
        if let Some(found) = &mut conflict.integrative {
            vector(&mut found.split);
            vector(&mut found.traded);
        }
        if let Some(found) = &mut conflict.linkage {
            vector(&mut found.separate);
            vector(&mut found.together);
        }
        if let Some(miss) = &mut conflict.nearest_miss {
            vector(&mut miss.payoffs);
            for limit in miss.limits.iter_mut().flatten() {
                *limit = scale.coded(*limit, 1);
            }
        }
        for proposal in &mut conflict.proposals {
            vector(&mut proposal.payoffs);
        }
    }
}

/// How many payoffs are multiplied with one another in what a concept maximises: 0 for shares.
const fn degree(concept: SolutionConcept, n_parties: usize) -> usize {
    match concept {
        SolutionConcept::Nash => n_parties,
        SolutionConcept::Egalitarian
        | SolutionConcept::Proportional
        | SolutionConcept::EqualLoss(_)
        | SolutionConcept::Utilitarian(Scale::Raw) => 1,
        _ => 0,
    }
}
