//! Costly signals: C-22 to C-26, C-36.

use detente::{
    quantity::{Interval, Probability, Stakes, strategies as quantity},
    reassurance::{
        FirstStep, Pattern, Prize, ReassuranceGame, Screening, Signal, TiedHands, strategies,
        sunk_cost,
    },
};
use proptest::prelude::*;

use super::{chance, played_out, refused};
use crate::Trial;

/// `R_N, S_N` and `T_M, R_M, S_M`, from which a game is made and a formula computed.
#[derive(Debug, Clone, Copy)]
struct Payoffs {
    nice: [f64; 2],
    mean: [f64; 3],
}

impl Payoffs {
    const KYDD: Self = Self {
        nice: [2.0, 1.0],
        mean: [2.0, 1.0, 1.0],
    };

    fn game(self) -> Result<ReassuranceGame, TestCaseError> {
        let ([r_n, s_n], [t_m, r_m, s_m]) = (self.nice, self.mean);
        let nice = Stakes::new(r_n / 2.0, r_n, 0.0, -s_n)?;
        let mean = Stakes::new(t_m, r_m, 0.0, -s_m)?;
        ReassuranceGame::new(&nice, &mean).map_err(refused)
    }

    fn low(self, p: f64) -> f64 {
        let [t, r, s] = self.mean;
        t / (t - p * r + (1.0 - p) * s)
    }

    fn high(self, p: f64) -> f64 {
        let [r, s] = self.nice;
        r / ((1.0 - p) * (r + s))
    }

    /// The lower end of the range of beliefs as the notes state it.
    fn stated_lower_belief(self) -> f64 {
        let ([r_n, s_n], [t_m, r_m, s_m]) = (self.nice, self.mean);
        (s_n / r_n - s_m / t_m) / ((r_n + s_n) / r_n - (r_m + s_m) / t_m)
    }

    fn mean_threshold(self) -> f64 {
        let [_, r, s] = self.mean;
        s / (r + s)
    }

    fn nice_threshold(self) -> f64 {
        let [r, s] = self.nice;
        s / (r + s)
    }
}

fn payoffs() -> impl Strategy<Value = Payoffs> {
    let amount = || 0.05..8.0_f64;
    (amount(), amount(), amount(), amount(), amount()).prop_map(|(r_n, s_n, r_m, more, s_m)| {
        Payoffs {
            nice: [r_n, s_n],
            mean: [r_m + more, r_m, s_m],
        }
    })
}

pub(super) fn trust_game(trial: &mut Trial) {
    trial.for_all(
        "a first move is worth p·R − (1−p)·S to either type, and is made above the threshold",
        2000,
        (payoffs(), 0.0..=1.0_f64),
        |(payoffs, p)| {
            let game = payoffs.game()?;
            let ([r_n, s_n], [_, r_m, s_m]) = (payoffs.nice, payoffs.mean);
            for (threshold, reward, loss) in [
                (game.nice_threshold(), r_n, s_n),
                (game.mean_threshold(), r_m, s_m),
            ] {
                prop_assume!((p - threshold.get()).abs() > 1e-9);
                let worth = p * reward - (1.0 - p) * loss;
                prop_assert_eq!(worth > 0.0, p > threshold.get());
            }
            Ok(())
        },
    );
    played_out::trust_game(trial);
}

pub(super) fn separating_band(trial: &mut Trial) {
    trial.for_all(
        "a step separates exactly strictly between the bounds, and is an equilibrium exactly there",
        3000,
        (payoffs(), strategies::first_step()),
        |(payoffs, step)| {
            let game = payoffs.game()?;
            let p = step.senders_trust.get();
            let (low, high) = (payoffs.low(p), payoffs.high(p));
            prop_assume!((step.share - low).abs() > 1e-9 && (step.share - high).abs() > 1e-9);
            let inside = low < step.share && step.share < high;
            let read = game.read(step.share, step.senders_trust).map_err(refused)?;
            prop_assert_eq!(read == Screening::Separates, inside);
            let found = game.equilibria(step).map_err(refused)?;
            let separating = found.iter().find(|it| it.pattern == Pattern::Separating);
            prop_assert_eq!(separating.is_some(), inside);
            if let Some(it) = separating {
                // The payoffs of the notes: of the nice sender, and of a mean one that mimics.
                let ([r_n, s_n], [t_m, r_m, s_m]) = (payoffs.nice, payoffs.mean);
                let nice = r_n - (1.0 - p) * step.share * (r_n + s_n);
                let mimic = t_m - step.share * (t_m - p * r_m + (1.0 - p) * s_m);
                prop_assert!((it.values.nice_sender - nice).abs() < 1e-9 && nice > 0.0);
                prop_assert!(mimic < 0.0 && it.values.mean_sender == 0.0);
            }
            Ok(())
        },
    );
}

pub(super) fn belief_range(trial: &mut Trial) {
    // S_N/R_N + 1 = 1.05 < (R_M + S_M)/T_M = 2: the denominator is negative and the inequality turns.
    let turned = Payoffs {
        nice: [2.0, 0.1],
        mean: [2.0, 1.0, 3.0],
    };
    let band = turned
        .game()
        .ok()
        .and_then(|game| game.separating_band(chance(0.3)));
    trial.counterexample(
        "R_N = 2, S_N = .1, T_M = 2, R_M = 1, S_M = 3, p = .3: a band, and p below the stated end",
        band.is_some_and(|band| band.contains(0.9)) && 0.3 < turned.stated_lower_belief(),
    );
    trial.for_all(
        "with a positive denominator it is as stated; otherwise every trust below p*_M will do",
        3000,
        (payoffs(), 0.0..1.0_f64),
        |(payoffs, p)| {
            let game = payoffs.game()?;
            let ([r_n, s_n], [t_m, r_m, s_m]) = (payoffs.nice, payoffs.mean);
            let denominator = (r_n + s_n) / r_n - (r_m + s_m) / t_m;
            prop_assume!(denominator.abs() > 1e-6);
            let (lower, upper) = (payoffs.stated_lower_belief(), payoffs.mean_threshold());
            prop_assume!((p - lower).abs() > 1e-7 && (p - upper).abs() > 1e-7);
            let stated = p < upper && (denominator < 0.0 || lower < p);
            prop_assert_eq!(game.separating_band(chance(p)).is_some(), stated);
            let range = game.belief_range();
            prop_assert_eq!(range.is_some_and(|range| range.contains(p)), stated);
            Ok(())
        },
    );
}

pub(super) fn feasibility(trial: &mut Trial) {
    trial.for_all(
        "possible iff p*_N < p*_M: a search over a grid of trusts finds a band iff the formula says so",
        3000,
        payoffs(),
        |payoffs| {
            let (nice, mean) = (payoffs.nice_threshold(), payoffs.mean_threshold());
            prop_assume!((nice - mean).abs() > 1e-3);
            let game = payoffs.game()?;
            let found = (0..2_000)
                .map(|place| f64::from(place) / 2_000.0)
                .any(|p| payoffs.low(p) < payoffs.high(p).min(1.0));
            prop_assert_eq!(found, nice < mean);
            prop_assert_eq!(game.can_reassure(), nice < mean);
            Ok(())
        },
    );
    let frightened = Payoffs {
        nice: [2.0, 3.0],
        ..Payoffs::KYDD
    };
    trial.holds(
        "S_N = 3: impossible, for .6 > .5",
        frightened.game().is_ok_and(|game| {
            !game.can_reassure()
                && (game.nice_threshold().get() - 0.6).abs() < 1e-12
                && game.mean_threshold() == Probability::HALF
        }),
    );
}

pub(super) fn comparative_statics(trial: &mut Trial) {
    for (p, low, high) in [
        (0.10, 0.7143, 0.7407),
        (0.25, 0.8, 0.8889),
        (0.45, 0.9524, 1.0),
    ] {
        let band = Payoffs::KYDD
            .game()
            .ok()
            .and_then(|game| game.separating_band(chance(p)));
        let end = |end: fn(Interval) -> f64| band.map_or(f64::NAN, end);
        trial.close(
            &format!("lower bound at {p}"),
            end(Interval::low),
            low,
            1e-4,
        );
        trial.close(
            &format!("upper bound at {p}"),
            end(Interval::high),
            high,
            1e-4,
        );
    }
    trial.for_all(
        "both bounds rise with trust",
        2000,
        (payoffs(), 0.0..0.99_f64, 0.0..0.99_f64),
        |(payoffs, one, other)| {
            let game = payoffs.game()?;
            prop_assume!((one - other).abs() > 1e-9);
            let (less, more) = (chance(one.min(other)), chance(one.max(other)));
            prop_assert!(game.mimicry_bound(less) < game.mimicry_bound(more));
            prop_assert!(game.willingness_bound(less) < game.willingness_bound(more));
            Ok(())
        },
    );
    trial.for_all(
        "the upper is 1 at p*_N and the lower at p*_M",
        1000,
        payoffs(),
        |payoffs| {
            let game = payoffs.game()?;
            prop_assert!((game.willingness_bound(game.nice_threshold()) - 1.0).abs() < 1e-9);
            prop_assert!((game.mimicry_bound(game.mean_threshold()) - 1.0).abs() < 1e-9);
            Ok(())
        },
    );
    trial.for_all(
        "a first step in equilibrium is never proof outside the band",
        2000,
        (strategies::reassurance_game(), strategies::first_step()),
        |(game, step): (ReassuranceGame, FirstStep)| {
            let band = game.separating_band(step.senders_trust);
            prop_assume!(band.is_none_or(|band| !band.contains(step.share)));
            let found = game.equilibria(step).map_err(refused)?;
            prop_assert!(found.iter().all(|it| it.pattern != Pattern::Separating));
            Ok(())
        },
    );
}

pub(super) fn commitment(trial: &mut Trial) {
    trial.for_all(
        "a sunk cost separates iff T_U ≤ m ≤ R_T, so never where T_U > R_T",
        3000,
        (-2..8_i8, -2..8_i8, 0..8_i8),
        |(reward, spoils, cost)| {
            let (reward, spoils, cost) = (f64::from(reward), f64::from(spoils), f64::from(cost));
            let prize = Prize {
                trustworthy: reward,
                untrustworthy: spoils,
            };
            let separates = sunk_cost(cost, prize).map_err(refused)? == Screening::Separates;
            prop_assert_eq!(separates, spoils <= cost && cost <= reward);
            prop_assert!(!separates || spoils <= reward);
            Ok(())
        },
    );
    trial.for_all(
        "with a ≥ T − R honouring is best whatever trust there is; with less it is not",
        2000,
        (quantity::stakes(), 0.0..10.0_f64),
        |(stakes, cost)| {
            let hands = TiedHands::new(cost).map_err(refused)?;
            let tied = hands.on(&stakes).map_err(refused)?;
            prop_assert_eq!(tied.r() >= tied.t(), cost >= stakes.temptation());
            prop_assert_eq!(hands.suffices(&stakes), cost >= stakes.temptation());
            Ok(())
        },
    );
    trial.for_all(
        "where exploiters gain more, whatever separates costs the untrustworthy more",
        3000,
        (0.0..5.0_f64, 0.0..5.0_f64, 0.0..12.0_f64, 0.0..12.0_f64),
        |(reward, more, cost, other)| {
            let prize = Prize {
                trustworthy: reward,
                untrustworthy: reward + more + 1e-9,
            };
            let signal = Signal {
                trustworthy: cost,
                untrustworthy: other,
            };
            let read = signal.screen(prize).map_err(refused)?;
            prop_assert!(read != Screening::Separates || cost < other);
            Ok(())
        },
    );
    played_out::commitment(trial);
}
