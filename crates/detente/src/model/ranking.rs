//! Preferences that can only be ranked.

use std::collections::BTreeMap;

use detente_payoff::Agreements;

use super::{Compiler, preferences::Schedule};
use crate::{
    case::{Case, Ranking},
    decode::{Code, Fault, Path},
};

impl Compiler<'_> {
    /// A ranking of every possible agreement, as a schedule.
    pub(super) fn ranking(&mut self, ranking: &Ranking, path: &Path) -> Option<Schedule> {
        let path = path.key("ranking");
        let mut places = Vec::new();
        for (row, tied) in ranking.ranks.iter().enumerate() {
            for (column, terms) in tied.iter().enumerate() {
                let place = path.index(row);
                let place = match self.written.is_list(&place) {
                    true => place.index(column),
                    false => place,
                };
                let options = self.whole(terms, &place);
                places.push((row, place, options));
            }
        }
        let agreements = self.agreements?;
        let mut ranks: Vec<Option<f64>> = vec![None; agreements.len()];
        let mut first: BTreeMap<usize, Path> = BTreeMap::new();
        let mut whole = self.written.is_whole(&path);
        for (row, place, options) in places {
            let Some(options) = options else {
                whole = false;
                continue;
            };
            let Some(position) = agreements.position(&options) else {
                let fault = self.impossible("an agreement that is forbidden is ranked", place);
                self.faults.push(fault);
                continue;
            };
            let worse = ranking.ranks.len() - 1 - row;
            #[allow(
                clippy::cast_precision_loss,
                reason = "a ranking a person wrote is short"
            )]
            let rank = worse as f64;
            if ranks[position].is_some() {
                self.ranked_twice(place, first.get(&position));
            } else {
                ranks[position] = Some(rank);
                first.insert(position, place);
            }
        }
        if whole {
            self.unranked(&ranks, agreements, path);
        }
        ranks
            .into_iter()
            .collect::<Option<_>>()
            .map(Schedule::Ranks)
    }

    fn ranked_twice(&mut self, place: Path, first: Option<&Path>) {
        let line = first.and_then(|first| self.written.line(first));
        let label = match line {
            Some(line) => format!("ranked in line {line} already; keep one"),
            None => "ranked before; keep one".to_owned(),
        };
        let message = "an agreement is ranked twice";
        let fault = Fault::new(Code::Duplicate, place, message).with_label(label);
        self.faults.push(fault);
    }

    fn unranked(&mut self, ranks: &[Option<f64>], agreements: &Agreements, path: Path) {
        let missing = ranks.iter().enumerate().filter(|(_, rank)| rank.is_none());
        let mut missing = missing.filter_map(|(position, _)| agreements.get(position));
        let Some(agreement) = missing.next() else {
            return;
        };
        let more = missing.count();
        let terms = describe(self.case, agreement);
        let message = match more {
            0 => format!("an agreement is not ranked: {terms}"),
            _ => format!("{} agreements are not ranked, such as {terms}", more + 1),
        };
        let fault = Fault::new(Code::MissingKey, path, message)
            .with_label("needs every possible agreement, best first");
        self.faults.push(fault);
    }
}

/// An agreement in words of the case: `issue = option, …`.
fn describe(case: &Case, agreement: &[u32]) -> String {
    case.issues
        .iter()
        .zip(agreement)
        .map(|((id, issue), &option)| {
            let name = issue.options.names().nth(option as usize).unwrap_or("?");
            format!("{id} = {name}")
        })
        .collect::<Vec<_>>()
        .join(", ")
}
