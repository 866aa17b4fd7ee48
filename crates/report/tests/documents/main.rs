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
    Assessment, Case, Model, Options, PathOptions, RewriteOptions, SensitivityOptions,
    agreements::{
        AgreementsOptions, AgreementsReport, Negotiation, PayoffCloud, agreements, payoff_cloud,
    },
    assess_model,
    assessment::{Domestic, PathReport, Rewrites, Sensitivity},
    decode::Source,
    domestic, library, path, rewrite, sensitivity_with,
};
use detente_report::Findings;

/// Every analysis of a case, with few draws and a fixed seed.
pub(crate) struct Found {
    assessment: Assessment,
    agreements: AgreementsReport,
    cloud: PayoffCloud,
    domestic: Domestic,
    path: PathReport,
    sensitivity: Option<Sensitivity>,
    rewrites: Option<Rewrites>,
}

impl Found {
    pub(crate) fn shipped(id: &str) -> Self {
        Self::of(&library::case(id).unwrap())
    }

    pub(crate) fn text(text: &str) -> Self {
        let case = Case::read(&Source::new("case.toml", text));
        Self::of(&case.unwrap_or_else(|faults| panic!("{faults}")))
    }

    fn of(case: &Case) -> Self {
        let model = Model::compile(case).unwrap();
        let options = Options {
            draws: 200,
            outlook: 1024,
            ..Options::default()
        };
        let central = Options {
            draws: 0,
            ..options
        };
        let evaluations = Options {
            draws: 2048,
            ..options
        };
        let assessment = assess_model(&model, &options, |_| {}).unwrap();
        let uncertain = assessment.evidence.uncertain > 0;
        let negotiation = Negotiation::of_case(&model).unwrap();
        let effort = RewriteOptions {
            effort: 300,
            ..RewriteOptions::default()
        };
        let by_number = SensitivityOptions::default();
        Self {
            agreements: agreements(&negotiation, &AgreementsOptions { listed: 0, ties: 1 })
                .unwrap(),
            cloud: payoff_cloud(&model, &options, 6).unwrap(),
            domestic: domestic(&model, &central).unwrap(),
            path: path(&model, &PathOptions::default()).unwrap(),
            sensitivity: uncertain
                .then(|| sensitivity_with(&model, &evaluations, by_number).unwrap()),
            rewrites: uncertain.then(|| rewrite(&model, &options, &effort).unwrap()),
            assessment,
        }
    }

    pub(crate) const fn findings(&self) -> Findings<'_> {
        Findings {
            agreements: Some(&self.agreements),
            cloud: Some(&self.cloud),
            domestic: Some(&self.domestic),
            path: Some(&self.path),
            sensitivity: self.sensitivity.as_ref(),
            rewrites: self.rewrites.as_ref(),
            ..Findings::of(&self.assessment)
        }
    }
}
