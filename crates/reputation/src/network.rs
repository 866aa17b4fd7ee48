//! Reputation from third parties' trust in one another: EigenTrust.

use detente_quantity::Probability;

use crate::{ReputationError, strategic::Stopped};

/// How much one party trusts another from its own dealings.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Vouch {
    /// Who trusts, a number from 0.
    pub from: usize,
    /// Whom, another number from 0.
    pub to: usize,
    /// How much: a finite number, 0 or more, such as good less bad dealings. Only its share of all
    /// that `from` gives counts.
    pub weight: f64,
}

/// What an [`eigen_trust`] is made of, beside the vouches.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct EigenTrustParams {
    /// p, how much each party is trusted beforehand: one weight a party, 0 or more, not all 0. Only
    /// shares count.
    pub pre_trusted: Vec<f64>,
    /// a, the weight of that beforehand, above 0: what keeps a ring of liars from vouching itself up.
    pub restart: Probability,
    /// The error at which to stop, over all parties together.
    pub tolerance: f64,
}

/// Global trust: see [`eigen_trust`].
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct EigenTrust {
    /// Each party's share of all trust; they add up to 1.
    pub trust: Vec<f64>,
    /// At most this far, added up over all parties, from the fixed point (and rounding, some 10⁻¹⁶ a
    /// party).
    pub error_bound: f64,
    /// How many rounds of vouching were followed.
    pub rounds: u32,
    /// Why no more were.
    pub stopped: Stopped,
}

/// Rounds beyond which no trust is passed on.
const MOST_ROUNDS: u32 = 10_000;

/// Global trust in each of several parties: the fixed point `t = (1 − a) Cᵀ t + a p`, in which each
/// party passes on the trust it has in proportion to its own vouches (Kamvar, Schlosser &
/// Garcia-Molina 2003; claim R-08). Who vouches for nobody passes its trust on to the pre-trusted.
///
/// By iteration from p. The map shrinks distances by `1 − a`, so the last step bounds the error by
/// `(1 − a)/a` times its length. Vouches for the same party add up. O(rounds × (vouches + parties)).
///
/// ```
/// use detente_quantity::Probability;
/// use detente_reputation::network::{EigenTrustParams, Vouch, eigen_trust};
///
/// let vouch = |from, to, weight| Vouch { from, to, weight };
/// let global = eigen_trust(
///     &[vouch(0, 1, 2.0), vouch(0, 2, 1.0), vouch(1, 2, 1.0), vouch(2, 0, 1.0)],
///     &EigenTrustParams {
///         pre_trusted: vec![1.0, 0.0, 0.0],
///         restart: Probability::HALF,
///         tolerance: 1e-12,
///     },
/// )?;
/// for (trust, expected) in global.trust.iter().zip([0.6, 0.2, 0.2]) {
///     assert!((trust - expected).abs() < 1e-12);
/// }
/// # Ok::<(), detente_reputation::ReputationError>(())
/// ```
///
/// # Errors
/// [`ReputationError::NoTypes`] if there are no parties, [`ReputationError::OutOfRange`] for weights
/// that are negative, not finite, too large to add up or, beforehand, all 0, for `a = 0` and for
/// who vouches for itself, and [`ReputationError::Entry`] for a party that does not exist.
pub fn eigen_trust(
    vouches: &[Vouch],
    params: &EigenTrustParams,
) -> Result<EigenTrust, ReputationError> {
    let before = shares(&params.pre_trusted)?;
    let passed = passed_on(vouches, before.len())?;
    let restart = params.restart.get();
    if restart <= 0.0 {
        return refuse(
            "weight of trust beforehand",
            restart,
            "a number above 0, up to 1",
        );
    }
    let mut gives = vec![false; before.len()];
    passed.iter().for_each(|vouch| gives[vouch.from] = true);
    let mut trust = before.clone();
    let mut next = vec![0.0; before.len()];
    let mut rounds = 0;
    loop {
        round(&passed, &gives, &before, restart, &trust, &mut next);
        rounds += 1;
        let moved: f64 = next
            .iter()
            .zip(&trust)
            .map(|(new, old)| (new - old).abs())
            .sum();
        std::mem::swap(&mut trust, &mut next);
        let error_bound = moved * (1.0 - restart) / restart;
        let done = error_bound <= params.tolerance;
        if done || rounds == MOST_ROUNDS {
            return Ok(EigenTrust {
                trust,
                error_bound,
                rounds,
                stopped: if done {
                    Stopped::WithinTolerance
                } else {
                    Stopped::AtLimit
                },
            });
        }
    }
}

/// One round of vouching.
fn round(
    passed: &[Vouch],
    gives: &[bool],
    before: &[f64],
    restart: f64,
    trust: &[f64],
    next: &mut [f64],
) {
    let silent = trust.iter().zip(gives).filter(|(_, gives)| !**gives);
    let unspoken: f64 = silent.map(|(trust, _)| trust).sum();
    let spread = restart + (1.0 - restart) * unspoken;
    for (next, before) in next.iter_mut().zip(before) {
        *next = spread * before;
    }
    for vouch in passed {
        next[vouch.to] += (1.0 - restart) * vouch.weight * trust[vouch.from];
    }
}

/// Weights as shares of their sum.
fn shares(weights: &[f64]) -> Result<Vec<f64>, ReputationError> {
    if weights.is_empty() {
        return Err(ReputationError::NoTypes {
            what: "trust beforehand",
        });
    }
    for &weight in weights {
        check("weight of a party beforehand", weight)?;
    }
    let total: f64 = weights.iter().sum();
    if !(total > 0.0 && total.is_finite()) {
        return refuse(
            "sum of weights beforehand",
            total,
            "a finite number above 0",
        );
    }
    Ok(weights.iter().map(|weight| weight / total).collect())
}

/// Vouches as shares of all that their author gives; those of nothing left out.
fn passed_on(vouches: &[Vouch], n_parties: usize) -> Result<Vec<Vouch>, ReputationError> {
    let mut totals = vec![0.0; n_parties];
    for (position, vouch) in vouches.iter().enumerate() {
        let unknown = [vouch.from, vouch.to]
            .into_iter()
            .find(|&party| party >= n_parties);
        if let Some(given) = unknown {
            return Err(ReputationError::Entry {
                array: "vouches",
                position,
                given,
                least: 0,
                most: n_parties - 1,
            });
        }
        if vouch.from == vouch.to {
            let expected = "0, as nobody may vouch for itself";
            return refuse("weight of a vouch for oneself", vouch.weight, expected);
        }
        check("weight of a vouch", vouch.weight)?;
        totals[vouch.from] += vouch.weight;
    }
    if let Some(&total) = totals.iter().find(|total| total.is_infinite()) {
        return refuse("sum of a party's vouches", total, "a finite number");
    }
    let given = vouches.iter().filter(|vouch| vouch.weight > 0.0);
    let share = |vouch: &Vouch| Vouch {
        weight: vouch.weight / totals[vouch.from],
        ..*vouch
    };
    Ok(given.map(share).collect())
}

fn check(quantity: &'static str, weight: f64) -> Result<(), ReputationError> {
    if weight >= 0.0 && weight.is_finite() {
        Ok(())
    } else {
        refuse(quantity, weight, "a finite number, 0 or more")
    }
}

fn refuse<T>(
    quantity: &'static str,
    given: f64,
    expected: &'static str,
) -> Result<T, ReputationError> {
    Err(ReputationError::OutOfRange {
        quantity,
        given,
        expected,
    })
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn params(pre_trusted: Vec<f64>, restart: f64) -> EigenTrustParams {
        EigenTrustParams {
            pre_trusted,
            restart: Probability::new(restart).unwrap(),
            tolerance: 1e-13,
        }
    }

    fn vouch(from: usize, to: usize, weight: f64) -> Vouch {
        Vouch { from, to, weight }
    }

    #[test]
    fn bad_networks_are_named() {
        let message = |vouches: &[Vouch], params: &EigenTrustParams| {
            eigen_trust(vouches, params).unwrap_err().to_string()
        };
        let two = params(vec![1.0, 1.0], 0.1);
        assert!(message(&[], &params(vec![], 0.1)).starts_with("trust beforehand names no"));
        assert!(
            message(&[], &params(vec![0.0], 0.1)).starts_with("sum of weights beforehand is 0")
        );
        assert!(message(&[], &params(vec![1.0], 0.0)).starts_with("weight of trust beforehand"));
        assert!(message(&[vouch(0, 2, 1.0)], &two).starts_with("entry 0 of vouches is 2"));
        assert!(message(&[vouch(1, 1, 1.0)], &two).contains("oneself"));
        for weight in [-1.0, f64::NAN, f64::INFINITY] {
            assert!(message(&[vouch(0, 1, weight)], &two).starts_with("weight of a vouch is"));
        }
        let large = [vouch(0, 1, f64::MAX), vouch(0, 1, f64::MAX)];
        assert!(message(&large, &two).starts_with("sum of a party's vouches"));
    }

    #[test]
    fn a_ring_of_liars_gets_no_more_than_it_is_given() {
        // Parties 2 and 3 vouch for each other a million times; nobody else vouches for them.
        let ring = [
            vouch(0, 1, 1.0),
            vouch(1, 0, 1.0),
            vouch(2, 3, 1e6),
            vouch(3, 2, 1e6),
        ];
        let global = eigen_trust(&ring, &params(vec![1.0, 1.0, 0.0, 0.0], 0.15)).unwrap();
        assert_eq!(global.trust[2..], [0.0, 0.0]);
    }

    #[test]
    fn too_little_restart_is_said() {
        let one_way = [vouch(0, 1, 1.0), vouch(1, 2, 1.0), vouch(2, 0, 1.0)];
        let global = eigen_trust(&one_way, &params(vec![1.0, 0.0, 0.0], 1e-9)).unwrap();
        assert_eq!(
            (global.stopped, global.rounds),
            (Stopped::AtLimit, MOST_ROUNDS)
        );
        assert!(global.error_bound > 1.0);
    }

    proptest! {
        #[test]
        fn the_fixed_point_is_one_and_adds_up(
            edges in vec((0..5_usize, 0..5_usize, 0.0..3.0_f64), 0..20), pre in vec(0.0..1.0_f64, 5),
            restart in 0.05..1.0_f64,
        ) {
            prop_assume!(pre.iter().sum::<f64>() > 0.01);
            let edges: Vec<Vouch> = edges.into_iter()
                .filter(|(from, to, _)| from != to)
                .map(|(from, to, weight)| vouch(from, to, weight))
                .collect();
            let params = params(pre, restart);
            let global = eigen_trust(&edges, &params).unwrap();
            prop_assert!((global.trust.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            // Solved the other way: the series a Σ (1 − a)^n (Cᵀ)^n p, term by term.
            let total: f64 = params.pre_trusted.iter().sum();
            let before: Vec<f64> = params.pre_trusted.iter().map(|weight| weight / total).collect();
            let mut term: Vec<f64> = before.iter().map(|share| share * restart).collect();
            let mut sum = term.clone();
            for _ in 0..1000 {
                let mut next = vec![0.0; 5];
                for (from, held) in term.iter().enumerate() {
                    let given: f64 = edges.iter().filter(|it| it.from == from).map(|it| it.weight).sum();
                    for to in 0..5 {
                        let to_it = edges.iter().filter(|it| it.from == from && it.to == to);
                        let weight: f64 = to_it.map(|it| it.weight).sum();
                        let share = if given > 0.0 { weight / given } else { before[to] };
                        next[to] += (1.0 - restart) * share * held;
                    }
                }
                sum.iter_mut().zip(&next).for_each(|(sum, next)| *sum += next);
                term = next;
            }
            for (trust, sum) in global.trust.iter().zip(&sum) {
                prop_assert!((trust - sum).abs() < 1e-11, "{trust} {sum}");
            }
        }
    }
}
