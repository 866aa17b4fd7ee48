//! What is assumed and how it is computed, with the sources of the formulas.

use crate::{
    layout::{Cell, Column, Page, Table},
    palette::Role,
};

/// What is said of one step: its name, the rule, and where the rule comes from.
const STEPS: [[&str; 3]; 9] = [
    [
        "Interest",
        "An agreement x is mutually preferred where U(x) > d for every party: U its payoff, d what it \
         has without agreement. Strictly: a tie is none.",
        "Nash 1950; von Neumann and Morgenstern 1944",
    ],
    [
        "Keeping it",
        "A type keeps x where (1 − δ)(T − R) ≤ δ m (R − P): δ its patience, m the chance that a \
         breach is seen, T = U + temptation, R = U, P = d.",
        "Friedman 1971; Axelrod 1984",
    ],
    [
        "Belief, as the evidence was",
        "Bayes' rule on the likelihood s + (1 − s)q of each act: q from the type, s the chance that \
         the situation alone would have produced it.",
        "Bayes 1763; Good 1950",
    ],
    [
        "Belief, as it was read",
        "Situational force discounted by tone, cooperative acts taken for tricks under inherent bad \
         faith, evidence and prior weighted: w ← d·w + c·log L.",
        "Holsti 1962; Jervis 1976; Grether 1980",
    ],
    [
        "Prudence",
        "A nation accepts where h(U − d) > (1 − h)e: h the probability that all others keep x, e what \
         it loses below d if cheated.",
        "Coleman 1990; Larson 1997",
    ],
    [
        "Home",
        "A leader adds what x does to support and so to office, and what an enemy is worth at home.",
        "Putnam 1988; Downs and Rocke 1995",
    ],
    [
        "Shares of blame",
        "What a barrier's fall adds to the chance of agreement, averaged over every order in which the \
         four could fall; beside it necessity, sufficiency and responsibility.",
        "Shapley 1953; Tian and Pearl 2000; Chockler and Halpern 2004",
    ],
    [
        "Uncertainty",
        "Every uncertain number is drawn from the coder's range, each under its own name; ± is one \
         standard error of the sampling. Words for probabilities are those of ICD 203.",
        "Office of the Director of National Intelligence 2015",
    ],
    [
        "Drivers",
        "Shares of the variance of the last margin: alone (first order), at most (total), and between \
         the two (Shapley effects).",
        "Sobol' 1993; Saltelli 2010; Owen 2014",
    ],
];

/// What no case tells and the model takes for granted.
const ASSUMED: [&str; 5] = [
    "Payoffs are the coder's judgement on a scale of each party's own; no result compares one party's \
     units with another's.",
    "A party's types differ in patience, temptation and detection, never in what an agreement is worth.",
    "Acts are independent evidence of a type that does not change, unless the case says otherwise.",
    "A barrier that is not coded stops nobody, and the answer says so.",
    "What the model expects is set beside the record and never adjusted to it.",
];

pub(super) fn write(page: &mut Page) {
    page.heading("Assumptions and method");
    for assumption in ASSUMED {
        page.entry(Role::Plain, assumption);
    }
    let mut table = Table::new([
        Column::left("step"),
        Column::left("rule"),
        Column::wrapped("after"),
    ]);
    for [name, rule, source] in STEPS {
        table.row([
            Cell::new(name, Role::Strong),
            rule.into(),
            Cell::new(source, Role::Quiet),
        ]);
    }
    page.table(&table);
}
