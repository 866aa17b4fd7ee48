use super::{Judgement, Signatory};
use crate::ReciprocityError;

/// The most types of all parties together that an agreement is judged for.
const MAX_TYPES: usize = 1 << 20;

/// An agreement as the parties to it, each of which may be of several types.
///
/// ```
/// use detente_quantity::{DiscountFactor, Probability, Stakes};
/// use detente_reciprocity::repeated::{Agreement, Signatory};
/// let stakes = Stakes::new(10.0, 9.0, 3.0, 1.0)?;
/// let [patient, hasty] = [0.5, 0.2].map(DiscountFactor::new);
/// let watched = Signatory::new(stakes, patient?);
/// let hidden = Signatory { detection: Probability::HALF, ..Signatory::new(stakes, hasty?) };
/// let report = Agreement::between([watched, hidden])?.report();
/// assert!(!report.self_enforcing);
/// // The second would cheat: at a chance of ½ of being seen it would have to be more patient.
/// assert_eq!(report.first_to_cheat.map(|it| it.party), Some(1));
/// let least = report.parties[1][0].least_detection.map(|it| it.get());
/// assert!(least.is_some_and(|m| (m - 2.0 / 3.0).abs() < 1e-12));
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(try_from = "Vec<Vec<Signatory>>", into = "Vec<Vec<Signatory>>")
)]
pub struct Agreement {
    parties: Vec<Vec<Signatory>>,
}

/// Whether an agreement enforces itself, and where it would break.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct AgreementReport {
    /// Whether every party honours it, whatever its type.
    pub self_enforcing: bool,
    /// What each party makes of it, type by type.
    pub parties: Vec<Vec<Judgement>>,
    /// Whose answer the smallest change in its patience would turn, or is furthest from honouring;
    /// the first of them where several are as close. `None` where all honour at any patience.
    pub first_to_cheat: Option<Defector>,
}

/// A party of one type, and how far its patience is from turning it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Defector {
    /// Which party, counted from 0.
    pub party: usize,
    /// Which of its types, counted from 0.
    pub kind: usize,
    /// Its margin in δ; negative where it cheats already.
    pub patience_margin: f64,
}

impl Agreement {
    /// Parties with their types, at least one each.
    ///
    /// # Errors
    /// [`Empty`](ReciprocityError::Empty) without parties or where a party has no type,
    /// [`TooMany`](ReciprocityError::TooMany) beyond 1,048,576 types in all.
    pub fn new(parties: Vec<Vec<Signatory>>) -> Result<Self, ReciprocityError> {
        if parties.is_empty() {
            return Err(ReciprocityError::Empty {
                what: "an agreement".to_owned(),
                member: "party",
            });
        }
        if let Some(party) = parties.iter().position(Vec::is_empty) {
            return Err(ReciprocityError::Empty {
                what: format!("party {party}'s list of types"),
                member: "type",
            });
        }
        let given = parties.iter().map(Vec::len).sum();
        if given > MAX_TYPES {
            return Err(ReciprocityError::TooMany {
                what: "types of parties",
                given,
                limit: MAX_TYPES,
            });
        }
        Ok(Self { parties })
    }

    /// Parties of one type each.
    ///
    /// # Errors
    /// As [`Agreement::new`].
    pub fn between(parties: impl IntoIterator<Item = Signatory>) -> Result<Self, ReciprocityError> {
        Self::new(parties.into_iter().map(|it| vec![it]).collect())
    }

    /// The parties, each with its types.
    #[must_use]
    pub fn parties(&self) -> &[Vec<Signatory>] {
        &self.parties
    }

    /// Judges every party of every type. O(types).
    #[must_use]
    pub fn report(&self) -> AgreementReport {
        let judge = |types: &Vec<Signatory>| types.iter().map(Signatory::judgement).collect();
        let parties: Vec<Vec<Judgement>> = self.parties.iter().map(judge).collect();
        let mut report = AgreementReport {
            self_enforcing: parties.iter().flatten().all(|it| it.honours),
            first_to_cheat: None,
            parties,
        };
        report.first_to_cheat = report.nearest_to_cheating(|_| true);
        report
    }
}

/// Margins that differ by no more are told apart by rounding alone.
const SAME_MARGIN: f64 = 1e-9;

impl AgreementReport {
    /// As [`first_to_cheat`](Self::first_to_cheat), among some: such as the types that parties are.
    /// O(types).
    #[must_use]
    pub fn nearest_to_cheating(&self, among: impl Fn(&Defector) -> bool) -> Option<Defector> {
        self.all_nearest_to_cheating(among).first().copied()
    }

    /// All that are as near to cheating as the nearest among some, in order; margins that differ by
    /// 1e-9 or less count as the same. O(types).
    #[must_use]
    pub fn all_nearest_to_cheating(&self, among: impl Fn(&Defector) -> bool) -> Vec<Defector> {
        let judged = self.parties.iter().enumerate().flat_map(|(party, types)| {
            let of_party = move |(kind, it): (usize, &Judgement)| {
                let patience_margin = it.patience_margin?;
                Some(Defector {
                    party,
                    kind,
                    patience_margin,
                })
            };
            types.iter().enumerate().filter_map(of_party)
        });
        let mut found: Vec<Defector> = judged.filter(among).collect();
        let margins = found.iter().map(|it| it.patience_margin);
        let least = margins.fold(f64::INFINITY, f64::min);
        found.retain(|it| it.patience_margin <= least + SAME_MARGIN);
        found
    }
}

impl TryFrom<Vec<Vec<Signatory>>> for Agreement {
    type Error = ReciprocityError;

    fn try_from(parties: Vec<Vec<Signatory>>) -> Result<Self, ReciprocityError> {
        Self::new(parties)
    }
}

impl From<Agreement> for Vec<Vec<Signatory>> {
    fn from(agreement: Agreement) -> Self {
        agreement.parties
    }
}

#[cfg(test)]
mod tests {
    use detente_quantity::{DiscountFactor, Stakes};

    use super::*;

    fn signatory(t: f64, delta: f64) -> Signatory {
        let stakes = Stakes::new(t, 2.0, 0.0, -1.0).unwrap();
        Signatory::new(stakes, DiscountFactor::new(delta).unwrap())
    }

    #[test]
    fn nobody_agrees_to_nothing() {
        assert!(Agreement::new(vec![]).is_err());
        let error = Agreement::new(vec![vec![signatory(3.0, 0.5)], vec![]]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "party 1's list of types is empty; expected at least one type"
        );
    }

    #[test]
    fn the_type_closest_to_cheating_is_named_among_those_who_may() {
        // Bounds of 1/3, 1/2 and none; margins of 0.2, 0.1 and none.
        let types = vec![signatory(3.0, 1.0 / 3.0 + 0.2), signatory(1.0, 0.0)];
        let agreement = Agreement::new(vec![types, vec![signatory(4.0, 0.6)]]).unwrap();
        let report = agreement.report();
        assert!(report.self_enforcing);
        let first = report.first_to_cheat.unwrap();
        assert_eq!((first.party, first.kind), (1, 0));
        let own = report.nearest_to_cheating(|it| it.party == 0).unwrap();
        assert_eq!((own.party, own.kind), (0, 0));
        assert_eq!(report.nearest_to_cheating(|it| it.kind == 1), None);
        approx::assert_relative_eq!(first.patience_margin, 0.1, epsilon = 1e-15);
        let assured = Agreement::between([signatory(1.0, 0.0)]).unwrap().report();
        assert_eq!(assured.first_to_cheat, None);
    }

    #[test]
    fn one_type_that_cheats_breaks_it() {
        let types = vec![signatory(3.0, 0.9), signatory(3.0, 0.1)];
        let report = Agreement::new(vec![types]).unwrap().report();
        assert!(!report.self_enforcing);
        assert_eq!(report.first_to_cheat.map(|it| it.kind), Some(1));
    }
}
