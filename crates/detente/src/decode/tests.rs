//! Whole documents, good and bad, read and shown.

use std::{ops::Range, time::Instant};

use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::json;

use super::*;

/// The file that people start from: valid, and most of what a case may hold.
const TEMPLATE: &str = include_str!("../../cases/TEMPLATE.toml");

fn toml(text: &str) -> (Node, Vec<Fault>) {
    let mut faults = Faults::new();
    let node = Node::from_toml(text, &mut faults);
    (node, faults.into_vec())
}

#[track_caller]
fn check(text: &str, read: &serde_json::Value, expected: &[&str]) {
    let (node, faults) = toml(text);
    let found: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(found, expected, "{text:?}");
    assert_eq!(node.as_json().to_string(), read.to_string(), "{text:?}");
}

#[test]
fn a_valid_file_has_no_faults_and_reads_as_the_parser_reads_it() {
    let (node, faults) = toml(TEMPLATE);
    assert_eq!(faults, []);
    let expected: serde_json::Value =
        ::toml::from_str(&TEMPLATE.replace("1986-10-12", "'1986-10-12'"))
            .expect("the template is valid");
    assert_eq!(node.as_json()["party"], expected["party"]);
    assert_eq!(node.as_json()["issue"], expected["issue"]);
    assert_eq!(node.as_json()["case"]["decided"], "1986-10-12");
}

#[test]
fn one_mistake_leaves_all_other_lines_alone() {
    check(
        "a = 1\nfoo\nb = 2\n[t]\nc = 3\n",
        &json!({ "a": 1, "b": 2, "t": { "c": 3 } }),
        &["E001: this line has no `=`"],
    );
    check(
        "a = [1, 2\nb = 3\n[t]\nc = 4",
        &json!({ "a": null, "b": 3, "t": { "c": 4 } }),
        &["E001 at a: the list is never closed"],
    );
    check(
        "[t]\na = '''x\n[u]\nb=1",
        &json!({ "t": { "a": null }, "u": { "b": 1 } }),
        &["E001 at t.a: the text is never closed"],
    );
    check(
        "[t\nb = 2\n[u]\nc = 1\n",
        &json!({ "u": { "c": 1 } }),
        &["E001: unclosed table"],
    );
}

#[test]
fn every_line_with_a_mistake_is_answered() {
    check(
        "a = yes\nb: 2\nc = 0,5\nd =\ne = 1\nf=\ng = 'x\n",
        &json!({
            "a": null, "b": null, "c": null, "d": null, "e": 1, "g": null,
        }),
        &[
            "E001 at a: this is not a value (write `true`)",
            "E001 at b: this line has no `=` (write `b = …`)",
            "E001 at c: there is more after the value (decimals are written with a point)",
            "E001 at d: missing value",
            "E001: missing value",
            "E001 at g: the text is never closed",
        ],
    );
}

#[test]
fn faults_inside_a_value_are_all_found_unless_its_structure_is_broken() {
    check(
        "a = { low = .1, mode = yes, high = 1 }",
        &json!({ "a": null }),
        &[
            "E001 at a: a digit is missing at the point",
            "E001 at a: this is not a value (write `true`)",
        ],
    );
    check(
        "a = { low = .1 high = 1 }",
        &json!({ "a": null }),
        &["E001 at a: extra assignment between key-value pairs"],
    );
}

#[test]
fn a_key_given_twice_keeps_its_first_value() {
    check(
        "a = 1\na = 2\n",
        &json!({ "a": 1 }),
        &["E007: the key `a` is given twice"],
    );
    check(
        "[p.a]\nx = 1\n[p.a]\ny = 2\nx = 3\n",
        &json!({ "p": { "a": { "x": 1, "y": 2 } } }),
        &[
            "E007 at p.a: the key `a` is given twice",
            "E007 at p.a: the key `x` is given twice",
        ],
    );
    check(
        "a = 1\n[a.b]\nc = 1",
        &json!({ "a": 1 }),
        &["E007: the key `a` has a value and cannot be a table too"],
    );
    check(
        "a = ?\na = 2\nb = 1\nb = 2",
        &json!({ "a": null, "b": 1 }),
        &[
            "E001 at a: this is not a value",
            "E007: the key `a` is given twice",
            "E007: the key `b` is given twice",
        ],
    );
}

#[test]
fn numbers_too_great_and_days_that_are_not_are_faults() {
    check(
        "[t]\na = [1, 9223372036854775808]\nb = -1e999\nc = 0xff\nd = -9223372036854775808",
        &json!({
            "t": { "a": [1, null], "b": null, "c": 255, "d": i64::MIN },
        }),
        &[
            "E006 at t.a[1]: `9223372036854775808` is too great a number",
            "E006 at t.b: `-1e999` is too great a number",
        ],
    );
    check(
        "a = 1979-02-30\nb = 0000-01-01",
        &json!({ "a": null, "b": "0000-01-01" }),
        &["E001 at a: this is not a date"],
    );
}

#[test]
fn values_that_no_case_uses_are_named() {
    let (node, faults) = toml("a = 12:30:00\nb = 1986-10-12T00:00:00Z\nc = inf");
    assert_eq!(faults, []);
    assert_eq!(node.get("a").unwrap().kind(), "a time of day");
    assert_eq!(node.get("b").unwrap().kind(), "a date with a time of day");
    assert_eq!(node.get("c").unwrap().value, Value::Float(f64::INFINITY));
}

#[test]
fn entries_stand_in_the_order_of_the_file() {
    check(
        "z = 1\n[a.b]\nx = 1\n[c]\n[a]\ny = 1\n",
        &json!({
            "z": 1, "c": {}, "a": { "b": { "x": 1 }, "y": 1 },
        }),
        &[],
    );
}

#[test]
fn a_line_that_says_nothing_is_underlined_whole() {
    for (text, blamed) in [("a = 1\n  foo bar \r\nb = 1", "foo bar"), ("foo", "foo")] {
        let (_, faults) = toml(text);
        assert_eq!(&text[faults[0].span.clone().unwrap()], blamed);
    }
}

#[test]
fn stray_carriage_returns_do_no_harm() {
    check(
        "a \r = = 1\nb = 1\r\n",
        &json!({ "a": null, "b": 1 }),
        &["E001 at a: a key cannot contain blanks (a key of several words stands in quotes)"],
    );
}

#[test]
fn line_breaks_and_marks_of_other_systems_are_read() {
    check(
        "\u{feff}a = 1\r\n[t]\r\nb = [\r\n1]\r\n",
        &json!({ "a": 1, "t": { "b": [1] } }),
        &[],
    );
    let text = "\u{feff}a = high\r\nb = 1\r\n";
    let (_, faults) = toml(text);
    let source = Source::new("f", text);
    let text = render(&faults, &source, &Palette::PLAIN);
    assert!(
        text.contains("f:1:5\n   |\n 1 | a = high\n   |     ^^^^ expected"),
        "{text}"
    );
}

#[test]
fn a_header_in_single_brackets_is_understood() {
    let source = Source::new("f.toml", "[act]\nid = 'x'\n");
    let mut faults = Faults::new();
    let node = source.node(&mut faults);
    let act = node.get("act").unwrap();
    let at = At {
        node: act,
        path: Path::root().key("act"),
    };
    assert_eq!(Vec::<bool>::decode(&at, &mut faults), None);
    assert_eq!(
        faults.into_vec()[0].help.as_deref(),
        Some("a list of tables has headers in double brackets: `[[act]]`")
    );
}

#[test]
fn depth_is_a_fault_and_never_the_end_of_the_stack() {
    let dotted = |n: usize| vec!["a"; n].join(".");
    let deep = format!("{} = 1", dotted(MAX_DEPTH + 2));
    let (_, faults) = toml(&deep);
    assert_eq!(
        faults.iter().map(|fault| fault.code).collect::<Vec<_>>(),
        [Code::Depth]
    );
    let inline = format!("[{}]\n", dotted(79))
        + &format!("{{{}=", dotted(79)).repeat(70).replacen('{', "", 1)
        + "1"
        + &"}".repeat(69);
    for text in [
        inline.clone(),
        inline + "\nfoo\n",
        format!("a = {}", "[".repeat(1_000_000)),
        format!("a = {}{}", "[".repeat(500_000), "]".repeat(500_000)),
        format!("a = {}", "{ a = ".repeat(200_000)),
        dotted(1_000_000) + " = 1",
    ] {
        let (_, faults) = toml(&text);
        assert!(!faults.is_empty());
    }
}

#[test]
fn hostile_sizes_take_time_in_proportion() {
    let start = Instant::now();
    for line in [
        "a = [\n",
        "a = \"\"\"\n",
        "\\\"\"\"\n",
        "a = '''\n",
        "[a\n",
        "a = {b=1,\n",
        "foo\n",
    ] {
        let text = line.repeat(40_000);
        let (node, faults) = toml(&text);
        assert!(!faults.is_empty(), "{line:?}");
        let source = Source::new("f", text);
        let mut all = Faults::new();
        all.extend(faults);
        all.locate(&node);
        assert!(
            render(&all.into_vec(), &source, &Palette::PLAIN)
                .lines()
                .count()
                < 1_000
        );
    }
    // Linear work takes a second or two; a quadratic step would take many minutes.
    assert!(start.elapsed().as_secs() < 60);
}

/// That faults can be shown: every span lies in the text, between characters.
fn assert_shown(text: &str, faults: &[Fault]) -> Result<(), TestCaseError> {
    for fault in faults {
        if let Some(span) = &fault.span {
            prop_assert!(
                text.get(span.clone()).is_some(),
                "{fault} at {span:?} of {text:?}"
            );
        }
        prop_assert!(!fault.message.is_empty() && !fault.message.ends_with('.'));
    }
    let shown = render(faults, &Source::new("f", text), &Palette::PLAIN);
    prop_assert_eq!(shown.is_empty(), faults.is_empty());
    Ok(())
}

fn assert_read(text: &str) -> Result<(), TestCaseError> {
    let (_, faults) = toml(text);
    assert_shown(text, &faults)?;
    // No mistake is passed over, and a valid text has only values we refuse for their size.
    if ::toml::de::DeTable::parse(text).is_err() {
        prop_assert!(!faults.is_empty(), "{text:?}");
    } else {
        let size = |fault: &Fault| matches!(fault.code, Code::Depth | Code::OutOfRange);
        prop_assert!(faults.iter().all(size), "{faults:?} in {text:?}");
    }
    let mut faults = Faults::new();
    let _ = Node::from_json(text, &mut faults);
    assert_shown(text, &faults.into_vec())
}

/// What TOML is made of, good and bad.
fn fragments() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        Just("\n"),
        Just("\r\n"),
        Just("\r"),
        Just("a"),
        Just("b.c"),
        Just(" = "),
        Just("="),
        Just("["),
        Just("]"),
        Just("[["),
        Just("]]"),
        Just("{"),
        Just("}"),
        Just(","),
        Just("\""),
        Just("'"),
        Just("\"\"\""),
        Just("'''"),
        Just("\\"),
        Just("#"),
        Just("1"),
        Just("0.5"),
        Just("1e999"),
        Just("99999999999999999999"),
        Just("1986-10-12"),
        Just("1986-02-30"),
        Just("12:00:00"),
        Just("true"),
        Just("inf"),
        Just("é"),
        Just("\u{feff}"),
        Just("\t"),
        Just("\u{0}"),
        Just(":"),
        Just("null"),
        Just("a = 1\n"),
        Just("[t]\n"),
        Just("[[u]]\n"),
        Just("x = { y = 1 }\n"),
    ];
    vec(fragment, 0..40).prop_map(|parts| parts.concat())
}

/// A value that both notations can hold, and how each writes it.
fn value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<i32>().prop_map(|number| (f64::from(number) / 8.0).into()),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(serde_json::Value::from),
            vec((any::<String>(), inner), 0..6).prop_map(|entries| entries
                .into_iter()
                .collect::<serde_json::Map<_, _>>()
                .into()),
        ]
    })
}

fn as_toml(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Array(items) => {
            let items: Vec<String> = items.iter().map(as_toml).collect();
            format!("[{}]", items.join(", "))
        }
        serde_json::Value::Object(entries) => {
            let entries = entries.iter();
            let entries = entries.map(|(key, value)| format!("{} = {}", text(key), as_toml(value)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
        serde_json::Value::String(given) => text(given),
        serde_json::Value::Number(number) if number.is_f64() => {
            format!("{:e}", number.as_f64().unwrap_or_default())
        }
        other => other.to_string(),
    }
}

/// A text as TOML writes it, every character escaped.
fn text(given: &str) -> String {
    let escaped = given.chars().map(|c| format!("\\U{:08x}", u32::from(c)));
    format!("\"{}\"", escaped.collect::<String>())
}

/// The template with some places cut out and others written over.
fn damaged() -> impl Strategy<Value = String> {
    let edit = (any::<Index>(), 0..30_usize, fragments());
    vec(edit, 1..4).prop_map(|edits| {
        let mut text: Vec<char> = TEMPLATE.chars().collect();
        for (place, cut, put) in edits {
            let start = place.index(text.len());
            let end = (start + cut).min(text.len());
            text.splice(start..end, put.chars());
        }
        text.into_iter().collect()
    })
}

proptest! {
    #[test]
    fn any_text_is_read_and_its_faults_shown(text in any::<String>()) {
        assert_read(&text)?;
    }

    #[test]
    fn any_scraps_of_toml_are_read_and_their_faults_shown(text in fragments()) {
        assert_read(&text)?;
    }

    #[test]
    fn any_damage_to_a_case_is_read_and_its_faults_shown(text in damaged()) {
        assert_read(&text)?;
    }

    #[test]
    fn any_bytes_are_read_and_their_faults_shown(bytes in vec(any::<u8>(), 0..200)) {
        for name in ["f.toml", "f.json"] {
            let source = Source::from_bytes(name, &bytes);
            let mut faults = Faults::new();
            let node = source.node(&mut faults);
            prop_assert_eq!(std::str::from_utf8(&bytes).is_err(),
                faults.iter().any(|fault| fault.code == Code::Encoding));
            faults.locate(&node);
            assert_shown(source.text(), &faults.into_vec())?;
        }
    }

    #[test]
    fn what_is_written_is_read_again_in_both_notations(value in value()) {
        let document = json!({ "value": value });
        let mut faults = Faults::new();
        let json = Node::from_json(&document.to_string(), &mut faults);
        prop_assert_eq!(json.as_json(), document.clone());
        let toml = Node::from_toml(&format!("value = {}", as_toml(&value)), &mut faults);
        prop_assert_eq!(toml.as_json(), document);
        prop_assert!(faults.is_empty());
    }

    #[test]
    fn a_broken_line_takes_nothing_else_along(
        line in "z[^.\\n\\r\\[\\]{}\"'=#]{0,20}",
        place in any::<Index>(),
    ) {
        // Lines without `=` are never TOML; one stands before any statement of the template.
        let starts: Vec<Range<usize>> =
            statement::statements(TEMPLATE).into_iter().map(|found| found.range).collect();
        let at = starts[place.index(starts.len())].start;
        let text = format!("{}{line}\n{}", &TEMPLATE[..at], &TEMPLATE[at..]);
        let (node, faults) = toml(&text);
        prop_assert_eq!(faults.len(), 1, "{:?}", faults);
        let mut read = node.as_json();
        // `key: …` keeps its key, with a value that could not be read.
        prune(&mut read);
        prop_assert_eq!(read, toml(TEMPLATE).0.as_json());
    }

    #[test]
    fn a_located_fault_lies_where_its_path_leads(place in any::<Index>()) {
        let (node, _) = toml(TEMPLATE);
        let mut paths = Vec::new();
        leaves(&node, &Path::root(), &mut paths);
        let path = &paths[place.index(paths.len())];
        let mut faults = Faults::new();
        faults.push(Fault::new(Code::OutOfRange, path.clone(), "x"));
        faults.locate(&node);
        let found = faults.into_vec().remove(0).span;
        prop_assert_eq!(found, node.find(path).and_then(|(node, _)| node.span.clone()));
    }
}

/// Removes what could not be read.
fn prune(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(entries) => {
            entries.retain(|_, value| !value.is_null());
            entries.values_mut().for_each(prune);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(prune),
        _ => {}
    }
}

fn leaves(node: &Node, path: &Path, found: &mut Vec<Path>) {
    match &node.value {
        Value::Table(entries) => {
            for entry in entries {
                leaves(&entry.node, &path.key(&entry.key), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                leaves(item, &path.index(index), found);
            }
        }
        _ => found.push(path.clone()),
    }
}
