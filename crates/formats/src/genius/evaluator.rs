//! Functions from the number at which an issue is settled to its evaluation.

use detente_reciprocity::Fraction;

use super::xml::Element;
use crate::{
    FormatError,
    error::{quoted, unsupported},
    number,
};

/// A function of a number.
pub(super) enum Evaluator {
    /// `offset + slope · x`, kept between 0 and 1.
    Linear { slope: Fraction, offset: Fraction },
    /// The same at every number.
    Constant(Fraction),
    /// 0 at the bounds and beyond them, 1 at the top, straight in between.
    Triangular {
        low: Fraction,
        high: Fraction,
        top: Fraction,
    },
}

impl Evaluator {
    /// That of an integer issue, of the distance to its lowest number.
    pub(super) fn of_whole(issue: Element<'_, '_>) -> Result<Self, FormatError> {
        let evaluator = issue.required_child("evaluator")?;
        Ok(Self::Linear {
            slope: evaluator.number("slope", number::exact)?,
            offset: evaluator.number("offset", number::exact)?,
        })
    }

    /// That of a real issue.
    pub(super) fn of_real(issue: Element<'_, '_>) -> Result<Self, FormatError> {
        let evaluator = issue.required_child("evaluator")?;
        let parameter = |name: &str| evaluator.number(name, number::exact);
        let kind = evaluator.required("ftype")?;
        match kind.to_ascii_lowercase().as_str() {
            "linear" => Ok(Self::Linear {
                slope: parameter("parameter1")?,
                offset: parameter("parameter0")?,
            }),
            "constant" => Ok(Self::Constant(parameter("parameter0")?)),
            "triangular" => Ok(Self::Triangular {
                low: parameter("parameter0")?,
                high: parameter("parameter1")?,
                top: parameter("parameter2")?,
            }),
            _ => Err(unsupported(
                evaluator.place_of("ftype"),
                format!("an evaluator of type {}", quoted(kind)),
                "linear, constant or triangular",
            )),
        }
    }

    pub(super) fn at(&self, x: &Fraction) -> Fraction {
        let share = |part: Fraction, whole: Fraction| {
            part.checked_div(&whole).unwrap_or_else(Fraction::zero)
        };
        match self {
            Self::Linear { slope, offset } => {
                let worth = &(slope * x) + offset;
                worth.max(Fraction::zero()).min(Fraction::from_whole(1))
            }
            Self::Constant(worth) => worth.clone(),
            Self::Triangular { low, .. } if x < low => Fraction::zero(),
            Self::Triangular { low, top, .. } if x < top => share(x - low, top - low),
            Self::Triangular { high, top, .. } if x < high => share(high - x, high - top),
            Self::Triangular { .. } => Fraction::zero(),
        }
    }
}
