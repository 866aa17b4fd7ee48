use detente_quantity::{DiscountFactor, Probability, Stakes};
use detente_reciprocity::{Bimatrix, ImplementationGame, repeated::Signatory};

use super::GameFile;
use crate::{
    DetenteError, Model,
    assess::{PartyAtStake, at_stake},
    case::{Case, Terms},
    decode::{CaseFaults, Faults, Ids, Source, read},
};

/// A game of two with the names of things: of a file, or of a case at its central values.
#[derive(Debug, Clone)]
pub struct Played {
    pub(super) title: String,
    pub(super) terms: Option<Terms>,
    pub(super) players: [String; 2],
    pub(super) actions: [Vec<String>; 2],
    pub(super) payoffs: Bimatrix,
    pub(super) delta: Option<[DiscountFactor; 2]>,
    pub(super) detection: Option<[Probability; 2]>,
    pub(super) delay: Option<u32>,
    /// Of a case: by party, its types.
    pub(super) signatories: Option<[Vec<NamedSignatory>; 2]>,
}

/// A type of a party to an agreement, by name.
#[derive(Debug, Clone)]
pub(crate) struct NamedSignatory {
    pub(super) name: String,
    pub(super) is_true: bool,
    pub(super) terms: Signatory,
}

impl Played {
    /// Reads a game or a case, told apart by what the file holds: a case has parties.
    ///
    /// # Errors
    /// [`DetenteError::Case`] with every fault of the file; otherwise as [`Played::of_case`].
    pub fn read(source: &Source) -> Result<Self, DetenteError> {
        let top = source.node(&mut Faults::new());
        let has = |key: &str| top.get(key).is_some();
        if has("party") && !has("row") && !has("col") {
            let case = Case::read(source)?;
            return Self::of_case(&Model::compile(&case)?);
        }
        let file = read::<GameFile>(source).map_err(|faults| CaseFaults {
            faults,
            source: source.clone(),
        })?;
        Ok(Self::of_file(file))
    }

    /// The game of a file; actions without a name are numbered from 1.
    #[must_use]
    pub fn of_file(file: GameFile) -> Self {
        let numbered = |count: usize| (1..=count).map(|place| place.to_string()).collect();
        let [rows, columns] = file.actions;
        Self {
            title: file.title.unwrap_or_else(|| "A game".to_owned()),
            terms: None,
            players: file
                .players
                .unwrap_or_else(|| ["row", "column"].map(str::to_owned)),
            actions: [
                rows.unwrap_or_else(|| numbered(file.payoffs.n_rows())),
                columns.unwrap_or_else(|| numbered(file.payoffs.n_columns())),
            ],
            payoffs: file.payoffs,
            delta: file.delta,
            detection: file.detection,
            delay: file.delay,
            signatories: None,
        }
    }

    /// What carrying out the reference agreement of a case of two parties is: of the agreements that
    /// pass most barriers, that with the highest product of gains. Payoffs are those of the true
    /// types, at the central values of uncertain numbers.
    ///
    /// O(agreements · parties · issues).
    ///
    /// # Errors
    /// [`DetenteError::NoGame`] unless two parties have an agreement that both prefer to none; and
    /// what [`assess`](crate::assess) refuses.
    pub fn of_case(model: &Model) -> Result<Self, DetenteError> {
        let title = model.case().identity.title.clone();
        let no_game = |reason: String| DetenteError::NoGame {
            title: title.clone(),
            reason,
        };
        let names: Vec<(String, String)> = { model.case().parties.iter() }
            .map(|(id, party)| (id.to_owned(), party.name.clone()))
            .collect();
        let [(first, row), (second, column)] = names.as_slice() else {
            let count = names.len();
            return Err(no_game(format!("it has {count} parties; expected two")));
        };
        let none =
            "it has no agreement that both parties prefer to none; expected one to carry out";
        let (agreement, parties) = at_stake(model)?.ok_or_else(|| no_game(none.to_owned()))?;
        let [own, other] = <[PartyAtStake; 2]>::try_from(parties)
            .map_err(|parties| no_game(format!("{} parties are at stake", parties.len())))?;
        let game = ImplementationGame::new(own.truly, other.truly);
        let conduct = || ["honour", "cheat"].map(str::to_owned).to_vec();
        let signatories = [by_name(model, first, own), by_name(model, second, other)];
        Ok(Self {
            terms: Some(model.terms(agreement)),
            players: [row.clone(), column.clone()],
            actions: [conduct(), conduct()],
            payoffs: Bimatrix::from(&game),
            delta: None,
            detection: None,
            delay: None,
            signatories: Some(signatories),
            title,
        })
    }

    /// The players' stakes where each has two actions, the first of which is to honour.
    pub(super) fn stakes(&self) -> Option<[Stakes; 2]> {
        let sizes = (self.payoffs.n_rows(), self.payoffs.n_columns());
        let (&[a, b, c, d], &[e, f, g, h]) = (
            as_four(self.payoffs.row_payoffs())?,
            as_four(self.payoffs.column_payoffs())?,
        );
        if sizes != (2, 2) {
            return None;
        }
        Some([Stakes::new(c, a, d, b).ok()?, Stakes::new(f, e, h, g).ok()?])
    }
}

fn as_four(payoffs: &[f64]) -> Option<&[f64; 4]> {
    payoffs.try_into().ok()
}

/// The types of a party by their names.
pub(crate) fn by_name(model: &Model, party: &str, at: PartyAtStake) -> Vec<NamedSignatory> {
    let types = model.case().parties.get(party).map(|it| &it.types);
    let names = types.map(Ids::names).into_iter().flatten();
    let named = names.zip(at.types).enumerate();
    named
        .map(|(place, (name, terms))| NamedSignatory {
            name: name.to_owned(),
            is_true: at.true_type == Some(place),
            terms,
        })
        .collect()
}
