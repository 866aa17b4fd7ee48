//! Ranges that published indicators suggest, as tables of a case.

use std::{collections::BTreeSet, fmt::Write as _};

use detente::indicators::{HomeRange, IndicatorRow, Indicators, PassedOver};

use crate::{
    layout::{clean, wrap},
    number,
};

const INTRODUCTION: &str = "\
What published indicators suggest for home fronts: hypotheses, for no accepted measure exists. Read the \
thresholds of `detente domestic CASE` rather than its points. Paste a block into the case, put the party's \
id in its place, and name in `source` where the indicators are from. No indicator tells a leader elected to \
make peace, whose `threat` is below 0: code that by hand. Messages need `curve = \"linear\"`; without one, \
leave their table out.";

/// Every row as a table of its own, with what is left to code, in lines of at most `width` columns where
/// a name does not fill more.
pub(crate) fn write(found: &Indicators, width: usize) -> String {
    let mut text = comment(INTRODUCTION, width);
    let nearly = found.passed_over.iter().filter_map(slip);
    nearly.for_each(|line| text.push_str(&comment(&line, width)));
    let mut taken = BTreeSet::new();
    for row in &found.rows {
        text.push_str(&block(row, &id(row, &mut taken), width));
    }
    text
}

/// Text in lines that TOML passes over.
fn comment(text: &str, width: usize) -> String {
    let lines = wrap(text, width.saturating_sub(2)).into_iter();
    lines.map(|line| format!("# {line}\n")).collect()
}

/// A column that was passed over although it is nearly a known one.
fn slip(column: &PassedOver) -> Option<String> {
    let nearest = column.nearest?;
    let name = clean(&column.column);
    Some(format!(
        "Column {name} is passed over; if {nearest} is meant, name it so."
    ))
}

fn block(row: &IndicatorRow, id: &str, width: usize) -> String {
    let about = match row.label.is_empty() {
        true => format!("line {}", row.line),
        false => format!("{}, line {}", clean(&row.label), row.line),
    };
    let mut text = format!("\n{}", comment(&about, width));
    if row.ranges.is_empty() {
        return text + "# No range: a cell of each is blank.\n";
    }
    let (messages, home): (Vec<_>, Vec<_>) =
        row.ranges.iter().partition(|range| range.key.contains('.'));
    let _ = writeln!(text, "[party.{id}.home]\nnational_weight = 1");
    for range in &home {
        text.push_str(&line(range.key, range, width));
    }
    let coded = |key: &&&str| home.iter().any(|range| range.key == **key);
    let keys = ["office_stake", "support", "threat", "baseline", "curve"];
    let left: Vec<&str> = keys.iter().filter(|key| !coded(key)).copied().collect();
    text.push_str(&comment(
        &format!("Still to code: {}.", left.join(", ")),
        width,
    ));
    if messages.is_empty() {
        return text;
    }
    let _ = writeln!(text, "[party.{id}.home.messages]");
    for range in &messages {
        let key = range.key.rsplit('.').next().unwrap_or(range.key);
        text.push_str(&line(key, range, width));
    }
    let coded = |key: &str| messages.iter().any(|range| range.key.ends_with(key));
    let keys = ["cost", "credulous_share", "bargaining_share"];
    let left: Vec<&str> = keys.into_iter().filter(|key| !coded(key)).collect();
    text.push_str(&comment(
        &format!("Still to code: {}.", left.join(", ")),
        width,
    ));
    text
}

/// One key with its range and, as its note, how it came about.
fn line(key: &str, range: &HomeRange, width: usize) -> String {
    let coded = &range.coded;
    let (low, high) = (plain(coded.range.low()), plain(coded.range.high()));
    let value = match low == high {
        true => format!("{key}.value = {low}"),
        false => format!("{key}.uniform = {{ low = {low}, high = {high} }}"),
    };
    let observed = coded.observed.iter();
    let observed: Vec<String> = observed.map(|(name, at)| format!("{name} {at}")).collect();
    let note = format!("{}: {}; {}", coded.rule, observed.join(", "), coded.source);
    // What the rules and the numbers of a sheet hold needs no other escape; a backslash at the end of
    // a line makes one line of them.
    let note = clean(&note)
        .replace('\\', "\u{2216}")
        .replace('"', "\u{2033}");
    let lines = wrap(&note, width.saturating_sub(5)).join(" \\\n  ");
    format!("{value}\n{key}.note = \"\"\"\\\n  {lines}\"\"\"\n")
}

/// A number as a case file has it.
fn plain(x: f64) -> String {
    number::value(x).replace('\u{2212}', "-")
}

/// An id made of what the row is about, or of its line where that has letters that an id cannot have or
/// names a row before.
fn id(row: &IndicatorRow, taken: &mut BTreeSet<String>) -> String {
    let words = row.label.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let told = words.join("-").to_ascii_lowercase();
    if row.label.is_ascii() && !told.is_empty() && taken.insert(told.clone()) {
        return told;
    }
    let line = format!("line-{}", row.line);
    taken.insert(line.clone());
    line
}

#[cfg(test)]
mod tests {
    use detente::{Case, Model, library};

    use super::*;

    const SHEET: &str = "country,v2exl_legitideol,v2exl_legitideolcr_0,v2exl_legitperf,v2exl_legitratio,\
                         posttenurefate,exit,mean_tenure,v2smgovdom,media_freedom,winning_coalition\n\
                         East,0.4,0.7,-0.3,0.2,Imprisonment,Irregular,8.5,0.1,0.3,0.5\n\
                         West,0.4,0,-0.3,0.2,OK,Regular,4,NA,NA,NA\n";

    /// What is printed goes into a case as it is, the rest coded.
    #[test]
    fn a_block_can_be_pasted() {
        let found = Indicators::read(SHEET.as_bytes()).unwrap();
        let text = write(&found, 100);
        let east = text.split("\n\n").find(|it| it.contains("East")).unwrap();
        let east = east
            .replace(
                "# Still to code: baseline, curve.",
                "baseline = 0.3\ncurve = \"linear\"",
            )
            .replace(
                "# Still to code: bargaining_share.",
                "bargaining_share = 0.5",
            );
        let (start, rest) = library::TEMPLATE.split_once("[party.east.home]\n").unwrap();
        let (_, end) = rest.split_once("\n\n").unwrap();
        let pasted = format!("{start}{east}\n{end}");
        let case = Case::from_text("pasted.toml", &pasted).unwrap();
        Model::compile(&case).unwrap();
        let home = case.parties.get("east").unwrap().home.as_ref().unwrap();
        let stake = home.office_stake.as_ref().unwrap();
        assert_eq!(stake.value.support(), (2.0, 8.0));
        assert!(
            stake
                .provenance
                .note
                .as_ref()
                .unwrap()
                .contains("exit irregular")
        );
        assert!(home.messages.as_ref().unwrap().cost.is_some());
    }

    #[test]
    fn a_range_of_one_number_and_blank_cells() {
        let found = Indicators::read(SHEET.as_bytes()).unwrap();
        let text = write(&found, 100);
        assert!(
            text.contains("threat.value = 0\nthreat.note = \"\"\"\\\n  0 to 0.35"),
            "{text}"
        );
        assert!(
            text.contains("# Still to code: support, baseline, curve."),
            "{text}"
        );
        assert!(!text.contains("[party.west.home.messages]"), "{text}");
        let blank = Indicators::read(b"leader,year,media_freedom\nO\x27Neil,1986,\n").unwrap();
        assert!(write(&blank, 100).contains("# O'Neil 1986, line 2\n# No range"));
    }

    /// Two rows about one leader, one whose name no id can have: each block has an id of its own, and
    /// all of them are one TOML document whatever the width.
    #[test]
    fn blocks_have_ids_of_their_own_and_fit_the_page() {
        let sheet = "leader,exit,posttenurefate,mean_tenure,media_freedom\n\
                     First,Regular,OK,4,0.5\nFirst,Irregular,Death,2,0.1\nÉmile,Regular,OK,4,0.5\n";
        let found = Indicators::read(sheet.as_bytes()).unwrap();
        for width in [40, 72, 100] {
            let text = write(&found, width);
            for id in ["first", "line-3", "line-4"] {
                assert_eq!(
                    text.matches(&format!("[party.{id}.home]\n")).count(),
                    1,
                    "{text}"
                );
            }
            let longest = text.lines().map(|line| line.chars().count()).max();
            assert!(
                longest <= Some(width.max(60)),
                "{longest:?} of {width}: {text}"
            );
        }
    }
}
