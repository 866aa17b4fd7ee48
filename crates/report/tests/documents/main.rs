//! Documents, as a browser and a sceptical reader take them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod figures;
mod hostile;
mod many;
mod markup;
mod pages;
mod truth;

#[path = "../small/mod.rs"]
mod small;

use detente::{
    Assessment, Case, DetenteError, Model, Options, PathOptions, RewriteOptions,
    SensitivityOptions,
    agreements::{
        AgreementsOptions, AgreementsReport, Negotiation, PayoffCloud, agreements, payoff_cloud,
    },
    assess_model,
    assessment::{Domestic, PathReport, Rewrites, Sensitivity},
    decode::Source,
    domestic, library, path, rewrite, sensitivity_with,
};
use detente_report::Findings;

fn read(text: &str) -> Case {
    let case = Case::read(&Source::new("case.toml", text));
    case.unwrap_or_else(|faults| panic!("{faults}"))
}

fn way(model: &Model) -> Option<PathReport> {
    match path(model, &PathOptions::default()) {
        Err(DetenteError::Reassurance(_)) => None,
        found => Some(found.unwrap()),
    }
}

/// Every analysis of a case, with few draws and a fixed seed.
pub(crate) struct Found {
    assessment: Assessment,
    agreements: AgreementsReport,
    cloud: PayoffCloud,
    domestic: Domestic,
    /// Absent where there are more partial agreements than can be searched.
    path: Option<PathReport>,
    sensitivity: Option<Sensitivity>,
    rewrites: Option<Rewrites>,
}

impl Found {
    pub(crate) fn shipped(id: &str) -> Self {
        Self::of(&library::case(id).unwrap())
    }

    pub(crate) fn text(text: &str) -> Self {
        Self::of(&read(text))
    }

    /// With very few draws, for a case of very many agreements.
    pub(crate) fn large(text: &str) -> Self {
        Self::after(&read(text), [10, 64, 20])
    }

    fn of(case: &Case) -> Self {
        Self::after(case, [200, 2048, 300])
    }

    /// After so many draws, evaluations and steps of a search.
    fn after(case: &Case, [draws, evaluations, effort]: [usize; 3]) -> Self {
        let model = Model::compile(case).unwrap();
        let options = Options {
            draws,
            outlook: evaluations / 2,
            ..Options::default()
        };
        let central = Options {
            draws: 0,
            ..options
        };
        let evaluations = Options {
            draws: evaluations,
            ..options
        };
        let assessment = assess_model(&model, &options, |_| {}).unwrap();
        let uncertain = assessment.evidence.uncertain > 0;
        let negotiation = Negotiation::of_case(&model).unwrap();
        let search = RewriteOptions {
            effort,
            ..RewriteOptions::default()
        };
        let by_number = SensitivityOptions::default();
        Self {
            agreements: agreements(&negotiation, &AgreementsOptions { listed: 0, ties: 1 })
                .unwrap(),
            cloud: payoff_cloud(&model, &options, 6).unwrap(),
            domestic: domestic(&model, &central).unwrap(),
            path: way(&model),
            sensitivity: uncertain
                .then(|| sensitivity_with(&model, &evaluations, by_number).unwrap()),
            rewrites: uncertain.then(|| rewrite(&model, &options, &search).unwrap()),
            assessment,
        }
    }

    pub(crate) const fn findings(&self) -> Findings<'_> {
        Findings {
            agreements: Some(&self.agreements),
            cloud: Some(&self.cloud),
            domestic: Some(&self.domestic),
            path: self.path.as_ref(),
            sensitivity: self.sensitivity.as_ref(),
            rewrites: self.rewrites.as_ref(),
            ..Findings::of(&self.assessment)
        }
    }
}
