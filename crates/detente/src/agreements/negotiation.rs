use detente_payoff::{AgreementSpace, Lotteries, PayoffError, Utility};

use super::{GainCorners, ranges::corners};
use crate::{
    DetenteError, Model,
    model::{Disagreement, PartyModel},
};

/// An issue and its options, by name.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct NamedIssue {
    /// What is to be settled.
    pub name: String,
    /// The ways to settle it.
    pub options: Vec<String>,
}

/// Terms that were really on the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tabled {
    /// What they are called.
    pub name: String,
    /// One option for each issue.
    pub package: Vec<u32>,
}

/// What a negotiation is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct NegotiationParts {
    /// What it is called.
    pub title: String,
    /// The parties' names.
    pub parties: Vec<String>,
    /// The issues, by name; every combination of their options is possible.
    pub issues: Vec<NamedIssue>,
    /// By party, what agreements are worth to it.
    pub utilities: Vec<Utility>,
    /// By party, what it has without agreement.
    pub nonagreement: Vec<f64>,
    /// By party, whether it only ranks agreements: its payoffs are places with the sign turned, 1 having been
    /// the best, and have an order and no size.
    pub ranked: Vec<bool>,
    /// The corners of the ranges of payoffs, where they have ranges.
    pub corners: Option<GainCorners>,
    /// What the parts leave out of what their source says, in sentences.
    pub notes: Vec<String>,
}

/// What is negotiated and what it is worth to whom, with the names of things: a case at its central
/// values, or parts such as those of a score sheet. Nothing is listed yet.
#[derive(Debug, Clone)]
pub struct Negotiation {
    pub(super) title: String,
    pub(super) parties: Vec<String>,
    pub(super) issues: Vec<NamedIssue>,
    pub(super) space: AgreementSpace,
    pub(super) utilities: Vec<Utility>,
    pub(super) nonagreement: Vec<f64>,
    pub(super) tabled: Vec<Tabled>,
    /// Whether some party only ranks agreements, so that its numbers have an order and no size.
    pub(super) ranked: bool,
    /// By party, whether its payoffs are places with the sign turned.
    pub(super) places: Vec<bool>,
    /// The corners of the ranges of payoffs, where they have ranges.
    pub(super) corners: Option<GainCorners>,
    /// What is left out of what the source says, in sentences.
    pub(super) notes: Vec<String>,
}

impl Negotiation {
    /// The payoffs of a case at the central values of its uncertain numbers, with the proposals
    /// that were made and the terms that were agreed. O(payoffs) or, for rankings, O(agreements).
    ///
    /// # Errors
    /// [`DetenteError::Payoff`] if central values could add up to more than 4e307.
    pub fn of_case(model: &Model) -> Result<Self, DetenteError> {
        let values = model.central();
        let case = model.case();
        let parties = model.parties.iter();
        let utilities: Vec<Utility> = parties
            .map(|party| party.payoff.utility(&values))
            .collect::<Result<_, _>>()?;
        let nonagreement = model
            .parties
            .iter()
            .zip(&utilities)
            .map(|(party, utility)| without(party, utility, model, &values))
            .collect::<Result<_, _>>()?;
        let issues = case.issues.values().map(|issue| NamedIssue {
            name: issue.name.clone(),
            options: issue.options.values().cloned().collect(),
        });
        Ok(Self {
            title: case.identity.title.clone(),
            parties: case.parties.values().map(|it| it.name.clone()).collect(),
            issues: issues.collect(),
            space: model.agreements().space().clone(),
            utilities,
            nonagreement,
            tabled: tabled(model),
            ranked: model.parties.iter().any(|party| party.payoff.is_ranking()),
            places: vec![false; model.parties.len()],
            corners: corners(model)?,
            notes: Vec::new(),
        })
    }

    /// A negotiation of these parts, such as those of another tool's file.
    ///
    /// # Errors
    /// [`DetenteError::Payoff`] unless each party has a utility, a nonagreement payoff and a word whether it
    /// ranks, and for an issue without options. Whether utilities fit the issues is seen when they are analysed.
    ///
    /// ```
    /// use detente::{
    ///     agreements::{NamedIssue, Negotiation, NegotiationParts},
    ///     payoff::Utility,
    /// };
    ///
    /// let water = NamedIssue { name: "water".into(), options: vec!["shared".into(), "divided".into()] };
    /// let negotiation = Negotiation::of_parts(NegotiationParts {
    ///     title: "a river".into(),
    ///     parties: vec!["north".into(), "south".into()],
    ///     issues: vec![water],
    ///     utilities: vec![
    ///         Utility::additive(0.0, vec![vec![3.0, 1.0]])?,
    ///         Utility::additive(0.0, vec![vec![3.0, 2.0]])?,
    ///     ],
    ///     nonagreement: vec![2.0, 2.0],
    ///     ranked: vec![false; 2],
    ///     corners: None,
    ///     notes: Vec::new(),
    /// })?;
    /// let found = detente::agreements::agreements(&negotiation, &Default::default())?;
    /// assert_eq!(found.zone.exists, Some(true));
    /// # Ok::<(), detente::DetenteError>(())
    /// ```
    pub fn of_parts(parts: NegotiationParts) -> Result<Self, DetenteError> {
        let n_parties = parts.parties.len();
        for (what, given) in [
            ("list of utilities", parts.utilities.len()),
            ("list of nonagreement payoffs", parts.nonagreement.len()),
            ("list of who ranks", parts.ranked.len()),
        ] {
            if given != n_parties {
                let expected = n_parties;
                let what = what.to_owned();
                return Err(PayoffError::Mismatch {
                    what,
                    given,
                    expected,
                }
                .into());
            }
        }
        let sizes: Vec<usize> = { parts.issues.iter() }.map(|it| it.options.len()).collect();
        Ok(Self {
            title: parts.title,
            parties: parts.parties,
            space: AgreementSpace::new(&sizes)?,
            issues: parts.issues,
            utilities: parts.utilities,
            nonagreement: parts.nonagreement,
            tabled: Vec::new(),
            ranked: parts.ranked.contains(&true),
            places: parts.ranked,
            corners: parts.corners,
            notes: parts.notes,
        })
    }

    /// The lotteries over its agreements.
    pub(super) fn lotteries(&self) -> Result<Lotteries, PayoffError> {
        Lotteries::new(&self.space, &self.utilities, &self.nonagreement)
    }

    /// The parties' names.
    #[must_use]
    pub fn parties(&self) -> &[String] {
        &self.parties
    }

    /// The issues, by name.
    #[must_use]
    pub fn issues(&self) -> &[NamedIssue] {
        &self.issues
    }
}

/// What a party has without agreement.
pub(super) fn without(
    party: &PartyModel,
    utility: &Utility,
    model: &Model,
    values: &[f64],
) -> Result<f64, PayoffError> {
    match party.nonagreement {
        Disagreement::Payoff(slot) => Ok(slot.of(values)),
        Disagreement::State(position) => {
            let mut payoffs = vec![0.0; model.agreements().len()];
            utility.tabulate(model.agreements(), &mut payoffs)?;
            Ok(payoffs.get(position).copied().unwrap_or_default())
        }
    }
}

/// The proposals whose terms were possible, and what was agreed.
fn tabled(model: &Model) -> Vec<Tabled> {
    let package = |position: usize| model.agreements().get(position).map(<[u32]>::to_vec);
    let proposals = model.case().proposals.iter().zip(&model.proposals);
    let offered = proposals.filter_map(|(proposal, position)| {
        Some(Tabled {
            name: proposal.name.clone(),
            package: package((*position)?)?,
        })
    });
    let agreed = model.agreed.and_then(package).map(|package| Tabled {
        name: "What was agreed".to_owned(),
        package,
    });
    offered.chain(agreed).collect()
}
