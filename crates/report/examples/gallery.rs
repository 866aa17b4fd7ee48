//! A gallery to look at while figures are changed: `cargo run -p detente-report --example gallery --
//! DIR [CASE.toml…]` writes a page for each kind of figure, with that figure of every shipped case and of the
//! cases named, and the whole report of each.
#![allow(clippy::print_stdout, reason = "this is where a maintainer reads")]

use std::{collections::BTreeMap, env, error::Error, fs, path::PathBuf};

use detente::{
    Case, Model, Options, PathOptions, RewriteOptions, SensitivityOptions,
    agreements::{AgreementsOptions, Negotiation, agreements, payoff_cloud},
    assess_model,
    decode::Source,
    domestic, library, path, rewrite, sensitivity_with,
};
use detente_report::{Findings, figures, html};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args().nth(1).ok_or("name a folder to write to")?);
    fs::create_dir_all(&folder)?;
    let mut pages: BTreeMap<String, String> = BTreeMap::new();
    let mut cases: Vec<Case> = Vec::new();
    for id in library::ids() {
        cases.push(library::case(id)?);
    }
    for file in env::args().skip(2) {
        let text = fs::read_to_string(&file)?;
        cases.push(
            Case::read(&Source::new(file.as_str(), text.as_str())).map_err(|it| it.to_string())?,
        );
    }
    for case in &cases {
        let id = &case.identity.id;
        let (figures, page) = drawn(case)?;
        fs::write(folder.join(format!("report-{id}.html")), page)?;
        for (name, figure) in figures {
            // Figures of one kind differ in the numbers that they end in.
            let kind = name.split('-').next().unwrap_or_default().to_owned();
            let page = pages.entry(kind).or_default();
            page.push_str(&format!("<h2>{id}: {name}</h2>\n{figure}\n"));
        }
    }
    for (kind, page) in pages {
        let file = folder.join(format!("{kind}.html"));
        fs::write(
            &file,
            format!(
                "<!doctype html>\n<meta charset=\"utf-8\">\n<title>{kind}</title>\n<body style=\"max-width:760px\">\n{page}"
            ),
        )?;
        println!("{}", file.display());
    }
    Ok(())
}

/// Figures by name, and the report that holds them.
type Drawn = (Vec<(String, String)>, String);

fn drawn(case: &Case) -> Result<Drawn, Box<dyn Error>> {
    let model = Model::compile(case)?;
    let options = Options {
        draws: 500,
        ..Options::default()
    };
    let central = Options {
        draws: 0,
        ..options
    };
    let evaluations = Options {
        draws: 8192,
        ..options
    };
    let assessment = assess_model(&model, &options, |_| {})?;
    let cloud = payoff_cloud(&model, &options, 6)?;
    let uncertain = assessment.evidence.uncertain > 0;
    let by_number = SensitivityOptions::default();
    let sensitivity = uncertain
        .then(|| sensitivity_with(&model, &evaluations, by_number))
        .transpose()?;
    let rewrites = uncertain
        .then(|| rewrite(&model, &options, &RewriteOptions::default()))
        .transpose()?;
    let listed = AgreementsOptions {
        listed: 0,
        ties: 10,
    };
    let negotiation = Negotiation::of_case(&model)?;
    let agreements = agreements(&negotiation, &listed)?;
    let path = path(&model, &PathOptions::default())?;
    let domestic = domestic(&model, &central)?;
    let findings = Findings {
        agreements: Some(&agreements),
        domestic: Some(&domestic),
        path: Some(&path),
        cloud: Some(&cloud),
        sensitivity: sensitivity.as_ref(),
        rewrites: rewrites.as_ref(),
        ..Findings::of(&assessment)
    };
    let figures = figures(&findings).into_iter();
    let named = figures.map(|it| (it.name().to_owned(), it.svg()));
    Ok((named.collect(), html(&findings)))
}
