//! Serialisation in the words of the case file, each profile checked again on the way in.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{BiasConfig, BiasProfile, FaithModel, PerceptionError, SituationalWeights};

/// The shape of a bias profile in a file. What is left out is neutral.
#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ProfileShape {
    situational: SituationalWeights,
    bad_faith: bool,
    prior_weight: f64,
    evidence_weight: f64,
}

impl Default for ProfileShape {
    fn default() -> Self {
        BiasProfile::neutral().into()
    }
}

impl From<BiasProfile> for ProfileShape {
    fn from(profile: BiasProfile) -> Self {
        Self {
            situational: profile.situational(),
            bad_faith: profile.faith() == FaithModel::InherentBadFaith,
            prior_weight: profile.prior_weight(),
            evidence_weight: profile.evidence_weight(),
        }
    }
}

impl TryFrom<ProfileShape> for BiasProfile {
    type Error = PerceptionError;

    fn try_from(shape: ProfileShape) -> Result<Self, PerceptionError> {
        Self::new(BiasConfig {
            situational: shape.situational,
            faith: if shape.bad_faith {
                FaithModel::InherentBadFaith
            } else {
                FaithModel::Open
            },
            prior_weight: shape.prior_weight,
            evidence_weight: shape.evidence_weight,
        })
    }
}

impl Serialize for BiasProfile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ProfileShape::from(*self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for BiasProfile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(ProfileShape::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_survives_the_round_trip() {
        let text = r#"{"situational":{"cooperative":1.0,"hostile":0.5},"bad_faith":true,"prior_weight":1.0,"evidence_weight":0.7}"#;
        let profile: BiasProfile = serde_json::from_str(text).unwrap();
        assert_eq!(profile.faith(), FaithModel::InherentBadFaith);
        assert_eq!(profile.situational().hostile, 0.5);
        assert_eq!(serde_json::to_string(&profile).unwrap(), text);
    }

    #[test]
    fn what_is_left_out_is_neutral() {
        let profile: BiasProfile = serde_json::from_str("{}").unwrap();
        assert!(profile.is_neutral());
    }

    #[test]
    fn invalid_profiles_do_not_deserialise() {
        for text in [
            r#"{"prior_weight":-1}"#,
            r#"{"situational":{"cooperative":1,"hostile":-0.5}}"#,
            r#"{"badfaith":true}"#,
        ] {
            assert!(serde_json::from_str::<BiasProfile>(text).is_err(), "{text}");
        }
    }
}
