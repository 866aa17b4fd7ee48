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

#[test]
fn rewrite() {
    check("rewrite-1");
}

/// The template of a new case codes the politics at home that shipped cases have no source for.
#[test]
fn win_sets() {
    check_of(&Found::text(detente::library::TEMPLATE), "win-sets");
}
