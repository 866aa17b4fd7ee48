use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Result<Indicators, String> {
    Indicators::read(text.as_bytes()).map_err(|error| error.to_string())
}

#[test]
fn every_column_makes_its_range() {
    let text = "country,V2EXL_LEGITIDEOL,v2exl_legitideolcr_0,v2exl_legitperf,v2exl_legitratio,\
                posttenurefate,exit,mean_tenure,v2smgovdom,media_freedom,winning_coalition,year\n\
                East,0,1,0,0,Imprisonment (including house arrest),Irregular,8.5,0,1,0.5,1986\n\
                West,0,NA,0,0,Missing: No Information Found,Still in Office,4.25,,,,1986\n";
    let found = read(text).unwrap();
    let ends = |row: usize| {
        let ranges = found.rows[row].ranges.iter();
        ranges
            .map(|it| (it.coded.range.low(), it.coded.range.high()))
            .collect::<Vec<_>>()
    };
    let expected = [
        (2.0, 8.0),
        (0.125, 0.55),
        (0.0, 0.131_25),
        (0.2, 1.0),
        (0.0, 0.5),
    ];
    assert_eq!(ends(0).len(), expected.len());
    for (found, expected) in ends(0).iter().zip(expected) {
        assert!((found.0 - expected.0).abs() < 1e-12 && (found.1 - expected.1).abs() < 1e-12);
    }
    assert_eq!(ends(1), [(0.1, 8.0)]);
    assert_eq!(
        (found.rows[1].label.as_str(), found.rows[1].line),
        ("West 1986", 3)
    );
}

#[test]
fn faults_are_told_with_their_place() {
    let message = |text: &str| read(text).unwrap_err();
    assert_eq!(
        message(""),
        "there is no text; expected a header: indicators as published"
    );
    assert!(
        message("a,b\n1,2\n")
            .starts_with("line 1: no column that is known; expected one or more of")
    );
    assert_eq!(
        message("exit,mean_tenure\n"),
        "no rows below the header; expected one for each leader or year"
    );
    assert_eq!(
        message("exit,Exit,mean_tenure\nRegular,Regular,1\n"),
        "line 1: exit is there twice; expected one column of that name"
    );
    assert_eq!(
        message("country,exit\nEast,Regular\n"),
        "line 1: no column mean_tenure; expected it beside exit"
    );
    assert_eq!(
        message("v2smgovdom\n0\ninf\n"),
        "line 3, column 1 (v2smgovdom): found \"inf\"; expected a finite number"
    );
    assert_eq!(
        message("media_freedom\n1.5\n"),
        "line 2, column 1 (media_freedom): found \"1.5\"; expected a number from 0 to 1"
    );
    assert_eq!(
        message("posttenurefate,mean_tenure\nfled,3\n"),
        "line 2, column 1 (posttenurefate): found \"fled\"; expected OK, Exile, Imprisonment, Death or Missing"
    );
    assert_eq!(
        message("mean_tenure\n0\n"),
        "line 2: mean tenure is 0; expected a finite number of years above 0"
    );
    assert_eq!(
        message("media_freedom,x\n1\n"),
        "line 2: 1 columns; expected 2 as in the header"
    );
    let error = Indicators::read(b"media_freedom\n\xff\n").unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("line 2: the text is not UTF-8")
    );
    // Every cell with a fault is told, in one row and in several.
    let row = message("posttenurefate,exit,mean_tenure,media_freedom\nfled,x,-1,7\n");
    assert_eq!(row.matches("\n  line 2, column ").count(), 3, "{row}");
    assert!(row.contains("\n  line 2: mean tenure is -1; "), "{row}");
    let all = message("media_freedom\n2\n0.5\nx\n");
    assert!(
        all.starts_with("2 faults\n  line 2, ") && all.contains("\n  line 4, "),
        "{all}"
    );
}

/// A column that is nearly a known one is told beside it, lest a slip of the pen pass unseen.
#[test]
fn columns_that_are_passed_over_are_told() {
    let found = read("country,v2exl_legitidol,gdp,media_freedom\nEast,1,2,0.5\n").unwrap();
    let told = found.passed_over.iter();
    let told: Vec<_> = told.map(|it| (it.column.as_str(), it.nearest)).collect();
    assert_eq!(
        told,
        [("v2exl_legitidol", Some("v2exl_legitideol")), ("gdp", None)]
    );
}

proptest! {
    /// Whatever is written, there is an answer or an error; nothing stops the program.
    #[test]
    fn no_text_stops_the_reader(
        cells in prop::collection::vec("[-a-zA-Z0-9., _\"\n]{0,12}", 0..30),
    ) {
        let text = format!("leader,exit,mean_tenure,media_freedom\n{}", cells.join(","));
        let _ = Indicators::read(text.as_bytes());
        let _ = Indicators::read(cells.concat().as_bytes());
    }
}
