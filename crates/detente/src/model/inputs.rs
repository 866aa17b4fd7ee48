//! The numbers of a case as one flat list, each under the name that keys its random stream.

use detente_quantity::Probability;
use detente_uncertainty::{Kind, Uncertain};
use serde::Serialize;

use crate::{
    case::{Number, Provenance},
    decode::{Code, Fault, Faults, Path},
};

/// Where an input's value stands in a draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slot(usize);

impl Slot {
    /// The value of this input in one draw.
    pub(crate) fn of(self, values: &[f64]) -> f64 {
        values[self.0]
    }

    /// The position of the input.
    pub(crate) const fn position(self) -> usize {
        self.0
    }

    /// The number itself, where it is exact.
    pub(crate) fn exact(self, inputs: &[Input]) -> Option<f64> {
        let value = &inputs.get(self.0)?.value;
        value.is_exact().then(|| value.central())
    }
}

/// The range a field allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bounds {
    /// Any finite number.
    Any,
    /// `[0, 1]`.
    Probability,
    /// `(0, 1)`: a belief that evidence can move.
    Belief,
    /// `(0, 1]`: the chance of something that did happen.
    Likelihood,
    /// `[0, 1)`: a discount factor.
    Patience,
    /// Above 0.
    Positive,
    /// 0 or above.
    NonNegative,
    /// 0 or below.
    NonPositive,
}

impl Bounds {
    /// Whether a single value is allowed.
    #[must_use]
    pub fn allow(self, value: f64) -> bool {
        match self {
            Self::Any => value.is_finite(),
            Self::Probability => (0.0..=1.0).contains(&value),
            Self::Belief => value > 0.0 && value < 1.0,
            Self::Likelihood => value > 0.0 && value <= 1.0,
            Self::Patience => (0.0..1.0).contains(&value),
            Self::Positive => value > 0.0 && value.is_finite(),
            Self::NonNegative => value >= 0.0 && value.is_finite(),
            Self::NonPositive => value <= 0.0 && value.is_finite(),
        }
    }

    /// The allowed range in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Any => "a finite number",
            Self::Probability => "a number from 0 to 1",
            Self::Belief => "a number strictly between 0 and 1",
            Self::Likelihood => "a number above 0 and at most 1",
            Self::Patience => "a number from 0 up to, but not including, 1",
            Self::Positive => "a number above 0",
            Self::NonNegative => "0 or more",
            Self::NonPositive => "0 or less",
        }
    }

    /// Whether a chance or a share is asked for, which a verbal probability can tell.
    const fn is_chance(self) -> bool {
        matches!(
            self,
            Self::Probability | Self::Belief | Self::Likelihood | Self::Patience
        )
    }

    /// What to write instead of a number that is not allowed, where it can be guessed.
    fn instead(self, value: f64) -> Option<String> {
        match self {
            Self::Belief if (0.0..=1.0).contains(&value) => Some(
                "write `dogmatic = true` beside it if no evidence could have changed this belief"
                    .to_owned(),
            ),
            Self::Likelihood if value == 0.0 => Some(
                "what was done had some chance of being done: write a small one, such as 0.01"
                    .to_owned(),
            ),
            Self::Patience if (1.0..=1.0).contains(&value) => Some(
                "a party that does not discount at all is written with a number close to 1, such as 0.99"
                    .to_owned(),
            ),
            _ if self.is_chance() && (5.0..=100.0).contains(&value) => {
                Some(format!("if {value} % is meant, write `{}`", value / 100.0))
            }
            _ => None,
        }
    }

    /// Ends between which a bounded distribution must lie; its very ends may be limits that a
    /// sample never takes.
    const fn ends(self) -> (f64, f64) {
        match self {
            Self::Any => (f64::NEG_INFINITY, f64::INFINITY),
            Self::Probability | Self::Belief | Self::Likelihood | Self::Patience => (0.0, 1.0),
            Self::Positive | Self::NonNegative => (0.0, f64::INFINITY),
            Self::NonPositive => (f64::NEG_INFINITY, 0.0),
        }
    }

    /// Whether the distribution can be drawn from: its central value is allowed and its support
    /// does not reach beyond the range. An unbounded support is let pass here, and any sample of it
    /// that falls outside is an error when it is drawn.
    fn admit(self, value: &Uncertain) -> bool {
        let (low, high) = value.support();
        let (least, most) = self.ends();
        self.allow(value.central())
            && (low >= least || low.is_infinite())
            && (high <= most || high.is_infinite())
    }
}

/// One number of a case, with the name that keys its random stream.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Its name, such as `party.us.payoff.inf.keep`; acts and proposals are named by id.
    pub name: String,
    /// The number or its distribution.
    pub value: Uncertain,
    /// The range its field allows.
    pub bounds: Bounds,
    /// Where it came from, the tables around it included.
    pub provenance: Provenance,
    /// Whether it was written in the case, and not a default of the format.
    pub coded: bool,
}

/// Collects inputs while a case is compiled.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    list: Vec<Input>,
}

impl Inputs {
    /// Adds a number of the case; a fault if its range and the field's do not agree.
    pub(super) fn add(
        &mut self,
        place: Field<'_>,
        number: &Number,
        bounds: Bounds,
        faults: &mut Faults,
    ) -> Slot {
        let is_verbal = matches!(number.value.kind(), Kind::Verbal { .. });
        if is_verbal && !bounds.is_chance() {
            faults.push(no_chance(&place, bounds));
        } else if !bounds.admit(&number.value) {
            faults.push(beyond(&place, &number.value, bounds));
        }
        self.push(Input {
            name: place.name,
            value: number.value.clone(),
            bounds,
            provenance: number.provenance.within(place.around),
            coded: true,
        })
    }

    /// Adds a default of the format: a number that the case leaves out.
    pub(super) fn constant(&mut self, name: String, value: f64) -> Slot {
        // Every default of the format is 0 or 1.
        let value = Uncertain::from(Probability::saturating(value));
        let provenance = Provenance::default();
        self.push(Input {
            name,
            value,
            bounds: Bounds::Any,
            provenance,
            coded: false,
        })
    }

    fn push(&mut self, input: Input) -> Slot {
        self.list.push(input);
        Slot(self.list.len() - 1)
    }

    pub(super) fn all(&self) -> &[Input] {
        &self.list
    }

    pub(super) fn finish(self) -> Vec<Input> {
        self.list
    }
}

/// The fault of a verbal probability where no chance is asked for.
fn no_chance(place: &Field<'_>, bounds: Bounds) -> Fault {
    let message = "a verbal probability is a chance, and none is asked for here";
    Fault::new(Code::WrongType, place.path.clone(), message)
        .with_label(format!("expected {}, in figures", bounds.words()))
}

/// The fault of a number that reaches beyond the range of its field.
fn beyond(place: &Field<'_>, value: &Uncertain, bounds: Bounds) -> Fault {
    let (low, high) = value.support();
    let central = value.central();
    let found = if value.is_exact() {
        central.to_string()
    } else if low.is_finite() && high.is_finite() {
        format!("a range from {low} to {high}")
    } else {
        format!("a distribution around {central}")
    };
    let message = format!("expected {}, found {found}", bounds.words());
    let mut fault = Fault::new(Code::OutOfRange, place.path.clone(), message)
        .with_label(format!("expected {}", bounds.words()));
    fault.help = value.is_exact().then(|| bounds.instead(central)).flatten();
    fault
}

/// Where a number stands: its name for draws, its path for faults, the provenance around it.
#[derive(Debug)]
pub(super) struct Field<'a> {
    pub(super) name: String,
    pub(super) path: Path,
    pub(super) around: &'a Provenance,
}
