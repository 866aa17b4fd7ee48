//! Payoffs added up issue by issue.

use std::borrow::Cow;

use super::{Form, Interaction, Utility};
use crate::{AgreementSpace, DecimalScale, PayoffError, error::matching};

/// `constant + Σ_i tables[i][x_i] + Σ interactions whose two options are in x`.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Additive {
    pub(crate) constant: f64,
    pub(crate) tables: Vec<Vec<f64>>,
    /// The earlier issue first, in the order in which they are added up.
    #[cfg_attr(feature = "serde", serde(default))]
    pub(crate) interactions: Vec<Interaction>,
    /// How its numbers are read: as the decimals they were coded as, where those add up without
    /// rounding. Of all its numbers, so it is found anew when one is added.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) decimals: Option<DecimalScale>,
}

impl Additive {
    /// Accepts the utility if no sum of its numbers can overflow. Rounding is monotone, so the sum
    /// of the largest magnitudes, taken in the same order, bounds every partial sum.
    pub(super) fn bounded(mut self) -> Result<Utility, PayoffError> {
        // A factor of two covers the different places at which interactions are added.
        if (2.0 * self.bound()).is_finite() {
            self.decimals = DecimalScale::of(self.numbers());
            Ok(Utility(Form::Additive(self)))
        } else {
            Err(PayoffError::Overflow {
                quantity: "payoffs by issue",
            })
        }
    }

    /// Every number that was coded.
    pub(super) fn numbers(&self) -> impl Iterator<Item = f64> {
        let tables = self.tables.iter().flatten().copied();
        let interactions = self.interactions.iter().map(|it| it.value);
        tables.chain(interactions).chain([self.constant])
    }

    pub(super) fn map(&self, of: impl Fn(f64) -> f64) -> Self {
        let table = |table: &Vec<f64>| table.iter().copied().map(&of).collect();
        let interaction = |it: &Interaction| Interaction {
            value: of(it.value),
            ..*it
        };
        Self {
            constant: of(self.constant),
            tables: self.tables.iter().map(table).collect(),
            interactions: self.interactions.iter().map(interaction).collect(),
            decimals: None,
        }
    }

    /// The numbers to add up, and what to divide the sums by: whole numbers and a power of ten for
    /// decimals, otherwise the numbers as they are.
    pub(super) fn to_add_up(&self) -> (Cow<'_, Self>, Option<DecimalScale>) {
        match self.decimals.filter(|scale| !scale.is_one()) {
            Some(scale) => (Cow::Owned(self.map(|it| scale.whole(it))), Some(scale)),
            None => (Cow::Borrowed(self), None),
        }
    }

    /// The sum of the largest magnitudes.
    pub(crate) fn bound(&self) -> f64 {
        let mut bound = self.constant.abs();
        for table in &self.tables {
            bound += table
                .iter()
                .fold(0.0, |most: f64, value| most.max(value.abs()));
        }
        for interaction in &self.interactions {
            bound += interaction.value.abs();
        }
        bound
    }

    /// Files an interaction after those of the same options, so that the order of coding them does
    /// not matter to the sum.
    pub(super) fn insert(&mut self, interaction: Interaction) {
        let key = |of: &Interaction| (of.second, of.first);
        let place = self
            .interactions
            .partition_point(|other| key(other) <= key(&interaction));
        self.interactions.insert(place, interaction);
    }

    /// The interactions whose later issue and option are `end`.
    pub(super) fn ending_at(&self, end: (usize, usize)) -> &[Interaction] {
        let from = self
            .interactions
            .partition_point(|other| other.second < end);
        let rest = &self.interactions[from..];
        &rest[..rest.partition_point(|other| other.second == end)]
    }

    /// Adds what `issue` brings to the sum over the issues before it.
    pub(super) fn settle(
        &self,
        sum: f64,
        agreement: &[u32],
        issue: usize,
        ending: &[Interaction],
    ) -> f64 {
        let mut sum = sum + self.tables[issue][agreement[issue] as usize];
        for &Interaction { first, value, .. } in ending {
            if agreement[first.0] as usize == first.1 {
                sum += value;
            }
        }
        sum
    }

    pub(crate) fn check_fit(&self, space: &AgreementSpace) -> Result<(), PayoffError> {
        let sizes = space.sizes();
        matching(
            || "utility's list of issues".to_owned(),
            self.tables.len(),
            sizes.len(),
        )?;
        for (issue, (table, &size)) in self.tables.iter().zip(sizes).enumerate() {
            matching(
                || format!("utility's table for issue {issue}"),
                table.len(),
                size,
            )?;
        }
        Ok(())
    }

    /// For each issue, the interactions that end at each of its options; empty where there are none.
    pub(super) fn filed(&self) -> Vec<Vec<&[Interaction]>> {
        let mut filed = vec![Vec::new(); self.tables.len()];
        for interaction in &self.interactions {
            let issue = interaction.second.0;
            if filed[issue].is_empty() {
                filed[issue] = (0..self.tables[issue].len())
                    .map(|option| self.ending_at((issue, option)))
                    .collect();
            }
        }
        filed
    }

    /// Payoffs of the agreements laid end to end in `flat`, keeping the sums over leading issues.
    pub(super) fn fill(&self, flat: &[u32], filed: &[Vec<&[Interaction]>], out: &mut [f64]) {
        let n_issues = self.tables.len();
        let mut sums = vec![self.constant; n_issues + 1];
        let mut previous: &[u32] = &[];
        for (agreement, slot) in flat.chunks_exact(n_issues).zip(out) {
            let shared = agreement.iter().zip(previous).take_while(|(a, b)| a == b);
            for issue in shared.count()..n_issues {
                let option = agreement[issue] as usize;
                let ending = filed[issue].get(option).copied().unwrap_or_default();
                sums[issue + 1] = self.settle(sums[issue], agreement, issue, ending);
            }
            *slot = sums[n_issues] + 0.0;
            previous = agreement;
        }
    }
}
