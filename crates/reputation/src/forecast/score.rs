use detente_quantity::Probability;

use crate::{ReputationError, Tone};

/// A forecast beside what came of it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Forecast {
    /// The chance that was given to a cooperative act.
    pub cooperative: Probability,
    /// The act.
    pub came: Tone,
}

/// Forecasts of much the same chance, and how often they came true.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CalibrationBin {
    /// Chances of at least this …
    pub from: f64,
    /// … and less than this; the last bin holds 1 as well.
    pub to: f64,
    /// How many forecasts fell into the bin.
    pub acts: usize,
    /// The mean chance they gave; NaN if there are none.
    pub predicted: f64,
    /// How often a cooperative act came; NaN if there are none.
    pub observed: f64,
}

/// How good forecasts were.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ForecastScore {
    /// How many forecasts were scored, at least 1.
    pub acts: usize,
    /// Mean of −ln of the chance given to what came, in nats: ln 2 for a coin; infinite if something
    /// impossible came.
    pub log_loss: f64,
    /// Mean squared distance of the chance from what came (Brier 1950): ¼ for a coin.
    pub brier: f64,
    /// Bins of equal width over the chances, empty ones included.
    pub calibration: Vec<CalibrationBin>,
}

impl ForecastScore {
    /// Scores forecasts, with `n_bins` bins of calibration. O(forecasts + bins).
    ///
    /// ```
    /// use detente_quantity::Probability;
    /// use detente_reputation::{Tone, forecast::{Forecast, ForecastScore}};
    /// let coin = Forecast { cooperative: Probability::HALF, came: Tone::Hostile };
    /// let score = ForecastScore::of(&[coin; 10], 10)?;
    /// assert_eq!((score.log_loss, score.brier), (2_f64.ln(), 0.25));
    /// # Ok::<(), detente_reputation::ReputationError>(())
    /// ```
    ///
    /// # Errors
    /// [`ReputationError::OutOfRange`] without forecasts, or unless there are 1 to 1,000 bins.
    pub fn of(forecasts: &[Forecast], n_bins: usize) -> Result<Self, ReputationError> {
        let range = |quantity, given: usize, most: usize, expected| {
            if (1..=most).contains(&given) {
                Ok(())
            } else {
                Err(ReputationError::OutOfRange {
                    quantity,
                    given: given as f64,
                    expected,
                })
            }
        };
        range(
            "number of forecasts",
            forecasts.len(),
            usize::MAX,
            "at least 1",
        )?;
        range("number of bins", n_bins, 1000, "a number from 1 to 1000")?;
        let mut bins = vec![[0.0; 3]; n_bins];
        let (mut log_loss, mut brier) = (0.0, 0.0);
        for forecast in forecasts {
            let chance = forecast.cooperative.get();
            let came = f64::from(u8::from(forecast.came == Tone::Cooperative));
            let given = match forecast.came {
                Tone::Cooperative => forecast.cooperative,
                Tone::Hostile => forecast.cooperative.complement(),
            };
            log_loss -= given.get().ln();
            brier += (chance - came) * (chance - came);
            let bin = ((chance * n_bins as f64) as usize).min(n_bins - 1);
            for (sum, part) in bins[bin].iter_mut().zip([1.0, chance, came]) {
                *sum += part;
            }
        }
        let n = forecasts.len() as f64;
        let bin = |(place, [acts, chance, came]): (usize, [f64; 3])| CalibrationBin {
            from: place as f64 / n_bins as f64,
            to: (place + 1) as f64 / n_bins as f64,
            acts: acts as usize,
            predicted: chance / acts,
            observed: came / acts,
        };
        Ok(Self {
            acts: forecasts.len(),
            log_loss: log_loss / n,
            brier: brier / n,
            calibration: bins.into_iter().enumerate().map(bin).collect(),
        })
    }
}
