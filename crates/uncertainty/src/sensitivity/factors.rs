use crate::UncertaintyError;

/// What is varied: groups of coordinates that move together, every coordinate in exactly one.
///
/// Inputs that depend on one another belong into one factor; the factors themselves are taken as
/// independent of one another. Jacques, Lavergne and Devictor (2006) for grouped indices.
///
/// ```
/// use detente_uncertainty::sensitivity::Factors;
///
/// let factors = Factors::new(4, vec![vec![2], vec![0, 3], vec![1]])?;
/// assert_eq!((factors.len(), factors.n_inputs()), (3, 4));
/// assert!(Factors::new(4, vec![vec![2], vec![0, 3]]).is_err());
/// # Ok::<(), detente_uncertainty::UncertaintyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Grouped", into = "Grouped"))]
pub struct Factors {
    n_inputs: usize,
    groups: Vec<Vec<usize>>,
}

impl Factors {
    /// One factor for each of `n_inputs` coordinates, in their order.
    ///
    /// # Errors
    /// [`UncertaintyError::NotAPartition`] for 0 inputs.
    pub fn single(n_inputs: usize) -> Result<Self, UncertaintyError> {
        Self::new(n_inputs, (0..n_inputs).map(|input| vec![input]).collect())
    }

    /// The factors in the given order, each the list of its coordinates. `O(n_inputs)`.
    ///
    /// # Errors
    /// [`UncertaintyError::NotAPartition`] unless there is at least one factor, none is empty, and
    /// every coordinate below `n_inputs` stands in exactly one.
    pub fn new(n_inputs: usize, groups: Vec<Vec<usize>>) -> Result<Self, UncertaintyError> {
        let refuse = |fault| Err(UncertaintyError::NotAPartition { n_inputs, fault });
        if n_inputs == 0 {
            return refuse("there are no inputs".to_owned());
        }
        if let Some(factor) = groups.iter().position(Vec::is_empty) {
            return refuse(format!("factor {factor} is empty"));
        }
        // Counted before anything of that length is made, as the caller may name any number.
        let n_named: usize = groups.iter().map(Vec::len).sum();
        if n_named < n_inputs {
            return refuse(format!("only {n_named} inputs stand in a factor"));
        }
        let mut seen = vec![false; n_inputs];
        for &input in groups.iter().flatten() {
            match seen.get_mut(input) {
                None => return refuse(format!("there is no input {input}")),
                Some(true) => return refuse(format!("input {input} stands in two places")),
                Some(place) => *place = true,
            }
        }
        Ok(Self { n_inputs, groups })
    }

    /// The number of factors, at least 1.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "there is always a factor")]
    pub fn len(&self) -> usize {
        self.groups.len()
    }

    /// The number of coordinates.
    #[must_use]
    pub const fn n_inputs(&self) -> usize {
        self.n_inputs
    }

    /// The coordinates of each factor.
    #[must_use]
    pub fn groups(&self) -> &[Vec<usize>] {
        &self.groups
    }

    /// Writes the coordinates of one factor of `from` into `to`.
    pub(super) fn copy(&self, factor: usize, from: &[f64], to: &mut [f64]) {
        for &input in &self.groups[factor] {
            to[input] = from[input];
        }
    }
}

/// The shape of factors in a file.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Grouped {
    n_inputs: usize,
    groups: Vec<Vec<usize>>,
}

#[cfg(feature = "serde")]
impl TryFrom<Grouped> for Factors {
    type Error = UncertaintyError;

    fn try_from(Grouped { n_inputs, groups }: Grouped) -> Result<Self, UncertaintyError> {
        Self::new(n_inputs, groups)
    }
}

#[cfg(feature = "serde")]
impl From<Factors> for Grouped {
    fn from(Factors { n_inputs, groups }: Factors) -> Self {
        Self { n_inputs, groups }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(n_inputs: usize, groups: &[&[usize]], fault: &str) {
        let groups = groups.iter().map(|group| group.to_vec()).collect();
        let message = Factors::new(n_inputs, groups).unwrap_err().to_string();
        assert!(message.contains(fault), "{message}");
    }

    #[test]
    fn what_is_no_partition_is_refused() {
        refused(0, &[], "no inputs");
        refused(2, &[&[0, 1], &[]], "factor 1 is empty");
        refused(3, &[&[0], &[2]], "only 2 inputs");
        refused(2, &[&[0, 1], &[1]], "input 1 stands in two places");
        refused(2, &[&[0, 2]], "no input 2");
        refused(usize::MAX, &[&[0]], "only 1 inputs");
    }

    #[test]
    fn single_factors_keep_the_order() {
        let factors = Factors::single(3).unwrap();
        assert_eq!(factors.groups(), [vec![0], vec![1], vec![2]]);
        assert!(Factors::single(0).is_err());
    }

    #[test]
    fn only_the_factor_is_copied() {
        let factors = Factors::new(3, vec![vec![2, 0], vec![1]]).unwrap();
        let mut to = [0.0; 3];
        factors.copy(0, &[1.0, 2.0, 3.0], &mut to);
        assert_eq!(to, [1.0, 0.0, 3.0]);
    }

    #[cfg(feature = "serde")]
    #[test]
    fn factors_are_checked_on_the_way_in() {
        let text = r#"{"n_inputs":2,"groups":[[1],[0]]}"#;
        let factors: Factors = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&factors).unwrap(), text);
        let twice = r#"{"n_inputs":2,"groups":[[1],[1]]}"#;
        assert!(serde_json::from_str::<Factors>(twice).is_err());
    }

    #[cfg(feature = "proptest")]
    proptest::proptest! {
        #[test]
        fn every_coordinate_is_copied_with_its_factor(factors in crate::strategies::factors(7)) {
            let mut to = [0.0; 7];
            for factor in 0..factors.len() {
                factors.copy(factor, &[1.0; 7], &mut to);
            }
            proptest::prop_assert_eq!(to, [1.0; 7]);
        }
    }
}
