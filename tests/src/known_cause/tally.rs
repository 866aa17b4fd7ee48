//! Right and wrong attributions, counted.

use detente::{
    Options, assess,
    assessment::Barrier,
    uncertainty::{Proportion, map_draws},
};

use super::{Attributed, Built, Kind, Method, World, attributed_by, coded, methods::largest_two};

/// Errors of coding that are tried, in half-widths of the ranges.
pub const EPSILONS: [f64; 3] = [0.0, 0.5, 1.0];
/// Two shares count as halves if each is as near to ½ as this.
pub const TOLERANCE: f64 = 0.1;

/// What is tried.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// How many worlds, as evenly over the kinds as may be.
    pub cases: usize,
    /// Draws in each assessment.
    pub draws: usize,
    /// Seed of worlds, codings and draws.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            cases: 1_700,
            draws: 200,
            seed: 1997,
        }
    }
}

/// What was said of one world.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Its cause.
    pub kind: Kind,
    /// What each method attributes it to, in the order of [`Method::ALL`].
    pub attributed: Vec<Attributed>,
    /// The shares of a pair's barriers at central values, if the kind is a pair and there are any.
    pub central: Option<[f64; 2]>,
    /// The same over draws.
    pub mean: Option<[f64; 2]>,
    /// The barriers with the two largest mean shares.
    pub largest: Option<[Barrier; 2]>,
}

/// Builds world `number`, codes it with an error of ε, and assesses what was coded.
///
/// # Errors
/// If world, coding or assessment goes wrong, which is a defect of one of them.
pub fn outcome(settings: Settings, epsilon: f64, number: usize) -> Built<Outcome> {
    let kind = Kind::ALL[number % Kind::ALL.len()];
    let world = World::build(kind, settings.seed, number)?;
    let case = coded(&world, epsilon, settings.seed, number)?;
    let options = Options {
        draws: settings.draws,
        seed: settings.seed,
        ..Options::default()
    };
    let assessment = assess(&case, &options)?;
    let attribution = assessment.attribution.as_ref();
    let pair = |share: fn(&detente::assessment::BarrierShare) -> Option<f64>| {
        let shares = &attribution?.shares;
        let of = |barrier: Barrier| share(shares.iter().find(|it| it.barrier == barrier)?);
        let [first, second] = kind.pair()?;
        Some([of(first)?, of(second)?])
    };
    Ok(Outcome {
        kind,
        attributed: Method::ALL
            .iter()
            .map(|&method| attributed_by(method, &assessment))
            .collect(),
        central: pair(|share| share.central),
        mean: pair(|share| share.mean),
        largest: attribution
            .and_then(largest_two)
            .map(|[(first, _), (second, _)]| [first, second]),
    })
}

/// Every world of the settings at one error of coding, on all cores; the result does not depend on
/// their number.
///
/// # Errors
/// As [`outcome`].
pub fn outcomes(settings: Settings, epsilon: f64) -> Built<Vec<Outcome>> {
    map_draws(
        settings.cases,
        || (),
        |(), number| {
            outcome(settings, epsilon, number).map_err(|error| {
                let kind = Kind::ALL[number % Kind::ALL.len()].name();
                format!("world {number} ({kind}), error {epsilon}: {error}").into()
            })
        },
    )
}

impl Outcome {
    /// Whether a method says what is due.
    #[must_use]
    pub fn is_right(&self, method: Method) -> bool {
        let attributed = &self.attributed[method as usize];
        match (method, self.kind.pair()) {
            // The two largest shares are the pair's.
            (Method::LargestShare, Some([first, second])) => {
                let (one, other) = ([first, second], [second, first]);
                let is_pair = self.largest.is_some_and(|it| it == one || it == other);
                is_pair && matches!(attributed, Attributed::Barriers(_))
            }
            _ => *attributed == method.due(self.kind),
        }
    }

    /// Whether the shares of a pair over draws are halves, to within [`TOLERANCE`].
    #[must_use]
    pub fn is_halved(&self) -> bool {
        let near = |share: f64| (share - 0.5).abs() <= TOLERANCE;
        self.mean.is_some_and(|shares| shares.into_iter().all(near))
    }
}

/// The share of outcomes of which something holds; absent if there are none.
#[must_use]
pub fn share<'o>(
    outcomes: impl IntoIterator<Item = &'o Outcome>,
    holds: impl Fn(&Outcome) -> bool,
) -> Option<Proportion> {
    Proportion::of(outcomes.into_iter().map(holds)).ok()
}
