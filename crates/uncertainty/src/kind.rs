use std::fmt;

use crate::{Uncertain, VerbalProbability};

/// The shape of an [`Uncertain`] number and its parameters, for display and for files.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Kind<'a> {
    /// Known exactly.
    Point {
        /// The number itself.
        value: f64,
    },
    /// Low–mode–high: the density is a triangle.
    Triangular {
        /// The smallest value.
        low: f64,
        /// The most likely value.
        mode: f64,
        /// The largest value.
        high: f64,
    },
    /// The normal distribution.
    Normal {
        /// The mean.
        mean: f64,
        /// The standard deviation, positive.
        sd: f64,
    },
    /// The beta distribution on 0–1.
    Beta {
        /// The first shape, as if `a − 1` successes had been seen.
        a: f64,
        /// The second shape, as if `b − 1` failures had been seen.
        b: f64,
    },
    /// Equally likely anywhere between two ends.
    Uniform {
        /// The smallest value.
        low: f64,
        /// The largest value.
        high: f64,
    },
    /// Finitely many values.
    Discrete {
        /// Distinct values in rising order, each with its positive weight; the weights need not
        /// add up to 1.
        outcomes: &'a [(f64, f64)],
    },
    /// A verbal probability band, equally likely anywhere within it.
    Verbal {
        /// The band.
        band: VerbalProbability,
    },
}

/// As a person would say it: `0.6`, `0.4 – 0.6 – 0.7`, `normal (mean 1, sd 2)`, `likely`, …
impl fmt::Display for Uncertain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            Kind::Point { value } => value.fmt(f),
            Kind::Triangular { low, mode, high } => write!(f, "{low} – {mode} – {high}"),
            Kind::Normal { mean, sd } => write!(f, "normal (mean {mean}, sd {sd})"),
            Kind::Beta { a, b } => write!(f, "beta (a {a}, b {b})"),
            Kind::Uniform { low, high } => write!(f, "{low} – {high}"),
            Kind::Discrete { outcomes } => {
                for (position, (value, weight)) in outcomes.iter().enumerate() {
                    let comma = if position == 0 { "" } else { ", " };
                    write!(f, "{comma}{value} (weight {weight})")?;
                }
                Ok(())
            }
            Kind::Verbal { band } => band.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_a_person_would_say_them() {
        let die = Uncertain::discrete(&[(1.0, 1.0), (2.5, 3.0)]).unwrap();
        for (number, words) in [
            (Uncertain::point(0.6).unwrap(), "0.6"),
            (
                Uncertain::triangular(0.4, 0.6, 0.7).unwrap(),
                "0.4 – 0.6 – 0.7",
            ),
            (
                Uncertain::normal(1.0, 2.0).unwrap(),
                "normal (mean 1, sd 2)",
            ),
            (Uncertain::uniform(-1.0, 2.0).unwrap(), "-1 – 2"),
            (Uncertain::beta(2.0, 5.0).unwrap(), "beta (a 2, b 5)"),
            (die, "1 (weight 1), 2.5 (weight 3)"),
            (VerbalProbability::AlmostCertain.into(), "almost certain"),
        ] {
            assert_eq!(number.to_string(), words);
        }
    }
}
