//! Each figure on its own.

use detente_report::figures;

use super::{
    Found,
    markup::{described, ids, parse},
    small::three,
};

#[track_caller]
fn check(figure: &str) {
    check_of(&Found::shipped("reykjavik-1986"), figure);
}

#[track_caller]
fn check_of(found: &Found, figure: &str) {
    let figures = figures(&found.findings());
    let drawn = figures.iter().find(|it| it.name() == figure).unwrap();
    let svg = drawn.svg();
    let elements = parse(&svg);
    let _ = ids(&elements);
    assert_eq!(described(&elements), 1);
    assert!(!svg.contains("NaN") && !svg.contains("inf\""));
    insta::assert_snapshot!(figure, svg);
}

#[test]
fn bargaining_set() {
    check("bargaining-1-2");
}

#[test]
fn surplus_of_three_parties() {
    check_of(&Found::text(&three()), "surplus");
}

#[test]
fn ledger() {
    check("ledger-1");
}

#[test]
fn funnel() {
    check("funnel");
}

#[test]
fn beliefs() {
    check("beliefs-1");
}

#[test]
fn causes() {
    check("causes");
}

#[test]
fn waterfall() {
    check("waterfall");
}

#[test]
fn tornado() {
    check("tornado");
}

#[test]
fn indices() {
    check("indices");
}

/// Two sides that lack the trust for a cut, and gain it by freezes.
#[test]
fn ladder() {
    let case = include_str!("../../../../tests/data/small/freeze.toml");
    check_of(&Found::text(case), "ladder");
}

#[test]
fn rewrite() {
    check("rewrite-1");
}

/// The template of a new case codes the politics at home that shipped cases have no source for.
#[test]
fn win_sets() {
    check_of(&Found::text(detente::library::TEMPLATE), "win-sets");
}

/// As `detente report reykjavik-1986 --figures crates/report/figures` draws them.
#[test]
fn the_readme_shows_the_figures_of_today() {
    let case = detente::library::case("reykjavik-1986").unwrap();
    let model = detente::Model::compile(&case).unwrap();
    let options = detente::Options::default();
    let assessment = detente::assess_model(&model, &options, |_| {}).unwrap();
    let cloud = detente::agreements::payoff_cloud(&model, &options, 6).unwrap();
    let findings = detente_report::Findings {
        cloud: Some(&cloud),
        ..detente_report::Findings::of(&assessment)
    };
    for (name, shown) in [
        (
            "bargaining-1-2",
            include_str!("../../figures/bargaining-1-2.svg"),
        ),
        ("beliefs-1", include_str!("../../figures/beliefs-1.svg")),
    ] {
        let figures = figures(&findings);
        let figure = figures.iter().find(|it| it.name() == name).unwrap();
        assert!(
            figure.svg() == shown,
            "{name} is another by now: write it again"
        );
    }
}
