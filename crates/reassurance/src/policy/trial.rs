use detente_quantity::{Probability, Stakes};
use detente_reciprocity::{
    Conduct, Profile, Side,
    automata::{Automaton, Encounter, Noise, OutcomeShares},
};

use crate::ReassuranceError;

/// What a policy and its opponent play for, how they err, and for how long their first periods are
/// followed one by one.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TrialTerms {
    /// The stakes of one period, alike for both; their `p` is nonagreement.
    pub stakes: Stakes,
    /// How the policy's side errs.
    pub own_noise: Noise,
    /// How the opponent errs.
    pub other_noise: Noise,
    /// How many first periods are followed one by one: from 1 to 1000.
    pub periods: u32,
}

/// What came of a policy against an opponent: exact values of a finite Markov chain, none simulated.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PolicyTrial {
    /// The share of periods in the long run in which both honour.
    pub mutual_cooperation: Probability,
    /// The first period, from 1, in which the chance that both honour is a half or more; `None` if
    /// there is none among those followed.
    pub reached: Option<u32>,
    /// What the policy gets per period in the long run.
    pub payoff: f64,
    /// What the opponent gets.
    pub opponents_payoff: f64,
    /// The most that the policy must expect to have lost against nonagreement at any point of the
    /// periods followed, in payoff units, 0 or more: the price of trying.
    pub worst_loss: f64,
    /// After how many periods that is; 0 if it never loses.
    pub worst_after: u32,
}

const MOST_PERIODS: u32 = 1000;

/// Tries a policy against an opponent. O(periods² × pairs of states) and what the long run costs.
///
/// ```
/// use detente_quantity::Stakes;
/// use detente_reassurance::{TrialTerms, try_policy};
/// use detente_reciprocity::automata::{Noise, named};
///
/// let terms = TrialTerms {
///     stakes: Stakes::new(3.0, 2.0, 0.0, -1.0)?,
///     own_noise: Noise::NONE,
///     other_noise: Noise::NONE,
///     periods: 40,
/// };
/// let suspicious = named::suspicious_tit_for_tat();
/// // Tit for tat answers the first slight, and the feud never ends; GRIT sits it out.
/// let tat = try_policy(&named::tit_for_tat(), &suspicious, &terms)?;
/// let grit = try_policy(&named::Grit { concessions: 2, rest: 8 }.automaton()?, &suspicious, &terms)?;
/// assert_eq!((tat.mutual_cooperation.get(), tat.reached), (0.0, None));
/// assert_eq!((grit.mutual_cooperation.get(), grit.reached), (1.0, Some(2)));
/// assert_eq!(grit.worst_loss, 1.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`ReassuranceError::OutOfRange`] unless `periods` is from 1 to 1000,
/// [`ReassuranceError::Reciprocity`] if the two reach too many pairs of states.
pub fn try_policy(
    policy: &Automaton,
    opponent: &Automaton,
    terms: &TrialTerms,
) -> Result<PolicyTrial, ReassuranceError> {
    if !(1..=MOST_PERIODS).contains(&terms.periods) {
        return Err(ReassuranceError::OutOfRange {
            quantity: "number of periods followed",
            given: f64::from(terms.periods),
            expected: "a number from 1 to 1000",
        });
    }
    let noises = [terms.own_noise, terms.other_noise];
    let encounter = Encounter::with_noises(policy, opponent, noises)?;
    let end = encounter.long_run()?.outcomes;
    let mut trial = PolicyTrial {
        mutual_cooperation: both_honour(&end),
        reached: None,
        payoff: end.payoff(Side::Row, &terms.stakes),
        opponents_payoff: end.payoff(Side::Column, &terms.stakes),
        worst_loss: 0.0,
        worst_after: 0,
    };
    let mut so_far = 0.0;
    for period in 1..=terms.periods {
        let mean = encounter.averaged(period)?;
        let together = f64::from(period) * both_honour(&mean).get();
        // The chance in one period is what it adds to the sum over all.
        if trial.reached.is_none() && 0.5 - 1e-9 <= together - so_far {
            trial.reached = Some(period);
        }
        so_far = together;
        let lost = f64::from(period) * (terms.stakes.p() - mean.payoff(Side::Row, &terms.stakes));
        if trial.worst_loss < lost {
            (trial.worst_loss, trial.worst_after) = (lost, period);
        }
    }
    Ok(trial)
}

fn both_honour(shares: &OutcomeShares) -> Probability {
    shares.share(Profile::new(Conduct::Honour, Conduct::Honour))
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use detente_quantity::DiscountFactor;
    use detente_reciprocity::{
        ImplementationGame,
        automata::{RepeatedGame, named},
    };
    use proptest::prelude::*;

    use super::*;
    use crate::policy::{best_exploiter, opponents, policies};

    fn terms(noise: Noise, periods: u32) -> TrialTerms {
        TrialTerms {
            stakes: Stakes::new(3.0, 2.0, 0.0, -1.0).unwrap(),
            own_noise: noise,
            other_noise: noise,
            periods,
        }
    }

    const CONDUCTS: [Conduct; 2] = [Conduct::Honour, Conduct::Cheat];

    /// How likely one that means to honour with this chance does this.
    fn done(honours: Probability, act: Conduct, noise: Noise) -> f64 {
        let (means, slips) = (honours.get(), noise.honouring_slips.get());
        let by_slip = noise.cheating_slips.get();
        let honoured = means * (1.0 - slips) + (1.0 - means) * by_slip;
        match act {
            Conduct::Honour => honoured,
            Conduct::Cheat => 1.0 - honoured,
        }
    }

    /// How likely one with this noise takes what the other did for this.
    fn taken_for(act: Conduct, seen: Conduct, noise: Noise) -> f64 {
        let wrong = match act {
            Conduct::Honour => noise.honouring_misread.get(),
            Conduct::Cheat => noise.cheating_misread.get(),
        };
        if seen == act { 1.0 - wrong } else { wrong }
    }

    /// The same by following every chance from period to period, slips and misreadings among them; and how often both
    /// honoured in the last period.
    fn by_hand(
        policy: &Automaton,
        opponent: &Automaton,
        terms: &TrialTerms,
    ) -> (Option<u32>, f64, f64) {
        let stakes = terms.stakes;
        let (own, other) = (terms.own_noise, terms.other_noise);
        let mut last = 0.0;
        let mut at = vec![((policy.start(), opponent.start()), 1.0)];
        let (mut reached, mut account, mut worst) = (None, 0.0, 0.0_f64);
        for period in 1..=terms.periods {
            let mut next = std::collections::BTreeMap::new();
            let mut together = 0.0;
            for ((i, j), weight) in at {
                for mine in CONDUCTS {
                    for yours in CONDUCTS {
                        let here = weight
                            * done(policy.states()[i].honours, mine, own)
                            * done(opponent.states()[j].honours, yours, other);
                        account += here
                            * match (mine, yours) {
                                (Conduct::Honour, Conduct::Honour) => stakes.r(),
                                (Conduct::Honour, Conduct::Cheat) => stakes.s(),
                                (Conduct::Cheat, Conduct::Honour) => stakes.t(),
                                (Conduct::Cheat, Conduct::Cheat) => stakes.p(),
                            };
                        if (mine, yours) == (Conduct::Honour, Conduct::Honour) {
                            together += here;
                        }
                        for (yours_seen, mine_seen) in CONDUCTS
                            .into_iter()
                            .flat_map(|it| CONDUCTS.map(|too| (it, too)))
                        {
                            let to = (
                                policy.next(i, mine, yours_seen).unwrap(),
                                opponent.next(j, yours, mine_seen).unwrap(),
                            );
                            *next.entry(to).or_insert(0.0) += here
                                * taken_for(yours, yours_seen, own)
                                * taken_for(mine, mine_seen, other);
                        }
                    }
                }
            }
            last = together;
            at = next.into_iter().collect();
            worst = worst.max(f64::from(period) * stakes.p() - account);
            if reached.is_none() && together >= 0.5 - 1e-9 {
                reached = Some(period);
            }
        }
        (reached, worst, last)
    }

    /// Each of six policies against each of five opponents.
    fn agrees_with_following_it(terms: &TrialTerms) {
        let mut tried = 0;
        for policy in policies().unwrap() {
            for opponent in opponents() {
                let trial = try_policy(&policy, &opponent.automaton, terms).unwrap();
                let (reached, worst, _) = by_hand(&policy, &opponent.automaton, terms);
                let pairing = format!("{} {:?}", policy.name(), opponent.kind);
                assert_eq!(trial.reached, reached, "{pairing}");
                assert!(
                    (trial.worst_loss - worst).abs() < 1e-9,
                    "{pairing}: {worst}"
                );
                tried += 1;
            }
        }
        assert_eq!(tried, 30);
    }

    #[test]
    fn every_pairing_agrees_with_following_it_period_by_period() {
        agrees_with_following_it(&terms(Noise::NONE, 30));
    }

    fn chance(of: f64) -> Probability {
        Probability::new(of).unwrap()
    }

    #[test]
    fn so_it_does_where_acts_slip_and_are_misread() {
        let alike = Noise {
            honouring_slips: chance(0.05),
            cheating_slips: chance(0.05),
            honouring_misread: chance(0.05),
            cheating_misread: chance(0.05),
        };
        agrees_with_following_it(&terms(alike, 30));
        // Every chance another, so that none is taken for its neighbour, and one side clumsier than the other.
        let clumsy = Noise {
            honouring_slips: chance(0.2),
            cheating_slips: chance(0.05),
            honouring_misread: chance(0.15),
            cheating_misread: chance(0.1),
        };
        for (own_noise, other_noise) in [
            (clumsy, alike),
            (Noise::NONE, clumsy),
            (clumsy, Noise::NONE),
        ] {
            agrees_with_following_it(&TrialTerms {
                own_noise,
                other_noise,
                ..terms(Noise::NONE, 20)
            });
        }
    }

    /// The share in the long run is what one period's chance comes to far out, where errors leave no pairing going
    /// round in circles.
    #[test]
    fn the_long_run_is_where_the_periods_lead() {
        let alike = Noise {
            honouring_slips: chance(0.05),
            cheating_slips: chance(0.05),
            honouring_misread: chance(0.05),
            cheating_misread: chance(0.05),
        };
        let terms = terms(alike, 1000);
        let tat = named::tit_for_tat();
        for opponent in opponents() {
            let (.., last) = by_hand(&tat, &opponent.automaton, &terms);
            let few = TrialTerms {
                periods: 1,
                ..terms
            };
            let trial = try_policy(&tat, &opponent.automaton, &few).unwrap();
            assert_relative_eq!(trial.mutual_cooperation.get(), last, epsilon = 1e-9);
        }
    }

    #[test]
    fn the_best_exploiter_gets_what_the_best_response_promises() {
        let stakes = terms(Noise::NONE, 1).stakes;
        for delta in [0.1, 0.5, 0.9] {
            let delta = DiscountFactor::new(delta).unwrap();
            let game = RepeatedGame::new(ImplementationGame::new(stakes, stakes), delta);
            for policy in policies().unwrap() {
                let exploiter = best_exploiter(&policy, &game).unwrap();
                let met = Encounter::new(&policy, &exploiter, Noise::NONE).unwrap();
                let got = met.discounted(delta).unwrap().payoff(Side::Column, &stakes);
                let promised = game.best_response(Side::Column, &policy).unwrap().value;
                assert_relative_eq!(got, promised, epsilon = 1e-9);
            }
        }
    }

    #[test]
    fn numbers_of_periods_are_checked() {
        let tat = named::tit_for_tat();
        for periods in [0, 1001] {
            assert!(try_policy(&tat, &tat, &terms(Noise::NONE, periods)).is_err());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(30))]

        #[test]
        fn grit_loses_no_more_to_an_incurable_cheat_than_its_series(
            concessions in 1..6_usize, rest in 1..12_usize, series in 1..4_u32,
        ) {
            let grit = named::Grit { concessions, rest }.automaton().unwrap();
            let length = u32::try_from(concessions + rest).unwrap();
            let trial = try_policy(&grit, &named::always_cheat(), &terms(Noise::NONE, series * length)).unwrap();
            let expected = f64::from(series) * concessions as f64;
            prop_assert!((trial.worst_loss - expected).abs() < 1e-9);
            prop_assert_eq!(trial.reached, None);
        }
    }
}
