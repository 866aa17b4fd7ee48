use detente_reciprocity::{
    ReciprocityError,
    repeated::{Agreement, Defector, Signatory},
};

use super::{
    GameOptions, JudgedAgreement, JudgedParty, JudgedType, PartyAndType, Played, WouldCheat,
    played::NamedSignatory,
};

/// The agreement to take the first of two actions for ever, at what is given in place of what the
/// parties have; `None` where nothing is known of their patience or they may do something else.
pub(super) fn judged(
    played: &Played,
    options: &GameOptions,
) -> Result<Option<JudgedAgreement>, ReciprocityError> {
    let parties = match &played.signatories {
        Some(signatories) => signatories.clone(),
        None => match bare(played, options) {
            Some(signatories) => signatories,
            None => return Ok(None),
        },
    };
    let mut side = 0;
    let parties = parties.map(|mut types| {
        for kind in &mut types {
            let terms = &mut kind.terms;
            terms.patience = options.delta.map_or(terms.patience, |it| it[side]);
            terms.detection = options.detection.map_or(terms.detection, |it| it[side]);
            terms.delay = options.delay.unwrap_or(terms.delay);
        }
        side += 1;
        types
    });
    let named: Vec<_> = played.players.iter().cloned().zip(parties).collect();
    judge(&named)
}

/// An agreement judged party by party, type by type; `None` where no party has types, which are then
/// all taken to honour, as in an assessment.
///
/// O(types).
pub(crate) fn judge(
    parties: &[(String, Vec<NamedSignatory>)],
) -> Result<Option<JudgedAgreement>, ReciprocityError> {
    let coded: Vec<&(String, Vec<NamedSignatory>)> = parties
        .iter()
        .filter(|(_, types)| !types.is_empty())
        .collect();
    if coded.is_empty() {
        return Ok(None);
    }
    let terms =
        |(_, types): &&(String, Vec<NamedSignatory>)| types.iter().map(|it| it.terms).collect();
    let report = Agreement::new(coded.iter().map(terms).collect())?.report();
    let signatory = |it: &Defector| {
        let (party, types) = coded.get(it.party)?;
        Some((party, types.get(it.kind)?))
    };
    // Of several that are as near, by name: the order of a file is not to matter.
    let first = |among: &dyn Fn(&NamedSignatory) -> bool| {
        let all = report.all_nearest_to_cheating(|it| signatory(it).is_some_and(|it| among(it.1)));
        let named = all.iter().filter_map(|it| Some((signatory(it)?, it)));
        let mut named: Vec<_> = named.collect();
        named.sort_by_key(|((party, kind), _)| (*party, &kind.name));
        let mut named = named.into_iter();
        let ((party, kind), first) = named.next()?;
        let as_near = named.map(|((party, kind), _)| PartyAndType {
            party: party.clone(),
            kind: kind.shown(),
        });
        Some(WouldCheat {
            party: party.clone(),
            kind: kind.shown(),
            delta_margin: first.patience_margin,
            as_near: as_near.collect(),
        })
    };
    let mut all = coded.iter().flat_map(|(_, types)| types);
    let tempted = all.any(|it| it.terms.stakes.temptation() > 0.0);
    let unwilling = coded.iter().zip(&report.parties).filter(|(_, judged)| {
        let mut types = judged.iter();
        types.any(|it| !it.carries_out_the_answer)
    });
    let judged = |(party, types): &(String, Vec<NamedSignatory>)| JudgedParty {
        party: party.clone(),
        types: types.iter().map(NamedSignatory::judged).collect(),
    };
    let judged: Vec<JudgedParty> = parties.iter().map(judged).collect();
    let mut true_types = judged
        .iter()
        .flat_map(|it| &it.types)
        .filter(|it| it.is_true);
    Ok(Some(JudgedAgreement {
        self_enforcing: report.self_enforcing,
        as_they_are: true_types.all(|it| it.honours),
        first_to_cheat: first(&|_| true),
        first_as_they_are: first(&|it| it.is_true),
        taken_on_trust: match tempted {
            true => unwilling.map(|((party, _), _)| party.clone()).collect(),
            false => Vec::new(),
        },
        parties: judged,
    }))
}

/// The players of a 2 × 2 game as parties of one type each.
fn bare(played: &Played, options: &GameOptions) -> Option<[Vec<NamedSignatory>; 2]> {
    let [row, column] = played.stakes()?;
    let patience = options.delta?;
    let of = |stakes, patience| {
        vec![NamedSignatory {
            name: String::new(),
            is_true: true,
            terms: Signatory::new(stakes, patience),
        }]
    };
    Some([of(row, patience[0]), of(column, patience[1])])
}

impl NamedSignatory {
    fn shown(&self) -> Option<String> {
        Some(self.name.clone()).filter(|name| !name.is_empty())
    }

    fn judged(&self) -> JudgedType {
        let judgement = self.terms.judgement();
        JudgedType {
            name: self.shown(),
            is_true: self.is_true,
            delta: self.terms.patience,
            detection: self.terms.detection,
            delay: self.terms.delay,
            honours: judgement.honours,
            margin: judgement.margin,
            critical_delta: judgement.critical_patience,
            delta_margin: judgement.patience_margin,
            least_detection: judgement.least_detection,
        }
    }
}
