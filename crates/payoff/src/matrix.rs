use crate::{
    Agreements, PayoffError, Utility,
    error::{finite, matching},
};

/// Every party's payoff from every agreement, and from none.
///
/// Payoffs are finite von Neumann–Morgenstern utilities, each party's on its own scale. They are
/// kept party by party, agreements in order, so that a pass over one party's payoffs is a pass over
/// memory. There may be no agreements, but never no parties.
///
/// ```
/// use detente_payoff::PayoffMatrix;
///
/// let matrix = PayoffMatrix::from_vectors(&[[1.0, 10.0], [9.0, 6.0]], &[-10.0, 0.0])?;
/// assert_eq!(matrix.payoff(0, 1), Some(9.0));
/// assert_eq!(matrix.gain(0, 1), Some(19.0));
/// // A party whose nonagreement payoff is unknown is an error, never a silent answer (A-06).
/// assert!(PayoffMatrix::from_vectors(&[[1.0, 10.0]], &[0.0]).is_err());
/// # Ok::<(), detente_payoff::PayoffError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct PayoffMatrix {
    payoffs: Vec<f64>,
    nonagreement: Vec<f64>,
    n_agreements: usize,
}

impl PayoffMatrix {
    /// `payoffs` holds the first party's payoff from each agreement, then the second party's, and
    /// so on; `nonagreement` holds one payoff for each of the `n_parties` parties. Negative zero is
    /// stored as zero. O(parties · agreements).
    ///
    /// # Errors
    /// [`PayoffError::NoParties`]; [`PayoffError::MissingNonagreement`] if the list is short,
    /// [`PayoffError::Mismatch`] if it is long or `payoffs` is not a whole number of columns;
    /// [`PayoffError::NotFinite`] naming the party and agreement; [`PayoffError::Overflow`] if
    /// sums over the parties or gains could be infinite.
    pub fn new(
        n_parties: usize,
        mut payoffs: Vec<f64>,
        nonagreement: &[f64],
    ) -> Result<Self, PayoffError> {
        if n_parties == 0 {
            return Err(PayoffError::NoParties);
        }
        let n_agreements = payoffs.len() / n_parties;
        matching(
            || "list of payoffs".to_owned(),
            payoffs.len(),
            n_parties * n_agreements,
        )?;
        let nonagreement = check_nonagreement(n_parties, nonagreement)?;
        for (place, value) in payoffs.iter_mut().enumerate() {
            let name = || {
                let (party, agreement) = (place / n_agreements, place % n_agreements);
                format!("payoff of party {party} at agreement {agreement}")
            };
            *value = finite(name, *value)?;
        }
        Self {
            payoffs,
            nonagreement,
            n_agreements,
        }
        .bounded()
    }

    /// The payoffs of `utilities`, one for each party, over listed agreements.
    ///
    /// # Errors
    /// Those of [`Utility::tabulate`] and of [`new`](Self::new); [`PayoffError::OutOfMemory`].
    pub fn tabulate(
        agreements: &Agreements,
        utilities: &[Utility],
        nonagreement: &[f64],
    ) -> Result<Self, PayoffError> {
        let len = agreements.len();
        let entries = len.saturating_mul(utilities.len());
        let mut payoffs = Vec::new();
        payoffs
            .try_reserve_exact(entries)
            .map_err(|_| PayoffError::OutOfMemory { entries })?;
        payoffs.resize(entries, 0.0);
        for (utility, out) in utilities.iter().zip(payoffs.chunks_exact_mut(len)) {
            utility.tabulate(agreements, out)?;
        }
        Self::new(utilities.len(), payoffs, nonagreement)
    }

    /// The matrix in which agreement `k` gives the parties the payoffs `vectors[k]`.
    ///
    /// # Errors
    /// Those of [`new`](Self::new); [`PayoffError::Mismatch`] naming a vector that does not have
    /// one payoff for each party, where the first vector says how many parties there are.
    pub fn from_vectors<V: AsRef<[f64]>>(
        vectors: &[V],
        nonagreement: &[f64],
    ) -> Result<Self, PayoffError> {
        let n_parties = vectors
            .first()
            .map_or(nonagreement.len(), |vector| vector.as_ref().len());
        for (agreement, vector) in vectors.iter().enumerate() {
            matching(
                || format!("payoff vector of agreement {agreement}"),
                vector.as_ref().len(),
                n_parties,
            )?;
        }
        let payoffs = (0..n_parties)
            .flat_map(|party| vectors.iter().map(move |vector| vector.as_ref()[party]))
            .collect();
        Self::new(n_parties, payoffs, nonagreement)
    }

    /// The same agreements with other nonagreement payoffs.
    ///
    /// # Errors
    /// [`PayoffError::MissingNonagreement`], [`PayoffError::Mismatch`],
    /// [`PayoffError::NotFinite`], [`PayoffError::Overflow`].
    pub fn with_nonagreement(self, nonagreement: &[f64]) -> Result<Self, PayoffError> {
        let nonagreement = check_nonagreement(self.n_parties(), nonagreement)?;
        Self {
            nonagreement,
            ..self
        }
        .bounded()
    }

    /// How many parties there are; at least one.
    #[must_use]
    pub const fn n_parties(&self) -> usize {
        self.nonagreement.len()
    }

    /// How many agreements there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.n_agreements
    }

    /// Whether there are no agreements.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.n_agreements == 0
    }

    /// What each party gets without agreement.
    #[must_use]
    pub fn nonagreement(&self) -> &[f64] {
        &self.nonagreement
    }

    /// One party's payoffs, agreements in order.
    #[must_use]
    pub fn party(&self, party: usize) -> Option<&[f64]> {
        (party < self.n_parties()).then(|| self.column(party))
    }

    /// One party's payoff from one agreement.
    #[must_use]
    pub fn payoff(&self, party: usize, agreement: usize) -> Option<f64> {
        self.party(party)?.get(agreement).copied()
    }

    /// One party's gain from one agreement over none, `U_i(x) − d_i`.
    #[must_use]
    pub fn gain(&self, party: usize, agreement: usize) -> Option<f64> {
        Some(self.payoff(party, agreement)? - self.nonagreement[party])
    }

    /// What one agreement gives each party.
    #[must_use]
    pub fn vector(&self, agreement: usize) -> Option<Vec<f64>> {
        (agreement < self.len()).then(|| self.columns().map(|column| column[agreement]).collect())
    }

    /// One party's payoffs; the party must exist.
    pub(crate) fn column(&self, party: usize) -> &[f64] {
        &self.payoffs[party * self.n_agreements..][..self.n_agreements]
    }

    /// Every party's payoffs in turn.
    pub(crate) fn columns(&self) -> impl ExactSizeIterator<Item = &[f64]> + Clone {
        (0..self.n_parties()).map(|party| self.column(party))
    }

    /// Accepts the matrix if no gain, no range and no sum over the parties can overflow.
    fn bounded(self) -> Result<Self, PayoffError> {
        let most = |column: &[f64]| column.iter().fold(0.0, |most: f64, u| most.max(u.abs()));
        let bound: f64 = self
            .columns()
            .zip(&self.nonagreement)
            .map(|(column, d)| most(column) + d.abs())
            .sum();
        if (2.0 * bound).is_finite() {
            Ok(self)
        } else {
            Err(PayoffError::Overflow {
                quantity: "payoffs over the parties",
            })
        }
    }
}

/// One finite nonagreement payoff for each party (A-06).
pub(crate) fn check_nonagreement(n_parties: usize, given: &[f64]) -> Result<Vec<f64>, PayoffError> {
    if given.len() < n_parties {
        return Err(PayoffError::MissingNonagreement {
            party: given.len(),
            n_parties,
        });
    }
    matching(
        || "list of nonagreement payoffs".to_owned(),
        given.len(),
        n_parties,
    )?;
    given
        .iter()
        .enumerate()
        .map(|(party, &d)| finite(|| format!("nonagreement payoff of party {party}"), d))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_nonagreement_payoff_is_an_error() {
        let error = PayoffMatrix::new(3, vec![0.0; 6], &[1.0, 2.0]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "party 2 has no nonagreement payoff; expected one for each of the 3 parties"
        );
        for unknown in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let error = PayoffMatrix::new(2, vec![0.0; 6], &[1.0, unknown]).unwrap_err();
            assert!(matches!(error, PayoffError::NotFinite { .. }), "{error}");
        }
        assert!(PayoffMatrix::new(2, vec![0.0; 6], &[0.0; 3]).is_err());
    }

    #[test]
    fn the_number_that_is_not_finite_is_placed() {
        let error = PayoffMatrix::new(2, vec![0.0, 0.0, 0.0, f64::NAN], &[0.0; 2]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "payoff of party 1 at agreement 1 is NaN; expected a finite number"
        );
    }

    #[test]
    fn malformed_matrices_are_refused() {
        assert_eq!(
            PayoffMatrix::new(0, vec![], &[]),
            Err(PayoffError::NoParties)
        );
        assert!(PayoffMatrix::from_vectors::<[f64; 0]>(&[], &[]).is_err());
        assert!(PayoffMatrix::new(2, vec![0.0; 3], &[0.0; 2]).is_err());
        assert!(PayoffMatrix::from_vectors(&[&[1.0, 2.0][..], &[1.0]], &[0.0; 2]).is_err());
        assert!(matches!(
            PayoffMatrix::from_vectors(&[[f64::MAX], [-1.0]], &[-f64::MAX]),
            Err(PayoffError::Overflow { .. })
        ));
    }

    #[test]
    fn no_agreements_is_a_matrix() {
        let matrix = PayoffMatrix::from_vectors::<[f64; 2]>(&[], &[0.0, 1.0]).unwrap();
        assert!(matrix.is_empty());
        assert_eq!((matrix.n_parties(), matrix.vector(0)), (2, None));
        assert_eq!((matrix.party(1), matrix.party(2)), (Some(&[][..]), None));
    }

    #[test]
    fn columns_are_parties() {
        let matrix =
            PayoffMatrix::from_vectors(&[[1.0, 10.0], [9.0, 6.0], [4.0, -0.0]], &[0.5, 0.0])
                .unwrap();
        assert_eq!(matrix.party(1), Some(&[10.0, 6.0, 0.0][..]));
        assert_eq!(matrix.vector(2), Some(vec![4.0, 0.0]));
        assert_eq!(matrix.gain(0, 1), Some(8.5));
        assert_eq!(matrix.payoff(0, 3), None);
        let moved = matrix.with_nonagreement(&[1.0, 1.0]).unwrap();
        assert_eq!(moved.gain(1, 1), Some(5.0));
    }
}
