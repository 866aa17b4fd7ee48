//! The default forecaster on real acts: the tone of the next act between Israel and Palestinians,
//! 1979–2011 (KEDS / Penn State event data; Goldstein scores by CAMEO code). The data are nobody's to
//! pass on: the test reads them from the folder that `DETENTE_DATA` names, and says so where there is
//! none.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on stops"
)]

use std::{collections::BTreeMap, env, fs, io::Write as _, path::Path};

use detente::{
    quantity::{Date, Probability},
    reputation::{
        Tone,
        forecast::{Actor, Forecast, ForecastScore, Forecaster, ForecasterParams},
    },
};

/// Acts from one actor to another in order of time; who acts towards whom, the other way round.
type Record = BTreeMap<(String, String), Vec<(Date, Tone)>>;

/// The records between the two sides, and between the actors that make them up. Acts with a score
/// of 0 have no tone and are left out.
fn read(folder: &Path) -> (Record, Record) {
    let text = |name| fs::read_to_string(folder.join(name)).unwrap();
    let codes = text("cameo_codes.csv");
    let scores: BTreeMap<&str, f64> = codes
        .lines()
        .skip(1)
        .map(|line| {
            // Names hold commas; codes and scores do not.
            let code = line.split(',').next().unwrap();
            (code, line.rsplit(',').nth(2).unwrap().parse().unwrap())
        })
        .collect();
    let (mut sides, mut actors) = (Record::new(), Record::new());
    for line in text("levant_isr_pal_events_1979_2011.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let &[date, src, dst, source, target, code] = cells.as_slice() else {
            panic!("{line}");
        };
        let date: Date = date.parse().unwrap();
        let tone = match scores[code] {
            0.0 => continue,
            score if score > 0.0 => Tone::Cooperative,
            _ => Tone::Hostile,
        };
        let add = |record: &mut Record, from: &str, to: &str| {
            let key = (from.to_owned(), to.to_owned());
            record.entry(key).or_default().push((date, tone));
        };
        add(&mut sides, src, dst);
        add(&mut actors, source, target);
    }
    (sides, actors)
}

/// Forecasts of each act by the acts of earlier days, of both sides.
fn forecasts(
    params: &ForecasterParams,
    own: &[(Date, Tone)],
    other: &[(Date, Tone)],
) -> Vec<Forecast> {
    let mut forecaster = Forecaster::new(params.clone()).unwrap();
    let mut other = other.iter().peekable();
    own.iter()
        .map(|&(date, came)| {
            while let Some(&(date, tone)) = other.next_if(|it| it.0 < date) {
                forecaster.observe(date, Actor::OtherSide, tone).unwrap();
            }
            let cooperative = forecaster.predicted(date).unwrap();
            forecaster.observe(date, Actor::Party, came).unwrap();
            Forecast { cooperative, came }
        })
        .collect()
}

/// The score of the first half of the acts, on which defaults were chosen, or of the second.
fn halves(forecasts: &[Forecast]) -> [ForecastScore; 2] {
    let (first, second) = forecasts.split_at(forecasts.len() / 2);
    [first, second].map(|half| ForecastScore::of(half, 10).unwrap())
}

/// The log loss of a constant rate, that of the first half, on the second.
fn constant(record: &[(Date, Tone)]) -> f64 {
    let (first, second) = record.split_at(record.len() / 2);
    let good = |half: &[(Date, Tone)]| {
        let good = half.iter().filter(|(_, tone)| *tone == Tone::Cooperative);
        (good.count() as f64 + 0.5) / (half.len() as f64 + 1.0)
    };
    let (rate, came) = (good(first), good(second));
    -came * rate.ln() - (1.0 - came) * (1.0 - rate).ln()
}

fn print(name: &str, [first, second]: &[ForecastScore; 2], constant: f64) {
    println!(
        "{name:<20} {:>6} acts  log loss {:.4} (first half {:.4}, constant rate {constant:.4})",
        first.acts + second.acts,
        second.log_loss,
        first.log_loss
    );
}

#[test]
fn the_default_forecaster_beats_simple_rules_on_real_acts() {
    let Some(folder) = env::var_os("DETENTE_DATA") else {
        skipped("DETENTE_DATA names no folder with the real acts");
        return;
    };
    let (sides, actors) = read(Path::new(&folder));
    let nothing = Vec::new();
    let score = |record: &Record, key: &(String, String), params: &ForecasterParams| {
        let other = record
            .get(&(key.1.clone(), key.0.clone()))
            .unwrap_or(&nothing);
        halves(&forecasts(params, &record[key], other))
    };
    let defaults = ForecasterParams::default();
    let alone = ForecasterParams {
        mirror: Probability::ZERO,
        ..defaults.clone()
    };
    println!("the two sides, second halves of the acts:");
    for (from, to, bar) in [("ISR", "PAL", 0.607), ("PAL", "ISR", 0.631)] {
        let key = (from.to_owned(), to.to_owned());
        let name = format!("{from} towards {to}");
        let scores = score(&sides, &key, &defaults);
        print(&name, &scores, constant(&sides[&key]));
        print(
            "  own acts alone",
            &score(&sides, &key, &alone),
            constant(&sides[&key]),
        );
        println!("  chance   acts  mean chance  came");
        for bin in scores[1].calibration.iter().filter(|bin| bin.acts > 0) {
            println!(
                "  {:.1}–{:.1} {:>6}  {:>11.3}  {:.3}",
                bin.from, bin.to, bin.acts, bin.predicted, bin.observed
            );
            // Chances mean what they say: to within four standard errors of the bin, and a little.
            let error = (bin.predicted * (1.0 - bin.predicted) / bin.acts as f64).sqrt();
            assert!(
                (bin.predicted - bin.observed).abs() < 4.0 * error + 0.03,
                "{bin:?}"
            );
        }
        assert!(
            scores[1].log_loss <= bar,
            "{name}: {} > {bar}",
            scores[1].log_loss
        );
        let own_alone = score(&sides, &key, &alone)[1].log_loss;
        assert!(
            own_alone <= bar,
            "{name}, own acts alone: {own_alone} > {bar}"
        );
    }
    println!("actors within the sides, on which nothing was chosen:");
    let mut gain = 0.0;
    let large = actors.iter().filter(|(_, record)| record.len() >= 350);
    for (key, record) in large {
        let scores = score(&actors, key, &defaults);
        print(
            &format!("{} towards {}", key.0, key.1),
            &scores,
            constant(record),
        );
        gain += (constant(record) - scores[1].log_loss) * scores[1].acts as f64;
    }
    assert!(gain > 0.0, "worse than constant rates by {gain} nats");
}

/// Says so where a test cannot run: past the harness, which keeps what a passing test prints.
fn skipped(why: &str) {
    // Standard error that cannot be written to leaves nothing to tell it with.
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}
