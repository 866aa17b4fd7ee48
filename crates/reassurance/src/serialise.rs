//! Serialisation of values with invariants: each in the words it is made from, and checked again on the way in.

use detente_quantity::{DiscountFactor, QuantityError, Stakes};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _, ser::Error as _};

use crate::{
    Ladder, LimitedTest, MutualRung, MutualTrust, Patience, ReassuranceError, ReassuranceGame,
    Rung, StartingSmall, TestingPhase,
};

/// A value that is written as what it is made from.
trait Shaped: Sized {
    type Shape: Serialize + for<'de> Deserialize<'de>;

    fn shape(&self) -> Result<Self::Shape, QuantityError>;
    fn made(shape: Self::Shape) -> Result<Self, ReassuranceError>;
}

macro_rules! as_shaped {
    ($($value:ty),+) => {$(
        impl Serialize for $value {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.shape().map_err(S::Error::custom)?.serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for $value {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let shape = <$value as Shaped>::Shape::deserialize(deserializer)?;
                <$value as Shaped>::made(shape).map_err(D::Error::custom)
            }
        }
    )+};
}

as_shaped!(
    ReassuranceGame,
    Ladder,
    LimitedTest,
    StartingSmall,
    TestingPhase,
    MutualTrust
);

/// Payoffs over mutual defection, or over nonagreement, which is 0.
fn over_none(temptation: f64, reward: f64, loss: f64) -> Result<Stakes, QuantityError> {
    Stakes::new(temptation, reward, 0.0, -loss)
}

#[derive(Serialize, Deserialize)]
struct GameShape {
    nice: Stakes,
    mean: Stakes,
}

impl Shaped for ReassuranceGame {
    type Shape = GameShape;

    fn shape(&self) -> Result<GameShape, QuantityError> {
        let (nice, mean) = self.over_none();
        Ok(GameShape {
            nice: over_none(nice.0, nice.1, nice.2)?,
            mean: over_none(mean.0, mean.1, mean.2)?,
        })
    }

    fn made(shape: GameShape) -> Result<Self, ReassuranceError> {
        Self::new(&shape.nice, &shape.mean)
    }
}

#[derive(Serialize, Deserialize)]
struct LadderShape {
    rungs: Vec<Rung>,
    patience: Patience,
}

impl Shaped for Ladder {
    type Shape = LadderShape;

    fn shape(&self) -> Result<LadderShape, QuantityError> {
        Ok(LadderShape {
            rungs: self.rungs().to_vec(),
            patience: self.patience(),
        })
    }

    fn made(shape: LadderShape) -> Result<Self, ReassuranceError> {
        Self::new(&shape.rungs, shape.patience)
    }
}

#[derive(Serialize, Deserialize)]
struct TestShape {
    agreement: Rung,
    patience: Patience,
}

impl Shaped for LimitedTest {
    type Shape = TestShape;

    fn shape(&self) -> Result<TestShape, QuantityError> {
        let (agreement, patience) = self.parts();
        Ok(TestShape {
            agreement,
            patience,
        })
    }

    fn made(shape: TestShape) -> Result<Self, ReassuranceError> {
        Self::new(shape.agreement, shape.patience)
    }
}

#[derive(Serialize, Deserialize)]
struct SmallShape {
    stakes: Stakes,
    patient: DiscountFactor,
    impatient: DiscountFactor,
}

impl Shaped for StartingSmall {
    type Shape = SmallShape;

    fn shape(&self) -> Result<SmallShape, QuantityError> {
        let ((temptation, reward, loss), patient, impatient) = self.parts();
        Ok(SmallShape {
            stakes: over_none(temptation, reward, loss)?,
            patient,
            impatient,
        })
    }

    fn made(shape: SmallShape) -> Result<Self, ReassuranceError> {
        Self::new(&shape.stakes, shape.patient, shape.impatient)
    }
}

#[derive(Serialize, Deserialize)]
struct PhaseShape {
    stakes: Stakes,
    patience: DiscountFactor,
}

impl Shaped for TestingPhase {
    type Shape = PhaseShape;

    fn shape(&self) -> Result<PhaseShape, QuantityError> {
        let ((temptation, reward, loss), patience) = self.parts();
        Ok(PhaseShape {
            stakes: over_none(temptation, reward, loss)?,
            patience,
        })
    }

    fn made(shape: PhaseShape) -> Result<Self, ReassuranceError> {
        Self::new(&shape.stakes, shape.patience)
    }
}

#[derive(Serialize, Deserialize)]
struct TrustShape {
    rungs: Vec<MutualRung>,
    target: usize,
}

impl Shaped for MutualTrust {
    type Shape = TrustShape;

    fn shape(&self) -> Result<TrustShape, QuantityError> {
        Ok(TrustShape {
            rungs: self.list().to_vec(),
            target: self.target(),
        })
    }

    fn made(shape: TrustShape) -> Result<Self, ReassuranceError> {
        Self::new(shape.rungs, shape.target)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use detente_quantity::{LogOdds, Probability};
    use proptest::prelude::*;
    use serde::{Serialize, de::DeserializeOwned};

    use crate::{
        Criterion, PathGoal, TrustPair, cheapest_path,
        strategies::{self, mutual_trust},
    };

    use super::*;

    fn there_and_back<T>(value: &T) -> Result<(), TestCaseError>
    where
        T: Serialize + DeserializeOwned + PartialEq + Debug,
    {
        // Not through text, whose reading may round the last bit.
        let written = serde_json::to_value(value).unwrap();
        let back: T = serde_json::from_value(written)
            .map_err(|error| TestCaseError::fail(format!("{error}: {value:?}")))?;
        prop_assert_eq!(&back, value);
        Ok(())
    }

    proptest! {
        #[test]
        fn values_come_back_as_they_were(
            game in strategies::reassurance_game(), step in strategies::first_step(),
            rung in strategies::rung(), patience in strategies::patience(),
            ladder in strategies::ladder(5), small in strategies::starting_small(),
            phase in strategies::testing_phase(), concession in strategies::concession(),
            terms in strategies::terms(), mimic in strategies::mimic(), trust in 0.01..0.99_f64,
        ) {
            there_and_back(&game)?;
            there_and_back(&step)?;
            there_and_back(&rung)?;
            there_and_back(&patience)?;
            there_and_back(&ladder)?;
            there_and_back(&ladder.climb(Probability::saturating(trust)))?;
            there_and_back(&small)?;
            there_and_back(&phase)?;
            there_and_back(&concession)?;
            there_and_back(&terms)?;
            there_and_back(&mimic)?;
            if let Ok(test) = LimitedTest::new(rung, patience) {
                there_and_back(&test)?;
            }
        }

        #[test]
        fn judges_and_their_answers_come_back_as_they_were(
            judge in mutual_trust(5), (one, other) in (-3.0..3.0_f64, -3.0..3.0_f64),
        ) {
            there_and_back(&judge)?;
            let odds = |value| LogOdds::new(value).unwrap();
            let start = TrustPair::new([odds(one), odds(other)]);
            let goal = PathGoal {
                target: judge.target(),
                order: [Criterion::Rungs, Criterion::Exposure, Criterion::ExpectedLoss, Criterion::Time],
                most_rungs: 3,
                effort: 10_000,
            };
            there_and_back(&goal)?;
            there_and_back(&cheapest_path(&judge, &start, &goal).unwrap())?;
        }
    }

    #[test]
    fn what_could_not_be_made_is_not_read() {
        let refused = |text: &str| serde_json::from_str::<ReassuranceGame>(text).unwrap_err();
        let nice = r#"{"t": 1, "r": 2, "p": 0, "s": -1}"#;
        let error = refused(&format!(r#"{{"nice": {nice}, "mean": {nice}}}"#));
        assert!(
            error.to_string().contains("the mean type's reward"),
            "{error}"
        );
        assert!(
            serde_json::from_str::<Ladder>(
                r#"{"rungs": [], "patience": {"truster": 0.5, "untrustworthy": 0.5}}"#
            )
            .is_err()
        );
        assert!(serde_json::from_str::<MutualTrust>(r#"{"rungs": [], "target": 0}"#).is_err());
    }
}
