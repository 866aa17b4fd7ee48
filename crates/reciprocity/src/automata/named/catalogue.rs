use std::{fmt, str::FromStr};

use detente_quantity::{DiscountFactor, Probability, Stakes};

use super::{
    Grit, ZeroDeterminant, always_cheat, always_honour, contrite_tit_for_tat, firm_but_fair,
    generous_tit_for_tat, gradual, grim, limited_punishment, random, suspicious_tit_for_tat,
    tit_for_tat, tit_for_two_tats, win_stay_lose_shift,
};
use crate::{
    ReciprocityError,
    automata::{Automaton, Horizon, most_generous, most_generous_in_the_long_run},
};

/// A strategy of the literature by its name, as one enters it in a tournament: `tit-for-tat`, or
/// with a number where it has one, `gradual:4`.
///
/// ```
/// use detente_quantity::Stakes;
/// use detente_reciprocity::automata::{Horizon, named::NamedStrategy};
/// let stakes = Stakes::new(5.0, 3.0, 1.0, 0.0)?;
/// let gradual: NamedStrategy = "gradual:2".parse()?;
/// assert_eq!(gradual.automaton(&stakes, Horizon::LongRun)?.states().len(), 8);
/// let short: NamedStrategy = "Tit for Tat".parse()?;
/// assert_eq!(short, NamedStrategy::TitForTat);
/// assert_eq!(short.to_string(), "tit-for-tat");
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
#[non_exhaustive]
pub enum NamedStrategy {
    /// [`always_honour`].
    AlwaysHonour,
    /// [`always_cheat`].
    AlwaysCheat,
    /// [`random`], honouring with this chance.
    Random(Probability),
    /// [`tit_for_tat`].
    TitForTat,
    /// [`suspicious_tit_for_tat`].
    SuspiciousTitForTat,
    /// [`generous_tit_for_tat`], forgiving with this chance; without one, as often as it can
    /// afford to ([`most_generous`]).
    GenerousTitForTat(Option<Probability>),
    /// [`contrite_tit_for_tat`].
    ContriteTitForTat,
    /// [`tit_for_two_tats`].
    TitForTwoTats,
    /// [`win_stay_lose_shift`].
    WinStayLoseShift,
    /// [`firm_but_fair`].
    FirmButFair,
    /// [`grim`].
    Grim,
    /// [`limited_punishment`] of so many periods.
    Punishment(usize),
    /// [`gradual`] with a longest series of so many acts.
    Gradual(usize),
    /// [`Grit`].
    Grit(Grit),
    /// [`ZeroDeterminant`] at κ = P with this slope and half the largest step (Stewart and
    /// Plotkin 2012).
    Extort(f64),
    /// [`ZeroDeterminant`] at κ = R with this slope and the largest step (Stewart and Plotkin
    /// 2013).
    GenerousLine(f64),
}

/// What a strategy is called and does.
struct Entry {
    strategy: NamedStrategy,
    name: &'static str,
    about: &'static str,
}

const fn entry(strategy: NamedStrategy, name: &'static str, about: &'static str) -> Entry {
    Entry {
        strategy,
        name,
        about,
    }
}

use NamedStrategy as Is;

/// Every strategy with its usual number.
const CATALOGUE: [Entry; 16] = [
    entry(
        Is::AlwaysHonour,
        "always-honour",
        "honours whatever happens",
    ),
    entry(Is::AlwaysCheat, "always-cheat", "cheats whatever happens"),
    entry(
        Is::Random(Probability::HALF),
        "random",
        "honours with a chance, whatever happens (random:0.5)",
    ),
    entry(
        Is::TitForTat,
        "tit-for-tat",
        "does what it saw the other do last",
    ),
    entry(
        Is::SuspiciousTitForTat,
        "suspicious-tit-for-tat",
        "tit for tat that cheats first",
    ),
    entry(
        Is::GenerousTitForTat(None),
        "generous-tit-for-tat",
        "tit for tat that forgives with a chance, the largest that it can afford \
         (generous-tit-for-tat:0.1)",
    ),
    entry(
        Is::ContriteTitForTat,
        "contrite-tit-for-tat",
        "tit for tat that accepts the answer to its own slips",
    ),
    entry(
        Is::TitForTwoTats,
        "tit-for-two-tats",
        "cheats once cheated twice running",
    ),
    entry(
        Is::WinStayLoseShift,
        "win-stay-lose-shift",
        "repeats its act when the other honoured, changes it when cheated (Pavlov)",
    ),
    entry(
        Is::FirmButFair,
        "firm-but-fair",
        "cheats once when cheated, and offers peace when both cheated",
    ),
    entry(Is::Grim, "grim", "cheats for ever once anyone cheated"),
    entry(
        Is::Punishment(3),
        "punishment",
        "cheats for some periods once anyone cheated, then begins anew (punishment:3)",
    ),
    entry(
        Is::Gradual(4),
        "gradual",
        "answers the nth cheating with n acts and a truce, n up to a longest (gradual:4)",
    ),
    entry(
        Is::Grit(Grit {
            concessions: 2,
            rest: 6,
        }),
        "grit",
        "graduated reciprocation in tension-reduction: a series of concessions, reciprocity, and \
         a rest before the next series (grit:2/6)",
    ),
    entry(
        Is::Extort(2.0),
        "extort",
        "holds its gain over mutual cheating to a multiple of the other's (extort:2)",
    ),
    entry(
        Is::GenerousLine(2.0),
        "generous-line",
        "bears a multiple of what the other falls short of mutual honouring (generous-line:2)",
    ),
];

/// Shorter names under which strategies are known.
const SHORT: [(&str, NamedStrategy); 10] = [
    ("allc", Is::AlwaysHonour),
    ("alld", Is::AlwaysCheat),
    ("tft", Is::TitForTat),
    ("stft", Is::SuspiciousTitForTat),
    ("gtft", Is::GenerousTitForTat(None)),
    ("ctft", Is::ContriteTitForTat),
    ("tf2t", Is::TitForTwoTats),
    ("wsls", Is::WinStayLoseShift),
    ("pavlov", Is::WinStayLoseShift),
    ("fbf", Is::FirmButFair),
];

impl NamedStrategy {
    /// Every strategy, with its usual number where it has one: a field for a tournament.
    #[must_use]
    pub fn all() -> [Self; 16] {
        CATALOGUE.map(|it| it.strategy)
    }

    /// Every full name, in the order of [`all`](Self::all).
    pub fn names() -> impl Iterator<Item = &'static str> {
        CATALOGUE.iter().map(|it| it.name)
    }

    /// Its name without its number.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.entry().map_or("", |it| it.name)
    }

    /// What it does, in a few words; with its usual number as one would write it.
    #[must_use]
    pub fn about(self) -> &'static str {
        self.entry().map_or("", |it| it.about)
    }

    fn entry(self) -> Option<&'static Entry> {
        let same =
            |it: &&Entry| std::mem::discriminant(&it.strategy) == std::mem::discriminant(&self);
        CATALOGUE.iter().find(same)
    }

    /// The automaton, for these stakes and weights of periods where it depends on them (generous
    /// tit for tat at [`Horizon::Periods`] forgives as in the long run). Named as in a table.
    ///
    /// # Errors
    /// [`NotForStakes`](ReciprocityError::NotForStakes) where the strategy does not exist at these
    /// stakes, and what the strategy's own function answers.
    pub fn automaton(
        self,
        stakes: &Stakes,
        horizon: Horizon,
    ) -> Result<Automaton, ReciprocityError> {
        Ok(match self {
            Self::AlwaysHonour => always_honour(),
            Self::AlwaysCheat => always_cheat(),
            Self::Random(chance) => random(chance).named(format!("random {chance}")),
            Self::TitForTat => tit_for_tat(),
            Self::SuspiciousTitForTat => suspicious_tit_for_tat(),
            Self::GenerousTitForTat(Some(forgives)) => {
                generous_tit_for_tat(forgives).named(format!("generous tit for tat {forgives}"))
            }
            Self::GenerousTitForTat(None) => {
                let forgives = affordable(stakes, horizon).ok_or_else(|| self.refused())?;
                generous_tit_for_tat(forgives)
            }
            Self::ContriteTitForTat => contrite_tit_for_tat(),
            Self::TitForTwoTats => tit_for_two_tats(),
            Self::WinStayLoseShift => win_stay_lose_shift(),
            Self::FirmButFair => firm_but_fair(),
            Self::Grim => grim(),
            Self::Punishment(periods) => limited_punishment(periods)?,
            Self::Gradual(longest) => gradual(longest)?,
            Self::Grit(grit) => grit.automaton()?,
            Self::Extort(slope) => self.line(stakes, (slope, stakes.p(), 0.5))?,
            Self::GenerousLine(slope) => self.line(stakes, (slope, stakes.r(), 1.0))?,
        })
    }

    /// A zero-determinant strategy at so much of the largest step that leaves chances chances.
    fn line(
        self,
        stakes: &Stakes,
        (slope, baseline, share): (f64, f64, f64),
    ) -> Result<Automaton, ReciprocityError> {
        let (t, r, p, s) = (stakes.t(), stakes.r(), stakes.p(), stakes.s());
        let asked = [
            slope * (t - baseline) + (baseline - s),
            (t - baseline) + slope * (baseline - s),
            (slope - 1.0) * (r - baseline),
            (slope - 1.0) * (baseline - p),
        ];
        let line = ZeroDeterminant {
            slope,
            baseline,
            step: share / asked.into_iter().fold(0.0, f64::max),
        };
        let strategy = line.memory_one(stakes).map_err(|_| self.refused())?;
        Ok(Automaton::from(strategy).named(self.to_string().replace([':', '-'], " ")))
    }

    fn refused(self) -> ReciprocityError {
        ReciprocityError::NotForStakes {
            strategy: self.to_string(),
        }
    }
}

fn affordable(stakes: &Stakes, horizon: Horizon) -> Option<Probability> {
    match horizon {
        Horizon::Discounted(patience) if patience > DiscountFactor::MYOPIC => {
            most_generous(stakes, patience)
        }
        Horizon::Discounted(_) => None,
        Horizon::LongRun | Horizon::Periods(_) => most_generous_in_the_long_run(stakes),
    }
}

impl fmt::Display for NamedStrategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match self {
            Self::Random(chance) | Self::GenerousTitForTat(Some(chance)) => write!(f, ":{chance}"),
            Self::Punishment(number) | Self::Gradual(number) => write!(f, ":{number}"),
            Self::Grit(grit) => write!(f, ":{}/{}", grit.concessions, grit.rest),
            Self::Extort(slope) | Self::GenerousLine(slope) => write!(f, ":{slope}"),
            _ => Ok(()),
        }
    }
}

impl FromStr for NamedStrategy {
    type Err = ReciprocityError;

    /// Reads a name, in any case, with blanks, hyphens or underscores, and a number after a colon
    /// where the strategy has one.
    fn from_str(text: &str) -> Result<Self, ReciprocityError> {
        let refused = |expected| ReciprocityError::NotAStrategy {
            given: text.chars().take(64).collect(),
            expected,
        };
        let (name, number) = match text.split_once(':') {
            Some((name, number)) => (name, Some(number.trim())),
            None => (text, None),
        };
        let name = name.trim().to_lowercase().replace([' ', '_'], "-");
        let full = CATALOGUE.iter().map(|it| (it.name, it.strategy));
        let found = full.chain(SHORT).find(|(known, _)| *known == name);
        let (_, usual) = found.ok_or_else(|| refused("a name such as tit-for-tat or grim"))?;
        let Some(number) = number else {
            return Ok(usual);
        };
        let chance = || number.parse().ok().and_then(|it| Probability::new(it).ok());
        let whole = || number.parse().ok().filter(|it| *it > 0);
        let above_one = || number.parse().ok().filter(|it| (1.0..1e6).contains(it));
        match usual {
            Self::Random(_) => chance().map(Self::Random).ok_or("a chance from 0 to 1"),
            Self::GenerousTitForTat(_) => chance()
                .map(|it| Self::GenerousTitForTat(Some(it)))
                .ok_or("a chance from 0 to 1"),
            Self::Punishment(_) => whole()
                .map(Self::Punishment)
                .ok_or("a whole number of periods from 1"),
            Self::Gradual(_) => whole()
                .map(Self::Gradual)
                .ok_or("a whole number of acts from 1"),
            Self::Grit(_) => grit(number).ok_or("concessions and rest from 1 each, such as 2/6"),
            Self::Extort(_) => above_one().map(Self::Extort).ok_or("a slope from 1"),
            Self::GenerousLine(_) => above_one().map(Self::GenerousLine).ok_or("a slope from 1"),
            _ => Err("a name without a number"),
        }
        .map_err(refused)
    }
}

fn grit(numbers: &str) -> Option<NamedStrategy> {
    let (concessions, rest) = numbers.split_once('/')?;
    let whole = |text: &str| text.trim().parse().ok().filter(|it| *it > 0);
    Some(NamedStrategy::Grit(Grit {
        concessions: whole(concessions)?,
        rest: whole(rest)?,
    }))
}

impl TryFrom<String> for NamedStrategy {
    type Error = ReciprocityError;

    fn try_from(text: String) -> Result<Self, ReciprocityError> {
        text.parse()
    }
}

impl From<NamedStrategy> for String {
    fn from(strategy: NamedStrategy) -> Self {
        strategy.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dilemma() -> Stakes {
        Stakes::new(5.0, 3.0, 1.0, 0.0).unwrap()
    }

    #[test]
    fn every_name_leads_back_to_its_strategy() {
        for (strategy, name) in NamedStrategy::all().into_iter().zip(NamedStrategy::names()) {
            assert_eq!(strategy.name(), name);
            assert_eq!(name.parse::<NamedStrategy>().unwrap(), strategy);
            assert_eq!(
                strategy.to_string().parse::<NamedStrategy>().unwrap(),
                strategy
            );
            let automaton = strategy.automaton(&dilemma(), Horizon::LongRun).unwrap();
            assert!(!automaton.name().is_empty() && !strategy.about().is_empty());
        }
        for (short, strategy) in SHORT {
            assert_eq!(
                short.to_uppercase().parse::<NamedStrategy>().unwrap(),
                strategy
            );
        }
    }

    #[test]
    fn published_lines_are_found_by_name() {
        let after = |text: &str| {
            let strategy: NamedStrategy = text.parse().unwrap();
            let it = strategy.automaton(&dilemma(), Horizon::LongRun).unwrap();
            let states = it.states().to_vec();
            [0, 1, 2, 3].map(|seen| states[states[0].next[seen]].honours.get())
        };
        let extort = [8.0 / 9.0, 0.5, 1.0 / 3.0, 0.0];
        for (found, published) in after("extort:2").into_iter().zip(extort) {
            assert!((found - published).abs() < 1e-15);
        }
        assert_eq!(after("generous-line:2"), [1.0, 0.125, 1.0, 0.25]);
        assert!((after("gtft")[1] - 1.0 / 3.0).abs() < 1e-15);
    }

    #[test]
    fn what_the_stakes_do_not_allow_is_named() {
        let deadlock = Stakes::new(4.0, 2.0, 3.0, 1.0).unwrap();
        let error = Is::GenerousTitForTat(None)
            .automaton(&deadlock, Horizon::LongRun)
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "generous-tit-for-tat does not exist at these stakes; expected a prisoner's dilemma in \
             which it can be afforded"
        );
        let myopic = Horizon::Discounted(DiscountFactor::MYOPIC);
        assert!(
            Is::GenerousTitForTat(None)
                .automaton(&dilemma(), myopic)
                .is_err()
        );
        let flat = Stakes::new(1.0, 1.0, 1.0, 1.0).unwrap();
        assert!(Is::Extort(2.0).automaton(&flat, Horizon::LongRun).is_err());
    }

    #[test]
    fn misspelt_names_and_numbers_are_refused() {
        for (text, about) in [
            ("tit-for-tut", "a name such as"),
            ("grim:2", "a name without a number"),
            ("random:1.5", "a chance from 0 to 1"),
            ("gradual:-1", "a whole number of acts"),
            ("gradual:0", "a whole number of acts from 1"),
            ("punishment:0", "a whole number of periods from 1"),
            ("grit:2", "concessions and rest"),
            ("grit:0/3", "concessions and rest"),
            ("extort:0.5", "a slope from 1"),
            ("extort:nan", "a slope from 1"),
            ("", "a name such as"),
        ] {
            let error = text.parse::<NamedStrategy>().unwrap_err().to_string();
            assert!(error.contains(about), "{text}: {error}");
        }
        let vast = "gradual:99".parse::<NamedStrategy>().unwrap();
        assert!(vast.automaton(&dilemma(), Horizon::LongRun).is_err());
    }
}
