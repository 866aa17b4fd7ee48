use crate::{
    LegitimacyError,
    error::{computed, finite},
};

/// A project and what each group gains and pays for it: log-rolling (claim D-23; derived after
/// Snyder 1991). A coalition passes what pays *it*, whoever bears the rest.
///
/// ```
/// use detente_legitimacy::LogRoll;
/// // A fleet worth 3 and 2 to two groups, paid for by all four.
/// let fleet = LogRoll::new(&[3.0, 2.0, 0.0, 0.0], &[2.0, 2.0, 2.0, 2.0])?;
/// let passage = fleet.passage(&[0, 1])?;
/// assert!(passage.passes && passage.is_wasteful());
/// assert_eq!((passage.cost_share, passage.value, passage.cost), (Some(0.5), 5.0, 8.0));
/// # Ok::<(), detente_legitimacy::LegitimacyError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct LogRoll {
    values: Vec<f64>,
    costs: Vec<f64>,
}

/// What a coalition does with a project.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Passage {
    /// Whether the coalition passes it: V_C ≥ s_C·K.
    pub passes: bool,
    /// V: what it is worth to all.
    pub value: f64,
    /// K: what it costs all.
    pub cost: f64,
    /// V_C: what it is worth to the coalition.
    pub coalition_value: f64,
    /// s_C·K: what it costs the coalition.
    pub coalition_cost: f64,
    /// s_C: the coalition's share of the cost; `None` if the project costs nothing.
    pub cost_share: Option<f64>,
}

impl Passage {
    /// Whether it passes although it is worth less than it costs, V < K. If nobody outside the
    /// coalition loses by the project itself, that needs s_C < 1.
    #[must_use]
    pub fn is_wasteful(&self) -> bool {
        self.passes && self.value < self.cost
    }
}

impl LogRoll {
    /// A project worth `values[i]` to group i, which bears `costs[i]` of its cost.
    ///
    /// # Errors
    /// [`LegitimacyError::Length`] if the two differ in length, [`LegitimacyError::Empty`] if there
    /// is no group, [`LegitimacyError::Entry`] with the first number that is not finite or cost
    /// below 0, [`LegitimacyError::Overflow`] if a sum is too large.
    pub fn new(values: &[f64], costs: &[f64]) -> Result<Self, LegitimacyError> {
        LegitimacyError::check_length("costs of a project", costs.len(), values.len())?;
        LegitimacyError::check_some("groups", values.len())?;
        for (index, (&value, &cost)) in values.iter().zip(costs).enumerate() {
            let legal = cost.is_finite() && cost >= 0.0;
            finite("value of a project", value)
                .and_then(|_| {
                    let expected = "a finite number, 0 or more";
                    crate::error::require(legal, "cost of a project", cost, expected)
                })
                .map_err(|source| source.at(index))?;
        }
        let largest = |list: &[f64]| list.iter().fold(0.0, |most: f64, it| most.max(it.abs()));
        let sizes: f64 = values.iter().map(|value| value.abs()).sum();
        computed(
            "sum of values",
            sizes,
            &[("largest value", largest(values))],
        )?;
        let sum = costs.iter().sum();
        computed("sum of costs", sum, &[("largest cost", largest(costs))])?;
        Ok(Self {
            values: values.to_vec(),
            costs: costs.to_vec(),
        })
    }

    /// What a coalition of the groups with these numbers, from 0, does; a number given twice counts
    /// once. O(groups).
    ///
    /// # Errors
    /// [`LegitimacyError::NoSuch`] naming the first number that no group has.
    pub fn passage(&self, coalition: &[usize]) -> Result<Passage, LegitimacyError> {
        let mut inside = vec![false; self.values.len()];
        for &group in coalition {
            let count = inside.len();
            let Some(seat) = inside.get_mut(group) else {
                return Err(LegitimacyError::NoSuch {
                    what: "group",
                    given: group,
                    count,
                });
            };
            *seat = true;
        }
        let sum = |numbers: &[f64]| -> f64 {
            let members = numbers.iter().zip(&inside).filter(|(_, inside)| **inside);
            members.map(|(number, _)| number).sum()
        };
        let (coalition_value, coalition_cost) = (sum(&self.values), sum(&self.costs));
        let cost: f64 = self.costs.iter().sum();
        Ok(Passage {
            passes: coalition_value >= coalition_cost,
            value: self.values.iter().sum(),
            cost,
            coalition_value,
            coalition_cost,
            cost_share: (cost > 0.0).then(|| coalition_cost / cost),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_refused() {
        let error = |result: Result<LogRoll, LegitimacyError>| result.unwrap_err().to_string();
        assert_eq!(
            error(LogRoll::new(&[1.0], &[])),
            "costs of a project: 0 given; expected 1"
        );
        assert_eq!(
            error(LogRoll::new(&[], &[])),
            "no groups given; expected at least one"
        );
        assert_eq!(
            error(LogRoll::new(&[1.0, 1.0], &[1.0, -1.0])),
            "entry 1: cost of a project is -1; expected a finite number, 0 or more"
        );
        assert!(LogRoll::new(&[f64::MAX, f64::MAX], &[0.0, 0.0]).is_err());
        let roll = LogRoll::new(&[1.0], &[2.0]).unwrap();
        assert_eq!(
            roll.passage(&[1]).unwrap_err().to_string(),
            "there is no group 1; expected a number below 1"
        );
    }

    #[test]
    fn the_empty_coalition_passes_what_costs_it_nothing() {
        let roll = LogRoll::new(&[1.0, 0.0], &[0.0, 2.0]).unwrap();
        let passage = roll.passage(&[0, 0]).unwrap();
        assert!(passage.passes && passage.is_wasteful());
        assert_eq!(passage.coalition_value, 1.0);
        let free = LogRoll::new(&[1.0], &[0.0]).unwrap().passage(&[]).unwrap();
        assert_eq!(free.cost_share, None);
        assert!(free.passes && !free.is_wasteful());
    }
}
