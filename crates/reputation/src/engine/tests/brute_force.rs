//! The engine against sums over every path of types, with time let pass day by day.

use approx::abs_diff_eq;
use detente_quantity::{
    Date, Probability,
    strategies::{open_probability, probability},
};
use proptest::{collection::vec, option, prelude::*};

use super::{START, day};
use crate::{
    Act, Belief, Channel, Drift, Effect, Engine, Evidence, Pace, SameDay, Seen, Settings, Shock,
    Sighting, Tone, Transition, Warranted, strategies, trajectory,
};

pub(super) type Matrix = Vec<Vec<f64>>;

fn times(one: &Matrix, other: &Matrix) -> Matrix {
    let entry = |row: &Vec<f64>, column: usize| {
        let terms = row.iter().zip(other);
        terms.map(|(left, right)| left * right[column]).sum()
    };
    let columns = 0..other[0].len();
    let row = |row| columns.clone().map(|column| entry(row, column)).collect();
    one.iter().map(row).collect()
}

fn entries(transition: &Transition) -> Matrix {
    let types = transition.types();
    let row = |now| (0..types).map(move |then| transition.chance(now, then).get());
    (0..types).map(|now| row(now).collect()).collect()
}

fn redraw(hazard: Probability, prior: &[f64]) -> Matrix {
    let stays = |row, column| f64::from(row == column) * (1.0 - hazard.get());
    let row = |row| {
        let shares = prior.iter().enumerate();
        shares
            .map(|(column, share)| stays(row, column) + hazard.get() * share)
            .collect()
    };
    (0..prior.len()).map(row).collect()
}

/// Everything that happens to a type between two readings, one day after another.
pub(super) fn kernel(settings: &Settings, prior: &[f64], from: Option<Date>, to: Date) -> Matrix {
    let mut kernel = redraw(Probability::ZERO, prior);
    let mut then = |step: Matrix| kernel = times(&kernel, &step);
    let dates = settings.shocks.iter().map(|shock| shock.date);
    let earliest = dates.filter(|date| *date <= to).min();
    let mut date = from.or(settings.since).or(earliest).unwrap_or(to);
    let mut shaken = from.is_some();
    loop {
        if !shaken {
            for shock in settings.shocks.iter().filter(|shock| shock.date == date) {
                then(match &shock.effect {
                    Effect::Mix(transition) => entries(transition),
                    Effect::Redraw(hazard) => redraw(*hazard, prior),
                });
            }
        }
        if date == to {
            break;
        }
        (date, shaken) = (date.tomorrow().unwrap(), false);
        if let Some(Drift::PerDay(daily)) = &settings.drift {
            then(entries(daily));
        }
        if let Some(Pace::PerDay(hazard)) = settings.changes {
            then(redraw(hazard, prior));
        }
    }
    if from.is_some() {
        if let Some(Drift::PerReading(step)) = &settings.drift {
            then(entries(step));
        }
        if let Some(Pace::PerReading(hazard)) = settings.changes {
            then(redraw(hazard, prior));
        }
    }
    kernel
}

fn likelihood(act: &Sighting, settings: &Settings, of_type: usize) -> f64 {
    let Seen::Act(seen) = &act.seen else {
        unreachable!()
    };
    let mut logs = vec![0.0; seen.types()];
    seen.evidence().warranted_log_likelihoods(&mut logs);
    let eyes = settings.misperception.unwrap_or(Channel::PERFECT);
    let channel = act.channel.unwrap_or(eyes);
    let done = logs[of_type].exp();
    channel.hit.get() * done + channel.false_alarm.get() * (1.0 - done)
}

/// The acts of each reading.
pub(super) fn grouped(acts: &[Sighting], same_day: SameDay) -> Vec<Vec<Sighting>> {
    let mut groups: Vec<Vec<Sighting>> = Vec::new();
    for act in acts {
        match groups.last_mut() {
            Some(group) if same_day == SameDay::Strict && group[0].date == act.date => {
                group.push(act.clone());
            }
            _ => groups.push(vec![act.clone()]),
        }
    }
    groups
}

/// The chance of each type at each reading, given the first `seen`, as a sum over all paths.
fn over_paths(start: &[f64], kernels: &[Matrix], chances: &[Vec<f64>], seen: usize) -> Matrix {
    let (types, readings) = (start.len(), kernels.len());
    let mut sums = vec![vec![0.0; types]; readings];
    let place = |t: usize| types.pow(u32::try_from(t).unwrap());
    for number in 0..place(readings) {
        let path: Vec<usize> = (0..readings).map(|t| number / place(t) % types).collect();
        let mut weight: f64 = (0..types).map(|k| start[k] * kernels[0][k][path[0]]).sum();
        for t in 1..readings {
            weight *= kernels[t][path[t - 1]][path[t]];
        }
        for t in 0..seen {
            weight *= chances[t][path[t]];
        }
        for (sum, &at) in sums.iter_mut().zip(&path) {
            sum[at] += weight;
        }
    }
    for row in &mut sums {
        let total: f64 = row.iter().sum();
        row.iter_mut().for_each(|sum| *sum /= total);
    }
    sums
}

fn transition(types: usize) -> impl Strategy<Value = Transition> {
    vec(vec(0.01..1.0_f64, types), types).prop_map(|rows| {
        let row = |row: &Vec<f64>| {
            let total: f64 = row.iter().sum();
            let chance = |entry: &f64| Probability::saturating(entry / total);
            row.iter().map(chance).collect()
        };
        Transition::new(&rows.iter().map(row).collect::<Vec<_>>()).unwrap()
    })
}

pub(super) fn pace() -> impl Strategy<Value = Pace> {
    prop_oneof![
        probability().prop_map(Pace::PerDay),
        probability().prop_map(Pace::PerReading)
    ]
}

fn channel() -> impl Strategy<Value = Channel> {
    (open_probability(), open_probability())
        .prop_map(|(hit, false_alarm)| Channel { hit, false_alarm })
}

fn settings(types: usize) -> impl Strategy<Value = Settings> {
    let drift = prop_oneof![
        transition(types).prop_map(Drift::PerDay),
        transition(types).prop_map(Drift::PerReading)
    ];
    let effect = prop_oneof![
        probability().prop_map(Effect::Redraw),
        transition(types).prop_map(Effect::Mix)
    ];
    let shock = (0..20_i32, effect).prop_map(|(n, effect)| Shock {
        date: day(n),
        effect,
    });
    let same_day = prop_oneof![Just(SameDay::Strict), Just(SameDay::InOrder)];
    let parts = (
        option::of(Just(START)),
        same_day,
        option::of(drift),
        vec(shock, 0..3),
        option::of(pace()),
        option::of(channel()),
    );
    parts.prop_map(
        |(since, same_day, drift, shocks, changes, misperception)| Settings {
            since,
            same_day,
            drift,
            shocks,
            changes,
            misperception,
            ..Settings::default()
        },
    )
}

fn sightings(types: usize) -> impl Strategy<Value = Vec<Sighting>> {
    let act = (vec(open_probability(), types), open_probability()).prop_map(|(chances, forced)| {
        Act::new(
            Tone::Hostile,
            Evidence::likelihoods(chances, forced).unwrap(),
        )
    });
    vec((0..4_i32, act, option::of(channel())), 1..=7).prop_map(|rows| {
        let mut number = 0;
        let mut sighting = |(gap, act, channel)| {
            number += gap;
            Sighting {
                channel,
                ..Sighting::act(day(number), act)
            }
        };
        rows.into_iter().map(&mut sighting).collect()
    })
}

fn world() -> impl Strategy<Value = (Belief, Settings, Vec<Sighting>)> {
    (1..=3_usize)
        .prop_flat_map(|types| (strategies::belief(types), settings(types), sightings(types)))
}

pub(super) fn agrees(belief: &Belief, sums: &[f64]) -> Result<(), TestCaseError> {
    for (computed, sum) in belief.probabilities().iter().zip(sums) {
        prop_assert!(
            abs_diff_eq!(*computed, *sum, epsilon = 1e-11),
            "{computed} {sum}"
        );
    }
    Ok(())
}

proptest! {
    #[test]
    fn every_setting_agrees_with_all_paths_of_types((prior, settings, acts) in world()) {
        let engine = Engine::new(prior.clone(), settings.clone()).unwrap();
        let timeline = engine.timeline(&acts, &Warranted).unwrap();
        let start = prior.probabilities();
        let groups = grouped(&acts, settings.same_day);
        let mut last = None;
        let (mut kernels, mut chances) = (Vec::new(), Vec::new());
        for group in &groups {
            kernels.push(kernel(&settings, &start, last, group[0].date));
            let of_type = |k| group.iter().map(|act| likelihood(act, &settings, k)).product();
            chances.push((0..start.len()).map(of_type).collect::<Vec<f64>>());
            last = Some(group[0].date);
        }
        let n = groups.len();
        let smoothed = timeline.smoothed().unwrap();
        prop_assert_eq!((timeline.readings().len(), smoothed.len()), (n, n));
        let in_hindsight = over_paths(&start, &kernels, &chances, n);
        for (t, reading) in timeline.readings().iter().enumerate() {
            let past = &kernels[..=t];
            agrees(reading.predicted.belief(), &over_paths(&start, past, &chances, t)[t])?;
            agrees(reading.filtered.belief(), &over_paths(&start, past, &chances, t + 1)[t])?;
            agrees(smoothed[t].belief(), &in_hindsight[t])?;
        }
        let later = day(40);
        kernels.push(kernel(&settings, &start, last, later));
        let expected = timeline.expected_on(later).unwrap();
        agrees(expected.belief.belief(), &over_paths(&start, &kernels, &chances, n)[n])?;
    }

    #[test]
    fn appending_acts_changes_nothing_earlier((prior, settings, acts) in world()) {
        let strict = settings.same_day == SameDay::Strict;
        let engine = Engine::new(prior, settings).unwrap();
        let whole = engine.timeline(&acts, &Warranted).unwrap();
        for n in 0..=acts.len() {
            let new_day = n == 0 || acts.get(n).is_none_or(|next| next.date > acts[n - 1].date);
            if strict && !new_day {
                continue;
            }
            let part = engine.timeline(&acts[..n], &Warranted).unwrap();
            prop_assert_eq!(part.readings(), &whole.readings()[..part.readings().len()]);
            if let Some(next) = acts.get(n).filter(|_| new_day) {
                let expected = whole.expected_on(next.date).unwrap();
                prop_assert_eq!(part.expected_on(next.date).unwrap(), expected);
            }
        }
    }

    #[test]
    fn with_nothing_set_it_is_the_trajectory(
        prior in strategies::belief(3), acts in strategies::possible_acts(3, 8),
    ) {
        let settings = Settings { same_day: SameDay::InOrder, ..Settings::default() };
        let engine = Engine::new(prior.clone(), settings).unwrap();
        let dated = acts.iter().zip(0..);
        let sightings: Vec<Sighting> =
            dated.map(|(act, n)| Sighting::act(day(n / 2), act.clone())).collect();
        let timeline = engine.timeline(&sightings, &Warranted).unwrap();
        let plain = trajectory(&prior, &acts, &Warranted).unwrap();
        prop_assert_eq!(timeline.readings().len(), plain.len());
        for (reading, belief) in timeline.readings().iter().zip(&plain) {
            prop_assert_eq!(reading.filtered.belief(), belief);
        }
    }
}
