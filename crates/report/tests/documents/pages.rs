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

/// Ids stand in the table of evidence alone, where one looks up what to change in the file.
#[test]
fn numbers_are_told_in_words() {
    let shipped = library::ids().map(Found::shipped);
    for found in shipped.chain([Found::text(library::TEMPLATE), Found::text(&three())]) {
        let elements = parse(&html(&found.findings()));
        let evidence = |it: &Element| it.get("id") == Some("evidence");
        let evidence = elements.iter().position(evidence).unwrap();
        for it in elements.iter().filter(|it| !it.within.contains(&evidence)) {
            let within = |word: &str, of: &str| word.len() > of.len() && word.starts_with(of);
            let is_id = |word: &str| within(word, "party.") || within(word, "act.");
            assert!(!it.text.split(' ').any(is_id), "{}: {}", it.tag, it.text);
        }
    }
}

#[test]
fn numbers_and_acts_of_figures_lead_to_their_rows() {
    let found = Found::shipped("reykjavik-1986");
    let elements = parse(&html(&found.findings()));
    let bars = found.sensitivity.as_ref().unwrap().tornado.bars.iter();
    for (bar, target) in bars.zip(targets(&elements, "tornado")) {
        // Which type a party was is coded by the chance of each.
        let name = row(&elements, &target);
        let chance = name
            .strip_prefix(&bar.name)
            .is_some_and(|it| it.starts_with('.'));
        assert!(name == bar.name || chance, "{target}: {}", bar.name);
    }
    let ledger: Vec<String> = targets(&elements, "ledger-1").collect();
    let acts: Vec<&str> = { found.assessment.beliefs[0].points.iter() }
        .filter_map(|it| it.act.as_deref())
        .collect();
    assert_eq!(ledger.len(), acts.len());
    for (target, act) in ledger.iter().zip(acts) {
        let name = row(&elements, target);
        assert!(name.starts_with(&format!("act.{act}.")), "{name}");
    }
}

/// Where the links in a figure lead.
fn targets<'e>(elements: &'e [Element], figure: &str) -> impl Iterator<Item = String> + use<'e> {
    let named = |it: &Element| it.tag == "figure" && it.get("id") == Some(figure);
    let place = elements.iter().position(named).unwrap();
    let links = elements.iter();
    links
        .filter(move |it| it.tag == "a" && it.within.contains(&place))
        .map(|it| it.get("href").unwrap().trim_start_matches('#').to_owned())
}

/// What the first cell of a row says.
fn row<'e>(elements: &'e [Element], id: &str) -> &'e str {
    let place = elements.iter().position(|it| it.get("id") == Some(id));
    let place = place.unwrap_or_else(|| panic!("no row {id}"));
    let cell = elements.iter().find(|it| it.within.last() == Some(&place));
    &cell.unwrap().text
}

#[test]
fn every_number_without_a_source_is_listed() {
    let found = Found::text(&three());
    let unsourced = &found.assessment.evidence.unsourced;
    assert!(unsourced.len() > 20, "{}", unsourced.len());
    let elements = parse(&html(&found.findings()));
    for name in unsourced {
        assert!(
            elements.iter().any(|it| it.tag == "a" && it.text == *name),
            "{name}"
        );
    }
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
    assert_eq!(
        lines.next(),
        Some("figure,row,column,title,value,low,high,unit,text")
    );
    assert!(
        lines.any(|line| line.starts_with("funnel,2,2,barrier,,,,,")),
        "{text:.400}"
    );
}

#[test]
fn what_looks_like_a_number_is_one_for_other_programs() {
    for id in library::ids() {
        let found = Found::shipped(id);
        for line in figures_csv(&found.findings()).lines().skip(1) {
            as_data(line);
        }
    }
    for text in [library::TEMPLATE, three().as_str()] {
        for line in figures_csv(&Found::text(text).findings()).lines().skip(1) {
            as_data(line);
        }
    }
}

#[track_caller]
fn as_data(line: &str) {
    let fields: Vec<&str> = line.splitn(9, ',').collect();
    let numbers = fields[4..7].iter().filter(|it| !it.is_empty());
    let numbers: Vec<f64> = numbers.map(|it| it.parse().unwrap()).collect();
    let text = fields[8].replace(" to ", " ").replace('−', "-");
    let bare = text.trim_end_matches(" dB").trim_matches('"');
    let like = |c: char| c.is_ascii_digit() || " ,.+-–±%<>≈".contains(c);
    let dated = bare.len() == 10 && bare.as_bytes()[4] == b'-';
    if bare.chars().all(like) && !dated {
        assert!(!numbers.is_empty(), "{line}");
    }
    // What is shown is the number, rounded.
    let (shown, unit) = match bare.strip_suffix('%') {
        Some(share) => (share, 100.0),
        None => (bare, 1.0),
    };
    if let (Ok(shown), Ok(value)) = (shown.parse::<f64>(), fields[4].parse::<f64>()) {
        let decimals = bare.split_once('.').map_or(0, |(_, it)| it.len());
        let most = 0.501 * 10_f64.powi(-i32::try_from(decimals).unwrap());
        assert!((value * unit - shown).abs() <= most, "{line}");
    }
}

/// Sorting takes rows from one another: each has to say whose it is.
#[test]
fn every_row_says_what_it_is_about() {
    for found in [
        Found::shipped("reykjavik-1986"),
        Found::text(library::TEMPLATE),
    ] {
        let text = figures_csv(&found.findings());
        let cells = |title: &str| text.matches(&format!(",{title},")).count();
        assert_eq!(cells("outcome"), cells("payoff"));
        assert_eq!(cells("terms"), cells("margin"));
        assert_eq!(cells("what is agreed"), cells("exposed"));
    }
}

/// Nothing is said to have been left out that the case has no numbers for.
#[test]
fn a_case_without_ranges_is_told_so() {
    let found = Found::shipped("euphrates-1975");
    let page = html(&found.findings());
    assert!(page.contains("No number of the case is uncertain"));
    assert!(!page.contains("not asked for"));
    let found = Found::shipped("reykjavik-1986");
    let without = Findings {
        sensitivity: None,
        ..found.findings()
    };
    assert!(html(&without).contains("hangs on was not asked for"));
}

#[test]
fn tables_are_named_by_what_they_stand_under() {
    let elements = parse(&html(&Found::shipped("reykjavik-1986").findings()));
    let names = elements
        .iter()
        .filter(|it| it.get("class") == Some("table"));
    let names: Vec<&str> = names.map(|it| it.get("aria-label").unwrap()).collect();
    assert!(names.contains(&"The bargaining set"), "{names:?}");
    assert!(!names.contains(&"Table"), "{names:?}");
}
