//! The answer in one sentence.

use detente::{
    Assessment,
    assessment::{Verdict, VerdictReport},
    case::History,
};

use crate::{
    estimate::Estimate,
    names::Names,
    number::{self, Digits},
    spread::Spread,
    words,
};

pub(crate) fn headline(assessment: &Assessment, names: &Names<'_>) -> String {
    let day = number::day(assessment.subject.decided);
    let verdict = &assessment.verdict;
    let clause = clause(verdict.central, names);
    let judged = match verdict.chances.get(&verdict.central) {
        _ if Spread::of(assessment) == Spread::Exact => format!("On {day} {clause}"),
        None => format!("On {day}, at the coder's central values, {clause}"),
        Some(chance) => {
            let estimate = Estimate::of(chance.estimate);
            let likelier = likelier(verdict);
            let rivals = likelier.map(|(_, p)| p);
            let digits = Digits::telling(chance.estimate, rivals);
            let figure = format!("probability {}", number::chance_to(chance, digits));
            if estimate == Estimate::Always {
                format!("On {day}, in every draw of the coder's uncertainty, {clause}")
            } else if estimate.leads() {
                format!(
                    "It is {} ({figure}) that on {day} {clause}",
                    estimate.words()
                )
            } else {
                let other = likelier.map(|(other, p)| {
                    let p = number::probability_to(p, digits);
                    format!(" and it is likelier ({p}) that {}", words::gist(other))
                });
                let other = other.unwrap_or_default();
                format!(
                    "On {day}, at the coder's central values, {clause}, but over the coder's \
                     uncertainty that {} ({figure}){other}",
                    estimate.predicate()
                )
            }
        }
    };
    format!("{judged}; {}.", record(assessment))
}

/// The verdict as a clause that names everybody.
fn clause(verdict: Verdict, names: &Names<'_>) -> String {
    let (each, them) = (names.everybody(true), names.everybody(false));
    match verdict {
        Verdict::ConflictOfInterest => format!(
            "no possible agreement was better than none for {each}, which left no opportunity to \
             miss"
        ),
        Verdict::NotSelfEnforcing => format!(
            "every agreement that was better than none for {each} would have been broken by one \
             of them"
        ),
        Verdict::PrudentDistrust => format!(
            "agreements existed that {each} preferred to none and would have kept, but on the \
             evidence as it was none was prudent for {} to accept",
            names.both_or_all()
        ),
        Verdict::Domestic => format!(
            "agreements existed that {each} could prudently have accepted, but none that {} could \
             afford at home",
            names.both_or_all()
        ),
        Verdict::Misperception => format!(
            "an agreement lay open that the evidence warranted for {each}, but not the evidence as \
             they read it"
        ),
        Verdict::AgreementExpected => format!("an agreement was within reach of {them}"),
    }
}

/// The verdict that more draws come to than the central one, if there is one.
fn likelier(verdict: &VerdictReport) -> Option<(Verdict, f64)> {
    let central = verdict.probabilities.get(&verdict.central).copied()?;
    let most = verdict
        .probabilities
        .iter()
        .max_by(|left, right| left.1.total_cmp(right.1));
    most.map(|(&other, &p)| (other, p))
        .filter(|&(_, p)| p > central)
}

/// What happened, and whether the model explains it.
fn record(assessment: &Assessment) -> String {
    let record = &assessment.record;
    let made = match record.history {
        History::Agreement => "one was made",
        History::Nonagreement => "none was made",
    };
    if record.explains_record {
        return format!("{made}, as the model expects{}", signed_amiss(assessment));
    }
    let amiss = signed_amiss(assessment);
    let expected = if amiss.is_empty() {
        String::new()
    } else {
        format!(" where the model expects one{amiss}")
    };
    format!("{made}{expected}, so the model does not explain the record")
}

/// How an agreement can be expected although none passes every barrier.
fn signed_amiss(assessment: &Assessment) -> &'static str {
    let errors = &assessment.errors;
    let passes = assessment.verdict.central == Verdict::AgreementExpected;
    if passes || errors.accepted_as_held.count == 0 {
        ""
    } else if errors.misplaced_trust.count > 0 {
        " (signed in misplaced trust)"
    } else {
        " (signed without warrant)"
    }
}
