//! Serialisation: numbers as numbers, each checked again on the way in.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{DiscountFactor, Interval, LogOdds, Probability, QuantityError, Stakes};

macro_rules! as_number {
    ($($quantity:ty),+) => {$(
        impl Serialize for $quantity {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_f64(self.get())
            }
        }

        impl<'de> Deserialize<'de> for $quantity {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::try_from(f64::deserialize(deserializer)?).map_err(D::Error::custom)
            }
        }
    )+};
}

as_number!(Probability, LogOdds, DiscountFactor);

/// The shape of an interval in a file.
#[derive(Serialize, Deserialize)]
struct Ends {
    low: f64,
    high: f64,
}

impl TryFrom<Ends> for Interval {
    type Error = QuantityError;

    fn try_from(ends: Ends) -> Result<Self, QuantityError> {
        Self::new(ends.low, ends.high)
    }
}

impl Serialize for Interval {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Ends {
            low: self.low(),
            high: self.high(),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Interval {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(Ends::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// The shape of stakes in a file.
#[derive(Serialize, Deserialize)]
struct FourPayoffs {
    t: f64,
    r: f64,
    p: f64,
    s: f64,
}

impl TryFrom<FourPayoffs> for Stakes {
    type Error = QuantityError;

    fn try_from(payoffs: FourPayoffs) -> Result<Self, QuantityError> {
        Self::new(payoffs.t, payoffs.r, payoffs.p, payoffs.s)
    }
}

impl Serialize for Stakes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        FourPayoffs {
            t: self.t(),
            r: self.r(),
            p: self.p(),
            s: self.s(),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Stakes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(FourPayoffs::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_survive_the_round_trip() {
        let stakes = Stakes::new(3.0, 2.0, 1.0, 0.0).unwrap();
        let text = serde_json::to_string(&stakes).unwrap();
        assert_eq!(serde_json::from_str::<Stakes>(&text).unwrap(), stakes);
        let trust: Probability = serde_json::from_str("0.25").unwrap();
        assert_eq!(serde_json::to_string(&trust).unwrap(), "0.25");
    }

    #[test]
    fn invalid_values_do_not_deserialise() {
        assert!(serde_json::from_str::<Probability>("1.5").is_err());
        assert!(serde_json::from_str::<DiscountFactor>("1").is_err());
        assert!(serde_json::from_str::<Interval>(r#"{"low":2,"high":1}"#).is_err());
        assert!(serde_json::from_str::<Stakes>(r#"{"t":1,"r":1,"p":1}"#).is_err());
    }
}
