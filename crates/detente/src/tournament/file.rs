use detente_quantity::{DiscountFactor, Probability, Stakes};
use detente_reciprocity::automata::{
    Automaton, AutomatonState, Horizon, MemoryOne, named::NamedStrategy,
};
use serde_json::{Value as Json, json};

use super::Entrant;
use crate::decode::{At, Code, Decode, Fault, Faults, Fields, Record, Schemas};

/// A tournament as a file holds it; every field may be left out.
#[derive(Debug, Clone, PartialEq)]
pub struct TournamentFile {
    /// What it is called.
    pub title: Option<String>,
    /// T, R, P and S, the same for all.
    pub stakes: Option<Stakes>,
    /// The named strategies that take part; all if there is no list.
    pub strategies: Option<Vec<Entrant>>,
    /// Strategies of one's own, as automata.
    pub own: Vec<Automaton>,
    /// The chance that an act is the contrary of what was meant.
    pub slips: Option<Probability>,
    /// The chance that an act is seen as its contrary.
    pub misreading: Option<Probability>,
    /// The chance that honouring is seen as cheating, where it differs from that.
    pub suspicion: Option<Probability>,
    /// How periods are weighed: by `delta` or `periods`, not both.
    pub horizon: Option<Horizon>,
}

impl Record for TournamentFile {
    const NAME: &'static str = "tournament";
    const ABOUT: &'static str = "A tournament of strategies.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        let title = fields.optional("title", "what the tournament is called");
        let stakes = fields.optional("stakes", "what cheating and honouring pay");
        let strategies = fields.optional("strategies", "the named strategies that take part");
        let memory_one = fields.default("memory_one", "strategies of one period", Vec::new());
        let automaton = fields.default("automaton", "strategies with states", Vec::new());
        let slips = fields.optional("slips", "the chance that an act is not as meant");
        let misreading = fields.optional("misreading", "the chance that an act is misread");
        let suspicion = fields.optional("suspicion", "the chance that honouring is misread");
        let delta = fields.optional("delta", "the discount factor, below 1");
        let periods = fields.optional("periods", "how many periods are played");
        let horizon = horizon(fields, delta, periods);
        let own = memory_one.zip(automaton).map(|(first, second)| {
            let first = first.into_iter().map(|OwnMemoryOne(it)| it);
            first
                .chain(second.into_iter().map(|OwnAutomaton(it)| it))
                .collect()
        });
        let chance = |it: Option<Option<Chance>>| it.map(|it| it.map(|Chance(it)| it));
        Some(Self {
            title: title?,
            stakes: stakes?.map(|FileStakes(it)| it),
            strategies: strategies?.map(|it: Vec<Name>| it.into_iter().map(|it| it.0).collect()),
            own: own?,
            slips: chance(slips)?,
            misreading: chance(misreading)?,
            suspicion: chance(suspicion)?,
            horizon: horizon?,
        })
    }
}

fn horizon(
    fields: &mut Fields<'_>,
    delta: Option<Option<f64>>,
    periods: Option<Option<u32>>,
) -> Option<Option<Horizon>> {
    match (delta?, periods?) {
        (Some(_), Some(_)) => {
            let path = fields.path().key("periods");
            let message = "both `delta` and `periods`";
            let fault = Fault::new(Code::Contradiction, path, message);
            fields.fault(fault.with_label("expected one way of weighing periods"));
            None
        }
        (Some(given), None) => {
            let delta = DiscountFactor::new(given).ok();
            if delta.is_none() {
                let message = format!("{given} is no discount factor");
                let fault = Fault::new(Code::OutOfRange, fields.path().key("delta"), message);
                fields.fault(fault.with_label("expected a number from 0 and below 1"));
            }
            delta.map(|it| Some(Horizon::Discounted(it)))
        }
        (None, Some(periods)) => Some(Some(Horizon::Periods(periods))),
        (None, None) => Some(None),
    }
}

/// The four payoffs by their letters.
struct FileStakes(Stakes);

impl Record for FileStakes {
    const NAME: &'static str = "tournament_stakes";
    const ABOUT: &'static str = "What cheating and honouring pay.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        let t = fields.required("t", "cheating one who honours");
        let r = fields.required("r", "honouring together");
        let p = fields.required("p", "cheating together");
        let s = fields.required("s", "honouring while cheated");
        let stakes = Stakes::new(t?, r?, p?, s?);
        if let Err(error) = &stakes {
            let path = fields.path().clone();
            fields.fault(Fault::new(Code::OutOfRange, path, error.to_string()));
        }
        stakes.ok().map(Self)
    }
}

/// A probability.
struct Chance(Probability);

impl Decode for Chance {
    fn schema(_: &mut Schemas) -> Json {
        json!({ "type": "number", "minimum": 0, "maximum": 1 })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        let given = f64::decode(at, faults)?;
        let chance = Probability::new(given).ok();
        if chance.is_none() {
            let fault = at.fault(Code::OutOfRange, format!("{given} is no probability"));
            faults.push(fault.with_label("expected a number from 0 to 1"));
        }
        chance.map(Self)
    }
}

/// The name of a strategy.
struct Name(Entrant);

impl Decode for Name {
    fn schema(_: &mut Schemas) -> Json {
        json!({ "type": "string" })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        let text = String::decode(at, faults)?;
        match text.parse().map(Entrant::Named) {
            Ok(entrant) => Some(Self(entrant)),
            Err(error) => {
                let name = text.split(':').next().unwrap_or(&text).trim();
                let fault = at.fault(Code::UnknownName, error.to_string());
                faults.push(fault.with_nearest(name, NamedStrategy::names()));
                None
            }
        }
    }
}

/// A strategy that remembers one period.
struct OwnMemoryOne(Automaton);

impl Record for OwnMemoryOne {
    const NAME: &'static str = "memory_one_strategy";
    const ABOUT: &'static str = "A strategy that goes by the last period alone.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        let name = fields.required::<String>("name", "what it is called");
        let first = fields.required("first", "the chance of honouring in the first period");
        let about = "the chances after both honoured, it was cheated, it cheated, both cheated";
        let after = fields.required::<Vec<Chance>>("after", about);
        let after = after.and_then(|it| four(fields, "after", it));
        let (Chance(first), after) = (first?, after?.map(|Chance(it)| it));
        let strategy = MemoryOne { first, after };
        Some(Self(Automaton::from(strategy).named(name?)))
    }
}

/// A strategy with states.
struct OwnAutomaton(Automaton);

impl Record for OwnAutomaton {
    const NAME: &'static str = "automaton_strategy";
    const ABOUT: &'static str = "A strategy with finitely many states, numbered from 0.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        let name = fields.required::<String>("name", "what it is called");
        let start = fields.default("start", "the state in which it starts", 0_u32);
        let states = fields.required::<Vec<OwnState>>("states", "its states, from 0");
        let states: Vec<AutomatonState> = states?.into_iter().map(|OwnState(it)| it).collect();
        let found = Automaton::new(name?, start? as usize, states);
        if let Err(error) = &found {
            let path = fields.path().key("states");
            fields.fault(Fault::new(Code::Malformed, path, error.to_string()));
        }
        found.ok().map(Self)
    }
}

/// A state of a strategy.
struct OwnState(AutomatonState);

impl Record for OwnState {
    const NAME: &'static str = "automaton_state";
    const ABOUT: &'static str = "What a strategy does in a state, and where that leads.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        let honours = fields.required("honours", "the chance that it means to honour");
        let about = "the next state after both honoured, it was cheated, it cheated, both cheated";
        let next = fields.required::<Vec<u32>>("next", about);
        let next = next.and_then(|it| four(fields, "next", it));
        let (Chance(honours), next) = (honours?, next?.map(|it| it as usize));
        Some(Self(AutomatonState { honours, next }))
    }
}

fn four<T>(fields: &mut Fields<'_>, key: &str, given: Vec<T>) -> Option<[T; 4]> {
    let count = given.len();
    let four = given.try_into().ok();
    if four.is_none() {
        let message = format!("{count} given in `{key}`");
        let fault = Fault::new(Code::Malformed, fields.path().key(key), message);
        fields.fault(fault.with_label(
            "expected 4: after both honoured, it was cheated, it cheated, both cheated",
        ));
    }
    four
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::{Source, read};

    fn file(text: &str) -> Result<TournamentFile, Vec<Fault>> {
        read(&Source::new("tournament.toml", text))
    }

    #[test]
    fn strategies_of_ones_own_are_read() {
        let text = "\
slips = 0.02
delta = 0.9
stakes = { t = 4, r = 3, p = 1, s = 0 }
strategies = ['tit for tat', 'gradual:2']
[[memory_one]]
name = 'reactive'
first = 1
after = [1, 0.2, 1, 0.2]
[[automaton]]
name = 'patient grim'
states = [
  { honours = 1, next = [0, 1, 0, 1] },
  { honours = 1, next = [1, 2, 1, 2] },
  { honours = 0, next = [2, 2, 2, 2] },
]
";
        let file = file(text).unwrap();
        assert_eq!(file.strategies.unwrap().len(), 2);
        let names: Vec<&str> = file.own.iter().map(Automaton::name).collect();
        assert_eq!(names, ["reactive", "patient grim"]);
        assert_eq!(file.own[1].states().len(), 3);
        assert_eq!(file.stakes.unwrap().t(), 4.0);
    }

    #[track_caller]
    fn refused(text: &str, codes: &[Code], about: &str) {
        let faults = file(text).unwrap_err();
        let found: Vec<Code> = faults.iter().map(|fault| fault.code).collect();
        assert_eq!(found, codes, "{faults:?}");
        let text = format!("{faults:?}");
        assert!(text.contains(about), "{text}");
    }

    #[test]
    fn every_fault_is_told_at_once() {
        refused(
            "slips = 2\nmisreading = -1\ndelta = 1\n",
            &[Code::OutOfRange; 3],
            "below 1",
        );
        refused(
            "strategies = ['tit for tut', 'grim:2']\n",
            &[Code::UnknownName; 2],
            "did you mean `tit-for-tat`?",
        );
        refused(
            "delta = 0.5\nperiods = 7\n",
            &[Code::Contradiction],
            "one way",
        );
        refused(
            "[[memory_one]]\nname = 'x'\nfirst = 1\nafter = [1, 0]\n",
            &[Code::Malformed],
            "2 given in `after`",
        );
        refused(
            "[[automaton]]\nname = 'x'\nstates = [{ honours = 1, next = [0, 0, 0, 7] }]\n",
            &[Code::Malformed],
            "state 7 does not exist",
        );
        refused(
            "[[automaton]]\nname = 'x'\nstates = []\n",
            &[Code::Malformed],
            "at least one state",
        );
        refused("stakes = { t = 1 }\n", &[Code::MissingKey; 3], "missing");
    }
}
