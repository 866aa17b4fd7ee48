//! §3: beliefs and trust, in plain probabilities.

use detente::{
    case::{Act, Bias, Case, PartyType, SeenBy, Weights},
    decode::Ids,
    quantity::Date,
    reputation::Tone,
};

use super::{Lens, stakes::value};

/// One probability a type; the type left out gets the rest.
pub(super) fn chances(weights: &Weights, types: &Ids<PartyType>) -> Vec<f64> {
    let listed: f64 = weights.types.values().map(|it| it.value.central()).sum();
    let chance = |name: &str| value(weights.types.get(name), 1.0 - listed);
    types.names().map(chance).collect()
}

/// h: the probability that every other party honours, where each one's types are told to honour or
/// not; a party without a prior about another does not doubt it.
pub(super) fn trust(case: &Case, observer: &str, lens: Lens, honours: &[Vec<bool>]) -> Option<f64> {
    let prior = &case.parties.get(observer)?.prior;
    let mut trust = 1.0;
    for about in prior.names() {
        let types = &honours[case.parties.index_of(about)?];
        let doubt: f64 = belief(case, observer, about, lens)?
            .iter()
            .zip(types)
            .filter(|(_, honours)| !**honours)
            .map(|(chance, _)| chance)
            .sum();
        trust *= if types.iter().any(|&it| it) {
            1.0 - doubt
        } else {
            0.0
        };
    }
    Some(trust)
}

/// What `observer` believes of the types of `about` on the day of the decision.
pub(super) fn belief(case: &Case, observer: &str, about: &str, lens: Lens) -> Option<Vec<f64>> {
    let types = &case.parties.get(about)?.types;
    let prior = case.parties.get(observer)?.prior.get(about)?;
    let bias = case.parties.get(observer)?.bias.as_ref();
    let bias = bias.filter(|_| lens == Lens::Held);
    let decided = case.identity.decided.as_ref()?.value;
    let mut seen: Vec<(Date, Date, &str, &Act)> = case
        .acts
        .iter()
        .filter(|act| act.actor == about)
        .filter_map(|act| {
            Some((
                known(act, observer)?,
                act.date.as_ref()?.value,
                act.id.as_str(),
                act,
            ))
        })
        .filter(|(known, ..)| *known <= decided)
        .collect();
    seen.sort_by_key(|&(known, done, id, _)| (known, done, id));
    let mut belief = chances(&prior.weights, types);
    for (_, _, _, act) in seen {
        let likelihood = read(act, types, bias)?;
        let weight = |number: fn(&Bias) -> Option<f64>| bias.and_then(number).unwrap_or(1.0);
        let d = weight(|bias| Some(bias.prior_weight.as_ref()?.value.central()));
        let c = weight(|bias| Some(bias.evidence_weight.as_ref()?.value.central()));
        for (chance, likelihood) in belief.iter_mut().zip(likelihood) {
            // What was impossible stays so, even to an observer that forgets (d = 0).
            if *chance > 0.0 {
                *chance = chance.powf(d) * likelihood.powf(c);
            }
        }
        let total: f64 = belief.iter().sum();
        belief.iter_mut().for_each(|chance| *chance /= total);
    }
    Some(belief)
}

/// The day the observer came to know of the act, if it ever did.
fn known(act: &Act, observer: &str) -> Option<Date> {
    let known = act.known.as_ref().or(act.date.as_ref())?.value;
    match &act.seen_by {
        None => Some(known),
        Some(SeenBy::Parties(parties)) => parties.iter().any(|it| it == observer).then_some(known),
        Some(SeenBy::Days(days)) => days.get(observer).copied(),
    }
}

/// The likelihood of the act under each type, as read.
fn read(act: &Act, types: &Ids<PartyType>, bias: Option<&Bias>) -> Option<Vec<f64>> {
    let tone = act.tone.as_ref()?.value;
    let cooperative = tone == Tone::Cooperative;
    let ploy = |bias: &Bias| bias.bad_faith.as_ref().is_some_and(|it| it.value);
    if cooperative && bias.is_some_and(ploy) {
        return Some(vec![1.0; types.len()]);
    }
    let of = |weights: &Weights, name: &str| Some(weights.types.get(name)?.value.central());
    if let Some(ratios) = &act.likelihood_ratio {
        return types.names().map(|name| of(ratios, name)).collect();
    }
    let situational = bias.and_then(|bias| bias.situational.as_ref());
    let lambda = situational.and_then(|it| match tone {
        Tone::Cooperative => it.cooperative.as_ref(),
        Tone::Hostile => it.hostile.as_ref(),
    });
    let situation = (value(lambda, 1.0) * value(act.forced.as_ref(), 0.0)).min(1.0);
    let likelihood = act.likelihood.as_ref()?;
    let read = |name| Some(situation + (1.0 - situation) * of(likelihood, name)?);
    types.names().map(read).collect()
}
