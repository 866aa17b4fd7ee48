use std::{fmt, str::FromStr};

use crate::UncertaintyError;

/// How the draws of a study are placed in the unit cube.
///
/// Every one of them gives each input a uniform number in each draw, so that an average over draws
/// is an unbiased estimate of the expected value. They differ in how fast its error falls with the
/// number of draws `n`. A uniform costs, in blocks, some 3 ns plain, 20 ns of a Sobol sequence and
/// 60 ns of a Latin hypercube, which is little beside most models.
///
/// ```
/// use detente_uncertainty::Sampling;
/// assert_eq!("latin".parse::<Sampling>()?, Sampling::Latin);
/// assert_eq!(Sampling::Sobol.to_string(), "sobol");
/// # Ok::<(), detente_uncertainty::UncertaintyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Sampling {
    /// Independent draws: exactly the uniforms of [`Sampler::stream`](crate::Sampler::stream). The
    /// error falls like `n^(-1/2)`.
    #[default]
    Plain,
    /// A Latin hypercube (McKay, Beckman and Conover 1979) in each replicate of `n` points: for
    /// each input, one point in each of `n` equal parts of the unit interval, in random order. It
    /// takes away the error of what is additive in the inputs, to first order (Stein 1987); the
    /// rest falls like `n^(-1/2)`.
    Latin,
    /// The same first `n` points of a [`Sobol`](crate::Sobol) sequence in each replicate, under an
    /// independent Owen scrambling. The error falls almost like `n^(-3/2)` for smooth integrands of
    /// few important inputs (Owen 1997), and is never much larger than that of plain draws
    /// (variance at most `2^t 3^d` times as large for powers of two).
    ///
    /// A replicate should have a power of two of points. Other numbers are unbiased as well, but
    /// cut the last block of points: the parts of the cube are not filled equally, and the error
    /// falls no faster than like `1/n` between the powers (Owen 2022, who drops one point).
    Sobol,
}

impl Sampling {
    /// All of them, the simplest first.
    pub const ALL: [Self; 3] = [Self::Plain, Self::Latin, Self::Sobol];

    /// The word for it in files: `plain`, `latin` or `sobol`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Latin => "latin",
            Self::Sobol => "sobol",
        }
    }
}

impl fmt::Display for Sampling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for Sampling {
    type Err = UncertaintyError;

    /// Reads the [`word`](Self::word), letter by letter.
    fn from_str(word: &str) -> Result<Self, UncertaintyError> {
        let found = Self::ALL.into_iter().find(|one| one.word() == word);
        found.ok_or_else(|| UncertaintyError::UnknownSampling {
            given: word.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back() {
        for sampling in Sampling::ALL {
            assert_eq!(sampling.to_string().parse(), Ok(sampling));
        }
        assert_eq!(
            "Sobol".parse::<Sampling>().unwrap_err().to_string(),
            "unknown sampling \"Sobol\"; expected plain, latin or sobol"
        );
    }

    #[cfg(feature = "serde")]
    #[test]
    fn words_are_the_serial_form() {
        for sampling in Sampling::ALL {
            let text = serde_json::to_string(&sampling).unwrap();
            assert_eq!(text, format!("\"{sampling}\""));
            assert_eq!(serde_json::from_str::<Sampling>(&text).unwrap(), sampling);
        }
    }
}
