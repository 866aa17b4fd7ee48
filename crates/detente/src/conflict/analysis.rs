use detente_payoff::ZoneKind;
use detente_stability::{Coalition, Concept, Follow, Preference, StabilityError, Standing};

use super::{
    CoalitionReport, ConceptReport, HoldReport, NamedConflict, PathReport, SCHEMA, StabilityReport,
    StatusQuoReport,
};
use crate::DetenteError;

/// What is asked of a conflict. States are given by their places; see
/// [`NamedConflict::state_called`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StabilityOptions {
    /// The senses in which states may be stable; all of them if empty.
    pub concepts: Vec<Concept>,
    /// Where the conflict stands, in place of what the file says.
    pub status_quo: Option<usize>,
    /// The state that stands for nonagreement, in place of what the file says.
    pub nonagreement: Option<usize>,
    /// A state of which it is asked what would make it hold.
    pub hold: Option<usize>,
}

/// Coalitions times pairs of states up to which every coalition is looked at.
const MOST_OF_COALITIONS: usize = 20_000_000;

/// Which states of a conflict are stable, and in what sense; how it may go on from where it stands; what
/// all prefer to nonagreement; and what would make a state hold.
///
/// ```
/// use detente::conflict::{self, NamedConflict, StabilityOptions, stability};
/// use detente::{decode::Source, stability::Concept};
///
/// let crisis = NamedConflict::read(&Source::new("cuba-1962.toml", conflict::EXAMPLE))?;
/// let found = stability(&crisis, &StabilityOptions::default())?;
/// let equilibria = |concept| -> Vec<&str> {
///     let it = found.concepts.iter().find(|it| it.concept == concept).expect("all are looked at");
///     it.equilibria.iter().map(|state| found.states[*state].label.as_str()).collect()
/// };
/// assert_eq!(equilibria(Concept::Nash), ["strike + withdraw"]);
/// assert_eq!(equilibria(Concept::Sequential), ["withdraw", "strike + withdraw", "blockade + withdraw"]);
/// # Ok::<(), detente::DetenteError>(())
/// ```
///
/// Complexity as of [`Conflict::stability`](detente_stability::Conflict::stability).
///
/// # Errors
/// [`DetenteError::Stability`] for a state that there is not.
pub fn stability(
    named: &NamedConflict,
    options: &StabilityOptions,
) -> Result<StabilityReport, DetenteError> {
    let conflict = &named.conflict;
    let mut notes = Vec::new();
    let concepts = match options.concepts.as_slice() {
        [] => Concept::ALL.to_vec(),
        asked => asked.to_vec(),
    };
    let concepts: Vec<ConceptReport> = { concepts.into_iter() }
        .map(|concept| concept_report(named, concept))
        .collect::<Result<_, _>>()?;
    if concepts.iter().any(is_unsettled) {
        notes.push(
            "Whether some answers are credible turns on rankings that are known in part, and takes too \
             much to find out; how some states stand is left open."
                .to_owned(),
        );
    }
    let start = options.status_quo.or(named.status_quo);
    let status_quo = start
        .map(|state| status_quo(named, state, &concepts))
        .transpose()?;
    let nonagreement = options.nonagreement.or(named.nonagreement);
    let zones = nonagreement.map(|state| {
        let kinds = [ZoneKind::Strict, ZoneKind::ParetoImproving];
        let zones = kinds.map(|kind| conflict.ranked_zone(state, kind));
        zones.into_iter().collect::<Result<Vec<_>, _>>()
    });
    let hold = options.hold.map(|state| {
        let needs = concepts
            .iter()
            .map(|it| conflict.to_equilibrium(state, it.concept));
        let needs = needs.collect::<Result<_, _>>()?;
        Ok::<_, StabilityError>(HoldReport { state, needs })
    });
    Ok(StabilityReport {
        schema: SCHEMA,
        title: named.title.clone(),
        source: named.source.clone(),
        players: named.players.clone(),
        options: named.options.clone(),
        states: named.states.clone(),
        ranked: conflict
            .preferences()
            .iter()
            .map(Preference::is_complete)
            .collect(),
        efficient: conflict.efficient(),
        concepts,
        status_quo,
        zones: zones.transpose()?.unwrap_or_default(),
        nonagreement,
        hold: hold.transpose()?,
        notes,
    })
}

fn concept_report(named: &NamedConflict, concept: Concept) -> Result<ConceptReport, DetenteError> {
    let conflict = &named.conflict;
    let found = conflict.stability(concept);
    let coalitions = match looks_at_coalitions(named) {
        true => Some(conflict.coalition_equilibria(concept)?),
        false => None,
    };
    Ok(ConceptReport {
        concept,
        letters: concept.letters(),
        definition: concept.definition(),
        source: concept.source(),
        equilibria: found.equilibria(),
        possible_equilibria: found.possible_equilibria(),
        players: found.players,
        joint: found.joint,
        coalitions,
    })
}

/// Whether it was not found out for somebody how a state stands.
fn is_unsettled(concept: &ConceptReport) -> bool {
    let each = concept.players.iter().chain(&concept.coalitions);
    each.chain([&concept.joint])
        .any(|it| it.contains(&Standing::Unsettled))
}

fn looks_at_coalitions(named: &NamedConflict) -> bool {
    let n_players = named.players.len();
    let pairs = named.states.len().pow(2);
    n_players <= 6 && pairs << n_players <= MOST_OF_COALITIONS
}

fn status_quo(
    named: &NamedConflict,
    state: usize,
    concepts: &[ConceptReport],
) -> Result<StatusQuoReport, DetenteError> {
    let conflict = &named.conflict;
    let diagram = conflict.status_quo(state, Follow::Moves)?;
    let improving = conflict.status_quo(state, Follow::Improvements)?;
    let is_equilibrium = |to: &usize| {
        let stands = |it: &ConceptReport| it.joint.get(*to).copied();
        concepts
            .iter()
            .any(|it| matches!(stands(it), Some(Standing::Stable | Standing::Possible)))
    };
    let paths = (0..named.states.len())
        .filter(is_equilibrium)
        .filter(|to| *to != state);
    let paths = paths.map(|to| PathReport {
        to,
        moves: diagram.path_to(to),
        improvements: improving.path_to(to),
    });
    Ok(StatusQuoReport {
        state,
        improvements: improvements(named, state)?,
        paths: paths.collect(),
        diagram,
    })
}

/// What players can reach that all of them prefer, the fewest players first; single players alone where
/// coalitions are too many.
fn improvements(named: &NamedConflict, state: usize) -> Result<Vec<CoalitionReport>, DetenteError> {
    let n_players = named.players.len();
    let mut groups: Vec<Vec<usize>> = match looks_at_coalitions(named) {
        true => (1..1_usize << n_players)
            .map(|bits| (0..n_players).filter(|it| bits >> it & 1 == 1).collect())
            .collect(),
        false => (0..n_players).map(|player| vec![player]).collect(),
    };
    groups.sort_by_key(|members| (members.len(), members.clone()));
    let mut found = Vec::new();
    for members in groups {
        let coalition = Coalition::new(members.iter().copied())?;
        let to = named.conflict.coalition_improvements(coalition, state)?;
        if !to.is_empty() {
            found.push(CoalitionReport { members, to });
        }
    }
    Ok(found)
}
