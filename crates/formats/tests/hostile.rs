//! Large and hostile texts end in an answer or a typed error before anybody would give up.
#![allow(clippy::panic, reason = "a test that cannot go on stops")]
#![cfg(all(
    feature = "efg",
    feature = "genius",
    feature = "geniusweb",
    feature = "negmas",
    feature = "nfg",
    feature = "sheet"
))]

use std::time::{Duration, Instant};

use detente_formats::{Document, FormatError, Limits, ReadOptions, assemble, read};

/// Far more than any of these texts takes, and far less than what grows with the square of its length
/// would.
const PATIENCE: Duration = Duration::from_secs(20);

#[track_caller]
fn tried(text: &str) -> Result<Document, FormatError> {
    let start = Instant::now();
    let answer = read("hostile", text.as_bytes(), &ReadOptions::default());
    let took = start.elapsed();
    assert!(
        took < PATIENCE,
        "{took:?} for {:?}…",
        text.chars().take(60).collect::<String>()
    );
    answer
}

#[track_caller]
fn refused(text: &str, words: &str) {
    match tried(text) {
        Ok(_) => assert!(words.is_empty(), "read, where {words:?} was expected"),
        Err(error) => assert!(error.to_string().contains(words), "{error}"),
    }
}

/// So many entries, each with its number in it.
fn many(count: usize, entry: impl Fn(usize) -> String) -> String {
    (0..count).map(entry).collect()
}

#[test]
fn texts_beyond_the_limit_are_not_looked_at() {
    refused(
        &"x".repeat((16 << 20) + 1),
        "bytes number more than 16777216",
    );
}

#[test]
fn games_claim_no_more_than_they_hold() {
    refused(
        "NFG 1 R \"\" { \"a\" \"b\" } { 1000 1000 } 1 2",
        "expected 2000000 payoffs, of which 2 are there",
    );
    refused(
        "NFG 1 R \"\" { \"a\" \"b\" } { 4294967296 4294967296 }",
        "number more than",
    );
    refused(
        &format!("NFG 1 R \"\" {{ {} }} {{ 2 }}", "\"a\" ".repeat(500_000)),
        "actions of 1 players",
    );
    refused(
        &format!("NFG 1 R \"{}", "a".repeat(8 << 20)),
        "a label without an end",
    );
    refused(
        &format!(
            "NFG 1 R \"\" {{ \"a\" }} {{ 900000 }} {}",
            "1e-400 ".repeat(900_000)
        ),
        "",
    );
    refused(
        &format!(
            "EFG 2 R \"\" {{ \"a\" }} c \"\" 1 \"\" {{ {} }} 0",
            "\"\" 1/3 ".repeat(200_000)
        ),
        "chances that add up to",
    );
    let chain = many(120, |set| {
        format!("p \"\" 1 {} \"\" {{ \"l\" \"r\" }} 0 t \"\" 0 ", set + 1)
    });
    let Ok(Document::Tree(tree)) = tried(&format!("EFG 2 R \"\" {{ \"a\" }} {chain} t \"\" 0"))
    else {
        panic!("a chain of moves is a tree");
    };
    assert!(tree.normal_form(&Limits::default()).is_ok());
    let wide = many(60, |set| {
        format!(
            "p \"\" 1 {} \"\" {{ \"l\" \"r\" }} 0 t \"\" 0 t \"\" 0 ",
            set + 1
        )
    });
    let chances = many(60, |place| format!("\"{place}\" 1/60 "));
    let text = format!("EFG 2 R \"\" {{ \"a\" }} c \"\" 1 \"\" {{ {chances} }} 0 {wide}");
    let Ok(Document::Tree(tree)) = tried(&text) else {
        panic!("sixty moves after a move of chance are a tree");
    };
    let start = Instant::now();
    assert!(matches!(
        tree.normal_form(&Limits::default()),
        Err(FormatError::TooMany { .. })
    ));
    assert!(start.elapsed() < PATIENCE);
}

#[test]
fn trees_of_text_are_bounded() {
    refused(
        &format!("{{\"issuesValues\": {}", "[".repeat(4 << 20)),
        "levels of nesting",
    );
    refused(
        &format!("{{\"issuesValues\": [{}0]}}", "0,".repeat(3 << 20)),
        "values number more than 2000000",
    );
    refused(&format!("a: {}", "[".repeat(1 << 20)), "");
    refused(
        &format!(
            "a:\n{}",
            many(2_000, |depth| format!("{}b:\n", " ".repeat(depth + 1)))
        ),
        "levels of nesting",
    );
    refused(&format!("a: [{}0]", "0, ".repeat(1 << 20)), "");
    refused(
        &format!("a: \"{}", "b".repeat(8 << 20)),
        "what YAML does not allow",
    );
    refused(
        &many(200_000, |place| format!("k{place}: v\n")),
        "\"type\" is missing",
    );
    refused(
        &format!("a: &x [1]\nb: [{}]", "*x, ".repeat(100_000)),
        "an alias",
    );
    refused(&format!("<utility_space>{}", "<a>".repeat(1 << 20)), "");
    refused(
        &format!(
            "<utility_space>{}</utility_space>",
            "<a/>".repeat(2_100_000)
        ),
        "elements number more than",
    );
    refused(
        &format!(
            "<utility_space {}/>",
            many(500_000, |place| format!("a{place}='' "))
        ),
        "attributes of an element",
    );
}

#[test]
fn many_names_are_told_apart_quickly() {
    let rows = many(100_001, |row| format!("i,{row},1\n"));
    refused(
        &format!("issue,option,a\n{rows}"),
        "options number more than 100000",
    );
    let rows = many(100_000, |row| format!("{row},o,1\n"));
    refused(&format!("issue,option,a\n{rows}"), "");
    refused(
        &format!(
            "issue,option{}\n",
            many(1_000_000, |party| format!(",{party}"))
        ),
        "a row is missing",
    );
    let values = many(50_000, |issue| {
        format!("\"{issue}\":{{\"values\":[\"a\"]}},")
    });
    let utilities = many(50_000, |issue| {
        format!("\"{issue}\":{{\"DiscreteValueSetUtilities\":{{\"valueUtilities\":{{\"a\":1}}}}}},")
    });
    let weights = many(50_000, |issue| format!("\"{issue}\":1,"));
    let trimmed = |text: &str| text.trim_end_matches(',').to_owned();
    let profile = format!(
        "{{\"LinearAdditiveUtilitySpace\":{{\"domain\":{{\"issuesValues\":{{{}}}}},\"issueUtilities\":{{{}}},\"issueWeights\":{{{}}}}}}}",
        trimmed(&values),
        trimmed(&utilities),
        trimmed(&weights)
    );
    refused(&profile, "");
    let issues = many(50_000, |issue| {
        format!(
            "<issue index=\"{issue}\" name=\"{issue}\"><item value=\"a\" evaluation=\"1\"/></issue>"
        )
    });
    let weights = many(50_000, |issue| {
        format!("<weight index=\"{issue}\" value=\"0.00002\"/>")
    });
    refused(
        &format!("<utility_space><objective>{issues}{weights}</objective></utility_space>"),
        "",
    );
}

#[test]
fn scenarios_with_many_values_are_put_together_quickly() {
    let values = many(100_000, |value| format!("v{value}, "));
    let domain = format!("issues:\n- {{name: i, values: [{values}]}}\n");
    let mapping = many(100_000, |value| format!("    v{value}: 0.5\n"));
    let function = format!(
        "type: LinearAdditiveUtilityFunction\nvalues:\n- type: TableFun\n  mapping:\n{mapping}"
    );
    let options = ReadOptions::default();
    let start = Instant::now();
    let texts = [tried(&domain), tried(&function)];
    let joined = assemble(texts.into_iter().flatten(), &options);
    assert_eq!(joined.map(|it| it.issues()[0].options.len()), Ok(100_000));
    assert!(start.elapsed() < PATIENCE);
}

/// How a text of each format begins.
const BEGINNINGS: [&str; 7] = [
    "NFG 1 R \"",
    "EFG 2 R \"",
    "<utility_space>",
    "{\"issuesValues\": {\"",
    "name: x\nissues:\n- name: ",
    "issue,option,a\nx,",
    "{\"detente\": \"game\", \"",
];

#[test]
fn other_encodings_are_named_in_every_format() {
    let options = ReadOptions::default();
    for start in BEGINNINGS {
        for byte in [0xe9, 0xff, 0x80, 0xc0] {
            let text = [start.as_bytes(), &[b'a', byte]].concat();
            let refused = read("hostile", &text, &options);
            assert!(
                matches!(refused, Err(FormatError::Encoding { .. })),
                "{refused:?} for {start:?}"
            );
        }
        for turned in [false, true] {
            let mark: u16 = 0xfeff;
            let units = std::iter::once(mark).chain(start.encode_utf16());
            let bytes = units.flat_map(|unit| match turned {
                false => unit.to_le_bytes(),
                true => unit.to_be_bytes(),
            });
            let refused = read("hostile", &bytes.collect::<Vec<u8>>(), &options);
            assert!(
                matches!(refused, Err(FormatError::Encoding { .. })),
                "{start:?}"
            );
        }
    }
}

#[test]
fn texts_cut_anywhere_end_in_an_answer() {
    for text in [
        include_str!("../../../tests/data/formats/arms.nfg"),
        include_str!("../../../tests/data/formats/bluff.efg"),
        include_str!("../../../tests/data/formats/border.csv"),
        include_str!("../../../tests/data/formats/genius/north.xml"),
        include_str!("../../../tests/data/formats/geniusweb/north.json"),
        include_str!("../../../tests/data/formats/negmas/north.yml"),
    ] {
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            let _ = tried(&text[..end]);
        }
    }
}
