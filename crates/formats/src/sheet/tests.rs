use proptest::prelude::*;

use super::*;
use crate::{Document, GainEnd, ReadOptions, strategies, write_negotiation};

const GOOD: &str = "issue,option,a,b\nx,p,1,2\ny,q,3,4\nx,r,5,6\nnonagreement,,0,0.5\n";

#[track_caller]
fn refused(text: &str, message: &str) {
    let error = read("sheet", text, &Limits::default())
        .unwrap_err()
        .to_string();
    assert!(error.contains(message), "{error}");
}

#[test]
fn rows_of_an_issue_need_not_stand_together() {
    let sheet = read("s", GOOD, &Limits::default()).unwrap();
    assert_eq!(sheet.issues()[0].options, ["p", "r"]);
    assert_eq!(sheet.nonagreement(), Ok(vec![0.0, 0.5]));
    let Scores::Additive { tables, .. } = &sheet.parties()[1].scores else {
        panic!("payoffs by issue");
    };
    assert_eq!(*tables, [vec![2.0, 6.0], vec![4.0]]);
    for parted in [GOOD.replace(',', ";"), GOOD.replace(',', " \t ")] {
        assert_eq!(read("s", &parted, &Limits::default()), Ok(sheet.clone()));
    }
}

#[test]
fn faults_are_placed() {
    refused(
        "issue,opt,a\n",
        "line 1, column 2: found \"opt\"; expected option",
    );
    refused(
        "issue,option\nx,p\n",
        "line 1, column 3: a party is missing",
    );
    refused("issue,option,a,a\n", "line 1, column 4: found \"a\"");
    refused(
        "issue,option,a\nx,p,1\nx,q\n",
        "line 3, column 1: found 2 cells; expected 3 as in the header",
    );
    refused(
        "issue,option,a\nx,p,one\n",
        "line 2, column 3: found \"one\"",
    );
    refused(
        "issue,option,a\nx,p,1e999\n",
        "line 2, column 3: found \"1e999\"",
    );
    refused(
        "issue,option,a\n,p,1\n",
        "line 2, column 1: an issue is missing",
    );
    refused(
        "issue,option,a\nx,,1\n",
        "line 2, column 2: an option is missing",
    );
    refused(
        "issue,option,a\nx,p,1\nx,p,1\n",
        "line 3, column 2: option \"p\" of issue \"x\" is there twice",
    );
    refused(
        &format!("{GOOD}nonagreement,,1,1\n"),
        "line 6, column 1: the row of nonagreement payoffs is there twice",
    );
    refused("issue,option,a\nnonagreement,,1\n", "a row is missing");
    let few = Limits {
        options: 2,
        ..Limits::default()
    };
    assert!(matches!(
        read("s", GOOD, &few),
        Err(FormatError::TooMany { .. })
    ));
}

#[test]
fn every_fault_of_a_sheet_is_told_at_once() {
    let all = |text: &str| match read("sheet", text, &Limits::default()) {
        Err(FormatError::Several { listed, others }) => {
            let listed: Vec<String> = listed.iter().map(ToString::to_string).collect();
            (listed, others)
        }
        other => panic!("several faults of {other:?}"),
    };
    let text = "issue,option,a,b\nx,p,one,2..1\nx,q\n,,1,2\nx,p,1,2\nnonagreement,,no,0\nx,r,1,2\nnonagreement,,0,0\n";
    let (listed, others) = all(text);
    let places: Vec<&str> = { listed.iter() }
        .map(|it| it.split_once(": ").unwrap().0)
        .collect();
    let expected = [
        "line 2, column 3",
        "line 2, column 4",
        "line 3, column 1",
        "line 4, column 1",
        "line 4, column 2",
        "line 5, column 2",
        "line 6, column 3",
        "line 8, column 1",
    ];
    assert_eq!((places.as_slice(), others), (expected.as_slice(), 0));
    assert!(listed[7].contains("the row of nonagreement payoffs is there twice"));
    let (listed, _) = all("issue,opt,a,,a\nx,p,one,2,3\n");
    assert_eq!(listed.len(), 3, "{listed:?}");
    assert!(listed.iter().all(|it| it.starts_with("line 1")));
    let rows: String = (0..30).map(|at| format!("x,o{at},?\n")).collect();
    let (listed, others) = all(&format!("issue,option,a\n{rows}"));
    assert_eq!((listed.len(), others), (20, 10));
    let (listed, _) = all("issue,option,rank: a,rank: b\nx,p,1,1\ny,q,1,2\n");
    assert_eq!(listed.len(), 2, "{listed:?}");
}

#[test]
fn ranges_and_places_are_read_and_written() {
    let text = "issue,option,a,b\nx,p,1..3,2\nx,q,-2.5..-2..-1,5\nnonagreement,,0,1..2\n";
    let sheet = read("s", text, &Limits::default()).unwrap();
    let worst = sheet.at(GainEnd::Least).unwrap();
    assert_eq!(
        (worst.0[0].at(&[0]), worst.0[0].at(&[1]), worst.1),
        (Ok(1.0), Ok(-2.5), vec![0.0, 2.0])
    );
    let best = sheet.at(GainEnd::Greatest).unwrap();
    assert_eq!((best.0[0].at(&[1]), best.1), (Ok(-1.0), vec![0.0, 1.0]));
    let central = &sheet.utilities().unwrap()[0];
    assert_eq!((central.at(&[0]), central.at(&[1])), (Ok(2.0), Ok(-2.0)));
    assert_eq!(write(&sheet).unwrap(), text);
    let ranked = "issue,option,rank: a,b\nx,p,2,4\nx,q,1..3,5\nnonagreement,,3,1\n";
    let sheet = read("s", ranked, &Limits::default()).unwrap();
    assert_eq!(sheet.parties()[0].name, "a");
    assert_eq!(sheet.nonagreement(), Ok(vec![-3.0, 1.0]));
    assert_eq!(write(&sheet).unwrap(), ranked);
    let told = sheet
        .with_parties(|it| it.with_nonagreement(Some(-1.0)))
        .unwrap();
    assert!(write(&told).unwrap().contains("nonagreement,,1,-1"));
    for (cell, message) in [
        (
            "5..3",
            "found \"5..3\"; expected a range from its lower end",
        ),
        (
            "3..",
            "found \"3..\"; expected a number, or a range such as 3..5",
        ),
        ("1..2..3..4", "a range such as 3..5"),
        ("1..4..3", "a range from its lower end"),
    ] {
        refused(&format!("issue,option,a\nx,p,{cell}\n"), message);
    }
    for cell in ["0", "1.5", "-1", "0..2"] {
        refused(
            &format!("issue,option,rank: a\nx,p,{cell}\n"),
            "line 2, column 3: found",
        );
    }
    refused(
        "issue,option,a,rank: b\nx,p,1,1\ny,q,1,2\n",
        "line 1, column 4: a ranking of the options of several issues cannot be represented",
    );
}

#[test]
fn a_sheet_without_nonagreement_is_read_and_not_written() {
    let text = "issue,option,a\nx,p,1\n";
    let sheet = read("s", text, &Limits::default()).unwrap();
    assert!(matches!(
        write(&sheet),
        Err(FormatError::MissingNonagreement { .. })
    ));
}

proptest! {
    #[test]
    fn ranges_and_rankings_come_back(negotiation in strategies::imprecise_negotiation()) {
        let text = write(&negotiation)?;
        let back = read(negotiation.title(), &text, &Limits::default())?;
        prop_assert_eq!(back.issues(), negotiation.issues());
        prop_assert_eq!(back.parties(), negotiation.parties());
    }

    #[test]
    fn sheets_come_back(negotiation in strategies::negotiation()) {
        let with = |party: Party, discount| Party {
            nonagreement: party.nonagreement.or(Some(0.25)),
            discount,
            ..party
        };
        let negotiation = negotiation.with_parties(|it| with(it, None)).unwrap();
        let Ok(text) = write_negotiation(&negotiation, Format::Sheet) else {
            let tables = |it: &Party| matches!(it.scores, Scores::Table(_));
            prop_assert!(negotiation.parties().is_empty() || negotiation.parties().iter().any(tables));
            return Ok(());
        };
        let impatient = negotiation.clone().with_parties(|it| with(it, Some(0.5))).unwrap();
        let error = write_negotiation(&impatient, Format::Sheet).unwrap_err().to_string();
        prop_assert!(error.contains("the discount of party"), "{}", error);
        let back = crate::read(negotiation.title(), text.as_bytes(), &ReadOptions::default());
        let Ok(Document::Negotiation(back)) = back else {
            return Err(TestCaseError::fail(format!("{back:?}")));
        };
        prop_assert_eq!(back.issues(), negotiation.issues());
        prop_assert_eq!(back.nonagreement(), negotiation.nonagreement());
        for (old, new) in negotiation.parties().iter().zip(back.parties()) {
            let (Scores::Additive { constant, tables }, Scores::Additive { tables: read, .. }) =
                (&old.scores, &new.scores)
            else {
                return Err(TestCaseError::fail("a table"));
            };
            // The constant stands in the payoffs of the first issue, and everything else comes back as it was.
            prop_assert_eq!(&tables[1..], &read[1..]);
            for (old, new) in tables[0].iter().zip(&read[0]) {
                let rounding = match *constant {
                    0.0 => 0.0,
                    constant => f64::EPSILON * (old.abs() + constant.abs()),
                };
                prop_assert!((old + constant - new).abs() <= rounding);
            }
            if *constant == 0.0 {
                prop_assert_eq!(old, new);
            }
        }
    }
}
