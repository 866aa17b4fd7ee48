//! What drives a case, from results altered to call for each sentence.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

use detente::{
    Model, Options, SensitivityMethod, SensitivityOptions, assessment::Sensitivity, library,
    sensitivity_with,
};
use detente_report::{TerminalOptions, drivers, tornado};

const PAGE: TerminalOptions = TerminalOptions {
    width: 10_000,
    colour: false,
};

fn distances() -> Sensitivity {
    let model = Model::compile(&library::case("reykjavik-1986").unwrap()).unwrap();
    let options = Options {
        draws: 512,
        ..Options::default()
    };
    let asked = SensitivityOptions {
        method: SensitivityMethod::Pawn,
        ..SensitivityOptions::default()
    };
    sensitivity_with(&model, &options, asked).unwrap()
}

#[test]
fn numbers_without_a_bar_are_named() {
    let mut found = distances();
    assert!(!tornado(&found, &PAGE).contains("Left out"));
    found.tornado.omitted = vec!["party.us.prior.ussr.keeps".to_owned()];
    let page = tornado(&found, &PAGE);
    let said = "no case while all others stay: party.us.prior.ussr.keeps.";
    assert!(page.contains(said), "{page}");
    found.tornado.omitted = (0..18).map(|it| format!("n{it}")).collect();
    let page = tornado(&found, &PAGE);
    assert!(page.contains("n14 and 3 more."), "{page}");
    assert!(!page.contains("n15"), "{page}");
}

#[test]
fn fewer_evaluations_than_were_asked_for_are_told_of() {
    let mut found = distances();
    let page = drivers(&found, &PAGE);
    assert!(
        page.contains("held in one tenth of its distribution"),
        "{page}"
    );
    assert!(page.contains("512 evaluations of the case, seed"), "{page}");
    found.cut_from = Some(1024);
    let page = drivers(&found, &PAGE);
    let said =
        "512 evaluations of the case (1,024 were asked for; more do not fit in memory), seed";
    assert!(page.contains(said), "{page}");
}
