//! Reports of the shipped cases.

use detente::library;
use detente_report::{Findings, figures, figures_csv, headline, html, markdown};

use super::{
    Found,
    markup::{Element, described, ids, parse},
    small::three,
};

#[test]
fn pages_are_well_formed_and_need_nothing_else() {
    for id in library::ids() {
        let found = Found::shipped(id);
        let page = html(&found.findings());
        let elements = parse(&page);
        let ids = ids(&elements);
        assert!(described(&elements) >= 4, "{id}");
        for element in &elements {
            alone(element);
            if let Some(target) = element.get("href") {
                let target = target
                    .strip_prefix('#')
                    .unwrap_or_else(|| panic!("{id}: {target}"));
                assert!(ids.contains(target), "{id}: nothing is called {target}");
            }
        }
        assert_eq!(
            page,
            html(&found.findings()),
            "{id}: not the same bytes twice"
        );
    }
}

/// Nothing is fetched, and no attribute runs a script.
fn alone(element: &Element) {
    let foreign = [
        "img", "link", "iframe", "object", "embed", "image", "use", "video", "audio",
    ];
    assert!(!foreign.contains(&element.tag.as_str()), "{element:?}");
    for (name, value) in &element.attributes {
        let harmless =
            !name.starts_with("on") && !["src", "srcset", "style", "data"].contains(&name.as_str());
        assert!(
            harmless && !value.contains("://") && !value.contains("javascript:"),
            "{element:?}"
        );
    }
    if element.tag == "style" || element.tag == "script" {
        for address in [
            "url(",
            "@import",
            "://",
            "fetch(",
            "XMLHttpRequest",
            "import(",
        ] {
            assert!(
                !element.text.contains(address),
                "{address} in {}",
                element.tag
            );
        }
    }
}

#[test]
fn every_figure_has_its_numbers_beside_it() {
    for id in library::ids() {
        numbers_beside(&Found::shipped(id));
    }
    numbers_beside(&Found::text(library::TEMPLATE));
    numbers_beside(&Found::text(&three()));
}

#[track_caller]
fn numbers_beside(found: &Found) {
    let elements = parse(&html(&found.findings()));
    for (place, figure) in elements
        .iter()
        .enumerate()
        .filter(|(_, it)| it.tag == "figure")
    {
        let inside: Vec<&Element> = elements
            .iter()
            .filter(|it| it.within.contains(&place))
            .collect();
        let count = |tag: &str| inside.iter().filter(|it| it.tag == tag).count();
        assert_eq!(
            (count("svg"), count("table"), count("figcaption")),
            (2, 1, 1),
            "{figure:?}"
        );
        assert!(count("tr") >= 2, "{figure:?}");
    }
}

#[test]
fn scripts_are_small_and_the_page_adapts() {
    let found = Found::shipped("euphrates-1975");
    let elements = parse(&html(&found.findings()));
    let code = |tag: &str| -> String {
        elements
            .iter()
            .filter(|it| it.tag == tag)
            .map(|it| it.text.as_str())
            .collect()
    };
    assert!(code("script").len() <= 15 * 1024);
    for rule in [
        "prefers-color-scheme:dark",
        "prefers-reduced-motion",
        "@media print",
        "break-inside:avoid",
        "overflow-wrap:anywhere",
    ] {
        assert!(code("style").contains(rule), "{rule}");
    }
}

#[test]
fn every_coded_number_has_a_row_with_its_source() {
    let found = Found::shipped("reykjavik-1986");
    let elements = parse(&html(&found.findings()));
    let evidence = &found.assessment.evidence;
    for (idx, number) in evidence.coded.iter().enumerate() {
        let row = format!("number-{}", idx + 1);
        let place = elements
            .iter()
            .position(|it| it.get("id") == Some(&row))
            .unwrap();
        let links = elements
            .iter()
            .filter(|it| it.tag == "a" && it.within.contains(&place));
        assert_eq!(
            links.count(),
            number.provenance.source.len(),
            "{}",
            number.name
        );
    }
    // What figures and tables name leads there.
    let to_numbers = elements
        .iter()
        .filter_map(|it| it.get("href"))
        .filter(|it| it.starts_with("#number-"));
    assert!(to_numbers.count() > 20);
}

#[test]
fn what_is_missing_is_said_and_not_drawn() {
    let found = Found::shipped("reykjavik-1986");
    let bare = Findings::of(&found.assessment);
    let page = html(&bare);
    assert!(page.contains("was not asked for in this run"));
    let names: Vec<String> = figures(&bare)
        .iter()
        .map(|it| it.name().to_owned())
        .collect();
    assert_eq!(
        names,
        [
            "funnel",
            "causes",
            "waterfall",
            "beliefs-1",
            "ledger-1",
            "beliefs-2",
            "ledger-2"
        ]
    );
    let _ = parse(&page);
}

#[test]
fn the_answer_is_the_same_sentence_everywhere() {
    for id in library::ids() {
        let found = Found::shipped(id);
        let answer = headline(&found.assessment);
        let elements = parse(&html(&found.findings()));
        let first = elements.iter().find(|it| it.tag == "h1").unwrap();
        assert_eq!(first.text, answer);
        let text = markdown(&found.findings());
        assert_eq!(
            text.lines().next().unwrap().replace('\\', ""),
            format!("# {answer}")
        );
    }
}

#[test]
fn the_numbers_behind_the_figures_are_a_table() {
    let found = Found::shipped("reykjavik-1986");
    let text = figures_csv(&found.findings());
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("figure,row,column,title,value"));
    assert!(
        lines.any(|line| line.starts_with("funnel,2,2,barrier,")),
        "{text:.400}"
    );
}
