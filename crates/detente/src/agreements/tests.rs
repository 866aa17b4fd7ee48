use std::fmt::Write as _;

use detente_payoff::{DecimalScale, Utility};
use proptest::{collection::vec, prelude::*, sample::select};

use super::{AgreementsOptions, AgreementsReport, Negotiation, agreements};
use crate::{Case, Model, Options, assess, decode::Source};

/// A party's payoffs, issue by issue, and what it has without agreement.
type Wants = (Vec<Vec<f64>>, f64);

const ALL: AgreementsOptions = AgreementsOptions {
    listed: usize::MAX,
    ties: usize::MAX,
};

/// The case in which two parties want this.
fn case_of(parties: &[Wants]) -> Case {
    let mut text = String::from(
        "format = 1\n[case]\nid = 'x'\ntitle = 'X'\ndecided = 1990-01-01\noutcome = 'nonagreement'\n",
    );
    for (issue, table) in parties[0].0.iter().enumerate() {
        let _ = writeln!(text, "[issue.i{issue}]\nname = 'I{issue}'");
        for option in 0..table.len() {
            let _ = writeln!(text, "option.o{option} = 'O{option}'");
        }
    }
    for (party, (tables, without)) in parties.iter().enumerate() {
        let _ = writeln!(
            text,
            "[party.p{party}]\nname = 'P{party}'\nnonagreement = {without:e}\n[party.p{party}.payoff]"
        );
        for (issue, table) in tables.iter().enumerate() {
            let cells = table.iter().enumerate();
            let cells: Vec<String> = cells.map(|(o, it)| format!("o{o} = {it:e}")).collect();
            let _ = writeln!(text, "i{issue} = {{ {} }}", cells.join(", "));
        }
    }
    Case::read(&Source::new("x.toml", text)).unwrap()
}

/// Every way of settling the issues.
fn packages(sizes: &[usize]) -> Vec<Vec<usize>> {
    sizes.iter().fold(vec![Vec::new()], |heads, &size| {
        let longer = |head: &Vec<usize>| {
            let head = head.clone();
            (0..size).map(move |option| [head.clone(), vec![option]].concat())
        };
        heads.iter().flat_map(longer).collect()
    })
}

/// A decimal in units of 10⁻²², from its digits in print.
fn on_paper(number: f64) -> i128 {
    let text = format!("{number:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap();
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: i128 = format!("{whole}{fraction}").parse().unwrap();
    let power = 22 + exponent.parse::<i32>().unwrap() - fraction.len() as i32;
    digits * 10_i128.pow(u32::try_from(power).unwrap())
}

/// How a party's payoff compares with none: as on paper where its numbers are short decimals, otherwise
/// as doubles add up in the order of the issues.
fn stands(wants: &Wants, package: &[usize]) -> std::cmp::Ordering {
    let (tables, without) = wants;
    let taken = tables
        .iter()
        .zip(package)
        .map(|(table, &option)| table[option]);
    let all = || tables.iter().flatten().copied();
    match DecimalScale::of(all().chain([*without])) {
        Some(_) => taken.map(on_paper).sum::<i128>().cmp(&on_paper(*without)),
        None if DecimalScale::of(all()).is_some() => {
            let utility = Utility::additive(0.0, tables.clone()).unwrap();
            let package: Vec<u32> = package.iter().map(|&it| it as u32).collect();
            utility.at(&package).unwrap().total_cmp(without)
        }
        None => (taken.fold(0.0, |sum, it| sum + it) + 0.0).total_cmp(&(without + 0.0)),
    }
}

fn report_of(parties: &[Wants]) -> AgreementsReport {
    let model = Model::compile(&case_of(parties)).unwrap();
    agreements(&Negotiation::of_case(&model).unwrap(), &ALL).unwrap()
}

/// The page, the listing, the answer whether there is a zone and the assessment tell of the same gains.
fn check(parties: &[Wants]) {
    let sizes: Vec<usize> = parties[0].0.iter().map(Vec::len).collect();
    let [mut strict, mut weak, mut improving] = [0_u64; 3];
    for package in packages(&sizes) {
        let stands: Vec<_> = parties.iter().map(|it| stands(it, &package)).collect();
        let none_loses = stands.iter().all(|it| it.is_ge());
        weak += u64::from(none_loses);
        improving += u64::from(none_loses && stands.iter().any(|it| it.is_gt()));
        strict += u64::from(stands.iter().all(|it| it.is_gt()));
    }
    let report = report_of(parties);
    let zone = &report.zone;
    let counts = [&zone.strict, &zone.pareto_improving, &zone.weak];
    let counts = counts.map(|it| it.as_ref().unwrap().digits().to_owned());
    let expected = [strict, improving, weak].map(|it| it.to_string());
    assert_eq!(counts, expected, "{parties:?}");
    assert_eq!(zone.exists, Some(strict > 0), "{parties:?}");
    assert!(strict == 0 || zone.by_lottery, "{parties:?}");
    let gains = |payoffs: &[f64]| {
        let mut pairs = payoffs.iter().zip(&report.nonagreement);
        pairs.all(|(payoff, without)| payoff > without)
    };
    let mut listed = report.frontier.iter().flat_map(|it| &it.listed);
    assert_eq!(
        listed.any(|it| gains(&it.payoffs)),
        strict > 0,
        "{parties:?}"
    );
    let options = Options {
        draws: 0,
        ..Options::default()
    };
    let assessed = assess(&case_of(parties), &options).unwrap();
    assert_eq!(assessed.funnel[1].survivors, strict, "{parties:?}");
}

fn two(north: (&[&[f64]], f64), south: (&[&[f64]], f64)) -> Vec<Wants> {
    let wants = |(tables, without): (&[&[f64]], f64)| {
        (tables.iter().map(|it| it.to_vec()).collect(), without)
    };
    vec![wants(north), wants(south)]
}

fn counts(parties: &[Wants]) -> [String; 3] {
    check(parties);
    let zone = report_of(parties).zone;
    [zone.strict, zone.pareto_improving, zone.weak].map(|it| it.unwrap().to_string())
}

#[test]
fn a_tiny_payoff_hides_no_agreement() {
    let parties = two(
        (&[&[5.0, 1.0], &[0.1, 0.2]], 2.0),
        (&[&[1.0, 3.0], &[1e-17, 0.0]], 0.5),
    );
    assert_eq!(counts(&parties), ["2", "2", "2"]);
    let parties = two(
        (&[&[4.0, 1.0], &[1e-15, 0.0]], 2.0),
        (&[&[1.0, 3.0], &[3.0, 0.0]], 1.0),
    );
    assert_eq!(counts(&parties), ["1", "2", "2"]);
}

#[test]
fn what_one_party_is_paid_makes_no_gain_of_anothers_tie() {
    let parties = two((&[&[0.2], &[0.8]], 1.0), (&[&[1.0], &[0.1 + 0.2]], 1.0));
    assert_eq!(counts(&parties), ["0", "1", "1"]);
    let parties = two(
        (&[&[0.5], &[0.1], &[0.2]], 0.8),
        (&[&[1.0], &[0.1 + 0.2], &[1.0]], 1.0),
    );
    assert_eq!(counts(&parties), ["0", "1", "1"]);
    assert!(!report_of(&parties).zone.by_lottery);
}

#[test]
fn a_huge_payoff_leaves_the_others_what_they_are() {
    let parties = two((&[&[1e40, 1.0]], 0.0), (&[&[1.0, 3.0]], 0.0));
    assert_eq!(counts(&parties), ["2", "2", "2"]);
    let parties = two((&[&[-1e100, 1.3]], 0.0), (&[&[1.0, 3.0]], 0.0));
    assert_eq!(counts(&parties), ["1", "1", "1"]);
}

/// Mostly tenths, which tie; among them what fits no decimal beside them.
fn number() -> impl Strategy<Value = f64> {
    let tenth = (-9..10_i32).prop_map(|it| f64::from(it) / 10.0);
    let long = (1..9_i32).prop_map(|it| f64::from(it) * 0.1 + 0.2);
    let sized = (1..9_i32, -17..=40_i32)
        .prop_map(|(digit, size)| format!("{digit}e{size}").parse().unwrap_or_default());
    prop_oneof![
        12 => tenth,
        1 => long,
        1 => sized,
        1 => select(vec![0.1 + 0.2, 1e-17, -1e-17, 5.55e-17, 1e40, -1e40, 1e15, 0.3]),
    ]
}

fn wants(sizes: &[usize]) -> impl Strategy<Value = Wants> + use<> {
    let tables: Vec<_> = sizes.iter().map(|&size| vec(number(), size)).collect();
    (tables, number())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn page_listing_and_assessment_agree(
        parties in vec(1..=3_usize, 1..=3)
            .prop_flat_map(|sizes| vec(wants(&sizes), 2..=3)),
    ) {
        check(&parties);
    }
}
