//! Messages of leaders about what they know.

use super::*;

/// The good of domestic.md §6 as a case: East's payoff is its share, a hostile West takes 0.6 of it.
pub(super) fn divided(home: &str) -> Result<Model, DetenteError> {
    let shares = [0.0, 0.35, 0.5, 0.649_999_999, 1.0];
    let list = |of: &dyn Fn(f64) -> f64| -> String {
        let options = shares.iter().enumerate();
        let options = options.map(|(idx, share)| format!("x{idx} = {}", of(*share)));
        options.collect::<Vec<_>>().join(", ")
    };
    let names = (0..shares.len()).map(|idx| format!("option.x{idx} = \"Share {idx}\"\n"));
    let text = format!(
        "format = 1\n[case]\nid = \"good\"\ntitle = \"A good\"\ndecided = 2000-01-01\n\
         outcome = \"nonagreement\"\n[issue.share]\nname = \"Share\"\n{}\
         [party.east]\nname = \"East\"\nnonagreement = 0.35\n\
         [party.east.payoff]\nshare = {{ {} }}\n[party.east.exposure]\nshare = {{ {} }}\n\
         [party.east.home]\n{home}\n\
         [party.west]\nname = \"West\"\nnonagreement = 0.35\n\
         [party.west.payoff]\nshare = {{ {} }}\n",
        names.collect::<String>(),
        list(&|share| share),
        list(&|share| 0.35 + 0.6 - share),
        list(&|share| 1.0 - share),
    );
    Ok(Model::compile(&Case::from_text("good.toml", &text)?)?)
}

pub(super) const BASE: &str = "national_weight = 1\nsupport = 0.5\nbaseline = 0.3\ncurve = \"linear\"\n\
                    audience_hostility = 0.2\n";

pub(super) fn messages(threat: &str, stake: &str, messages: &str) -> Model {
    let home = format!(
        "{BASE}threat = {threat}\noffice_stake = {stake}\n[party.east.home.messages]\n\
         bargaining_share = 0.5\nprior_hostility = 0.3\n{messages}"
    );
    divided(&home).unwrap()
}

fn report(model: &Model) -> MessagesReport {
    found(model).fronts[0].messages.clone().unwrap()
}

/// The reference values of domestic.md §6: the case's payoffs are the shares, so the numbers are the
/// same to the distance of the fourth option from the end of the zone.
#[test]
fn the_equilibrium_of_a_case_is_that_of_the_division() {
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-7, "{a} {b}");
    let MessagesReport {
        found,
        surplus,
        prior,
        candid_cost,
        ..
    } = report(&messages("0.3", "2", "cost = 0.15\ncredulous_share = 0"));
    close(surplus, 0.3);
    close(prior, 0.3);
    close(candid_cost.unwrap(), 0.3);
    let MessagesFound::Alarm(found) = found else {
        panic!("{found:?}");
    };
    assert_eq!(found.candour, Candour::Mixed);
    close(found.inflation.get(), 1.0 / 7.0);
    close(found.alarm_belief.get(), 0.75);
    close(found.closing_belief.unwrap().get(), 0.5);
    close(found.missed.get(), 0.1);
    close(found.ex_ante_gain, -0.045);
    let report = report(&messages("0.3", "2", "cost = 0.15\ncredulous_share = 0.8"));
    let MessagesFound::Alarm(found) = report.found else {
        panic!("{report:?}");
    };
    close(found.alarm_belief.get(), 0.86);
    close(found.mean_belief.get(), 0.86);
    close(found.ex_ante_gain, 0.021);
    let report = self::report(&messages(
        "0.3",
        "2",
        "cost = 0.15\ncredulous_share = 0\nsignature = \"reveals_benign\"",
    ));
    let MessagesFound::Alarm(found) = report.found else {
        panic!("{report:?}");
    };
    close(found.inflation.get(), 3.0 / 7.0);
    close(found.distortion, 0.15);
    close(found.missed.get(), 0.0);
}

#[test]
fn a_leader_elected_to_make_peace_understates() {
    let report = report(&messages("-0.3", "2", "cost = 0.5\ncredulous_share = 0"));
    let MessagesFound::Calm(found) = report.found else {
        panic!("{report:?}");
    };
    assert!((found.calm_belief.get() - 1.0 / 6.0).abs() < 1e-9);
    assert!((found.understatement.get() - 7.0 / 15.0).abs() < 1e-9);
    assert!((report.candid_stake.unwrap() - 5.0 / 3.0).abs() < 1e-9);
}

#[test]
fn where_the_model_does_not_apply_the_reason_is_told() {
    let high = BASE.replace("baseline = 0.3", "baseline = 0.9");
    let home = format!(
        "{high}threat = 0.3\noffice_stake = 2\n[party.east.home.messages]\ncost = 0.15\n\
         credulous_share = 0\nbargaining_share = 0.5"
    );
    let report = report(&divided(&home).unwrap());
    // Without a belief of its own before, the audience has the one it is coded with.
    assert_eq!((report.prior, report.candid_cost), (0.2, None));
    let MessagesFound::Refused(reason) = report.found else {
        panic!("{report:?}");
    };
    let expected = "support index reaches 1.075; expected 0 to 1 where messages move beliefs";
    assert!(reason.starts_with(expected), "{reason}");
}

#[test]
fn messages_on_a_curve_are_a_fault_of_the_case() {
    let curved = BASE.replace("linear", "logit");
    let home = format!(
        "{curved}threat = 0.3\noffice_stake = 2\n[party.east.home.messages]\ncost = 0.15\n\
         credulous_share = 0\nbargaining_share = 0.5"
    );
    let fault = divided(&home).unwrap_err().to_string();
    assert!(
        fault.contains("`messages` would say nothing here"),
        "{fault}"
    );
    assert!(fault.contains("curve = \"linear\""), "{fault}");
}
