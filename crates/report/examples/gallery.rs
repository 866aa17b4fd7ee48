//! A gallery of figures, to look at while they are changed: `cargo run -p detente-report --example gallery --
//! DIR` writes a page for each kind of figure, with that figure of every shipped case.
#![allow(clippy::print_stdout, reason = "this is where a maintainer reads")]

use std::{collections::BTreeMap, env, error::Error, fs, path::PathBuf};

use detente::{
    Model, Options, RewriteOptions, SensitivityOptions, agreements::payoff_cloud, assess_model,
    library, rewrite, sensitivity_with,
};
use detente_report::{Findings, figures};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args().nth(1).ok_or("name a folder to write to")?);
    fs::create_dir_all(&folder)?;
    let mut pages: BTreeMap<String, String> = BTreeMap::new();
    for id in library::ids() {
        for (name, figure) in drawn(id)? {
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

/// Every figure of a shipped case, by name.
fn drawn(id: &str) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let model = Model::compile(&library::case(id)?)?;
    let options = Options {
        draws: 500,
        ..Options::default()
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
    let findings = Findings {
        cloud: Some(&cloud),
        sensitivity: sensitivity.as_ref(),
        rewrites: rewrites.as_ref(),
        ..Findings::of(&assessment)
    };
    let figures = figures(&findings);
    Ok(figures
        .iter()
        .map(|it| (it.name().to_owned(), it.svg()))
        .collect())
}
