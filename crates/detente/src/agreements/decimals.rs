//! Payoffs coded as decimal fractions: analysed as whole numbers, written as they were coded.

use detente_payoff::{DecimalScale, PayoffError, Scale, SolutionConcept};

use super::{AgreementsReport, Listed, Negotiation};

impl Negotiation {
    /// The same with payoffs in whole numbers, where they are short decimals and not whole yet.
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
