//! What a case says is shown as text, whatever it holds.

use detente_report::{figures, figures_csv, html, markdown};

use super::{
    Found,
    markup::{ids, parse},
    small::{Small, TRICK},
};

/// Markup, scripts, quotes, marks that turn writing around, and a very long word.
const SCRIPT: &str = "<script>alert(1)</script><img src=x onerror=alert(2)>";

fn hostile() -> String {
    let turned = "\\u202Etxet\\u2066 \\u061C";
    let long = "x".repeat(20_000);
    let case = Small {
        outcome: "nonagreement",
        more: TRICK,
        ..Small::default()
    };
    let text = case.text();
    let text = text.replace(
        "'A small case'",
        &format!("\"{SCRIPT}{turned} & 'quoted' {long}\""),
    );
    let text = text.replace(
        "name = 'East'",
        &format!("name = \"{SCRIPT}{turned}{long}\""),
    );
    let text = text.replace("'A deal'", &format!("\"]]> -->{SCRIPT}&amp;|{turned}\""));
    text.replace(
        "keeps = 0.8",
        "keeps = { low = 0.5, mode = 0.8, high = 0.9 }",
    )
}

#[test]
fn nothing_a_case_says_is_markup() {
    let found = Found::text(&hostile());
    let page = html(&found.findings());
    let elements = parse(&page);
    let _ = ids(&elements);
    assert_eq!(elements.iter().filter(|it| it.tag == "script").count(), 1);
    assert!(elements.iter().all(|it| it.tag != "img"));
    for figure in figures(&found.findings()) {
        let _ = parse(&figure.svg());
    }
}

#[test]
fn no_document_turns_writing_around() {
    let found = Found::text(&hostile());
    let findings = found.findings();
    for text in [html(&findings), markdown(&findings), figures_csv(&findings)] {
        let turning = |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!text.contains(turning));
        let control = |c: char| c.is_control() && c != '\n';
        assert!(!text.contains(control));
    }
}

#[test]
fn markdown_shows_markup_as_text() {
    let found = Found::text(&hostile());
    let text = markdown(&found.findings());
    let bare = text
        .match_indices("<script>")
        .filter(|(at, _)| !text[..*at].ends_with('\\'));
    assert_eq!(bare.count(), 0);
}

#[test]
fn labels_of_figures_stay_short() {
    let found = Found::text(&hostile());
    for figure in figures(&found.findings()) {
        for element in parse(&figure.svg()).iter().filter(|it| it.tag == "text") {
            assert!(
                element.text.chars().count() <= 140,
                "{}: {}",
                figure.name(),
                element.text
            );
        }
    }
}
