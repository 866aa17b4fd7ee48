//! Estimative language: likelihood and confidence never share a sentence, and a probability has its
//! word beside it (ICD 203).
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

use detente::{
    Coding, Model, Options, RewriteOptions, assess, compare, library, rewrite, sensitivity,
    uncertainty::VerbalProbability,
};
use detente_report::{TerminalOptions, comparison, drivers, rewrites, terminal, why};

/// Wide enough that no sentence is broken.
const WIDE: TerminalOptions = TerminalOptions {
    width: 100_000,
    colour: false,
};

/// Words of confidence in a judgement, as opposed to the likelihood of what is judged.
const CONFIDENCE: [&str; 4] = ["confiden", "sure ", "doubtless", "undoubted"];

/// What is said of what draws agree on, for which the directive has no word.
const AGREED: [&str; 2] = ["in no draw", "in every draw"];

fn likelihood() -> Vec<&'static str> {
    let bands = VerbalProbability::ALL.iter();
    let mut words: Vec<&str> = bands
        .flat_map(|band| [band.phrase(), band.alternative()])
        .collect();
    words.push("likelier");
    words
}

fn pages() -> Vec<String> {
    let mut pages = Vec::new();
    let mut models = Vec::new();
    for id in library::ids() {
        let case = library::case(id).unwrap();
        let model = Model::compile(&case).unwrap();
        for draws in [0, 200] {
            let options = Options {
                draws,
                outlook: 4_000,
                ..Options::default()
            };
            let assessment = assess(&case, &options).unwrap();
            pages.push(terminal(&assessment, &WIDE));
            pages.push(why(&assessment, &WIDE));
        }
        let options = Options {
            draws: 2_000,
            ..Options::default()
        };
        let quick = RewriteOptions {
            effort: 300,
            ..RewriteOptions::default()
        };
        pages.push(rewrites(&rewrite(&model, &options, &quick).unwrap(), &WIDE));
        pages.push(drivers(&sensitivity(&model, &options).unwrap(), &WIDE));
        models.push((id, model));
    }
    let codings = models.iter().map(|(name, model)| Coding { name, model });
    let codings: Vec<Coding<'_>> = codings.collect();
    let options = Options {
        draws: 100,
        ..Options::default()
    };
    pages.push(comparison(&compare(&codings, &options).unwrap(), &WIDE));
    pages
}

/// Sentences of running text; a row of a table counts as one.
fn sentences(page: &str) -> impl Iterator<Item = String> {
    let parts = page.lines().flat_map(|line| line.split(". "));
    parts.map(|part| part.trim().to_lowercase())
}

#[test]
fn likelihood_and_confidence_never_share_a_sentence() {
    let likelihood = likelihood();
    let holds = |sentence: &str, words: &[&str]| words.iter().any(|word| sentence.contains(word));
    let mut likely = 0;
    for sentence in pages().iter().flat_map(|page| sentences(page)) {
        if holds(&sentence, &likelihood) {
            likely += 1;
            assert!(!holds(&sentence, &CONFIDENCE), "{sentence}");
        }
    }
    // The scan sees what it looks for.
    assert!(likely >= 20, "{likely}");
}

#[test]
fn a_probability_that_is_stated_has_its_word_beside_it() {
    let mut words = likelihood();
    words.extend(AGREED);
    let mut stated = 0;
    for sentence in pages().iter().flat_map(|page| sentences(page)) {
        let figure = [
            "(probability 0",
            "(probability <",
            "(probability >",
            "95% interval: ",
        ];
        if figure.iter().any(|it| sentence.contains(it)) {
            stated += 1;
            assert!(words.iter().any(|it| sentence.contains(it)), "{sentence}");
        }
    }
    assert!(stated >= 8, "{stated}");
}
